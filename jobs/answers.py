"""Keeping the bytes of an answer or a file as they came, with where they came from."""

from __future__ import annotations

from sqlmodel import Session

from connectors.web.transport import Fetched
from models.snapshots import keep_snapshot
from models.tables import Fetch, identity


def keep_fetch(session: Session, source: str, fetched: Fetched) -> Fetch:
    """Keep the bytes of an answer once; the row of its fetch."""
    return keep_snapshot(
        session,
        source=source,
        url=fetched.url_redacted,
        status=fetched.status,
        headers=fetched.headers,
        content=fetched.content,
        fetched_at=fetched.fetched_at,
    )


def keep_answer(session: Session, source: str, fetched: Fetched) -> int:
    """Keep the bytes of an answer; the id of its fetch."""
    return identity(keep_fetch(session, source, fetched).id)
