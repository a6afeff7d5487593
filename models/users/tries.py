"""Tries to sign in that failed: how many, and until when no further one is looked at."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete
from sqlmodel import Session, col, select

from models.locks import lock_for_writing
from models.users.tables import SignInTries


def lock_tries(session: Session) -> None:
    """Let one try after the other be counted, so that many at once are not one."""
    lock_for_writing(session, "sign_in_tries")


def known_tries(session: Session, keys: list[str]) -> dict[str, SignInTries]:
    """What is known of some accounts and addresses, by key."""
    return {row.key: row for row in session.exec(select(SignInTries).where(col(SignInTries.key).in_(keys)))}


def write_tries(session: Session, row: SignInTries) -> None:
    """Keep a count."""
    session.add(row)
    session.flush()


def forget_tries(session: Session, key: str) -> None:
    """An account whose owner signed in begins anew."""
    session.execute(delete(SignInTries).where(col(SignInTries.key) == key))


def forget_old_tries(session: Session, before: datetime) -> None:
    """What is long ago counts no more."""
    session.execute(delete(SignInTries).where(col(SignInTries.last_at) < before))
