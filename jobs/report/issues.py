"""The issues of a report as they were stored: their list and their files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from jobs.report.keeping import CHANGED_WORD, read_proved
from jobs.workspace import Workspace
from models.report.drafts import DraftHeading, approvals
from models.report.issues import IssueHeading, files_of, find_issue, heading_of, list_headings
from models.session import open_session
from reports import annex
from reports.changes import compare_reports
from reports.screen import script_within

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES = {
    "html": ("lkjip.html", "text/html; charset=utf-8"),
    "pdf": ("lkjip.pdf", "application/pdf"),
    "docx": ("lkjip.docx", _WORD),
    "perubahan": (CHANGED_WORD, _WORD),
    "xlsx": (
        "lkjip-pengukuran.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    "json": ("report.json", "application/json"),
    "csv": ("report.csv", "text/csv; charset=utf-8"),
    annex.PDF: (annex.PDF, "application/pdf"),
    # Its kind is its name: a report that is read on the page leads to it as it does in its folder.
    annex.HTML: (annex.HTML, "text/html; charset=utf-8"),
}
"""Name and type of each file of an issue by its kind; nothing else is ever given out."""


@dataclass(frozen=True)
class StoredIssue:
    """An issue as it is shown.

    Attributes:
        title: ``LKjIP 2023 DKUPP Sumenep``.
        changes: Since the issue before, as :func:`reports.changes.compare_reports` gives them.
        sizes: Of its files in bytes, by kind.
        approved: The draft that it was, where a person approved it.
    """

    heading: IssueHeading
    title: str
    changes: Mapping[str, Any]
    sizes: Mapping[str, int]
    approved: DraftHeading | None = None


@dataclass(frozen=True)
class StoredFile:
    """A file of an issue.

    Attributes:
        name: Under which it is saved.
        kind: Its media type.
        content: Proved to be what was stored.
    """

    name: str
    kind: str
    content: bytes

    @cached_property
    def script(self) -> str:
        """The one script that it may run where it is read in a browser, as a Content-Security-Policy names
        it: that of the program which made it; empty where it has none.
        """
        return script_within(self.content)


def list_issues(workspace: Workspace) -> list[IssueHeading]:
    """Every issue of the office, of whichever year, oldest first."""
    with open_session(workspace.engine, read_only=True) as session:
        return list_headings(session, workspace.office_id)


def read_issue(workspace: Workspace, number: int) -> StoredIssue | None:
    """The issue of that number of the workspace's year, or None."""
    with open_session(workspace.engine, read_only=True) as session:
        issue = find_issue(session, workspace.office_id, workspace.year, number)
        if issue is None:
            return None
        before = find_issue(session, workspace.office_id, workspace.year, number - 1)
        sizes = {file.name: file.size for file in files_of(session, issue)}
        approved = approvals(session, workspace.office_id, workspace.year).get(number)
    kept = {kind: sizes[name] for kind, (name, _) in FILES.items() if name in sizes}
    # Not as they were told then: an older program told them in other words.
    changes = compare_reports(before.report if before else None, issue.report)
    title = issue.report.get("title", f"Laporan {issue.year}")
    return StoredIssue(heading_of(issue), title, changes, kept, approved)


def read_file(workspace: Workspace, number: int, kind: str) -> StoredFile | None:
    """A file of an issue, proved to be the one that was stored; None where there is none such.

    Args:
        workspace: Office and year.
        number: Of the issue.
        kind: One of :data:`FILES`.

    Raises:
        StorageError: It cannot be read, or was altered since.
    """
    if kind not in FILES:
        return None
    name, content_type = FILES[kind]
    with open_session(workspace.engine, read_only=True) as session:
        issue = find_issue(session, workspace.office_id, workspace.year, number)
        known = {file.name: file for file in files_of(session, issue)} if issue else {}
    if issue is None or name not in known:
        return None
    content = read_proved(workspace, issue, known[name])
    part = (
        f"-{Path(name).stem.removeprefix('lkjip-')}" if name in (annex.HTML, annex.PDF, CHANGED_WORD) else ""
    )
    saved = f"LKjIP-{issue.year}-{workspace.office_id}-terbitan-{number}{part}{Path(name).suffix}"
    return StoredFile(saved, content_type, content)
