"""What holds of any prices: nothing is altered or lost, and the value is exact."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal, localcontext
from fractions import Fraction
from statistics import pvariance, variance
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from capaian.prices import doubts
from capaian.prices.results import Flag
from capaian.prices.rules import Basis, Bounds, Deviation, Doubt, Method, Rules
from tests.capaian.given.price_series import (
    SHORT,
    D,
    MarketSeries,
    daily,
    day,
    find_doubts,
    measure_fluctuation,
)

BOUNDS = Bounds(D(8000), D(20000))
amounts = st.decimals(min_value="0.001", max_value=10**9, places=3)
believable = st.decimals(min_value=9000, max_value=12000, places=2)
around = st.one_of(
    believable,
    believable,
    st.sampled_from([D(12000), D("12.508"), D(12_508_000), D(7999), D(19999), D(25000), D(25100), D(4000)]),
)
"""Prices of a market with slips, jumps, prices outside their range and repeated ones."""
rules = st.builds(
    Rules,
    commodities=st.just(("beras",)),
    method=st.sampled_from(Method),
    deviation=st.sampled_from(Deviation),
    basis=st.sampled_from(Basis),
    leave_out=st.frozensets(st.sampled_from(Doubt)),
    jump_percent=st.sampled_from([D(5), D(50), D("12.5"), D(100), D(100_000)]),
    repeated_days=st.integers(2, 6),
    least_days=st.integers(2, 4),
    least_months=st.just(1),
)
gappy = st.lists(st.one_of(st.none(), around), min_size=1, max_size=60)


@st.composite
def markets(draw: st.DrawFn) -> list[MarketSeries]:
    """One to four markets with gaps."""
    lists = draw(st.lists(gappy, min_size=1, max_size=4))
    return [daily(*prices, market=f"Pasar {n}") for n, prices in enumerate(lists)]


def value(series: list[MarketSeries], rule: Rules = SHORT) -> Decimal | None:
    return measure_fluctuation(series, 2023, rule, {}).value


def agrees(ours: Decimal, square: Fraction, digits: int = 40) -> bool:
    """Whether a number is the root of an exact square, to some digits."""
    with localcontext() as context:
        context.prec = 100
        root = (Decimal(square.numerator) / Decimal(square.denominator)).sqrt()
        return abs(ours - root) <= root * Decimal(10) ** -digits


@settings(deadline=None)
@given(st.lists(amounts, min_size=2, max_size=80), st.sampled_from(Deviation))
def test_the_value_is_that_of_exact_fractions_to_40_digits(prices: list[Decimal], deviation: Deviation):
    rule = replace(SHORT, deviation=deviation, leave_out=frozenset())
    exact = [Fraction(price) for price in prices]
    spread = (variance if deviation is Deviation.SAMPLE else pvariance)(exact)
    year = measure_fluctuation([daily(*prices)], 2023, rule, {}).commodities[0]
    assert year.value is not None
    assert year.deviation is not None
    assert agrees(year.deviation, spread)
    assert agrees(year.value, spread / (sum(exact) / len(exact)) ** 2 * 10**4)


@settings(deadline=None)
@given(st.lists(st.lists(amounts, min_size=3, max_size=3), min_size=2, max_size=20))
def test_daily_means_that_do_not_come_out_even_stay_exact(table: list[list[Decimal]]):
    columns = zip(*table, strict=True)
    series = [daily(*column, market=f"Pasar {n}") for n, column in enumerate(columns)]
    means = [Fraction(sum(map(Fraction, row)), 3) for row in table]
    year = measure_fluctuation(series, 2023, replace(SHORT, leave_out=frozenset()), {}).commodities[0]
    assert year.value is not None
    assert agrees(year.value, variance(means) / (sum(means) / len(means)) ** 2 * 10**4)


@settings(deadline=None)
@given(markets(), rules, st.sampled_from([D(3), D("0.25"), D(1000)]))
def test_prices_in_another_unit_vary_as_much(series: list[MarketSeries], rule: Rules, factor: Decimal):
    scaled = [replace(one, prices=tuple(price * factor for price in one.prices)) for one in series]
    assert value(series, rule) == value(scaled, rule)


@settings(deadline=None)
@given(st.integers(2, 40), st.integers(1, 4), amounts, rules)
def test_constant_prices_do_not_vary(days: int, number: int, price: Decimal, rule: Rules):
    kept = replace(rule, leave_out=rule.leave_out - {Doubt.REPEATED}, least_days=2)
    series = [daily(*[price] * days, market=f"Pasar {n}") for n in range(number)]
    alone = kept.method is Method.MONTHLY_CHANGE and days <= 31
    nothing_beside = kept.method is Method.DISPARITY and number == 1
    assert value(series, kept) == (None if alone or nothing_beside else 0)


@settings(deadline=None)
@given(markets(), rules, st.randoms(use_true_random=False))
def test_the_order_of_the_series_does_not_matter(series: list[MarketSeries], rule: Rules, rng: random.Random):
    shuffled = rng.sample(series, len(series))
    bounds = {"beras": BOUNDS}
    assert measure_fluctuation(series, 2023, rule, bounds) == measure_fluctuation(
        shuffled, 2023, rule, bounds
    )


def concerned(flag: Flag, one: MarketSeries) -> set[int]:
    """Positions of the prices that a flag concerns."""
    first = one.days.index(flag.day)
    return set(range(first, first + flag.days))


def without_flagged(one: MarketSeries, rule: Rules) -> MarketSeries:
    """The prices that remain when those in doubt are taken out by hand."""
    out: set[int] = set()
    for flag in find_doubts(one, BOUNDS, rule):
        if flag.doubt in rule.leave_out:
            out |= concerned(flag, one)
    kept = [n for n in range(len(one.days)) if n not in out]
    return replace(one, days=tuple(one.days[n] for n in kept), prices=tuple(one.prices[n] for n in kept))


@settings(deadline=None)
@given(markets(), rules)
def test_leaving_out_is_the_same_as_removing_by_hand(series: list[MarketSeries], rule: Rules):
    left_out = measure_fluctuation(series, 2023, rule, {"beras": BOUNDS})
    removed = [without_flagged(one, rule) for one in series]
    by_hand = measure_fluctuation(removed, 2023, replace(rule, leave_out=frozenset()), {"beras": BOUNDS})
    ours, theirs = left_out.commodities[0], by_hand.commodities[0]
    assert (ours.value, ours.daily, ours.observations) == (theirs.value, theirs.daily, theirs.observations)


@settings(deadline=None)
@given(markets(), rules)
def test_every_price_is_either_used_or_in_a_flag_or_in_a_market_set_aside(
    series: list[MarketSeries], rule: Rules
):
    year = measure_fluctuation(series, 2023, rule, {"beras": BOUNDS}).commodities[0]
    flagged = set()
    for one in series:
        for flag in year.flags:
            if flag.market == one.market and flag.doubt in rule.leave_out:
                flagged |= {(one.market, position) for position in concerned(flag, one)}
    assert year.left_out == len(flagged)
    aside = sum(len(without_flagged(one, rule).days) for one in series if one.market in year.short_markets)
    assert year.observations + year.left_out + aside == sum(len(one.days) for one in series)


@settings(deadline=None)
@given(gappy, rules)
def test_flags_tell_the_prices_as_they_are(prices: list[Decimal | None], rule: Rules):
    one = daily(*prices)
    before = (one.days, one.prices)
    for flag in find_doubts(one, BOUNDS, rule):
        assert dict(zip(one.days, one.prices, strict=True))[flag.day] == flag.price
        assert flag.explanation
        assert 1 <= flag.days <= len(one.days) - one.days.index(flag.day)
    assert (one.days, one.prices) == before


@settings(deadline=None)
@given(gappy, rules, st.booleans())
def test_passing_over_calm_stretches_hides_nothing(prices: list[Decimal | None], rule: Rules, bounded: bool):
    one, bounds = daily(*prices), BOUNDS if bounded else None
    with patch.object(doubts, "_odd", lambda amounts, *_: np.ones(len(amounts), dtype=bool)):
        read_singly = find_doubts(one, bounds, rule)
    assert find_doubts(one, bounds, rule) == read_singly


@settings(deadline=None)
@given(gappy)
def test_a_price_within_its_bounds_and_calm_neighbours_is_never_left_out(prices: list[Decimal | None]):
    one = daily(*prices)
    flagged = {flag.day for flag in find_doubts(one, BOUNDS, SHORT) if flag.doubt in SHORT.leave_out}
    inside = {d for d, p in zip(one.days, one.prices, strict=True) if BOUNDS.lowest <= p <= BOUNDS.highest}
    assert flagged == set(one.days) - inside


@settings(deadline=None)
@given(st.lists(believable, min_size=2, max_size=40), st.integers(0, 39))
def test_a_slip_put_into_calm_prices_is_found_and_changes_no_other_day(prices: list[Decimal], at: int):
    at %= len(prices)
    slipped = [*prices[:at], prices[at] / 1000, *prices[at + 1 :]]
    found = [flag for flag in find_doubts(daily(*slipped), BOUNDS, SHORT) if flag.doubt is not Doubt.REPEATED]
    assert [(flag.day, flag.doubt) for flag in found] == [
        (day(at + 1), Doubt.RANGE),
        (day(at + 1), Doubt.SLIP),
    ]


@settings(deadline=None)
@given(markets(), rules)
def test_a_measured_value_is_never_below_zero_and_always_has_no_reason(
    series: list[MarketSeries], rule: Rules
):
    year = measure_fluctuation(series, 2023, rule, {"beras": BOUNDS}).commodities[0]
    assert (year.value is None) == bool(year.reason)
    assert year.value is None or year.value >= 0
