"""The workbook and the figures that come with their evidence: kept on the way in, shown on the way out."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from sqlmodel import Session

from core.errors import AgencyDataError
from core.settings import Settings
from core.temporary import temporary_folder
from jobs.office.workbook import (
    WORKBOOK,
    Checked,
    Imported,
    Kept,
    check_workbook,
    export_workbook,
    import_workbook,
)
from jobs.report.entries.evidence import printable_name, read_evidence, why_not_entered
from jobs.report.entries.figures import as_rows, held_entries
from jobs.store.offices import changing_office
from jobs.workspace import Workspace
from models.report.entries import record_entry
from models.report.tables import EnteredFigure
from models.session import open_session
from models.snapshots import read_snapshot
from office.problems import Problems
from office.schema import Agency, Reported
from office.workbook.reading import Filled
from office.workbook.tables import Found
from reports.wording import write_value

_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*://|[a-z]:[\\/]|[\\/]", re.IGNORECASE)
"""How an address, or a place that is not told from the workbook's folder, begins."""


def export_office(workspace: Workspace, file: Path) -> Path:
    """Write the office's year into a workbook, entered figures and the names of their evidence included.

    Raises:
        AgencyDataError: The office's data are wrong, or an entered figure no longer fits them.
        StorageError: The file is there already, or cannot be written.
    """
    agency, folder = workspace.agency, workspace.agency_folder
    with open_session(workspace.engine, read_only=True) as session:
        entries = held_entries(session, agency)
    shown = _with_entries(agency, as_rows(folder, agency, entries))
    evidence = {entry.indicator: entry.evidence_name for entry in entries}
    return export_workbook(folder, workspace.year, file, shown, evidence)


def import_office(
    file: Path,
    settings: Settings,
    by: Callable[[], str],
    into: str = "",
    mark: str | None = None,
    *,
    approves: bool = True,
) -> Imported:
    """Read a filled workbook into the office's folder and keep the evidence it names, or change nothing.

    Args:
        file: The workbook; its evidence lies beside it or in folders below.
        settings: Where the offices stand, and the database.
        by: Who brings the evidence; asked only where there is any.
        into: Name of the office's folder; empty for the id that the workbook names.
        mark: Of the data as they were when the workbook was checked; any when left out.
        approves: Whether who brings it may change who approves the year's reports.

    Raises:
        AgencyDataError: Listing every problem with its sheet and cell, or the data were changed since.
        SourceError: The file is no workbook.
        StorageError: A file or the database cannot be read or written.
    """
    keeping = partial(_keeping, settings, file.parent, by)
    return import_workbook(file, settings.offices_folder, into, keeping, mark, approves=approves)


def check_office(file: Path, settings: Settings, into: str) -> Checked:
    """Say what :func:`import_office` would do, and change nothing.

    Raises:
        AgencyDataError, SourceError, StorageError: As that.
    """
    keeping = partial(_keeping, settings, file.parent, lambda: "")
    return check_workbook(file, settings.offices_folder, into, keeping)


def export_bytes(workspace: Workspace) -> bytes:
    """The same as :func:`export_office`, as the bytes of the workbook.

    Raises:
        AgencyDataError: As that.
    """
    with temporary_folder() as room:
        return export_office(workspace, room / WORKBOOK).read_bytes()


def _with_entries(agency: Agency, rows: Mapping[str, Reported]) -> Agency:
    """The office with entered figures in place of its own for the year; its words on causes stay."""
    year = agency.year.year
    own = {row.indicator: row for row in agency.reported if row.year == year}
    alone = {row.indicator: row for row in agency.explained}
    entered = {}
    for name, row in rows.items():
        words = own.get(name) or alone.get(name)
        kept = {"cause": words.cause, "solution": words.solution} if words else {}
        entered[name] = row.model_copy(update=kept)
    reported = [entered.get(row.indicator, row) if row.year == year else row for row in agency.reported]
    return agency.model_copy(
        update={
            "reported": [*reported, *(row for name, row in entered.items() if name not in own)],
            "explained": [row for row in agency.explained if row.indicator not in entered],
        }
    )


@contextmanager
def _keeping(
    settings: Settings,
    home: Path,
    by: Callable[[], str],
    filled: Filled,
    folder: Path,
    agency: Agency,
    problems: Problems,
) -> Iterator[Kept]:
    """What surrounds the change of the office's folder; ``folder`` is where it is tried."""
    with (
        changing_office(settings, settings.offices_folder / folder.name),
        _recording(settings, home, by, filled, folder, agency, problems) as kept,
    ):
        yield kept


