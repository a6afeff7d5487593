"""Approving a draft, by which it becomes an issue and goes out, and rejecting one."""

from __future__ import annotations

import hashlib
from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session

from core.dates import format_date
from core.errors import AgencyDataError, LkjipError, StorageError
from jobs.report.approval.drafts import require_draft
from jobs.report.ingredients import realisasi_from, report_from
from jobs.report.keeping import keep_files
from jobs.report.refresh import lock_of_report, queue_mail, record_figures
from jobs.users.audit import Actor
from jobs.workspace import Workspace, one_at_a_time
from models.report.draft_tables import DraftState, PartKind, ReportDraft
from models.report.drafts import no_longer_waiting, read_parts, settle, take_waiting, told
from models.report.issues import FileRow, record_issue
from models.report.tables import ReportIssue
from models.session import open_session
from models.users.audit import record
from office.confirmation import require_confirmed, year_state
from reports.content import IssueInfo, Report
from reports.mail import Approved

LONGEST_NOTE = 1000
"""Letters of a note or reason."""


@dataclass(frozen=True)
class Decision:
    """What became of a draft.

    Attributes:
        number: Of the issue that it became, or would have become.
        place: Where the issue's files are, for people; empty for a rejected one.
        note: The words for the mail, or the reason.
    """

    draft: str
    year: int
    number: int
    approved: bool
    title: str
    by: str
    note: str
    place: str = ""

    def as_text(self) -> str:
        """For people."""
        if not self.approved:
            return f"Rancangan {self.draft} {self.title} ditolak {self.by}: {self.note}"
        return (
            f"Rancangan {self.draft} disetujui {self.by}. {self.title} tersimpan di {self.place}; surelnya "
            "ada di kotak keluar (kirim dengan: lkjip send)."
        )

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return asdict(self)


def approve(workspace: Workspace, name: str, by: Actor, note: str = "") -> Decision:
    """Let a draft become the issue, and its mail go to the recipients; all of it or nothing.

    The files are the bytes that were kept with the draft. Of two people who decide at once one is told
    that the other was first.

    Args:
        workspace: Office and year.
        name: Of the draft, ``2-1``.
        by: Who approves.
        note: In their words, for the mail.

    Raises:
        StorageError: There is no such draft, it does not wait any more, or something cannot be written.
        AgencyDataError: The year is closed or not confirmed, or its data cannot be read.
    """
    note = _one_line(note)
    with one_at_a_time(lock_of_report(workspace)):
        _require_open(workspace)
        with open_session(workspace.engine, read_only=True) as session:
            draft = require_draft(session, workspace, name)
            if not draft.waits:
                raise no_longer_waiting(draft)
            data, files = (read_parts(session, draft, kind) for kind in (PartKind.DATA, PartKind.FILE))
        report = _report_of(draft, data)
        now = workspace.settings.current_time()
        kept = keep_files(workspace, draft.number, files)
        with open_session(workspace.engine) as session:
            taken = take_waiting(session, draft)
            record_figures(session, workspace, realisasi_from(data, draft.number, draft.year), draft.made_at)
            made = ReportIssue(
                agency=draft.agency,
                year=draft.year,
                number=draft.number,
                content_hash=draft.content_hash,
                issued_at=draft.made_at,
                cause=draft.cause,
                inputs=draft.report["figures"],
                changes=draft.changes,
                report=draft.report,
                folder=kept.place,
                program=draft.program,
            )
            rows = (FileRow(of, hashlib.sha256(held).hexdigest(), len(held)) for of, held in files.items())
            issue = record_issue(session, made, rows, data)
            settle(session, taken, DraftState.APPROVED, now, by=by.name, note=note)
            approved = Approved(by.name, now, note)
            queue_mail(session, workspace, issue, report, draft.changes, files, approved)
            _note_deed(session, workspace, by, "menyetujui rancangan", taken)
            kept.show()
    title = f"{report.title} terbitan {draft.number}, {format_date(report.issue.day)}"
    return Decision(draft.name, draft.year, draft.number, True, title, by.name, note, kept.place)


def reject(workspace: Workspace, name: str, by: Actor, reason: str) -> Decision:
    """Let a draft never go out; the same content is not proposed again by itself.

    Args:
        workspace: Office and year.
        name: Of the draft.
        by: Who rejects.
        reason: In their words.

    Raises:
        StorageError: There is no such draft, it does not wait any more, or no reason is given.
    """
    reason = _one_line(reason)
    if not reason:
        raise StorageError(
            "Rancangan tidak ditolak tanpa alasan.",
            todo="tulis alasannya, supaya yang menyusun tahu apa yang harus diperbaiki.",
        )
    with open_session(workspace.engine) as session:
        draft = take_waiting(session, require_draft(session, workspace, name))
        now = workspace.settings.current_time()
        settle(session, draft, DraftState.REJECTED, now, by=by.name, note=reason)
        _note_deed(session, workspace, by, "menolak rancangan", draft)
        title = str(draft.report["title"])
    return Decision(draft.name, draft.year, draft.number, False, title, by.name, reason)


def _require_open(workspace: Workspace) -> None:
    require_confirmed(workspace.agency_folder, workspace.year)
    if year_state(workspace.agency_folder, workspace.year).closed:
        raise AgencyDataError(
            f"Tahun {workspace.year} sudah ditutup, jadi rancangannya tidak dapat disetujui lagi.",
            todo="tolak rancangannya dengan alasan itu; yang sudah terbit tetap ada.",
        )


def _report_of(draft: ReportDraft, data: dict[str, bytes]) -> Report:
    """The draft's report, for the words of its mail.

    Raises:
        StorageError: This program would say something else than what was looked at.
    """
    info = IssueInfo(number=draft.number, issued_on=draft.made_at, cause=draft.cause)
    try:
        report = report_from(data, draft.agency, draft.year, info)
    except LkjipError as cause:
        raise _other_program(draft) from cause
    if report.content_hash != draft.content_hash:
        raise _other_program(draft)
    return report


def _other_program(draft: ReportDraft) -> StorageError:
    return StorageError(
        f"{told(draft).capitalize()} disusun program lain ({draft.program}); program yang sekarang "
        "membacanya lain.",
        todo="susun rancangan baru dengan lkjip refresh --again, lalu putuskan yang baru itu.",
    )


def _note_deed(session: Session, workspace: Workspace, by: Actor, what: str, draft: ReportDraft) -> None:
    about = f"{draft.year}: {told(draft)}" + (f"; {draft.note}" if draft.note else "")
    record(session, by.entry(workspace.settings.current_time(), what, about=about, office=draft.agency))


def _one_line(text: str) -> str:
    """Words as a person typed them, without line ends and what is not for print."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:LONGEST_NOTE]
