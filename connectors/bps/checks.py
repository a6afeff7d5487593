"""Whether a table's figures can be true together; what cannot is refused whole.

BPS's own cells have had a value a hundred times too large and doubled rows (bps.md, 1.2), and one
such figure in a report that a head of office signs is worse than another day of waiting.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Sequence
from decimal import Decimal

from connectors.bps.comparison import check_exchange, check_prices, compare_tables
from connectors.bps.labels import CODES, TOTAL, TOTAL_NONMIGAS
from connectors.bps.labels.industries import category_of, children_of
from connectors.bps.tables import PdrbCell, PdrbTable
from core.errors import ImplausibleFigureError
from core.numbers import format_number

__all__ = ["check_exchange", "check_prices", "check_table", "compare_tables", "keep_proved"]

SUM_TOLERANCE = Decimal("0.05")
"""Miliar rupiah by which rounded categories may miss their total (0,02 was seen in a real table)."""
SHARE_TOLERANCE = Decimal("0.1")
"""Percentage points by which 17 rounded shares may miss 100."""
_WITH_OIL = ("B", "C", "D")
"""Categories of which oil and gas are a part."""
HIGHEST_GROWTH = Decimal(1000)
"""Per cent; nothing of a region grows more in a year, and nothing can shrink by more than 100."""
LARGEST_CHANGE = Decimal(2)
"""By which factor a region's total may change within a year; beyond that a unit was mistaken."""

_ADVICE = "angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS atau tanyakan kepada BPS."


def check_table(table: PdrbTable) -> PdrbTable:
    """Check one table and settle which of several totals is the one of its categories.

    Raises:
        ImplausibleFigureError: A category is missing or comes twice, the total is not the sum, or
            the total jumps; the message names table, year and both figures.
    """
    _check_twins(table, [cell for cell in table.cells if cell.sector != TOTAL])
    table = _settle_totals(table)
    _check_twins(table, table.cells)
    for year in table.years:
        _check_complete(table, year)
        if table.measure in ("adhb", "adhk"):
            _check_signs(table, year)
        elif table.measure == "share":
            _check_hundred(table, year)
        _check_range(table, year)
    if table.measure in ("adhb", "adhk"):
        _check_jumps(table)
    return dataclasses.replace(table, remarks=table.remarks + tuple(_part_remarks(table)))


def keep_proved(table: PdrbTable, codes: Iterable[str]) -> PdrbTable:
    """Keep sub-categories that only their place in the table tells if they make up their category.

    Args:
        table: Before its checks.
        codes: The sub-categories in question; others are kept without proof.

    Returns:
        The table without those that prove nothing; a remark names them.
    """
    doubtful = sorted(code for code in set(codes) if not _make_up(table, category_of(code)))
    if not doubtful:
        return table
    remark = (
        f"Subkategori {'; '.join(doubtful)} hanya dikenal dari letaknya dan jumlahnya tidak sama dengan "
        "kategorinya, jadi tidak dipakai."
    )
    kept = tuple(cell for cell in table.cells if cell.sector not in doubtful)
    return dataclasses.replace(table, cells=kept, remarks=(*table.remarks, remark))


def _make_up(table: PdrbTable, code: str) -> bool:
    """Whether the sub-categories that are there sum up to their category in every year."""
    if table.measure == "growth":
        return False
    gaps = [gap for year in table.years if (gap := _part_gap(table, code, year)) is not None]
    return bool(gaps) and all(abs(gap) <= _part_tolerance(table) for gap in gaps)


def _part_gap(table: PdrbTable, code: str, year: int) -> Decimal | None:
    """By how much sub-categories exceed their category; None when either is missing."""
    whole, children = table.find(code, year), children_of(code)
    parts = [c.value for c in table.cells if c.year == year and c.sector in children]
    return sum(parts, Decimal(0)) - whole.value if whole and parts else None


def _part_tolerance(table: PdrbTable) -> Decimal:
    return SHARE_TOLERANCE if table.measure == "share" else SUM_TOLERANCE


def _part_remarks(table: PdrbTable) -> list[str]:
    """Sub-categories that do not add up; some may be left out, but together they are never more."""
    if table.measure == "growth":
        return []
    remarks = []
    sectors = {cell.sector for cell in table.cells}
    for code in sorted(
        {category_of(sector) for sector in sectors if "." in sector} | (sectors & {"A.1", "C.1"})
    ):
        complete = set(children_of(code)) <= sectors
        for year in table.years:
            gap = _part_gap(table, code, year)
            if gap is not None and (abs(gap) if complete else gap) > _part_tolerance(table):
                remarks.append(
                    f"Jumlah subkategori {code} tahun {year} berbeda {format_number(gap, 2)} dari angka "
                    f"kategorinya pada {table.title!r}."
                )
    return remarks


