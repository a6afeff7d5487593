"""Files that a person downloaded from BPS: read, checked, kept, put away; nothing is half-taken.

BPS's web sites answer programs with a challenge that no program should pass. So a person downloads
the book or the sheet and drops it into ``LKJIP_HOME/masuk/bps``. What is good in it is stored with
its channel; a figure from a file never takes the place of one from the WebAPI
(:mod:`jobs.report.realisasi`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from connectors.bps.channels import SOURCE
from connectors.bps.labels import MEASURE_NAMES
from connectors.bps.tables import PdrbTable
from jobs.bps.downloaded import FOLDER, read_tables
from jobs.bps.keep import keep_answers, record_pdrb
from jobs.dropped_file import FileReader
from jobs.inbox import read_dropped
from jobs.taken_files import FileResult, TakenFiles, outcome_line
from jobs.workspace import Workspace
from models.session import open_session


@dataclass(frozen=True)
class TakenTable:
    """A table of PDRB that was understood.

    Attributes:
        place: Where in the file: ``halaman 127``.
        years: Those with figures.
        statuses: Status of each year.
        figures: How many there are.
        new: Whether they were stored just now.
        remarks: What is odd, in Indonesian.
    """

    measure: str
    title: str
    place: str
    unit: str
    years: tuple[int, ...]
    figures: int
    statuses: tuple[str, ...]
    remarks: tuple[str, ...]
    new: bool


@dataclass(frozen=True)
class DownloadResult(FileResult):
    """What became of one file.

    Attributes:
        tables: Those that were understood.
        problems: Tables of PDRB that could not be used, in Indonesian; for a refused file the reason.
    """

    tables: tuple[TakenTable, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def news(self) -> bool:
        """Whether it brought figures that were not known."""
        return any(table.new for table in self.tables)

    def as_lines(self) -> list[str]:
        """For people: its tables and problems."""
        lines = [outcome_line(self)]
        for table in self.tables:
            marks = ", ".join(
                f"{year} {status}" for year, status in zip(table.years, table.statuses, strict=True)
            )
            lines.append(
                f"  {MEASURE_NAMES[table.measure]}, {table.place}: {table.figures} angka "
                f"({table.unit}; {marks})"
            )
            lines += [f"    catatan: {remark}" for remark in table.remarks]
        return lines + [f"  masalah: {problem}" for problem in self.problems]


class DownloadsResult(TakenFiles[DownloadResult]):
    """What became of every downloaded file."""

    NONE = "Tidak ada berkas BPS yang menunggu dibaca."
    TAKEN = "Angka PDRB diambil dari berkas"
    NOTHING_NEW = "Berkas BPS sudah dibaca; tidak ada angka baru."


# --- the folder ---------------------------------------------------------------------------------


def read_downloads(
    workspace: Workspace, files: Iterable[Path] | None = None, *, dry_run: bool = False
) -> DownloadsResult:
    """Take every file that waits in ``LKJIP_HOME/masuk/bps``; see :func:`jobs.inbox.read_dropped`."""

    def plain(name: str, outcome: str, problems: tuple[str, ...]) -> DownloadResult:
        return DownloadResult(name, outcome, (), problems)

    def settle(name: str, content: bytes) -> DownloadResult:
        return _settle(workspace, name, content, dry_run=dry_run)

    reader = FileReader(settle, plain, SOURCE, FOLDER)
    return DownloadsResult(*read_dropped(workspace, [FOLDER], reader, files, dry_run=dry_run))


# --- one file -----------------------------------------------------------------------------------


def _settle(workspace: Workspace, name: str, content: bytes, *, dry_run: bool) -> DownloadResult:
    office, now = workspace.agency.office, workspace.settings.current_time()
    tables, problems = read_tables(office, name, content, now)
    if dry_run:
        shown = tuple(_taken(table, new=False) for table in tables)
        return DownloadResult(name, "read" if tables else "refused", shown, problems)
    if not tables:
        return DownloadResult(name, "refused", (), problems)
    kept = _keep(workspace, tables)
    shown = tuple(_taken(table, new=new) for table, new in zip(tables, kept, strict=True))
    return DownloadResult(name, "taken" if any(kept) else "unchanged", shown, problems)


def _taken(table: PdrbTable, *, new: bool) -> TakenTable:
    status = {cell.year: cell.status for cell in table.cells}
    return TakenTable(
        measure=table.measure,
        title=table.title,
        place=table.table_id.rsplit(", ", 1)[-1],
        unit=table.unit_original or table.unit,
        years=table.years,
        statuses=tuple(status[year] for year in table.years),
        figures=len(table.cells),
        new=new,
        remarks=table.remarks,
    )


# --- the database -------------------------------------------------------------------------------


def _keep(workspace: Workspace, tables: Sequence[PdrbTable]) -> list[bool]:
    """Keep the bytes and every table in one transaction; whether each said anything new."""
    with open_session(workspace.engine) as session:
        at = workspace.settings.current_time()
        fetches = keep_answers(session, tables[0])
        return [record_pdrb(session, table, fetches=fetches, released_on=None, at=at) for table in tables]
