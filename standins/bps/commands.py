"""Moving the stand-in from outside while it runs: its day, its calendar, its misbehaviour.

curl -X POST --data 2024-04-04 http://127.0.0.1:8391/_standin/today
curl -X POST --data release_2025 http://127.0.0.1:8391/_standin/scenario
curl -X POST --data '{"name": "latency", "seconds": 2, "model": "data", "times": 3}' …/_standin/fault
curl -X POST …/_standin/behave
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any, Protocol

from standins.bps import pages
from standins.bps.faults import FAULTS, json_reply
from standins.bps.scenarios import SCENARIOS
from standins.serving import Reply


class Movable(Protocol):
    """A stand-in as far as it can be moved from outside."""

    @property
    def today(self) -> date:
        """The stand-in's day."""

    def set_today(self, day: date) -> None:
        """Move the clock."""

    def set_scenario(self, scenario: str) -> None:
        """Let another calendar hold."""

    def fail_with(
        self,
        name: str,
        *,
        times: int | None = ...,
        model: str = ...,
        domain: str = ...,
        seconds: float | None = ...,
    ) -> None:
        """Misbehave."""

    def behave(self) -> None:
        """End all misbehaviour."""


def command(standin: Movable, path: str, text: str) -> Reply:
    """Do what was posted to ``/_standin/…`` and say how things stand."""
    do = _COMMANDS.get(path.removeprefix("/_standin/"))
    if do is None:
        return Reply(404, "text/plain", pages.NO_ROUTE)
    try:
        return json_reply(do(standin, text.strip()))
    except (ValueError, KeyError, TypeError) as cause:
        return Reply(400, "text/plain; charset=utf-8", str(cause.args[0] if cause.args else cause).encode())


def read_fault(text: str) -> dict[str, Any]:
    """A fault as the shell writes it: ``null``, ``null@data``, ``latency=2.5``, ``latency@data=2.5``.

    Raises:
        ValueError: There is no such fault, or the seconds are no number.
    """
    named, _, seconds = text.partition("=")
    name, _, model = named.partition("@")
    if name not in FAULTS:
        raise ValueError(f"galat {name!r} tidak ada; yang ada: {', '.join(sorted(FAULTS))}")
    return {"name": name, "model": model, "seconds": float(seconds) if seconds else None}


def _today(standin: Movable, text: str) -> dict[str, Any]:
    try:
        standin.set_today(date.fromisoformat(text))
    except ValueError:
        raise ValueError("tulis tanggal sebagai 2024-04-04") from None
    return {"today": standin.today.isoformat()}


def _scenario(standin: Movable, text: str) -> dict[str, Any]:
    if text not in SCENARIOS:
        raise ValueError(f"skenario {text!r} tidak ada; yang ada: {', '.join(sorted(SCENARIOS))}")
    standin.set_scenario(text)
    return {"scenario": text, "today": standin.today.isoformat()}


def _fault(standin: Movable, text: str) -> dict[str, Any]:
    given = json.loads(text) if text.startswith("{") else read_fault(text)
    known = {"name", "times", "model", "domain", "seconds"}
    if set(given) - known or given.get("name") not in FAULTS:
        raise ValueError(f"tulis {sorted(known)}; galat yang ada: {', '.join(sorted(FAULTS))}")
    times, seconds = given.get("times"), given.get("seconds")
    asked: dict[str, Any] = {
        "name": str(given["name"]),
        "times": None if times is None else int(times),
        "model": str(given.get("model") or ""),
        "domain": str(given.get("domain") or ""),
        "seconds": None if seconds is None else float(seconds),
    }
    standin.fail_with(**asked)
    return asked


def _behave(standin: Movable, _text: str) -> dict[str, Any]:
    standin.behave()
    return {"behaves": True}


_COMMANDS: dict[str, Callable[[Movable, str], dict[str, Any]]] = {
    "today": _today,
    "scenario": _scenario,
    "fault": _fault,
    "behave": _behave,
}
