"""Files that a person downloaded from BPS: read, checked, kept, put away; nothing is half-taken.

BPS's web sites answer programs with a challenge that no program should pass. So a person downloads
the book or the sheet and drops it into ``LKJIP_HOME/masuk/bps``. What is good in it is stored with
its channel; a figure from a file never takes the place of one from the WebAPI
(:mod:`jobs.select`).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import col, select

from connectors.bps.labels import MEASURE_NAMES
from connectors.bps.tables import PdrbTable
from core.errors import LkjipError, SourceError, StorageError, explain_os_error
from jobs.downloaded import INBOX, read_tables
from jobs.keep import record_pdrb
from jobs.select import SOURCE
from jobs.workspace import Workspace, make_folder, one_at_a_time
from models.session import open_session
from models.tables import Fetch

ARCHIVE = Path("arsip") / "bps"
QUARANTINE = Path("karantina") / "bps"
STILL = 2.0
"""Seconds for which a file must not have changed; one that is still being copied waits."""
_MAX_BYTES = 100 * 1024 * 1024


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
    statuses: tuple[str, ...]
    figures: int
    new: bool
    remarks: tuple[str, ...]


@dataclass(frozen=True)
class FileResult:
    """What became of one file.

    Attributes:
        outcome: ``taken``, ``known`` (the same bytes were taken before), ``unchanged`` (its figures
            are known), ``read`` (nothing stored on request), ``refused`` or ``waiting``.
        tables: Those that were understood.
        problems: Tables of PDRB that could not be used, in Indonesian; for a refused file the reason.
        moved_to: Where it lies now; empty while it was not moved.
    """

    name: str
    outcome: str
    tables: tuple[TakenTable, ...] = ()
    problems: tuple[str, ...] = ()
    moved_to: str = ""

    @property
    def news(self) -> bool:
        """Whether it brought figures that were not known."""
        return any(table.new for table in self.tables)


@dataclass(frozen=True)
class DownloadsResult:
    """What became of every file."""

    files: tuple[FileResult, ...]

    @property
    def news(self) -> bool:
        """Whether there is something new to put into the report."""
        return any(file.news for file in self.files)

    @property
    def message(self) -> str:
        """One sentence for the office."""
        if not self.files:
            return "Tidak ada berkas BPS yang menunggu dibaca."
        taken = [file.name for file in self.files if file.news]
        refused = [file.name for file in self.files if file.outcome == "refused"]
        parts = [f"Angka PDRB diambil dari berkas {', '.join(taken)}."] if taken else []
        if refused:
            parts.append(f"Berkas yang tidak dapat dipakai: {', '.join(refused)}.")
        return " ".join(parts) or "Berkas BPS sudah dibaca; tidak ada angka baru."

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "news": self.news,
            "message": self.message,
            "files": [{**asdict(file), "news": file.news} for file in self.files],
        }

    def as_text(self) -> str:
        """For people: each file with its tables and problems."""
        return "\n".join([self.message, *(line for file in self.files for line in _file_lines(file))])


_OUTCOMES = {
    "taken": "diambil",
    "known": "sudah pernah diambil, tidak ada yang berubah",
    "unchanged": "angkanya sudah tersimpan",
    "read": "dibaca, tidak disimpan",
    "refused": "tidak dapat dipakai",
    "waiting": "masih disalin, ditunggu",
}


def _file_lines(file: FileResult) -> list[str]:
    lines = [
        f"{file.name}: {_OUTCOMES[file.outcome]}" + (f"; kini di {file.moved_to}" if file.moved_to else "")
    ]
    for table in file.tables:
        marks = ", ".join(
            f"{year} {status}" for year, status in zip(table.years, table.statuses, strict=True)
        )
        lines.append(
            f"  {MEASURE_NAMES[table.measure]}, {table.place}: {table.figures} angka ({table.unit}; {marks})"
        )
        lines += [f"    catatan: {remark}" for remark in table.remarks]
    return lines + [f"  masalah: {problem}" for problem in file.problems]


# --- the folder ---------------------------------------------------------------------------------


def read_downloads(
    workspace: Workspace,
    *,
    dry_run: bool = False,
    still: float = STILL,
    clock: Callable[[], float] = time.time,
) -> DownloadsResult:
    """Take every file that stands still in ``LKJIP_HOME/masuk/bps``.

    A file that was used goes to ``arsip/bps``, one that cannot be used to ``karantina/bps`` with a
    note beside it that says why and what to do.

    Args:
        workspace: Whose folder, region and database.
        dry_run: Only show what would be understood; nothing is stored or moved.
        still: Seconds since its last change after which a file counts as whole.
        clock: Seconds since 1970.

    Raises:
        StorageError: The folders or the database cannot be used; files that were not taken stay.
    """
    inbox = make_folder(workspace.settings.home / INBOX)
    with one_at_a_time(workspace.settings.home / "masuk" / ".bps.lock"):
        names = sorted(path for path in _list(inbox) if _is_candidate(path))
        return DownloadsResult(
            tuple(_take(workspace, path, dry_run=dry_run, still=still, clock=clock) for path in names)
        )


def read_files(workspace: Workspace, files: Iterable[Path], *, dry_run: bool = False) -> DownloadsResult:
    """Take files from where they are; they are not moved.

    Args:
        workspace: Whose region and database.
        files: Their places.
        dry_run: Store nothing.

    Raises:
        SourceError: A file cannot be read from the disk.
    """
    results = []
    for path in files:
        content = _content(path)
        results.append(_settle(workspace, path.name, content, dry_run=dry_run))
    return DownloadsResult(tuple(results))


def _list(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError as cause:
        raise StorageError(
            f"Map {folder} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="periksa hak baca atas LKJIP_HOME.",
        ) from cause


def _is_candidate(path: Path) -> bool:
    partial = path.suffix.lower() in (".crdownload", ".part", ".tmp", ".download")
    return path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$")) and not partial


def _take(
    workspace: Workspace, path: Path, *, dry_run: bool, still: float, clock: Callable[[], float]
) -> FileResult:
    """Read a file and put it away; one that changed meanwhile stays for the next time."""
    try:
        before = path.stat()
        if clock() - before.st_mtime < still:
            return FileResult(path.name, "waiting")
        content = _content(path)
        after = path.stat()
    except OSError:  # Taken away meanwhile.
        return FileResult(path.name, "waiting")
    except SourceError as error:
        content, after = b"", before
        result = FileResult(path.name, "refused", (), (str(error),))
    else:
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            return FileResult(path.name, "waiting")
        result = _settle(workspace, path.name, content, dry_run=dry_run)
    return result if dry_run else _put_away(workspace, path, content, result)


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise SourceError(
                f"Berkas {path.name!r} lebih besar dari {_MAX_BYTES // 2**20} MB.",
                todo="ambil halaman tabel PDRB-nya saja dan simpan sebagai berkas tersendiri.",
            )
        return path.read_bytes()
    except OSError as cause:
        raise SourceError(
            f"Berkas {path} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="periksa nama berkas dan hak bacanya.",
        ) from cause


def _put_away(workspace: Workspace, path: Path, content: bytes, result: FileResult) -> FileResult:
    home = workspace.settings.home
    folder = make_folder(home / (QUARANTINE if result.outcome == "refused" else ARCHIVE))
    sha12 = hashlib.sha256(content).hexdigest()[:12]
    name = path.name if result.outcome == "refused" else f"{sha12}-{path.name}"
    target = folder / name
    if target.exists() and result.outcome == "refused":
        target = folder / f"{sha12}-{path.name}"
    try:
        if result.problems:
            note = target.with_name(f"{target.name}.txt")
            note.write_text("\n\n".join(_note(result)) + "\n", encoding="utf-8")
        os.replace(path, target)
    except OSError as cause:
        raise StorageError(
            f"Berkas {path} tidak dapat dipindahkan ke {folder} ({explain_os_error(cause)}).",
            todo="periksa hak tulis atas LKJIP_HOME dan ruang cakram; isi berkas yang sudah diambil tidak "
            "akan diambil dua kali.",
        ) from cause
    return replace(result, moved_to=target.relative_to(home).as_posix())


def _note(result: FileResult) -> list[str]:
    start = (
        f"Berkas {result.name} tidak dipakai."
        if result.outcome == "refused"
        else f"Sebagian isi berkas {result.name} tidak dipakai."
    )
    return [start, *result.problems, "Angka yang tersimpan tidak berubah."]


# --- one file -----------------------------------------------------------------------------------


def _settle(workspace: Workspace, name: str, content: bytes, *, dry_run: bool) -> FileResult:
    sha256 = hashlib.sha256(content).hexdigest()
    if not dry_run and _is_known(workspace, sha256):
        return FileResult(name, "known")
    try:
        office, now = workspace.agency.office, workspace.settings.current_time()
        tables, problems = read_tables(office, name, content, now)
    except LkjipError as error:
        return FileResult(name, "refused", (), (str(error),))
    if dry_run:
        shown = tuple(_taken(table, new=False) for table in tables)
        return FileResult(name, "read" if tables else "refused", shown, problems)
    if not tables:
        return FileResult(name, "refused", (), problems)
    kept = _keep(workspace, tables)
    shown = tuple(_taken(table, new=new) for table, new in zip(tables, kept, strict=True))
    return FileResult(name, "taken" if any(kept) else "unchanged", shown, problems)


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


def _is_known(workspace: Workspace, sha256: str) -> bool:
    prefix = f"{INBOX}/"
    query = select(Fetch.id).where(
        Fetch.snapshot_sha256 == sha256, Fetch.source == SOURCE, col(Fetch.url).startswith(prefix)
    )
    with open_session(workspace.engine, read_only=True) as session:
        return session.exec(query.limit(1)).first() is not None


def _keep(workspace: Workspace, tables: Sequence[PdrbTable]) -> list[bool]:
    """Keep the bytes and every table in one transaction; whether each said anything new."""
    with open_session(workspace.engine) as session:
        at = workspace.settings.current_time()
        return [record_pdrb(session, table, released_on=None, at=at) for table in tables]
