"""What the outboxes hold, and what a person does about it: look, try again, give up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlmodel import Session

from core.dates import format_time
from core.errors import DeliveryError
from jobs.mail.send import SendResult, send_outbox
from models.mail.recipients import OPEN, Recipient, State
from models.mail.tables import DraftMail, MailRow, OutboxMail, TroubleMail
from models.mail.unserved import drop, find, revive, stuck, unserved
from models.session import open_session

if TYPE_CHECKING:
    from jobs.workspace import Workspace

LETTERS: dict[type[MailRow], str] = {OutboxMail: "L", DraftMail: "P", TroubleMail: "T"}
"""By which people tell the outboxes apart: ``L12`` is a report's mail, ``P4`` one that asks for approval,
``T3`` one to the technician."""

WORDS = {
    State.WAITING: "menunggu",
    State.SERVED: "terkirim",
    State.DELAYED: "ditolak sementara",
    State.REFUSED: "ditolak untuk seterusnya",
    State.DROPPED: "dibatalkan",
}


_ASK_AGAIN = (
    "perbaiki alamat yang ditolak atau mintalah server surel menerimanya, lalu lkjip outbox retry {number}; "
    "bila tidak perlu lagi, lkjip outbox drop {number}."
)


@dataclass(frozen=True)
class Held:
    """A mail that somebody still lacks.

    Attributes:
        number: By which people name it.
        message_id: By which the mail server's own log names it.
        since: When it was put into the outbox.
        last_attempt: When it was last tried; None if never.
        next_attempt: When it is tried again; None when nobody waits any more.
        reason: Why not all have it, in Indonesian; empty when it was not tried yet.
        todo: What to do about it.
        fault: What it failed by, a :class:`models.mail.tables.Fault`.
    """

    number: str
    message_id: str
    subject: str
    since: datetime
    last_attempt: datetime | None
    next_attempt: datetime | None
    reason: str
    todo: str
    fault: str
    recipients: tuple[Recipient, ...]

    @property
    def lacking(self) -> list[Recipient]:
        """Who does not have it, and was not given up by a person."""
        return [one for one in self.recipients if one.state in OPEN or one.state is State.REFUSED]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``; moments as text."""
        return {
            "number": self.number,
            "message_id": self.message_id,
            "subject": self.subject,
            "since": self.since.isoformat(),
            "last_attempt": self.last_attempt.isoformat() if self.last_attempt else "",
            "next_attempt": self.next_attempt.isoformat() if self.next_attempt else "",
            "reason": self.reason,
            "todo": self.todo,
            "fault": self.fault,
            "recipients": [{"address": one.address, **one.as_dict()} for one in self.recipients],
        }

    def as_text(self) -> str:
        """For people: what, since when and why, then each recipient."""
        lines = [f"{self.number} {self.subject}, sejak {format_time(self.since)}"]
        if self.reason:
            tried = f" (percobaan terakhir {format_time(self.last_attempt)})" if self.last_attempt else ""
            lines.append(f"  sebab: {self.reason}{tried}")
        if self.next_attempt:
            lines.append(f"  dicoba lagi: {format_time(self.next_attempt)}, atau sekarang: lkjip send")
        if self.todo:
            lines.append(f"  yang perlu dilakukan: {self.todo}")
        lines += [f"  {_standing(one)}" for one in self.recipients]
        return "\n".join(lines)


@dataclass(frozen=True)
class Listing:
    """What the outboxes hold."""

    mails: tuple[Held, ...]

    def as_dict(self) -> list[dict[str, Any]]:
        """For ``--json``."""
        return [mail.as_dict() for mail in self.mails]

    def as_text(self) -> str:
        """For people."""
        return "\n".join(mail.as_text() for mail in self.mails) or "Kotak keluar kosong."


@dataclass(frozen=True)
class Dropped:
    """Whom a person gave up serving, and what is left of the mail."""

    mail: Held
    addresses: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"dropped": list(self.addresses), "mail": self.mail.as_dict()}

    def as_text(self) -> str:
        """For people."""
        return f"Dibatalkan untuk {', '.join(self.addresses)}.\n{self.mail.as_text()}"


def list_outbox(workspace: Workspace) -> Listing:
    """Every mail that somebody lacks, of every outbox, oldest first in each.

    Raises:
        StorageError: The database cannot be used.
    """
    with open_session(workspace.engine, read_only=True) as session:
        return Listing(tuple(_held(mail) for box in LETTERS for mail in unserved(session, box)))


