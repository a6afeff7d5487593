"""What every flow does at its end: a failure opens a trouble that the technician hears of, success closes it.

A flow that was called by another one is silent: the one above tells, with its words. A run whose process is
dead runs no hook; ``catat-jalan-mati`` speaks for it, started by an automation of the server.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from prefect import Flow, flow, get_run_logger
from prefect.client.schemas.objects import FlowRun, State
from prefect.states import Completed

from core.errors import LkjipError
from flows.reporting import failed, open_workspace
from jobs.health.dead_runs import tell_dead_run
from jobs.health.schedule import failed_run, run_key
from jobs.health.troubles import Finding, report_findings, send_troubles
from jobs.workspace import Workspace

logger = logging.getLogger(__name__)

# Prefect calls the hooks of a run whose process is dead by keyword: their parameters bear its names.


def _tell_failure(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    def found(space: Workspace) -> list[Finding]:
        settings = space.settings
        return [failed_run(flow.name, settings.agency, settings.year, state.name or "", state.message or "")]

    _report(flow, flow_run, found)


def _tell_success(flow: Flow[Any, Any], flow_run: FlowRun, state: State[Any]) -> None:
    _report(flow, flow_run, lambda _: [])


def _report(flow: Flow[Any, Any], run: FlowRun, found: Callable[[Workspace], list[Finding]]) -> None:
    if run.parent_task_run_id is not None:
        return
    try:
        space = open_workspace(run.parameters.get("agency"), run.parameters.get("year"))
        key = run_key(flow.name, space.settings.agency, space.settings.year)
        reported = report_findings(space, found(space), [key])
        if reported.opened or reported.closed:
            send_troubles(space)
    except LkjipError as error:
        # What cannot be told now is found by `lkjip watch`, which looks from outside.
        logger.warning("Teknisi belum diberi tahu tentang %s: %s", flow.name, error)


TELLING: dict[str, Any] = {
    "on_failure": [_tell_failure],
    "on_crashed": [_tell_failure],
    "on_completion": [_tell_success],
}
"""For ``@flow(…, **TELLING)``."""


@flow(name="catat-jalan-mati", flow_run_name="catat jalan mati", **TELLING)
def catat_jalan_mati(run: str) -> State[Any]:
    """Menyatakan mati sebuah jalan yang prosesnya sudah tidak ada, dan memberi tahu teknisi. Dimulai oleh
    otomasi server Prefect bila delapan menit tidak ada tanda hidup dari jalan itu.

    Args:
        run: Id jalan itu.
    """
    try:
        found = tell_dead_run(open_workspace(None, None), run)
    except LkjipError as error:
        return failed(error)
    get_run_logger().info(found.said)
    return Completed(message=found.said)
