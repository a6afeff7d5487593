"""Making an issue again, byte for byte, from the data and figures that were kept with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from core.errors import LkjipError, StorageError
from core.version import program_version
from jobs.report.ingredients import report_from
from jobs.report.keeping import WORD, read_proved
from jobs.report.render import changed_word, changes_file, make_files
from jobs.workspace import Workspace
from models.report.issues import data_of, files_of, find_issue
from models.report.tables import ReportIssue
from reports.content import IssueInfo


def remade_files(session: Session, issue: ReportIssue, workspace: Workspace) -> dict[str, bytes]:
    """The files of an issue by name, made again from what was kept with it.

    The Word file with tracked changes needs that of the issue before; where neither its stored bytes are
    whole nor this program made it, that one file is left out.

    Raises:
        StorageError: Another program made it, or what was kept was altered.
        RenderError: A file could not be made.
    """
    files = _from_ingredients(session, issue)
    before = find_issue(session, issue.agency, issue.year, issue.number - 1)
    changed = changed_since(session, workspace, before, files, issue.issued_at)
    return {**files, **changed, "changes.json": changes_file(issue.changes)}


def changed_since(
    session: Session,
    workspace: Workspace,
    before: ReportIssue | None,
    files: Mapping[str, bytes],
    moment: datetime,
) -> dict[str, bytes]:
    """The Word file with tracked changes of an issue, by its name; nothing for the first issue.

    Nor is there one where the Word file of the issue before is lost, or no longer to be read: no issue waits
    for an older one's file.

    Args:
        session: To read the issue before.
        workspace: Where its files are.
        before: That issue; None for the first issue.
        files: Of the issue itself, by name.
        moment: Of the issue itself.
    """
    if before is None:
        return {}
    try:
        return changed_word(_word_of(session, workspace, before), files, moment)
    except LkjipError:
        return {}


def _word_of(session: Session, workspace: Workspace, issue: ReportIssue) -> bytes:
    """The Word file of an issue as it was recorded: the stored one, or the same made again."""
    recorded = next((file for file in files_of(session, issue) if file.name == WORD), None)
    if recorded is None:
        raise StorageError(
            f"Terbitan {issue.number} tidak mencatat berkas Word.",
            todo="pakai berkas terbitan yang tersimpan.",
        )
    try:
        return read_proved(workspace, issue, recorded)
    except StorageError:
        content = _from_ingredients(session, issue)[WORD]
        if hashlib.sha256(content).hexdigest() != recorded.sha256:
            raise
        return content


def _from_ingredients(session: Session, issue: ReportIssue) -> dict[str, bytes]:
    """The files that follow from what was kept with the issue alone."""
    _check_program(issue)
    ingredients = data_of(session, issue)
    info = IssueInfo(number=issue.number, issued_on=issue.issued_at, cause=issue.cause)
    return make_files(report_from(ingredients, issue.agency, issue.year, info))


def _check_program(issue: ReportIssue) -> None:
    if issue.program == program_version():
        return
    made_by = f"program {issue.program}" if issue.program else "program yang belum mencatat versinya"
    raise StorageError(
        f"Terbitan {issue.number} disusun oleh {made_by}, program ini {program_version()}; "
        "terbitan itu tidak disusun ulang.",
        todo=f"pakai berkas yang tersimpan di {issue.folder}; berkas itulah catatannya.",
    )


def unknown_issue(number: int, known: list[int], year: int) -> StorageError:
    """What is said of an issue that does not exist; those that do are named."""
    listed = f"yang ada: {', '.join(map(str, known))}" if known else "belum ada satu pun"
    return StorageError(
        f"Terbitan {number} laporan {year} tidak ada; {listed}.",
        todo="periksa nomornya di lkjip year list, atau pilih tahun lain dengan --year.",
    )
