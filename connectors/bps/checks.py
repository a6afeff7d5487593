"""Whether a table's figures can be true together; what cannot is refused whole.

BPS's own cells have had a value a hundred times too large and doubled rows (bps.md, 1.2), and one
such figure in a report that a head of office signs is worse than another day of waiting.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from decimal import Decimal

from connectors.bps.labels import CODES, TOTAL, TOTAL_NONMIGAS
from connectors.bps.tables import PdrbCell, PdrbTable
from core.errors import ImplausibleFigureError
from core.numbers import format_number

SUM_TOLERANCE = Decimal("0.05")
"""Miliar rupiah by which rounded categories may miss their total (0,02 was seen in a real table)."""
SHARE_TOLERANCE = Decimal("0.1")
"""Percentage points by which 17 rounded shares may miss 100."""
RATE_TOLERANCE = Decimal("0.01")
"""Percentage points by which a published rate may differ from ours before it is remarked."""
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
    if table.measure in ("adhb", "adhk"):
        _check_jumps(table)
    return table


def compare_tables(tables: Sequence[PdrbTable]) -> list[PdrbTable]:
    """Compare published growth and shares with what the values give; differences become remarks."""
    by_measure = {table.measure: table for table in tables}
    return [
        dataclasses.replace(table, remarks=table.remarks + tuple(_remarks(table, by_measure)))
        if table.measure in ("growth", "share")
        else table
        for table in tables
    ]


def _remarks(table: PdrbTable, by_measure: dict[str, PdrbTable]) -> list[str]:
    source = by_measure.get("adhk" if table.measure == "growth" else "adhb")
    if source is None:
        return []
    values = {(cell.sector, cell.year): cell for cell in source.cells}
    remarks = []
    for cell in table.cells:
        over = (cell.sector, cell.year - 1) if table.measure == "growth" else (TOTAL, cell.year)
        part, base = values.get((cell.sector, cell.year)), values.get(over)
        if part is None or base is None or base.value == 0:
            continue
        rate = part.value / base.value * 100 - (100 if table.measure == "growth" else 0)
        if abs(rate - cell.value) > RATE_TOLERANCE + _rounding(part, base):
            remarks.append(
                f"{cell.label} {cell.year}: {table.title!r} menyebut {format_number(cell.value, 2)}, "
                f"sedangkan hasil hitung dari nilainya {format_number(rate, 2)}."
            )
    return remarks


def _rounding(part: PdrbCell, base: PdrbCell) -> Decimal:
    """By how much the rounding of two values alone may move their ratio in per cent."""
    half = Decimal("0.5").scaleb(int(part.original.as_tuple().exponent))
    half *= part.value / part.original if part.original else 1
    return 100 * half / abs(base.value) * (1 + abs(part.value / base.value))


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
    needed = CODES if table.measure == "share" else (*CODES, TOTAL)
    missing = [code for code in needed if code not in present]
    if missing:
        raise ImplausibleFigureError(
            f"Tabel {table.title!r} dari BPS belum lengkap: tahun {year} tidak memuat kategori "
            f"{'; '.join(missing)}.",
            todo=_ADVICE,
        )


def _check_signs(table: PdrbTable, year: int) -> None:
    for cell in table.cells:
        if cell.year == year and cell.value <= 0:
            raise ImplausibleFigureError(
                f"Tabel {table.title!r} dari BPS memuat nilai {format_number(cell.value, 2)} miliar rupiah "
                f"untuk {cell.label!r} tahun {year}; nilai tambah seharusnya di atas nol.",
                todo=_ADVICE,
            )
    total, without = table.find(TOTAL, year), table.find(TOTAL_NONMIGAS, year)
    if total and without and without.value > total.value + SUM_TOLERANCE:
        raise ImplausibleFigureError(
            f"Tabel {table.title!r} dari BPS: PDRB tanpa migas tahun {year} "
            f"({format_number(without.value, 2)}) lebih besar daripada PDRB seluruhnya "
            f"({format_number(total.value, 2)}).",
            todo=_ADVICE,
        )


def _check_hundred(table: PdrbTable, year: int) -> None:
    total = _sum(table, year)
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
