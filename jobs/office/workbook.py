"""The office's year as a workbook, and back: ``lkjip office export`` and ``lkjip office import``."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from capaian.values import Quantity
from connectors.sheets.formats import read_formats
from connectors.sheets.limits import broken
from connectors.sheets.reader import open_grids
from core.errors import AgencyDataError, SourceError, StorageError, explain_os_error
from jobs.data_changes import changing, data_mark, put_folder, require_mark
from jobs.office.approval import check_approval_kept, require_same_approval
from jobs.office.differences import Difference, compare_agencies
from office.files import read_yaml
from office.form import form_files
from office.layout import refuse_old_layout
from office.loading import OFFICE, RULES, is_example, load_agency
from office.problems import DataProblems, Problems
from office.quarters import QUARTERS_FILE
from office.rules import RulesFile
from office.schema import Agency
from office.workbook.cells import percent_text
from office.workbook.columns import INDICATOR_COLUMNS, INDICATORS, QUARTERLY
from office.workbook.drawing import draw
from office.workbook.filling import contents_of
from office.workbook.places import write_files
from office.workbook.reading import Filled, read_workbook
from office.workbook.tables import Rows

WORKBOOK = "isian.xlsx"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


@dataclass(frozen=True)
class Kept:
    """What is kept of a workbook beside the office's files.

    Attributes:
        evidence: Each file that is newly kept, with whose figure it shows.
        notes: What a person should know, in Indonesian.
    """

    evidence: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


Keeping = Callable[[Filled, Path, Agency, Problems], AbstractContextManager[Kept]]
"""Keeps what a workbook names: given what it says, a folder with that, the office it says, and where problems
are noted; within it the office's files are put in their place, so that both are done or neither."""


@dataclass(frozen=True)
class Imported:
    """An office's year that came out of a workbook."""

    folder: Path
    agency: Agency
    notes: tuple[str, ...]
    evidence: tuple[str, ...] = ()

    def as_text(self) -> str:
        """For people."""
        agency = self.agency
        counted = (
            f"{len(agency.indicators)} indikator, {len(agency.reported)} realisasi, "
            f"{len(agency.programs)} baris program"
        )
        return "\n".join(
            (
                f"{agency.office.name}, tahun {agency.year.year}: {counted}, tertulis di {self.folder}.",
                *(f"Bukti tersimpan: {kept}." for kept in self.evidence),
                *(f"Perhatian: {note}" for note in self.notes),
                f"Berikutnya: lkjip render --agency {agency.office.id} --year {agency.year.year}",
            )
        )

    def as_dict(self) -> dict[str, object]:
        """For ``--json``."""
        agency = self.agency
        return {
            "office": agency.office.id,
            "year": agency.year.year,
            "folder": str(self.folder),
            "indicators": len(agency.indicators),
            "realisasi": len(agency.reported),
            "programs": len(agency.programs),
            "evidence": list(self.evidence),
            "notes": list(self.notes),
        }


def export_workbook(
    folder: Path,
    year: int,
    file: Path,
    agency: Agency | None = None,
    evidence: Mapping[str, str] | None = None,
) -> Path:
    """Write an office's year into a workbook.

    Args:
        folder: Of the office.
        year: The year.
        file: The workbook; one that is there, perhaps filled by a person, is never overwritten.
        agency: What the workbook is to say; what the folder says when left out.
        evidence: By indicator the name of the file that its figure came with.

    Raises:
        AgencyDataError: The office's data are wrong.
        StorageError: The file is there already, or cannot be written.
    """
    agency = agency or load_agency(folder, year)
    name = f"{year}/{RULES}"
    rules = None
    if (folder / name).exists():
        document = read_yaml(folder, name, Problems(folder))
        rules = RulesFile.model_validate(document.data if document else {})
    write_workbook(draw(contents_of(agency, rules, evidence)), file)
    return file


