"""The time that a look may take: what a server makes us wait is taken off it, and nothing is asked beyond."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from connectors.web.pacing import Allowance
from connectors.web.session import PoliteSession
from core.errors import OutOfTimeError
from standins.bps import BpsStandin
from tests.connectors.given.recorded import Clock


def allowed(bps: BpsStandin, session: PoliteSession, allowance: Allowance) -> int:
    return session.get(f"{bps.url}/list", {"model": "unit", "key": bps.key}, allowance=allowance).status


def test_what_a_server_makes_us_wait_is_taken_off_the_allowance(
    bps: BpsStandin, make: Callable[..., PoliteSession], clock: Clock
) -> None:
    bps.fail_with("too_many_429", times=1)
    allowance = Allowance(60)
    assert allowed(bps, make(), allowance) == 200
    assert allowance.left == 53.0


def test_what_we_wait_of_our_own_accord_is_not(bps: BpsStandin, make: Callable[..., PoliteSession]) -> None:
    session, allowance = make(), Allowance(60)
    for _ in range(3):
        allowed(bps, session, allowance)
    assert allowance.left == 60


def test_with_a_used_up_allowance_nothing_is_asked(
    bps: BpsStandin, make: Callable[..., PoliteSession]
) -> None:
    session = make()
    for _ in range(7):
        with pytest.raises(
            OutOfTimeError, match=r"Waktu yang disediakan \(0 detik\) habis sebelum"
        ) as caught:
            allowed(bps, session, Allowance(0))
        assert not caught.value.retryable
    assert bps.requests == []
    assert session.opened_until is None, "it says nothing about the server"


def test_an_allowance_that_ends_while_we_wait_to_try_again_ends_the_wait(
    bps: BpsStandin, make: Callable[..., PoliteSession], clock: Clock
) -> None:
    bps.fail_with("too_many_429")
    with pytest.raises(OutOfTimeError):
        allowed(bps, make(), Allowance(5))
    assert clock.slept[0] == 5.0
    assert len(bps.requests) == 1


def test_an_answer_is_cut_off_where_the_allowance_ends(
    bps: BpsStandin, make: Callable[..., PoliteSession]
) -> None:
    bps.fail_with("stall")
    session = make(clock=time.monotonic, sleep=time.sleep)
    with pytest.raises(OutOfTimeError):
        allowed(bps, session, Allowance(0.1))
    assert len(bps.requests) == 1
