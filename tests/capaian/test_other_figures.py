"""Category, growth, share, efisiensi, average."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capaian.efficiency import absorption, average, efficiency, is_efficient
from capaian.growth import agrees, growth, share
from capaian.rules import DEFAULT
from core.numbers import format_number

D = Decimal
category = DEFAULT.categories.find
positive = st.decimals(min_value="0.01", max_value=10**12, places=2)


@pytest.mark.parametrize(
    ("percent", "name"),
    [
        ("232", "Sangat Tinggi"), ("100", "Sangat Tinggi"), ("91", "Sangat Tinggi"),
        ("90.5", "Sangat Tinggi"),
        ("90.49", "Tinggi"), ("90", "Tinggi"), ("75.5", "Tinggi"), ("75.4", "Sedang"), ("66", "Sedang"),
        ("65.5", "Sedang"), ("65.49", "Rendah"), ("65.1", "Rendah"), ("51", "Rendah"), ("50.5", "Rendah"),
        ("50.4", "Sangat Rendah"), ("0", "Sangat Rendah"), ("-20", "Sangat Rendah"),
    ],
)  # fmt: skip
def test_category_of_table_3_1_is_decided_on_the_rounded_capaian(percent: str, name: str) -> None:
    assert category(D(percent)).name == name


@given(st.decimals(min_value=-1000, max_value=5000, places=4))
def test_every_capaian_has_exactly_one_category(percent: Decimal) -> None:
    assert category(percent) in DEFAULT.categories.rows


@given(
    st.decimals(min_value=-1000, max_value=5000, places=4), st.decimals(min_value=0, max_value=99, places=4)
)
def test_a_higher_capaian_is_never_in_a_lower_category(percent: Decimal, more: Decimal) -> None:
    order = [row.name for row in DEFAULT.categories.rows]
    assert order.index(category(percent + more).name) <= order.index(category(percent).name)


@pytest.mark.parametrize(
    ("spent", "budget", "expected"),
    [
        ("9440925382", "12649363995", "74,64"),
        ("6311467159", "9464053120", "66,69"),
        ("425000000", "625000000", "68,00"),
        ("3866199732", "3952453098", "97,82"),  # programs 6 and 7
        ("1094132299", "1299326820", "84,21"),  # programs 2 to 5
        ("3179642105", "3321768780", "95,72"),  # programs 8 to 12
        ("22998136965", "27077526494", "84,93"),  # all; BAB IV prints 92,80
    ],
)
def test_absorption_of_tables_3_8_and_3_9(spent: str, budget: str, expected: str) -> None:
    absorbed = absorption(D(spent), D(budget))
    assert absorbed is not None
    assert format_number(absorbed, 2) == expected


@pytest.mark.parametrize(
    ("capaian", "spent", "budget", "expected"),
    [
        (D("4.4") / 7 * 100, "3866199732", "3952453098", "0,64"),
        (D(232), "3866199732", "3952453098", "2,37"),
        (D("65.1"), "1094132299", "1299326820", "0,77"),
        (D("104.6"), "1094132299", "1299326820", "1,24"),
        (D(1480) / D("11.7"), "13579750", "15281760", "1,42"),
        (D(100), "9440925382", "12649363995", "1,34"),
        (D("112.5"), "9440925382", "12649363995", "1,51"),
    ],
)
def test_efficiency_of_table_3_9(capaian: Decimal, spent: str, budget: str, expected: str) -> None:
    absorbed = absorption(D(spent), D(budget))
    assert absorbed is not None
    level = efficiency(capaian, absorbed)
    assert level is not None
    assert format_number(level, 2) == expected
    assert is_efficient(level) == (level >= 1)


def test_nothing_is_divided_by_a_missing_budget_or_spending() -> None:
    assert absorption(D(1), D(0)) is None
    assert efficiency(D(100), D(0)) is None


def test_growth_is_the_change_against_the_year_before() -> None:
    assert growth(D("105"), D("100")) == 5
    assert growth(D("95"), D("100")) == -5
    assert growth(D("1"), D("0")) is None


@given(positive, positive)
def test_growth_back_to_the_present_value(now: Decimal, before: Decimal) -> None:
    rate = growth(now, before)
    assert rate is not None
    assert abs(before * (1 + rate / 100) - now) < D("1e-6")


@given(st.lists(positive, min_size=1, max_size=17))
def test_shares_of_all_sectors_sum_to_100(values: list[Decimal]) -> None:
    shares = [share(value, sum(values, D(0))) for value in values]
    assert abs(sum((s for s in shares if s is not None), D(0)) - 100) < D("1e-20")


def test_share_of_nothing_does_not_exist() -> None:
    assert share(D(1), D(0)) is None


@pytest.mark.parametrize(
    ("published", "same"), [("5.35", True), ("5.36", True), ("5.34", False), ("5.37", False)]
)
def test_a_published_rate_agrees_within_a_hundredth(published: str, same: bool) -> None:
    assert agrees(D("5.3518"), D(published)) is same


def test_an_average_exists_only_when_none_is_missing() -> None:
    assert average([D(100), D(50)]) == 75
    assert average([D(100), None]) is None
    assert average([]) is None


def test_an_efficiency_on_the_edge_rounds_as_the_fraction_that_it_is() -> None:
    """The serapan, 142,857... %, ends in a digit that is rounded; 0,875 is not 0,87499..."""
    level = efficiency(D(125), absorption(D(100), D(70)) or D(0))
    assert level is not None
    assert format_number(level, 2) == "0,88"
