"""What is stored of an office and year, as tables for people who analyse; nothing is computed anew here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlmodel import Session

from capaian.values import Quantity, Value
from connectors.bps.channels import SOURCE
from connectors.prices.register import Recognised, load_register
from core.dates import JAKARTA, format_time
from core.errors import StorageError, explain_os_error
from jobs.bps.statistic.wanted import wanted_statistics
from jobs.prices.sources import SOURCE_NAMES, SP2KP
from jobs.prices.year import price_regions
from jobs.report.render import present_report
from jobs.workspace import Workspace, make_folder
from models.bps.observations import values, vintages
from models.budget.statements import lines_of, statements_of_year
from models.prices.readings import read_prices
from models.report.entries import list_entries, newest_entries
from models.report.issues import list_issues
from models.session import open_session
from reports.spreadsheet import Cell, Sheet, as_csv, as_xlsx
from reports.standing import WORDS

MEASURES = {"adhb": "PDRB ADHB", "adhk": "PDRB ADHK", "growth": "pertumbuhan", "share": "distribusi"}
STATES = {
    "waiting": "menunggu",
    "provisional": "sementara",
    "final": "tetap",
    "reported": "dilaporkan",
    "not_computable": "tidak dapat dihitung",
}
WORKBOOK = "lkjip.xlsx"


@dataclass(frozen=True)
class Exported:
    """The files that were written, and how many rows each table has."""

    files: tuple[Path, ...]
    rows: dict[str, int]

    def as_text(self) -> str:
        """For people."""
        counts = [f"{name}: {count} baris" for name, count in self.rows.items()]
        return "\n".join([*map(str, self.files), *counts])

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"files": [str(file) for file in self.files], "rows": self.rows}


def export_tables(workspace: Workspace, folder: Path) -> Exported:
    """Write observations, prices, budgets, indicators, entries and issues as CSV, and all as one XLSX.

    Args:
        workspace: Office, year and database.
        folder: Where to; files of the same names are replaced.

    Raises:
        StorageError: The folder or a file in it cannot be written.
    """
    indicators = _indicators(workspace)
    with open_session(workspace.engine, read_only=True) as session:
        sheets = [
            _observations(session, workspace),
            _prices(session, workspace),
            _budgets(session, workspace),
            indicators,
            _entries(session, workspace),
            _issues(session, workspace),
        ]
    make_folder(folder)
    contents = {f"{sheet.name}.csv": as_csv(sheet) for sheet in sheets} | {WORKBOOK: as_xlsx(sheets)}
    try:
        for name, content in contents.items():
            (folder / name).write_bytes(content)
    except OSError as cause:
        raise StorageError(
            f"Berkas di {folder} tidak dapat ditulis ({explain_os_error(cause)}).",
            todo="periksa hak tulis dan ruang kosong cakram, dan tutup berkas yang sedang dibuka.",
        ) from cause
    return Exported(
        tuple(folder / name for name in contents), {sheet.name: len(sheet.rows) for sheet in sheets}
    )


def _observations(session: Session, workspace: Workspace) -> Sheet:
    """Every state of every table of BPS, revised ones too."""
    bps = workspace.agency.office.bps
    series = [(bps.domain, measure) for measure in MEASURES] if bps else []
    states = [(MEASURES[key[1]], vintage) for key in series for vintage in vintages(session, SOURCE, *key)]
    named = dict.fromkeys(
        (w.domain, w.statistic.series) for w in wanted_statistics(session, workspace.agency)
    )
    states += [("statistik", vintage) for key in named for vintage in vintages(session, SOURCE, *key)]
    rows: list[tuple[Cell, ...]] = [
        (
            measure, one.sector, one.label, one.year, one.value, vintage.unit, vintage.base_year,
            one.status, vintage.id, vintage.created_at.astimezone(JAKARTA).date(), vintage.released_on,
            vintage.channel, vintage.title, "BPS", vintage.domain, one.illustrative,
        )
        for measure, vintage in states
        for _, one in sorted(values(session, vintage).items())
    ]  # fmt: skip
    headings = (
        "ukuran", "kategori", "uraian", "tahun", "nilai", "satuan", "tahun_dasar", "status", "vintage",
        "disimpan", "dirilis", "saluran", "tabel", "sumber", "wilayah", "ilustrasi",
    )  # fmt: skip
    return Sheet("observasi", headings, rows)


def _prices(session: Session, workspace: Workspace) -> Sheet:
    """The latest reading of every price of the year, in its source's words and in those of the register."""
    agency, year, register = workspace.agency, workspace.agency.year.year, load_register()
    regions = price_regions(agency, agency.prices) if agency.prices else []
    if agency.prices and agency.prices.sp2kp:
        regions.append((SP2KP, agency.prices.sp2kp))
    rows: list[tuple[Cell, ...]] = []
    for series in read_prices(session, regions, date(year, 1, 1), date(year, 12, 31)):
        key = series.key
        found = register.recognise(key.source, key.item, key.name, key.unit)
        known = found if isinstance(found, Recognised) else None
        named = (key.market_name or key.market or "rata-rata wilayah", key.name)
        meant = (known.commodity.id, known.commodity.unit) if known else ("", "")
        source = SOURCE_NAMES.get(key.source, key.source)
        for day, price in zip(series.days, series.prices, strict=True):
            converted = price * known.factor if known else None
            rows.append((day, *named, price, key.unit, *meant, converted, source, key.illustrative))
    headings = (
        "hari", "pasar", "nama_di_sumber", "harga_rupiah", "satuan", "komoditas", "satuan_komoditas",
        "harga_per_satuan_komoditas", "sumber", "ilustrasi",
    )  # fmt: skip
    return Sheet("harga", headings, rows)


