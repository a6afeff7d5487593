"""Sending what an outbox holds: every mail at least once, and by one sender at a time.

A mail is claimed, handed over, and marked, each in a transaction of its own. A crash in between
leaves it due again with the same Message-ID, by which the receiving side recognises it.
"""

from __future__ import annotations

import os
import socket
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr
from sqlalchemy import Engine

from core.dates import format_time
from core.settings import Settings
from jobs.mail.server import MailServer, read_smtp_url
from jobs.mail.smtp import SESSION_SECONDS, Attempt, handed_over
from models.mail.outbox import (
    claim,
    due,
    free,
    mark_failed,
    mark_sent,
    mark_unreached,
    pending,
    waiting,
)
from models.mail.tables import DraftMail, Fault, MailRow, OutboxMail, TroubleMail
from models.mail.unserved import count_lacking, revive
from models.session import open_session

if TYPE_CHECKING:
    from jobs.workspace import Workspace  # sending needs nothing of the office's data

REPORTS: tuple[type[MailRow], ...] = (OutboxMail, DraftMail)
"""The outbox of reports, then that of mails to those who may approve one."""

BOXES: tuple[type[MailRow], ...] = (*REPORTS, TroubleMail)
"""The same, then that of mails to the technician."""

LEASE = timedelta(minutes=15)
"""How long a claim holds when its sender neither ends nor can be seen to be dead; always beyond a session."""

_AT_A_TIME = 5


@dataclass(frozen=True)
class Delivery:
    """What became of one mail.

    Attributes:
        recipients: The addresses served in this attempt.
        refused: The addresses refused for good, with the server's answer.
        reason: Why it was not sent (wholly), in Indonesian.
        permanent: It will not be tried again.
        unreached: The mail server could not be used at all; the next run tries again.
        fault: What it failed by, a :class:`models.mail.tables.Fault`.
        todo: What to do about it.
        next_attempt_at: When it will be; None when it was sent or given up.
    """

    mail_id: int | None
    message_id: str
    subject: str
    recipients: tuple[str, ...] = ()
    refused: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    permanent: bool = False
    unreached: bool = False
    fault: str = ""
    todo: str = ""
    next_attempt_at: datetime | None = None


