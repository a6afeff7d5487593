"""Making an issue again, byte for byte, from the data and figures that were kept with it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlmodel import Session

from core.errors import StorageError
from core.version import program_version
from jobs.report.ingredients import report_from
from jobs.report.render import changes_file, make_files, write_files
from jobs.workspace import Workspace
from models.report.issues import data_of, files_of, list_issues
from models.report.tables import ReportIssue
from models.session import open_session
from reports.content import IssueInfo


def remake_issue(workspace: Workspace, number: int, folder: Path) -> list[Path]:
    """Write the files of an issue again into ``folder``, whatever the office's data say today.

    Only the program that made the issue can: of any other the files that were stored are the record,
    and they are never touched.

    Raises:
        StorageError: There is no such issue, another program made it, or what comes out differs from
            what was stored; nothing is written then.
        RenderError: A file could not be made.
    """
    office, year = workspace.office_id, workspace.year
    with open_session(workspace.engine, read_only=True) as session:
        issues = {entry.number: entry for entry in list_issues(session, office, year)}
        issue = issues.get(number)
        if issue is None:
            raise _unknown(number, list(issues), year)
        stored = {file.name: file.sha256 for file in files_of(session, issue)}
        files = remade_files(session, issue)
    different = sorted(
        name for name, sha256 in stored.items() if hashlib.sha256(files.get(name, b"")).hexdigest() != sha256
    )
    if different:
        raise StorageError(
            f"{', '.join(different)} terbitan {number} yang disusun ulang tidak sama dengan yang dicatat.",
            todo=f"pakai berkas yang tersimpan di {issue.folder}; berkas itulah catatannya.",
        )
    return write_files(workspace, files, folder)


def remade_files(session: Session, issue: ReportIssue) -> dict[str, bytes]:
    """The files of an issue by name, made again from what was kept with it.

    Raises:
        StorageError: Another program made it, or what was kept was altered.
        RenderError: A file could not be made.
    """
    _check_program(issue)
    ingredients = data_of(session, issue)
    info = IssueInfo(number=issue.number, issued_on=issue.issued_at, cause=issue.cause)
    files = make_files(report_from(ingredients, issue.agency, issue.year, info))
    return {**files, "changes.json": changes_file(issue.changes)}


def _check_program(issue: ReportIssue) -> None:
    if issue.program == program_version():
        return
    made_by = f"program {issue.program}" if issue.program else "program yang belum mencatat versinya"
    raise StorageError(
        f"Terbitan {issue.number} disusun oleh {made_by}, program ini {program_version()}; "
        "terbitan itu tidak disusun ulang.",
        todo=f"pakai berkas yang tersimpan di {issue.folder}; berkas itulah catatannya.",
    )


def _unknown(number: int, known: list[int], year: int) -> StorageError:
    listed = f"yang ada: {', '.join(map(str, known))}" if known else "belum ada satu pun"
    return StorageError(
        f"Terbitan {number} laporan {year} tidak ada; {listed}.",
        todo="periksa nomornya di lkjip year list, atau pilih tahun lain dengan --year.",
    )
