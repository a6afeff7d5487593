"""Prices that look like a market's: illustrative, and always the same for a commodity, market and day.

Only the rows of :data:`REAL` are true ones: the province on 28 July 2023 (SOURCES.md, section 2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from zlib import crc32

from standins.prices.siskaperbapo.commodities import Commodity, commodities

FIRST_DAY = date(2021, 1, 1)
IDULFITRI = (
    date(2021, 5, 13), date(2022, 5, 2), date(2023, 4, 22), date(2024, 4, 10), date(2025, 3, 31),
    date(2026, 3, 21),
)  # fmt: skip
"""1 Syawal as decreed each year; traders close for some days, and prices peak before."""
REAL_DAY = date(2023, 7, 28)
REAL = {
    "Beras Premium": (12_508, 12_506, "-3", "-0,02%"),
    "Gula Kristal Putih": (13_347, 13_347, "0", "0,00%"),
    "Minyak Goreng Curah": (15_031, 15_035, "5", "0,03%"),
    "Minyak Goreng Kemasan Premium": (19_767, 19_767, "0", "0,00%"),
    "Daging Sapi Paha Belakang": (116_461, 116_461, "0", "0,00%"),
    "Daging Ayam Kampung": (66_105, 66_012, "-93", "-0,14%"),
}
"""The day before, the day, and the changes as the site printed them (it computes them before rounding)."""

_FIXED_FEASTS = ((1, 1), (8, 17), (12, 25))
_KNOT = 21
_DENSE, _SPARSE = 97, 40
"""Of a hundred commodities so many have a price on a day of business, and on others."""


@dataclass(frozen=True)
class Market:
    """A market; its name and id are invented.

    Attributes:
        factor: Its prices against those of the region.
    """

    id: int
    name: str
    factor: float


MARKETS = {
    "sumenepkab": (
        Market(9001, "Pasar Contoh Kota", 1.0),
        Market(9002, "Pasar Contoh Timur", 0.985),
        Market(9003, "Pasar Contoh Kepulauan", 1.045),
    ),
}
PROVINCE = ""


def _chance(*what: object) -> float:
    """A number from 0 to 1 that is always the same for the same."""
    return crc32("|".join(map(str, what)).encode()) / 2**32


@lru_cache(maxsize=400_000)
def level(commodity: Commodity, ordinal: int) -> float:
    """Rupiah about which all markets' prices of a commodity stand on a day, by the day's ordinal."""
    movement = commodity.movement
    while _chance(commodity.item, "langkah", ordinal) * movement.every >= 1:
        ordinal -= 1
    day = date.fromordinal(ordinal)
    turn = 2 * math.pi * (day.timetuple().tm_yday - movement.peak) / 365.25
    knot, since = divmod(ordinal, _KNOT)
    share = (1 - math.cos(math.pi * since / _KNOT)) / 2
    before, after = (2 * _chance(commodity.item, "simpul", k) - 1 for k in (knot, knot + 1))
    wander = before + (after - before) * share
    rise = movement.trend * (ordinal - REAL_DAY.toordinal()) / 365.25
    moved = movement.wildness * wander + movement.season * math.cos(turn) + movement.feast * _feast(ordinal)
    return commodity.level * (1 + rise) * (1 + moved)


def _feast(ordinal: int) -> float:
    """How near the feasts are: 1 some days before Idulfitri, a half at the end of the year."""
    day = date.fromordinal(ordinal)
    ramadan = max(math.exp(-(((ordinal - feast.toordinal() + 4) / 12) ** 2)) for feast in IDULFITRI)
    turn_of_year = min(abs((date(day.year, 12, 28) - day).days), abs((day - date(day.year - 1, 12, 28)).days))
    return ramadan + 0.5 * math.exp(-((turn_of_year / 8) ** 2))


@lru_cache(maxsize=4_096)
def is_quiet(day: date) -> bool:
    """Whether few prices are taken on a day: Sundays and feasts."""
    return (
        day.weekday() == 6
        or (day.month, day.day) in _FIXED_FEASTS
        or any(-1 <= (day - feast).days <= 3 for feast in IDULFITRI)
    )


@lru_cache(maxsize=400_000)
def market_price(commodity: Commodity, market: Market, day: date) -> int:
    """Rupiah in a market, in steps that a trader would name; 0 where nobody asked that day."""
    dense = _SPARSE if is_quiet(day) else _DENSE
    if _chance(commodity.item, market.id, day) * 100 >= dense:
        return 0
    price = level(commodity, day.toordinal()) * market.factor
    step = 50 if price < 10_000 else 100 if price < 30_000 else 500
    return round(price / step) * step


def region_price(commodity: Commodity, region: str, day: date) -> int:
    """The mean of a region's markets that have a price; for the province a figure of its own."""
    if region == PROVINCE:
        return round(level(commodity, day.toordinal()))
    prices = [price for m in MARKETS[region] if (price := market_price(commodity, m, day))]
    return round(sum(prices) / len(prices)) if prices else 0


def prices_of(region: str, market: Market | None, day: date, *, late: bool) -> dict[str, int]:
    """Rupiah by the id of each commodity; 0 where there is none.

    Args:
        region: One of :data:`MARKETS`, or :data:`PROVINCE`.
        market: None for the mean of the region.
        day: Which day.
        late: Half of the prices have not come in yet.
    """
    where = market.id if market else region
    found = {}
    for commodity in commodities():
        price = market_price(commodity, market, day) if market else region_price(commodity, region, day)
        missing = late and _chance(commodity.item, where, day, "terlambat") < 0.5
        found[commodity.item] = 0 if missing else price
    return found
