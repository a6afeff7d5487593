"""Making an issue again, byte for byte, from the data and figures that were kept with it."""

from __future__ import annotations

from sqlmodel import Session

from core.errors import StorageError
from core.version import program_version
from jobs.report.ingredients import report_from
from jobs.report.render import changes_file, make_files
from models.report.issues import data_of
from models.report.tables import ReportIssue
from reports.content import IssueInfo


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


def unknown_issue(number: int, known: list[int], year: int) -> StorageError:
    """What is said of an issue that does not exist; those that do are named."""
    listed = f"yang ada: {', '.join(map(str, known))}" if known else "belum ada satu pun"
    return StorageError(
        f"Terbitan {number} laporan {year} tidak ada; {listed}.",
        todo="periksa nomornya di lkjip year list, atau pilih tahun lain dengan --year.",
    )
