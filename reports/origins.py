"""Where each figure comes from: formula with the numbers put in, inputs, source, release, snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.dates import JAKARTA, format_date
from core.numbers import format_number, format_percent
from reports import wording
from reports.explain import efficiency_formula
from reports.measured import Measured, MeasuredIndicator, MeasuredProgram
from reports.prices.evidence import PriceEvidence
from reports.realisasi import Evidence, Input
from reports.tables.parts import interleaved

SHORT = 12
"""Characters of a snapshot's hash that are shown."""


@dataclass(frozen=True)
class Origin:
    """The way of one indicator's figures.

    Attributes:
        figure: The indicator's id, which cells of tables refer to.
        shown: The realisasi as the report shows it.
        steps: Indonesian lines, each a figure with its formula.
    """

    figure: str
    name: str
    year: int
    state: str
    shown: str
    steps: tuple[str, ...]
    source: str
    source_url: str
    released: str
    inputs: tuple[Input, ...]
    notes: tuple[str, ...]
    illustrative: bool
    evidence: Evidence | None = None

    @property
    def released_source(self) -> str:
        """The source with the day of its release, where its own words do not say it."""
        told = not self.released or self.released in self.source
        return self.source if told else f"{self.source} (rilis {self.released})"

    def input_lines(self) -> list[str]:
        """Each input with value, status, release and the beginning of its snapshot's hash; the evidence."""
        lines = [_input_line(entry) for entry in self.inputs]
        return [*lines, _evidence_line(self.evidence)] if self.evidence else lines

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``report.json``; without the vintage's number, which only one database knows."""
        evidence = {"evidence": _plain_evidence(self.evidence)} if self.evidence else {}
        return {
            **evidence,
            "id": self.figure,
            "name": self.name,
            "year": self.year,
            "state": self.state,
            "value": self.shown,
            "steps": list(self.steps),
            "source": self.source,
            "source_url": self.source_url,
            "released": self.released,
            "notes": list(self.notes),
            "illustrative": self.illustrative,
            "inputs": [
                {
                    "name": entry.name,
                    "symbol": entry.symbol,
                    "value": str(entry.value),
                    "unit": entry.unit,
                    "status": entry.status,
                    "released_on": entry.released_on.isoformat() if entry.released_on else "",
                    "snapshot": entry.snapshot,
                    "url": entry.url,
                    "illustrative": entry.illustrative,
                }
                for entry in self.inputs
            ],
        }


def build_origins(measured: Measured) -> tuple[Origin, ...]:
    """The origins of all indicators, in the order of tables ``standar`` and ``efisiensi``."""
    return tuple(
        _origin(measured, measured.indicators[placed.indicator]) for placed in interleaved(measured.agency)
    )


def _origin(measured: Measured, m: MeasuredIndicator) -> Origin:
    realisasi = m.realisasi
    return Origin(
        figure=m.id,
        name=m.indicator.name,
        year=realisasi.year,
        state=realisasi.state.value,
        shown=wording.show_realisasi(realisasi),
        steps=tuple(_steps(measured, m)),
        source=realisasi.source,
        source_url=realisasi.source_url,
        released=format_date(realisasi.released_on) if realisasi.released_on else "",
        inputs=realisasi.inputs,
        notes=realisasi.notes,
        illustrative=realisasi.illustrative,
        evidence=realisasi.evidence,
    )


