"""Whether tables fit to each other: published rates to values, prices to prices, new figures to old.

A single table cannot show that two of its labels changed places or that its unit is another one: every
sum still holds. A second table about the same thing can.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from connectors.bps.labels import CODES, TOTAL, TOTAL_NONMIGAS
from connectors.bps.tables import PdrbCell, PdrbTable
from core.errors import ImplausibleFigureError
from core.numbers import format_number

RATE_TOLERANCE = Decimal("0.01")
"""Percentage points by which a published rate may differ from ours before it is remarked."""
LOWEST_PRICES, HIGHEST_PRICES = Decimal("0.25"), Decimal(8)
"""Between which the total at current prices, against the one at constant prices, is believed."""
NEAR, FAR = Decimal("0.1"), Decimal("0.2")
"""As part of a value: how near a revised value is at most, and how far a mistaken one at least."""
_ADVICE = "angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS atau tanyakan kepada BPS."


def compare_tables(tables: Sequence[PdrbTable]) -> list[PdrbTable]:
    """Compare the tables of one reading with each other.

    Returns:
        The tables; where a published rate of growth or share is not what the values give, its table
        has a remark.

    Raises:
        ImplausibleFigureError: Two categories have each other's rates, so labels were exchanged, or
            current and constant prices are so far apart that a unit is wrong.
    """
    by_measure = {table.measure: table for table in tables}
    check_prices(tables)
    return [_compare_rates(table, by_measure) for table in tables]


def check_exchange(table: PdrbTable, earlier: Mapping[tuple[str, int], Decimal]) -> None:
    """Whether two rows of a table changed places since it was kept: their figures are each other's old ones.

    Args:
        table: Of current or constant prices; rates are not compared.
        earlier: The kept values by category and year, in the table's unit and of its base year.

    Raises:
        ImplausibleFigureError: Two categories have each other's old values.
    """
    if table.measure not in ("adhb", "adhk"):
        return
    now = {(cell.sector, cell.year): cell.value for cell in table.cells}
    common = [place for place in now if earlier.get(place)]
    moved = {sector for sector, year in common if not _is_near(now[sector, year], earlier[sector, year], FAR)}
    for one, other in combinations(sorted(moved), 2):
        years = [y for s, y in common if s == one and (other, y) in now and earlier.get((other, y))]
        if years and all(
            _is_near(now[one, y], earlier[other, y], NEAR) and _is_near(now[other, y], earlier[one, y], NEAR)
            for y in years
        ):
            raise _exchanged(table, one, other, "angka yang tersimpan")


def _is_near(value: Decimal, other: Decimal, part: Decimal) -> bool:
    return abs(value - other) <= part * abs(other)


def check_prices(tables: Sequence[PdrbTable]) -> None:
    """Whether current and constant prices, where both are there, can be of one region.

    Raises:
        ImplausibleFigureError: They are so far apart that a unit is wrong.
    """
    by_measure = {table.measure: table for table in tables}
    current, constant = by_measure.get("adhb"), by_measure.get("adhk")
    if current is None or constant is None:
        return
    for year in current.years:
        one, other = current.find(TOTAL, year), constant.find(TOTAL, year)
        if one and other and other.value and not LOWEST_PRICES <= one.value / other.value <= HIGHEST_PRICES:
            raise ImplausibleFigureError(
                f"PDRB {year} menurut BPS adalah {format_number(one.value, 2)} miliar rupiah atas dasar "
                f"harga berlaku ({current.title!r}) tetapi {format_number(other.value, 2)} atas dasar harga "
                f"konstan ({constant.title!r}); mungkin satuan salah satunya keliru.",
                todo=_ADVICE,
            )


def _compare_rates(table: PdrbTable, by_measure: Mapping[str, PdrbTable]) -> PdrbTable:
    source = by_measure.get({"growth": "adhk", "share": "adhb"}.get(table.measure, ""))
    if source is None:
        return table
    computed = _computed(table, source)
    differing = [cell for cell in table.cells if _differs(cell, computed)]
    _check_labels(table, {cell.sector for cell in differing}, computed)
    remarks = [
        f"{cell.label} {cell.year}: {table.title!r} menyebut {format_number(cell.value, 2)}, "
        f"sedangkan hasil hitung dari nilainya {format_number(computed[cell.sector, cell.year][0], 2)}."
        for cell in differing
    ]
    return dataclasses.replace(table, remarks=table.remarks + tuple(remarks))


Rates = Mapping[tuple[str, int], tuple[Decimal, Decimal]]
"""By category and year: the rate that the values give, and how far off it may be."""


def _computed(table: PdrbTable, source: PdrbTable) -> Rates:
    values = {(cell.sector, cell.year): cell for cell in source.cells}
    found = {}
    for (sector, year), part in values.items():
        base = values.get((sector, year - 1) if table.measure == "growth" else (TOTAL, year))
        if base is not None and base.value != 0:
            rate = part.value / base.value * 100 - (100 if table.measure == "growth" else 0)
            found[sector, year] = rate, RATE_TOLERANCE + _rounding(part, base)
    return found


def _differs(cell: PdrbCell, computed: Rates) -> bool:
    place = (cell.sector, cell.year)
    return place in computed and abs(computed[place][0] - cell.value) > computed[place][1]


def _check_labels(table: PdrbTable, differing: Iterable[str], computed: Rates) -> None:
    """Refuse the table when the rates of two categories are each other's."""
    ours = sorted(sector for sector in differing if sector in (*CODES, TOTAL, TOTAL_NONMIGAS))
    printed = {(cell.sector, cell.year): cell.value for cell in table.cells}
    for one, other in combinations(ours, 2):
        pairs = [
            (computed[a, year], printed[b, year])
            for year in table.years
            for a, b in ((one, other), (other, one))
            if (a, year) in computed and (b, year) in printed
        ]
        if pairs and all(abs(rate - value) <= margin for (rate, margin), value in pairs):
            raise _exchanged(table, one, other, "nilainya di tabel lain")


def _exchanged(table: PdrbTable, one: str, other: str, against: str) -> ImplausibleFigureError:
    return ImplausibleFigureError(
        f"Tabel {table.title!r} dari BPS: angka kategori {one} dan {other} tertukar bila dibandingkan dengan "
        f"{against}.",
        todo=_ADVICE,
    )


def _rounding(part: PdrbCell, base: PdrbCell) -> Decimal:
    """By how much the rounding of two values alone may move their ratio in per cent."""
    half = Decimal("0.5").scaleb(int(part.original.as_tuple().exponent))
    half *= part.value / part.original if part.original else 1
    return 100 * half / abs(base.value) * (1 + abs(part.value / base.value))