@dataclass(frozen=True)
class SendResult:
    """What a run of :func:`send_due` did.

    Attributes:
        sent: Mails taken over by the mail server.
        failed: Mails that were tried and not taken, or not for all who may still get them.
        waiting: How many mails the outbox still holds, due or not.
        lacking: How many of its mails somebody lacks who was refused for good, now or earlier.
        out_of_time: The time for the whole run was over before the last mail that was due.
    """

    sent: tuple[Delivery, ...] = ()
    failed: tuple[Delivery, ...] = ()
    waiting: int = 0
    lacking: int = 0
    out_of_time: bool = False

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``; moments as text."""
        plain = asdict(self)
        for delivery in (*plain["sent"], *plain["failed"]):
            moment = delivery["next_attempt_at"]
            delivery["next_attempt_at"] = moment.isoformat() if moment else None
        return plain

    def as_text(self) -> str:
        """For a person at the terminal."""
        lines = [f"{len(self.sent)} surel terkirim."] if self.sent else []
        for mail in self.sent:
            lines.append(f"  {mail.subject} -> {', '.join(mail.recipients)}")
            lines.extend(f"    ditolak untuk {address}: {answer}" for address, answer in mail.refused.items())
        for mail in self.failed:
            lines.append(f"Belum terkirim: {mail.subject}. {mail.reason}")
            lines.append(f"  {_next_step(mail)}")
        if self.out_of_time:
            lines.append("Waktu pengiriman (LKJIP_MAIL_SEND_SECONDS) habis; sisanya menunggu.")
        if self.waiting:
            lines.append(f"{self.waiting} surel menunggu di kotak keluar.")
        if self.lacking:
            lines.append(
                f"{self.lacking} surel ditolak untuk seterusnya bagi sebagian atau semua penerimanya; "
                "lihat lkjip outbox list."
            )
        return "\n".join(lines) or "Kotak keluar kosong."


@dataclass(frozen=True)
class Limits:
    """How long sending may take, in seconds.

    Attributes:
        total: All mails of one run; what is left then stays due.
        session: One mail, from the connection to the server's last word, also when bytes drip.
    """

    total: float = 600.0
    session: float = SESSION_SECONDS

    @classmethod
    def of(cls, settings: Settings) -> Limits:
        """As the settings say."""
        return cls(settings.mail_send_seconds, settings.mail_session_seconds)


def send_outbox(workspace: Workspace, *, again: bool = False) -> SendResult:
    """Send what all outboxes hold because somebody asks for it: no mail waits longer.

    Args:
        workspace: Whose outboxes, in the order of :data:`BOXES`.
        again: Also to those whom the mail server refused for good, since its cause was repaired.

    Raises:
        SettingsError, StorageError: As for :func:`send_due`.
    """
    settings, now = workspace.settings, workspace.settings.current_time()
    if again:
        with open_session(workspace.engine) as session:
            for box in BOXES:
                revive(session, now, box)
    return send_boxes(workspace.engine, settings, now, early=True, boxes=BOXES)


def send_boxes(
    engine: Engine,
    settings: Settings,
    now: datetime,
    *,
    early: bool = False,
    boxes: tuple[type[MailRow], ...] = REPORTS,
) -> SendResult:
    """Send what is due of several outboxes, one after the other, in the time of one run.

    Raises:
        SettingsError, StorageError: As for :func:`send_due`.
    """
    limits, began = Limits.of(settings), time.monotonic()
    results = []
    for box in boxes:
        left = replace(limits, total=limits.total - (time.monotonic() - began))
        results.append(send_due(engine, settings.smtp_url, now, early=early, box=box, limits=left))
    return SendResult(
        tuple(mail for result in results for mail in result.sent),
        tuple(mail for result in results for mail in result.failed),
        sum(result.waiting for result in results),
        sum(result.lacking for result in results),
        any(result.out_of_time for result in results),
    )


def send_due(
    engine: Engine,
    smtp_url: SecretStr | str,
    now: datetime,
    *,
    early: bool = False,
    tls: ssl.SSLContext | None = None,
    box: type[MailRow] = OutboxMail,
    limits: Limits = Limits(),
) -> SendResult:
    """Hand the mails that are due to the mail server, oldest first.

    When the server itself cannot be used the run ends with the first mail, and all stay due. A mail that
    was refused, or while which the line broke, waits longer each time, so that it holds up no other.

    Args:
        engine: The database.
        smtp_url: As :func:`jobs.mail.server.read_smtp_url` reads it.
        now: The present moment.
        early: Also those that failed and whose next attempt is later (somebody asks for it).
        tls: Which certificates are trusted; those of the machine when left out.
        box: Which outbox.
        limits: How long it may take.

    Raises:
        SettingsError: A mail is due and the url cannot be read.
        StorageError: The database cannot be used.
    """
    clock, until = _running_from(now), time.monotonic() + limits.total
    sent: list[Delivery] = []
    failed: list[Delivery] = []
    out_of_time = False
    server: MailServer | None = None
    for mail in _each_due(engine, now, early=early, box=box):
        server = server or read_smtp_url(
            smtp_url.get_secret_value() if isinstance(smtp_url, SecretStr) else smtp_url
        )
        left = until - time.monotonic()
        if left <= 0:
            out_of_time = True
            break
        seconds = min(limits.session, left)
        claimed = _claim(engine, mail, clock, seconds)
        if claimed is None:
            continue
        attempt = _send(engine, server, claimed, clock, seconds, tls)
        (sent if claimed.sent_at and attempt.accepted else failed).append(_delivery(claimed, attempt))
        if attempt.server_failed:
            break
    with open_session(engine, read_only=True) as session:
        left_over = waiting(session, box), count_lacking(session, box)
    return SendResult(tuple(sent), tuple(failed), *left_over, out_of_time)


def _each_due(engine: Engine, now: datetime, *, early: bool, box: type[MailRow]) -> Iterator[MailRow]:
    """What is due, each once, a few read at a time: a mail carries its report, and may be many."""
    last = 0
    while True:
        with open_session(engine, read_only=True) as session:
            mails = due(session, now, limit=_AT_A_TIME, early=early, box=box, beyond=last)
        if not mails:
            return
        yield from mails
        last = max(mail.id or 0 for mail in mails)


def _send(
    engine: Engine,
    server: MailServer,
    mail: MailRow,
    clock: Callable[[], datetime],
    seconds: float,
    tls: ssl.SSLContext | None,
) -> Attempt:
    """Hand over one mail; what the server said is committed before anything else is said to it."""
    with handed_over(server, mail.sender, pending(mail), mail.message, seconds=seconds, tls=tls) as attempt:
        _record(engine, mail, attempt, clock())
    return attempt


def _record(engine: Engine, mail: MailRow, attempt: Attempt, at: datetime) -> None:
    reached = [*mail.accepted, *attempt.accepted]
    with open_session(engine) as session:
        if not attempt.begun:
            mark_unreached(session, mail, at, attempt.error, fault=attempt.fault, todo=attempt.todo)
        elif attempt.error or attempt.delayed or not reached:
            answers = {**attempt.refused, **attempt.delayed}
            mark_failed(
                session,
                mail,
                at,
                attempt.error or "Server surel menolak penerima: " + _list(answers),
                permanent=attempt.permanent,
                accepted=attempt.accepted,
                refused=attempt.refused,
                delayed=attempt.delayed,
                fault=attempt.fault,
                todo=attempt.todo,
            )
        else:
            mark_sent(session, mail, at, accepted=attempt.accepted, refused=attempt.refused)


def _next_step(mail: Delivery) -> str:
    if mail.next_attempt_at is None:
        return (
            "Tidak dicoba lagi: server surel menolaknya untuk seterusnya. "
            "Bila sebabnya sudah diperbaiki: lkjip outbox retry."
        )
    again = (
        "Dicoba lagi pada pengiriman berikutnya."
        if mail.unreached
        else f"Dicoba lagi mulai {format_time(mail.next_attempt_at)}."
    )
    return f"{again} Yang perlu dilakukan: {mail.todo}" if mail.fault == Fault.SETTINGS else again


def _list(answers: Mapping[str, str]) -> str:
    return "; ".join(f"{address} ({answer})" for address, answer in answers.items()) + "."


def _delivery(mail: MailRow, attempt: Attempt) -> Delivery:
    over = mail.sent_at is not None or mail.abandoned_at is not None
    return Delivery(
        mail_id=mail.id,
        message_id=mail.message_id,
        subject=mail.subject,
        recipients=attempt.accepted,
        refused=dict(mail.refused),
        reason="" if mail.sent_at and attempt.accepted else mail.last_error,
        permanent=over and not attempt.accepted,
        unreached=not attempt.begun,
        fault=mail.fault,
        todo=mail.todo,
        next_attempt_at=None if over else mail.next_attempt_at,
    )


def _claim(engine: Engine, mail: MailRow, clock: Callable[[], datetime], seconds: float) -> MailRow | None:
    with open_session(engine) as session:
        if mail.claimed_by and _is_dead(mail.claimed_by):
            free(session, mail)
        now = clock()
        return claim(session, mail, _claimant(), now, now + max(LEASE, timedelta(seconds=2 * seconds)))


def _claimant() -> str:
    """This process: host, the space its number counts in (containers have their own), number."""
    return f"{_place()}/{os.getpid()}"


def _place() -> str:
    space = Path("/proc/self/ns/pid")
    return f"{socket.gethostname()}/{space.stat().st_ino if space.exists() else 0}"


def _is_dead(claimant: str) -> bool:
    """Whether a claimant surely runs no more; of another machine nobody can tell."""
    place, _, number = claimant.rpartition("/")
    if place != _place() or not number.isdecimal():
        return False
    with suppress(PermissionError):
        try:
            os.kill(int(number), 0)
        except ProcessLookupError:
            return True
    return False


def _running_from(now: datetime) -> Callable[[], datetime]:
    """A clock that starts at ``now``; a fixed day of the demonstration runs on from there."""
    began = time.monotonic()
    return lambda: now + timedelta(seconds=time.monotonic() - began)
