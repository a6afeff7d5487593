"""One writer at a time for what is read first and written after."""

from __future__ import annotations

import hashlib

from sqlalchemy import text
from sqlmodel import Session


def lock_for_writing(session: Session, name: str) -> None:
    """Let nobody else who names the same ``name`` pass until this transaction ends.

    On SQLite a session that writes has the only write lock from its first statement on
    (:mod:`models.session`), so it is enough to begin.
    """
    connection = session.connection()
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": lock_number(name)})


def lock_number(name: str) -> int:
    """The number that PostgreSQL knows a name by."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], signed=True)
