"""What people did on the page and to its accounts: who, when, what, from where."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Engine

from models.session import open_session
from models.users.audit import list_audit, record
from models.users.tables import AuditEntry

COMMAND_LINE = "baris perintah"
"""The address of what was done at the terminal."""
PAGE = 100
"""Entries that are shown at once."""


@dataclass(frozen=True)
class Actor:
    """Who does something, and from where."""

    name: str
    address: str = COMMAND_LINE

    def entry(self, at: datetime, what: str, *, about: str = "", office: str = "") -> AuditEntry:
        """What is written down of it."""
        return AuditEntry(at=at, who=self.name, what=what, about=about, office=office, address=self.address)


@dataclass(frozen=True)
class AuditPage:
    """Some entries, newest first; ``older`` is where the next ones begin, None at the end."""

    entries: tuple[AuditEntry, ...]
    older: int | None


def read_audit(engine: Engine, office: str = "", before: int | None = None) -> AuditPage:
    """The newest entries.

    Args:
        engine: Of the database.
        office: Only what concerned the users of this office; empty for all.
        before: Only older ones than the entry of this number.
    """
    with open_session(engine, read_only=True) as session:
        found = list_audit(session, office, before, PAGE + 1)
    return AuditPage(tuple(found[:PAGE]), found[PAGE - 1].id if len(found) > PAGE else None)


def note_deed(engine: Engine, entry: AuditEntry) -> None:
    """Write down something that somebody did."""
    with open_session(engine) as session:
        record(session, entry)
