"""The offices that are served, as ``lkjip offices list`` tells them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from core.dates import format_time
from core.errors import LkjipError
from jobs.offices import office_name, served_offices
from jobs.workspace import Workspace
from models.report.issues import newest_headings
from models.session import open_session
from office.confirmation import open_years


@dataclass(frozen=True)
class ServedOffice:
    """An office.

    Attributes:
        years: That are open.
        issued: Year, number and moment of the issue that was made last; None before the first.
        problem: Why its years are not known; else empty.
    """

    id: str
    name: str
    years: tuple[int, ...]
    issued: tuple[int, int, datetime] | None
    problem: str = ""

    def as_text(self) -> str:
        """A line for people."""
        years = ", ".join(map(str, self.years)) or "tidak ada"
        last = "belum pernah terbit"
        if self.issued:
            year, number, at = self.issued
            last = f"terakhir terbit: {year} nomor {number}, {format_time(at)}"
        return f"{self.id}: {self.name}; tahun terbuka: {years}; {last}" + (
            f"; {self.problem}" if self.problem else ""
        )

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        year, number, at = self.issued or (None, None, None)
        return {
            "office": self.id,
            "name": self.name,
            "years": list(self.years),
            "issue": None if at is None else {"year": year, "number": number, "at": at.isoformat()},
            "problem": self.problem,
        }


@dataclass(frozen=True)
class Offices:
    """All of them, by id."""

    offices: tuple[ServedOffice, ...]

    def as_text(self) -> str:
        """For people."""
        if not self.offices:
            return "Belum ada kantor: buat dengan lkjip init dan lkjip office import."
        return "\n".join([*(office.as_text() for office in self.offices), f"{len(self.offices)} kantor."])

    def as_dict(self) -> list[dict[str, Any]]:
        """For ``--json``."""
        return [office.as_dict() for office in self.offices]


def list_offices(workspace: Workspace) -> Offices:
    """Every office of the installation, with its open years and its last issue.

    Raises:
        StorageError: The database cannot be used.
    """
    with open_session(workspace.engine, read_only=True) as session:
        newest = newest_headings(session)
    found = []
    for office, folder in served_offices(workspace.settings).items():
        years: tuple[int, ...] = ()
        problem = ""
        try:
            years = tuple(open_years(folder))
        except LkjipError as error:
            problem = error.message
        issued = newest.get(office)
        last = (issued.year, issued.number, issued.issued_at) if issued else None
        found.append(ServedOffice(office, office_name(folder), years, last, problem))
    return Offices(tuple(found))
