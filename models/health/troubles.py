"""Troubles that somebody must hear of, and the outbox of the mails that say so.

A trouble is open from its first sight until it is gone; there is one open row for one key. Its mails
stand in an outbox of their own (:class:`models.mail.tables.TroubleMail`), so that they neither wait
behind reports nor are mistaken for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Index, text
from sqlmodel import Field, Session, col, select

from models.locks import lock_for_writing
from models.mail.tables import TroubleMail
from models.tables import Table
from models.types import UtcDateTime

_LOCK = "troubles"
"""One for all keys: whoever writes several in one transaction cannot lock another out, nor be locked out."""


class Trouble(Table, table=True):
    """Something that does not go as it should, from when to when.

    Attributes:
        key: What it is about, ``alur/kirim-laporan/sumenep-dkupp/2023``: one open trouble for a key.
        title: In a few words, in Indonesian.
        detail: What happened, in Indonesian, without secrets.
        todo: What to do.
        seen_at: When it was last seen.
        closed_at: When it was gone; None while it is there.
    """

    __tablename__ = "troubles"
    __table_args__ = (
        Index(
            "ix_troubles_open",
            "key",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    key: str
    title: str
    detail: str
    todo: str = ""
    opened_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


def open_troubles(session: Session) -> list[Trouble]:
    """The troubles that are there now, oldest first."""
    return list(
        session.exec(select(Trouble).where(col(Trouble.closed_at).is_(None)).order_by(col(Trouble.id)))
    )


def open_trouble(
    session: Session, *, key: str, title: str, detail: str, todo: str, at: datetime
) -> tuple[Trouble, bool]:
    """Write down that a trouble is there.

    Args:
        session: Of the caller's transaction.
        key: What it is about.
        title: In a few words.
        detail: What happened; of a trouble that is open already it replaces what was known.
        todo: What to do.
        at: The present moment.

    Returns:
        The trouble, and whether it is new.
    """
    lock_for_writing(session, _LOCK)
    known = _open(session, key)
    trouble = known or Trouble(key=key, title=title, detail=detail, todo=todo, opened_at=at, seen_at=at)
    trouble.title, trouble.detail, trouble.todo, trouble.seen_at = title, detail, todo, at
    session.add(trouble)
    session.flush()
    return trouble, known is None


def close_trouble(session: Session, key: str, at: datetime) -> Trouble | None:
    """Write down that a trouble is gone; None when there was none."""
    lock_for_writing(session, _LOCK)
    trouble = _open(session, key)
    if trouble is not None:
        trouble.closed_at = at
        session.add(trouble)
        session.flush()
    return trouble


def was_told(session: Session, trouble: Trouble) -> bool:
    """Whether a mail about ``trouble`` has reached the mail server for anybody."""
    return any(mail.accepted for mail in _mails(session, trouble))


def drop_untold(session: Session, trouble: Trouble) -> None:
    """Take the mails about ``trouble`` that nobody got and nobody is sending out of the outbox."""
    for mail in _mails(session, trouble):
        if not mail.accepted and not mail.claimed_by:
            session.delete(mail)
    session.flush()


def _mails(session: Session, trouble: Trouble) -> Sequence[TroubleMail]:
    return session.exec(
        select(TroubleMail).where(TroubleMail.trouble_id == trouble.id).with_for_update()
    ).all()


def _open(session: Session, key: str) -> Trouble | None:
    query = select(Trouble).where(Trouble.key == key, col(Trouble.closed_at).is_(None))
    return session.exec(query).first()
