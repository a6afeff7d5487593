"""What varies over a year: the mean of the markets of each day, or the prices of one market.

Everything is a whole number over one common unit, so that means, sums and sums of squares are exact;
only the last division and the root are rounded, beyond the 50th digit.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import lcm
from operator import mul

from capaian.prices.amounts import as_price


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
        """Of the amounts; Python's numbers, as those of a year of beef already leave int64."""
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
    """What the markets' prices of each day come to.

    Attributes:
        days: Those on which any market has a price, ascending.
        totals: Of the amounts of each day.
        counts: How many markets have a price, by day.
        unit: ``amount / unit`` is rupiah.
    """

    days: Sequence[date]
    totals: Sequence[int]
    counts: Sequence[int]
    unit: int

    @property
    def uneven_days(self) -> int:
        """Days on which fewer markets have a price than on the best day."""
        return len(self.counts) - self.counts.count(max(self.counts))

    def daily_means(self) -> Line:
        """The mean over the markets of each day; nothing is filled in for a market without a price."""
        return self._line(self.totals)

    def means_of_steady_markets(self, means: Sequence[int], missing: Mapping[int, Sequence[int]]) -> Line:
        """The daily means if every market had asked its own mean price on each day that it has one.

        What varies in them comes from missing markets alone. Rounded at the 30th decimal.

        Args:
            means: Of each market, times ten to the 30th, rounded down.
            missing: The places of the markets without a price, by the place of the day.
        """
        all_markets = sum(means)
        return self._line(
            [all_markets - sum(means[n] for n in missing.get(day, ())) for day in range(len(self.days))]
        )

    def _line(self, totals: Sequence[int]) -> Line:
        common = lcm(*set(self.counts))
        amounts = [total * (common // count) for total, count in zip(totals, self.counts, strict=True)]
        return Line(self.days, amounts, common * self.unit)
