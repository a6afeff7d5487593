"""Drafts as they were kept: their list, how each stands, and the files in which people see them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sqlmodel import Session

from core.dates import format_time
from core.errors import StorageError
from jobs.report.issues import FILES, StoredFile
from jobs.report.render import write_files
from jobs.workspace import Workspace
from models.report.draft_tables import DraftState, PartKind, ReportDraft
from models.report.drafts import DraftHeading, draft_headings, find_draft, part_names, read_parts
from models.session import open_session
from models.snapshots import read_snapshot

WORDS = {
    DraftState.WAITING: "menunggu persetujuan",
    DraftState.APPROVED: "disetujui",
    DraftState.REJECTED: "ditolak",
    DraftState.REPLACED: "digantikan",
    DraftState.WITHDRAWN: "ditarik",
}
_NAME = re.compile(r"([1-9]\d{0,4})-([1-9]\d{0,4})")


@dataclass(frozen=True)
class ShownDraft:
    """A draft as it is shown.

    Attributes:
        title: Of the report.
        changes: Since the last issue, as :func:`reports.changes.compare_reports` gives them.
        kinds: Of files in which it can be seen.
    """

    heading: DraftHeading
    title: str
    changes: Mapping[str, Any]
    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Listing:
    """The drafts of an office's year, newest first."""

    drafts: tuple[DraftHeading, ...]

    def as_dict(self) -> list[dict[str, Any]]:
        """For ``--json``."""
        return [
            {
                **asdict(draft),
                "name": draft.name,
                "made_at": draft.made_at.isoformat(),
                "decided_at": draft.decided_at.isoformat() if draft.decided_at else "",
            }
            for draft in self.drafts
        ]

    def as_text(self) -> str:
        """For people: what waits, then what to do."""
        if not self.drafts:
            return "Tidak ada rancangan yang menunggu persetujuan."
        lines = [standing_of(draft) for draft in self.drafts]
        waiting = next((draft for draft in self.drafts if draft.waits), None)
        if waiting is not None:
            lines.append(
                f"Melihat: lkjip approve {waiting.name} --out MAP; menyetujui: lkjip approve {waiting.name}; "
                f'menolak: lkjip approve {waiting.name} --reject "alasan".'
            )
        return "\n".join(lines)


def standing_of(draft: DraftHeading) -> str:
    """How a draft stands, for people, in one line."""
    since = f"rancangan {draft.name} untuk terbitan {draft.number} laporan {draft.year}, disusun"
    text = f"{since.capitalize()} {format_time(draft.made_at)} ({draft.cause.removesuffix('.')}): "
    text += WORDS[DraftState(draft.state)]
    if draft.decided_by:
        text += f" {draft.decided_by}"
    if draft.decided_at:
        text += f" {format_time(draft.decided_at)}"
    return text + (f". {draft.note}" if draft.note else "")


def list_drafts(workspace: Workspace, *, only_waiting: bool = False) -> Listing:
    """The drafts of the workspace's year, newest first."""
    drafts = [draft for draft in office_drafts(workspace) if draft.year == workspace.year]
    return Listing(tuple(draft for draft in drafts if draft.waits or not only_waiting))


def office_drafts(workspace: Workspace) -> list[DraftHeading]:
    """Every draft of the office, of whichever year, newest first."""
    with open_session(workspace.engine, read_only=True) as session:
        return draft_headings(session, workspace.office_id)


def read_draft(workspace: Workspace, name: str) -> ShownDraft | None:
    """The draft of that name of the workspace's year, or None."""
    with open_session(workspace.engine, read_only=True) as session:
        draft = _find(session, workspace, name)
        if draft is None:
            return None
        held = part_names(session, draft, PartKind.MARKED)
    kinds = tuple(kind for kind, (file, _) in FILES.items() if file in held)
    title = str(draft.report.get("title", f"Laporan {draft.year}"))
    return ShownDraft(DraftHeading.of(draft), title, draft.changes, kinds)


def read_draft_file(workspace: Workspace, name: str, kind: str) -> StoredFile | None:
    """A file of a draft with its mark; None where there is none such.

    Raises:
        StorageError: It was altered since.
    """
    file, content_type = FILES.get(kind, ("", ""))
    with open_session(workspace.engine, read_only=True) as session:
        draft = _find(session, workspace, name)
        sha256 = part_names(session, draft, PartKind.MARKED).get(file) if draft else None
        if draft is None or sha256 is None:
            return None
        content = read_snapshot(session, sha256)
    part = (
        f"-{Path(file).stem.removeprefix('lkjip-')}" if kind in (file, "perubahan") else ""
    )  # the annex is its kind
    saved = f"LKjIP-{draft.year}-{workspace.office_id}-rancangan-{draft.name}{part}{Path(file).suffix}"
    return StoredFile(saved, content_type, content)


def write_draft(workspace: Workspace, name: str, folder: Path) -> list[Path]:
    """Write the files of a draft with their mark into ``folder``.

    Raises:
        StorageError: There is no such draft, or a file cannot be written.
    """
    with open_session(workspace.engine, read_only=True) as session:
        files = read_parts(session, require_draft(session, workspace, name), PartKind.MARKED)
    return write_files(workspace, files, folder)


def require_draft(session: Session, workspace: Workspace, name: str) -> ReportDraft:
    """The draft of that name of the workspace's year.

    Raises:
        StorageError: There is none.
    """
    draft = _find(session, workspace, name)
    if draft is None:
        known = [d.name for d in draft_headings(session, workspace.office_id) if d.year == workspace.year]
        raise StorageError(
            f"Rancangan {name} laporan {workspace.year} tidak ada; yang ada: {', '.join(known) or '-'}.",
            todo="lihat yang menunggu dengan lkjip approve, atau pilih tahun lain dengan --year.",
        )
    return draft


def _find(session: Session, workspace: Workspace, name: str) -> ReportDraft | None:
    parts = _NAME.fullmatch(name)
    if parts is None:
        return None
    return find_draft(session, workspace.office_id, workspace.year, int(parts[1]), int(parts[2]))
