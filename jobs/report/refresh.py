"""Making the report again: select, compute, compare with the last issue, render, record, queue mail.

An issue is made only when the content changed, and by one process at a time: a second one waits,
then finds nothing new. Its files are written where nobody takes them for an issue yet
(:mod:`jobs.report.keeping`) and shown whole once the database took it; the rows of issue, realisasi
and outbox are committed together after that, so a crash leaves either nothing or files that the next
run replaces.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from core.dates import format_date
from core.errors import StorageError
from core.version import program_version
from jobs.report.approval.drafting import Drafted, keep_draft, take_back, was_drafted_before, with_cause_of
from jobs.report.expected import expected_days
from jobs.report.figures import present_figures
from jobs.report.ingredients import gather_ingredients
from jobs.report.issued.history import itself, past_issues
from jobs.report.keeping import CHANGED_WORD, keep_files, what_lacks
from jobs.report.links import page_links
from jobs.report.remake import changed_since
from jobs.report.render import changes_file, make_files
from jobs.store.offices import require_shared
from jobs.workspace import Workspace, one_at_a_time
from models.report.drafts import waiting_draft, was_drafted, withdraw
from models.report.issues import (
    FileRow,
    enqueue,
    files_of,
    first_message_id,
    latest_issue,
    next_number,
    record_issue,
)
from models.report.realisasi import record_realisasi
from models.report.tables import IssueFile, RealisasiRecord, ReportIssue
from models.session import open_session
from office.confirmation import require_confirmed
from reports import annex
from reports.attachments import Attachment
from reports.changes import PROGRAM, compare_reports
from reports.content import IssueInfo, Report, build_report
from reports.mail import Approved, compose_mail
from reports.measured import MeasuredIndicator
from reports.realisasi import Input, Realisasi, State
from reports.reported import waiting_for
from reports.wording import DAGGER, legends, owners_of, show_percent, show_realisasi, write_value

FIRST_CAUSE = "Terbitan pertama."
OTHER_CAUSE = "Data instansi berubah."
PROGRAM_CAUSE = "Program diperbarui."
UNCHANGED = "Isi laporan tidak berubah; tidak ada terbitan baru."


@dataclass(frozen=True)
class Issue:
    """An issue of the report that was made.

    Attributes:
        place: Where its files are, for people.
        folder: The same for programs of this machine; None for files in the store.
    """

    number: int
    title: str
    cause: str
    place: str
    folder: Path | None


@dataclass(frozen=True)
class Refreshed:
    """What a refresh did; ``issue`` is None when nothing had changed.

    Attributes:
        lacking: What is wrong with the files of the issue that says the same, for people; empty where
            nothing is.
        draft: Which waits for approval, where the year's issues need it and it says the same as the report.
        said: What else became of drafts, for people.
    """

    issue: Issue | None
    report: Report
    changes: Mapping[str, Any]
    lacking: str = ""
    draft: Drafted | None = None
    said: str = ""

    def indicator_rows(self) -> list[dict[str, str]]:
        """The indicators before and after, a row each, short enough for a table on a screen."""
        before = {row["id"]: row for row in self.changes["indicators"]}
        rows = []
        for m in self.report.measured.indicators.values():
            was = before.get(m.id)
            now = waiting_for(m) if m.waiting else show_realisasi(m.realisasi)
            waited = was is not None and was["before_state"] == State.WAITING
            rows.append(
                {
                    "Indikator": m.indicator.short_name,
                    "Sebelum": now if was is None else _waited(was, m) if waited else _before(was),
                    "Kini": now,
                    "Target": write_value(m.target),
                    "Capaian": show_percent(m),
                    "Kategori": m.category.name if m.category else "-",
                    "Sumber": m.realisasi.source,
                }
            )
        return rows

    def legends(self) -> tuple[str, ...]:
        """What the signs behind the figures of :meth:`indicator_rows` mean."""
        owners = owners_of(m.realisasi for m in self.report.measured.indicators.values())
        return legends([text for row in self.indicator_rows() for text in row.values()], owners)

    def as_text(self) -> str:
        """For people."""
        if self.draft is not None:
            return self.draft.as_text()
        if self.issue is None:
            return " ".join(filter(None, (self.said or UNCHANGED, self.lacking)))
        return (
            f"{self.issue.title} tersimpan di {self.issue.place}; surelnya ada di kotak keluar "
            "(kirim dengan: lkjip send)."
        )

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        issue = {**asdict(self.issue), "folder": self.issue.place} if self.issue else None
        draft = {"draft": self.draft.as_dict()} if self.draft else {}
        return {"issue": issue, "changes": self.changes, "lacking": self.lacking, **draft}


def _before(was: Mapping[str, Any]) -> str:
    """A figure of the issue before, with its sign where it was an illustration."""
    return str(was["before"]) + (DAGGER if was.get("illustrative_before") else "")


def _waited(was: Mapping[str, Any], m: MeasuredIndicator) -> str:
    """Whom a figure that has come waited for, where that is known; else the words of its cell."""
    whose = m.realisasi.institution
    return f"menunggu {whose}" if whose and not m.waiting else _before(was)


def was_issued(workspace: Workspace) -> bool:
    """Whether the report of the year was issued or drafted before; news of a source do not make its first."""
    office, year = workspace.agency.office.id, workspace.year
    with open_session(workspace.engine, read_only=True) as session:
        return latest_issue(session, office, year) is not None or was_drafted(session, office, year)


def refresh(workspace: Workspace, cause: str = "", *, again: bool = False) -> Refreshed:
    """Make the report from the present data, and a new issue of it if it says anything new.

    Where the year's issues need a person's approval it becomes a draft, which does not go out.

    Args:
        workspace: Office, year and database.
        cause: Why, in the words the mail shows; left out, it is worked out.
        again: Make a draft also of what was rejected, or waits already.

    Raises:
        LkjipError: Nothing was changed then: the last issue stays as it is. So too while nobody confirmed
            the year, or its data are shared by many machines and were changed on this one alone.
    """
    require_confirmed(workspace.agency_folder, workspace.year)
    require_shared(workspace)
    with one_at_a_time(lock_of_report(workspace)):
        return _refresh(workspace, cause, again=again)


def lock_of_report(workspace: Workspace) -> Path:
    """The file that is locked while an issue of the year is made on this machine."""
    return workspace.settings.home / f".{workspace.office_id}-{workspace.year}.kunci"


def _refresh(workspace: Workspace, cause: str, *, again: bool) -> Refreshed:
    settings, agency = workspace.settings, workspace.agency
    now = settings.current_time()
    with open_session(workspace.engine, read_only=True) as session:
        figures = present_figures(session, workspace)
        latest = latest_issue(session, agency.office.id, agency.year.year)
        number = next_number(session, agency.office.id, agency.year.year)
        stored = files_of(session, latest) if latest else []
        past = past_issues(session, agency.office.id, agency.year.year)
        waiting = waiting_draft(session, agency.office.id, agency.year.year)
    info = IssueInfo(number=number, issued_on=now, cause=cause)
    report = build_report(
        agency, figures.realisasi, issue=info, prices=figures.reported_prices, budget=figures.budget
    )
    before = latest.report if latest else None
    changes = compare_reports(before, report.as_json())
    why = with_cause_of(waiting, cause or _cause_of(changes))
    if latest is not None and latest.content_hash == report.content_hash:
        told = take_back(workspace, f"Isi laporan kembali sama dengan terbitan {latest.number}.")
        said = f"{UNCHANGED} {told}" if told else ""
        return Refreshed(None, report, changes, _lacking(workspace, latest, stored), said=said)
    needs_approval = agency.year.approval is not None
    if needs_approval and not again and (known := was_drafted_before(workspace, report.content_hash)):
        return Refreshed(None, report, changes, draft=known.draft, said=known.said)
    info = replace(info, cause=why)
    report = report.issued_as(replace(info, history=(*past, itself(info, changes["summary"]))))
    ingredients = gather_ingredients(workspace, figures, report.issue.history)
    files = {**make_files(report), "changes.json": changes_file(changes)}
    with open_session(workspace.engine, read_only=True) as session:
        files |= changed_since(session, workspace, latest, files, now)
    if needs_approval:
        draft = keep_draft(workspace, report, changes, files, ingredients, again=again)
        return Refreshed(None, report, changes, draft=draft)
    kept = keep_files(workspace, number, files)
    with open_session(workspace.engine) as session:
        gone = f"Terbitan {number} dibuat tanpa persetujuan, karena tahun ini tidak lagi memerlukannya."
        withdraw(session, agency.office.id, agency.year.year, now, gone)
        record_figures(session, workspace, figures.realisasi, now)
        made = ReportIssue(
            agency=agency.office.id,
            year=agency.year.year,
            number=number,
            content_hash=report.content_hash,
            issued_at=now,
            cause=why,
            inputs=report.as_json()["figures"],
            changes=changes,
            report=report.as_json(),
            folder=kept.place,
            program=program_version(),
        )
        rows = (FileRow(name, hashlib.sha256(data).hexdigest(), len(data)) for name, data in files.items())
        issue = record_issue(session, made, rows, ingredients)
        queue_mail(session, workspace, issue, report, changes, files)
        kept.show()
    title = f"LKjIP {agency.year.year} {agency.office.short_name} terbitan {number}, {format_date(info.day)}"
    return Refreshed(Issue(number, title, why, kept.place, kept.folder), report, changes)


def _cause_of(changes: Mapping[str, Any]) -> str:
    """Why an issue is made that nobody gave a reason for."""
    if changes["first"]:
        return FIRST_CAUSE
    told = any(changes[kind] for kind in ("indicators", "tables", "sentences"))
    return PROGRAM_CAUSE if changes["renewed"] == [PROGRAM] and not told else OTHER_CAUSE


def lacking_files(workspace: Workspace) -> str:
    """What is wrong with the files of the year's last issue, for people; empty where nothing is.

    Only whether they are there, as large as they were: ``lkjip verify`` reads them.
    """
    with open_session(workspace.engine, read_only=True) as session:
        latest = latest_issue(session, workspace.office_id, workspace.year)
        return _lacking(workspace, latest, files_of(session, latest)) if latest else ""


def _lacking(workspace: Workspace, issue: ReportIssue, files: Sequence[IssueFile]) -> str:
    named = f"terbitan {issue.number} laporan {issue.year}"
    try:
        lacking = what_lacks(workspace, issue, files)
    except StorageError as error:
        return f"Berkas {named} tidak dapat diperiksa: {error}"
    if not lacking:
        return ""
    told = "; ".join(f"{name} ({what})" for name, what in lacking.items())
    return f"Berkas {named} tidak lengkap: {told}. Yang perlu dilakukan: pulihkan dengan lkjip verify."


def record_figures(
    session: Session,
    workspace: Workspace,
    chosen: Mapping[tuple[str, int], Realisasi],
    now: datetime,
) -> None:
    """Write down what each indicator takes from ``now`` on, with the issue that says it."""
    for (indicator, year), realisasi in chosen.items():
        record = RealisasiRecord(
            agency=workspace.agency.office.id,
            indicator=indicator,
            year=year,
            state=realisasi.state.value,
            value=str(realisasi.value) if realisasi.value is not None else None,
            reason=realisasi.reason,
            formula=realisasi.formula,
            inputs=[*map(_kept_input, realisasi.inputs), *map(asdict, filter(None, [realisasi.evidence]))],
            notes=list(realisasi.notes),
            source=realisasi.source,
            source_url=realisasi.source_url,
            released_on=realisasi.released_on,
            illustrative=realisasi.illustrative,
            created_at=now,
        )
        record_realisasi(session, record)


def _kept_input(entry: Input) -> dict[str, Any]:
    """An input as it is kept; when it was fetched is the snapshot's to say, and no news of the figure."""
    return {name: value for name, value in asdict(entry).items() if name != "fetched_at"}


