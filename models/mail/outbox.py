"""The outboxes: mails written in the transaction of what they tell and handed over at least once.

Each kind of mail has a table of its own (a :class:`models.mail.tables.MailRow` and what the mail tells of).
Whoever sends a mail claims it first, for a limited time, so that two senders never send the same
one at once; a mail whose sender died is free again when the claim ends.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from email import policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import Any, TypeVar, cast

from sqlalchemy import CursorResult, and_, func, or_, update
from sqlmodel import Session, col, select

from core.errors import DeliveryError
from models.mail.recipients import OPEN, Recipient, State, answered
from models.mail.tables import Fault, MailRow, OutboxMail

MailT = TypeVar("MailT", bound=MailRow)

FIRST_WAIT = timedelta(seconds=20)
"""Before the second attempt; every further one waits four times as long."""

LONGEST_WAIT = timedelta(hours=6)

_WIRE = policy.SMTP.clone(cte_type="7bit", max_line_length=200)
"""Lines ended by CRLF and seven bits only: what every mail server takes. A subject stays on one line
(RFC 5322 allows 998 characters): some readers show a folded one with a blank before it."""


def put(
    session: Session,
    box: type[MailT],
    message: EmailMessage,
    recipients: Sequence[str],
    at: datetime,
    **about: Any,
) -> MailT:
    """Put a mail into an outbox; one whose Message-ID is already there is not put in twice.

    Args:
        session: The one that records what the mail tells, so that both are kept or neither.
        box: Which outbox.
        message: Whole, with ``From``, ``Subject`` and ``Message-ID``.
        recipients: The addresses it goes to.
        at: From when it is due.
        about: The columns that this outbox has beyond those of every mail: ``issue_id=1``.

    Raises:
        DeliveryError: A header is missing or there is nobody to send to.
    """
    message_id = str(message["Message-ID"] or "").strip()
    sender = parseaddr(str(message["From"] or ""))[1]
    if not message_id or not sender:
        raise DeliveryError(
            "Surel tidak memiliki pengirim atau Message-ID, jadi tidak masuk kotak keluar.",
            todo="periksa surel kontak instansi di office.yaml.",
        )
    if not recipients:
        raise DeliveryError(
            "Surel tidak memiliki penerima, jadi tidak masuk kotak keluar.",
            todo="isi LKJIP_MAIL_TO atau daftar penerima (recipients) di year.yaml tahun itu.",
        )
    known = _find(session, box, message_id)
    if known is not None:
        return known
    addresses = list(dict.fromkeys(recipients))
    mail = box(
        **about,
        message_id=message_id,
        subject=str(message["Subject"] or ""),
        sender=sender,
        recipients=addresses,
        standing={address: Recipient(address, at=at).as_dict() for address in addresses},
        message=message.as_bytes(policy=_WIRE),
        created_at=at,
        next_attempt_at=at,
    )
    _keep(session, mail)
    return mail


def holds(session: Session, box: type[MailRow], message_id: str) -> bool:
    """Whether a mail was put into ``box``, sent or not."""
    return _find(session, box, message_id) is not None


def due(
    session: Session,
    now: datetime,
    *,
    limit: int = 50,
    early: bool = False,
    box: type[MailRow] = OutboxMail,
    beyond: int = 0,
) -> list[MailRow]:
    """The mails to send now, oldest first; a claim is not looked at (see :func:`claim`).

    Args:
        session: To read with.
        now: The present moment.
        limit: At most so many.
        early: Also those whose next attempt is later.
        box: Which outbox.
        beyond: Only those put in after the mail with this id.
    """
    query = _unsent(box).where(col(box.id) > beyond)
    if not early:
        query = query.where(col(box.next_attempt_at) <= now)
    return list(session.exec(query.order_by(col(box.id)).limit(limit)))


def waiting(session: Session, box: type[MailRow] = OutboxMail) -> int:
    """How many mails are still to be sent, due or not."""
    return int(session.exec(select(func.count()).select_from(_unsent(box).subquery())).one())


def mails_of_issue(session: Session, issue_id: int) -> list[bytes]:
    """The whole mails that bring an issue, with its files."""
    query = select(OutboxMail.message).where(OutboxMail.issue_id == issue_id)
    return list(session.exec(query))


def pending(mail: MailRow) -> list[str]:
    """The addresses that are still to be served."""
    return [one.address for one in mail.everybody if one.state in OPEN]


def claim(session: Session, mail: MailT, claimant: str, now: datetime, until: datetime) -> MailT | None:
    """Try to become the only one who sends ``mail``.

    Args:
        session: Committed at once by the caller.
        mail: As read by :func:`due`.
        claimant: Who asks.
        now: The present moment.
        until: When the claim ends by itself.

    Returns:
        The mail as it is now, or None when somebody else has it or has sent it.
    """
    box = type(mail)
    won = _changed(
        session,
        update(box)
        .where(
            col(box.id) == mail.id,
            col(box.sent_at).is_(None),
            col(box.abandoned_at).is_(None),
            or_(col(box.claimed_until).is_(None), col(box.claimed_until) <= now),
        )
        .values(claimed_by=claimant, claimed_until=until),
    )
    return session.get(box, mail.id, populate_existing=True) if won else None


def free(session: Session, mail: MailRow) -> bool:
    """Take the claim that ``mail`` had when it was read from a claimant that is known to be dead."""
    box = type(mail)
    return _changed(
        session,
        update(box)
        .where(
            col(box.id) == mail.id,
            col(box.claimed_by) == mail.claimed_by,
            col(box.claimed_until) == mail.claimed_until,
        )
        .values(claimed_by="", claimed_until=None),
    )


def mark_sent(
    session: Session,
    mail: MailRow,
    at: datetime,
    *,
    accepted: Sequence[str],
    refused: Mapping[str, str],
) -> None:
    """Write down that the mail server took the mail over and nobody is left to serve.

    Args:
        session: Committed at once by the caller.
        mail: The mail.
        at: The present moment.
        accepted: The addresses taken in this attempt.
        refused: The addresses refused for good, with the server's words.
    """
    _attempted(mail, at)
    stand(mail, answered(mail.everybody, at, accepted=accepted, refused=refused, delayed={}), at)
    mail.last_error, mail.fault, mail.todo = _list_refused(mail.refused), Fault.NONE.value, ""
    _keep(session, mail)


def mark_failed(
    session: Session,
    mail: MailRow,
    at: datetime,
    reason: str,
    *,
    permanent: bool = False,
    accepted: Sequence[str] = (),
    refused: Mapping[str, str] | None = None,
    delayed: Mapping[str, str] | None = None,
    fault: Fault = Fault.MAIL,
    todo: str = "",
) -> None:
    """Write down that the mail or some recipients were not taken, and when to try again.

    Args:
        session: Committed at once by the caller.
        mail: The mail.
        at: The present moment.
        reason: In Indonesian, without secrets.
        permanent: The mail as a whole would be refused again: it is refused for good for all who wait.
        accepted: The addresses that were served all the same.
        refused: The addresses refused for good, with the server's words.
        delayed: The addresses refused for now, with the server's words.
        fault: What it failed by.
        todo: What to do about it.
    """
    _attempted(mail, at)
    if permanent:
        refused = {**dict.fromkeys(pending(mail), reason), **(refused or {})}
    after = answered(mail.everybody, at, accepted=accepted, refused=refused or {}, delayed=delayed or {})
    stand(mail, after, at)
    mail.last_error, mail.fault, mail.todo = reason, fault.value, todo
    mail.next_attempt_at = at + wait_before_next(mail.attempts)
    _keep(session, mail)


def mark_unreached(
    session: Session,
    mail: MailRow,
    at: datetime,
    reason: str,
    *,
    fault: Fault = Fault.SERVER,
    todo: str = "",
) -> None:
    """Write down that the mail server could not be used at all, which says nothing about the mail.

    It stays due, so that the first run after an outage sends it, and its waits do not grow.

    Args:
        session: Committed at once by the caller.
        mail: The mail.
        at: The present moment.
        reason: In Indonesian, without secrets.
        fault: Whether it is the server's or that of the settings.
        todo: What to do about it.
    """
    mail.last_attempt_at = at
    mail.last_error, mail.fault, mail.todo = reason, fault.value, todo
    mail.next_attempt_at = min(mail.next_attempt_at, at)
    mail.claimed_by, mail.claimed_until = "", None
    _keep(session, mail)


def wait_before_next(attempts: int) -> timedelta:
    """How long to wait after so many failures: 20 s, 80 s, 5 min, 21 min, 85 min, 5,7 h, then always 6 h."""
    waits = int(4 ** min(attempts - 1, 10))
    return min(FIRST_WAIT * waits, LONGEST_WAIT)


def _find(session: Session, box: type[MailT], message_id: str) -> MailT | None:
    return session.exec(select(box).where(box.message_id == message_id)).first()


def is_unsent(box: type[MailRow]) -> Any:
    """The condition that a mail still has to be sent."""
    return and_(col(box.sent_at).is_(None), col(box.abandoned_at).is_(None))


def _unsent(box: type[MailRow]) -> Any:
    return select(box).where(is_unsent(box))


def _changed(session: Session, statement: Any) -> bool:
    result = cast(
        "CursorResult[Any]", session.execute(statement.execution_options(synchronize_session=False))
    )
    return result.rowcount == 1


def _attempted(mail: MailRow, at: datetime) -> None:
    mail.attempts += 1
    mail.last_attempt_at = at
    mail.claimed_by, mail.claimed_until = "", None


def stand(mail: MailRow, everybody: Sequence[Recipient], at: datetime) -> None:
    """Write down how all recipients stand, and whether the mail is thereby done."""
    mail.standing = {one.address: one.as_dict() for one in everybody}
    mail.lacking = sum(one.state is State.REFUSED for one in everybody)
    if any(one.state in OPEN for one in everybody):
        return
    if any(one.state is State.SERVED for one in everybody):
        mail.sent_at = mail.sent_at or at
    else:
        mail.abandoned_at = mail.abandoned_at or at


def _keep(session: Session, mail: MailRow) -> None:
    session.add(mail)
    session.flush()


def _list_refused(refused: Mapping[str, str]) -> str:
    return "; ".join(f"{address}: {reason}" for address, reason in refused.items())
