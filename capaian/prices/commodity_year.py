"""What the prices of one commodity say of one year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from capaian.exact import mean
from capaian.prices.amounts import as_price
from capaian.prices.lines import Line
from capaian.prices.methods import (
    disparity,
    monthly_change,
    monthly_means,
    peak_month,
    standard_deviation,
    variation,
)
from capaian.prices.results import CommodityYear, Extreme, Flag
from capaian.prices.rules import Basis, Method, Rules
from capaian.prices.used import UsedPrices, too_little, varies_by_market
from core.numbers import format_number


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


def measure_commodity(used: UsedPrices, year: int, rules: Rules) -> Measured:
    """Measure one commodity by the rules; see :func:`capaian.prices.fluctuation.measure_fluctuation`."""
    table, left_out = used.days, used.left_out
    if table is None:
        reason = f"tidak ada harga pada tahun {year}"
        if left_out:
            reason = f"semua harga ({format_number(left_out)}) dikesampingkan menurut aturan pengukuran"
        return Measured(_without_prices(used.commodity, reason, used.flags, left_out))
    daily = table.daily_means()
    varying = used.lines() if varies_by_market(rules) else [daily]
    outcome = _measure(used, varying, rules)
    monthly = monthly_means(daily)
    year_of_commodity = CommodityYear(
        commodity=used.commodity,
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
        markets=len(used.markets),
        monthly=monthly,
        daily=tuple(zip(daily.days, daily.prices, strict=True)),
        flags=used.flags,
        left_out=left_out,
        illustrative=any(market.illustrative for market in used.markets),
        uneven_days=table.uneven_days,
        composition=outcome.composition,
        short_markets=used.short_markets,
    )
    names = tuple(market.market for market in used.markets)
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


def _measure(used: UsedPrices, varying: Sequence[Line], rules: Rules) -> _Outcome:
    if rules.method is Method.DISPARITY:
        return _measure_disparity(used, rules)
    reasons = [_reason(line.days, rules, "hari pengamatan") for line in varying]
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
    if rules.basis is Basis.DAILY_MEAN and used.uneven:
        composition = variation(used.means_of_steady_markets(), rules.deviation)
    return _Outcome(mean(values), "", deviation, composition)


def _reason(days: Sequence[date], rules: Rules, what: str) -> str:
    return too_little(len(days), len({day.month for day in days}), rules, what)


def _fluctuation_of(line: Line, rules: Rules) -> Decimal | None:
    if rules.method is Method.MONTHLY_CHANGE:
        return monthly_change(line)
    if rules.method is Method.PEAK_MONTH:
        return peak_month(line)
    return variation(line, rules.deviation)


def _measure_disparity(used: UsedPrices, rules: Rules) -> _Outcome:
    if len(used.markets) == 1:
        return _Outcome(None, "hanya satu pasar yang punya harga, sehingga tidak ada disparitas antarpasar")
    if reason := _reason(used.shared_days(), rules, "hari dengan harga dari sedikitnya dua pasar"):
        return _Outcome(None, reason)
    return _Outcome(disparity(used.amounts_by_day()))


def _mean(lines: Sequence[Line]) -> Decimal:
    total = sum(sum(line.amounts) for line in lines)
    return as_price(total, sum(len(line.amounts) for line in lines) * lines[0].unit)


def _extreme(lines: Sequence[Line], choose: Callable[[Iterable[int]], int]) -> Extreme:
    """The lowest or highest figure of lines of one unit, and the first day on which any has it."""
    amount = choose(choose(line.amounts) for line in lines)
    day = min(line.days[line.amounts.index(amount)] for line in lines if amount in line.amounts)
    return Extreme(as_price(amount, lines[0].unit), day)
