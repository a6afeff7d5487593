"""Figures of others that a person enters with their evidence, and what an indicator takes of them."""

from __future__ import annotations

import stat
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import Session

from capaian.measure import Formula
from core.choosing import find_one
from core.dates import format_time
from core.errors import AgencyDataError, explain_os_error
from core.numbers import format_number
from jobs.workspace import Workspace
from models.report.entries import list_entries, newest_entries, record_entry
from models.report.tables import EnteredFigure
from models.session import open_session
from office.loading import load_agency
from office.quarters import QUARTERS_FILE
from office.schema import Agency, Indicator, MeasureKind, Reported
from reports.realisasi import Evidence, Realisasi
from reports.reported import as_reported
from reports.wording import show_realisasi, write_value

MOST_MEGABYTES = 20
"""Of an evidence: the database keeps it for good, and every backup of it."""

_FOUND_BY_PROGRAM = {
    MeasureKind.PDRB_GROWTH: "angka BPS",
    MeasureKind.PDRB_SHARE: "angka BPS",
    MeasureKind.BPS_STATISTIC: "angka BPS",
    MeasureKind.PRICE_FLUCTUATION: "harga pasar",
}


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
        done = "Tersimpan; susun terbitan barunya dengan lkjip refresh."
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
    agency = workspace.agency
    names = {i.id: f"{i.name} {i.short_name}" for i in agency.indicators.values()}
    indicator = agency.indicators[find_one(given.indicator, names, "indikator")]
    if reason := _why_not_entered(indicator):
        raise AgencyDataError(reason.message, todo=reason.todo)
    evidence = _read_evidence(given.evidence)
    entry = EnteredFigure(
        agency=agency.office.id,
        indicator=indicator.id,
        year=agency.year.year,
        value=given.value.strip(),
        source=given.source.strip(),
        status=given.status.strip(),
        note=given.note.strip(),
        evidence_name="".join(sign if sign.isprintable() else "?" for sign in given.evidence.name),
        evidence_size=len(evidence),
        evidence_sha256="",
        entered_by=given.by.strip(),
        entered_at=workspace.settings.current_time(),
    )
    with open_session(workspace.engine) as session:
        kept, new = record_entry(session, entry, evidence)
        taken = entered_realisasi(session, workspace)  # what cannot be read takes all back
    return Entered(indicator, taken[indicator.id, entry.year], kept, new)


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
    agency = workspace.agency
    entries = newest_entries(session, agency.office.id, agency.year.year)
    used = [entry for name, entry in entries.items() if name in _open_to(agency)]
    if not used:
        return {}
    rows = [(_place(entry), _row(entry)) for entry in used]
    read = load_agency(workspace.agency_folder, agency.year.year, rows)
    by_name = {row.indicator: row for row in read.reported if row.year == agency.year.year}
    return {
        (entry.indicator, entry.year): _as_realisasi(read, agency.reported, by_name[entry.indicator], entry)
        for entry in used
    }


def _as_realisasi(
    agency: Agency, in_file: Iterable[Reported], row: Reported, entry: EnteredFigure
) -> Realisasi:
    taken = as_reported(agency, row)
    notes = [
        f"realisasi.csv menyebut {write_value(other.value)} ({other.source}); yang dipakai angka yang "
        "dimasukkan dengan buktinya."
        for other in in_file
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
    return frozenset(i.id for i in agency.indicators.values() if _why_not_entered(i) is None)


def _why_not_entered(indicator: Indicator) -> AgencyDataError | None:
    found = _FOUND_BY_PROGRAM.get(indicator.measure.kind)
    if found:
        return AgencyDataError(
            f"Indikator '{indicator.id}' dihitung dari {found} yang dibaca program, jadi angkanya tidak "
            "dimasukkan orang.",
            todo=f"lihat asalnya dengan lkjip trace {indicator.id}; bila angkanya memang dari lembaga lain, "
            "ganti measure atau bps di indicators.yaml dengan institution.",
        )
    if indicator.quarters is not None:
        return AgencyDataError(
            f"Realisasi '{indicator.id}' setahun mengikuti triwulannya, jadi tidak dimasukkan tersendiri.",
            todo=f"isi realisasi triwulannya di {QUARTERS_FILE}, atau di lembar Triwulan buku kerja.",
        )
    if indicator.formula is Formula.STATED:
        return AgencyDataError(
            f"Capaian '{indicator.id}' dinyatakan kantor bersama realisasinya, tidak dihitung.",
            todo="isi value dan capaian di baris indikator itu di realisasi.csv.",
        )
    return None


def _read_evidence(path: Path) -> bytes:
    """The bytes of a file that can be kept as evidence.

    Raises:
        AgencyDataError: It cannot be read, is no file, is empty or too large.
    """
    limit = MOST_MEGABYTES * 2**20
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # reading a pipe would wait for ever
            raise AgencyDataError(
                f"Bukti {path} bukan berkas.", todo="sebut satu berkas, misalnya PDF surat."
            )
        with path.open("rb") as file:
            content = file.read(limit + 1)
    except OSError as cause:
        raise AgencyDataError(
            f"Bukti {path} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="periksa nama dan izin baca berkasnya.",
        ) from cause
    if not content:
        raise AgencyDataError(f"Bukti {path} kosong.", todo="pilih berkas yang memuat angkanya.")
    if len(content) > limit:
        raise AgencyDataError(
            f"Bukti {path} lebih besar daripada {MOST_MEGABYTES} MB.",
            todo="pilih halaman yang memuat angkanya saja, atau kecilkan berkasnya.",
        )
    return content
