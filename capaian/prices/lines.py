"""What varies over a year: the mean of the markets of each day, or the prices of one market.

Everything is a whole number over one common unit, so that means, sums and sums of squares are exact;
only the last division and the root are rounded, beyond the 50th digit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import compress
from math import lcm
from operator import mul

from capaian.prices.amounts import as_price
from capaian.prices.market_year import MarketYear


@dataclass(frozen=True)
class Line:
    """One figure a day.

    Attributes:
        days: Ascending, all of one year.
        amounts: As many as days, above zero.
        unit: ``amount / unit`` is rupiah.
    """

    days: Sequence[date]
    amounts: Sequence[int]
    unit: int

    @property
    def prices(self) -> list[Decimal]:
        """In rupiah."""
        return [as_price(amount, self.unit) for amount in self.amounts]

    def sum_of_squares(self) -> int:
        """Of the amounts."""
        return sum(map(mul, self.amounts, self.amounts))

    def by_month(self) -> dict[int, tuple[int, int]]:
        """The sum of the amounts and the number of days of each month that has any."""
        year = self.days[0].year
        starts = [bisect_left(self.days, date(year, month, 1)) for month in range(1, 13)]
        ends = [*starts[1:], len(self.days)]
        return {
            month: (sum(self.amounts[start:end]), end - start)
            for month, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
            if start < end
        }


@dataclass(frozen=True)
class DayTable:
    """The prices of all markets, a row a day.

    Attributes:
        days: Those on which any market has a price, ascending.
        rows: As many as days; in each the amount of every market, 0 where it has no price.
        counts: How many markets have a price, by day.
    """

    days: tuple[date, ...]
    rows: Sequence[tuple[int, ...]]
    counts: Sequence[int]
    unit: int

    @property
    def uneven_days(self) -> int:
        """Days on which fewer markets have a price than on the best day."""
        return len(self.counts) - self.counts.count(max(self.counts))

    def daily_means(self) -> Line:
        """The mean over the markets of each day; nothing is filled in for a market without a price."""
        return self._line(list(map(sum, self.rows)))

    def means_of_steady_markets(self) -> Line:
        """The daily means if every market had asked its own mean price on each day that it has one.

        What varies in them comes from missing markets alone. Rounded at the 30th decimal.
        """
        columns = list(zip(*self.rows, strict=True))
        means = [sum(column) * 10**30 // (len(column) - column.count(0)) for column in columns]
        return self._line([sum(compress(means, row)) for row in self.rows])

    def _line(self, totals: Sequence[int]) -> Line:
        common = lcm(*set(self.counts))
        amounts = [total * (common // count) for total, count in zip(totals, self.counts, strict=True)]
        return Line(self.days, amounts, common * self.unit)


def day_table(markets: Sequence[MarketYear], unit: int) -> DayTable:
    """Lay the prices of at least one market beside each other."""
    days = markets[0].days
    if any(market.days != days for market in markets):
        days = tuple(sorted(set().union(*(market.days for market in markets))))
    every = set(days)
    rows = list(zip(*(_column(market, days, every) for market in markets), strict=True))
    return DayTable(days, rows, [len(row) - row.count(0) for row in rows], unit)


def _column(market: MarketYear, days: tuple[date, ...], every: set[date]) -> Sequence[int]:
    column = list(market.amounts)
    for missing in sorted(every.difference(market.days)):
        column.insert(bisect_left(days, missing), 0)
    return column
