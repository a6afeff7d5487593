"""The prices of one commodity in one year: what is in doubt, what is left out, what remains."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from capaian.prices.amounts import decimals_of, exact_total, whole_amounts
from capaian.prices.doubts import Flag, flag_amounts
from capaian.prices.series import Bounds, MarketSeries, Rules


@dataclass(frozen=True)
class MarketYear:
    """One market's prices of the year that are used, as whole amounts.

    Attributes:
        days: Ascending.
        amounts: As many as days; rupiah times the unit of its :class:`CommodityPrices`.
        flags: Of all prices of the year, the left-out ones too.
        left_out: How many prices the rules leave out.
    """

    market: str
    days: tuple[date, ...]
    amounts: Sequence[int]
    flags: tuple[Flag, ...]
    left_out: int
    illustrative: bool


@dataclass(frozen=True)
class CommodityPrices:
    """All markets that have prices of a commodity in the year, by name.

    Attributes:
        unit: What an amount is divided by for rupiah; a power of ten.
    """

    markets: tuple[MarketYear, ...]
    unit: int

    @property
    def used(self) -> tuple[MarketYear, ...]:
        """Those of which a price is left."""
        return tuple(market for market in self.markets if market.days)


def prices_of_year(
    series: Iterable[MarketSeries], year: int, bounds: Bounds | None, rules: Rules
) -> CommodityPrices:
    """Take one commodity's prices of a year, find what is in doubt, and leave out what the rules say.

    Only prices of the year are looked at, so that it does not matter which other years are loaded.
    """
    of_year = [part for one in sorted(series, key=lambda s: s.market) if (part := _part_of(one, year)).days]
    totals = [exact_total(part.prices) for part in of_year]
    decimals = max(map(decimals_of, totals), default=0)
    return CommodityPrices(
        tuple(
            _without_doubtful(part, total, decimals, bounds, rules)
            for part, total in zip(of_year, totals, strict=True)
        ),
        10**decimals,
    )


def _part_of(series: MarketSeries, year: int) -> MarketSeries:
    series.check()
    first, end = (bisect_left(series.days, date(y, 1, 1)) for y in (year, year + 1))
    return MarketSeries(
        series.commodity, series.market, series.days[first:end], series.prices[first:end], series.illustrative
    )


def _without_doubtful(
    series: MarketSeries, total: Decimal, decimals: int, bounds: Bounds | None, rules: Rules
) -> MarketYear:
    days, amounts = series.days, whole_amounts(series.prices, total, decimals)
    flags = flag_amounts(series, amounts, decimals, bounds, rules)
    positions = {
        position for flag in flags if flag.doubt in rules.leave_out for position in _positions(days, flag)
    }
    if positions:
        kept = [position for position in range(len(days)) if position not in positions]
        days, amounts = tuple(days[i] for i in kept), [amounts[i] for i in kept]
    return MarketYear(series.market, days, amounts, flags, len(positions), series.illustrative)


def _positions(days: Sequence[date], flag: Flag) -> range:
    first = bisect_left(days, flag.day)
    return range(first, first + flag.days)
