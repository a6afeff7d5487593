"""``lkjip watch``: looks from outside at what no hook of a flow can see, and mails by itself.

It runs by the machine's own timer, imports no Prefect, and needs nothing of what it looks after: where
the database cannot be used it still writes to the technician, once.
"""

from __future__ import annotations

import smtplib
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from connectors.prefect_server import PrefectServer
from core import dates
from core.errors import DeliveryError, LkjipError, StorageError
from core.settings import Settings
from jobs.health.notices import (
    compose_alive,
    compose_closed,
    compose_opened,
    compose_test,
    correspondence,
    require_recipients,
)
from jobs.health.outbox import KEY, read_outbox, undelivered
from jobs.health.schedule import MACHINERY, Schedule, look_at_schedule
from jobs.health.sources import SCOPE, read_sources, silent
from jobs.health.troubles import Finding, report_findings, send_troubles
from jobs.smtp import connect, explain, leave, read_smtp_url, transmit
from jobs.workspace import Workspace
from models.outbox import put
from models.session import open_session
from models.troubles import Trouble, TroubleMail

OFFICES = "kantor/"
CONFIRM_SECONDS = 60.0
"""A server or worker that is just being started again is looked at once more after so many seconds."""


@dataclass(frozen=True)
class Watched:
    """What a look from outside found and told.

    Attributes:
        findings: What is wrong now.
        opened: Titles of the troubles that began.
        closed: Titles of those that are over.
        alive: Whether the mail of the month was queued.
        sent: How many mails were taken over by the mail server.
        unsent: Why mails still wait; empty when none do.
    """

    findings: tuple[Finding, ...] = ()
    opened: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    alive: bool = False
    sent: int = 0
    unsent: str = ""

    def as_text(self) -> str:
        """For people."""
        lines = [finding.as_text() for finding in self.findings] or ["Semua berjalan."]
        lines += [f"Baru: {title}." for title in self.opened]
        lines += [f"Selesai: {title}." for title in self.closed]
        lines += ["Surel bulanan 'masih hidup' disiapkan."] if self.alive else []
        lines += [f"{self.sent} surel terkirim kepada teknisi."] if self.sent else []
        lines += [f"Surel kepada teknisi belum terkirim: {self.unsent}"] if self.unsent else []
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "findings": [
                {"key": f.key, "title": f.title, "detail": f.detail, "todo": f.todo} for f in self.findings
            ],
            "opened": list(self.opened),
            "closed": list(self.closed),
            "alive": self.alive,
            "sent": self.sent,
            "unsent": self.unsent,
        }