@contextmanager
def _recording(
    settings: Settings,
    home: Path,
    by: Callable[[], str],
    filled: Filled,
    folder: Path,
    agency: Agency,
    problems: Problems,
) -> Iterator[Kept]:
    rows = [row for row in filled.tables["realisasi.csv"][1] if "evidence" in row.entry]
    workspace = Workspace(settings, read_only=not rows)
    if workspace.database_missing:
        yield Kept()
        return
    with open_session(workspace.engine, read_only=not rows) as session:
        register = _Register(session, folder, agency)
        notes = tuple(register.left_standing({row.entry["indicator"] for row in rows}))
        found = [(row, register.content_of(row, home, problems)) for row in rows]
        problems.raise_found()
        who = by() if rows else ""
        kept = [
            register.record(_entry(row, agency, settings, who), content)
            for row, content in found
            if content is not None
        ]
        yield Kept(tuple(told for told in kept if told), notes)


def _entry(row: Found, agency: Agency, settings: Settings, by: str) -> EnteredFigure:
    """What a row with evidence says; hash and size come with the bytes."""
    return EnteredFigure(
        agency=agency.office.id,
        indicator=row.entry["indicator"],
        year=agency.year.year,
        value=row.entry["value"],
        source=row.entry["source"],
        status=row.entry.get("status", ""),
        note=row.entry.get("note", ""),
        evidence_name=printable_name(_told_path(row)),
        evidence_size=0,
        evidence_sha256="",
        entered_by=by,
        entered_at=settings.current_time(),
    )


def _told_path(row: Found) -> Path:
    return Path(row.entry["evidence"].replace("\\", "/"))


class _Register:
    """What was entered before, beside what the workbook says now."""

    def __init__(self, session: Session, folder: Path, agency: Agency) -> None:
        self.session, self.agency = session, agency
        entries = held_entries(session, agency)
        self.held = {entry.indicator: entry for entry in entries}
        self.read: dict[str, Reported] = {}
        with suppress(AgencyDataError):  # one that no longer fits the data is entered anew
            self.read = as_rows(folder, agency, entries)
        year = agency.year.year
        self.now = {row.indicator: row for row in agency.reported if row.year == year}

    def content_of(self, row: Found, home: Path, problems: Problems) -> bytes | None:
        """The bytes of a row's evidence; None after noting why there are none."""
        place, name = row.place("evidence"), row.entry["evidence"]
        if reason := self._refusal(row):
            problems.add(place, reason.message.rstrip("."), reason.todo)
            return None
        path = Path(os.path.realpath(home / _told_path(row)))
        if _ELSEWHERE.match(name) or not path.is_relative_to(os.path.realpath(home)):
            problems.add(
                place,
                f"bukti '{name}' tidak berada di map buku kerja",
                "taruh berkasnya di samping buku kerja, lalu tulis namanya saja",
            )
            return None
        held = self.held.get(row.entry["indicator"])
        if not os.path.exists(path) and held and held.evidence_name == printable_name(_told_path(row)):
            return read_snapshot(self.session, held.evidence_sha256)
        try:
            return read_evidence(path)
        except AgencyDataError as error:
            problems.add(place, error.message.rstrip("."), error.todo, error)
            return None

    def record(self, entry: EnteredFigure, evidence: bytes) -> str:
        """Enter a figure, and tell what is kept; nothing where the newest entry says the same."""
        read, now = self.read.get(entry.indicator), self.now.get(entry.indicator)
        if read and now and _says(read) == _says(now):
            entry.value = self.held[entry.indicator].value  # the same number, however it is written
        _, new = record_entry(self.session, entry, evidence)
        name = self.agency.indicators[entry.indicator].name
        return f"{entry.evidence_name} untuk {name}" if new else ""

    def left_standing(self, replaced: set[str]) -> Iterator[str]:
        """Figures that were entered with their evidence and stay, although the workbook says otherwise."""
        for name, row in self.read.items():
            now = self.now.get(name)
            if now is not None and name not in replaced and _says(now) != _says(row):
                yield (
                    f"{self.agency.indicators[name].name}: buku kerja menulis {write_value(now.value)} "
                    f"({now.source}) tanpa bukti; yang dipakai tetap {write_value(row.value)} ({row.source}) "
                    f"dengan bukti {self.held[name].evidence_name}. Bila angkanya berubah, isi kolom Bukti."
                )

    def _refusal(self, row: Found) -> AgencyDataError | None:
        if "value" not in row.entry:
            return AgencyDataError(
                "Bukti tanpa angka.", todo="isi Realisasi dan Sumber, atau kosongkan Bukti."
            )
        if row.entry["year"] != self.agency.year.year:
            return AgencyDataError(
                f"Bukti hanya disimpan untuk tahun laporan, {self.agency.year.year}.",
                todo="kosongkan sel ini.",
            )
        return why_not_entered(self.agency.indicators[row.entry["indicator"]])


def _says(row: Reported) -> tuple[object, ...]:
    return row.value, row.source, row.status
