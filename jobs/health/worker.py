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


def worker_words(runs: int | None) -> tuple[str, ...]:
    """What Prefect is told to be a worker that has at most ``runs`` under way; as many as come for None.

    One is too few: a round over all offices waits as a run for the runs that it starts.
    """
    return WORKER if runs is None else (*WORKER, "--limit", str(runs))


def run_worker(api_url: str, runs: int | None = None) -> int:
    """Run a process worker until it ends or this process gets SIGTERM or SIGINT; its exit code.

    Args:
        api_url: Of the Prefect server.
        runs: As :func:`worker_words` takes it.
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
        [PREFECT, *worker_words(runs)],
        env={**os.environ, **QUIET, "PREFECT_API_URL": api_url},
        start_new_session=True,  # Ctrl+C reaches this process alone
    )
    if asked:
        end()  # while it was being started
    code = worker.wait()
    return 0 if asked else code
