"""Whole amounts: what int64 cannot add up is refused, and added up exactly all the same."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capaian.prices.amounts import LARGEST, check_bound, sums, whole
from tests.capaian.given.price_series import SHORT, D, daily, measure_fluctuation, table_of


def test_a_sum_that_just_fits_is_allowed_and_one_more_is_refused():
    check_bound(LARGEST, 1)
    check_bound(LARGEST // 365, 365)
    with pytest.raises(OverflowError, match="dapat melampaui int64"):
        check_bound(LARGEST // 365 + 1, 365)


def test_the_squares_of_a_year_of_beef_in_hundredths_are_refused():
    beef = 120_000 * 100
    with pytest.raises(OverflowError):
        check_bound(365 * beef**2, 365)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, LARGEST)), min_size=1, max_size=30))
def test_sums_are_those_of_python_however_large(rows: list[tuple[int, int]]):
    groups = np.unique([group for group, _ in rows], return_inverse=True)[1]
    amounts = pd.Series([amount for _, amount in rows], dtype=np.int64)
    expected = [0] * (max(groups) + 1)
    for group, (_, amount) in zip(groups.tolist(), rows, strict=True):
        expected[group] += amount
    assert sums(amounts, groups) == expected
    assert sums(amounts.astype(object), groups) == expected


def test_a_price_is_whole_at_its_own_decimals():
    assert whole(D("12.50")) == (1250, 2)
    assert whole(D("1.2E+4")) == (12000, 0)


@pytest.mark.parametrize("price", ["0", "-1", "NaN", "Infinity"])
def test_what_is_no_price_is_refused(price: str):
    with pytest.raises(ValueError, match="bukan pengamatan"):
        whole(Decimal(price))


def test_twelve_decimals_stay_in_int64_and_longer_prices_become_python_s_own():
    sp2kp = table_of([daily("16236.727272727272", 16000)])
    assert [str(part["amount"].dtype) for part in sp2kp.parts] == ["int64"]
    longer = daily("16236.72727272727272727272", 16000, commodity="cabai")
    both = table_of([daily(12000, 12100), longer])
    assert [str(part["amount"].dtype) for part in both.parts] == ["int64", "object"]
    assert both.price("cabai", both.parts[1]["amount"].iloc[0]) == D("16236.72727272727272727272")


def test_days_whose_sums_leave_int64_are_measured_exactly():
    many = [daily("90000.000000000001", "90000.000000000003", market=f"Pasar {n}") for n in range(200)]
    year = measure_fluctuation(many, 2023, SHORT, {}).commodities[0]
    assert year.mean == D("90000.000000000002")
    assert [price for _, price in year.daily] == [D("90000.000000000001"), D("90000.000000000003")]
