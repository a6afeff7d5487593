"""Drafts: recorded, read, and decided on once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from sqlalchemy import func
from sqlmodel import Session, col, select

from core.errors import StorageError
from models.locks import lock_for_writing
from models.mail.outbox import is_unsent
from models.mail.tables import DraftMail
from models.mail.unserved import drop
from models.report.draft_tables import DraftPart, DraftState, PartKind, ReportDraft
from models.report.issues import next_number
from models.snapshots import keep_bytes, read_snapshot
from models.tables import identity

Parts = Mapping[PartKind, Mapping[str, bytes]]
"""The files of a draft by kind and name."""


@dataclass(frozen=True)
class DraftHeading:
    """What a list says of a draft; the fields are those of :class:`ReportDraft`."""

    year: int
    number: int
    attempt: int
    state: str
    made_at: datetime
    cause: str
    decided_at: datetime | None
    decided_by: str
    note: str

    @classmethod
    def of(cls, draft: ReportDraft) -> DraftHeading:
        """Of a draft that was read whole."""
        return cls(*(getattr(draft, name) for name in _HEADING))

    @property
    def name(self) -> str:
        """By which people name it: ``2-1``."""
        return f"{self.number}-{self.attempt}"

    @property
    def waits(self) -> bool:
        """Whether it can still be approved or rejected."""
        return self.state == DraftState.WAITING

    @property
    def approved(self) -> bool:
        """Whether it became an issue."""
        return self.state == DraftState.APPROVED


_HEADING = tuple(field.name for field in fields(DraftHeading))


def waiting_draft(session: Session, agency: str, year: int) -> ReportDraft | None:
    """The draft of a year that waits for approval; there is at most one."""
    query = select(ReportDraft).where(
        ReportDraft.agency == agency, ReportDraft.year == year, ReportDraft.state == DraftState.WAITING
    )
    return session.exec(query).first()


def waiting_drafts(session: Session) -> list[ReportDraft]:
    """Every draft that waits, of whichever office, the oldest first."""
    query = select(ReportDraft).where(ReportDraft.state == DraftState.WAITING)
    return list(session.exec(query.order_by(col(ReportDraft.made_at), col(ReportDraft.id))))


def approved_draft(session: Session, agency: str, year: int, number: int) -> ReportDraft | None:
    """The draft that became the issue of that number; None where it needed nobody's approval."""
    query = select(ReportDraft).where(
        ReportDraft.agency == agency,
        ReportDraft.year == year,
        ReportDraft.number == number,
        ReportDraft.state == DraftState.APPROVED,
    )
    return session.exec(query).first()


def approvals(session: Session, agency: str, year: int) -> dict[int, DraftHeading]:
    """Of each issue of a year that a person approved, the draft that it was, by the issue's number."""
    drafts = draft_headings(session, agency, year)
    return {draft.number: draft for draft in drafts if draft.approved}


def rejected_draft(session: Session, agency: str, year: int, content_hash: str) -> ReportDraft | None:
    """The draft of the next issue that says the same and was rejected; the last one where there are more."""
    query = select(ReportDraft).where(
        ReportDraft.agency == agency,
        ReportDraft.year == year,
        ReportDraft.number == next_number(session, agency, year),
        ReportDraft.content_hash == content_hash,
        ReportDraft.state == DraftState.REJECTED,
    )
    return session.exec(query.order_by(col(ReportDraft.attempt).desc())).first()


def find_draft(session: Session, agency: str, year: int, number: int, attempt: int) -> ReportDraft | None:
    """The draft of that name, or None."""
    query = select(ReportDraft).where(
        ReportDraft.agency == agency,
        ReportDraft.year == year,
        ReportDraft.number == number,
        ReportDraft.attempt == attempt,
    )
    return session.exec(query).first()


def draft_headings(session: Session, agency: str, year: int | None = None) -> list[DraftHeading]:
    """What a list says of every draft of an office, or of one year, newest first; the reports stay unread."""
    columns = [getattr(ReportDraft, name) for name in _HEADING]
    order = (col(ReportDraft.year).desc(), col(ReportDraft.number).desc(), col(ReportDraft.attempt).desc())
    query = select(*columns).where(ReportDraft.agency == agency)
    if year is not None:
        query = query.where(ReportDraft.year == year)
    return [DraftHeading(*row) for row in session.exec(query.order_by(*order))]


def was_drafted(session: Session, agency: str, year: int) -> bool:
    """Whether there ever was a draft of the year."""
    query = select(ReportDraft.id).where(ReportDraft.agency == agency, ReportDraft.year == year)
    return session.exec(query.limit(1)).first() is not None


def part_names(session: Session, draft: ReportDraft, kind: PartKind) -> dict[str, str]:
    """SHA-256 of a draft's parts of a kind, by name."""
    query = select(DraftPart).where(DraftPart.draft_id == draft.id, DraftPart.kind == kind)
    return {part.name: part.snapshot_sha256 for part in session.exec(query.order_by(col(DraftPart.name)))}


