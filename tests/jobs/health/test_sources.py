"""How long a source may stay silent, and when a look is overdue."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from core.dates import start_of_day
from jobs.health.sources import overdue, read_sources, silent
from models.bps.polls import finish_poll
from models.prices.readings import record_day
from models.session import open_session
from models.snapshots import keep_snapshot

FRIDAY = date(2024, 6, 7)
DAY, NINE = timedelta(days=1), timedelta(hours=9)


def poll_bps(office, day, outcome="no_news", announced=()):
    with open_session(office.engine) as session:
        finish_poll(
            session, source="bps", domain="3529", outcome=outcome, message="uji", requests=1,
            finished_at=start_of_day(day) + NINE, announced=announced,
        )  # fmt: skip


def read_prices(office, day):
    at = start_of_day(day) + NINE
    with open_session(office.engine) as session:
        answer = keep_snapshot(
            session, source="siskaperbapo", url="http://127.0.0.1/", status=200, headers={}, content=b"x",
            fetched_at=at,
        )  # fmt: skip
        record_day(
            session, source="siskaperbapo", region="sumenepkab", market="1", day=day, fetch_id=answer.id,
            read_at=at, rows=1, observed=1, unread=[],
        )  # fmt: skip


def look(office):
    """What is silent, and what is overdue, by its name."""
    now = office.settings.current_time()
    with open_session(office.engine, read_only=True) as session:
        ages = read_sources(session, office)
    return [finding.key for finding in silent(ages, now)], overdue(ages, now)


def test_a_source_that_nobody_asked_yet_is_not_silent(space):
    assert look(space(FRIDAY)) == ([], [])


@pytest.mark.parametrize(("days", "found"), [(8, []), (9, ["sumber/bps/3529"])])
def test_bps_is_silent_after_the_days_of_the_settings(space, days, found):
    office = space(FRIDAY, bps_silent_days=8)
    poll_bps(office, FRIDAY - days * DAY)
    assert look(office)[0] == found


def test_looks_that_fail_do_not_end_a_silence(space):
    office = space(FRIDAY)
    poll_bps(office, FRIDAY - 9 * DAY)
    poll_bps(office, FRIDAY, "failed")
    assert look(office)[0] == ["sumber/bps/3529"]


def test_a_source_that_never_gave_a_good_answer_is_silent_since_the_first_look(space):
    office = space(FRIDAY)
    for ago in (9, 0):
        poll_bps(office, FRIDAY - ago * DAY, "failed")
    with open_session(office.engine, read_only=True) as session:
        [finding] = silent(read_sources(session, office), office.settings.current_time())
    assert finding.detail.startswith("BPS: belum pernah memberi jawaban yang baik sejak 29 Mei 2024")


def test_a_look_is_overdue_a_day_after_the_monday_on_which_it_was_due(space):
    last = date(2024, 5, 28)  # a Tuesday; the next Monday is 3 June
    poll_bps(space(FRIDAY), last)
    assert look(space(date(2024, 6, 4)))[1] == []
    [warning] = look(space(date(2024, 6, 5)))[1]
    assert warning.startswith("BPS: jawaban baik terakhir 28 Mei 2024 pukul 09.00 WIB, 8 hari lalu.")


def test_a_look_is_overdue_sooner_where_a_release_is_announced(space):
    announced = [{"channel": "pressrelease", "title": "PDRB", "day": "2024-06-06"}]
    poll_bps(space(FRIDAY), date(2024, 5, 28), announced=announced)
    assert look(space(date(2024, 6, 4)))[1] == []
    poll_bps(space(FRIDAY), date(2024, 6, 3), announced=announced)
    assert len(look(space(date(2024, 6, 6)))[1]) == 1


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2023, 6, 7), ["sumber/siskaperbapo/sumenepkab"]),
        (date(2024, 1, 14), ["sumber/siskaperbapo/sumenepkab"]),
        (date(2024, 1, 15), []),
    ],
)
def test_prices_are_missed_only_while_their_year_runs_and_two_weeks_more(space, today, found):
    office = space(today, prices_silent_days=3)
    read_prices(office, today - 4 * DAY)
    assert look(office)[0] == found


def test_prices_that_were_read_a_day_ago_are_neither_silent_nor_overdue(space):
    office = space(date(2023, 6, 7))
    read_prices(office, date(2023, 6, 6))
    assert look(office) == ([], [])
