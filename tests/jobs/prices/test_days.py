"""Which days are read: those never read, the last week, and those that were read too early."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import start_of_day
from jobs.prices.days import RECENT_DAYS, RECHECK_DAYS, days_to_read

TODAY = date(2023, 7, 28)
NEW_YEAR, NEW_YEARS_EVE = date(2023, 1, 1), date(2023, 12, 31)


def read(day: date, observed: int = 60, after: int = 20) -> tuple[int, datetime]:
    """A day that was read some days later, and how many prices it had."""
    return observed, start_of_day(day + timedelta(days=after)) + timedelta(hours=19)


def everything() -> dict[date, tuple[int, datetime]]:
    """Every day of the year up to today, read once when nothing was missing any more."""
    days = (TODAY - NEW_YEAR).days + 1
    return {day: read(day) for day in (NEW_YEAR + timedelta(days=n) for n in range(days))}


def due(known: dict[date, tuple[int, datetime]], last: date = NEW_YEARS_EVE) -> list[date]:
    return days_to_read(known, NEW_YEAR, last, TODAY)


def test_at_first_every_day_up_to_today_is_read_the_newest_first() -> None:
    days = due({})
    assert days[0] == TODAY
    assert days[-1] == NEW_YEAR
    assert days == sorted(days, reverse=True)
    assert len(days) == 209


def test_days_to_come_are_never_read() -> None:
    assert max(due({})) == TODAY


def test_a_period_that_is_yet_to_come_has_no_day_to_read() -> None:
    assert days_to_read({}, date(2024, 1, 1), date(2024, 12, 31), TODAY) == []


def test_the_last_week_is_read_again_each_time() -> None:
    assert due(everything()) == [TODAY - timedelta(days=n) for n in range(RECENT_DAYS)]


def test_a_gap_is_filled() -> None:
    known = everything()
    del known[date(2023, 3, 3)]
    assert date(2023, 3, 3) in due(known)


@pytest.mark.parametrize(
    ("doubtful", "good"),
    [({"after": 0}, {"after": 1}), ({"observed": 47}, {"observed": 48})],
    ids=["read on that very day", "markedly fewer prices than its weekday usually has"],
)
def test_a_doubtful_day_is_read_again(doubtful: dict[str, int], good: dict[str, int]) -> None:
    known = everything()
    day = TODAY - timedelta(days=12)
    known[day] = read(day, **doubtful)
    assert day in due(known)
    known[day] = read(day, **good)
    assert day not in due(known)


def test_sundays_with_their_usual_few_prices_are_not_read_again_and_again() -> None:
    known = everything()
    sundays = [day for day in known if day.weekday() == 6]
    for day in sundays:
        known[day] = read(day, observed=20)
    old = [day for day in due(known) if (TODAY - day).days >= RECENT_DAYS]
    assert old == []


def test_a_day_longer_ago_is_not_read_again_however_few_prices_it_had() -> None:
    known = everything()
    day = TODAY - timedelta(days=RECHECK_DAYS)
    known[day] = read(day, observed=1, after=0)
    assert day not in due(known)


@given(st.sets(st.integers(0, 208)), st.integers(0, 250))
def test_whatever_was_read_every_missing_day_of_the_period_is_due_once(
    missing: set[int], length: int
) -> None:
    known = everything()
    for number in missing:
        del known[NEW_YEAR + timedelta(days=number)]
    last = NEW_YEAR + timedelta(days=length)
    days = due(known, last)
    wanted = {NEW_YEAR + timedelta(days=number) for number in missing if number <= length}
    assert wanted <= set(days)
    assert len(days) == len(set(days))
    assert all(NEW_YEAR <= day <= min(last, TODAY) for day in days)
