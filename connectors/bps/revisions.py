"""Whether new figures can be a revision of the stored ones, or something else that looks like figures.

One answer alone cannot show that a whole table changed its unit without saying so, that two rows swapped
their names, or that a slip of a factor of a hundred went through total and category alike. What is stored
can.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from connectors.bps.comparison import check_exchange
from connectors.bps.labels import TOTAL, is_percent
from connectors.bps.statistic.read import StatisticCell
from connectors.bps.tables import PdrbTable
from core.errors import ImplausibleFigureError
from core.numbers import format_number

LARGEST_REVISION = Decimal("1.5")
"""By which factor a value of the same category and year may be revised. BPS's yearly revisions move
categories by a few per cent; beyond this a person has to look."""
LARGEST_RATE_REVISION = Decimal(25)
"""Percentage points by which a published rate may be revised."""


def check_revision(table: PdrbTable, known: Mapping[tuple[str, str, int], Decimal]) -> None:
    """Compare a table with stored values of the same series.

    Args:
        table: As it was read, checked in itself.
        known: Stored values by measure, category and year, in the table's unit and base year.

    Raises:
        ImplausibleFigureError: A value moved beyond belief; the message names both.
    """
    check_exchange(table, {(s, y): value for (m, s, y), value in known.items() if m == table.measure})
    for cell in table.cells:
        stored = known.get((table.measure, cell.sector, cell.year))
        if stored is None or _plausible(table.measure in ("growth", "share"), stored, cell.value):
            continue
        what = "PDRB seluruhnya" if cell.sector == TOTAL else cell.label
        raise _beyond_belief(table.title, table.unit, what, cell.year, cell.value, stored)


def check_statistic(cell: StatisticCell, title: str, unit: str, stored: Decimal | None) -> None:
    """Compare a figure of any table with the stored one of the same place and year.

    Args:
        cell: As it was read.
        title: Of its table.
        unit: Of its table.
        stored: In the same unit; None where there is none.

    Raises:
        ImplausibleFigureError: It moved beyond belief; the message names both.
    """
    if stored is not None and not _plausible(is_percent(unit), stored, cell.value):
        raise _beyond_belief(title, unit, cell.label, cell.year, cell.value, stored)


def _beyond_belief(
    title: str, unit: str, what: str, year: int, new: Decimal, stored: Decimal
) -> ImplausibleFigureError:
    return ImplausibleFigureError(
        f"Tabel {title!r} dari BPS kini menyebut {format_number(new, 2)} {unit.lower()} "
        f"untuk {what} tahun {year}, padahal yang tersimpan {format_number(stored, 2)}. Perubahan "
        "sebesar itu bukan revisi biasa: satuan atau baris tabel mungkin berganti.",
        todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS, dan bila memang benar "
        "jalankan: lkjip poll --accept-revision.",
    )


def _plausible(is_rate: bool, stored: Decimal, new: Decimal) -> bool:
    if is_rate:
        return abs(new - stored) <= LARGEST_RATE_REVISION
    if stored == 0:
        return new == 0
    return 1 / LARGEST_REVISION <= new / stored <= LARGEST_REVISION
