"""The pictures of budgets: absorption by program, and where money went against what it reached."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from capaian.exact import percent
from core.numbers import format_percent
from office.schema import Level
from reports import traced
from reports.budget.words import budget_mark, show_amount
from reports.charts.picture import Picture
from reports.charts.rows import Bar, ChartRow, Column, Field, Kind
from reports.measured import Measured, MeasuredIndicator, MeasuredProgram, Spending
from reports.pictures.capaian import capaian_bar, capaian_field, cut_remarks, say_capaian
from reports.pictures.notes import budget_notes, notes_of
from reports.pictures.parts import Entry, empty_chart, row_pictures
from reports.tables.budgets import write_absorption
from reports.tables.parts import interleaved

_FULL = Decimal(100)
_ENDS = (Decimal(100), Decimal(125), Decimal(150))
"""Per cent at the right end of absorption: the first that is enough, or the last."""


def absorption_pictures(measured: Measured) -> tuple[Picture, ...]:
    """Absorption of each program with a budget (table ``anggaran``); none without."""
    programs = [
        p for p in measured.programs if p.row.level is Level.PROGRAM and p.spending and p.spending.budget > 0
    ]
    if not programs:
        return ()
    year, total = measured.agency.year.year, measured.total
    levels = [p.spending.absorbed for p in programs if p.spending]
    end = next((end for end in _ENDS if all(level is None or level <= end for level in levels)), _ENDS[-1])
    ticks = tuple(tick for tick in (0, 50, 100, 150) if tick <= end)
    field = Field("Serapan (%)", 100, end, ticks, mark=_FULL)
    slots = (
        field,
        Column("Anggaran (Rp)", 86),
        Column("Realisasi (Rp)", 86),
        Column("Serapan", 50, bold=True),
    )
    entries = [_absorbed(measured, p) for p in programs]
    if len(entries) > 1:
        row, told = _amounts(measured, "JUMLAH", total), _told(measured, "Jumlah", total)
        entries.append(Entry(None, row, told, ((traced.TOTAL, "Jumlah"),)))
    return row_pictures(
        empty_chart("grafik-serapan-program", f"Serapan anggaran program tahun {year}", slots),
        f"Serapan Anggaran menurut Program Tahun {year}",
        entries,
        lambda _shown, _texts: budget_notes(measured),
        cut_remarks(levels, field),
    )


def _absorbed(measured: Measured, program: MeasuredProgram) -> Entry[None]:
    spending = program.spending or measured.total
    name = f"{program.row.key}. {program.row.name}"
    row, told = _amounts(measured, name, spending), _told(measured, program.row.name, spending)
    return Entry(None, row, told, ((traced.of_program(program), name),))


def _absorption(measured: Measured, spending: Spending) -> str:
    return f"{write_absorption(spending)}%{budget_mark(measured)}"


def _amounts(measured: Measured, name: str, spending: Spending) -> ChartRow:
    cells = (
        Bar(spending.absorbed, Kind.PLAIN),
        show_amount(measured, spending.budget),
        show_amount(measured, spending.spent),
        _absorption(measured, spending),
    )
    return ChartRow(name, cells)


def _told(measured: Measured, name: str, spending: Spending) -> str:
    return (
        f"{name}: anggaran Rp {show_amount(measured, spending.budget)}, realisasi "
        f"Rp {show_amount(measured, spending.spent)}, serapan {_absorption(measured, spending)}"
    )


def outcome_pictures(measured: Measured) -> tuple[Picture, ...]:
    """The share of the budget behind each indicator beside its capaian (table ``efisiensi``).

    A program behind several indicators counts for each of them, as in the table, so that the shares may
    sum to more than the whole; a note says so.

    Returns:
        None without a budget, or where no capaian is known of what it stands behind.
    """
    listed = [measured.indicators[placed.indicator] for placed in interleaved(measured.agency)]
    listed = [m for m in listed if m.spending.budget > 0]
    if not measured.has_budget or all(m.percent is None for m in listed):
        return ()
    right = capaian_field(measured.rules.categories, 118)
    shares = [percent(m.spending.spent, measured.total.spent) for m in listed if measured.total.spent > 0]
    if not shares:
        return ()
    largest = max(shares)
    end = next((Decimal(end) for end in (20, 40, 60, 80) if largest <= end), _FULL)
    left = Field("Bagian belanja (%)", 76, end, (0, int(end / 2), int(end)), mark=None)
    slots = (left, Column("Belanja (Rp)", 112), right, Column("Capaian", 62, bold=True))
    year = measured.agency.year.year
    behind = [number for m in listed for number in m.indicator.programs]
    shared = "; satu program dapat menunjang beberapa indikator"
    share = "Bagian belanja terhadap belanja seluruh program"
    return row_pictures(
        empty_chart("grafik-belanja-capaian", f"Belanja dan capaian tahun {year}", slots),
        f"Belanja di Samping Capaian Kinerja Tahun {year}",
        [_outcome(measured, m) for m in listed],
        lambda shown, texts: (*_signs(measured, shown, texts), *budget_notes(measured)),
        (
            f"{share}{shared if len(set(behind)) < len(behind) else ''}.",
            *cut_remarks([m.percent for m in listed], right),
        ),
    )


def _signs(measured: Measured, shown: Sequence[MeasuredIndicator], texts: Sequence[str]) -> tuple[str, ...]:
    own = [text for text, m in zip(texts[1::2], shown, strict=True) if m.percent is not None]
    return notes_of(shown, own)


def _outcome(measured: Measured, m: MeasuredIndicator) -> Entry[MeasuredIndicator]:
    share = percent(m.spending.spent, measured.total.spent)
    spent = show_amount(measured, m.spending.spent)
    shown = f"{spent} ({format_percent(share, 1)})"
    row = ChartRow(m.indicator.short_name, (Bar(share, Kind.PLAIN), shown, capaian_bar(m), say_capaian(m)))
    told = f"{m.indicator.short_name}: belanja Rp {shown} dari seluruh belanja, capaian {say_capaian(m)}"
    name = m.indicator.short_name
    traces = ((traced.of_share(m), f"{name}: bagian belanja"), (m.id, f"{name}: belanja dan capaian"))
    return Entry(m, row, told, traces)
