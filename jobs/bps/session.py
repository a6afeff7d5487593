"""The one session with BPS that a look uses: the office's name, its limits, and the circuit between runs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from connectors.bps import BpsClient
from connectors.web.session import PoliteSession
from jobs.circuits import lasting_circuit, office_agent
from jobs.rates import pace_of
from jobs.workspace import Workspace


@contextmanager
def open_client(workspace: Workspace, *, concurrency: int = 1, now: bool = False) -> Iterator[BpsClient]:
    """The client for BPS under the office's name, within the limits of the settings.

    The circuit is the one that the last run left: a server that failed again and again is left alone
    by the next run too.

    Args:
        workspace: Whose settings and office these are.
        concurrency: How many requests may be under way at once; more than one only for many regions.
        now: One request is tried although BPS is left alone for a while.

    Raises:
        SettingsError: ``LKJIP_BPS_URL`` is empty.
    """
    settings = workspace.settings
    url = settings.filled("bps_url")
    key = settings.bps_key.get_secret_value()
    with lasting_circuit(workspace, url, now=now) as circuit:
        session = PoliteSession(
            office_agent(workspace),
            secret=key,
            requests_per_second=settings.bps_requests_per_second,
            pace=pace_of(workspace, "bps"),
            concurrency=concurrency,
            circuit=circuit,
        )
        try:
            yield BpsClient(url, key, session, look_seconds=settings.bps_look_seconds)
        finally:
            session.close()
