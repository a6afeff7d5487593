"""Sheet *Rata-rata*: the averages of BAB IV, of which indicators, and over how many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from capaian.rules import Over
from reports.live_workbook.formulas import rounded
from reports.live_workbook.indicators import Placed
from reports.live_workbook.scale import OVER, Scale
from reports.live_workbook.sheets import BOLD, MIDDLE, TWO, WHOLE, Column, Page, as_result, cell
from reports.measured import Measured, MeasuredIndicator
from reports.wording import marks, marks_of

_COLUMNS = (
    Column("Indikator", 60), Column("Capaian yang dirata-rata %", 18), Column("Kategori", 24),
    Column("Tanda", 7),
)  # fmt: skip
_HEAD = 3
NAME, VALUE, CATEGORY, MARK = range(4)


def write_averages(page: Page, measured: Measured, scale: Scale, placed: Mapping[str, Placed]) -> None:
    """Write the indicators of tujuan and of sasaran, each group with its average."""
    page.begin("Rata-rata capaian", [(_words(measured), False)], _HEAD, _COLUMNS, landscape=False)
    row = _HEAD + 1
    for title, members in (("tujuan", measured.goals), ("sasaran", measured.objectives)):
        if members:
            row = _write_group(page, row, title, members, measured, scale, placed) + 1


def _words(measured: Measured) -> str:
    if measured.rules.averages.over is Over.ALL:
        return "Hanya ada bila tidak satu pun menunggu atau tidak dapat dihitung (aturan di lembar Skala)."
    return "Diambil dari indikator yang capaiannya dapat dihitung (aturan di lembar Skala)."


def _write_group(
    page: Page,
    first: int,
    title: str,
    members: Sequence[MeasuredIndicator],
    measured: Measured,
    scale: Scale,
    placed: Mapping[str, Placed],
) -> int:
    """Write a group from a row on; gives the row behind it."""
    page.words(first, NAME, f"Indikator {title}", BOLD)
    for column in (VALUE, CATEGORY, MARK):
        page.words(first, column, "")
    first += 1
    for row, m in enumerate(members, start=first):
        place = placed[m.id]
        page.words(row, NAME, m.indicator.name)
        taken = f'IF({place.capaian}="","",{scale.capped(place.answer, scale.cap_averaged)})'
        page.formula(row, VALUE, taken, as_result(m.capaian.averaged if m.capaian else None))
        page.words(row, CATEGORY, "")
        page.words(row, MARK, marks(m.realisasi) if m.percent is not None else "", MIDDLE)
    row = first + len(members)
    cells = f"{cell(first, VALUE)}:{cell(row - 1, VALUE)}"
    judged = [m for m in members if m.percent is not None]
    known = len(judged)
    counted, total, mean = (cell(row + below, VALUE) for below in (1, 0, 2))
    page.words(row, NAME, f"Banyaknya indikator {title}")
    page.formula(row, VALUE, f"ROWS({cells})", Decimal(len(members)), WHOLE)
    page.words(row + 1, NAME, "di antaranya yang capaiannya dapat dihitung")
    page.formula(row + 1, VALUE, f"COUNT({cells})", Decimal(known), WHOLE)
    average = measured.average(members)
    complete = f'OR({scale.over}="{OVER[Over.COMPUTABLE]}",{counted}={total})'
    page.words(row + 2, NAME, f"Rata-rata capaian indikator {title}", BOLD)
    shown = f'IF(AND({counted}>0,{complete}),{rounded(f"AVERAGE({cells})")},"")'
    page.formula(row + 2, VALUE, shown, as_result(average), TWO, BOLD)
    category = measured.rules.categories.find(average).name if average is not None else ""
    page.formula(row + 2, CATEGORY, scale.category(mean), category, TWO, BOLD, MIDDLE)
    signs = marks_of(m.realisasi for m in judged) if average is not None else ""
    page.words(row + 2, MARK, signs, BOLD, MIDDLE)
    page.words(row, CATEGORY, "")
    for each in (row, row + 1):
        page.words(each, MARK, "")
    rest = f'IF({counted}<{total},{total}-{counted}&" menunggu atau tidak dapat dihitung","")'
    lacking = len(members) - known
    told = f"{lacking} menunggu atau tidak dapat dihitung" if lacking else ""
    page.formula(row + 1, CATEGORY, rest, told)
    page.just_below(mean, mean, 100)
    return row + 3
