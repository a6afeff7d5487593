"""Sheets *Anggaran* and *Efisiensi*: budgets, their sums, and what was reached with them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from capaian.measure import Direction
from capaian.rules import Meaning
from capaian.values import Bound, Grade, Quantity, Range, Value
from office.schema import Level
from reports.budget.words import budget_mark
from reports.live_workbook.formulas import Way, fixed, is_fixed, way_of
from reports.live_workbook.indicators import Placed
from reports.live_workbook.scale import NO, YES, Scale
from reports.live_workbook.sheets import (
    BOLD,
    MIDDLE,
    TWO,
    WHOLE,
    Column,
    Page,
    Shown,
    as_result,
    cell,
    places_of,
)
from reports.measured import Measured, MeasuredProgram, Spending
from reports.wording import DAGGER, marks

(
    KEY, NAME, LEVEL, BUDGET, SPENT, ABSORBED, TARGET, UPPER, REALISASI, UNIT, CAPAIAN, EFFICIENCY, EFFICIENT,
    MARK, NOTE,
) = range(15)  # fmt: skip
_COLUMNS = (
    Column("No.", 5.5), Column("Program/kegiatan", 44), Column("Tingkat", 9), Column("Pagu (Rp)", 16),
    Column("Realisasi (Rp)", 16), Column("Serapan %", 9), Column("Target kinerja", 9),
    Column("Batas atas", 8), Column("Realisasi kinerja", 9.5), Column("Satuan", 11), Column("Capaian %", 9),
    Column("Tingkat efisiensi", 9.5), Column("Efisien", 8), Column("Tanda", 6.5), Column("Keterangan", 26),
)  # fmt: skip
_HEAD = 3
PROGRAM, KEGIATAN = "program", "kegiatan"


def write_budgets(page: Page, measured: Measured, scale: Scale) -> dict[int, int]:
    """Write programs and kegiatan with their sum; gives the row of each program by its number."""
    page.begin(
        f"Anggaran dan kinerja program dan kegiatan {measured.agency.year.year}",
        [("JUMLAH menjumlahkan program; program menjumlahkan kegiatannya bila angkanya sama.", False)],
        _HEAD,
        _COLUMNS,
        kept=NAME + 1,
    )
    shown = [program for program in measured.programs if program.spending is not None]
    first = _HEAD + 1
    rows = {program.row.key: row for row, program in enumerate(shown, start=first)}
    mark = budget_mark(measured)
    for program in shown:
        _Line(page, rows, program, scale, mark).write(shown)
    last = first + len(shown)
    page.just_below(cell(first, EFFICIENCY), cell(last - 1, EFFICIENCY), _enough(measured))
    levels = f"{cell(first, LEVEL)}:{cell(last - 1, LEVEL)}"
    for column in (KEY, LEVEL, *range(TARGET, NOTE + 1)):
        page.words(last, column, "", BOLD)
    page.words(last, NAME, "JUMLAH", BOLD, MIDDLE)
    total = measured.total
    for column, amount in ((BUDGET, total.budget), (SPENT, total.spent)):
        cells = f"{cell(first, column)}:{cell(last - 1, column)}"
        page.formula(last, column, f'SUMIF({levels},"{PROGRAM}",{cells})', as_result(amount), WHOLE, BOLD)
    _absorbed(page, last, (BUDGET, SPENT, ABSORBED), total, BOLD)
    page.words(last, MARK, mark, BOLD, MIDDLE)
    without = (
        [] if measured.programs_have_targets else [TARGET, REALISASI, UNIT, CAPAIAN, EFFICIENCY, EFFICIENT]
    )
    ranges = any(isinstance(program.row.target, Range) for program in shown)
    for column in without if ranges else [*without, UPPER]:
        page.hide(column)
    return {int(key): row for key, row in rows.items() if "." not in key}


def _absorbed(
    page: Page, row: int, columns: tuple[int, int, int], spending: Spending, *style: object
) -> None:
    budget, spent = cell(row, columns[0]), cell(row, columns[1])
    expression = f'IF({budget}>0,ROUND({spent}/{budget}*100,10),"")'
    look = BOLD if style else {}
    page.formula(row, columns[2], expression, as_result(spending.absorbed), TWO, look)


class _Line:
    """A program or kegiatan."""

    def __init__(
        self, page: Page, rows: Mapping[str, int], program: MeasuredProgram, scale: Scale, mark: str
    ) -> None:
        self.page, self.program, self.scale, self.mark = page, program, scale, mark
        self.rows, self.row = rows, rows[program.row.key]
        self.is_program = program.row.level is Level.PROGRAM
        self.look = BOLD if self.is_program else {}

    def at(self, column: int) -> str:
        return cell(self.row, column)

    def write(self, shown: list[MeasuredProgram]) -> None:
        page, row, entry = self.page, self.row, self.program.row
        page.words(row, KEY, entry.key, self.look, MIDDLE)
        page.words(row, NAME, entry.name, self.look)
        page.words(row, LEVEL, PROGRAM if self.is_program else KEGIATAN, MIDDLE)
        notes = self._write_amounts(shown)
        if self.program.spending is not None:
            _absorbed(page, row, (BUDGET, SPENT, ABSORBED), self.program.spending, *([1] * self.is_program))
        self._write_performance()
        mark = DAGGER if self.program.illustrative else self.mark
        page.words(row, MARK, mark, MIDDLE)
        page.words(row, NOTE, " ".join([*notes, *([self.program.note] if self.program.note else [])]))

    def _write_amounts(self, shown: list[MeasuredProgram]) -> list[str]:
        """Pagu and realisasi; a program's is the sum of its kegiatan, where it is that; tells where not."""
        spending, notes = self.program.spending, []
        if spending is None:
            return []
        own = [p for p in shown if self.is_program and p.row.key.startswith(f"{self.program.row.key}.")]
        parts = [p.spending for p in own if p.spending]
        for column, what, amount, summed in (
            (BUDGET, "Pagu", spending.budget, sum((p.budget for p in parts), Decimal(0))),
            (SPENT, "Realisasi", spending.spent, sum((p.spent for p in parts), Decimal(0))),
        ):
            rows = [self.rows[p.row.key] for p in own]
            if parts and amount == summed:
                cells = f"SUM({cell(rows[0], column)}:{cell(rows[-1], column)})"
                self.page.formula(self.row, column, cells, as_result(amount), WHOLE, self.look)
                continue
            self.page.input(self.row, column, amount, WHOLE, self.look)
            if parts:
                notes.append(f"{what} bukan jumlah kegiatannya (selisih {_rupiah(amount - summed)}).")
        return notes

    def _write_performance(self) -> None:
        page, row, entry = self.page, self.row, self.program.row
        if entry.target is None and entry.realisasi is None:
            for column in range(TARGET, MARK):
                page.words(row, column, "")
            return
        low = _number(entry.target)
        page.input(row, TARGET, low, places_of(low) if isinstance(low, Decimal) else WHOLE, MIDDLE)
        page.words(row, UPPER, "")
        if isinstance(entry.target, Range):
            page.input(row, UPPER, entry.target.high, places_of(entry.target.high), MIDDLE)
        reached = _number(entry.realisasi)
        form = TWO if self.program.computed else places_of(reached) if isinstance(reached, Decimal) else WHOLE
        page.input(row, REALISASI, reached, form, MIDDLE)
        page.words(row, UNIT, _unit(entry.realisasi) or _unit(entry.target), MIDDLE)
        way, capaian = self._way(), self.program.capaian
        answer = way.answer or '""'
        percent = self.scale.capped(answer, self.scale.cap_shown)
        page.formula(row, CAPAIAN, percent, as_result(capaian.percent))
        level = self.scale.efficiency(self.at(CAPAIAN), self.at(ABSORBED))
        page.formula(row, EFFICIENCY, level, as_result(self.program.efficiency))
        verdict = self.scale.efficient(self.at(EFFICIENCY), way.reached)
        page.formula(row, EFFICIENT, verdict, _verdict(self.program.efficient), TWO, MIDDLE)

    def _way(self) -> Way:
        entry, scale = self.program.row, self.scale
        if entry.target is None or entry.realisasi is None:
            target: Value = entry.target or Quantity(Decimal(0))
        else:
            target = entry.target
            figure = target.figure if isinstance(target, Bound) else target
            if is_fixed(target, figure, entry.realisasi, None):
                return fixed("", self.program.capaian.note)
        target_at, upper, realisasi, answer = map(self.at, (TARGET, UPPER, REALISASI, CAPAIAN))
        cells = scale.cells(
            "",
            (entry.target, entry.realisasi),
            target=target_at,
            upper=upper,
            realisasi=realisasi,
            answer=answer,
        )
        return way_of(target, Direction.HIGHER, None, cells)


