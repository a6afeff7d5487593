"""Measuring: the report's own figures, the rules beyond a plain ratio, and what always holds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from capaian.category import CATEGORIES, category
from capaian.efficiency import absorption, average, efficiency, is_efficient
from capaian.growth import agrees, growth, share
from capaian.measure import Direction, Method, measure
from capaian.values import GRADES, Grade, Quantity, Range, parse_value
from core.numbers import round_half_up

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


def percent(target: str, realisasi: str, direction: Direction = HIGHER, method: Method = Method.RATIO) -> str:
    measured = measure(parse_value(target), parse_value(realisasi), direction=direction, method=method)
    assert measured.percent is not None, measured.note
    return str(round_half_up(measured.percent, 2))


@pytest.mark.parametrize(
    ("target", "realisasi", "direction", "expected"),
    [
        ("7%", "16,24%", HIGHER, "232.00"),  # table 3.2
        ("6%", "10,47%", HIGHER, "174.50"),  # table 3.3
        ("9%", "16,24%", HIGHER, "180.44"),  # table 3.4
        ("25%", "15,69%", HIGHER, "62.76"),
        ("95%", "90%", HIGHER, "94.74"),
        ("80%", "52,08%", HIGHER, "65.10"),  # table 3.9
        ("15%", "15,69%", HIGHER, "104.60"),
        ("80%", "90%", HIGHER, "112.50"),
        ("A", "A", HIGHER, "100.00"),
        ("200 orang", "230 orang", HIGHER, "115.00"),  # table 3.6
        ("18 dokumen", "18 dokumen", HIGHER, "100.00"),
    ],
)
def test_what_is_right_in_the_print_comes_out_the_same(target, realisasi, direction, expected):
    assert percent(target, realisasi, direction) == expected


@pytest.mark.parametrize(
    ("target", "realisasi", "direction", "expected", "printed"),
    [
        ("0.2%", "5,77%", HIGHER, "2885.00", "288,5%"),
        ("0.5%", "7,89%", HIGHER, "1578.00", "157,8%"),
        ("7%", "4,4%", HIGHER, "62.86", "62,85%"),
        ("14,8%", "11.70%", LOWER, "126.50", "126,49%"),
        ("14,2%", "11,70%", LOWER, "121.37", "82,39"),
    ],
)
def test_what_is_wrong_in_the_print_comes_out_right(target, realisasi, direction, expected, printed):
    assert percent(target, realisasi, direction) == expected != printed


def test_permenpanrb_counts_the_distance_below_the_target():
    assert percent("14,8%", "11,70%", LOWER, Method.PERMENPANRB) == "120.95"


def test_inside_a_range_is_all_and_outside_the_near_bound_counts():
    assert percent("5-6%", "5,5%") == "100.00"
    assert percent("5-6%", "4%") == "80.00"
    assert percent("5-6%", "9%") == "150.00"
    assert percent("5-6%", "8%", LOWER) == "75.00"


def test_letter_grades_are_ordinal():
    assert percent("A", "AA") == "100.00"
    assert percent("A", "BB") == "83.33"
    assert percent("A", "D") == "16.67"


@pytest.mark.parametrize(
    ("target", "realisasi", "direction", "expected"),
    [
        ("0%", "0%", HIGHER, "100.00"),
        ("0%", "-1%", HIGHER, "0.00"),
        ("-2%", "-1%", HIGHER, "150.00"),
        ("-2%", "-3%", HIGHER, "50.00"),
        ("5%", "-1,13%", HIGHER, "-22.60"),
        ("5%", "0%", LOWER, "100.00"),
        ("0%", "1%", LOWER, "0.00"),
    ],
)
def test_zero_and_minus_give_a_defined_answer(target, realisasi, direction, expected):
    assert percent(target, realisasi, direction) == expected


def test_an_answer_the_ratio_cannot_give_is_explained():
    assert "nol" in measure(Quantity(Decimal(0)), Quantity(Decimal(3))).note
    assert "di bawah nol" in measure(Quantity(Decimal(-2)), Quantity(Decimal(3))).note


def test_different_units_give_no_number_but_say_why():
    measured = measure(parse_value("18 dokumen"), parse_value("18 orang"))
    assert measured.percent is None
    assert "dokumen" in measured.note
    assert "orang" in measured.note


def test_the_formula_shows_the_numbers():
    assert measure(parse_value("7%"), parse_value("16,24%")).formula == "16,24 / 7 x 100"
    assert (
        measure(parse_value("14,8%"), parse_value("11,70%"), direction=LOWER).formula == "14,8 / 11,70 x 100"
    )


NUMBERS = st.decimals(-10_000, 10_000, places=2, allow_nan=False)
VALUES = st.one_of(
    NUMBERS.map(Quantity),
    st.tuples(NUMBERS, NUMBERS).map(lambda pair: Range(min(pair), max(pair))),
    st.sampled_from(GRADES).map(Grade),
)


@given(VALUES, VALUES, st.sampled_from(Direction), st.sampled_from(Method))
def test_measuring_never_fails_and_never_gives_an_infinity(target, realisasi, direction, method):
    measured = measure(target, realisasi, direction=direction, method=method)
    assert measured.percent is None or measured.percent.is_finite()
    assert measured.percent is not None or measured.note


@given(NUMBERS, NUMBERS, NUMBERS, st.sampled_from(Direction), st.sampled_from(Method))
def test_better_never_counts_less(target, one, other, direction, method):
    assume(target > 0)
    better, worse = (max(one, other), min(one, other))
    if direction is LOWER:
        better, worse = worse, better
        assume(method is Method.PERMENPANRB or (better > 0 and worse > 0))

    def of(value: Decimal) -> Decimal:
        return measure(
            Quantity(target), Quantity(value), direction=direction, method=method
        ).percent or Decimal(0)

    assert of(better) >= of(worse)


@given(NUMBERS, st.sampled_from(Direction), st.sampled_from(Method))
def test_exactly_on_target_is_hundred_and_reached(value, direction, method):
    measured = measure(Quantity(value), Quantity(value), direction=direction, method=method)
    assert measured.percent == 100
    assert measured.reached


@pytest.mark.parametrize(
    ("capaian", "name"),
    [
        ("232", "Sangat Tinggi"),
        ("90.5", "Sangat Tinggi"),
        ("90.49", "Tinggi"),
        ("75.5", "Tinggi"),
        ("65.5", "Sedang"),
        ("65.10", "Rendah"),
        ("50.5", "Rendah"),
        ("50.49", "Sangat Rendah"),
        ("-20", "Sangat Rendah"),
    ],
)
def test_the_gaps_of_table_3_1_are_decided_on_the_rounded_capaian(capaian, name):
    assert category(Decimal(capaian)).name == name


@given(NUMBERS, NUMBERS)
def test_a_higher_capaian_never_falls_into_a_lower_category(one, other):
    low, high = sorted((one, other))
    assert CATEGORIES.index(category(high)) <= CATEGORIES.index(category(low))


def test_growth_and_share_are_those_bps_publishes_for_sumenep():
    assert round_half_up(growth(Decimal("26244.80"), Decimal("24912.62")), 2) == Decimal("5.35")
    assert round_half_up(growth(Decimal("27234.39"), Decimal("26244.80")), 2) == Decimal("3.77")
    assert round_half_up(share(Decimal("2720.85"), Decimal("42847.97")), 2) == Decimal("6.35")


def test_a_rate_needs_something_to_stand_on():
    assert growth(Decimal(1), Decimal(0)) is None
    assert share(Decimal(1), Decimal(0)) is None


def test_rates_agree_within_a_hundredth_of_a_point():
    assert agrees(Decimal("5.1999"), Decimal("5.20"))
    assert not agrees(Decimal("5.18"), Decimal("5.20"))


def test_efficiency_is_capaian_over_absorption():
    absorbed = absorption(Decimal(3866199732), Decimal(3952453098))
    assert round_half_up(absorbed, 2) == Decimal("97.82")
    low = efficiency(Decimal("62.857"), absorbed)
    assert round_half_up(low, 2) == Decimal("0.64")
    assert not is_efficient(low)
    assert is_efficient(Decimal(1))
    assert efficiency(Decimal(100), Decimal(0)) is None
    assert absorption(Decimal(1), Decimal(0)) is None


def test_an_average_exists_only_when_nothing_is_missing():
    assert average([Decimal(100), Decimal(50)]) == 75
    assert average([Decimal(100), None]) is None
    assert average([]) is None
