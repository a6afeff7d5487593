"""The parts as the supervisor (https://supervisord.org) reads them."""

from __future__ import annotations

import shlex
from collections.abc import Sequence
from pathlib import Path

from core.settings import PROJECT
from jobs.health.serving.parts import Part

OWN_LOG = "pengawas"
"""The supervisor's own log: when each part began and ended, and how."""
_TRIES = 1_000_000
"""A part is never given up; the pause between two tries grows by a second each time."""


def configuration(parts: Sequence[Part], folder: Path, logs: Path) -> str:
    """The supervisor's file of settings.

    Args:
        parts: In the order of their start.
        folder: Where the supervisor keeps its process id.
        logs: Where each part has a log, turned over when it is full.
    """
    own = {
        "nodaemon": "true",
        "silent": "true",
        "nocleanup": "true",
        "pidfile": folder / "supervisord.pid",
        "logfile": logs / f"{OWN_LOG}.log",
        "logfile_maxbytes": "1MB",
        "logfile_backups": "3",
    }
    sections = [_section("supervisord", own)]
    sections += [_section(f"program:{part.name}", _program(part, logs, order))
                 for order, part in enumerate(parts, start=1)]  # fmt: skip
    return "\n".join(sections)


def _program(part: Part, logs: Path, order: int) -> dict[str, object]:
    return {
        "command": shlex.join(part.command),
        "directory": PROJECT,
        "priority": order,
        "autostart": "false" if part.waits else "true",
        "autorestart": "unexpected" if part.once else "true",
        "exitcodes": "0",
        "startsecs": part.steady,
        "startretries": _TRIES,
        "stopsignal": part.stop_signal,
        "stopwaitsecs": part.stop_seconds,
        "stopasgroup": "true",
        "killasgroup": "true",
        "redirect_stderr": "true",
        # The supervisor puts its values into this one twice, so a % of it is written four times.
        "stdout_logfile": str(logs / f"{part.name}.log").replace("%", "%%"),
        "stdout_logfile_maxbytes": "5MB",
        "stdout_logfile_backups": "3",
    }


def _section(name: str, values: dict[str, object]) -> str:
    lines = [f"{key}={str(value).replace('%', '%%')}\n" for key, value in values.items()]
    return f"[{name}]\n{''.join(lines)}"
