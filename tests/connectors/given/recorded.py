"""Recorded answers of BPS as bytes, and a clock that passes only by sleeping."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from connectors.web.session import user_agent
from connectors.web.transport import Fetched

SAMPLES = Path(__file__).parents[1] / "samples"
AGENT = user_agent("0.1", "Dinas Contoh", "perencana@dinas.example")


def sample(name: str) -> bytes:
    """A recorded body; some recordings keep it under ``body`` beside the request."""
    content = (SAMPLES / name).read_bytes()
    if name.endswith(".json"):
        recorded = json.loads(content)
        if "body" in recorded and "request" in recorded:
            return json.dumps(recorded["body"]).encode()
    return content


def payload(name: str) -> dict[str, Any]:
    return json.loads(sample(name), parse_float=Decimal)


def fetched(content: bytes, status: int = 200) -> Fetched:
    return Fetched("https://bps.example/?key=***", status, {}, content, datetime(2024, 4, 4, tzinfo=UTC))


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds
