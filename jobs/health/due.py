"""Whether the figures of other institutions came when they were due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlmodel import Session

from core.dates import MONTHS
from jobs.health.troubles import Finding
from jobs.workspace import Workspace
from models.report.entries import newest_entries
from office.quarters import QUARTERS_FILE
from office.schema import Indicator
from reports.reported import reported_realisasi

SCOPE = "angka/"


def late_figures(session: Session, workspace: Workspace) -> list[Finding]:
    """A finding for each figure that is due and not there, in every year that the workspace serves.

    Raises:
        AgencyDataError: The office's data of such a year cannot be read.
    """
    return [
        _finding(space, indicator)
        for space in map(workspace.of_year, workspace.years)
        for indicator in _late(session, space)
    ]


def _late(session: Session, workspace: Workspace) -> Iterator[Indicator]:
    agency, today = workspace.agency, workspace.settings.current_day()
    year = agency.year.year
    known = reported_realisasi(agency)
    there = {name for (name, of), taken in known.items() if of == year and taken.value is not None}
    entered = newest_entries(session, agency.office.id, year)
    there |= {name for name in entered if name in agency.indicators and not agency.indicators[name].quarters}
    for indicator in agency.indicators.values():
        due = indicator.institution.due if indicator.institution else ""
        if due and indicator.id not in there and _is_over(due, year + 1, today):
            yield indicator


def _is_over(month: str, year: int, today: date) -> bool:
    """A figure that is due in a month may come on its last day."""
    return (today.year, today.month) > (year, MONTHS.index(month) + 1)


def _finding(workspace: Workspace, indicator: Indicator) -> Finding:
    year, institution = workspace.year, indicator.institution
    name, due = (institution.name, institution.due) if institution else ("", "")
    way = (
        f"isi {year}/{QUARTERS_FILE}"
        if indicator.quarters
        else f"lkjip enter {indicator.id} NILAI --source '{name}' --evidence BERKAS"
    )
    return Finding(
        f"{SCOPE}{workspace.office_id}/{year}/{indicator.id}",
        f"Angka {name} belum ada: {indicator.short_name} {year}",
        f"Menurut data kantor {workspace.agency.office.short_name} angkanya keluar {due} {year + 1}; sampai "
        "kini indikator itu masih menunggu.",
        f"minta angkanya kepada perencana, lalu {way}; bila belum keluar, perbaiki due di indicators.yaml.",
    )
