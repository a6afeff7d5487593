"""``pantau-rilis-bps``: looks whether BPS released PDRB, takes it in, has the report remade."""

from __future__ import annotations

from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.states import Completed, Failed
from prefect.tasks import Task

from connectors.bps import PdrbTable
from core.errors import LkjipError, SourceError
from flows.reporting import failed, open_workspace, run_name, show_note
from flows.segarkan import segarkan_laporan
from jobs.poll import PollResult, Sighting, keep_tables, look_for_release, read_tables, record_failure
from jobs.workspace import Workspace


def may_succeed_later(task: Task[Any, Any], run: TaskRun, state: State[Any]) -> bool:
    """Whether to try again: a firewall page or a dropped connection, never a refused key."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, SourceError) and error.retryable


@task(
    name="periksa-rilis",
    retries=2,
    retry_delay_seconds=[60, 600],
    retry_jitter_factor=0.5,
    retry_condition_fn=may_succeed_later,
    cache_policy=NO_CACHE,
)
def periksa_rilis(workspace: Workspace) -> Sighting:
    """Look in the lists of BPS for the tables of PDRB and the years they hold."""
    return look_for_release(workspace)


@task(
    name="baca-tabel-pdrb",
    retries=2,
    retry_delay_seconds=[60, 600],
    retry_jitter_factor=0.5,
    retry_condition_fn=may_succeed_later,
    cache_policy=NO_CACHE,
)
def baca_tabel(workspace: Workspace, sighting: Sighting) -> list[PdrbTable]:
    """Read the tables whole; a table that contradicts itself is refused."""
    return read_tables(workspace, sighting)


@task(name="simpan-observasi", cache_policy=NO_CACHE)
def simpan_observasi(workspace: Workspace, sighting: Sighting, tables: list[PdrbTable]) -> PollResult:
    """Keep snapshots and observations; what is already known makes no new vintage."""
    return keep_tables(workspace, sighting, tables)


@flow(name="pantau-rilis-bps", flow_run_name=lambda: run_name("pantau"))
def pantau_rilis_bps(agency: str | None = None, year: int | None = None) -> State[Any]:
    """Watch BPS for the PDRB of the reporting year; on news, have the report remade and sent.

    Args:
        agency: The office; that of ``LKJIP_AGENCY`` when left out.
        year: The reporting year; that of ``LKJIP_YEAR`` when left out.
    """
    logger = get_run_logger()
    try:
        workspace = open_workspace(agency, year)
        try:
            sighting = periksa_rilis(workspace)
            tables = baca_tabel(workspace, sighting)
            result = simpan_observasi(workspace, sighting, tables)
        except LkjipError as error:
            record_failure(workspace, error)
            raise
    except LkjipError as error:
        return failed(error)
    logger.info(result.message)
    if not tables:
        show_note("pemantauan-bps", result.message)
        return Completed(message=result.message, data=result)
    # Without news too: a run that ended between keeping a release and remaking the report is made up for.
    cause = result.message if result.news else "Angka PDRB dari BPS yang belum masuk laporan."
    refreshed = segarkan_laporan(agency, year, cause=cause, return_state=True)
    message = f"{result.message} {refreshed.message}"
    return Completed(message=message) if refreshed.is_completed() else Failed(message=message)
