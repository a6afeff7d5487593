"""An old issue given out again: its stored bytes, or made anew by the program that made it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import LkjipError, StorageError
from jobs.report.keeping import read_proved
from jobs.report.remake import remade_files, unknown_issue
from jobs.report.render import write_files
from jobs.workspace import Workspace
from models.report.issues import files_of, list_issues
from models.report.tables import IssueFile, ReportIssue
from models.session import open_session


@dataclass(frozen=True)
class Given:
    """The files of an issue that were written.

    Attributes:
        remade: Whether they were made anew; else they are the stored bytes.
        why: Of remade ones, why the stored bytes were not given.
    """

    number: int
    files: tuple[Path, ...]
    remade: bool
    why: str = ""

    def as_text(self) -> str:
        """For people."""
        how = (
            f"Terbitan {self.number} disusun ulang oleh program ini; setiap berkas sama byte demi byte "
            f"dengan yang dicatat. {self.why}"
            if self.remade
            else f"Terbitan {self.number} diberikan dari berkas yang tersimpan; sidik (SHA-256) setiap "
            "berkas cocok dengan yang dicatat."
        )
        return "\n".join([*map(str, self.files), how.rstrip()])

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "issue": self.number,
            "how": "remade" if self.remade else "stored",
            "why": self.why,
            "files": [str(file) for file in self.files],
        }


def give_issue(workspace: Workspace, number: int, folder: Path, *, remake: bool = False) -> Given:
    """Write the files of an issue into ``folder``, whatever the office's data say today.

    The stored bytes are given, whichever program made them; where they are gone or altered, the issue is
    made again, which only the program that made it can.

    Args:
        workspace: Office and year.
        number: Of the issue.
        folder: Where to.
        remake: Whether it is made again though its bytes are there.

    Raises:
        StorageError: There is no such issue, or it can neither be read nor made again as it was recorded;
            nothing is written then.
        RenderError: A file could not be made.
    """
    with open_session(workspace.engine, read_only=True) as session:
        issues = {entry.number: entry for entry in list_issues(session, workspace.office_id, workspace.year)}
        issue = issues.get(number)
        if issue is None:
            raise unknown_issue(number, list(issues), workspace.year)
        recorded = files_of(session, issue)
        lacking = "" if remake else _what_lacks(workspace, issue, recorded)
        if not remake and not lacking:
            stored = {file.name: read_proved(workspace, issue, file) for file in recorded}
            return Given(number, tuple(write_files(workspace, stored, folder)), remade=False)
        try:
            files = remade_files(session, issue, workspace)
            _require_recorded(issue, recorded, files)
        except LkjipError as error:
            if not lacking:
                raise
            raise StorageError(
                f"Berkas terbitan {number} tidak dapat diberikan dari yang tersimpan ({lacking}) dan tidak "
                f"dapat disusun ulang: {error.message}",
                todo="jalankan lkjip verify, yang juga mencarinya di surel terbitan itu, atau pulihkan dari "
                "cadangan.",
            ) from error
    wanted = {file.name: files[file.name] for file in recorded}
    why = "Yang tersimpan tidak dipakai karena diminta." if remake else f"Yang tersimpan: {lacking}."
    return Given(number, tuple(write_files(workspace, wanted, folder)), remade=True, why=why)


def _what_lacks(workspace: Workspace, issue: ReportIssue, recorded: list[IssueFile]) -> str:
    """What is wrong with the stored bytes, in words; empty where they are all there and as recorded."""
    if not recorded:
        return "berkasnya tidak dicatat"
    lacking = []
    for file in recorded:
        try:
            read_proved(workspace, issue, file)
        except StorageError as error:
            lacking.append(error.message.rstrip("."))
    return "; ".join(lacking)


def _require_recorded(issue: ReportIssue, recorded: list[IssueFile], files: Mapping[str, bytes]) -> None:
    different = [
        file.name for file in recorded if hashlib.sha256(files.get(file.name, b"")).hexdigest() != file.sha256
    ]
    if different:
        raise StorageError(
            f"{', '.join(different)} terbitan {issue.number} yang disusun ulang tidak sama dengan yang "
            "dicatat.",
            todo=f"pakai berkas yang tersimpan di {issue.folder}; berkas itulah catatannya.",
        )
