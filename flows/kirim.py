"""``kirim-laporan``: hands the mails of the outbox to the mail server."""

from __future__ import annotations

from typing import Any

from prefect import flow, get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.states import Completed

from core.errors import DeliveryError, LkjipError
from flows.reporting import failed, open_workspace, run_name
from jobs.send import SendResult, send_due
from jobs.workspace import Workspace


@task(name="kirim-surel", retries=2, retry_delay_seconds=[30, 300], cache_policy=NO_CACHE)
def kirim_surel(workspace: Workspace) -> SendResult:
    """Send what is due; a mail that fails stays in the outbox and makes the task fail."""
    settings = workspace.settings
    result = send_due(
        workspace.engine, settings.smtp_url, settings.current_time(), early=bool(settings.today)
    )
    if result.failed:
        raise DeliveryError(
            f"{len(result.failed)} surel belum terkirim: {result.failed[0].reason}",
            todo="surel tetap di kotak keluar dan dicoba lagi; periksa LKJIP_SMTP_URL bila berulang.",
        )
    return result


@flow(name="kirim-laporan", flow_run_name=lambda: run_name("kirim"))
def kirim_laporan(agency: str | None = None, year: int | None = None) -> State[Any]:
    """Send every mail that waits in the outbox, once.

    Args:
        agency: The office; that of ``LKJIP_AGENCY`` when left out.
        year: The reporting year; that of ``LKJIP_YEAR`` when left out.
    """
    try:
        result = kirim_surel(open_workspace(agency, year))
    except LkjipError as error:
        return failed(error)
    said = result.as_text()
    get_run_logger().info(said)
    return Completed(message=said.splitlines()[0], data=result)
