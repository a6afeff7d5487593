"""How much prices vary in a year (Permendag 5/2024: coefficient of variation, mean over commodities)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from capaian.exact import mean, percent
from capaian.prices.commodity_year import CommodityYear, Extreme, Measured, measure_commodity
from capaian.prices.market_year import prices_of_year
from capaian.prices.series import Bounds, MarketSeries, Rules

__all__ = ["CommodityYear", "Extreme", "Fluctuation", "measure_fluctuation"]


@dataclass(frozen=True)
class Fluctuation:
    """The indicator and what stands behind it.

    Attributes:
        value: Mean over the measured commodities, in per cent; None where none is measured.
        stable_share: Stable ones among the measured, in per cent; None likewise.
        commodities: Every one of the rules, in their order, unmeasured ones too.
        observations: Prices used, of the measured commodities.
        markets: Names of the markets they come from, sorted.
        first, last: Days of the first and the last price; None without any.
    """

    year: int
    rules: Rules
    commodities: tuple[CommodityYear, ...]
    value: Decimal | None
    stable_share: Decimal | None
    observations: int
    markets: tuple[str, ...]
    first: date | None
    last: date | None

    @property
    def measured(self) -> tuple[CommodityYear, ...]:
        """Those with a value."""
        return tuple(c for c in self.commodities if c.value is not None)

    @property
    def illustrative(self) -> bool:
        """Whether any price behind the indicator was invented by a stand-in."""
        return any(c.illustrative for c in self.measured)


def measure_fluctuation(
    series: Sequence[MarketSeries], year: int, rules: Rules, bounds: Mapping[str, Bounds]
) -> Fluctuation:
    """Measure a year.

    - Prices in doubt are found as :func:`~capaian.prices.doubts.find_doubts` says, among the prices of
      the year only, and left out where ``rules.leave_out`` says so.
    - Days and months without a price count for nothing; nothing is filled in.
    - With daily means a day's mean is over the markets that have a price on it, as a table of that day
      shows it. A missing market shifts it although no price moved: ``uneven_days`` and ``composition``
      say how much of that there is. Where each market varies for itself it cannot happen.
    - A commodity with fewer than ``least_days`` days (at least two) or ``least_months`` months is not
      measured. Where each market varies for itself, this is asked of each market, and those with fewer
      are set aside. For the disparity the days are those with prices of at least two markets.

    Args:
        series: Prices of any days and commodities; only those of the year and the rules count. Either
            markets or the mean of their region: both would count the markets twice.
        year: Which year.
        rules: Of the office.
        bounds: By commodity, from the register; a commodity without bounds is not checked for range.

    Raises:
        ValueError: Two series are of the same commodity and market, or a series is not as it should be.
    """
    by_commodity: dict[str, list[MarketSeries]] = {commodity: [] for commodity in rules.commodities}
    seen: set[tuple[str, str]] = set()
    for one in series:
        if (one.commodity, one.market) in seen:
            raise ValueError(f"deret harga {one.commodity} di pasar {one.market!r} ada dua kali")
        seen.add((one.commodity, one.market))
        if one.commodity in by_commodity:
            by_commodity[one.commodity].append(one)
    results = [
        measure_commodity(commodity, year, prices_of_year(found, year, bounds.get(commodity), rules), rules)
        for commodity, found in by_commodity.items()
    ]
    return _fluctuation(year, rules, results)


def _fluctuation(year: int, rules: Rules, results: Sequence[Measured]) -> Fluctuation:
    behind = [result for result in results if result.year.value is not None]
    values = [result.year.value for result in behind if result.year.value is not None]
    stable = sum(result.year.stable is True for result in behind)
    return Fluctuation(
        year,
        rules,
        tuple(result.year for result in results),
        mean(values) if values else None,
        percent(Decimal(stable), Decimal(len(values))) if values else None,
        sum(result.year.observations for result in behind),
        tuple(sorted({market for result in behind for market in result.markets})),
        min((result.first for result in behind if result.first), default=None),
        max((result.last for result in behind if result.last), default=None),
    )