def _verdict(efficient: bool | None) -> str:
    return "" if efficient is None else YES if efficient else NO


def _rupiah(amount: Decimal) -> str:
    return f"Rp {amount:,.0f}".replace(",", ".")


def _number(value: Value | None) -> Shown:
    """What stands in the cell of a target or realisasi."""
    if isinstance(value, Quantity):
        return value.amount
    if isinstance(value, Range):
        return value.low
    if isinstance(value, Bound):
        return value.figure.amount if isinstance(value.figure, Quantity) else None
    return value.letter if isinstance(value, Grade) else None


def _unit(value: Value | None) -> str:
    if isinstance(value, Bound):
        return f"{value.relation.value} {value.figure.unit if value.figure else value.name}"
    return value.unit if isinstance(value, Quantity | Range) else ""


_OF_GOALS = (
    Column("No.", 5), Column("Indikator", 52), Column("Program", 14), Column("Pagu (Rp)", 18),
    Column("Realisasi (Rp)", 18), Column("Serapan %", 11), Column("Capaian %", 11),
    Column("Tingkat efisiensi", 11), Column("Efisien", 10), Column("Tanda", 7),
)  # fmt: skip


def write_efficiency(
    page: Page,
    measured: Measured,
    scale: Scale,
    placed: Mapping[str, Placed],
    programs: Mapping[int, int],
    budgets: Page,
) -> None:
    """Write capaian beside the budgets of the programs behind each indicator.

    Args:
        page: The sheet.
        measured: The year, measured.
        scale: Where the rules stand.
        placed: Where the indicators stand.
        programs: The row of each program on the sheet of budgets, by its number.
        budgets: That sheet.
    """
    page.begin(
        "Capaian kinerja dan anggaran tujuan dan sasaran",
        [("Program yang mendukung beberapa indikator tampil pada masing-masing; jangan dijumlahkan.", False)],
        _HEAD,
        _OF_GOALS,
    )
    mark = budget_mark(measured)
    for number, place in enumerate(placed.values(), start=1):
        m, row = place.measured, _HEAD + number
        page.number(row, 0, Decimal(number), WHOLE, MIDDLE)
        page.words(row, 1, m.indicator.name)
        page.words(row, 2, ", ".join(map(str, m.indicator.programs)), MIDDLE)
        behind = [programs[number] for number in m.indicator.programs if number in programs]
        for column, source, amount in ((3, BUDGET, m.spending.budget), (4, SPENT, m.spending.spent)):
            cells = [budgets.far(each, source) for each in behind]
            page.formula(row, column, "+".join(cells) or '""', as_result(amount) if cells else "", WHOLE)
        absorbed = f'IF(N({cell(row, 3)})>0,ROUND({cell(row, 4)}/{cell(row, 3)}*100,10),"")'
        page.formula(row, 5, absorbed, as_result(m.spending.absorbed))
        page.formula(row, 6, place.capaian, as_result(m.percent))
        level = scale.efficiency(cell(row, 6), cell(row, 5))
        page.formula(row, 7, level, as_result(m.efficiency))
        reached = f'{place.standing}="tercapai"'
        page.formula(row, 8, scale.efficient(cell(row, 7), reached), _verdict(m.efficient), TWO, MIDDLE)
        page.words(row, 9, marks(m.realisasi) or mark, MIDDLE)
    page.just_below(cell(_HEAD + 1, 7), cell(_HEAD + len(placed), 7), _enough(measured))


def _enough(measured: Measured) -> int:
    """From which tingkat efisiensi on a budget was used well."""
    return 1 if measured.rules.efficiency.meaning is Meaning.RATIO else 0
