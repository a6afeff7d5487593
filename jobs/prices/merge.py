"""From stored series to one price of a commodity in a market on a day, whatever sources named them.

Names are recognised by the register and units converted exactly. Markets are the same when their names
are, apart from capitals, signs and the word ``pasar``, or when the office says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cache

from capaian.prices.series import MarketSeries
from connectors.prices.quotes import REGION
from connectors.prices.register import Recognised, Register, Unrecognised
from core.dates import format_date
from core.numbers import format_number
from jobs.prices.sources import SOURCE_NAMES
from models.prices.readings import StoredSeries
from office.schema import Market
from reports.prices.evidence import SourceUse, UnknownName


@dataclass(frozen=True)
class _Taken:
    """A price and where it comes from."""

    price: Decimal
    source: str
    name: str
    illustrative: bool


@dataclass
class _Conflict:
    """That two series name other prices of the same commodity, market and days; the first one is used."""

    day: date
    used: _Taken
    other: _Taken
    days: int = 0

    def as_text(self, commodity: str, market: str) -> str:
        """For people, with the first of the days as an example."""
        names = _call(self.used), _call(self.other)
        prices = format_number(self.used.price, 2, trim=True), format_number(self.other.price, 2, trim=True)
        return (
            f"{commodity}, {market or 'rata-rata wilayah'}: {format_number(self.days)} hari berbeda antara "
            f"{names[0]} dan {names[1]} (misalnya {format_date(self.day)}: {prices[0]} dan {prices[1]}); "
            f"yang dipakai {names[0]}."
        )


def _call(taken: _Taken) -> str:
    return f"{SOURCE_NAMES.get(taken.source, taken.source)} ({taken.name})"


@dataclass
class MergedPrices:
    """The prices of all sources, each commodity, market and day once.

    Attributes:
        unknown: Names and units that the register does not know, with how many prices stand under them.
        conflicts: Where two series differ and which was used, in Indonesian.
    """

    _prices: dict[tuple[str, str], dict[date, _Taken]] = field(default_factory=dict)
    unknown: tuple[UnknownName, ...] = ()
    conflicts: tuple[str, ...] = ()

    def series(self, commodities: Iterable[str]) -> list[MarketSeries]:
        """The series of some commodities; the mean of the region only where no market has a price."""
        chosen = set(commodities)
        in_markets = {commodity for commodity, market in self._prices if market != REGION}
        return [
            MarketSeries(
                commodity,
                market,
                tuple(sorted(taken)),
                tuple(taken[day].price for day in sorted(taken)),
                any(one.illustrative for one in taken.values()),
            )
            for (commodity, market), taken in sorted(self._prices.items())
            if commodity in chosen and (market != REGION or commodity not in in_markets)
        ]

    def uses(self, series: Sequence[MarketSeries]) -> tuple[SourceUse, ...]:
        """The sources behind some of the series, by name."""
        used: dict[str, list[tuple[str, date, bool]]] = {}
        for one in series:
            for day, taken in self._prices[one.commodity, one.market].items():
                used.setdefault(taken.source, []).append((one.market, day, taken.illustrative))
        return tuple(
            SourceUse(
                name=SOURCE_NAMES.get(source, source),
                markets=tuple(sorted({market for market, _, _ in places if market})),
                observations=len(places),
                first=min(day for _, day, _ in places),
                last=max(day for _, day, _ in places),
                illustrative=any(invented for _, _, invented in places),
            )
            for source, places in sorted(used.items())
        )


def merge_prices(
    stored: Sequence[StoredSeries], register: Register, order: Sequence[str], markets: Sequence[Market]
) -> MergedPrices:
    """Bring the series of all sources together.

    Where several have a price of the same commodity, market and day, a real one wins over an invented
    one, then the source that the office names first, then the series that was known first. Prices that
    differ are told.

    Args:
        stored: The series with their latest readings.
        register: Of commodities.
        order: Sources, the one that counts first; others are not used.
        markets: Names that differ between sources, by the office.
    """
    merged, unknown = MergedPrices(), dict[tuple[str, str, str], UnknownName]()
    conflicts: dict[tuple[str, str, int], _Conflict] = {}
    names = _MarketNames(markets)
    rank = {source: number for number, source in enumerate(order)}
    used = [one for one in stored if one.key.source in rank]
    for one in sorted(used, key=lambda s: (s.key.illustrative, rank[s.key.source], s.id)):
        key = one.key
        found = register.recognise(key.source, key.item, key.name, key.unit)
        if isinstance(found, Unrecognised):
            _note_unknown(unknown, one, found)
            continue
        market = REGION if key.market == REGION else names.of(key.market_name or key.market)
        taken = merged._prices.setdefault((found.commodity.id, market), {})
        for day, price in _converted(one, found):
            mine = _Taken(price, key.source, key.name, key.illustrative)
            first = taken.setdefault(day, mine)
            if first.price != price:
                place = found.commodity.name, market, one.id
                conflicts.setdefault(place, _Conflict(day, first, mine)).days += 1
    merged.conflicts = tuple(
        conflict.as_text(commodity, market) for (commodity, market, _), conflict in sorted(conflicts.items())
    )
    merged.unknown = tuple(sorted(unknown.values(), key=lambda u: (u.source, u.name, u.unit)))
    return merged


def _converted(one: StoredSeries, found: Recognised) -> Iterable[tuple[date, Decimal]]:
    if found.factor == 1:
        return zip(one.days, one.prices, strict=True)
    return [(day, price * found.factor) for day, price in zip(one.days, one.prices, strict=True)]


def _note_unknown(
    unknown: dict[tuple[str, str, str], UnknownName], one: StoredSeries, found: Unrecognised
) -> None:
    place = one.key.source, one.key.name, one.key.unit
    before = unknown[place].observations if place in unknown else 0
    unknown[place] = UnknownName(
        SOURCE_NAMES.get(one.key.source, one.key.source),
        one.key.name,
        one.key.unit,
        found.reason,
        before + len(one.days),
    )


class _MarketNames:
    """One name for each market: the office's where it has one, else as it was first written."""

    def __init__(self, markets: Sequence[Market]) -> None:
        self._names: dict[str, str] = {}
        for market in markets:
            for name in (market.name, *market.other_names):
                self._names[market_key(name)] = market.name

    def of(self, name: str) -> str:
        """The name that a source's ``name`` stands for."""
        return self._names.setdefault(market_key(name), name)


@cache
def market_key(name: str) -> str:
    """A market's name as it is compared: letters and digits, without the word ``pasar``."""
    words = "".join(sign if sign.isalnum() else " " for sign in name.casefold()).split()
    kept = [word for word in words if word not in ("pasar", "psr", "ps")]
    return "".join(kept or words)


def price_lines(series: Sequence[MarketSeries]) -> Iterable[str]:
    """Every price of some series as a line, for a fingerprint."""
    for one in series:
        for day, price in zip(one.days, one.prices, strict=True):
            yield f"{one.commodity}\t{one.market}\t{day.isoformat()}\t{price.normalize():f}\n"