def queue_mail(
    session: Session,
    workspace: Workspace,
    issue: ReportIssue,
    report: Report,
    changes: Mapping[str, Any],
    files: Mapping[str, bytes],
    approved: Approved | None = None,
) -> None:
    """Put the mail that brings an issue to its recipients into the outbox, in the issue's transaction."""
    office, year = workspace.agency.office, workspace.agency.year
    recipients = workspace.settings.recipients or year.readers
    name = f"LKjIP-{year.year}-{office.short_name}-terbitan-{issue.number}"
    links = page_links(workspace, issue.number, files)
    # Few read what the print has otherwise: where the page has it, the mail leads there.
    last = () if links and links.annex else (annex.PDF,)
    message = compose_mail(
        report,
        changes,
        sender=workspace.settings.contact or office.contact,
        recipients=recipients,
        answers=first_message_id(session, office.id, year.year),
        expected=expected_days(session, workspace.agency),
        attachments=[
            Attachment(f"{name}.pdf", files["lkjip.pdf"]),
            Attachment(f"{name}.docx", files["lkjip.docx"]),
            *(Attachment(f"{name}-perubahan.docx", files[file]) for file in (CHANGED_WORD,) if file in files),
            *(Attachment(f"{name}-{file}", files[file]) for file in last if file in files),
        ],
        links=links,
        approved=approved,
        most_bytes=workspace.settings.most_mail_bytes,
    )
    enqueue(session, issue, message, recipients, approved.at if approved else None)
