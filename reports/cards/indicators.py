"""The cards of indicators: their year, the years before, their quarters, and the budgets behind them."""

from __future__ import annotations

from collections.abc import Iterator

from core.dates import format_time
from core.numbers import format_percent, format_rupiah
from office.schema import MeasureKind
from reports import traced, wording
from reports.cards.card import Card, Piece
from reports.measured import Measured, MeasuredIndicator
from reports.narrative.comparison import difference
from reports.origins import Origin
from reports.realisasi import CourseYear, Evidence, Input, Realisasi
from reports.reported import BPS

_COURSES = {
    MeasureKind.PDRB_GROWTH: "(ADHK tahun itu - ADHK tahun sebelumnya) / ADHK tahun sebelumnya x 100",
    MeasureKind.PDRB_SHARE: "ADHB sektor / ADHB seluruhnya x 100",
}


def indicator_cards(measured: Measured, origins: tuple[Origin, ...]) -> Iterator[Card]:
    """The cards of every indicator."""
    for origin in origins:
        yield _of_origin(measured, origin)
    for m in measured.indicators.values():
        yield _of_earlier(m)
        yield _of_quarters(m)
        yield _of_course(m)


def _of_origin(measured: Measured, origin: Origin) -> Card:
    pieces = [*map(_of_input, origin.inputs)]
    if origin.evidence:
        pieces.append(_of_evidence(origin.evidence))
    pieces += _programs_behind(measured, measured.indicators[origin.figure])
    return Card(
        figure=origin.figure,
        title=f"{origin.name}, {origin.year}: {origin.shown}",
        lines=tuple(map(_line, origin.steps)),
        source=origin.released_source,
        pieces=tuple(pieces),
        notes=origin.notes,
        in_appendix=True,
    )


def _line(step: str) -> tuple[str, str]:
    """What a step of an origin computes, and how."""
    what, _, formula = step.partition(": ")
    return what, formula


def _of_input(entry: Input) -> Piece:
    facts = wording.facts_of(entry, f"diambil {format_time(entry.fetched_at)}" if entry.fetched_at else "")
    named = entry.symbol not in ("", entry.name)
    told = wording.write_input(entry) if named else wording.write_amount(entry)
    return Piece(entry.symbol or entry.name, told, facts, entry.snapshot)


def _of_evidence(evidence: Evidence) -> Piece:
    return Piece(
        "Bukti", evidence.file, (f"dimasukkan {format_time(evidence.entered_at)}",), evidence.snapshot
    )


def _programs_behind(measured: Measured, m: MeasuredIndicator) -> Iterator[Piece]:
    """What the sum of an indicator's budgets is made of; nothing where one program is all of it."""
    behind = {str(number) for number in m.indicator.programs}
    if len(behind) < 2:
        return
    for program in measured.programs:
        if program.row.key in behind and program.spending:
            budget, spent = program.spending.budget, program.spending.spent
            text = f"anggaran {format_rupiah(budget)}, realisasi {format_rupiah(spent)}"
            yield Piece(f"Program {program.row.key}", f"{program.row.name}: {text}")


def _of_earlier(m: MeasuredIndicator) -> Card:
    known = [(each.realisasi, each.capaian) for each in m.earlier]
    if m.previous:
        known.append((m.previous, m.previous_capaian))
    lines: list[tuple[str, str]] = []
    pieces: list[Piece] = []
    for taken, capaian in known:
        if taken.value is not None:
            formula = f"{taken.formula} = " if taken.formula else ""
            source = f"; {taken.source}" if taken.source else ""
            lines.append((f"Realisasi {taken.year}", f"{formula}{wording.show_realisasi(taken)}{source}"))
        if capaian and capaian.percent is not None:
            answer = wording.write_percent(capaian.percent)
            lines.append((f"Capaian {taken.year}", f"{capaian.formula} = {answer}"))
        lines += _change(taken, m.realisasi)
        pieces += [_of_input(entry) for entry in taken.inputs]
        pieces += [_of_evidence(taken.evidence)] if taken.evidence else []
    notes = dict.fromkeys(note for taken, _ in known for note in taken.notes)
    title = f"{m.indicator.name}, tahun sebelumnya"
    return Card(traced.of_earlier(m), title, tuple(lines), pieces=tuple(pieces), notes=tuple(notes))


def _change(before: Realisasi, now: Realisasi) -> list[tuple[str, str]]:
    """How far the realisasi moved since, where the report says it."""
    moved = difference(before, now)
    if not moved:
        return []
    then, shown = wording.show_realisasi(before), wording.show_realisasi(now)
    return [(f"Perubahan realisasi {before.year} ke {now.year}", f"selisih {shown} dan {then}: {moved}")]


def _of_quarters(m: MeasuredIndicator) -> Card:
    lines = tuple(
        (
            f"Capaian triwulan {quarter.number}",
            f"{quarter.capaian.formula} = {wording.write_percent(quarter.capaian.percent)}",
        )
        for quarter in m.quarters
        if quarter.capaian and quarter.capaian.percent is not None
    )
    return Card(traced.of_quarters(m), f"{m.indicator.name}, per triwulan", lines, m.realisasi.source)


def _of_course(m: MeasuredIndicator) -> Card:
    lines = tuple(map(_of_year, m.realisasi.course))
    how = _COURSES.get(m.indicator.measure.kind, "")
    notes = (f"Masing-masing dihitung dari keadaan terbaru tabel PDRB BPS: {how}.",) if how else ()
    return Card(traced.of_course(m), f"{m.indicator.name}, tahun ke tahun", lines, BPS, notes=notes)


def _of_year(part: CourseYear) -> tuple[str, str]:
    facts = [*([part.status] if part.status else []), *(["ilustrasi"] if part.illustrative else [])]
    return str(part.year), format_percent(part.value) + (f" ({', '.join(facts)})" if facts else "")
