"""The runs that a worker has started, when everything is to end."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

FINISH_SECONDS = 60.0
"""So long a run under way may go on when all is stopped; most take some ten seconds."""
_OBEY_SECONDS = 10.0
_BETWEEN_LOOKS = 0.2


def end_runs(api_url: str, say: Callable[[str], None], *, patience: float = FINISH_SECONDS) -> None:
    """Wait for the runs of a Prefect server on this machine, and end those that take too long.

    Such a one tells the server, which must still be there, that it crashed; else it would stand as
    running for good and hold back the next ones.

    Args:
        api_url: Of the server.
        say: Told what is waited for.
        patience: Seconds until they are asked to end.
    """
    left = processes_of_runs(api_url)
    if not left:
        return
    say(f"Menunggu jalan yang sedang berlangsung, paling lama {patience:.0f} detik …")
    if wait_for_runs(api_url, patience):
        return
    say("Jalan yang belum selesai dihentikan.")
    for number, seconds in ((signal.SIGTERM, _OBEY_SECONDS), (signal.SIGKILL, 1.0)):
        for process in processes_of_runs(api_url):
            with suppress(OSError):
                os.kill(process, number)
        if wait_for_runs(api_url, seconds):
            return


def processes_of_runs(api_url: str, started_by: int | None = None) -> list[int]:
    """The processes of this machine that carry out runs of the server at ``api_url``.

    Args:
        api_url: Of the server.
        started_by: Only those that this process has started; all when left out.
    """
    marks = (b"PREFECT__FLOW_RUN_ID=", f"PREFECT_API_URL={api_url}".encode())
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # ended meanwhile, or another user's
            variables = place.read_bytes().split(b"\0")
            is_run = marks[1] in variables and any(variable.startswith(marks[0]) for variable in variables)
            if is_run and started_by in (None, _parent(place.parent)):
                found.append(int(place.parent.name))
    return found


def wait_for_runs(api_url: str, seconds: float, started_by: int | None = None) -> bool:
    """Whether all runs ended within so many seconds; see :func:`processes_of_runs`."""
    end = time.monotonic() + seconds
    while processes_of_runs(api_url, started_by):
        if time.monotonic() > end:
            return False
        time.sleep(_BETWEEN_LOOKS)
    return True


def _parent(process: Path) -> int:
    """The number after the state, which follows the name in brackets (proc(5))."""
    return int((process / "stat").read_bytes().rpartition(b")")[2].split()[1])
