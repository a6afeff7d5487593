"""``segarkan-laporan``: recomputes every capaian and makes a new issue when something changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from core.errors import LkjipError
from core.page import draft_address, issue_address, office_address
from flows.health import TELLING
from flows.mail import kirim_laporan
from flows.reporting import (
    failed,
    in_turn,
    open_workspaces,
    put_together,
    run_name,
    show_change,
    show_draft,
    show_standing,
    waits,
)
from jobs.report.approval.drafting import Drafted
from jobs.report.refresh import Refreshed, refresh, was_issued
from jobs.workspace import Workspace

NEVER_ISSUED = "Belum ada tahun yang pernah terbit; terbitan pertama dibuat dengan menyebut tahunnya."


@task(name="hitung-dan-susun-laporan", cache_policy=NO_CACHE)
def hitung_dan_susun(workspace: Workspace, cause: str) -> Refreshed:
    """Compute, render and record the issue with its mail; all of it or nothing."""
    return refresh(workspace, cause)


@flow(name="segarkan-laporan", flow_run_name=lambda: run_name("segarkan"), **TELLING)
@in_turn
def segarkan_laporan(agency: str | None = None, year: int | None = None, cause: str = "") -> State[Any]:
    """Menghitung kembali semua capaian dari data kini; bila ada yang berubah, membuat terbitan baru dan
    mengirimnya.

    Args:
        agency: Kantor (nama mapnya); kosong berarti menurut pengaturan LKJIP_AGENCY.
        year: Tahun laporan; kosong berarti LKJIP_YEAR, atau semua tahun yang terbuka.
        cause: Sebab yang ditulis pada terbitan; kosong berarti menurut apa yang berubah.
    """
    try:
        states = segarkan_tahun(agency, open_workspaces(agency, year), cause)
    except LkjipError as error:
        return failed(error)
    return put_together(states) if states else Completed(message=NEVER_ISSUED)


def segarkan_tahun(
    agency: str | None, spaces: Sequence[Workspace], cause: str, *, send: bool = True
) -> dict[int, State[Any]]:
    """Make the report of an office again for each of its years, in the run that calls; how each ended.

    Args:
        agency: The office, as the flow that sends is given it.
        spaces: Its open years; of several only those that were issued before.
        cause: As :func:`segarkan_laporan` takes it.
        send: Otherwise the mails stay in the outbox, for who makes many issues and sends once.

    Raises:
        LkjipError: The office's data or the database cannot be used.
    """
    due = [space for space in spaces if len(spaces) == 1 or was_issued(space)]
    return {space.year: _segarkan(agency, space, cause, send) for space in due}


def _segarkan(agency: str | None, space: Workspace, cause: str, send: bool) -> State[Any]:
    """Make the report of one year again, and send it if it changed."""
    logger = get_run_logger()
    try:
        refreshed = hitung_dan_susun(space, cause)
    except LkjipError as error:
        return failed(error)
    if refreshed.draft is not None:
        return _wait_for_approval(agency, space, refreshed, refreshed.draft, send=send)
    if refreshed.issue is None:
        (logger.warning if refreshed.lacking else logger.info)(refreshed.as_text())
        _show(space, refreshed, standing=send)
        return Completed(message=refreshed.as_text(), data=refreshed)
    logger.info("%s tersimpan di %s", refreshed.issue.title, refreshed.issue.place)
    if not send:
        _show(space, refreshed, standing=False)
        return Completed(message=f"{refreshed.issue.title} terbit.", data=refreshed)
    sending = kirim_laporan(agency, space.year, return_state=True)
    _show(space, refreshed, standing=True)  # after the mail, which people wait for
    if not sending.is_completed() or sending.name != Completed().name:
        return waits(f"{refreshed.issue.title} terbit, tetapi belum terkirim. {sending.message}", refreshed)
    return Completed(message=f"{refreshed.issue.title} terbit; {sending.message}", data=refreshed)


def _wait_for_approval(
    agency: str | None, space: Workspace, refreshed: Refreshed, draft: Drafted, *, send: bool
) -> State[Any]:
    """The end of a run whose report waits for a person: no run is paused, the draft is in our database."""
    get_run_logger().info(refreshed.as_text())
    show_draft(draft, draft_address(space.settings, space.office_id, space.year, draft.name))
    said = refreshed.as_text()
    if draft.fresh and send:
        sending = kirim_laporan(agency, space.year, return_state=True)
        if not sending.is_completed() or sending.name != Completed().name:
            return waits(f"{draft.heading} menunggu persetujuan. {sending.message}", refreshed)
        said = f"{draft.heading} menunggu persetujuan; {sending.message}"
    if send:
        show_standing(space, office_address(space.settings, space.office_id))
    return Completed(name="Menunggu persetujuan", message=said, data=refreshed)


def _show(space: Workspace, refreshed: Refreshed, *, standing: bool) -> None:
    """Put what changed among the artifacts, and how the year stands; who makes many issues has a table."""
    if refreshed.issue is not None:
        number = refreshed.issue.number
        show_change(refreshed, issue_address(space.settings, space.office_id, space.year, number))
    if standing:
        show_standing(space, office_address(space.settings, space.office_id))
