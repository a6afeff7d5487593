from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from connectors.web.session import PoliteSession
from standins.bps import BpsStandin
from tests.connectors.given.asking import NOW
from tests.connectors.given.recorded import AGENT, Clock


@pytest.fixture
def make(bps: BpsStandin, clock: Clock) -> Iterator[Callable[..., PoliteSession]]:
    sessions: list[PoliteSession] = []

    def build(**options: object) -> PoliteSession:
        chosen = {"clock": clock, "sleep": clock.sleep, "jitter": lambda: 0.0, "now": lambda: NOW, **options}
        sessions.append(PoliteSession(AGENT, secret=bps.key, **chosen))
        return sessions[-1]

    yield build
    for session in sessions:
        session.close()
