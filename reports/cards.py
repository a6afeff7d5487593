"""What the page tells of a figure when it is pressed: formula with the numbers, source, release, file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.dates import format_date, format_time
from core.numbers import format_number
from office.schema import Level
from reports import traced, wording
from reports.budget.evidence import BudgetEvidence, BudgetSource
from reports.explain import absorption_words, efficiency_words
from reports.measured import Measured, MeasuredIndicator, MeasuredProgram
from reports.origins import Origin
from reports.realisasi import Evidence, Input

OF_OFFICE = "data kantor (programs.csv)"


@dataclass(frozen=True)
class Piece:
    """A figure or a file that another figure is made from.

    Attributes:
        label: Its place in the formula, or what it is.
        text: Name and value.
        facts: Status, day of release, when it was fetched (WIB) or taken in; as far as they are known.
        snapshot: The whole SHA-256 of the bytes that it was read from; empty where there are none.
    """

    label: str
    text: str
    facts: tuple[str, ...] = ()
    snapshot: str = ""


@dataclass(frozen=True)
class Card:
    """Where a figure comes from, however many cells show it.

    Attributes:
        figure: What the cells lead to (:attr:`reports.table.Cell.figure`).
        title: Whose figure it is.
        lines: What is computed, and its formula with the numbers put in.
        source: Of the realisasi, with the day of its release.
        pieces: What it is made from.
        notes: Remarks for the reader.
        in_appendix: Whether the appendix "Asal-usul angka" tells the same.
    """

    figure: str
    title: str
    lines: tuple[tuple[str, str], ...]
    source: str = ""
    pieces: tuple[Piece, ...] = ()
    notes: tuple[str, ...] = ()
    in_appendix: bool = False


def build_cards(measured: Measured, origins: tuple[Origin, ...]) -> tuple[Card, ...]:
    """The cards of everything that is computed or fetched, one for each name that cells lead to.

    Args:
        measured: The year.
        origins: Of its indicators.
    """
    cards = [_of_origin(origin) for origin in origins]
    for m in measured.indicators.values():
        cards += filter(None, (_of_earlier(m), _of_quarters(m)))
    cards += [_of_program(measured, program) for program in measured.programs]
    if measured.has_budget:
        cards.append(_of_total(measured))
    return tuple(card for card in cards if card.lines)


def _of_origin(origin: Origin) -> Card:
    pieces = [*map(_of_input, origin.inputs)]
    if origin.evidence:
        pieces.append(_of_evidence(origin.evidence))
    return Card(
        figure=origin.figure,
        title=f"{origin.name}, {origin.year}: {origin.shown}",
        lines=tuple(map(_line, origin.steps)),
        source=_source(origin),
        pieces=tuple(pieces),
        notes=origin.notes,
        in_appendix=True,
    )


def _source(origin: Origin) -> str:
    """With the day of release, where its own words do not say it."""
    told = not origin.released or origin.released in origin.source
    return origin.source if told else f"{origin.source} (rilis {origin.released})"


def _line(step: str) -> tuple[str, str]:
    """What a step of an origin computes, and how."""
    what, _, formula = step.partition(": ")
    return what, formula


def _of_input(entry: Input) -> Piece:
    facts = wording.facts_of(entry, f"diambil {format_time(entry.fetched_at)}" if entry.fetched_at else "")
    return Piece(entry.symbol or entry.name, wording.write_input(entry), facts, entry.snapshot)


def _of_evidence(evidence: Evidence) -> Piece:
    return Piece(
        "Bukti", evidence.file, (f"dimasukkan {format_time(evidence.entered_at)}",), evidence.snapshot
    )


def _of_earlier(m: MeasuredIndicator) -> Card | None:
    known = [(each.year, each.capaian) for each in m.earlier]
    if m.previous:
        known.append((m.previous.year, m.previous_capaian))
    lines = tuple(
        (f"Capaian {year}", f"{capaian.formula} = {wording.write_percent(capaian.percent)}")
        for year, capaian in known
        if capaian and capaian.percent is not None
    )
    source = m.previous.source if m.previous else ""
    return Card(traced.of_earlier(m), f"{m.indicator.name}, tahun sebelumnya", lines, source)


def _of_quarters(m: MeasuredIndicator) -> Card | None:
    lines = tuple(
        (
            f"Capaian triwulan {quarter.number}",
            f"{quarter.capaian.formula} = {wording.write_percent(quarter.capaian.percent)}",
        )
        for quarter in m.quarters
        if quarter.capaian and quarter.capaian.percent is not None
    )
    return Card(traced.of_quarters(m), f"{m.indicator.name}, per triwulan", lines, m.realisasi.source)


def _of_program(measured: Measured, program: MeasuredProgram) -> Card:
    row = program.row
    figure = measured.budget.figures.get(row.key) if measured.budget and program.spending else None
    level = row.level.value.replace("_", " ").capitalize()
    return Card(
        traced.of_program(program),
        f"{level} {row.key} {row.name}",
        tuple(_lines_of_program(program)),
        "" if figure else OF_OFFICE,
        _files(measured.budget, figure.place) if measured.budget and figure else (),
        (program.note,) if program.note else (),
    )


def _lines_of_program(program: MeasuredProgram) -> Iterator[tuple[str, str]]:
    capaian = program.capaian
    if capaian.percent is not None:
        yield "Capaian kinerja", f"{capaian.formula} = {wording.write_percent(capaian.percent)}."
    absorbed = absorption_words(program.spending)
    if absorbed:
        yield "Capaian anggaran", absorbed
    level = efficiency_words(capaian.percent, program.spending, program.rules)
    if level:
        yield "Tingkat efisiensi", level


def _of_total(measured: Measured) -> Card:
    programs = [p.spending for p in measured.programs if p.row.level is Level.PROGRAM and p.spending]
    total = measured.total
    budgets = " + ".join(format_number(each.budget) for each in programs)
    spent = " + ".join(format_number(each.spent) for each in programs)
    lines = [
        ("Anggaran", f"{budgets} = {format_number(total.budget)}."),
        ("Realisasi", f"{spent} = {format_number(total.spent)}."),
    ]
    absorbed = absorption_words(total)
    if absorbed:
        lines.append(("Capaian anggaran", absorbed))
    return Card(
        traced.TOTAL,
        f"Jumlah {len(programs)} program",
        tuple(lines),
        "" if measured.budget else OF_OFFICE,
        _files(measured.budget, "jumlah program dalam berkas itu") if measured.budget else (),
    )


def _files(evidence: BudgetEvidence, place: str) -> tuple[Piece, ...]:
    pieces = [_of_file("Berkas anggaran", evidence.source, f"{place}; {evidence.period}")]
    if evidence.initial_source:
        pieces.append(_of_file("Anggaran awal", evidence.initial_source, ""))
    return tuple(pieces)


def _of_file(label: str, source: BudgetSource, place: str) -> Piece:
    facts = [place] if place else []
    facts.append(f"diambil {format_date(source.taken_on)}")
    if source.illustrative:
        facts.append("ilustrasi")
    return Piece(label, source.file, tuple(facts), source.snapshot)
