"""Confirming a year, and how far each year of an office is."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from core.dates import JAKARTA, format_date
from core.errors import AgencyDataError
from jobs.data_changes import put_files
from jobs.store.offices import shares_changes
from jobs.workspace import Workspace
from models.report.drafts import waiting_draft
from models.report.issues import list_headings
from models.session import open_session
from office.confirmation import CONFIRMATION, Confirmation, YearState, open_years, year_state
from office.layout import years_of
from office.loading import load_agency


@dataclass(frozen=True)
class ListedYear:
    """A year of an office.

    Attributes:
        issue: Its last issue, in Indonesian.
    """

    state: YearState
    issue: str

    def as_text(self) -> str:
        """For people."""
        return f"{self.state.year}  {self.issue}; {self.state.as_text()}"

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        known = self.state.confirmation
        return {
            "year": self.state.year,
            "confirmed": self.state.confirmed,
            "open": not self.state.closed,
            "doubts": list(self.state.doubts),
            "by": known.by if known else "",
            "at": known.at.isoformat() if known and known.at else "",
            "issue": self.issue,
        }


def list_years(workspace: Workspace) -> list[ListedYear]:
    """Every year of the office with its last issue, oldest first.

    Raises:
        AgencyDataError: What was written down of a year cannot be read.
    """
    folder = workspace.agency_folder
    with open_session(workspace.engine, read_only=True) as session:
        newest = {issue.year: issue for issue in list_headings(session, workspace.office_id)}
    listed = []
    for year in years_of(folder):
        issue = newest.get(year)
        told = (
            f"terbitan {issue.number}, {format_date(issue.issued_at.astimezone(JAKARTA).date())}"
            if issue
            else "belum terbit"
        )
        listed.append(ListedYear(year_state(folder, year), told))
    return listed


@shares_changes
def confirm_year(workspace: Workspace, year: int, by: str) -> YearState:
    """Write down that a person has looked at a year: who, and when.

    Raises:
        AgencyDataError: No name is given, the year's data are wrong, or it needs no confirmation.
        StorageError: It cannot be written.
    """
    folder, name = workspace.agency_folder, by.strip()
    if not name:
        raise AgencyDataError("Nama pemeriksa kosong.", todo='tulis --by "nama pemeriksa".')
    load_agency(folder, year)
    state = year_state(folder, year)
    if state.confirmed:
        raise AgencyDataError(
            f"Tahun {year} {state.as_text()}.", todo="tidak perlu apa-apa; terbitannya dapat dibuat."
        )
    confirmation = Confirmation(
        year=year,
        opened_from=state.confirmation.opened_from if state.confirmation else None,
        by=name,
        at=workspace.settings.current_time().astimezone(JAKARTA),
    )
    _write(folder / str(year) / CONFIRMATION, confirmation)
    return year_state(folder, year)


@shares_changes
def close_year(workspace: Workspace, year: int) -> YearState:
    """Close a year: the flows look for it no more, and everything of it stays.

    Raises:
        AgencyDataError: There is no such year, it is closed already, or a draft of its report waits.
        StorageError: It cannot be written.
    """
    folder = workspace.agency_folder
    if year not in open_years(folder):
        known = ", ".join(map(str, open_years(folder))) or "tidak ada"
        raise AgencyDataError(f"Tahun {year} tidak terbuka.", todo=f"tahun yang terbuka: {known}.")
    with open_session(workspace.engine, read_only=True) as session:
        draft = waiting_draft(session, workspace.office_id, year)
    if draft is not None:
        raise AgencyDataError(
            f"Rancangan {draft.name} laporan {year} masih menunggu persetujuan.",
            todo="setujui atau tolak dulu rancangan itu, lalu tutup tahunnya.",
        )
    known_of = year_state(folder, year).confirmation or Confirmation(year=year)
    moment = workspace.settings.current_time().astimezone(JAKARTA)
    _write(folder / str(year) / CONFIRMATION, known_of.model_copy(update={"closed_at": moment}))
    return year_state(folder, year)


def _write(path: Path, confirmation: Confirmation) -> None:
    text = yaml.safe_dump(confirmation.model_dump(mode="json"), allow_unicode=True, sort_keys=False)
    put_files({path: text.encode()})