def write_workbook(content: bytes, file: Path) -> None:
    """Write a workbook where none is yet.

    Raises:
        StorageError: There is one, or it cannot be written.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as opened:
            opened.write(content)
    except FileExistsError as cause:
        raise StorageError(
            f"Berkas {file} sudah ada dan tidak ditimpa: mungkin sudah diisi orang.",
            todo="pilih nama lain dengan --out, atau pindahkan dulu berkas itu.",
        ) from cause
    except OSError as cause:
        raise StorageError(
            f"Berkas {file} tidak dapat ditulis ({explain_os_error(cause)}).",
            todo="periksa hak tulis dan ruang kosong cakram.",
        ) from cause


@dataclass(frozen=True)
class Checked:
    """What a workbook would do; nothing was changed.

    Attributes:
        new: Whether the office has no such year yet.
        differences: What it would change in the year that is there.
        mark: Of the data that this was said of; see :func:`~jobs.data_changes.data_mark`.
    """

    agency: Agency
    new: bool
    differences: tuple[Difference, ...]
    notes: tuple[str, ...]
    evidence: tuple[str, ...]
    mark: str


def import_workbook(
    file: Path,
    offices: Path,
    into: str = "",
    keeping: Keeping = lambda *_: nullcontext(Kept()),
    mark: str | None = None,
    *,
    approves: bool = True,
) -> Imported:
    """Read a filled workbook into the office's folder; nothing changes unless all of it is right.

    Args:
        file: The workbook.
        offices: Where the offices in use stand.
        into: Name of the office's folder; empty for the id that the workbook names.
        keeping: What keeps the evidence that the workbook names; nothing does when left out.
        mark: Of the data as they were when the workbook was checked; any when left out.
        approves: Whether who imports it may change who approves the year's reports.

    Raises:
        AgencyDataError: Listing every problem with its sheet and cell, or the data were changed since.
        SourceError: The file is no workbook.
        StorageError: A file cannot be read or written.
    """
    with _tried(file, offices, into) as tried:
        folder, year = tried.folder, tried.filled.year
        if mark is not None:
            require_mark(folder, year, mark)
        if not approves:
            require_same_approval(folder / str(year), tried.filled.mappings["year.yaml"])
        with keeping(tried.filled, tried.trial, tried.agency, tried.problems) as kept:
            _put_in_place(tried.trial, folder, year)
    return Imported(folder, tried.agency, (*tried.notes, *kept.notes), kept.evidence)


def check_workbook(
    file: Path, offices: Path, into: str = "", keeping: Keeping = lambda *_: nullcontext(Kept())
) -> Checked:
    """Say what :func:`import_workbook` would do, and change nothing.

    Raises:
        AgencyDataError, SourceError, StorageError: As that.
    """
    with _tried(file, offices, into) as tried:
        folder, year = tried.folder, tried.filled.year
        mark = data_mark(folder, year)
        differences = _differences(tried) if mark else []
        kept = _look_at_kept(tried, keeping)
    notes = (*tried.notes, *kept.notes)
    return Checked(tried.agency, not mark, tuple(differences), notes, kept.evidence, mark)


class _OnlyLooking(Exception):
    """Nothing is to be kept."""


@dataclass(frozen=True)
class _Tried:
    filled: Filled
    folder: Path
    trial: Path
    agency: Agency
    problems: Problems

    @property
    def notes(self) -> tuple[str, ...]:
        return (*self.filled.notes, *_below_one_percent(self.agency))


@contextmanager
def _tried(file: Path, offices: Path, into: str) -> Iterator[_Tried]:
    """A workbook whose data were read and found right, beside the folder that they are for."""
    problems = Problems(Path(file.name))
    sheets = _sheets(file)
    filled = read_workbook(sheets, problems)
    problems.raise_found()
    folder = offices / _folder_name(filled, into, problems)
    _check_kept(sheets, folder / str(filled.year), problems)
    problems.raise_found()
    if is_example(folder):
        raise AgencyDataError(
            f"{folder.name} adalah contoh milik program, yang diganti setiap pembaruan.",
            todo="pakai LKJIP_OFFICES di luar map program.",
        )
    if (folder / OFFICE).exists():
        refuse_old_layout(folder, filled.year)
    try:
        offices.mkdir(parents=True, exist_ok=True)
        with changing(folder), tempfile.TemporaryDirectory(prefix=".import-", dir=offices) as beside:
            trial = Path(beside) / folder.name
            yield _Tried(filled, folder, trial, _try(filled, folder, trial, problems), problems)
    except OSError as cause:
        raise StorageError(
            f"Map {folder} tidak dapat ditulis ({explain_os_error(cause)}).",
            todo="periksa hak tulis dan ruang kosong cakram, lalu jalankan lagi.",
        ) from cause


def _look_at_kept(tried: _Tried, keeping: Keeping) -> Kept:
    """What would be kept, and is taken back."""
    found = [Kept()]
    with suppress(_OnlyLooking), keeping(tried.filled, tried.trial, tried.agency, tried.problems) as kept:
        found.append(kept)
        raise _OnlyLooking
    return found[-1]


def _differences(tried: _Tried) -> list[Difference]:
    try:
        before = load_agency(tried.folder, tried.filled.year)
    except AgencyDataError:
        return [Difference("", "", "Data tahun ini", "tidak terbaca", "terbaca")]
    return compare_agencies(before, tried.agency, tried.filled)


def _check_kept(sheets: Mapping[str, Rows], year: Path, problems: Problems) -> None:
    """Note what the year's data hold and a workbook written before has no place for: it would be lost."""
    check_approval_kept(sheets, year, problems)
    remedy = "salin isinya ke buku kerja baru dari lkjip office export"
    if QUARTERLY not in sheets and (year / QUARTERS_FILE).exists():
        problems.add(
            f"lembar {QUARTERLY}", "lembar ini tidak ada, padahal data kantor memuat angka triwulan", remedy
        )
    name = "indicators.yaml"
    document = read_yaml(year, name, Problems(year)) if (year / name).exists() else None
    entries = document.data if document and isinstance(document.data, list) else []
    headings = list(map(str, next(iter(sheets[INDICATORS]), ())))
    for column in INDICATOR_COLUMNS:
        used = any(isinstance(entry, dict) and entry.get(column.field) for entry in entries)
        if column.added and column.heading not in headings and used:
            problems.add(
                f"lembar {INDICATORS}",
                f"kolom '{column.heading}' tidak ada, padahal data kantor memakainya",
                remedy,
            )


