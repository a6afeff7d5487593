"""Figures of others that a person enters with their evidence, and what an indicator takes of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import Session

from core.choosing import find_one
from core.dates import format_time
from core.errors import AgencyDataError
from core.numbers import format_number
from jobs.report.entries.evidence import printable_name, read_evidence, why_not_entered
from jobs.workspace import Workspace
from models.report.entries import list_entries, newest_entries, record_entry
from models.report.tables import EnteredFigure
from models.session import open_session
from office.loading import load_agency
from office.schema import Agency, Indicator, Reported
from reports.realisasi import Evidence, Realisasi
from reports.reported import as_reported
from reports.wording import show_realisasi, write_value


@dataclass(frozen=True)
class Given:
    """What a person enters.

    Attributes:
        indicator: The indicator's id, or a part of its name.
        value: As in realisasi.csv.
        source: Whose figure it is.
        evidence: The file that shows it.
        by: Who enters it.
        status: ``sementara`` or ``sangat sementara`` where its source may still revise it.
    """

    indicator: str
    value: str
    source: str
    evidence: Path
    by: str
    status: str = ""
    note: str = ""


@dataclass(frozen=True)
class Entered:
    """What became of an entered figure.

    Attributes:
        realisasi: What the indicator takes from now on.
        new: False where the newest entry said the same already.
    """

    indicator: Indicator
    realisasi: Realisasi
    entry: EnteredFigure
    new: bool

    @property
    def cause(self) -> str:
        """Why the report is made again, for the issue."""
        return f"Angka {self.indicator.name} dari {self.entry.source} dimasukkan."

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {**_as_row(self.entry), "new": self.new, "notes": list(self.realisasi.notes)}

    def as_text(self) -> str:
        """For people."""
        entry, shown = self.entry, show_realisasi(self.realisasi)
        size = format_number(entry.evidence_size)
        lines = [
            f"{self.indicator.name}, {entry.year}: {shown}, menurut {entry.source}.",
            f"Bukti {entry.evidence_name}, {size} bita, snapshot {entry.evidence_sha256}; dimasukkan "
            f"{format_time(entry.entered_at)} oleh {entry.entered_by}.",
            *self.realisasi.notes,
        ]
        done = "Tersimpan."
        return "\n".join([*lines, done if self.new else "Angka dan bukti yang sama sudah tersimpan."])


@dataclass(frozen=True)
class Entries:
    """Every entry of a year, oldest first."""

    entries: tuple[EnteredFigure, ...]
    used: frozenset[int | None]

    def as_dict(self) -> list[dict[str, Any]]:
        """For ``--json``."""
        return [{**_as_row(entry), "used": entry.id in self.used} for entry in self.entries]

    def as_text(self) -> str:
        """For people."""
        if not self.entries:
            return "Belum ada angka yang dimasukkan."
        return "\n".join(line for entry in self.entries for line in self._lines(entry))

    def _lines(self, entry: EnteredFigure) -> list[str]:
        status = f", {entry.status}" if entry.status else ""
        held = "dipakai" if entry.id in self.used else "digantikan"
        note = [f"    catatan: {entry.note}"] if entry.note else []
        return [
            f"{entry.indicator} {entry.year}: {entry.value} [{entry.source}{status}; {held}]",
            f"    {format_time(entry.entered_at)} oleh {entry.entered_by}; bukti {entry.evidence_name}, "
            f"snapshot {entry.evidence_sha256}",
            *note,
        ]


def enter_figure(workspace: Workspace, given: Given) -> Entered:
    """Keep a figure of the workspace's year with its evidence; an older entry stays beside it.

    Raises:
        AgencyDataError: There is no such indicator or it takes no entered figure, the value cannot be read
            for sure, or the evidence cannot be kept.
    """
    indicator, entry, evidence = prepare_entry(workspace, given)
    with open_session(workspace.engine) as session:
        kept, new = record_entry(session, entry, evidence)
        taken = entered_realisasi(session, workspace)  # what cannot be read takes all back
    return Entered(indicator, taken[indicator.id, entry.year], kept, new)


def prepare_entry(workspace: Workspace, given: Given) -> tuple[Indicator, EnteredFigure, bytes]:
    """What would be kept of a figure: its indicator, the entry, and the bytes of its evidence.

    Raises:
        AgencyDataError: There is no such indicator, it takes no entered figure, or the evidence cannot be
            kept.
    """
    agency = workspace.agency
    names = {i.id: f"{i.name} {i.short_name}" for i in agency.indicators.values()}
    indicator = agency.indicators[find_one(given.indicator, names, "indikator")]
    if reason := why_not_entered(indicator):
        raise AgencyDataError(reason.message, todo=reason.todo)
    evidence = read_evidence(given.evidence)
    entry = EnteredFigure(
        agency=agency.office.id,
        indicator=indicator.id,
        year=agency.year.year,
        value=given.value.strip(),
        source=given.source.strip(),
        status=given.status.strip(),
        note=given.note.strip(),
        evidence_name=printable_name(given.evidence),
        evidence_size=len(evidence),
        evidence_sha256="",
        entered_by=given.by.strip(),
        entered_at=workspace.settings.current_time(),
    )
    return indicator, entry, evidence


def entries_of(workspace: Workspace, wanted: str = "") -> Entries:
    """What was entered for the workspace's year.

    Args:
        workspace: Office, year and database.
        wanted: Only of this indicator; its id, or a part of its name.

    Raises:
        AgencyDataError: No indicator or several answer to that name.
    """
    agency = workspace.agency
    names = {i.id: f"{i.name} {i.short_name}" for i in agency.indicators.values()}
    only = find_one(wanted, names, "indikator") if wanted else ""
    with open_session(workspace.engine, read_only=True) as session:
        entries = list_entries(session, agency.office.id, agency.year.year)
    newest = {entry.indicator: entry.id for entry in entries if entry.indicator in _open_to(agency)}
    listed = tuple(entry for entry in entries if only in ("", entry.indicator))
    return Entries(listed, frozenset(newest.values()))


def entered_realisasi(session: Session, workspace: Workspace) -> dict[tuple[str, int], Realisasi]:
    """What indicators take of the newest entries, by indicator and year.

    They are read by the rules of realisasi.csv, as rows in the place of its own.

    Raises:
        AgencyDataError: An entry is no value of its indicator, or no longer one.
    """
    return realisasi_of(workspace, held_entries(session, workspace.agency))


def realisasi_of(workspace: Workspace, entries: Sequence[EnteredFigure]) -> dict[tuple[str, int], Realisasi]:
    """What indicators take of some entries, by indicator and year; they need not be kept.

    Raises:
        AgencyDataError: An entry is no value of its indicator, or no longer one.
    """
    agency = workspace.agency
    rows = as_rows(workspace.agency_folder, agency, entries)
    return {
        (entry.indicator, entry.year): _as_realisasi(agency, rows[entry.indicator], entry)
        for entry in entries
    }


def held_entries(session: Session, agency: Agency) -> list[EnteredFigure]:
    """The newest entry of each indicator that takes entered figures."""
    entries = newest_entries(session, agency.office.id, agency.year.year)
    return [entry for name, entry in entries.items() if name in _open_to(agency)]


def as_rows(folder: Path, agency: Agency, entries: Sequence[EnteredFigure]) -> dict[str, Reported]:
    """Entries as rows of realisasi.csv, by indicator, read by its rules.

    Args:
        folder: With the office's data.
        agency: What is in it.
        entries: Of the reporting year, one for an indicator.

    Raises:
        AgencyDataError: An entry is no value of its indicator, or no longer one.
    """
    if not entries:
        return {}
    read = load_agency(folder, agency.year.year, [(_place(entry), _row(entry)) for entry in entries])
    names = {entry.indicator for entry in entries}
    rows = [row for row in read.reported if row.year == agency.year.year]
    return {row.indicator: row for row in rows if row.indicator in names}


def _as_realisasi(agency: Agency, row: Reported, entry: EnteredFigure) -> Realisasi:
    taken = as_reported(agency, row)
    notes = [
        f"realisasi.csv menyebut {write_value(other.value)} ({other.source}); yang dipakai angka yang "
        "dimasukkan dengan buktinya."
        for other in agency.reported
        if (other.indicator, other.year) == (row.indicator, row.year) and other.value != row.value
    ]
    evidence = Evidence(
        entry.evidence_name, entry.evidence_sha256, entry.evidence_size, entry.entered_at, entry.entered_by
    )
    return replace(taken, notes=(*taken.notes, *notes), evidence=evidence)


def _place(entry: EnteredFigure) -> str:
    return f"angka '{entry.indicator}' yang dimasukkan {entry.entered_by}"


def _row(entry: EnteredFigure) -> dict[str, str]:
    return {
        "indicator": entry.indicator,
        "year": str(entry.year),
        "value": entry.value,
        "source": entry.source,
        "note": entry.note,
        "status": entry.status,
    }


def _as_row(entry: EnteredFigure) -> dict[str, Any]:
    """Plain data; the moment in UTC."""
    return {
        **_row(entry),
        "year": entry.year,
        "evidence": entry.evidence_name,
        "evidence_bytes": entry.evidence_size,
        "snapshot": entry.evidence_sha256,
        "entered_at": entry.entered_at.isoformat(),
        "entered_by": entry.entered_by,
    }


def _open_to(agency: Agency) -> frozenset[str]:
    """The indicators that take entered figures; one may have changed since its figure was entered."""
    return frozenset(i.id for i in agency.indicators.values() if why_not_entered(i) is None)
