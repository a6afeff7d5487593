"""Where a figure comes from: value, formula with numbers put in, observations, release, snapshot."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session, col, select

from core.choosing import find_one
from core.dates import format_date, format_time
from core.numbers import format_exact, format_number
from jobs.report.figures import present_figures
from jobs.workspace import Workspace
from models.session import open_session
from models.snapshots import read_snapshot
from models.tables import Fetch
from office.schema import MeasureKind
from reports.measured import MeasuredIndicator
from reports.measuring import measure_year
from reports.realisasi import Evidence, Input
from reports.wording import show_realisasi, write_percent, write_value


@dataclass(frozen=True)
class TracedInput:
    """A figure that went into the computing, with the answer it was read from."""

    entry: Input
    fetched_at: str
    snapshot_bytes: int


@dataclass(frozen=True)
class Trace:
    """Everything about one figure; the evidence of an entered one was read and proved too."""

    measured: MeasuredIndicator
    inputs: tuple[TracedInput, ...]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``; numbers as text."""
        m, realisasi = self.measured, self.measured.realisasi
        return {
            "id": m.id,
            "name": m.indicator.name,
            "year": realisasi.year,
            "state": realisasi.state.value,
            "realisasi": write_value(realisasi.value) if realisasi.value is not None else "",
            "reason": realisasi.reason,
            "formula": realisasi.formula,
            "target": write_value(m.target),
            "target_from": m.version.name,
            "capaian": write_percent(m.percent) if m.percent is not None else "",
            "capaian_formula": m.capaian.formula if m.capaian else "",
            "category": m.category.name if m.category else "",
            "standing": m.standing.value,
            "not_computable": m.why_not_computable,
            "source": realisasi.source,
            "released_on": realisasi.released_on.isoformat() if realisasi.released_on else "",
            "illustrative": realisasi.illustrative,
            "notes": list(realisasi.notes),
            "evidence": _plain(realisasi.evidence),
            "inputs": [
                {
                    **asdict(traced.entry),
                    "value": str(traced.entry.value),
                    "released_on": traced.entry.released_on.isoformat() if traced.entry.released_on else "",
                    "fetched_at": traced.fetched_at,
                    "snapshot_bytes": traced.snapshot_bytes,
                }
                for traced in self.inputs
            ],
        }

    def as_text(self) -> str:
        """For people, from the figure down to the bytes."""
        m, realisasi = self.measured, self.measured.realisasi
        lines = [
            f"{m.indicator.name}, {realisasi.year}",
            f"  realisasi : {show_realisasi(realisasi)}  [{realisasi.source}]",
        ]
        if realisasi.formula:
            lines.append(f"  rumus     : {realisasi.formula}")
        lines.append(f"  target    : {write_value(m.target)}  [{m.version.name}]")
        if m.capaian and m.capaian.percent is not None:
            category = m.category.name if m.category else "-"
            lines.append(f"  capaian   : {m.capaian.formula} = {write_percent(m.percent)}, {category}")
        if m.why_not_computable:
            lines.append(f"  capaian   : tidak dapat dihitung. {m.why_not_computable}")
        lines += [f"  catatan   : {note}" for note in realisasi.notes]
        if shown := realisasi.evidence:
            lines += [
                f"  bukti     : {shown.file}",
                f"      dimasukkan {format_time(shown.entered_at)} oleh {shown.entered_by}",
                f"      snapshot : {shown.snapshot}, {format_number(shown.size)} bita, utuh",
            ]
        for traced in self.inputs:
            entry = traced.entry
            released = format_date(entry.released_on) if entry.released_on else "tidak disebut"
            mark = ", angka ilustrasi" if entry.illustrative else ""
            if not entry.snapshot:
                rounded = format_number(entry.value, 2)
                lines.append(f"  {entry.symbol} = {rounded}{entry.unit}{mark}")
                continue
            lines += [
                f"  {entry.symbol} = {format_exact(entry.value)} {entry.unit} ({entry.status}{mark})",
                f"      tabel    : {entry.name}",
                f"      rilis    : {released}; vintage {entry.vintage}; diambil {traced.fetched_at}",
                f"      alamat   : {entry.url}",
                f"      snapshot : {entry.snapshot}, {format_number(traced.snapshot_bytes)} bita, utuh",
            ]
        if m.indicator.measure.kind is MeasureKind.PRICE_FLUCTUATION and self.inputs:
            lines.append("  setiap harga sampai berkas aslinya: lkjip prices show <komoditas> --day <hari>")
        return "\n".join(lines)


def trace_indicator(workspace: Workspace, wanted: str) -> Trace:
    """Trace one indicator of the reporting year back to the bytes; each snapshot is read and proved.

    Args:
        workspace: Office, year and database.
        wanted: The indicator's id, or a part of its name.

    Raises:
        AgencyDataError: No indicator or several answer to that name; the message lists them.
        StorageError: A snapshot is missing or was altered.
    """
    agency = workspace.agency
    names = {i.id: f"{i.name} {i.short_name}" for i in agency.indicators.values()}
    identifier = find_one(wanted, names, "indikator")
    with open_session(workspace.engine, read_only=True) as session:
        figures = present_figures(session, workspace)
        measured = measure_year(
            agency, figures.realisasi, figures.reported_prices, figures.budget
        ).indicators[identifier]
        inputs = tuple(_trace(session, entry) for entry in measured.realisasi.inputs)
        if measured.realisasi.evidence:
            read_snapshot(session, measured.realisasi.evidence.snapshot)
    return Trace(measured, inputs)


def _plain(evidence: Evidence | None) -> dict[str, Any] | None:
    return {**asdict(evidence), "entered_at": evidence.entered_at.isoformat()} if evidence else None


def _trace(session: Session, entry: Input) -> TracedInput:
    if not entry.snapshot:  # computed from many answers, which `lkjip prices show` names one by one
        return TracedInput(entry, "-", 0)
    content = read_snapshot(session, entry.snapshot)
    query = select(Fetch).where(Fetch.snapshot_sha256 == entry.snapshot).order_by(col(Fetch.id))
    first = session.exec(query).first()
    return TracedInput(entry, format_time(first.fetched_at) if first else "-", len(content))
