"""``lkjip watch``: looks from outside at what no hook of a flow can see, and mails by itself.

It runs by the machine's own timer, imports no Prefect, and needs nothing of what it looks after: where
the database cannot be used it still writes to the technician, once.
"""

from __future__ import annotations

import hashlib
import tempfile
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from connectors.prefect_server import PrefectServer
from core import dates
from core.errors import DeliveryError, LkjipError, ScheduleError, StorageError
from core.settings import Settings
from jobs.health import due, outbox, sources
from jobs.health.dead_runs import end_dead_runs
from jobs.health.due import late_figures
from jobs.health.notices import (
    Correspondence,
    compose_alive,
    compose_closed,
    compose_opened,
    compose_test,
    correspondence,
    id_of_alive,
    require_recipients,
    without_secrets,
)
from jobs.health.outbox import undelivered
from jobs.health.schedule import MACHINERY, Schedule, look_at_schedule
from jobs.health.sources import read_sources, silent
from jobs.health.troubles import Finding, known_keys, report_findings, send_troubles
from jobs.mail.server import read_smtp_url
from jobs.mail.smtp import Attempt, handed_over
from jobs.workspace import Workspace
from models.health.troubles import Trouble
from models.mail.outbox import holds, put
from models.mail.tables import TroubleMail
from models.session import open_session

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
        StorageError: The database cannot be used; the technician was told directly, or the message says
            why not.
    """
    try:
        known = known_keys(workspace)
        schedule = _confirmed(server, workspace.settings, known, confirm_after, sleep)
        of_offices, looked_at = _look_at_offices(workspace, schedule)
        with open_session(workspace.engine, read_only=True) as session:
            findings = (*schedule.findings, *of_offices, *undelivered(session))
        looked_at = [*schedule.looked_at, *looked_at, outbox.SCOPE]
        reported = report_findings(workspace, findings, looked_at, known=known)
        alive = _queue_alive(workspace, describe)
        _tell_that_database_is_back(workspace)
        sent, unsent = _send(workspace)
    except StorageError as error:
        _tell_directly(workspace, error)
        raise
    return Watched(findings, reported.opened, reported.closed, alive, sent, unsent)


def send_test(workspace: Workspace) -> tuple[str, ...]:
    """Send the test mail to the technician now; the addresses that the mail server took.

    Raises:
        SettingsError: No usable mail server is set.
        DeliveryError: It was not taken; the message says why.
    """
    to = require_recipients(correspondence(workspace))
    attempt = _transmit(workspace.settings, to, compose_test(to, dates.now()))
    if len(attempt.accepted) < len(to.recipients):
        raise _refused(workspace.settings, attempt)
    return attempt.accepted


def _confirmed(
    server: PrefectServer,
    settings: Settings,
    known: Collection[str],
    confirm_after: float,
    sleep: Callable[[float], None],
) -> Schedule:
    """The schedule; what is newly wrong with its machinery counts only if a second look finds it too."""
    with suppress(ScheduleError):  # that it does not answer is found below
        end_dead_runs(server, dates.now())
    first = look_at_schedule(server, settings, dates.now())
    seen = {*known, *(f.key for f in first.findings)}
    if not any(key.startswith(MACHINERY) for key in seen.difference(known)):
        return first
    sleep(confirm_after)
    second = look_at_schedule(server, settings, dates.now())
    lasting = tuple(f for f in second.findings if f.key in seen or not f.key.startswith(MACHINERY))
    return replace(second, findings=lasting)


def _look_at_offices(workspace: Workspace, schedule: Schedule) -> tuple[list[Finding], list[str]]:
    """What is wrong with the data and sources of each office that has a deployment, and what was looked at.

    A source may be that of any office, so sources count as looked at only when all offices were; figures
    that are due likewise.
    """
    settings = workspace.settings
    found: dict[str, Finding] = {}
    looked_at = [sources.SCOPE, due.SCOPE, OFFICES] if schedule.answered else []
    for agency, year in schedule.offices:
        own = (agency, year) == (settings.agency, settings.year)
        space = workspace if own else Workspace(settings.model_copy(update={"agency": agency, "year": year}))
        try:
            with open_session(workspace.engine, read_only=True) as session:
                findings = silent(read_sources(session, space), settings.current_time())
                findings += late_figures(session, space)
            found.update({finding.key: finding for finding in findings})
        except StorageError:
            raise
        except LkjipError as error:
            which = agency if year is None else f"{agency} {year}"
            key, title = f"{OFFICES}{which}", f"Data instansi {which} tidak terbaca"
            found[key] = Finding(key, title, error.message, error.todo)
            looked_at = [scope for scope in looked_at if scope == OFFICES]
    return list(found.values()), looked_at


def _queue_alive(workspace: Workspace, describe: Callable[[], str]) -> bool:
    """Queue the mail of the month if there is none yet; whether it was."""
    to, now = correspondence(workspace), workspace.settings.current_time()
    if not to.recipients:
        return False
    with open_session(workspace.engine, read_only=True) as session:
        if holds(session, TroubleMail, id_of_alive(to, now)):
            return False
    try:
        state = describe()
    except StorageError:
        raise
    except LkjipError as error:
        state = str(error)
    message = compose_alive(to, now, without_secrets(workspace.settings, state))
    with open_session(workspace.engine) as session:
        put(session, TroubleMail, message, to.recipients, now)
    return True


def _send(workspace: Workspace) -> tuple[int, str]:
    """Send what waits for the technician: how many were sent, and why others were not."""
    try:
        result = send_troubles(workspace)
    except StorageError:
        raise
    except LkjipError as error:
        return 0, str(error)
    return len(result.sent), result.failed[0].reason if result.failed else ""


def _places(settings: Settings) -> list[Path]:
    """Where it may be noted that the technician knows; the second for when the first cannot be written."""
    name = ".basis-data-bermasalah"
    installation = hashlib.sha256(f"{settings.home}|{settings.database}".encode()).hexdigest()[:12]
    return [settings.home / name, Path(tempfile.gettempdir()) / f"lkjip-{installation}{name}"]


def _known_since(place: Path) -> datetime | None:
    """Since when the technician knows; the file is empty, since a full disk takes no more than its name."""
    try:
        return datetime.fromtimestamp(place.stat().st_mtime, UTC)
    except OSError:
        return None


def _tell_directly(workspace: Workspace, error: StorageError) -> None:
    """Mail that the database cannot be used, once: no outbox can hold this one.

    Raises:
        StorageError: Nobody could be told; says that too.
    """
    settings = workspace.settings
    if any(_known_since(place) for place in _places(settings)):
        return
    try:
        to = require_recipients(correspondence(workspace).of_troubles())
        trouble = _of_database(without_secrets(settings, error.message), error.todo, dates.now())
        _transmit(settings, to, compose_opened(to, trouble))
    except LkjipError as untold:
        raise StorageError(
            f"{error.message} Teknisi belum diberi tahu: {untold.message}", todo=f"{error.todo} {untold.todo}"
        ) from error
    for place in _places(settings):
        with suppress(OSError):
            place.touch()
            return


def _tell_that_database_is_back(workspace: Workspace) -> None:
    to = correspondence(workspace).of_troubles()
    for place in _places(workspace.settings):
        began = _known_since(place)
        if began is None:
            continue
        trouble = _of_database("Basis data tidak dapat dipakai.", "", began)
        trouble.closed_at = dates.now()
        if to.recipients:
            with open_session(workspace.engine) as session:
                message = compose_closed(to, trouble, told=True)
                put(session, TroubleMail, message, to.recipients, workspace.settings.current_time())
        with suppress(OSError):
            place.unlink()


def _of_database(detail: str, todo: str, since: datetime) -> Trouble:
    return Trouble(
        id=0, key="basis-data", title="Basis data tidak dapat dipakai",
        detail=detail, todo=todo, opened_at=since, seen_at=since,
    )  # fmt: skip


def _transmit(settings: Settings, to: Correspondence, message: EmailMessage) -> Attempt:
    """Hand ``message`` to the mail server now.

    Raises:
        SettingsError: No usable mail server is set.
        DeliveryError: It was taken for nobody.
    """
    server = read_smtp_url(settings.filled("smtp_url"))
    seconds = settings.mail_session_seconds
    with handed_over(server, to.sender, to.recipients, message.as_bytes(), seconds=seconds) as attempt:
        pass
    if attempt.server_failed:
        raise DeliveryError(without_secrets(settings, attempt.error), todo=attempt.todo)
    if not attempt.accepted:
        raise _refused(settings, attempt)
    return attempt


def _refused(settings: Settings, attempt: Attempt) -> DeliveryError:
    answers = {**attempt.refused, **attempt.delayed}
    why = attempt.error or "Server surel menolak " + "; ".join(
        f"{address} ({answer})" for address, answer in answers.items()
    )
    return DeliveryError(
        without_secrets(settings, why), todo="periksa alamat pengirim (LKJIP_CONTACT) dan LKJIP_TECHNICIAN."
    )
