"""Which prices are in doubt, and why; nothing is changed or dropped here.

The prices of one commodity in one market are read in the order of their days, each beside the last
*believed* price: the last one that was no slip, within its range, and not on a level that still has to
last. So the return from a doubtful price to the old level is no second jump.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby
from operator import eq

from capaian.prices import doubt_words as words
from capaian.prices.amounts import (
    at_least,
    at_most,
    decimals_of,
    exact_total,
    thousandfold,
    thousandth,
    whole_amounts,
)
from capaian.prices.series import Bounds, Doubt, MarketSeries, Rules

LASTS_AFTER = 3
"""Days of observation after which a level that a price jumped to is believed."""
_STRETCH = 16
"""Prices that are looked at together; where nothing is in doubt that saves looking at each."""


@dataclass(frozen=True)
class Flag:
    """One price in doubt.

    Attributes:
        price: Of ``day``.
        explanation: In Indonesian, with the figures: ``12,51 adalah sekitar seperseribu dari 12.508,
            harga terakhir yang dipercaya (3 Mei 2023)``.
        days: How many days of observation it concerns, ``day`` and the following (a repeated price is
            one flag, and so is a jump that is taken back after some days).
    """

    commodity: str
    market: str
    day: date
    price: Decimal
    doubt: Doubt
    explanation: str
    days: int = 1


def find_doubts(series: MarketSeries, bounds: Bounds | None, rules: Rules) -> tuple[Flag, ...]:
    """Check the prices of one commodity in one market, in the order of their days.

    A price may be in several doubts; each is a flag.

    - SLIP: the last believed price divided by it, or it divided by the last believed price, is between
      1000/3 and 3000, both inclusive. While nothing is believed yet the median of all prices within the
      bounds stands in (of two middle ones the higher). With bounds also: it is outside them, and a
      thousand times it or a thousandth of it is inside.
    - RANGE: below the lowest or above the highest bound.
    - JUMP: no slip, and more than ``jump_percent`` above or below the last believed price. Prices of the
      following days on the new level (at most ``jump_percent`` from the first of it) belong to the same
      flag. When the level has lasted :data:`LASTS_AFTER` days of observation it is believed, and the flag
      concerns its first day only; when prices leave it before, or the series ends, the flag concerns all
      its days. Slips in between do not count and do not break it. A level outside the bounds is never
      believed.
    - REPEATED: at least ``repeated_days`` successive days of observation with the very same price, one
      flag for the run. Days without observation do not break it.

    Raises:
        ValueError: A price is zero or below, or the days are not as they should be.
    """
    series.check()
    total = exact_total(series.prices)
    decimals = decimals_of(total)
    return flag_amounts(series, whole_amounts(series.prices, total, decimals), decimals, bounds, rules)


def flag_amounts(
    series: MarketSeries, amounts: Sequence[int], decimals: int, bounds: Bounds | None, rules: Rules
) -> tuple[Flag, ...]:
    """As :func:`find_doubts`, for prices that are already whole amounts (times ``10 ** decimals``)."""
    if not amounts:
        return ()
    flags = _Walk(series, amounts, decimals, bounds, rules).flags()
    flags.extend(_repeated(series, amounts, rules.repeated_days))
    return tuple(sorted(flags, key=lambda flag: (flag.day, flag.doubt)))


@dataclass
class _Level:
    """A level that a price jumped to, by positions: its first and last price, the price believed before."""

    first: int
    last: int
    believed: int
    days: int = 1


class _Walk:
    """One reading of a series, from its first day to its last."""

    def __init__(
        self,
        series: MarketSeries,
        amounts: Sequence[int],
        decimals: int,
        bounds: Bounds | None,
        rules: Rules,
    ) -> None:
        self._series = series
        self._amounts = amounts
        self._bounds = bounds
        self._jump_percent = rules.jump_percent
        self._low = at_least(bounds.lowest, decimals) if bounds else 0
        self._high = at_most(bounds.highest, decimals) if bounds else max(amounts)
        change, self._whole = (rules.jump_percent.scaleb(-2)).as_integer_ratio()
        self._up, self._down = self._whole + change, self._whole - change
        self._flags: list[Flag] = []
        self._level: _Level | None = None

    def flags(self) -> list[Flag]:
        """Read the series: all flags but those of repeated prices."""
        if self._is_calm(self._amounts):
            return []
        believed: int | None = None
        for start in range(0, len(self._amounts), _STRETCH):
            stretch = self._amounts[start : start + _STRETCH]
            if (
                believed is not None
                and self._level is None
                and self._is_calm([self._amounts[believed], *stretch])
            ):
                believed = start + len(stretch) - 1
                continue
            for position, amount in enumerate(stretch, start):
                believed = self._check(position, amount, believed)
        self._leave_level("belum terbukti bertahan sampai hari pengamatan terakhir")
        return self._flags

    def _is_calm(self, amounts: Sequence[int]) -> bool:
        """Whether no price can be in doubt beside another, as even the lowest and the highest are not."""
        lowest, highest = min(amounts), max(amounts)
        if lowest < self._low or highest > self._high or 3 * highest >= 1000 * lowest:
            return False
        return not (self._jumps(highest, lowest) or self._jumps(lowest, highest))

    def _jumps(self, amount: int, believed: int) -> bool:
        return amount * self._whole > believed * self._up or amount * self._whole < believed * self._down

    def _check(self, position: int, amount: int, believed: int | None) -> int | None:
        """Flag one price; the position of the last believed price afterwards."""
        inside = self._low <= amount <= self._high
        if self._bounds and not inside:
            self._flag(position, Doubt.RANGE, words.outside(self._price(position), self._bounds))
        if slip := self._slip(position, believed, inside):
            self._flag(position, Doubt.SLIP, slip)
            return believed
        if believed is None:
            return position if inside else None
        if not self._jumps(amount, self._amounts[believed]):
            self._leave_level("sesudah itu harga kembali")
            return position if inside else believed
        level = self._on_level(position, amount, believed)
        if level.days < LASTS_AFTER or not inside:
            return believed
        level.last = level.first
        self._leave_level(f"tingkat ini bertahan {LASTS_AFTER} hari pengamatan, lalu dipercaya")
        return position

    def _slip(self, position: int, believed: int | None, inside: bool) -> str:
        """Why a price is a slip; empty when it is none."""
        reference = self._median if believed is None else believed
        if reference is not None and _thousandfold(self._amounts[position], self._amounts[reference]):
            day = None if believed is None else self._series.days[believed]
            return words.slip(self._price(position), self._price(reference), day)
        if self._bounds and not inside:
            price = self._price(position)
            for corrected in (thousandfold(price), thousandth(price)):
                if self._bounds.lowest <= corrected <= self._bounds.highest:
                    return words.slip_by_bounds(price, corrected, self._bounds)
        return ""

    @cached_property
    def _median(self) -> int | None:
        """Position of the median of the prices within the bounds; of two middle ones the higher.

        None where no price lies within, or none is far enough from another to be a slip.
        """
        if 3 * max(self._amounts) < 1000 * min(self._amounts):
            return None
        within = [i for i, amount in enumerate(self._amounts) if self._low <= amount <= self._high]
        within.sort(key=self._amounts.__getitem__)
        return within[len(within) // 2] if within else None

    def _on_level(self, position: int, amount: int, believed: int) -> _Level:
        """The level that a price which jumps belongs to: that of the days before, or a new one."""
        if self._level and not self._jumps(amount, self._amounts[self._level.first]):
            self._level.last = position
            self._level.days += 1
        else:
            self._leave_level("sesudah itu harga berubah lagi")
            self._level = _Level(position, position, believed)
        return self._level

    def _leave_level(self, ending: str) -> None:
        level, self._level = self._level, None
        if level:
            believed, day = self._price(level.believed), self._series.days[level.believed]
            explanation = words.jump(self._price(level.first), believed, day, self._jump_percent, ending)
            self._flag(level.first, Doubt.JUMP, explanation, level.last - level.first + 1)

    def _price(self, position: int) -> Decimal:
        return self._series.prices[position]

    def _flag(self, position: int, doubt: Doubt, explanation: str, days: int = 1) -> None:
        self._flags.append(_flag_of(self._series, position, doubt, explanation, days))


def _thousandfold(one: int, other: int) -> bool:
    """Whether the ratio of two amounts is within a factor of 3 of 1000."""
    lower, higher = (one, other) if one < other else (other, one)
    return 1000 * lower <= 3 * higher and higher <= 3000 * lower


def _repeated(series: MarketSeries, amounts: Sequence[int], least: int) -> Iterator[Flag]:
    samples = amounts[:: max(least // 2, 1)]
    if True not in map(eq, samples, samples[1:]):
        return  # a run that is long enough holds two samples that follow each other
    first = 0
    for _, run in groupby(amounts):
        days = sum(1 for _ in run)
        if days >= least:
            start, end = series.days[first], series.days[first + days - 1]
            explanation = words.repeated(series.prices[first], days, start, end)
            yield _flag_of(series, first, Doubt.REPEATED, explanation, days)
        first += days


def _flag_of(series: MarketSeries, position: int, doubt: Doubt, explanation: str, days: int) -> Flag:
    day, price = series.days[position], series.prices[position]
    return Flag(series.commodity, series.market, day, price, doubt, explanation, days)
