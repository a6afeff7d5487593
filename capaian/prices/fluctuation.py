"""How much prices vary in a year (Permendag 5/2024: coefficient of variation, mean over commodities)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from capaian.exact import mean, percent
from capaian.prices.commodity_year import Measured, measure_commodity
from capaian.prices.results import Fluctuation
from capaian.prices.rules import Bounds, Rules
from capaian.prices.table import PriceTable
from capaian.prices.used import UsedPrices, used_prices


def measure_fluctuation(
    prices: PriceTable, year: int, rules: Rules, bounds: Mapping[str, Bounds]
) -> Fluctuation:
    """Measure a year.

    - Prices in doubt are found as :func:`~capaian.prices.doubts.flags_of` says, among the prices of
      the year only, and left out where ``rules.leave_out`` says so.
    - Days and months without a price count for nothing; nothing is filled in.
    - With daily means a day's mean is over the markets that have a price on it, as a table of that day
      shows it. A missing market shifts it although no price moved: ``uneven_days`` and ``composition``
      say how much of that there is. Where each market varies for itself it cannot happen.
    - A commodity with fewer than ``least_days`` days (at least two) or ``least_months`` months is not
      measured. Where each market varies for itself, this is asked of each market, and those with fewer
      are set aside. For the disparity the days are those with prices of at least two markets.

    Args:
        prices: Of any days and commodities; only those of the year and the rules count. Either
            markets or the mean of their region: both would count the markets twice.
        year: Which year.
        rules: Of the office.
        bounds: By commodity, from the register; a commodity without bounds is not checked for range.
    """
    counted = prices.of_year(year).choose(rules.commodities)
    used = {one.commodity: one for one in used_prices(counted, bounds, rules)}
    nothing = {name: UsedPrices(name) for name in rules.commodities}
    return _fluctuation(
        year, rules, [measure_commodity(one, year, rules) for one in (nothing | used).values()]
    )


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
