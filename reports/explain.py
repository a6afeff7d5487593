"""Formulas behind the cells of the tables, with the numbers put in."""

from __future__ import annotations

from decimal import ROUND_DOWN, Decimal

from capaian.efficiency import efficiency
from capaian.measure import Direction
from capaian.rules import Meaning, Rules
from capaian.values import Quantity, Value
from core.numbers import format_number, parse_number
from office.standards import StandardFigure
from reports.measured import Measured, MeasuredIndicator, MeasuredProgram, Spending
from reports.standards import standard_in
from reports.wording import show_realisasi, write_level, write_percent, write_value

EFFICIENCY = "Tingkat Efisiensi"
PROGRESS = "Tingkat Kemajuan"


def explain_cell(measured: Measured, table: str, row: list[str], column: str, printed: str) -> str:
    """How the figure in a cell is computed.

    Args:
        measured: The year, measured.
        table: Its number.
        row: Our texts of the row, by which the indicator or program is found.
        column: Heading of the cell.
        printed: What the print has there.

    Returns:
        An Indonesian sentence, or nothing where the cell is not computed.
    """
    if table in ("anggaran", "efisiensi-program", "analisis"):
        program = next((p for p in measured.programs if p.row.name in row), None)
        return _of_program(program, table, column) if program else ""
    indicator = _find_indicator(measured, row)
    return _of_indicator(measured, indicator, table, row, column, printed) if indicator else ""


def release_of(measured: Measured, row: list[str]) -> str:
    """Whose release the figures of a row follow; ``sumbernya`` where that is not known."""
    m = _find_indicator(measured, row)
    return m.realisasi.institution if m and m.realisasi.institution else "sumbernya"


def _find_indicator(measured: Measured, row: list[str]) -> MeasuredIndicator | None:
    by_name = next((m for m in measured.indicators.values() if m.indicator.name in row), None)
    return by_name or next((m for m in measured.indicators.values() if m.goal.text in row), None)


def _of_indicator(
    measured: Measured, m: MeasuredIndicator, table: str, row: list[str], column: str, printed: str
) -> str:
    year = measured.agency.year
    if column == EFFICIENCY:
        return efficiency_words(m.percent, m.spending, m.rules)
    if column.startswith("Anggaran"):
        return absorption_words(m.spending)
    if column.startswith(str(year.previous_year)) or table == "standar":
        return _of_comparison(m, column, year.year, standard_in(row, m))
    if column.startswith(PROGRESS) and m.progress:
        return f"{m.progress.formula} = {write_percent(m.progress.percent)}; {_direction(m)}."
    if "Capaian" in column and m.capaian:
        own = m.realisasi.value
        mistaken = "; cetakan menulis realisasi di kolom capaian" if own and _same(own, printed) else ""
        cut = "; cetakan memotong desimal, tidak membulatkan" if _is_truncated(m, printed) else ""
        return f"{m.capaian.formula} = {write_percent(m.percent)}{mistaken}{cut}."
    return _of_realisasi(m)


def _is_truncated(m: MeasuredIndicator, printed: str) -> bool:
    """Whether a print that cuts decimals off, by the office's rules, has our capaian so."""
    if m.percent is None or not m.rules.printed.truncated:
        return False
    try:
        theirs = parse_number(printed)
    except ValueError:
        return False
    return theirs == m.percent.quantize(theirs, ROUND_DOWN)


def _of_realisasi(m: MeasuredIndicator) -> str:
    return f"{m.realisasi.formula}; sumber {m.realisasi.source}." if m.realisasi.formula else ""


def _of_comparison(m: MeasuredIndicator, column: str, year: int, standard: StandardFigure | None) -> str:
    """A cell of the year before (``tahun-lalu``) or of the comparison with a standard (``standar``)."""
    if column.startswith("Realisasi Tahun"):
        return _of_realisasi(m)
    if column.startswith("Standar") and standard and standard.year != year:
        return f"Angka {standard.spoken} itu untuk tahun {standard.year}, bukan {year}."
    ratio = m.against(standard) if standard else None
    if column == "% Capaian" and ratio is not None and standard:
        ours, theirs = show_realisasi(m.realisasi), write_value(standard.value)
        return f"{ours} / {theirs} x 100 = {write_percent(ratio)} ({standard.spoken} {standard.year})."
    if m.previous_capaian:
        return f"{m.previous_capaian.formula} = {write_percent(m.previous_capaian.percent)}."
    return ""


def _of_program(program: MeasuredProgram, table: str, column: str) -> str:
    if column == EFFICIENCY:
        return efficiency_words(program.capaian.percent, program.spending, program.rules)
    # Table ``analisis`` has no budgets: its only capaian is that of the performance.
    if "Capaian" in column and (table == "analisis" or column.startswith("Indikator")):
        return f"{program.capaian.formula} = {write_percent(program.capaian.percent)}."
    return absorption_words(program.spending) if "Capaian" in column else ""


def efficiency_words(percent: Decimal | None, spending: Spending | None, rules: Rules) -> str:
    """The formula of a tingkat efisiensi with its numbers and its answer; empty where there is none."""
    absorbed = spending.absorbed if spending else None
    if percent is None or not absorbed:
        return ""
    meaning = rules.efficiency.meaning
    level = write_level(efficiency(percent, absorbed, meaning), rules)
    return f"{efficiency_formula(percent, absorbed, meaning)} = {level}."


def efficiency_formula(percent: Decimal, absorbed: Decimal, meaning: Meaning) -> str:
    """The formula of a tingkat efisiensi with the numbers put in."""
    if meaning is Meaning.SAVED:
        return f"100% - {write_percent(absorbed)}"
    return f"{write_percent(percent)} / {write_percent(absorbed)}"


def absorption_words(spending: Spending | None) -> str:
    """The formula of a serapan with its numbers and its answer; empty where there is none."""
    if spending is None or spending.absorbed is None:
        return ""
    sums = f"{format_number(spending.spent)} / {format_number(spending.budget)} x 100"
    return f"{sums} = {write_percent(spending.absorbed)}."


def _same(value: Value, printed: str) -> bool:
    try:
        return isinstance(value, Quantity) and value.amount == parse_number(printed)
    except ValueError:
        return False


def _direction(m: MeasuredIndicator) -> str:
    return "makin kecil makin baik" if m.indicator.direction is Direction.LOWER else "makin besar makin baik"
