"""A stand-in of SP2KP, and a client of it that waits for nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from connectors.prices.sp2kp.client import Sp2kpClient
from connectors.web.session import PoliteSession
from standins.prices.sp2kp import Sp2kpStandin
from tests.connectors.given.recorded import AGENT, Clock


@pytest.fixture
def sp2kp() -> Iterator[Sp2kpStandin]:
    with Sp2kpStandin(date(2026, 7, 28)) as standin:
        yield standin


@pytest.fixture
def client(sp2kp: Sp2kpStandin) -> Iterator[Sp2kpClient]:
    clock = Clock()
    session = PoliteSession(AGENT, clock=clock, sleep=clock.sleep, jitter=lambda: 0.0)
    yield Sp2kpClient(sp2kp.url, session)
    session.close()
