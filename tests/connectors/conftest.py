"""A stand-in to read from without waiting."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from connectors.bps import BpsClient
from connectors.web.session import PoliteSession
from standins.bps import BpsStandin
from tests.connectors.given.recorded import AGENT, Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bps() -> Iterator[BpsStandin]:
    with BpsStandin(today=date(2024, 4, 4)) as standin:
        yield standin


@pytest.fixture
def session(bps: BpsStandin, clock: Clock) -> Iterator[PoliteSession]:
    made = PoliteSession(
        AGENT, secret=bps.key, clock=clock, sleep=clock.sleep, jitter=lambda: 0.0, read_timeout=5.0
    )
    yield made
    made.close()


@pytest.fixture
def client(bps: BpsStandin, session: PoliteSession) -> BpsClient:
    return BpsClient(bps.url, bps.key, session)
