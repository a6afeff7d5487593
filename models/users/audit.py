"""Who did what; only ever added to."""

from __future__ import annotations

from sqlmodel import Session, col, select

from models.users.tables import AuditEntry


def record(session: Session, entry: AuditEntry) -> None:
    """Write down what somebody did, in the transaction that does it."""
    session.add(entry)
    session.flush()


def list_audit(session: Session, office: str, before: int | None, count: int) -> list[AuditEntry]:
    """The newest entries, newest first.

    Args:
        session: For reading.
        office: Only those of this office; empty for all.
        before: Only those older than the entry of this id.
        count: At most so many.
    """
    query = select(AuditEntry).order_by(col(AuditEntry.id).desc()).limit(count)
    if office:
        query = query.where(AuditEntry.office == office)
    if before is not None:
        query = query.where(col(AuditEntry.id) < before)
    return list(session.exec(query))


def list_deeds(session: Session, office: str, what: str, count: int) -> list[AuditEntry]:
    """The newest entries of one sort that concerned an office, newest first."""
    query = select(AuditEntry).where(AuditEntry.office == office, AuditEntry.what == what)
    return list(session.exec(query.order_by(col(AuditEntry.id).desc()).limit(count)))
