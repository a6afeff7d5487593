"""Issues of the report: numbered, each with what it was made from and what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.errors import StorageError
from models.locks import lock_for_writing
from models.mail.outbox import put
from models.mail.tables import OutboxMail
from models.report.tables import IssueData, IssueFile, ReportIssue
from models.snapshots import keep_bytes, read_snapshot
from models.tables import identity


@dataclass(frozen=True)
class FileRow:
    """A file of an issue: its name in the folder, SHA-256 in hexadecimal, size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True)
class IssueHeading:
    """What a list says of an issue."""

    year: int
    number: int
    issued_at: datetime
    cause: str


def heading_of(issue: ReportIssue) -> IssueHeading:
    """What a list says of an issue that was read."""
    return IssueHeading(issue.year, issue.number, issue.issued_at, issue.cause)


def next_number(session: Session, agency: str, year: int) -> int:
    """The number the next issue will have, from 1."""
    query = select(func.max(ReportIssue.number)).where(ReportIssue.agency == agency, ReportIssue.year == year)
    return (session.exec(query).one() or 0) + 1


def latest_issue(session: Session, agency: str, year: int) -> ReportIssue | None:
    """The newest issue, or None before the first."""
    query = select(ReportIssue).where(ReportIssue.agency == agency, ReportIssue.year == year)
    return session.exec(query.order_by(col(ReportIssue.number).desc()).limit(1)).first()


def newest_headings(session: Session) -> dict[str, IssueHeading]:
    """Of each office the issue that was made last, whichever year it is of; not what is in it."""
    of_issue = (ReportIssue.agency, ReportIssue.year, ReportIssue.number, ReportIssue.issued_at)
    order = (col(ReportIssue.issued_at), col(ReportIssue.id))
    rows = session.exec(select(*of_issue, ReportIssue.cause).order_by(*order))  # type: ignore[call-overload]
    return {agency: IssueHeading(*heading) for agency, *heading in rows}


def find_issue(session: Session, agency: str, year: int, number: int) -> ReportIssue | None:
    """The issue of that number, or None."""
    query = select(ReportIssue).where(
        ReportIssue.agency == agency, ReportIssue.year == year, ReportIssue.number == number
    )
    return session.exec(query).first()


def list_issues(session: Session, agency: str, year: int) -> list[ReportIssue]:
    """All issues, oldest first."""
    query = select(ReportIssue).where(ReportIssue.agency == agency, ReportIssue.year == year)
    return list(session.exec(query.order_by(col(ReportIssue.number))))


def every_issue(session: Session) -> list[ReportIssue]:
    """All issues of all offices and years, by office, year and number."""
    order = (col(ReportIssue.agency), col(ReportIssue.year), col(ReportIssue.number))
    return list(session.exec(select(ReportIssue).order_by(*order)))


def move_issue_folders(session: Session, old: Path, new: Path) -> None:
    """Let every issue whose files were below ``old`` say that they are below ``new``."""
    for issue in every_issue(session):
        folder = Path(issue.folder)
        if folder.is_relative_to(old):
            issue.folder = str(new / folder.relative_to(old))
            session.add(issue)


def read_history(session: Session, agency: str, year: int) -> list[tuple[int, datetime, str, Any]]:
    """Number, moment, cause and changes of every issue of a year, oldest first; the reports stay unread."""
    query = (
        select(ReportIssue.number, ReportIssue.issued_at, ReportIssue.cause, ReportIssue.changes)
        .where(ReportIssue.agency == agency, ReportIssue.year == year)
        .order_by(col(ReportIssue.number))
    )
    return [(number, at, cause, changes) for number, at, cause, changes in session.exec(query)]


def files_of(session: Session, issue: ReportIssue) -> list[IssueFile]:
    """The files of an issue, by name."""
    query = select(IssueFile).where(IssueFile.issue_id == issue.id).order_by(col(IssueFile.name))
    return list(session.exec(query))


