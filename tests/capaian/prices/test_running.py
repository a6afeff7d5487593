"""During the year a running value asks for the part of the year that has passed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capaian.prices.rules import Rules
from capaian.prices.running import rules_until
from tests.capaian.given.price_series import daily, measure_fluctuation

RULES = Rules(("beras",))


@pytest.mark.parametrize(
    ("until", "days", "months"),
    [
        (date(2023, 1, 2), 2, 1),
        (date(2023, 6, 30), 49, 4),  # 181 of 365 days; five full months before
        (date(2023, 12, 30), 99, 9),
        (date(2023, 12, 31), 100, 10),
        (date(2024, 12, 31), 100, 10),
    ],
)
def test_days_and_months_are_asked_by_the_part_that_has_passed(until: date, days: int, months: int):
    running = rules_until(RULES, until)
    assert (running.least_days, running.least_months) == (days, months)


def test_a_half_year_that_is_no_year_has_a_running_value():
    prices = daily(*range(12000, 12181))
    assert measure_fluctuation([prices], 2023, RULES, {}).value is None
    assert measure_fluctuation([prices], 2023, rules_until(RULES, date(2023, 6, 30)), {}).value is not None


@given(st.dates(date(2023, 1, 1), date(2023, 12, 30)))
def test_no_day_asks_for_less_than_the_day_before(until: date):
    now, next_day = rules_until(RULES, until), rules_until(RULES, date.fromordinal(until.toordinal() + 1))
    assert now.least_days <= next_day.least_days
    assert now.least_months <= next_day.least_months