def _budgets(session: Session, workspace: Workspace) -> Sheet:
    """Every row of every statement, replaced ones too."""
    agency = workspace.agency
    rows: list[tuple[Cell, ...]] = [
        (
            statement.month, statement.vintage, statement.stage, line.code, line.name, line.level, line.key,
            line.budget, line.initial, line.revised, line.spent, "rupiah", line.place,
            statement.taken_at.astimezone(JAKARTA).date(), statement.illustrative,
        )
        for statement in statements_of_year(session, agency.office.id, agency.year.year)
        for line in lines_of(session, statement)
    ]  # fmt: skip
    headings = (
        "sampai_bulan", "berkas_ke", "tahap", "kode", "uraian", "tingkat", "baris_kantor", "anggaran",
        "anggaran_murni", "anggaran_perubahan", "realisasi", "satuan", "sumber", "diambil", "ilustrasi",
    )  # fmt: skip
    return Sheet("anggaran", headings, rows)


def _indicators(workspace: Workspace) -> Sheet:
    """The indicators of the present report; figures exact, not as they are rounded for print."""
    rows: list[tuple[Cell, ...]] = []
    for m in present_report(workspace).measured.indicators.values():
        taken = m.realisasi
        rows.append(
            (
                m.id, m.indicator.name, taken.year, STATES[taken.state.value], *_figure(m.target),
                *_figure(taken.value), m.percent, m.category.name if m.category else "", WORDS[m.standing],
                m.capaian.formula if m.capaian else "", taken.reason or m.why_not_computable,
                taken.source, taken.illustrative,
            )
        )  # fmt: skip
    headings = (
        "id", "indikator", "tahun", "keadaan", "target", "satuan_target", "realisasi", "satuan_realisasi",
        "capaian_persen", "kategori", "ketercapaian", "rumus", "alasan", "sumber", "ilustrasi",
    )  # fmt: skip
    return Sheet("indikator", headings, rows)


def _figure(value: Value | None) -> Iterator[Decimal | str | None]:
    """The number and its unit; a range or a grade is text without one."""
    if isinstance(value, Quantity):
        yield from (value.amount, value.unit)
    else:
        yield from (None if value is None else str(value), "")


def _entries(session: Session, workspace: Workspace) -> Sheet:
    """Every figure that a person entered, also those replaced by a later one; values as written."""
    office, year = workspace.agency.office.id, workspace.agency.year.year
    newest = {entry.id for entry in newest_entries(session, office, year).values()}
    rows: list[tuple[Cell, ...]] = [
        (
            entry.indicator, entry.year, entry.value, entry.source, entry.status, entry.note,
            entry.evidence_name, entry.evidence_sha256, entry.entered_at.astimezone(JAKARTA).date(),
            entry.entered_by, entry.id in newest,
        )
        for entry in list_entries(session, office, year)
    ]  # fmt: skip
    headings = (
        "id", "tahun", "nilai", "sumber", "status", "catatan", "bukti", "sidik_bukti", "dimasukkan", "oleh",
        "terbaru",
    )  # fmt: skip
    return Sheet("angka_dimasukkan", headings, rows)


def _issues(session: Session, workspace: Workspace) -> Sheet:
    agency = workspace.agency
    rows: list[tuple[Cell, ...]] = [
        (
            issue.number, issue.issued_at.astimezone(JAKARTA).date(), format_time(issue.issued_at),
            issue.cause, issue.content_hash, issue.folder,
        )
        for issue in list_issues(session, agency.office.id, agency.year.year)
    ]  # fmt: skip
    return Sheet("terbitan", ("nomor", "hari", "waktu", "sebab", "sidik_isi", "map"), rows)
