"""Signed copies of issues that came back; only ever added to."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlmodel import Session, col, select

from models.locks import lock_for_writing
from models.report.tables import ReportIssue, SignedCopy
from models.snapshots import keep_bytes
from models.tables import identity


def record_signed(session: Session, issue: ReportIssue, copy: SignedCopy, content: bytes) -> bool:
    """Write down a signed copy of an issue with its bytes.

    Args:
        session: Of the caller's transaction.
        issue: Which was signed.
        copy: Without the issue's id and the hash and size of its bytes, which are put in.
        content: The bytes.

    Returns:
        Whether it is new; the same bytes are kept once.
    """
    copy.issue_id = identity(issue.id)
    copy.size = len(content)
    copy.sha256 = keep_bytes(session, content, copy.received_at)
    lock_for_writing(session, f"signed/{copy.issue_id}")
    query = select(SignedCopy).where(SignedCopy.issue_id == copy.issue_id, SignedCopy.sha256 == copy.sha256)
    if session.exec(query).first() is not None:
        return False
    session.add(copy)
    session.flush()
    return True


def signed_copies(session: Session, issue: ReportIssue) -> list[SignedCopy]:
    """The signed copies of an issue, oldest first."""
    query = select(SignedCopy).where(SignedCopy.issue_id == issue.id).order_by(col(SignedCopy.id))
    return list(session.exec(query))


def issues_of_copies(session: Session, sha256: Collection[str]) -> dict[str, ReportIssue]:
    """Of which issue some bytes are a signed copy, by their SHA-256; those that are none are left out."""
    query = (
        select(SignedCopy.sha256, ReportIssue)
        .join(ReportIssue, col(SignedCopy.issue_id) == col(ReportIssue.id))
        .where(col(SignedCopy.sha256).in_(sha256))
    )
    return dict(session.exec(query).all())


def signed_days(session: Session, agency: str, year: int) -> dict[int, datetime]:
    """When the first signed copy of each issue of a year came, by the issue's number."""
    query = (
        select(ReportIssue.number, SignedCopy.received_at)
        .join(SignedCopy, col(SignedCopy.issue_id) == col(ReportIssue.id))
        .where(ReportIssue.agency == agency, ReportIssue.year == year)
        .order_by(col(SignedCopy.id).desc())
    )
    return dict(session.exec(query).all())
