"""The rate and the time that is allowed hold over all threads together."""

from __future__ import annotations

import threading

from connectors.web.pacing import Allowance, Pace
from tests.connectors.given.recorded import Clock


def test_starts_are_apart_by_the_interval_over_all_threads(clock: Clock) -> None:
    pace = Pace(2.0, clock=clock, sleep=clock.sleep)
    threads = [threading.Thread(target=lambda: [pace() for _ in range(3)]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert clock.slept == [0.5] * 11


def test_time_that_passed_anyway_is_not_waited_for(clock: Clock) -> None:
    pace = Pace(1.0, clock=clock, sleep=clock.sleep)
    pace()
    clock.now += 0.75
    pace()
    clock.now += 5
    pace()
    assert clock.slept == [0.25]


def test_an_allowance_is_shared_and_never_below_nothing() -> None:
    allowance = Allowance(3.0)
    threads = [threading.Thread(target=lambda: [allowance.spend(0.25) for _ in range(4)]) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert allowance.left == 1.0
    allowance.spend(5)
    assert allowance.left == 0
    assert Allowance().left == float("inf")
