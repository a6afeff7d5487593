"""A request to the stand-in through a polite session, and the moment at which it is asked."""

from __future__ import annotations

from datetime import UTC, datetime

from connectors.web.session import PoliteSession
from standins.bps import BpsStandin

NOW = datetime(2024, 4, 4, 1, 0, tzinfo=UTC)


def ask(bps: BpsStandin, session: PoliteSession, **params: str) -> int:
    params = {"model": "unit", "domain": "3529", "key": bps.key, **params}
    return session.get(f"{bps.url}/list", params).status
