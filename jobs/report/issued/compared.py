"""How two issues of a year differ, from what is stored of both."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from sqlmodel import Session

from core.dates import JAKARTA, format_date
from core.errors import StorageError
from jobs.report.remake import unknown_issue
from jobs.report.render import write_files
from jobs.workspace import Workspace
from models.report.issues import IssueHeading, data_of, find_issue, heading_of, list_headings
from models.report.tables import ReportIssue
from models.session import open_session
from office.book.chapters import FOLDER
from reports.comparison import Deep, compare_deeply
from reports.comparison.page import differences_page
from reports.comparison.report import Side
from reports.comparison.text import differences_text


@dataclass(frozen=True)
class Compared:
    """Two issues, and how they differ.

    Attributes:
        title: ``LKjIP 2023 DKUPP Sumenep``.
        office: Its name.
    """

    title: str
    office: str
    before: IssueHeading
    after: IssueHeading
    found: Deep

    def as_text(self) -> str:
        """For people."""
        return differences_text(self.title, _side(self.before), _side(self.after), self.found)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"before": self.before.number, "after": self.after.number, **self.found.as_dict()}

    def as_html(self) -> bytes:
        """As one file that loads nothing."""
        return differences_page(self.title, self.office, _side(self.before), _side(self.after), self.found)


def compare_issues(workspace: Workspace, before: int, after: int) -> Compared | None:
    """How two issues of the workspace's year differ; None where one of them does not exist."""
    office, year = workspace.office_id, workspace.year
    with open_session(workspace.engine, read_only=True) as session:
        old, new = find_issue(session, office, year, before), find_issue(session, office, year, after)
        if old is None or new is None:
            return None
        title = new.report.get("title", f"Laporan {year}")
        found = compare_deeply(old.report, new.report, (_chapters(session, old), _chapters(session, new)))
        name = new.report.get("office", office)
        return Compared(title, name, heading_of(old), heading_of(new), found)


def compare_chosen(workspace: Workspace, issue: int | None, against: int | None) -> Compared:
    """The same for numbers that a person may leave out.

    Args:
        workspace: Office and year.
        issue: The newer one; None for the last issue.
        against: The older one; None for the one before ``issue``.

    Raises:
        StorageError: There is no such issue, or only one.
    """
    with open_session(workspace.engine, read_only=True) as session:
        listed = list_headings(session, workspace.office_id)
    known = [heading.number for heading in listed if heading.year == workspace.year]
    after = issue if issue is not None else max(known, default=1)
    before = against if against is not None else after - 1
    if known and before == 0:
        raise StorageError(
            f"Terbitan {after} laporan {workspace.year} adalah yang pertama; tidak ada yang mendahuluinya.",
            todo="sebut dua terbitan dengan --issue dan --against, atau tunggu terbitan berikutnya.",
        )
    for number in (before, after):
        if number not in known:
            raise unknown_issue(number, known, workspace.year)
    compared = compare_issues(workspace, min(before, after), max(before, after))
    if compared is None:
        raise unknown_issue(after, known, workspace.year)
    return compared


def write_differences(workspace: Workspace, compared: Compared, file: Path) -> Path:
    """Write the differences as one HTML file.

    Raises:
        StorageError: As :func:`jobs.report.render.write_files`.
    """
    (written,) = write_files(workspace, {file.name: compared.as_html()}, file.parent)
    return written


def _chapters(session: Session, issue: ReportIssue) -> dict[str, str]:
    """The chapters that the office wrote itself, as they were kept with an issue, by name."""
    kept = {PurePath(name): data for name, data in data_of(session, issue).items()}
    return {
        path.stem: data.decode("utf-8-sig")
        for path, data in kept.items()
        if path.suffix == ".md" and path.parent == PurePath(str(issue.year), FOLDER)
    }


def _side(issue: IssueHeading) -> Side:
    day = issue.issued_at.astimezone(JAKARTA).date()
    return Side(issue.number, format_date(day), issue.cause)
