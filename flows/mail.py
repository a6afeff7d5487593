"""``kirim-laporan``: hands the mails of the outboxes to the mail server."""

from __future__ import annotations

from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from core.errors import LkjipError
from flows.health import TELLING
from flows.reporting import alone, failed, open_workspace, run_name, waits
from jobs.health.outbox import report_outbox
from jobs.health.troubles import send_troubles
from jobs.mail.send import SendResult, send_boxes
from jobs.workspace import Workspace


@task(name="kirim-surel", cache_policy=NO_CACHE)
def kirim_surel(workspace: Workspace) -> SendResult:
    """Send what is due; a mail that fails stays in the outbox, and the next planned run tries it again."""
    settings = workspace.settings
    return send_boxes(workspace.engine, settings, settings.current_time(), early=bool(settings.today))


def _send_to_technician(workspace: Workspace) -> None:
    """Send what waits for the technician; that it cannot be sent is no failure of the reports' run."""
    try:
        waiting = send_troubles(workspace).failed
        reason = waiting[0].reason if waiting else ""
    except LkjipError as error:
        reason = str(error)
    if reason:
        get_run_logger().warning("Surel kepada teknisi belum terkirim: %s", reason)


@flow(name="kirim-laporan", flow_run_name=lambda: run_name("kirim"), **TELLING)
@alone
def kirim_laporan(agency: str | None = None, year: int | None = None) -> State[Any]:
    """Mengirim setiap surel yang menunggu, sekali; teknisi diberi tahu tentang laporan yang tidak dapat
    dikirim.

    Args:
        agency: Kantor (nama mapnya); kosong berarti menurut pengaturan LKJIP_AGENCY.
        year: Tahun laporan; kosong berarti LKJIP_YEAR, atau semua tahun yang terbuka.
    """
    try:
        workspace = open_workspace(agency, year)
        result = kirim_surel(workspace)
        report_outbox(workspace)
        send_troubles(workspace)
    except LkjipError as error:
        return failed(error)
    _send_to_technician(workspace)
    said = result.as_text()
    get_run_logger().info(said)
    if result.failed:
        return waits(f"{len(result.failed)} surel belum terkirim: {result.failed[0].reason}", result)
    return Completed(message=said.splitlines()[0], data=result)