def watch(
    workspace: Workspace,
    server: PrefectServer,
    *,
    describe: Callable[[], str],
    confirm_after: float = CONFIRM_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> Watched:
    """Look at the schedule, the sources and the outbox; tell what began and what is over.

    Args:
        workspace: Of the settings.
        server: The Prefect server.
        describe: Says how things stand, for the mail of the month.
        confirm_after: After so many seconds the schedule is looked at again before it is called wrong.
        sleep: Waits so many seconds.

    Raises:
        StorageError: The database cannot be used; the technician was told directly.
        LkjipError: Nobody could be told.
    """
    settings = workspace.settings
    try:
        _ = workspace.engine
        schedule = _confirmed(server, settings, confirm_after, sleep)
        sources, looked_at = _look_at_offices(settings, schedule)
        with open_session(workspace.engine, read_only=True) as session:
            outbox = undelivered(read_outbox(session).problems)
        findings = (*schedule.findings, *sources, *outbox)
        reported = report_findings(workspace, findings, (*schedule.looked_at, *looked_at, KEY))
        alive = _queue_alive(workspace, describe)
        _tell_that_database_is_back(settings, workspace)
    except StorageError as error:
        _tell_directly(workspace, error)
        raise
    sent, unsent = _send(workspace)
    return Watched(findings, reported.opened, reported.closed, alive, sent, unsent)


def send_test(workspace: Workspace) -> tuple[str, ...]:
    """Send the test mail to the technician now; the addresses that the mail server took.

    Raises:
        SettingsError: No usable mail server is set.
        DeliveryError: It was not taken; the message says why.
    """
    to = require_recipients(correspondence(workspace))
    return _transmit(workspace.settings, to.sender, to.recipients, compose_test(to, dates.now()).as_bytes())


def _confirmed(
    server: PrefectServer, settings: Settings, confirm_after: float, sleep: Callable[[float], None]
) -> Schedule:
    """The schedule; what is wrong with its machinery counts only if a second look finds it too."""
    first = look_at_schedule(server, settings, dates.now())
    if not any(f.key.startswith(MACHINERY) for f in first.findings):
        return first
    sleep(confirm_after)
    second = look_at_schedule(server, settings, dates.now())
    seen = {f.key for f in first.findings}
    lasting = tuple(f for f in second.findings if f.key in seen or not f.key.startswith(MACHINERY))
    return replace(second, findings=lasting)


def _look_at_offices(settings: Settings, schedule: Schedule) -> tuple[list[Finding], list[str]]:
    """What is wrong with the sources and the data of each office that has a deployment."""
    now, findings = settings.current_time(), []
    for agency, year in schedule.offices:
        given = {"agency": agency, "year": year}
        changes = {name: value for name, value in given.items() if value is not None}
        space = Workspace(settings.model_copy(update=changes))
        try:
            with open_session(space.engine, read_only=True) as session:
                findings += silent(read_sources(session, space), now)
        except StorageError:
            raise
        except LkjipError as error:
            name = f"{space.settings.agency} {space.settings.year}"
            findings.append(
                Finding(f"{OFFICES}{name}", f"Data instansi {name} tidak terbaca", error.message, error.todo)
            )
    return findings, [SCOPE, OFFICES]


def _queue_alive(workspace: Workspace, describe: Callable[[], str]) -> bool:
    """Queue the mail of the month if there is none yet; whether it was."""
    to, now = correspondence(workspace), workspace.settings.current_time()
    if not to.recipients:
        return False
    with open_session(workspace.engine) as session:
        message = compose_alive(to, now, describe())
        return put(session, TroubleMail, message, to.recipients, now).created_at == now


def _send(workspace: Workspace) -> tuple[int, str]:
    """Send what waits for the technician: how many were sent, and why others were not."""
    try:
        result = send_troubles(workspace)
    except StorageError:
        raise
    except LkjipError as error:
        return 0, str(error)
    return len(result.sent), result.failed[0].reason if result.failed else ""


def _marker(settings: Settings) -> Path:
    return settings.home / ".basis-data-bermasalah"


def _places(settings: Settings) -> list[Path]:
    """Where it may be noted that the technician knows; the second for when the first is full."""
    return [
        _marker(settings),
        Path(tempfile.gettempdir()) / f"lkjip-{settings.home.name}-{settings.agency}{_marker(settings).name}",
    ]


def _tell_directly(workspace: Workspace, error: StorageError) -> None:
    """Mail that the database cannot be used, once: no outbox can hold this one."""
    settings, now = workspace.settings, dates.now()
    if any(place.exists() for place in _places(settings)):
        return
    to = require_recipients(correspondence(workspace))
    trouble = _of_database(error.message, error.todo, now)
    _transmit(settings, to.sender, to.recipients, compose_opened(to, trouble).as_bytes())
    for place in _places(settings):
        with suppress(OSError):
            place.write_text(now.isoformat(), encoding="utf-8")
            return


def _tell_that_database_is_back(settings: Settings, workspace: Workspace) -> None:
    for place in _places(settings):
        if not place.exists():
            continue
        began = datetime.fromisoformat(place.read_text(encoding="utf-8"))
        trouble = _of_database("Basis data tidak dapat dipakai.", "", began)
        trouble.closed_at = settings.current_time()
        to = require_recipients(correspondence(workspace))
        with open_session(workspace.engine) as session:
            message = compose_closed(to, trouble, told=True)
            put(session, TroubleMail, message, to.recipients, trouble.closed_at)
        place.unlink()


def _of_database(detail: str, todo: str, since: datetime) -> Trouble:
    return Trouble(
        id=0, key="basis-data", title="Basis data tidak dapat dipakai",
        detail=detail, todo=todo, opened_at=since, seen_at=since,
    )  # fmt: skip


def _transmit(settings: Settings, sender: str, recipients: Sequence[str], message: bytes) -> tuple[str, ...]:
    server = read_smtp_url(settings.filled("smtp_url"))
    try:
        smtp = connect(server)
        try:
            attempt = transmit(smtp, sender, recipients, message)
        finally:
            leave(smtp)
    except (smtplib.SMTPException, OSError) as cause:
        raise DeliveryError(
            explain(cause, server), todo="periksa LKJIP_SMTP_URL dan server surel, lalu coba lagi."
        ) from None  # the cause may hold the password
    refused = {**attempt.refused, **attempt.delayed}
    if attempt.error or refused:
        why = attempt.error or "; ".join(f"{address}: {answer}" for address, answer in refused.items())
        raise DeliveryError(
            f"Server surel {server} menolak: {why}", todo="periksa alamat pengirim dan penerima."
        )
    return attempt.accepted
