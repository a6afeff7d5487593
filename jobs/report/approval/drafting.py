"""Whether what a report says becomes a draft, and keeping the draft; nothing of it goes out by this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from core.dates import format_time
from core.version import program_version
from jobs.report.approval.notices import remind_approvers, tell_approvers
from jobs.report.render import draft_files
from jobs.workspace import Workspace
from models.report.draft_tables import PartKind, ReportDraft
from models.report.drafts import (
    lock_issues,
    record_draft,
    rejected_draft,
    waiting_draft,
    withdraw,
)
from models.session import open_session
from reports.content import Report


@dataclass(frozen=True)
class Drafted:
    """The draft that waits for approval after a refresh.

    Attributes:
        name: ``2-1``.
        number: Of the issue that it becomes.
        title: Of the report.
        since: From when it waits.
        fresh: Whether this refresh made it.
    """

    name: str
    year: int
    number: int
    title: str
    cause: str
    since: datetime
    fresh: bool

    @property
    def heading(self) -> str:
        """What waits."""
        return f"Rancangan {self.name} untuk terbitan {self.number} {self.title}"

    def as_text(self) -> str:
        """For people."""
        if not self.fresh:
            return (
                f"Isi laporan sama dengan rancangan {self.name}, yang menunggu persetujuan sejak "
                f"{format_time(self.since)}; tidak ada rancangan baru."
            )
        return (
            f"{self.heading} menunggu persetujuan; surel kepada yang menyetujui ada di kotak keluar. "
            f"Belum ada yang dikirim kepada penerima laporan. Memutuskan: di halaman, atau lkjip approve "
            f"{self.name}."
        )

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {**asdict(self), "since": self.since.isoformat()}


@dataclass(frozen=True)
class Known:
    """What is known already of a content that is no issue yet.

    Attributes:
        draft: That says the same and waits.
        said: Why there is nothing to make, in Indonesian.
    """

    draft: Drafted | None = None
    said: str = ""


def was_drafted_before(workspace: Workspace, content_hash: str) -> Known | None:
    """What became of a draft of the next issue with the same content; None where it has to be made.

    Who may approve one that waits is reminded when it is time. Where the same content was rejected before,
    a draft of another content does not hold any more and is withdrawn.
    """
    office, year = workspace.office_id, workspace.year
    with open_session(workspace.engine, read_only=True) as session:
        waiting = waiting_draft(session, office, year)
        rejected = rejected_draft(session, office, year, content_hash)
    now = workspace.settings.current_time()
    if waiting is not None and waiting.content_hash == content_hash:
        with open_session(workspace.engine) as session:
            lock_issues(session, office, year)
            still = waiting_draft(session, office, year)
            if still is not None and still.id == waiting.id:
                remind_approvers(session, workspace, still, now)
        return Known(_drafted(waiting, fresh=False))
    if rejected is None:
        return None
    why = f": {rejected.note}" if rejected.note else ""
    same = f"Isi laporan sama dengan rancangan {rejected.name}, yang ditolak {rejected.decided_by}{why}"
    told = take_back(workspace, f"Isi laporan kembali sama dengan rancangan {rejected.name}, yang ditolak.")
    again = "bila tetap perlu, ajukan lagi dengan lkjip refresh --again."
    return Known(said=" ".join(filter(None, (f"{same.removesuffix('.')}; {again}", told))))


def take_back(workspace: Workspace, why: str) -> str:
    """Withdraw the draft that waits, if one does, since the report does not say that any more.

    Returns:
        What was done, in Indonesian; empty where none waited.
    """
    office, year = workspace.office_id, workspace.year
    with open_session(workspace.engine, read_only=True) as session:
        if waiting_draft(session, office, year) is None:
            return ""
    with open_session(workspace.engine) as session:
        taken = withdraw(session, office, year, workspace.settings.current_time(), why)
    return f"Rancangan {taken.name} tidak perlu disetujui lagi dan ditarik." if taken else ""


def with_cause_of(waiting: ReportDraft | None, cause: str) -> str:
    """Why the next issue is made: also by what the draft brought that waits, and that nobody got yet."""
    if waiting is None or cause in waiting.cause:
        return waiting.cause if waiting else cause
    return f"{waiting.cause.rstrip('.')}. {cause}"


def keep_draft(
    workspace: Workspace,
    report: Report,
    changes: Mapping[str, Any],
    files: Mapping[str, bytes],
    ingredients: Mapping[str, bytes],
    *,
    again: bool = False,
) -> Drafted:
    """Keep a draft with all that the issue will need, and tell those who may approve; all of it or nothing.

    The files of the issue are kept now, to the byte, so that what is approved is what was looked at, even
    when the program is another one by then.

    Args:
        workspace: Office and year.
        report: With the number and moment of the issue that it becomes.
        changes: Since the last issue.
        files: Of that issue.
        ingredients: What it is made of.
        again: Although a draft that says the same waits.

    Raises:
        RenderError: A file could not be marked.
        StorageError: An issue was made meanwhile, or the database cannot be used.
        DeliveryError: Nobody can be told.
    """
    marked = draft_files(report, files)
    office, year = workspace.agency.office.id, workspace.year
    draft = ReportDraft(
        agency=office,
        year=year,
        number=report.issue.number,
        attempt=0,
        content_hash=report.content_hash,
        made_at=report.issue.moment,
        cause=report.issue.cause,
        changes=changes,
        report=report.as_json(),
        program=program_version(),
    )
    parts = {PartKind.DATA: ingredients, PartKind.FILE: files, PartKind.MARKED: marked}
    with open_session(workspace.engine) as session:
        lock_issues(session, office, year)
        before = waiting_draft(session, office, year)
        recorded = record_draft(session, draft, parts, again=again)
        if recorded is None and before is not None:  # another machine made it meanwhile
            return _drafted(before, fresh=False)
        tell_approvers(session, workspace, draft, before.name if before else "")
    return _drafted(draft, fresh=True)


def _drafted(draft: ReportDraft, *, fresh: bool) -> Drafted:
    title = draft.report["title"]
    return Drafted(draft.name, draft.year, draft.number, title, draft.cause, draft.made_at, fresh)
