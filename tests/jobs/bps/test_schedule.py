"""On which mornings BPS is looked at."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import LkjipError
from jobs.bps.poll import poll_bps
from jobs.bps.schedule import decide, turn_today
from tests.jobs.given.days import JANUARY, RELEASE_DAY

AUGUST_MONDAY = date(2024, 8, 5)


def due(day: date, **given: object) -> bool:
    return decide(day, **{"last_good": day - timedelta(days=1), **given}).due


def test_outside_the_season_only_mondays_are_due():
    week = [AUGUST_MONDAY + timedelta(days=n) for n in range(7)]
    assert [due(day) for day in week] == [True, *[False] * 6]


@pytest.mark.parametrize("day", [date(2024, 2, 1), date(2024, 3, 13), date(2024, 4, 30)])
def test_from_february_to_april_every_day_is_due(day: date):
    assert due(day)


@pytest.mark.parametrize("day", [date(2024, 1, 31), date(2024, 5, 1)])
def test_the_season_begins_and_ends_with_its_months(day: date):
    assert not due(day)


def test_around_an_announced_day_every_day_is_due():
    announced = date(2024, 9, 12)
    days = [announced + timedelta(days=n) for n in range(-3, 11)]
    assert all(due(day, announced=[announced]) for day in days)
    assert not due(announced - timedelta(days=5), announced=[announced])
    assert not due(announced + timedelta(days=13), announced=[announced])


def test_a_day_after_a_failure_is_due():
    assert due(AUGUST_MONDAY + timedelta(days=1), last_failed=True)


def test_a_missed_monday_is_made_up_for():
    thursday = AUGUST_MONDAY + timedelta(days=3)
    turn = decide(thursday, last_good=thursday - timedelta(days=9))
    assert turn.due
    assert turn.reason == "pemeriksaan terakhir sudah 9 hari yang lalu"


def test_a_day_that_is_not_due_names_the_next_one():
    turn = decide(date(2024, 8, 7), last_good=date(2024, 8, 5))
    assert turn.reason == "bukan hari pemeriksaan; berikutnya 12 Agustus 2024"
    turn = decide(date(2024, 8, 7), last_good=date(2024, 8, 5), announced=[date(2024, 8, 12)])
    assert turn.reason.endswith("berikutnya 9 Agustus 2024")


@given(st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_no_week_passes_without_a_look(start: date):
    last = start
    for offset in range(1, 8):
        day = start + timedelta(days=offset)
        if decide(day, last_good=last).due:
            return
    pytest.fail(f"nothing due in the week after {start}")


def test_the_schedule_follows_what_the_last_look_found(at, bps):
    poll_bps(at(JANUARY))
    assert not turn_today(at(date(2024, 1, 31))).due
    bps.set_scenario("postponed")
    poll_bps(at(date(2024, 3, 29)))
    assert turn_today(at(date(2024, 4, 18))).reason == "rilis diumumkan untuk 18 April 2024"


def test_a_failed_look_is_due_again_the_next_day(at, bps):
    poll_bps(at(JANUARY))
    bps.fail_with("waf_403")
    with pytest.raises(LkjipError):
        poll_bps(at(RELEASE_DAY))
    assert turn_today(at(RELEASE_DAY + timedelta(days=1))).reason == "pemeriksaan terakhir gagal"