def read_parts(session: Session, draft: ReportDraft, kind: PartKind) -> dict[str, bytes]:
    """A draft's parts of a kind, by name.

    Raises:
        StorageError: One of them was altered in the database.
    """
    return {name: read_snapshot(session, sha256) for name, sha256 in part_names(session, draft, kind).items()}


def record_draft(
    session: Session, draft: ReportDraft, parts: Parts, *, again: bool = False
) -> ReportDraft | None:
    """Write down a new draft in the place of the one that waits, if one does.

    Args:
        session: Of the caller's transaction, the one that also queues the mail.
        draft: With the number that was printed into it; its attempt is given here.
        parts: Its files.
        again: Although the one that waits says the same.

    Returns:
        The draft, or None where another process made one that says the same.

    Raises:
        StorageError: An issue was made meanwhile.
    """
    agency, year = draft.agency, draft.year
    lock_issues(session, agency, year)
    if draft.number != (expected := next_number(session, agency, year)):
        raise StorageError(
            f"Rancangan terbitan {draft.number} laporan {year} tidak dapat dicatat; yang berikutnya nomor "
            f"{expected}.",
            todo="jalankan lagi; proses lain telah lebih dulu menerbitkan laporan.",
        )
    waiting = waiting_draft(session, agency, year)
    if waiting is not None and waiting.content_hash == draft.content_hash and not again:
        return None
    last = select(func.max(ReportDraft.attempt)).where(
        ReportDraft.agency == agency, ReportDraft.year == year, ReportDraft.number == draft.number
    )
    draft.attempt = (session.exec(last).one() or 0) + 1
    if waiting is not None:
        settle(session, waiting, DraftState.REPLACED, draft.made_at, note=f"Digantikan {told(draft)}.")
    session.add(draft)
    session.flush()
    session.add_all(
        DraftPart(
            draft_id=identity(draft.id),
            kind=kind.value,
            name=name,
            snapshot_sha256=keep_bytes(session, content, draft.made_at),
        )
        for kind, files in parts.items()
        for name, content in files.items()
    )
    session.flush()
    return draft


def take_waiting(session: Session, draft: ReportDraft) -> ReportDraft:
    """The same draft, while nobody else can decide on it until this transaction ends.

    Raises:
        StorageError: It does not wait any more.
    """
    lock_issues(session, draft.agency, draft.year)
    taken = session.get(ReportDraft, draft.id, populate_existing=True)
    if taken is None or not taken.waits:
        raise no_longer_waiting(taken or draft)
    return taken


def no_longer_waiting(draft: ReportDraft) -> StorageError:
    """What is said to somebody who decides on a draft that does not wait any more."""
    who = f" oleh {draft.decided_by}" if draft.decided_by else ""
    words = {
        DraftState.APPROVED: f"sudah disetujui{who}",
        DraftState.REJECTED: f"sudah ditolak{who}",
        DraftState.REPLACED: "sudah digantikan yang lebih baru",
        DraftState.WITHDRAWN: "sudah ditarik",
    }
    why = f" {draft.note}" if draft.note and draft.state != DraftState.APPROVED else ""
    return StorageError(
        f"{told(draft).capitalize()} {words.get(DraftState(draft.state), 'tidak menunggu lagi')}.{why}",
        todo="lihat rancangan yang menunggu sekarang di halaman, atau dengan lkjip approve.",
    )


def withdraw(session: Session, agency: str, year: int, at: datetime, why: str) -> ReportDraft | None:
    """Let the draft of a year that waits wait no more, since what it says holds no more; None if none did.

    Args:
        session: Of the caller's transaction.
        agency: The office.
        year: The report's.
        at: The present moment.
        why: In Indonesian.
    """
    lock_issues(session, agency, year)
    waiting = waiting_draft(session, agency, year)
    if waiting is not None:
        settle(session, waiting, DraftState.WITHDRAWN, at, note=why)
    return waiting


def settle(
    session: Session, draft: ReportDraft, state: DraftState, at: datetime, *, by: str = "", note: str = ""
) -> None:
    """Write down what became of a draft that waited; mails that still ask for it are not sent any more."""
    draft.state, draft.decided_at, draft.decided_by, draft.note = state.value, at, by, note
    session.add(draft)
    for mail in unsent_mails(session, draft):
        if mail.claimed_until is None or mail.claimed_until <= at:
            drop(session, mail, mail.recipients, at, reason="rancangannya tidak menunggu lagi", by=by)
    session.flush()


def unsent_mails(session: Session, draft: ReportDraft) -> list[DraftMail]:
    """The mails that ask for a draft's approval and still have to be sent."""
    return list(session.exec(select(DraftMail).where(DraftMail.draft_id == draft.id, is_unsent(DraftMail))))


def lock_issues(session: Session, agency: str, year: int) -> None:
    """Let nobody else record issues or drafts of the year until this transaction ends."""
    lock_for_writing(session, f"issue/{agency}/{year}")


def told(draft: ReportDraft) -> str:
    """A draft as people name it: ``rancangan 2-1 untuk terbitan 2``."""
    return f"rancangan {draft.name} untuk terbitan {draft.number}"
