"""How much prices vary in a year (Permendag 5/2024: coefficient of variation, mean over commodities)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from capaian.prices.doubts import Flag
from capaian.prices.series import Bounds, MarketSeries, Rules


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
        mean: Of what varies (see :class:`~capaian.prices.series.Basis`); None without a price.
        lowest, highest: Of the same.
        deviation: The standard deviation that the value was computed from; None for other methods.
        observations: Prices used (left-out ones not counted), of all markets.
        days, months, markets: How many have at least one of them.
        monthly: Mean of each month that has prices, by number of the month.
        daily: Mean over markets of each day, ascending, for charts.
        flags: Prices in doubt; those left out among them by ``left_out``.
        left_out: How many prices were left out by the rules.
        illustrative: Whether any price used was invented by a stand-in.
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

    Args:
        series: Prices of any days and commodities; only those of the year and the rules count.
        year: Which year.
        rules: Of the office.
        bounds: By commodity, from the register; a commodity without bounds is not checked for range.
    """
    raise NotImplementedError
