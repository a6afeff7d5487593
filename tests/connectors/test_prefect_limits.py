"""A rate that all workers keep together: what is asked of the server, and what happens without it."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from itertools import pairwise

import pytest

from connectors.prefect_limits import AGAIN_SECONDS, BUSY_SECONDS, SharedRate, set_rates
from connectors.web.pacing import Pace, Paces
from core.errors import ScheduleError
from standins.prefect_server import PrefectStandin
from standins.serving import Reply
from tests.connectors.given.recorded import Clock

INCREMENT = "/api/v2/concurrency_limits/increment"


@pytest.fixture
def prefect() -> Iterator[PrefectStandin]:
    with PrefectStandin() as standin:
        set_rates(standin.api_url, {"lkjip-bps": 2.0})
        standin.asked.clear()
        yield standin


def rate(prefect: PrefectStandin, clock: Clock) -> SharedRate:
    return SharedRate(prefect.api_url, "lkjip-bps", clock=clock, sleep=clock.sleep)


def test_the_limits_are_made_once_and_changed_afterwards(prefect: PrefectStandin) -> None:
    set_rates(prefect.api_url, {"lkjip-bps": 0.5, "lkjip-sp2kp": 1.0})
    decays = {name: row["slot_decay_per_second"] for name, row in prefect.limits.items()}
    assert decays == {"lkjip-bps": 50.0, "lkjip-sp2kp": 100.0}


def test_a_server_that_refuses_a_limit_is_told_with_what_to_do(prefect: PrefectStandin) -> None:
    prefect.instead = Reply(500, "application/json", b"{}")
    with pytest.raises(ScheduleError, match="Batas bersama lkjip-bps") as caught:
        set_rates(prefect.api_url, {"lkjip-bps": 0.5})
    assert "lkjip deploy" in caught.value.todo


def test_a_denied_place_is_asked_for_again_when_the_server_says(
    prefect: PrefectStandin, clock: Clock
) -> None:
    prefect.denials = [0.75, 0.5]
    assert rate(prefect, clock)()
    assert clock.slept == [0.75, 0.5]
    assert prefect.asked == [INCREMENT] * 3


def test_a_place_that_is_free_is_taken_without_waiting(prefect: PrefectStandin, clock: Clock) -> None:
    assert not rate(prefect, clock)()
    assert clock.slept == []


@pytest.mark.parametrize("fault", ["gone", "broken", "unknown"])
def test_without_the_server_the_own_pace_is_left_and_the_log_says_so_once(
    prefect: PrefectStandin, clock: Clock, fault: str, caplog: pytest.LogCaptureFixture
) -> None:
    if fault == "gone":
        prefect.stop()
    elif fault == "broken":
        prefect.instead = Reply(200, "text/html", b"<html>")
    else:
        prefect.limits.clear()
    shared = rate(prefect, clock)
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            assert not shared()
        asked = len(prefect.asked)
        clock.now += AGAIN_SECONDS
        assert not shared()
    assert len(caplog.messages) == 1
    assert "Laju bersama lkjip-bps tidak dipakai, hanya laju proses ini" in caplog.messages[0]
    if fault != "gone":
        assert (asked, len(prefect.asked)) == (1, 2), "it is left alone for a while, then asked again"


def test_a_server_that_is_busy_for_a_moment_is_asked_again(
    prefect: PrefectStandin, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    prefect.instead = Reply(503, "application/json", b'{"exception_message":"Service Unavailable"}')
    free_again = clock.now + 1

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        if clock.now >= free_again:
            prefect.instead = None

    shared = SharedRate(prefect.api_url, "lkjip-bps", clock=clock, sleep=sleep)
    assert shared()
    assert caplog.messages == []
    assert not shared()


def test_one_that_stays_busy_leaves_the_own_pace(
    prefect: PrefectStandin, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    prefect.instead = Reply(503, "application/json", b"{}")
    assert rate(prefect, clock)()
    assert BUSY_SECONDS <= sum(clock.slept) < BUSY_SECONDS + 1
    assert "Laju bersama lkjip-bps tidak dipakai" in caplog.text


def test_nobody_waits_for_ever_for_a_place(
    prefect: PrefectStandin, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    prefect.denials = [200.0] * 20
    assert rate(prefect, clock)()
    assert sum(clock.slept) == 600
    assert "tidak memberi giliran selama 600 detik" in caplog.text


def test_the_own_pace_is_a_floor_and_begins_anew_after_a_wait_for_the_others(
    prefect: PrefectStandin, clock: Clock
) -> None:
    paces = Paces(Pace(1.0, clock=clock, sleep=clock.sleep), rate(prefect, clock))
    starts = []
    prefect.denials = [0.5]
    for _ in range(3):
        paces()
        starts.append(clock.now)
    assert [later - earlier for earlier, later in pairwise(starts)] == [1.0, 1.0]
    assert clock.slept == [0.5, 1.0, 1.0]
