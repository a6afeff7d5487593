"""Runs whose process died without telling anybody: by its own account such a one goes on for good.

A worker tells of a run that died under it, not of those that died with it. Prefect's own recipe, an
automation that waits for the next sign of life, is no help where runs take seconds: the first sign reaches
the server after the end of the run, which it then takes for dead.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from connectors.prefect_server import PrefectServer, Run

SILENT = timedelta(minutes=15)
"""A run gives a sign of life every three minutes."""
_DEAD = "Prosesnya mati tanpa sempat melapor; lima belas menit tidak ada tanda hidupnya."


def end_dead_runs(server: PrefectServer, now: datetime) -> list[Run]:
    """Write down that runs without any sign of life have crashed; what looks at ended runs then tells it.

    While the server keeps no signs at all, nothing is said of any run.

    Args:
        server: Whose runs.
        now: The real moment.

    Returns:
        Those that are dead.

    Raises:
        ScheduleError: The server does not answer as it should.
    """
    since = now - SILENT
    old = [run for run in server.unended(None) if (run.started_at or now) < since]
    if not old or not server.told_since(now - SILENT / 3):
        return []
    dead = [run for run in old if not server.told_since(since, run)]
    for run in dead:
        server.crash(run, _DEAD)
    return dead
