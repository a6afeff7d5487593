"""The capaian of one indicator: the print's figures that are right, and the right ones where it is not."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capaian.measure import Capaian, Direction, Method, measure
from capaian.values import GRADES, Grade, Quantity, Range, parse_value
from core.numbers import format_number

LOWER = Direction.LOWER
amounts = st.decimals(min_value=-10_000, max_value=10_000, places=3)
above_zero = st.decimals(min_value="0.001", max_value=10_000, places=3)


@pytest.mark.parametrize(
    ("target", "realisasi", "direction", "expected"),
    [
        ("7%", "16,24%", Direction.HIGHER, "232,00"),  # tables 3.2, 3.3 and 3.9
        ("6%", "10,47%", Direction.HIGHER, "174,50"),  # table 3.3
        ("15%", "15,69%", Direction.HIGHER, "104,60"),  # tables 3.7 and 3.9
        ("80%", "52,08%", Direction.HIGHER, "65,10"),  # table 3.9
        ("80%", "90%", Direction.HIGHER, "112,50"),  # table 3.9
        ("87 orang/bulan", "88 orang/bulan", Direction.HIGHER, "101,15"),  # table 3.6
        ("200 orang", "230 orang", Direction.HIGHER, "115,00"),  # tables 3.6 and 3.10
        ("9%", "16,24%", Direction.HIGHER, "180,44"),  # table 3.4
        ("25%", "15,69%", Direction.HIGHER, "62,76"),  # table 3.4
        ("95%", "90%", Direction.HIGHER, "94,74"),  # table 3.4
        # The print is wrong in these.
        ("0.2%", "5,77%", Direction.HIGHER, "2.885,00"),  # table 3.3 prints 288,5%
        ("0.5%", "7,89%", Direction.HIGHER, "1.578,00"),  # table 3.3 prints 157,8%
        ("7%", "4,4%", Direction.HIGHER, "62,86"),  # table 3.9 prints 62,85%
        ("14,8%", "11,70%", LOWER, "126,50"),  # table 3.9 prints 126,49%
        ("14,2%", "11,70%", LOWER, "121,37"),  # table 3.4 prints 82,39
    ],
)
def test_figures_of_the_report(target: str, realisasi: str, direction: Direction, expected: str) -> None:
    capaian = measure(parse_value(target), parse_value(realisasi), direction=direction)
    assert capaian.percent is not None
    assert format_number(capaian.percent, 2) == expected


def test_formula_has_the_numbers_put_in() -> None:
    assert measure(parse_value("7%"), parse_value("16,24%")).formula == "16,24 / 7 x 100"
    lower = measure(parse_value("14,8%"), parse_value("11,70%"), direction=LOWER)
    assert lower.formula == "14,8 / 11,70 x 100"


def test_permenpanrb_method_of_lower_is_better() -> None:
    capaian = measure(parse_value("10%"), parse_value("12%"), direction=LOWER, method=Method.PERMENPANRB)
    assert capaian.percent == 80
    assert capaian.formula == "(2 x 10 - 12) / 10 x 100"
    assert capaian.reached is False


@pytest.mark.parametrize(
    ("realisasi", "expected"), [("4%", "80"), ("5%", "100"), ("5,5%", "100"), ("6%", "100"), ("9%", "150")]
)
def test_a_range_counts_by_its_near_bound(realisasi: str, expected: str) -> None:
    assert measure(parse_value("5-6%"), parse_value(realisasi)).percent == Decimal(expected)


def test_a_range_where_less_is_better() -> None:
    above = measure(parse_value("5-6%"), parse_value("8%"), direction=LOWER)
    assert (above.percent, above.reached) == (Decimal(75), False)


def test_a_grade_as_good_or_better_is_100_and_each_step_below_takes_an_equal_part() -> None:
    assert measure(Grade("A"), Grade("A")).percent == 100
    assert measure(Grade("A"), Grade("AA")).percent == 100
    below = [measure(Grade("A"), Grade(letter)).percent for letter in GRADES[1:]]
    steps = [a - b for a, b in pairwise(below) if a is not None and b is not None]
    assert len(steps) == len(GRADES) - 2
    assert max(steps) - min(steps) < Decimal("1e-40")
    assert all(step > 0 for step in steps)


def test_different_units_give_no_number_but_a_reason() -> None:
    capaian = measure(parse_value("18 dokumen"), parse_value("18 laporan"))
    assert (capaian.percent, capaian.reached) == (None, None)
    assert "dokumen" in capaian.note
    assert "laporan" in capaian.note


@pytest.mark.parametrize("realisasi", [parse_value("90%"), parse_value("5-6%")])
def test_a_grade_cannot_be_measured_by_a_number(realisasi: Quantity | Range) -> None:
    capaian = measure(Grade("A"), realisasi)
    assert capaian.percent is None
    assert capaian.note


@pytest.mark.parametrize(
    ("target", "realisasi", "direction", "percent"),
    [
        ("0%", "2%", Direction.HIGHER, 100),
        ("0%", "-1%", Direction.HIGHER, 0),
        ("0%", "0%", LOWER, 100),
        ("0%", "3%", LOWER, 0),
        ("5%", "0%", LOWER, 100),
        ("-2%", "-1%", Direction.HIGHER, 150),
        ("-2%", "-3%", Direction.HIGHER, 50),
        ("5%", "-1%", Direction.HIGHER, -20),
    ],
)
def test_zero_and_below_have_a_defined_answer(
    target: str, realisasi: str, direction: Direction, percent: int
) -> None:
    assert measure(parse_value(target), parse_value(realisasi), direction=direction).percent == percent


CAPAIAN = st.builds(
    measure,
    amounts.map(Quantity),
    amounts.map(Quantity),
    direction=st.sampled_from(Direction),
    method=st.sampled_from(Method),
)
"""Of every pair of numbers, in every way."""


@given(CAPAIAN)
def test_every_pair_of_numbers_has_a_finite_answer(capaian: Capaian) -> None:
    assert capaian.percent is not None
    assert capaian.percent.is_finite()
    assert capaian.formula


@given(CAPAIAN)
def test_reached_is_said_exactly_when_the_capaian_is_at_least_100(capaian: Capaian) -> None:
    assert capaian.percent is not None
    assert capaian.reached == (capaian.percent >= 100)


@given(above_zero, above_zero, above_zero, st.sampled_from(Direction), st.sampled_from(Method))
def test_better_never_measures_lower(
    target: Decimal, one: Decimal, other: Decimal, direction: Direction, method: Method
) -> None:
    worse, better = sorted((one, other), reverse=direction is LOWER)
    answers = [
        measure(Quantity(target), Quantity(r), direction=direction, method=method).percent
        for r in (worse, better)
    ]
    assert answers[0] is not None
    assert answers[1] is not None
    assert answers[0] <= answers[1]


@given(above_zero, st.decimals(min_value="0.01", max_value=100, places=2))
def test_the_scale_of_both_does_not_matter(realisasi: Decimal, factor: Decimal) -> None:
    plain = measure(Quantity(Decimal(7)), Quantity(realisasi)).percent
    scaled = measure(Quantity(7 * factor), Quantity(realisasi * factor)).percent
    assert plain == scaled
