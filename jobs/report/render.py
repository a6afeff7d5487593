"""The files of a report: HTML, PDF, Word, workbook, ``report.json``, ``report.csv``, and its annex."""

from __future__ import annotations

import json
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from core.errors import StorageError, explain_os_error
from jobs.report.figures import Figures, present_figures
from jobs.report.issued.history import past_issues
from jobs.report.keeping import CHANGED_WORD, WORD
from jobs.workspace import Workspace, make_folder
from models.report.issues import latest_issue
from models.session import open_session
from reports import annex
from reports.comparison.tracked import track_changes
from reports.content import IssueInfo, Report, build_report
from reports.figures_table import figures_sheet
from reports.live_workbook import make_workbook
from reports.render import mark_docx, mark_html, render_all, render_html, render_pdf
from reports.spreadsheet import as_csv


def make_files(report: Report) -> dict[str, bytes]:
    """Every file of a report by its name.

    Raises:
        RenderError: One of them could not be made.
    """
    with ThreadPoolExecutor(max_workers=2) as beside:  # most of both is work of other programs
        annexed = beside.submit(annex_files, report)
        document = report.document()
        pending = beside.submit(render_all, document)
        workbook = make_workbook(report.measured, report.title, report.issue.number, report.issue.moment)
        figures = {
            "report.json": report.json_text().encode(),
            "report.csv": as_csv(figures_sheet(report.measured)),
        }
        rendered = pending.result()
    return {
        "lkjip.html": rendered.html,
        "lkjip.pdf": rendered.pdf,
        WORD: rendered.docx,
        "lkjip-pengukuran.xlsx": workbook,
        **figures,
        **annexed.result(),
    }


def annex_files(report: Report) -> dict[str, bytes]:
    """The annex of what differs from the print, if anything does."""
    document = annex.annex_of(report)
    if document is None:
        return {}
    return {annex.HTML: render_html(document), annex.PDF: render_pdf(document)}


def draft_files(report: Report, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files in which people see a draft, each with its mark.

    Args:
        report: The draft.
        files: Of the issue that it becomes: of :func:`make_files`, and the Word file with tracked changes.

    Raises:
        RenderError: One of them could not be made.
    """
    line = f"Rancangan terbitan {report.issue.number}: menunggu persetujuan, belum terbit"
    marked = {
        "lkjip.html": mark_html(files["lkjip.html"], line),
        "lkjip.pdf": render_pdf(replace(report.document(), draft=line)),
        "lkjip.docx": mark_docx(files["lkjip.docx"], line),
    }
    if CHANGED_WORD in files:
        marked[CHANGED_WORD] = mark_docx(files[CHANGED_WORD], line)
    document = annex.annex_of(report)
    if document is not None:
        marked[annex.HTML] = mark_html(files[annex.HTML], line)
        marked[annex.PDF] = render_pdf(replace(document, draft=line))
    return marked


def changed_word(before: bytes, files: Mapping[str, bytes], moment: datetime) -> dict[str, bytes]:
    """The Word file that shows what changed since the issue before, by its name.

    Args:
        before: Word file of the issue before.
        files: Of the new issue, from :func:`make_files`.
        moment: Of the new issue.

    Raises:
        RenderError: One of the two is no Word file as the program makes them.
    """
    return {CHANGED_WORD: track_changes(before, files[WORD], moment)}


def changes_file(changes: Mapping[str, Any]) -> bytes:
    """``changes.json`` of an issue: what changed since the one before."""
    return json.dumps(changes, ensure_ascii=False, indent=2, sort_keys=True).encode()


def present_report(workspace: Workspace) -> Report:
    """The report from the present data, under the number and date of the last issue if there is one."""
    with open_session(workspace.engine, read_only=True) as session:
        return report_of(session, workspace, present_figures(session, workspace))


def report_of(session: Session, workspace: Workspace, figures: Figures) -> Report:
    """The same from figures that were gathered already."""
    agency = workspace.agency
    latest = latest_issue(session, agency.office.id, agency.year.year)
    info = (
        IssueInfo(
            number=latest.number,
            issued_on=latest.issued_at,
            cause=latest.cause,
            history=past_issues(session, agency.office.id, agency.year.year),
        )
        if latest
        else IssueInfo(number=0, issued_on=workspace.settings.current_time(), cause="Belum terbit.")
    )
    return build_report(
        agency, figures.realisasi, issue=info, prices=figures.reported_prices, budget=figures.budget
    )


def render_to(workspace: Workspace, folder: Path) -> list[Path]:
    """Write the files of the present report into ``folder``; no issue is made.

    Raises:
        RenderError: A file could not be made.
        StorageError: As for :func:`write_files`.
    """
    return write_files(workspace, make_files(present_report(workspace)), folder)


def write_files(workspace: Workspace, files: Mapping[str, bytes], folder: Path) -> list[Path]:
    """Write files that are no issue into ``folder``; each is there whole or not at all.

    Raises:
        StorageError: A file could not be written, or the folder is one of the issues', which are the record.
    """
    if folder.resolve().is_relative_to(workspace.all_reports.resolve()):
        raise StorageError(
            f"Map {folder} milik terbitan yang tersimpan; berkasnya tidak pernah ditimpa.",
            todo="pilih map lain dengan --out.",
        )
    make_folder(folder)
    written = []
    for name, content in files.items():
        path, beside = folder / name, folder / f".{name}.sementara"
        try:
            beside.write_bytes(content)
            beside.replace(path)  # a reader finds the old file or the new one, never a part
        except OSError as cause:
            beside.unlink(missing_ok=True)
            raise StorageError(
                f"Berkas {path} tidak dapat ditulis ({explain_os_error(cause)}).",
                todo="tutup berkas itu bila sedang dibuka, dan periksa hak tulis serta ruang kosong.",
            ) from cause
        written.append(path)
    return written