def _below_one_percent(agency: Agency) -> Iterator[str]:
    """Figures below one per cent: Excel holds 7% as 0.07, which in a bare cell looks the same."""
    versions = agency.year.versions
    for indicator in agency.indicators.values():
        targets = [version.targets.get(indicator.id) for version in versions]
        reported = [entry.value for entry in agency.reported if entry.indicator == indicator.id]
        quarters = [
            v for row in agency.quarters_of(indicator.id).values() for v in (row.target, row.realisasi)
        ]
        for value in dict.fromkeys([*indicator.renstra_targets.values(), *targets, *reported, *quarters]):
            if isinstance(value, Quantity) and value.unit == "%" and 0 < abs(value.amount) < 1:
                meant = Quantity((value.amount * 100).normalize() + 0)
                yield f"{indicator.name}: ada {value}; bila maksudnya {meant}, tulis angka itu di selnya."


def _sheets(file: Path) -> dict[str, Rows]:
    """The sheets by name; a number that Excel shows in per cent becomes the text that people see."""
    try:
        content = file.read_bytes()
    except OSError as cause:
        raise StorageError(
            f"Berkas {file} tidak dapat dibaca ({explain_os_error(cause)}).", todo="periksa nama berkasnya."
        ) from cause
    sheets: dict[str, Rows] = {}
    for grid in open_grids(content, file.name):
        if grid.kind != "xlsx":
            raise SourceError(
                f"Berkas {file.name!r} bukan buku kerja .xlsx.",
                todo="simpan ulang sebagai .xlsx, lalu ulangi.",
            )
        try:
            shown = read_formats(content, grid.name).percents
        except (ValueError, SyntaxError, KeyError) as cause:
            raise broken(file.name, cause) from cause
        sheets[grid.name] = [
            [
                percent_text(cell) if isinstance(cell, Decimal) and (row, place) in shown else cell
                for place, cell in enumerate(cells)
            ]
            for row, cells in enumerate(grid.rows)
        ]
    return sheets


def _folder_name(filled: Filled, into: str, problems: Problems) -> str:
    place = filled.cells["office.yaml", ("id",)]
    if not _NAME.fullmatch(filled.office_id):
        problems.add(
            place,
            f"id '{filled.office_id}' tidak dapat menjadi nama map",
            "pakai huruf, angka dan tanda -",
        )
    if into and into != filled.office_id:
        problems.add(
            place,
            f"id '{filled.office_id}' bukan kantor yang diminta, '{into}'",
            f"tulis {into} bila buku kerja ini miliknya, atau jalankan tanpa --into",
        )
    return filled.office_id


def _try(filled: Filled, folder: Path, trial: Path, problems: Problems) -> Agency:
    """Load what the workbook says together with what stays outside of it."""
    own = folder / str(filled.year)
    if own.is_dir():
        shutil.copytree(own, trial / str(filled.year))
    for path in form_files(folder):
        beside = trial / path.relative_to(folder)
        beside.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, beside)
    located = write_files(filled, trial)
    try:
        return load_agency(trial, filled.year)
    except DataProblems as error:
        for problem in error.found:
            told = located.translate(problem)
            problems.add(told.place, told.message, told.todo, error)
    problems.raise_found()
    raise AgencyDataError(f"Isi {problems.folder} tidak dapat dibaca.", todo="periksa buku kerjanya.")


def _put_in_place(trial: Path, folder: Path, year: int) -> None:
    """Put the year that was tried into the office's folder in one step, then the identity, which lasts."""
    put_folder(trial / str(year), folder / str(year))
    os.replace(trial / OFFICE, folder / OFFICE)  # last: with it the folder is an office
