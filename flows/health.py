"""What every flow does at its end: a failure opens a trouble that the technician hears of, success closes it.

A flow that was called by another one is silent: the one above tells, with its words. A run whose process is
dead runs no hook; ``lkjip watch`` finds it.
"""

from __future__ import annotations

import logging
from typing import Any

from prefect import Flow
from prefect.client.schemas.objects import FlowRun, State

from core.errors import LkjipError
from flows.reporting import open_workspace
from jobs.health.schedule import TOLD_ELSEWHERE, failed_run, run_key
from jobs.health.troubles import report_findings, send_troubles
from jobs.workspace import Workspace

logger = logging.getLogger(__name__)
_UNTOLD = "Teknisi belum diberi tahu tentang %s: %s"

# Prefect calls the hooks of a run whose process is dead by keyword: their parameters bear its names.


def _tell_failure(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    _tell(flow, flow_run, state)


def _tell_success(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    _tell(flow, flow_run, state)


def _tell(flow: Flow[Any, Any], run: FlowRun, state: State[Any]) -> None:
    if run.parent_task_run_id is not None:
        return
    try:
        space = open_workspace(run.parameters.get("agency"), run.parameters.get("year"))
    except LkjipError as error:
        logger.warning(_UNTOLD, flow.name, error)
    else:
        tell_end(space, flow.name, state)


def tell_end(space: Workspace, flow: str, state: State[Any]) -> None:
    """Open or close the trouble that a flow fails for the office and year of ``space``.

    Args:
        space: The office and year as the flow would be given them.
        flow: Its name.
        state: How it ended, or how its work for this office did within another flow.
    """
    settings = space.settings
    fine = state.is_completed() or state.name == TOLD_ELSEWHERE
    end = (flow, settings.agency, settings.year)
    found = [] if fine else [failed_run(*end, state.name or "", state.message or "")]
    try:
        reported = report_findings(space, found, [run_key(*end)])
        if reported.opened or reported.closed:
            send_troubles(space)
    except LkjipError as error:
        # What cannot be told now is found by `lkjip watch`, which looks from outside.
        logger.warning(_UNTOLD, flow, error)


TELLING: dict[str, Any] = {
    "on_failure": [_tell_failure],
    "on_crashed": [_tell_failure],
    "on_completion": [_tell_success],
}
"""For ``@flow(…, **TELLING)``."""
