"""The rate and the server's wishes hold over all threads together."""

from __future__ import annotations

import logging
import threading

import pytest

from connectors.pacing import Pace
from tests.connectors.given.recorded import Clock


def test_starts_are_apart_by_the_interval_over_all_threads(clock: Clock) -> None:
    pace = Pace(2.0, 4, clock=clock, sleep=clock.sleep)
    threads = [threading.Thread(target=lambda: [pace.wait_turn() for _ in range(3)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.slept == [0.5] * 11


def test_time_that_passed_anyway_is_not_waited_for(clock: Clock) -> None:
    pace = Pace(1.0, 1, clock=clock, sleep=clock.sleep)
    pace.wait_turn()
    clock.now += 0.75
    pace.wait_turn()
    clock.now += 5
    pace.wait_turn()
    assert clock.slept == [0.25]


def test_a_wish_of_the_server_holds_for_whoever_waits_already(clock: Clock) -> None:
    """The wish comes while another thread waits for its turn: it waits on."""

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        if len(clock.slept) == 1:
            pace.pause(7)

    pace = Pace(1.0, 2, clock=clock, sleep=sleep)
    pace.wait_turn()
    pace.wait_turn()
    assert clock.slept == [1.0, 7.0]


def test_a_shorter_wish_does_not_end_a_longer_one(clock: Clock) -> None:
    pace = Pace(1.0, 2, clock=clock, sleep=clock.sleep)
    pace.pause(9)
    pace.pause(3)
    pace.wait_turn()
    assert clock.slept == [9]


def test_a_long_wait_is_said(clock: Clock, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    pace = Pace(1.0, 1, clock=clock, sleep=clock.sleep)
    pace.pause(10)
    pace.wait_turn()
    assert caplog.text == ""
    pace.pause(75)
    pace.wait_turn()
    assert "Menunggu 75 detik sebelum permintaan berikut." in caplog.text
