from __future__ import annotations

import functools
from collections.abc import Callable

import pytest

from connectors.web.session import PoliteSession
from jobs.bps import session as bps_session
from jobs.bps.keep import PollResult
from jobs.bps.poll import poll_bps
from jobs.workspace import Workspace
from standins.bps import BpsStandin
from tests.connectors.given.recorded import Clock


@pytest.fixture
def polled(bps: BpsStandin, monkeypatch: pytest.MonkeyPatch) -> Callable[..., PollResult]:
    """Poll with faults; no real waiting between attempts, and little for an answer that does not come."""
    clock = Clock()
    impatient = functools.partial(PoliteSession, read_timeout=0.1, total_timeout=0.1)
    waiting = functools.partial(PoliteSession, read_timeout=1.0, total_timeout=1.0)
    patient = functools.partial(PoliteSession, clock=clock, sleep=clock.sleep)

    def poll(workspace: Workspace, faults: str = "", times: int | None = None, **how: bool) -> PollResult:
        names = faults.split("+") if faults else []
        slow = impatient if {"stall", "slow_drip"} & set(names) else None
        slow = waiting if "simdasi_stalls" in names else slow
        monkeypatch.setattr(bps_session, "PoliteSession", slow or patient)
        for name in names:
            bps.fail_with(name, times=times)
        try:
            return poll_bps(workspace, **how)
        finally:
            bps.behave()

    return poll
