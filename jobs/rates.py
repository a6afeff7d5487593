"""How fast the sources may be asked: by one process, and by all workers together."""

from __future__ import annotations

import time
from collections.abc import Callable

from connectors.prefect_limits import SharedRate
from connectors.web.pacing import Pace, Paces
from core.settings import Settings
from jobs.workspace import Workspace

_PREFIX = "lkjip-"
_SETTINGS = {
    "bps": "bps_requests_per_second",
    "siskaperbapo": "prices_requests_per_second",
    "sp2kp": "prices_requests_per_second",
}
"""By the name of a source: the setting that bounds it."""


def rate_of(settings: Settings, source: str) -> float:
    """Requests a second that a source may be asked.

    Args:
        settings: Which say so.
        source: ``bps``, ``siskaperbapo`` or ``sp2kp``.
    """
    return float(getattr(settings, _SETTINGS[source]))


def shared_rates(settings: Settings) -> dict[str, float]:
    """The limits that ``lkjip deploy`` puts on the Prefect server: requests a second by the limit's name."""
    return {_PREFIX + source: rate_of(settings, source) for source in _SETTINGS}


def pace_of(workspace: Workspace, source: str) -> Callable[[], None] | None:
    """Waits until a request to a source may start: in a run of a flow by what all workers together may do.

    None for a command, whose session keeps the rate by itself.
    """
    if not workspace.in_flow:
        return None
    settings = workspace.settings
    own = Pace(rate_of(settings, source), clock=time.monotonic, sleep=time.sleep)
    return Paces(own, SharedRate(settings.prefect_api_url, _PREFIX + source))
