"""Sending what an outbox holds: every mail at least once, and by one sender at a time.

A mail is claimed, handed over, and marked, each in a transaction of its own. A crash in between
leaves it due again with the same Message-ID, by which the receiving side recognises it.
"""

from __future__ import annotations

import os
import smtplib
import socket
import ssl
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import SecretStr
from sqlalchemy import Engine

from core.dates import format_time
from jobs.mail.smtp import Attempt, MailServer, connect, explain, leave, read_smtp_url, transmit
from models.mail.outbox import (
    claim,
    due,
    free,
    mark_failed,
    mark_sent,
    mark_unreached,
    pending,
    revive,
    waiting,
)
from models.mail.tables import MailRow, OutboxMail, TroubleMail
from models.session import open_session

if TYPE_CHECKING:
    from jobs.workspace import Workspace  # sending needs nothing of the office's data

LEASE = timedelta(minutes=15)
"""How long a claim holds when its sender neither ends nor can be seen to be dead."""


@dataclass(frozen=True)
class Delivery:
    """What became of one mail.

    Attributes:
        recipients: The addresses served in this attempt.
        refused: The addresses refused for good, with the server's answer.
        reason: Why it was not sent (wholly), in Indonesian.
        permanent: It will not be tried again.
        unreached: The mail server could not be used at all; the next run tries again.
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
    next_attempt_at: datetime | None = None


@dataclass(frozen=True)
class SendResult:
    """What a run of :func:`send_due` did.

    Attributes:
        sent: Mails taken over by the mail server.
        failed: Mails that were tried and not taken, or not for all who may still get them.
        waiting: How many mails the outbox still holds, due or not.
    """

    sent: tuple[Delivery, ...] = ()
    failed: tuple[Delivery, ...] = ()
    waiting: int = 0

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
        if self.waiting:
            lines.append(f"{self.waiting} surel menunggu di kotak keluar.")
        return "\n".join(lines) or "Kotak keluar kosong."


def send_outbox(workspace: Workspace, *, again: bool = False) -> SendResult:
    """Send what both outboxes hold because somebody asks for it: no mail waits longer.

    Args:
        workspace: Whose outboxes: that of reports, then that of mails to the technician.
        again: Also what the mail server refused for good, since its cause was repaired.

    Raises:
        SettingsError, StorageError: As for :func:`send_due`.
    """
    settings, now = workspace.settings, workspace.settings.current_time()
    boxes: tuple[type[MailRow], ...] = (OutboxMail, TroubleMail)
    if again:
        with open_session(workspace.engine) as session:
            for box in boxes:
                revive(session, now, box)
    results = [send_due(workspace.engine, settings.smtp_url, now, early=True, box=box) for box in boxes]
    return SendResult(
        tuple(mail for result in results for mail in result.sent),
        tuple(mail for result in results for mail in result.failed),
        sum(result.waiting for result in results),
    )


def send_due(
    engine: Engine,
    smtp_url: SecretStr | str,
    now: datetime,
    *,
    early: bool = False,
    tls: ssl.SSLContext | None = None,
    box: type[MailRow] = OutboxMail,
) -> SendResult:
    """Hand the mails that are due to the mail server, oldest first.

    When the server itself cannot be used the run ends with the first mail, and all stay due. A mail that
    was refused, or while which the line broke, waits longer each time, so that it holds up no other.

    Args:
        engine: The database.
        smtp_url: As :func:`jobs.mail.smtp.read_smtp_url` reads it.
        now: The present moment.
        early: Also those that failed and whose next attempt is later (somebody asks for it).
        tls: Which certificates are trusted; those of the machine when left out.
        box: Which outbox.

    Raises:
        SettingsError: A mail is due and the url cannot be read.
        StorageError: The database cannot be used.
    """
    clock = _running_from(now)
    sent: list[Delivery] = []
    failed: list[Delivery] = []
    with open_session(engine, read_only=True) as session:
        mails = due(session, now, early=early, box=box)
        if not mails:
            return SendResult(waiting=waiting(session, box))
    server = read_smtp_url(smtp_url.get_secret_value() if isinstance(smtp_url, SecretStr) else smtp_url)
    for mail in mails:
        claimed = _claim(engine, mail, clock)
        if claimed is None:
            continue
        attempt = _send(engine, server, claimed, clock, tls)
        (sent if claimed.sent_at else failed).append(_delivery(claimed, attempt))
        if attempt.server_failed:
            break
    with open_session(engine, read_only=True) as session:
        return SendResult(tuple(sent), tuple(failed), waiting(session, box))


def _send(
    engine: Engine,
    server: MailServer,
    mail: MailRow,
    clock: Callable[[], datetime],
    tls: ssl.SSLContext | None,
) -> Attempt:
    smtp: smtplib.SMTP | None = None
    try:
        smtp = connect(server, tls)
        attempt = transmit(smtp, mail.sender, pending(mail), mail.message)
    except (smtplib.SMTPException, OSError) as cause:
        attempt = Attempt(error=explain(cause, server), server_failed=True, begun=smtp is not None)
    try:
        _record(engine, mail, attempt, clock())
    finally:
        if smtp is not None:
            leave(smtp)
    return attempt


def _record(engine: Engine, mail: MailRow, attempt: Attempt, at: datetime) -> None:
    reached = [*mail.accepted, *attempt.accepted]
    with open_session(engine) as session:
        if not attempt.begun:
            mark_unreached(session, mail, at, attempt.error)
        elif attempt.error:
            mark_failed(session, mail, at, attempt.error, permanent=attempt.permanent)
        elif attempt.delayed or not reached:
            mark_failed(
                session,
                mail,
                at,
                "Server surel menolak penerima: " + _list({**attempt.refused, **attempt.delayed}),
                permanent=not attempt.delayed,
                accepted=attempt.accepted,
                refused=attempt.refused,
            )
        else:
            mark_sent(session, mail, at, accepted=attempt.accepted, refused=attempt.refused)


def _next_step(mail: Delivery) -> str:
    if mail.next_attempt_at is None:
        return (
            "Tidak dicoba lagi: server surel menolaknya untuk seterusnya. "
            "Bila sebabnya sudah diperbaiki: lkjip send --again."
        )
    if mail.unreached:
        return "Dicoba lagi pada pengiriman berikutnya."
    return f"Dicoba lagi mulai {format_time(mail.next_attempt_at)}."


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
        reason="" if mail.sent_at else mail.last_error,
        permanent=mail.abandoned_at is not None,
        unreached=not attempt.begun,
        next_attempt_at=None if over else mail.next_attempt_at,
    )


def _claim(engine: Engine, mail: MailRow, clock: Callable[[], datetime]) -> MailRow | None:
    with open_session(engine) as session:
        if mail.claimed_by and _is_dead(mail.claimed_by):
            free(session, mail)
        now = clock()
        return claim(session, mail, _claimant(), now, now + LEASE)


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