def data_of(session: Session, issue: ReportIssue) -> dict[str, bytes]:
    """What an issue was made of, by name; empty for an issue of before this was kept.

    Raises:
        StorageError: A part of it was altered in the database.
    """
    query = select(IssueData).where(IssueData.issue_id == issue.id).order_by(col(IssueData.name))
    return {entry.name: read_snapshot(session, entry.snapshot_sha256) for entry in session.exec(query)}


def record_issue(
    session: Session,
    issue: ReportIssue,
    files: Iterable[FileRow] = (),
    data: Mapping[str, bytes] | None = None,
) -> ReportIssue:
    """Write down a new issue with its files.

    Args:
        session: Of the caller's transaction, the one that also queues the mail.
        issue: With the number that was printed into it.
        files: The files.
        data: What it was made of, by name; kept with it.

    Raises:
        StorageError: The issue before says the same, or another process took the number.
    """
    agency, year = issue.agency, issue.year
    lock_for_writing(session, f"issue/{agency}/{year}")
    latest = latest_issue(session, agency, year)
    if latest is not None and latest.content_hash == issue.content_hash:
        raise StorageError(
            f"Terbitan {latest.number} laporan {year} sudah berisi hal yang sama; tidak ada terbitan baru.",
            todo="tidak perlu apa-apa; proses lain telah lebih dulu menyusunnya.",
        )
    expected = (latest.number if latest else 0) + 1
    if issue.number != expected:
        raise StorageError(
            f"Terbitan nomor {issue.number} laporan {year} tidak dapat dicatat; yang berikutnya nomor "
            f"{expected}.",
            todo="jalankan lagi; proses lain telah lebih dulu menerbitkan laporan.",
        )
    kept = {name: keep_bytes(session, content, issue.issued_at) for name, content in (data or {}).items()}
    issue.data_hash = _data_hash(kept) if kept else ""
    session.add(issue)
    session.flush()
    session.add_all(
        IssueData(issue_id=identity(issue.id), name=name, snapshot_sha256=sha256)
        for name, sha256 in kept.items()
    )
    session.add_all(
        IssueFile(issue_id=identity(issue.id), name=file.name, sha256=file.sha256, size=file.size)
        for file in files
    )
    session.flush()
    return issue


def _data_hash(kept: Mapping[str, str]) -> str:
    lines = "".join(f"{name} {sha256}\n" for name, sha256 in sorted(kept.items()))
    return hashlib.sha256(lines.encode()).hexdigest()


def enqueue(
    session: Session,
    issue: ReportIssue,
    message: EmailMessage,
    recipients: Sequence[str],
    at: datetime | None = None,
) -> OutboxMail:
    """Put the mail that brings an issue into the outbox.

    Args:
        session: The one that records the issue, so that both are kept or neither.
        issue: Which the mail brings; recorded already.
        message: As for :func:`models.mail.outbox.put`.
        recipients: The addresses it goes to.
        at: From when it is due; left out, from when the issue was made.

    Raises:
        DeliveryError: As for :func:`models.mail.outbox.put`.
    """
    return put(session, OutboxMail, message, recipients, at or issue.issued_at, issue_id=identity(issue.id))


def first_message_id(session: Session, agency: str, year: int) -> str:
    """The Message-ID of the mail that brought the first issue of a year; empty before there is one."""
    query = (
        select(OutboxMail.message_id)
        .join(ReportIssue, col(OutboxMail.issue_id) == col(ReportIssue.id))
        .where(ReportIssue.agency == agency, ReportIssue.year == year)
        .order_by(col(ReportIssue.number), col(OutboxMail.id))
    )
    return session.exec(query.limit(1)).first() or ""


def list_headings(session: Session, agency: str) -> list[IssueHeading]:
    """Year, number, moment and cause of every issue of an office, oldest first; the reports stay unread."""
    query = select(ReportIssue.year, ReportIssue.number, ReportIssue.issued_at, ReportIssue.cause).where(
        ReportIssue.agency == agency
    )
    rows = session.exec(query.order_by(col(ReportIssue.year), col(ReportIssue.number)))
    return [IssueHeading(*row) for row in rows]