def _steps(measured: Measured, m: MeasuredIndicator) -> list[str]:
    year, last = measured.agency.year.year, measured.agency.renstra.last_year
    steps = [f"Target {year}: {wording.write_value(m.target)}, menurut {m.version.name}."]
    if m.waiting:
        steps.append(f"Realisasi {year}: {m.realisasi.reason}.")
    else:
        formula = f"{m.realisasi.formula} = " if m.realisasi.formula else ""
        steps.append(f"Realisasi {year}: {formula}{wording.show_realisasi(m.realisasi)}.")
    if m.capaian:
        known = m.percent is not None
        answer = f"{m.capaian.formula} = {wording.show_percent(m)}" if known else "tidak dapat dihitung"
        note = f" {m.capaian.note}" if m.capaian.note else ""
        category = f" Kategori: {m.category.name}." if m.category else ""
        steps.append(f"Capaian: {answer}.{note}{category}")
    if m.progress and m.progress.percent is not None:
        level = format_percent(m.progress.percent) + wording.marks(m.realisasi)
        steps.append(f"Tingkat kemajuan terhadap target {last}: {m.progress.formula} = {level}.")
    if m.spending.absorbed is not None:
        numbers = _programs(m)
        sums = f"{format_number(m.spending.spent)} / {format_number(m.spending.budget)} x 100"
        steps.append(
            f"Capaian anggaran ({numbers}): {sums} = {wording.write_percent(m.spending.absorbed)}."
            f"{_budget_file(measured, m)}"
        )
    if m.efficiency is not None and m.percent is not None and m.spending.absorbed is not None:
        parts = efficiency_formula(m.percent, m.spending.absorbed, m.rules.efficiency.meaning)
        verdict = "efisien" if m.efficient else "tidak efisien"
        steps.append(f"Tingkat efisiensi: {parts} = {wording.show_efficiency(m)} ({verdict}).")
    if m == measured.priced and measured.prices:
        steps += [
            _stable_share(program, measured.prices) for program in measured.programs if program.computed
        ]
    for standard in m.standards:
        ratio = m.against(standard)
        if ratio is not None:
            theirs = f"{wording.write_value(standard.value)}; {standard.source}"
            level = f"{wording.write_ratio(ratio)}%{wording.marks(m.realisasi)}"
            steps.append(f"Terhadap {standard.spoken} {standard.year} ({theirs}): {level}.")
    return steps


def _budget_file(measured: Measured, m: MeasuredIndicator) -> str:
    """The file and rows behind the budgets of an indicator's programs; empty for the office's own figures."""
    evidence = measured.budget
    if evidence is None:
        return ""
    places = [evidence.figures[str(n)].place for n in m.indicator.programs if str(n) in evidence.figures]
    return f" Berkas {evidence.source.file} ({evidence.source.snapshot[:SHORT]}): {'; '.join(places)}."


def _stable_share(program: MeasuredProgram, prices: PriceEvidence) -> str:
    """The realisasi of a program that follows from the same prices."""
    shown = wording.write_value(program.row.realisasi) + (wording.DAGGER if program.illustrative else "")
    counts = f"{len(prices.stable)} stabil / {len(prices.fluctuation.measured)} terukur x 100"
    return f"Realisasi program {program.row.key} (komoditas yang harganya stabil): {counts} = {shown}."


def _programs(m: MeasuredIndicator) -> str:
    """``program 6 + 7``: whose budget stands behind an indicator."""
    return f"program {' + '.join(map(str, m.indicator.programs))}"


def _input_line(entry: Input) -> str:
    facts = wording.facts_of(entry, f"berkas {entry.snapshot[:SHORT]}" if entry.snapshot else "")
    tail = f" ({', '.join(facts)})" if facts else ""
    # A commodity has no symbol but its name.
    before = "" if entry.symbol == entry.name else f"{entry.symbol}: "
    return f"{before}{wording.write_input(entry)}{tail}"


def _evidence_line(evidence: Evidence) -> str:
    """Who entered the figure is told by ``lkjip trace``, not in a report that goes out."""
    day = format_date(evidence.entered_at.astimezone(JAKARTA).date())
    return f"Bukti: {evidence.file} (berkas {evidence.snapshot[:SHORT]}), dimasukkan {day}"


def _plain_evidence(evidence: Evidence) -> dict[str, str]:
    day = evidence.entered_at.astimezone(JAKARTA).date()
    return {"file": evidence.file, "snapshot": evidence.snapshot, "entered_on": day.isoformat()}
