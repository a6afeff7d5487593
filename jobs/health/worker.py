"""The worker that carries out the planned runs, and that stops when it is told to.

Prefect's own worker (3.8.8) cannot be asked to end: while its server is gone it waits for it for good, and
else it takes the runs under way with it, which then stand as running and hold back the next ones. So it
runs below this process, which holds it, so that it starts nothing more and what its runs say still has a
reader, waits for these, and ends it for it; one that takes longer goes on and tells the server how it ended.
"""

from __future__ import annotations

import os
import signal
import subprocess
from contextlib import suppress
from types import FrameType

from jobs.health.deploy import PREFECT, QUIET
from jobs.health.runs import FINISH_SECONDS, wait_for_runs

POOL = "lkjip"
WORKER = ("worker", "start", "--pool", POOL, "--type", "process")
"""What Prefect is told to be the worker of that pool."""


class _AskedAgain(Exception):
    """Whoever stops the worker has no more patience."""


def worker_words(runs: int | None) -> tuple[str, ...]:
    """What Prefect is told to be a worker that has at most ``runs`` under way; as many as come for None.

    One is too few: a round over all offices waits as a run for the runs that it starts.
    """
    return WORKER if runs is None else (*WORKER, "--limit", str(runs))


def run_worker(api_url: str, runs: int | None = None) -> int:
    """Run a process worker until it ends or this process gets SIGTERM or SIGINT; its exit code.

    The runs under way are waited for, for a minute at most, or until it is asked a second time.

    Args:
        api_url: Of the Prefect server.
        runs: As :func:`worker_words` takes it.
    """
    asked = waiting = False
    worker: subprocess.Popen[bytes] | None = None

    def end(_signal: int, _frame: FrameType | None) -> None:
        nonlocal asked, waiting
        if waiting:
            raise _AskedAgain
        if asked or worker is None:
            asked = True
            return
        asked = waiting = True
        worker.send_signal(signal.SIGSTOP)
        with suppress(_AskedAgain):
            wait_for_runs(api_url, FINISH_SECONDS, started_by=worker.pid)
        waiting = False
        worker.kill()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, end)
    worker = subprocess.Popen(
        [PREFECT, *worker_words(runs)],
        env={**os.environ, **QUIET, "PREFECT_API_URL": api_url},
        start_new_session=True,  # Ctrl+C reaches this process alone
    )
    if asked:  # while it was being started
        worker.kill()
    code = worker.wait()
    return 0 if asked else code
