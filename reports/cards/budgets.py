"""The cards of budgets: programs and kegiatan, their sums, the months, the share behind an indicator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import pairwise

from capaian.exact import percent
from core.dates import MONTHS, format_date
from core.numbers import format_number, format_percent, format_rupiah
from office.schema import Level, ProgramRow
from reports import traced, wording
from reports.budget.evidence import BudgetEvidence, BudgetSource, MonthTotal
from reports.budget.words import month_levels
from reports.cards.card import Card, Piece
from reports.explain import absorption_words, efficiency_words
from reports.measured import Measured, MeasuredIndicator, MeasuredProgram

OF_OFFICE = "data kantor (programs.csv)"


def budget_cards(measured: Measured) -> Iterator[Card]:
    """The cards of everything that is computed of budgets or read from their files."""
    for program in measured.programs:
        yield _of_program(measured, program)
    if measured.has_budget:
        yield _of_total(measured)
        for m in measured.indicators.values():
            yield _of_share(measured, m)
    yield _of_planned(measured, traced.PLANNED[0], "awal")
    yield _of_planned(measured, traced.PLANNED[1], "setelah perubahan")
    if measured.budget:
        yield _of_months(measured.budget)


def _of_program(measured: Measured, program: MeasuredProgram) -> Card:
    row = program.row
    figure = measured.budget.figures.get(row.key) if measured.budget and program.spending else None
    level = row.level.value.replace("_", " ").capitalize()
    return Card(
        traced.of_program(program),
        f"{level} {row.key} {row.name}",
        tuple(_lines_of_program(measured, program)),
        "" if figure else OF_OFFICE,
        _files(measured.budget, figure.place) if measured.budget and figure else (),
        (program.note,) if program.note else (),
    )


def _lines_of_program(measured: Measured, program: MeasuredProgram) -> Iterator[tuple[str, str]]:
    capaian = program.capaian
    if capaian.percent is not None:
        yield "Capaian kinerja", f"{capaian.formula} = {wording.write_percent(capaian.percent)}."
    absorbed = absorption_words(program.spending)
    if measured.budget and program.spending:
        for what, amount in (
            ("Anggaran awal", program.row.budget_initial),
            ("Anggaran setelah perubahan", program.row.budget_revised),
        ):
            if amount is not None:
                yield what, format_rupiah(amount)
    if absorbed:
        yield "Capaian anggaran", absorbed
    level = efficiency_words(capaian.percent, program.spending, program.rules)
    if level:
        yield "Tingkat efisiensi", level


def _of_total(measured: Measured) -> Card:
    programs = [p.spending for p in measured.programs if p.row.level is Level.PROGRAM and p.spending]
    total = measured.total
    lines = [
        ("Anggaran", _sum([each.budget for each in programs], total.budget)),
        ("Realisasi", _sum([each.spent for each in programs], total.spent)),
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


def _sum(amounts: list[Decimal], total: Decimal) -> str:
    return f"{' + '.join(map(format_number, amounts))} = {format_number(total)}."


def _of_planned(measured: Measured, figure: str, when: str) -> Card:
    """The sum of the budgets as agreed, below the programs of a Perjanjian Kinerja."""
    rows = [p.row for p in measured.programs if p.row.level is Level.PROGRAM]
    amounts = [_planned(row, figure) or Decimal(0) for row in rows]
    known = any(_planned(row, figure) is not None for row in rows)
    lines = [("Anggaran", _sum(amounts, sum(amounts, Decimal(0))))] if known else []
    return Card(
        figure,
        f"Jumlah anggaran {when} {len(rows)} program",
        tuple(lines),
        "" if measured.budget else OF_OFFICE,
        _files(measured.budget, "jumlah program") if measured.budget else (),
    )


def _planned(row: ProgramRow, figure: str) -> Decimal | None:
    return row.budget_initial if figure == traced.PLANNED[0] else row.budget_revised


def _of_share(measured: Measured, m: MeasuredIndicator) -> Card:
    """How much of all that was spent stands behind an indicator, as the picture has it."""
    spent, whole = m.spending.spent, measured.total.spent
    lines = []
    if m.indicator.programs and whole > 0:
        sums = f"{format_number(spent)} / {format_number(whole)} x 100"
        lines = [("Bagian belanja", f"{sums} = {format_percent(percent(spent, whole), 1)}.")]
    programs = ", ".join(map(str, m.indicator.programs))
    return Card(
        traced.of_share(m),
        f"{m.indicator.name}: bagian belanja",
        tuple(lines),
        "" if measured.budget else OF_OFFICE,
        _files(measured.budget, f"program {programs}") if measured.budget else (),
        (f"Belanja program {programs} terhadap belanja seluruh program.",),
    )


def _of_months(evidence: BudgetEvidence) -> Card:
    """Absorption month by month, and what each month added where every one of them has a file."""
    levels = month_levels(evidence.months)
    lines = []
    for total, level in levels:
        if level is not None:
            sums = f"{format_number(total.spent)} / {format_number(total.budget)} x 100"
            lines.append((MONTHS[total.month - 1], f"{sums} = {format_percent(level)}{_invented([total])}."))
    months = evidence.months
    several = _invented(months)
    if [total.month for total in months] == list(range(1, 13)) and months[-1].spent > 0:
        grown = {b.month: (a, b) for a, b in pairwise(months)}
        before, most = max(grown.values(), key=lambda pair: pair[1].spent - pair[0].spent)
        if most.spent - before.spent > months[0].spent:
            sums = f"{format_number(most.spent)} - {format_number(before.spent)}"
            answer = format_number(most.spent - before.spent)
            lines.append((f"Bertambah bulan {MONTHS[most.month - 1]}", f"{sums} = {answer}{several}."))
        last = months[-1].spent - months[8].spent
        sums = f"({format_number(months[-1].spent)} - {format_number(months[8].spent)})"
        share = f"{sums} / {format_number(months[-1].spent)} x 100"
        answer = format_percent(percent(last, months[-1].spent))
        lines.append(("Triwulan terakhir", f"{share} = {answer}{several}."))
    return Card(
        traced.MONTHS,
        f"Serapan anggaran per bulan tahun {evidence.year}",
        tuple(lines),
        "berkas anggaran terbaru setiap bulan; berkas bulan terakhir:",
        _files(evidence, "realisasi sampai akhir bulan"),
    )


def _invented(months: Iterable[MonthTotal]) -> str:
    """What is said behind a figure of some months where one of them is illustrative."""
    return " (ilustrasi)" if any(total.illustrative for total in months) else ""


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
