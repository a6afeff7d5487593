"""What the prices of one commodity say of one year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from capaian.exact import mean
from capaian.prices.amounts import as_price
from capaian.prices.doubts import Flag
from capaian.prices.lines import DayTable, Line, day_table
from capaian.prices.market_year import CommodityPrices, MarketYear
from capaian.prices.methods import (
    disparity,
    monthly_change,
    monthly_means,
    peak_month,
    standard_deviation,
    variation,
)
from capaian.prices.series import Basis, Method, Rules
from core.numbers import format_number


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
class Measured:
    """A commodity's year, and what its prices used are: names of markets, first and last day."""

    year: CommodityYear
    markets: tuple[str, ...] = ()
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True)
class _Outcome:
    """What a method gave: a value, or the reason why there is none."""

    value: Decimal | None
    reason: str = ""
    deviation: Decimal | None = None
    composition: Decimal | None = None


def measure_commodity(commodity: str, year: int, prices: CommodityPrices, rules: Rules) -> Measured:
    """Measure one commodity by the rules; see :func:`capaian.prices.fluctuation.measure_fluctuation`."""
    flags = tuple(flag for market in prices.markets for flag in market.flags)
    left_out = sum(market.left_out for market in prices.markets)
    if not prices.used:
        reason = f"tidak ada harga pada tahun {year}"
        if left_out:
            reason = f"semua harga ({format_number(left_out)}) dikesampingkan menurut aturan pengukuran"
        return Measured(_without_prices(commodity, reason, flags, left_out))
    used, short = _set_aside_short(prices, rules)
    table = day_table(used, prices.unit)
    daily = table.daily_means()
    varying = _lines(used, prices.unit) if _varies_by_market(rules) else [daily]
    outcome = _measure(table, varying, rules)
    monthly = monthly_means(daily)
    year_of_commodity = CommodityYear(
        commodity=commodity,
        value=outcome.value,
        reason=outcome.reason,
        stable=None if outcome.value is None else outcome.value <= rules.stable_at_most,
        mean=_mean(varying),
        lowest=_extreme(varying, min),
        highest=_extreme(varying, max),
        deviation=outcome.deviation,
        observations=sum(table.counts),
        days=len(table.days),
        months=len(monthly),
        markets=len(used),
        monthly=monthly,
        daily=tuple(zip(daily.days, daily.prices, strict=True)),
        flags=flags,
        left_out=left_out,
        illustrative=any(market.illustrative for market in used),
        uneven_days=table.uneven_days,
        composition=outcome.composition,
        short_markets=short,
    )
    names = tuple(market.market for market in used)
    return Measured(year_of_commodity, names, table.days[0], table.days[-1])


def _without_prices(commodity: str, reason: str, flags: tuple[Flag, ...], left_out: int) -> CommodityYear:
    return CommodityYear(
        commodity=commodity,
        value=None,
        reason=reason,
        stable=None,
        mean=None,
        lowest=None,
        highest=None,
        deviation=None,
        observations=0,
        days=0,
        months=0,
        markets=0,
        monthly={},
        daily=(),
        flags=flags,
        left_out=left_out,
        illustrative=False,
    )


def _varies_by_market(rules: Rules) -> bool:
    """Disparity compares the markets of a day, whatever the basis."""
    return rules.basis is Basis.EACH_MARKET and rules.method is not Method.DISPARITY


def _lines(markets: Sequence[MarketYear], unit: int) -> list[Line]:
    return [Line(market.days, market.amounts, unit) for market in markets]


def _set_aside_short(prices: CommodityPrices, rules: Rules) -> tuple[tuple[MarketYear, ...], tuple[str, ...]]:
    """Markets to use, and the names of those that have too little; all are used where all have too little."""
    if not _varies_by_market(rules):
        return prices.used, ()
    enough = {
        market.market for market in prices.used if not _too_little(market.days, rules, "hari pengamatan")
    }
    if not enough:
        return prices.used, ()
    used = tuple(market for market in prices.used if market.market in enough)
    return used, tuple(market.market for market in prices.used if market.market not in enough)


def _too_little(days: Sequence[date], rules: Rules, what: str) -> str:
    """Why some days of observation are too few to measure; empty when they are enough."""
    least_days = max(rules.least_days, 2)
    if len(days) < least_days:
        return f"hanya {format_number(len(days))} {what}, paling sedikit {format_number(least_days)}"
    months = len({day.month for day in days})
    if months < rules.least_months:
        return f"hanya {months} bulan yang punya harga, paling sedikit {rules.least_months}"
    return ""


def _measure(table: DayTable, varying: Sequence[Line], rules: Rules) -> _Outcome:
    if rules.method is Method.DISPARITY:
        return _measure_disparity(table, rules)
    reasons = [_too_little(line.days, rules, "hari pengamatan") for line in varying]
    if all(reasons):
        where = "" if len(varying) == 1 else "tidak ada pasar yang cukup datanya: di pasar terlengkap "
        fullest = max(range(len(varying)), key=lambda i: len(varying[i].days))
        return _Outcome(None, where + reasons[fullest])
    values = [value for line in varying if (value := _fluctuation_of(line, rules)) is not None]
    if not values:
        return _Outcome(None, "tidak ada dua bulan berturut-turut yang punya harga")
    if rules.method is not Method.VARIATION:
        return _Outcome(mean(values))
    deviation = standard_deviation(varying[0], rules.deviation) if len(varying) == 1 else None
    composition = None
    if rules.basis is Basis.DAILY_MEAN and table.uneven_days:
        composition = variation(table.means_of_steady_markets(), rules.deviation)
    return _Outcome(mean(values), "", deviation, composition)


def _fluctuation_of(line: Line, rules: Rules) -> Decimal | None:
    if rules.method is Method.MONTHLY_CHANGE:
        return monthly_change(line)
    if rules.method is Method.PEAK_MONTH:
        return peak_month(line)
    return variation(line, rules.deviation)


def _measure_disparity(table: DayTable, rules: Rules) -> _Outcome:
    if len(table.rows[0]) == 1:
        return _Outcome(None, "hanya satu pasar yang punya harga, sehingga tidak ada disparitas antarpasar")
    shared = [day for day, count in zip(table.days, table.counts, strict=True) if count >= 2]
    if reason := _too_little(shared, rules, "hari dengan harga dari sedikitnya dua pasar"):
        return _Outcome(None, reason)
    return _Outcome(disparity(table))


def _mean(lines: Sequence[Line]) -> Decimal:
    total = sum(sum(line.amounts) for line in lines)
    return as_price(total, sum(len(line.amounts) for line in lines) * lines[0].unit)


def _extreme(lines: Sequence[Line], choose: Callable[[Iterable[int]], int]) -> Extreme:
    """The lowest or highest figure of lines of one unit, and the first day on which any has it."""
    amount = choose(choose(line.amounts) for line in lines)
    day = min(line.days[line.amounts.index(amount)] for line in lines if amount in line.amounts)
    return Extreme(as_price(amount, lines[0].unit), day)
