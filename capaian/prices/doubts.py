"""Which prices are in doubt, and why; nothing is changed or dropped here.

The prices of one commodity in one market are read in the order of their days, each beside the last
*believed* price: the last one that was no slip, within its range, and not on a level that still has to
last. So the return from a doubtful price to the old level is no second jump.

Few prices are in doubt. Over the columns of a whole table it is found which could be (:func:`_odd`); only
there are prices read one by one (:class:`_Walk`), until they are calm again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from capaian.prices import doubt_words as words
from capaian.prices.amounts import at_least, at_most, thousandfold, thousandth
from capaian.prices.results import Flag
from capaian.prices.rules import LASTS_AFTER, Bounds, Doubt, Rules
from capaian.prices.table import PriceTable

_MARGIN = 1e-9
"""Prices this near to a limit are read one by one: columns compare in float, which may be off by 1e-15."""


def flags_of(
    part: pd.DataFrame, prices: PriceTable, bounds: Mapping[str, Bounds], rules: Rules
) -> list[tuple[int, Flag]]:
    """The doubts of a part of a table: each market's prices of a commodity, in the order of their days.

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

    Args:
        part: Of ``prices``.
        prices: Of one year, say; the first price of a market has nothing before it.
        bounds: By commodity; one without bounds is not checked for range.
        rules: Of the office.

    Returns:
        The flags, each with the row of its first price, by commodity, market, day and doubt.
    """
    amounts = part["amount"].to_numpy()
    commodity, market = (part[name].cat.codes.to_numpy() for name in ("commodity", "market"))
    begins = np.ones(len(part), dtype=bool)
    begins[1:] = (commodity[1:] != commodity[:-1]) | (market[1:] != market[:-1])
    starts = np.flatnonzero(begins)
    odd = np.flatnonzero(_odd(amounts, part["commodity"], begins, prices, bounds, rules))
    runs = _long_runs(amounts, begins, rules.repeated_days)
    ends = np.append(starts[1:], len(part))
    days = part["day"].to_numpy().astype("datetime64[D]")
    commodities, markets = (part[name].cat.categories for name in ("commodity", "market"))
    found: list[tuple[int, Flag]] = []
    which = np.searchsorted(starts, np.concatenate([odd, [first for first, _ in runs]]), side="right") - 1
    for number in np.unique(which).tolist():
        start, end = int(starts[number]), int(ends[number])
        series = _Series(
            commodities[commodity[start]],
            markets[market[start]],
            days[start:end],
            amounts[start:end].tolist(),
            prices,
        )
        walk = _Walk(series, bounds.get(series.commodity), prices.decimals[series.commodity], rules)
        flags = walk.flags((odd[(odd >= start) & (odd < end)] - start).tolist())
        flags += [series.repeated(first - start, length) for first, length in runs if start <= first < end]
        flags.sort(key=lambda placed: (placed[0], placed[1].doubt))
        found += [(start + position, flag) for position, flag in flags]
    return found


def _odd(
    amounts: Any,
    commodity: pd.Series[Any],
    begins: Any,
    prices: PriceTable,
    bounds: Mapping[str, Bounds],
    rules: Rules,
) -> Any:
    """Which prices could be in doubt beside the one before, with all that are.

    A price within its range that is neither a slip nor a jump beside the day before is in no doubt as long
    as the day before is not: then that is the last believed price.
    """
    value = amounts.astype(np.float64)
    names = commodity.cat.categories
    low, high = (
        np.array([_float_bound(bounds.get(name), side, prices.decimals[name]) for name in names])
        for side in ("lowest", "highest")
    )
    code = commodity.cat.codes.to_numpy()
    odd = (value < low[code] * (1 + _MARGIN)) | (value > high[code] * (1 - _MARGIN))
    change = np.ones(len(value))
    change[1:] = value[1:] / value[:-1]
    change[begins] = 1
    jump = float(rules.jump_percent) / 100
    odd |= change > min(1 + jump, 1000 / 3) * (1 - _MARGIN)
    odd |= change < max(1 - jump, 3 / 1000) * (1 + _MARGIN)
    # The first price of a series stands beside the median of all, where any is far from another.
    starts = np.flatnonzero(begins)
    spread = np.maximum.reduceat(value, starts) / np.minimum.reduceat(value, starts)
    odd[starts[spread > 1000 / 3 * (1 - _MARGIN)]] = True
    return odd


def _float_bound(bounds: Bounds | None, side: str, decimals: int) -> float:
    if bounds is None:
        return 0.0 if side == "lowest" else float("inf")
    return float(getattr(bounds, side).scaleb(decimals))


def _long_runs(amounts: Any, begins: Any, least: int) -> list[tuple[int, int]]:
    """The first row and the length of each run of one price in one market that is long enough."""
    other = begins.copy()
    other[1:] |= amounts[1:] != amounts[:-1]
    firsts = np.flatnonzero(other)
    lengths = np.diff(np.append(firsts, len(amounts)))
    long = lengths >= least
    return list(zip(firsts[long].tolist(), lengths[long].tolist(), strict=True))


@dataclass(frozen=True)
class _Series:
    """One commodity in one market: ascending days (datetime64[D]), and as many whole amounts."""

    commodity: str
    market: str
    days: Any
    amounts: Sequence[int]
    prices: PriceTable

    def day(self, position: int) -> date:
        """Which day it was."""
        found: date = self.days[position].item()
        return found

    def price(self, position: int) -> Decimal:
        """The rupiah of one day."""
        return self.prices.price(self.commodity, self.amounts[position])

    def flag(self, position: int, doubt: Doubt, explanation: str, days: int = 1) -> tuple[int, Flag]:
        """A flag, with the position of its first price."""
        day, price = self.day(position), self.price(position)
        return position, Flag(self.commodity, self.market, day, price, doubt, explanation, days)

    def repeated(self, position: int, days: int) -> tuple[int, Flag]:
        """The flag of a run of one price."""
        first, last = self.day(position), self.day(position + days - 1)
        explanation = words.repeated(self.price(position), days, first, last)
        return self.flag(position, Doubt.REPEATED, explanation, days)


@dataclass
class _Level:
    """A level that a price jumped to, by positions: its first and last price, the price believed before."""

    first: int
    last: int
    believed: int
    days: int = 1


class _Walk:
    """One reading of a series, from its first day to its last."""

    def __init__(self, series: _Series, bounds: Bounds | None, decimals: int, rules: Rules) -> None:
        self._series = series
        self._amounts = series.amounts
        self._bounds = bounds
        self._jump_percent = rules.jump_percent
        self._low = at_least(bounds.lowest, decimals) if bounds else 0
        self._high = at_most(bounds.highest, decimals) if bounds else max(series.amounts)
        change, self._whole = (rules.jump_percent.scaleb(-2)).as_integer_ratio()
        self._up, self._down = self._whole + change, self._whole - change
        self._flags: list[tuple[int, Flag]] = []
        self._level: _Level | None = None

    def flags(self, odd: Sequence[int]) -> list[tuple[int, Flag]]:
        """Read the series: all flags but those of repeated prices, with their positions.

        Args:
            odd: The positions that could be in doubt; between them prices are calm.
        """
        done = 0
        for start in odd:
            if start >= done:
                done = self._read_from(start)
        return self._flags

    def _read_from(self, start: int) -> int:
        """Read on from a price until they are calm again; the position after."""
        believed = start - 1 if start else None
        for position in range(start, len(self._amounts)):
            believed = self._check(position, self._amounts[position], believed)
            if believed == position and self._level is None:
                return position + 1
        self._leave_level("belum terbukti bertahan sampai hari pengamatan terakhir")
        return len(self._amounts)

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
            day = None if believed is None else self._series.day(believed)
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
            believed, day = self._price(level.believed), self._series.day(level.believed)
            explanation = words.jump(self._price(level.first), believed, day, self._jump_percent, ending)
            self._flag(level.first, Doubt.JUMP, explanation, level.last - level.first + 1)

    def _price(self, position: int) -> Decimal:
        return self._series.price(position)

    def _flag(self, position: int, doubt: Doubt, explanation: str, days: int = 1) -> None:
        self._flags.append(self._series.flag(position, doubt, explanation, days))


def _thousandfold(one: int, other: int) -> bool:
    """Whether the ratio of two amounts is within a factor of 3 of 1000."""
    lower, higher = (one, other) if one < other else (other, one)
    return 1000 * lower <= 3 * higher and higher <= 3000 * lower
