"""The worker that carries out the planned runs, and that stops when it is told to.

Prefect's own worker does not end on SIGTERM while its server is gone (3.8.8: it waits for the server for
good). So it runs below this process, which asks it to end and, when that takes too long, kills it.
"""

from __future__ import annotations

import os
import signal
import subprocess
from types import FrameType

from jobs.health.deploy import PREFECT, QUIET

POOL = "lkjip"
STOP_SECONDS = 10.0
"""So long a worker may take to end by itself; a run under way goes on without it."""


def run_worker(api_url: str, *, patience: float = STOP_SECONDS) -> int:
    """Run a process worker until it ends or this process gets SIGTERM or SIGINT; its exit code.

    Args:
        api_url: Of the Prefect server.
        patience: So many seconds the worker gets to end after it was asked; then it is killed.
    """
    asked = False
    worker: subprocess.Popen[bytes] | None = None

    def ask(_signal: int = signal.SIGTERM, _frame: FrameType | None = None) -> None:
        nonlocal asked
        asked = True
        if worker is not None:
            worker.terminate()
            signal.setitimer(signal.ITIMER_REAL, patience)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, ask)
    worker = subprocess.Popen(
        [PREFECT, "worker", "start", "--pool", POOL, "--type", "process"],
        env={**os.environ, **QUIET, "PREFECT_API_URL": api_url},
        start_new_session=True,  # Ctrl+C reaches it once, from here
    )
    signal.signal(signal.SIGALRM, lambda *_: worker.kill())
    if asked:
        ask()  # while it was being started
    code = worker.wait()
    signal.setitimer(signal.ITIMER_REAL, 0)
    return 0 if asked else code
