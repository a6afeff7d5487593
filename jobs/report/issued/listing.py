"""The issues of a year and their signed copies, for the command line."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from core.dates import format_date
from jobs.report.issued.history import past_issues
from jobs.report.issued.signed import list_signed, read_signed
from jobs.report.render import write_files
from jobs.workspace import Workspace
from models.session import open_session
from reports.history import PastIssue


@dataclass(frozen=True)
class Listed:
    """The issues of a year, oldest first."""

    issues: tuple[PastIssue, ...]

    def as_text(self) -> str:
        """For people: a line each."""
        return "\n".join(_line(past) for past in self.issues) or "Belum ada terbitan."

    def as_dict(self) -> list[dict[str, Any]]:
        """For ``--json``."""
        days = ("day", "signed_on", "approved_on")
        return [
            {key: str(value or "") if key in days else value for key, value in asdict(past).items()}
            for past in self.issues
        ]


def list_year(workspace: Workspace) -> Listed:
    """Every issue of the workspace's year."""
    with open_session(workspace.engine, read_only=True) as session:
        return Listed(past_issues(session, workspace.office_id, workspace.year))


def write_signed(workspace: Workspace, number: int, folder: Path) -> list[str]:
    """Write every signed copy of an issue into ``folder``, named by issue and hash.

    Raises:
        StorageError: The bytes of one were altered, or it cannot be written.
    """
    files = {}
    for copy in list_signed(workspace, number):
        found = read_signed(workspace, number, copy.sha256)
        if found is not None:
            files[f"terbitan-{number}-bertanda-tangan-{copy.sha256[:8]}.pdf"] = found[1]
    return [str(path) for path in write_files(workspace, files, folder)] if files else []


def _line(past: PastIssue) -> str:
    signed = f" Salinan bertanda tangan diterima {format_date(past.signed_on)}." if past.signed_on else ""
    changed = f" {past.changed[:1].upper()}{past.changed[1:]}." if past.changed else ""
    note = f": {past.note.removesuffix('.')}" if past.note else ""
    approved = f" {past.approval}{note}." if past.approval else ""
    return f"Terbitan {past.number}, {format_date(past.day)}: {past.cause}{changed}{approved}{signed}"