def _settle_totals(table: PdrbTable) -> PdrbTable:
    """Keep, of several rows that all claim to be the total, the one that is the categories' sum."""
    rows: dict[str, list[PdrbCell]] = {}
    for cell in table.cells:
        if cell.sector == TOTAL:
            rows.setdefault(cell.label, []).append(cell)
    if table.measure not in ("adhb", "adhk"):
        return table
    matching = [label for label, cells in rows.items() if all(_gap(table, c) <= SUM_TOLERANCE for c in cells)]
    if len(rows) > 1 and matching:
        kept = [c for c in table.cells if c.sector != TOTAL or c.label == matching[0]]
        return dataclasses.replace(table, cells=tuple(kept))
    for cells in rows.values():
        for cell in cells:
            _check_complete(table, cell.year)
            if _gap(table, cell) > SUM_TOLERANCE:
                raise ImplausibleFigureError(
                    f"Tabel {table.title!r} dari BPS tidak dapat dipakai: jumlah 17 kategori tahun "
                    f"{cell.year} adalah {format_number(_sum(table, cell.year), 2)} miliar rupiah, padahal "
                    f"totalnya tertulis {format_number(cell.value, 2)} miliar rupiah.",
                    todo=_ADVICE,
                )
    return table


def _sum(table: PdrbTable, year: int) -> Decimal:
    return sum((c.value for c in table.cells if c.year == year and c.sector in CODES), Decimal(0))


def _gap(table: PdrbTable, total: PdrbCell) -> Decimal:
    return abs(_sum(table, total.year) - total.value)


def _check_twins(table: PdrbTable, cells: Sequence[PdrbCell]) -> None:
    seen: dict[tuple[str, int], PdrbCell] = {}
    for cell in cells:
        other = seen.setdefault((cell.sector, cell.year), cell)
        if other is not cell:
            raise ImplausibleFigureError(
                f"Tabel {table.title!r} dari BPS memuat kategori {cell.label!r} tahun {cell.year} dua kali: "
                f"{format_number(other.value, 2)} dan {format_number(cell.value, 2)}.",
                todo=_ADVICE,
            )


def _check_complete(table: PdrbTable, year: int) -> None:
    present = {cell.sector for cell in table.cells if cell.year == year}
    # Shares are often printed without their total, which is 100; but not with another total alone.
    needed = CODES if table.measure == "share" and TOTAL_NONMIGAS not in present else (*CODES, TOTAL)
    missing = [code for code in needed if code not in present]
    if missing:
        raise ImplausibleFigureError(
            f"Tabel {table.title!r} dari BPS belum lengkap: tahun {year} tidak memuat kategori "
            f"{'; '.join(missing)}.",
            todo=_ADVICE,
        )


def _check_signs(table: PdrbTable, year: int) -> None:
    for cell in table.cells:
        is_total = cell.sector in (TOTAL, TOTAL_NONMIGAS)
        if cell.year == year and (cell.value <= 0 if is_total else cell.value < 0):
            raise ImplausibleFigureError(
                f"Tabel {table.title!r} dari BPS memuat nilai {format_number(cell.value, 2)} miliar rupiah "
                f"untuk {cell.label!r} tahun {year}; nilai tambah seharusnya di atas nol.",
                todo=_ADVICE,
            )
    total, without = table.find(TOTAL, year), table.find(TOTAL_NONMIGAS, year)
    if total is None or without is None:
        return
    may_hold_oil = sum((c.value for c in table.cells if c.year == year and c.sector in _WITH_OIL), Decimal(0))
    if not -SUM_TOLERANCE <= total.value - without.value <= may_hold_oil + SUM_TOLERANCE:
        raise ImplausibleFigureError(
            f"Tabel {table.title!r} dari BPS: PDRB tanpa migas tahun {year} "
            f"({format_number(without.value, 2)}) tidak cocok dengan PDRB seluruhnya "
            f"({format_number(total.value, 2)}) dan kategori yang memuat migas "
            f"({format_number(may_hold_oil, 2)}).",
            todo=_ADVICE,
        )


def _check_range(table: PdrbTable, year: int) -> None:
    """Refuse rates that cannot be."""
    if table.measure not in ("growth", "share"):
        return
    lowest, highest = (-100, HIGHEST_GROWTH) if table.measure == "growth" else (0, 100 + SHARE_TOLERANCE)
    for cell in table.cells:
        if cell.year == year and not lowest <= cell.value <= highest:
            raise ImplausibleFigureError(
                f"Tabel {table.title!r} dari BPS memuat {format_number(cell.value, 2)} persen untuk "
                f"{cell.label!r} tahun {year}; angka itu tidak mungkin.",
                todo=_ADVICE,
            )


def _check_hundred(table: PdrbTable, year: int) -> None:
    total = _sum(table, year)
    printed = table.find(TOTAL, year)
    if printed is not None and abs(total - 100) <= SHARE_TOLERANCE:
        total = printed.value
    if abs(total - 100) > SHARE_TOLERANCE:
        raise ImplausibleFigureError(
            f"Tabel {table.title!r} dari BPS tidak dapat dipakai: jumlah distribusi 17 kategori tahun {year} "
            f"adalah {format_number(total, 2)} persen, bukan 100 persen.",
            todo=_ADVICE,
        )


def _check_jumps(table: PdrbTable) -> None:
    totals = {cell.year: cell for cell in table.cells if cell.sector == TOTAL}
    for year, cell in totals.items():
        before = totals.get(year - 1)
        if before is None:
            continue
        ratio = cell.value / before.value
        if not 1 / LARGEST_CHANGE <= ratio <= LARGEST_CHANGE:
            raise ImplausibleFigureError(
                f"Tabel {table.title!r} dari BPS tidak dapat dipakai: totalnya "
                f"{format_number(before.value, 2)} miliar rupiah pada {year - 1} tetapi "
                f"{format_number(cell.value, 2)} miliar rupiah pada {year}; mungkin satuannya berganti.",
                todo=_ADVICE,
            )
