"""What was understood of a file that was downloaded from BPS: its tables with every figure."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from connectors.bps.channels import SOURCE
from connectors.bps.labels import FINAL, MEASURE_NAMES
from connectors.bps.tables import PdrbTable
from core.numbers import format_number
from jobs.bps.downloaded import FOLDER, read_tables
from jobs.bps.downloads import DownloadResult, read_downloads
from jobs.dropped_file import FileReader
from jobs.inbox import read_dropped
from jobs.uploads.shown import PLAIN, WAIT, Shown, Table, make_notes, make_table, refused
from jobs.workspace import Workspace


@dataclass(frozen=True)
class SeenDownload(DownloadResult):
    """A file of BPS with its tables as they were read."""

    read: tuple[PdrbTable, ...] = ()


def read_bps(workspace: Workspace, file: Path, _month: int, *, dry_run: bool) -> DownloadResult:
    """Read one file; in a dry run its figures are kept in view."""
    if not dry_run:
        return read_downloads(workspace, [file]).files[0]

    def settle(name: str, content: bytes) -> SeenDownload:
        now = workspace.settings.current_time()
        tables, problems = read_tables(workspace.agency.office, name, content, now)
        return SeenDownload(name, "read" if tables else "refused", (), problems, read=tuple(tables))

    def plain(name: str, outcome: str, problems: tuple[str, ...]) -> SeenDownload:
        return SeenDownload(name, outcome, (), problems)

    reader = FileReader(settle, plain, SOURCE, FOLDER)
    return read_dropped(workspace, [FOLDER], reader, [file], dry_run=True)[0][0]


def is_bps(result: DownloadResult) -> bool:
    """Whether it has tables of PDRB of the office's region."""
    return isinstance(result, SeenDownload) and bool(result.read)


def show_bps_file(workspace: Workspace, result: DownloadResult) -> Shown:
    """For the page, after a dry run."""
    tables = result.read if isinstance(result, SeenDownload) else ()
    if not tables:
        return refused(result.problems)
    years = sorted({year for table in tables for year in table.years})
    remarks = [f"{MEASURE_NAMES[table.measure]}: {remark}" for table in tables for remark in table.remarks]
    return Shown(
        outcome=result.outcome,
        takable=True,
        facts=(
            ("Wilayah", workspace.agency.office.region),
            ("Tahun", f"{years[0]} sampai {years[-1]}"),
            ("Tabel", format_number(len(tables))),
            ("Angka", format_number(sum(len(table.cells) for table in tables))),
        ),
        tables=tuple(_table(table) for table in tables),
        notes=(
            *make_notes("Tabel yang tidak dapat dipakai; yang lain tetap diambil", WAIT, result.problems),
            *make_notes("Catatan", PLAIN, remarks),
        ),
    )


def tell_bps(result: DownloadResult) -> str:
    """One sentence on what was kept."""
    new = [table for table in result.tables if table.new]
    names = ", ".join(MEASURE_NAMES[table.measure] for table in new)
    return f"Angka baru: {names}." if names else ""


def years_of_bps(workspace: Workspace, _result: DownloadResult) -> tuple[int, ...]:
    """Whose report it concerns: any year may compare itself with them."""
    return workspace.years


def _table(table: PdrbTable) -> Table:
    """A row for each industry; a figure that is not final is marked as BPS marks it."""
    labels = dict.fromkeys((cell.sector, cell.label) for cell in table.cells)
    place = table.table_id.rsplit(", ", 1)[-1]
    unit = table.unit_original or table.unit
    rows = []
    for sector, label in labels:
        cells = [table.find(sector, year) for year in table.years]
        rows.append((label, *("–" if c is None else format_number(c.original, 2) for c in cells)))
    marks = {cell.year: cell.status for cell in table.cells}
    headings = [str(year) if marks[year] == FINAL else f"{year} ({marks[year]})" for year in table.years]
    name = MEASURE_NAMES[table.measure]
    return make_table(f"{name[:1].upper()}{name[1:]}, {place} ({unit})", ("Lapangan usaha", *headings), rows)
