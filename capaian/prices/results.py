"""What measuring the prices of a year gives; these are read where no price is measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from capaian.prices.rules import Doubt, Rules


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


@dataclass(frozen=True)
class Extreme:
    """The lowest or highest price of a year, and when it was."""

    price: Decimal
    day: date


@dataclass(frozen=True)
class CommodityYear:
    """What the year's prices say of one commodity.

    Attributes:
        value: Fluctuation in per cent; None where it cannot be measured.
        reason: Why not, in Indonesian; empty otherwise.
        stable: Whether ``value`` is within the office's bound; None where there is no value.
        mean: Of the daily means, or of all single prices where each market varies for itself; None
            without a price.
        lowest, highest: Of the same, with the first day on which it was.
        deviation: The standard deviation that the value was computed from; None for other methods, and
            where the value is the mean of several markets.
        observations: Prices used (left-out ones and those of ``short_markets`` not counted), of all
            markets.
        days, months, markets: How many have at least one of them.
        monthly: Mean of each month that has prices (of its daily means), by number of the month.
        daily: Mean over markets of each day, ascending, for charts.
        flags: Prices in doubt; those left out among them by ``left_out``.
        left_out: How many prices were left out by the rules.
        illustrative: Whether any price used was invented by a stand-in.
        uneven_days: Days on which fewer markets have a price than on the best day.
        composition: Coefficient of variation that those missing markets alone would give, if every
            market had kept its own mean price all year; None where a value by daily means does not
            have that question.
        short_markets: Markets that vary each for itself and have too few days for it; sorted.
    """

    commodity: str
    value: Decimal | None
    reason: str
    stable: bool | None
    mean: Decimal | None
    lowest: Extreme | None
    highest: Extreme | None
    deviation: Decimal | None
    observations: int
    days: int
    months: int
    markets: int
    monthly: Mapping[int, Decimal]
    daily: tuple[tuple[date, Decimal], ...]
    flags: tuple[Flag, ...]
    left_out: int
    illustrative: bool
    uneven_days: int = 0
    composition: Decimal | None = None
    short_markets: tuple[str, ...] = ()


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
