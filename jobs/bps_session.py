"""The one session with BPS that a look uses: the office's name, its limits, and the circuit between runs."""

from __future__ import annotations

from importlib.metadata import version

from connectors.bps import BpsClient
from connectors.http import PoliteSession, user_agent
from jobs.workspace import Workspace


def open_client(workspace: Workspace, *, concurrency: int = 1) -> BpsClient:
    """The client for BPS under the office's name, within the limits of the settings.

    Args:
        workspace: Whose settings and office these are.
        concurrency: How many requests may be under way at once; more than one only for many regions.
    """
    settings, office = workspace.settings, workspace.agency.office
    key = settings.bps_key.get_secret_value()
    session = PoliteSession(
        user_agent(
            version("lkjip"), f"{office.short_name} {office.region}", settings.contact or office.contact
        ),
        secret=key,
        requests_per_second=settings.bps_requests_per_second,
        backoff=min(2.0, 2.0 / settings.bps_requests_per_second),
    )
    return BpsClient(settings.bps_url, key, session)
