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
    if _wait_for_end(api_url, patience):
        return
    say("Jalan yang belum selesai dihentikan.")
    for number, seconds in ((signal.SIGTERM, _OBEY_SECONDS), (signal.SIGKILL, 1.0)):
        for process in processes_of_runs(api_url):
            with suppress(OSError):
                os.kill(process, number)
        if _wait_for_end(api_url, seconds):
            return


def processes_of_runs(api_url: str) -> list[int]:
    """The processes of this machine that carry out runs of the server at ``api_url``."""
    marks = (b"PREFECT__FLOW_RUN_ID=", f"PREFECT_API_URL={api_url}".encode())
    found = []
    for place in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):  # ended meanwhile, or another user's
            variables = place.read_bytes().split(b"\0")
            if marks[1] in variables and any(variable.startswith(marks[0]) for variable in variables):
                found.append(int(place.parent.name))
    return found


def _wait_for_end(api_url: str, seconds: float) -> bool:
    end = time.monotonic() + seconds
    while processes_of_runs(api_url):
        if time.monotonic() > end:
            return False
        time.sleep(_BETWEEN_LOOKS)
    return True
