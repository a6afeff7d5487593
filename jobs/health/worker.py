"""The worker that carries out the planned runs, and that stops when it is told to.

Prefect's own worker (3.8.8) cannot be asked to end: while its server is gone it waits for it for good, and
else it takes the runs under way with it, which then stand as running and hold back the next ones. So it
runs below this process, which ends it for it; what it started goes on and tells the server how it ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
from types import FrameType

from jobs.health.deploy import PREFECT, QUIET

POOL = "lkjip"
WORKER = ("worker", "start", "--pool", POOL, "--type", "process")
"""What Prefect is told to be the worker of that pool."""


def run_worker(api_url: str) -> int:
    """Run a process worker until it ends or this process gets SIGTERM or SIGINT; its exit code.

    Args:
        api_url: Of the Prefect server.
    """
    asked = False
    worker: subprocess.Popen[bytes] | None = None

    def end(_signal: int = signal.SIGTERM, _frame: FrameType | None = None) -> None:
        nonlocal asked
        asked = True
        if worker is not None:
            worker.kill()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    worker = subprocess.Popen(
        [PREFECT, *WORKER],
        env={**os.environ, **QUIET, "PREFECT_API_URL": api_url},
        start_new_session=True,  # Ctrl+C reaches this process alone
    )
    if asked:
        end()  # while it was being started
    code = worker.wait()
    return 0 if asked else code
