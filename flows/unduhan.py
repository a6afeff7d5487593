"""``serap-unduhan-bps``: takes in what a person downloaded from BPS, has the report remade."""

from __future__ import annotations

from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from core.errors import LkjipError
from flows.hooks import TELLING
from flows.reporting import after_refresh, as_markdown, failed, open_workspace, run_name, show_note
from flows.segarkan import segarkan_laporan
from jobs.downloads import DownloadsResult, read_downloads
from jobs.workspace import Workspace


@task(name="baca-berkas-unduhan", cache_policy=NO_CACHE)
def baca_berkas(workspace: Workspace) -> DownloadsResult:
    """Take every file that stands still in the folder; each as a whole or not at all."""
    return read_downloads(workspace)


@flow(name="serap-unduhan-bps", flow_run_name=lambda: run_name("serap"), **TELLING)
def serap_unduhan_bps(agency: str | None = None, year: int | None = None) -> State[Any]:
    """Take in downloaded files of BPS; on new figures, have the report remade and sent.

    Args:
        agency: The office; that of ``LKJIP_AGENCY`` when left out.
        year: The reporting year; that of ``LKJIP_YEAR`` when left out.
    """
    logger = get_run_logger()
    try:
        result = baca_berkas(open_workspace(agency, year))
    except LkjipError as error:
        return failed(error)
    logger.info(result.message)
    if result.files:
        show_note("berkas-unduhan-bps", _note(result))
    if not result.news:
        return Completed(message=result.message, data=result)
    refreshed = segarkan_laporan(agency, year, cause=result.message, return_state=True)
    return after_refresh(result.message, refreshed)


def _note(result: DownloadsResult) -> str:
    """What became of each file as a list in Markdown, whose long lines are wrapped and not cut off."""
    message, *lines = result.as_text().splitlines()
    items = [f"{line[: len(line) - len(line.lstrip())]}- {as_markdown(line.strip())}" for line in lines]
    return "\n".join([as_markdown(message), "", *items])
