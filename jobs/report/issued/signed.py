"""Signed copies of issues that came back: kept beside the issue, told by the issues that follow."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from core.dates import format_time
from core.errors import SourceError, StorageError, explain_os_error
from jobs.report.keeping import read_proved
from jobs.report.remake import unknown_issue
from jobs.workspace import Workspace
from models.report.issues import files_of, find_issue, list_headings
from models.report.signed import record_signed, signed_copies
from models.report.tables import ReportIssue, SignedCopy
from models.session import open_session
from models.snapshots import read_snapshot

MOST_MEGABYTES = 40
"""Of a signed copy: the database keeps it for good, and every backup of it."""
_OWN = "lkjip.pdf"
_BEGINNING = 1024
"""Bytes within which a PDF says that it is one."""


@dataclass(frozen=True)
class Signed:
    """A signed copy that is kept.

    Attributes:
        new: Whether it was not kept before.
    """

    number: int
    name: str
    sha256: str
    size: int
    by: str
    at: datetime
    doubts: str
    new: bool = True

    def as_text(self) -> str:
        """For people."""
        held = "Disimpan" if self.new else "Salinan yang sama sudah tersimpan"
        doubts = f"\n  Disimpan walaupun: {self.doubts}" if self.doubts else ""
        return (
            f"{held}: salinan bertanda tangan terbitan {self.number}, {self.name}, {format_time(self.at)} "
            f"oleh {self.by}, SHA-256 {self.sha256}.{doubts}"
        )

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {**vars(self), "at": self.at.isoformat()}


@dataclass(frozen=True)
class Own:
    """The issue's own PDF, beside which a signed copy is looked at.

    Attributes:
        content: Its bytes; empty where they cannot be read, which ``lacking`` then says.
    """

    content: bytes
    lacking: str = ""


def read_pdf(file: Path) -> bytes:
    """The bytes of a file that says it is a PDF.

    Raises:
        SourceError: It cannot be read, is no file or no PDF, or is too large.
    """
    limit = MOST_MEGABYTES * 2**20
    try:
        if not stat.S_ISREG(file.stat().st_mode):  # reading a pipe would wait for ever
            raise SourceError(f"{file} bukan berkas.", todo="sebut satu berkas PDF.")
        with file.open("rb") as opened:
            content = opened.read(limit + 1)
    except OSError as cause:
        raise SourceError(
            f"Berkas {file} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="periksa nama dan izin baca berkasnya.",
        ) from cause
    if len(content) > limit:
        raise SourceError(
            f"Berkas {file} lebih besar daripada {MOST_MEGABYTES} MB.",
            todo="pindai dengan resolusi lebih rendah, atau kecilkan berkasnya.",
        )
    if b"%PDF-" not in content[:_BEGINNING]:
        raise SourceError(
            f"Berkas {file} bukan PDF.", todo="kirim laporan yang sudah ditandatangani sebagai PDF."
        )
    return content


def own_pdf(workspace: Workspace, number: int) -> Own:
    """The PDF of an issue as it was stored.

    Raises:
        StorageError: There is no such issue.
    """
    with open_session(workspace.engine, read_only=True) as session:
        issue = _find(workspace, number)
        files = {file.name: file for file in files_of(session, issue)}
    try:
        return Own(read_proved(workspace, issue, files[_OWN]))
    except KeyError:
        return Own(b"", "PDF terbitan itu tidak dicatat")
    except StorageError as error:
        return Own(b"", error.message.rstrip("."))


def keep_signed(
    workspace: Workspace, number: int, file: Path, by: str, at: datetime, doubts: Sequence[str] = ()
) -> Signed:
    """Keep a signed copy with its issue; the files of the issue stay as they are.

    Args:
        workspace: Office and year.
        number: Of the issue.
        file: The signed PDF.
        by: Who brought it.
        at: The present moment.
        doubts: In what it differs from the issue's own PDF; a person decided to keep it all the same.

    Raises:
        SourceError: As :func:`read_pdf`.
        StorageError: There is no such issue.
    """
    content = read_pdf(file)
    issue = _find(workspace, number)
    name = "".join(sign if sign.isprintable() else "?" for sign in file.name)
    row = SignedCopy(
        issue_id=0, name=name, sha256="", size=0, received_by=by, received_at=at, doubts="; ".join(doubts)
    )
    with open_session(workspace.engine) as session:
        new = record_signed(session, issue, row, content)
        return Signed(number, name, row.sha256, len(content), by, at, row.doubts, new)


def list_signed(workspace: Workspace, number: int) -> list[Signed]:
    """The signed copies of an issue, oldest first; none where there is no such issue.

    Raises:
        StorageError: The database cannot be read.
    """
    with open_session(workspace.engine, read_only=True) as session:
        issue = find_issue(session, workspace.office_id, workspace.year, number)
        return [_as_signed(number, row) for row in signed_copies(session, issue)] if issue else []


def read_signed(workspace: Workspace, number: int, sha256: str) -> tuple[Signed, bytes] | None:
    """A signed copy of an issue with its bytes, proved to be those that came; None where it has none such.

    Raises:
        StorageError: Its bytes were altered.
    """
    with open_session(workspace.engine, read_only=True) as session:
        issue = find_issue(session, workspace.office_id, workspace.year, number)
        rows = signed_copies(session, issue) if issue else []
        found = next((row for row in rows if row.sha256 == sha256), None)
        return (_as_signed(number, found), read_snapshot(session, sha256)) if found else None


def _as_signed(number: int, row: SignedCopy) -> Signed:
    return Signed(number, row.name, row.sha256, row.size, row.received_by, row.received_at, row.doubts)


def _find(workspace: Workspace, number: int) -> ReportIssue:
    office, year = workspace.office_id, workspace.year
    with open_session(workspace.engine, read_only=True) as session:
        issue = find_issue(session, office, year, number)
        known = [heading.number for heading in list_headings(session, office) if heading.year == year]
    if issue is None:
        raise unknown_issue(number, known, year)
    return issue
