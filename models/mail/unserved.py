"""The mails that somebody still lacks: which there are, trying them again, giving them up."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import and_, func, or_
from sqlalchemy.orm import defer
from sqlmodel import Session, col, select

from models.mail.outbox import is_unsent, stand
from models.mail.recipients import OPEN, Recipient, State
from models.mail.tables import MailRow, OutboxMail

MailT = TypeVar("MailT", bound=MailRow)

_UNSERVED = OPEN | {State.REFUSED}


def revive(
    session: Session,
    now: datetime,
    box: type[MailRow] = OutboxMail,
    only: Collection[int] | None = None,
) -> int:
    """Let those who were refused for good wait again, and whoever waits be tried at once.

    Args:
        session: Committed at once by the caller.
        now: The present moment.
        box: Which outbox.
        only: Only the mails with these ids.

    Returns:
        How many mails had somebody who was refused for good. One that is being sent stays as it is.
    """
    free_to_take = or_(col(box.claimed_until).is_(None), col(box.claimed_until) <= now)
    query = select(box).where(or_(col(box.lacking) > 0, is_unsent(box)), free_to_take)
    if only is not None:
        query = query.where(col(box.id).in_(only))
    mails = session.exec(query.options(defer(_column(box.message))).with_for_update()).all()
    revived = [mail for mail in mails if mail.lacking]
    for mail in revived:
        again = [
            replace(one, state=State.WAITING, at=now) if one.state is State.REFUSED else one
            for one in mail.everybody
        ]
        mail.sent_at = mail.abandoned_at = None
        stand(mail, again, now)
    for mail in mails:
        mail.next_attempt_at = min(mail.next_attempt_at, now)
        session.add(mail)
    session.flush()
    return len(revived)


def drop(
    session: Session, mail: MailRow, addresses: Collection[str], at: datetime, *, reason: str, by: str
) -> list[str]:
    """Write down that a person gave up serving some recipients of a mail.

    Args:
        session: Committed at once by the caller.
        mail: From :func:`find` of the same session, sent by nobody at present.
        addresses: Whom not to serve; who was served or dropped before stays so.
        at: The present moment.
        reason: Why, in the person's words.
        by: Who.

    Returns:
        The addresses that were dropped now.
    """
    dropped = [one.address for one in mail.everybody if one.state in _UNSERVED and one.address in addresses]
    after = [
        Recipient(one.address, State.DROPPED, reason, at, by) if one.address in dropped else one
        for one in mail.everybody
    ]
    stand(mail, after, at)
    session.add(mail)
    session.flush()
    return dropped


def find(session: Session, box: type[MailT], number: int) -> MailT | None:
    """A mail by its id, locked until the end of the transaction; without its message."""
    query = select(box).where(col(box.id) == number).options(defer(_column(box.message)))
    return session.exec(query.with_for_update()).first()


def count_lacking(session: Session, box: type[MailRow]) -> int:
    """How many mails somebody lacks who was refused for good."""
    return int(session.exec(select(func.count()).select_from(box).where(col(box.lacking) > 0)).one())


def stuck(session: Session, box: type[MailT]) -> list[MailT]:
    """The mails that were tried in vain, and those that somebody lacks, oldest first; without messages."""
    tried = and_(is_unsent(box), col(box.last_error) != "")
    return _listed(session, box, or_(tried, col(box.lacking) > 0))


def unserved(session: Session, box: type[MailT]) -> list[MailT]:
    """The mails that wait, tried or not, and those that somebody lacks, oldest first; without messages."""
    return _listed(session, box, or_(is_unsent(box), col(box.lacking) > 0))


def _listed(session: Session, box: type[MailT], which: Any) -> list[MailT]:
    query = select(box).where(which).options(defer(_column(box.message)))
    return list(session.exec(query.order_by(col(box.id))))


def _column(attribute: Any) -> Any:
    """SQLModel types an attribute as its value; the mapper wants the column that it is."""
    return attribute
