"""Tables ``anggaran`` to ``efisiensi-program``: the budget, what was spent, and how efficiently."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from core.numbers import format_number
from office.schema import Level
from reports import traced
from reports.budget.words import budget_mark, show_amount, source_line
from reports.cumulative import notes_of_year
from reports.measured import Measured, MeasuredIndicator, MeasuredProgram, Spending
from reports.table import Cell, Row, Table
from reports.tables.parts import heading, interleaved, legends_of
from reports.tables.performance import derived_cell, realisasi_cell
from reports.tables.programs import computed_cell
from reports.wording import (
    NOTHING,
    show_efficiency,
    show_percent,
    write_level,
    write_percent,
    write_value,
)


def write_absorption(spending: Spending) -> str:
    """Serapan with two decimals, without sign."""
    return NOTHING if spending.absorbed is None else format_number(spending.absorbed, 2)


def absorption(measured: Measured) -> Table | None:
    """Table ``anggaran``: budget and spending of programs and kegiatan; None without a budget."""
    if not measured.has_budget:
        return None
    mark = budget_mark(measured)
    rows: list[Row] = []
    for program in measured.programs:
        if program.spending is None:
            continue
        bold = program.row.level is Level.PROGRAM
        rows.append(
            Row(
                (
                    Cell(program.row.key if bold else "", align="center", bold=bold),
                    Cell(program.row.name, bold=bold),
                    *(replace(cell, bold=bold) for cell in _spending_cells(measured, program)),
                ),
                kind="program" if bold else "kegiatan",
            )
        )
    total = measured.total
    rows.append(
        Row(
            (
                Cell("JUMLAH", colspan=2, align="center", bold=True),
                *(
                    Cell(text, align="right", bold=True, figure=traced.TOTAL)
                    for text in (
                        show_amount(measured, total.budget),
                        show_amount(measured, total.spent),
                        write_absorption(total) + mark,
                    )
                ),
            ),
            kind="total",
        )
    )
    return Table(
        name="anggaran",
        caption="Capaian Anggaran Program dan Kegiatan",
        header=(heading("No.", "Program/Kegiatan", "Anggaran (Rp)", "Realisasi (Rp)", "% Capaian"),),
        rows=tuple(rows),
        widths=(6, 46, 19, 18, 11),
        source=source_line(measured),
        notes=legends_of(measured, rows),
    )


def _spending_cells(measured: Measured, program: MeasuredProgram, sign: str = "") -> Iterator[Cell]:
    """Budget, spending and serapan of a program or kegiatan; amounts lead to the file that gave them."""
    spending = program.spending
    if spending is None:
        return
    fetched = traced.of_program(program) if measured.budget else ""
    for amount in (spending.budget, spending.spent):
        yield Cell(show_amount(measured, amount), align="right", figure=fetched)
    text = write_absorption(spending) + sign + budget_mark(measured)
    yield Cell(text, align="right", figure=traced.of_program(program, text))


def efficiency_of_goals(measured: Measured) -> Table | None:
    """Table ``efisiensi``: capaian and spending of tujuan and sasaran; None without a budget."""
    if not measured.has_budget:
        return None
    agency, mark = measured.agency, budget_mark(measured)
    rows: list[Row] = []
    for placed in interleaved(agency):
        m = measured.indicators[placed.indicator]
        rows.append(
            Row(
                (
                    Cell(str(placed.number) if placed.first else "", align="center"),
                    # A tujuan or sasaran with several indicators is named by each of them.
                    Cell(m.indicator.name if len(placed.goal.indicators) > 1 else placed.label),
                    Cell(write_value(m.target), align="center"),
                    realisasi_cell(m),
                    derived_cell(m, show_percent(m)),
                    *_amounts(measured, m),
                    derived_cell(
                        m,
                        show_efficiency(m)
                        + ("" if m.efficiency is None or m.realisasi.illustrative else mark),
                    ),
                )
            )
        )
    widths = (4, 30, 6, 13, 8, 13, 12, 6, 8)
    table = _efficiency_table(measured, "efisiensi", "Tujuan dan Sasaran", "Tujuan/Sasaran", rows, widths)
    return replace(table, notes=(*notes_of_year(measured.indicators.values()), *table.notes))


def _amounts(measured: Measured, m: MeasuredIndicator) -> tuple[Cell, Cell, Cell]:
    """Budget, spending and serapan behind an indicator; nothing where no program stands behind it."""
    if not m.indicator.programs:
        return Cell(NOTHING, align="right"), Cell(NOTHING, align="right"), Cell(NOTHING, align="right")
    return (
        Cell(show_amount(measured, m.spending.budget), align="right", figure=m.id),
        Cell(show_amount(measured, m.spending.spent), align="right", figure=m.id),
        Cell(f"{write_absorption(m.spending)}%{budget_mark(measured)}", align="right", figure=m.id),
    )


def efficiency_of_programs(measured: Measured) -> Table | None:
    """Table ``efisiensi-program``: capaian and spending of programs; None without a budget or targets."""
    if not (measured.has_budget and measured.programs_have_targets):
        return None
    mark = budget_mark(measured)
    rows: list[Row] = []
    for program in measured.programs:
        if program.spending is None:
            continue
        row, bold = program.row, program.row.level is Level.PROGRAM
        rows.append(
            Row(
                (
                    Cell(row.key if bold else "", align="center", bold=bold),
                    Cell(row.name, bold=bold),
                    Cell(write_value(row.target), align="center"),
                    computed_cell(program, write_value(row.realisasi), noted=True),
                    computed_cell(program, write_percent(program.capaian.percent), follows=True),
                    *_spending_cells(measured, program, "%"),
                    computed_cell(
                        program,
                        write_level(program.efficiency, program.rules)
                        + ("" if program.illustrative else mark),
                        follows=True,
                    ),
                ),
                kind="program" if bold else "kegiatan",
            )
        )
    widths = (4, 25, 9, 9, 8, 14, 14, 8, 9)
    return _efficiency_table(
        measured, "efisiensi-program", "Program dan Kegiatan", "Program/ kegiatan", rows, widths
    )


def _efficiency_table(
    measured: Measured, name: str, whose: str, head: str, rows: list[Row], widths: tuple[int, ...]
) -> Table:
    return Table(
        name=name,
        caption=f"Perbandingan Pencapaian Kinerja dan Anggaran {whose}",
        header=_efficiency_header(head),
        rows=tuple(rows),
        widths=widths,
        landscape=True,
        notes=legends_of(measured, rows),
    )


def _efficiency_header(what: str) -> tuple[Row, Row]:
    top = Row(
        (
            Cell("No.", align="center", bold=True, rowspan=2),
            Cell(what, align="center", bold=True, rowspan=2),
            Cell("Indikator Kinerja", align="center", bold=True, colspan=3),
            Cell("Anggaran", align="center", bold=True, colspan=3),
            Cell("Tingkat Efisiensi", align="center", bold=True, rowspan=2),
        ),
        header=True,
    )
    return top, heading("Target", "Realisasi", "% Capaian", "Anggaran (Rp.)", "Realisasi (Rp.)", "% Capaian")
