"""Measuring by columns gives what a slow reading of the definitions gives, price by price in fractions."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import groupby
from statistics import mean, pvariance, variance

from hypothesis import given, settings

from capaian.prices.rules import LASTS_AFTER, Basis, Deviation, Doubt, Method, Rules
from tests.capaian.given.price_series import MarketSeries, find_doubts, measure_fluctuation
from tests.capaian.given.price_series import daily as series_of
from tests.capaian.prices.test_properties import BOUNDS, gappy, markets, rules

LOW, HIGH = Fraction(BOUNDS.lowest), Fraction(BOUNDS.highest)
Found = set[tuple[int, Doubt, int]]


def doubts_of(prices: list[Fraction], rule: Rules) -> Found:
    """Position, doubt and length of each flag, by the words of ``flags_of``."""
    found: Found = set()
    limit = Fraction(rule.jump_percent) / 100
    believed: Fraction | None = None
    level: list[int] = []

    def thousand(one: Fraction, other: Fraction) -> bool:
        return Fraction(1000, 3) <= max(one, other) / min(one, other) <= 3000

    def leave(days: int) -> None:
        if level:
            found.add((level[0], Doubt.JUMP, days))
            level.clear()

    inside = sorted(price for price in prices if LOW <= price <= HIGH)
    median = inside[len(inside) // 2] if inside else None
    for place, price in enumerate(prices):
        is_inside = LOW <= price <= HIGH
        beside = median if believed is None else believed
        slip = beside is not None and thousand(price, beside)
        if not is_inside:
            found.add((place, Doubt.RANGE, 1))
            slip = slip or LOW <= price * 1000 <= HIGH or LOW <= price / 1000 <= HIGH
        if slip:
            found.add((place, Doubt.SLIP, 1))
        elif believed is None:
            believed = price if is_inside else None
        elif abs(price - believed) <= limit * believed:
            leave(level[-1] - level[0] + 1 if level else 0)
            believed = price if is_inside else believed
        else:
            if level and abs(price - prices[level[0]]) > limit * prices[level[0]]:
                leave(level[-1] - level[0] + 1)
            level.append(place)
            if len(level) >= LASTS_AFTER and is_inside:
                leave(1)
                believed = price
    leave(level[-1] - level[0] + 1 if level else 0)
    place = 0
    for _, run in groupby(prices):
        length = len(list(run))
        if length >= rule.repeated_days:
            found.add((place, Doubt.REPEATED, length))
        place += length
    return found


@settings(deadline=None)
@given(gappy, rules)
def test_the_flags_are_those_of_a_reading_price_by_price(prices: list[Decimal | None], rule: Rules):
    one = series_of(*prices)
    ours = {(one.days.index(f.day), f.doubt, f.days) for f in find_doubts(one, BOUNDS, rule)}
    assert ours == doubts_of([Fraction(price) for price in one.prices], rule)


def used_of(one: MarketSeries, rule: Rules) -> dict[int, Fraction]:
    prices = [Fraction(price) for price in one.prices]
    out = {
        place
        for first, doubt, days in doubts_of(prices, rule)
        if doubt in rule.leave_out
        for place in range(first, first + days)
    }
    return {one.days[n].toordinal(): price for n, price in enumerate(prices) if n not in out}


def root(square: Fraction) -> Decimal:
    with localcontext() as context:
        context.prec = 100
        return (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()


@settings(deadline=None)
@given(markets(), rules)
def test_the_variation_is_that_of_fractions_to_40_digits(series: list[MarketSeries], rule: Rules):
    if rule.method is not Method.VARIATION:
        return
    by_market = [used for one in series if (used := used_of(one, rule))]
    days = sorted({day for used in by_market for day in used})
    daily_means = [mean(used[day] for used in by_market if day in used) for day in days]
    lines = [daily_means] if rule.basis is Basis.DAILY_MEAN else [list(used.values()) for used in by_market]
    spread = variance if rule.deviation is Deviation.SAMPLE else pvariance
    enough = [line for line in lines if len(line) >= rule.least_days]
    ours = measure_fluctuation(series, 2023, rule, {"beras": BOUNDS}).commodities[0]
    if not enough:
        assert ours.value is None
        return
    assert ours.value is not None
    with localcontext() as context:
        context.prec = 100
        exact = sum(root(spread(line) / mean(line) ** 2 * 10**4) for line in enough) / len(enough)
        assert abs(ours.value - exact) <= Decimal("1E-40") * max(1, exact)
    if rule.basis is Basis.DAILY_MEAN:
        apart = [
            abs(Fraction(shown) - price) for price, (_, shown) in zip(daily_means, ours.daily, strict=True)
        ]
        assert max(apart) <= Fraction(1, 10**40)