def read_stuck(session: Session, box: type[MailRow]) -> list[Held]:
    """The mails of one outbox that were tried and that somebody still lacks."""
    return [_held(mail) for mail in stuck(session, box)]


def retry(workspace: Workspace, numbers: Sequence[str] = ()) -> SendResult:
    """Try again at once, also for those whom the mail server refused for good; who was served is left out.

    Args:
        workspace: Whose outboxes.
        numbers: Only those who lack these mails are tried again though they were refused for good.

    Raises:
        DeliveryError: There is no such mail, or nobody lacks it.
        SettingsError, StorageError: As for :func:`jobs.mail.send.send_due`.
    """
    if not numbers:
        return send_outbox(workspace, again=True)
    now = workspace.settings.current_time()
    with open_session(workspace.engine) as session:
        for number in numbers:
            box, mail = _take(session, number, now)
            revive(session, now, box, [mail.id or 0])
    return send_outbox(workspace)


def give_up(
    workspace: Workspace, number: str, *, reason: str, by: str, addresses: Sequence[str] = ()
) -> Dropped:
    """Record that some recipients are not to be served any more, and why.

    Args:
        workspace: Whose outboxes.
        number: Which mail.
        reason: In the person's words; kept with the mail.
        by: Who.
        addresses: Whom; everybody who lacks it when left out.

    Raises:
        DeliveryError: There is no such mail, nobody lacks it or an address is none of those, it is being
            sent at this moment, or there is no reason.
        StorageError: The database cannot be used.
    """
    if not reason.strip():
        raise DeliveryError(
            "Surel tidak dibatalkan tanpa alasan.",
            todo="tulis sebabnya: --reason 'alamat sudah tidak dipakai'.",
        )
    now = workspace.settings.current_time()
    printable = "".join(letter if letter.isprintable() else " " for letter in reason)
    with open_session(workspace.engine) as session:
        _, mail = _take(session, number, now)
        lacking = [one.address for one in _held(mail).lacking]
        strangers = sorted(set(addresses).difference(lacking))
        if strangers:
            raise DeliveryError(
                f"{', '.join(strangers)} tidak menunggu surel {number}.",
                todo=f"pilih di antara {', '.join(lacking)}.",
            )
        dropped = drop(session, mail, addresses or lacking, now, reason=" ".join(printable.split()), by=by)
        return Dropped(_held(mail), tuple(dropped))


def _take(session: Session, number: str, now: datetime) -> tuple[type[MailRow], MailRow]:
    boxes = {letter: box for box, letter in LETTERS.items()}
    box, digits = boxes.get(number[:1].upper()), number[1:]
    mail = find(session, box, int(digits)) if box and digits.isdecimal() and len(digits) <= 9 else None
    if box is None or mail is None:
        raise DeliveryError(
            f"Tidak ada surel {number!r} di kotak keluar.",
            todo="lihat nomornya dengan lkjip outbox list; misalnya L12 atau T3.",
        )
    if not _held(mail).lacking:
        raise DeliveryError(
            f"Surel {number} tidak ditunggu siapa pun: {mail.subject}.",
            todo="lihat yang masih menunggu dengan lkjip outbox list.",
        )
    if mail.claimed_until is not None and mail.claimed_until > now:
        raise DeliveryError(
            f"Surel {number} sedang dikirim.", todo="tunggu sampai selesai, lalu lihat lkjip outbox list."
        )
    return box, mail


def _held(mail: MailRow) -> Held:
    unsent = mail.sent_at is None and mail.abandoned_at is None
    number = f"{LETTERS[type(mail)]}{mail.id}"
    return Held(
        number,
        mail.message_id,
        mail.subject,
        mail.created_at,
        mail.last_attempt_at,
        mail.next_attempt_at if unsent else None,
        mail.last_error,
        mail.todo or (_ASK_AGAIN.format(number=number) if mail.lacking else ""),
        mail.fault,
        tuple(mail.everybody),
    )


def _standing(one: Recipient) -> str:
    since = f" {format_time(one.at)}" if one.at and one.state is not State.WAITING else ""
    who = f" oleh {one.by}" if one.by else ""
    return f"{one.address}: {WORDS[one.state]}{who}{since}" + (f" ({one.answer})" if one.answer else "")
