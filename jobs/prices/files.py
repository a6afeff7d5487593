"""The office's price sheets: files that are dropped into ``LKJIP_HOME/masuk/harga`` or named.

Each file is kept whole or not at all: its bytes, its prices, and for every market and day a note of
what was read and what could not be. Prices of names that the register does not know are kept too;
they count as soon as the register knows the name.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path

from sqlmodel import Session

from connectors.prices.quotes import Quote, Quotes, Unread
from connectors.prices.register import Unrecognised, load_register
from connectors.prices.sheets.reader import SheetFile, SheetSummary, read_sheet_file
from connectors.prices.sheets.table import Misread
from core.dates import format_date
from core.errors import SourceError
from core.numbers import format_number
from jobs.answers import keep_answer
from jobs.dropped_file import DropFolder, FileReader
from jobs.inbox import read_dropped
from jobs.prices.keep import keep_quotes
from jobs.prices.sources import SHEETS
from jobs.taken_files import FileResult, TakenFiles, outcome_line
from jobs.workspace import Workspace
from models.prices.files import holds_sheet
from models.prices.readings import Stored, record_day
from models.session import open_session

FOLDER = DropFolder(
    name="harga",
    oversize_todo="simpan lembar harganya saja sebagai berkas tersendiri.",
    kept="Harga yang tersimpan sebelumnya tidak berubah karena bagian yang tidak dipakai.",
)
_SHOWN = 10
"""How many unread places of a file people are shown; all of them stand in the note and in ``--json``."""


@dataclass(frozen=True)
class PriceFileResult(FileResult):
    """What became of one file.

    Attributes:
        sheets: What was understood of each sheet.
        stored: How many prices were new, changed, or known; None when nothing was stored.
        illustrative: Whether the file says that its prices are an illustration.
        refusals: Sheets that could not be used, or the file, in Indonesian with what to do.
        unread: Places where something stands that is no price of a known day.
        unknown: Names and units that the register does not know, in Indonesian with what to do.
        remarks: What else a person should know.
    """

    sheets: tuple[SheetSummary, ...] = ()
    stored: Stored | None = None
    illustrative: bool = False
    refusals: tuple[str, ...] = ()
    unread: tuple[Unread, ...] = ()
    unknown: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def problems(self) -> tuple[str, ...]:
        """What was not used, for the note beside the file."""
        return (*self.refusals, *(f"{entry.place}: {entry.text!r}. {entry.message}" for entry in self.unread))

    @property
    def news(self) -> bool:
        """Whether it brought prices that were not known."""
        return self.stored is not None and self.stored.new + self.stored.changed > 0

    def as_lines(self) -> list[str]:
        """For people: its sheets, and what was not understood."""
        lines = [outcome_line(self)]
        if self.stored is not None:
            lines.append(
                f"  {format_number(self.stored.new)} harga baru, {format_number(self.stored.changed)} "
                f"berubah, {format_number(self.stored.unchanged)} sudah tersimpan"
            )
        if self.illustrative:
            lines.append("  berkas ini menyebut harganya ilustrasi")
        lines += [_sheet_line(sheet) for sheet in self.sheets]
        lines += [f"    catatan: {remark}" for remark in self.remarks]
        lines += [f"  masalah: {problem}" for problem in self.problems[: len(self.refusals) + _SHOWN]]
        if len(self.unread) > _SHOWN:
            lines.append(f"  … dan {format_number(len(self.unread) - _SHOWN)} tempat lain yang tidak terbaca")
        return lines + [f"  belum dikenal: {reason}" for reason in self.unknown]


class PriceFilesResult(TakenFiles[PriceFileResult]):
    """What became of every price sheet."""

    NONE = "Tidak ada lembar harga yang menunggu dibaca."
    TAKEN = "Harga diambil dari berkas"
    NOTHING_NEW = "Lembar harga sudah dibaca; tidak ada harga baru."


def _sheet_line(sheet: SheetSummary) -> str:
    return (
        f"  lembar {sheet.name!r}: {sheet.market}, {format_number(sheet.prices)} harga, "
        f"{len(sheet.commodities)} komoditas, {format_date(sheet.first)} sampai {format_date(sheet.last)} "
        f"({sheet.orientation})"
    )


# --- the folder ---------------------------------------------------------------------------------


def read_price_files(
    workspace: Workspace, files: Iterable[Path] | None = None, *, dry_run: bool = False
) -> PriceFilesResult:
    """Take every sheet that waits in ``LKJIP_HOME/masuk/harga``; see :func:`jobs.inbox.read_dropped`."""
    reader = FileReader(
        settle=lambda name, content: _settle(workspace, name, content, dry_run=dry_run),
        plain=lambda name, outcome, problems: PriceFileResult(name, outcome, refusals=problems),
        source=SHEETS,
        origin=FOLDER,
        took=holds_sheet,  # each office has prices of its own
    )
    return PriceFilesResult(*read_dropped(workspace, [FOLDER], reader, files, dry_run=dry_run))


# --- one file -----------------------------------------------------------------------------------


def _settle(workspace: Workspace, name: str, content: bytes, *, dry_run: bool) -> PriceFileResult:
    file = _without_days_to_come(read_sheet_file(content, name), workspace.settings.current_day())
    result = PriceFileResult(
        name=name,
        outcome="read",
        sheets=file.sheets,
        refusals=file.problems,
        unread=file.quotes.unread,
        unknown=_unknown_names(file),
        remarks=file.remarks,
        illustrative=file.illustrative,
    )
    if dry_run:
        return result
    stored = _keep(workspace, name, content, file)
    outcome = "taken" if stored.new + stored.changed else "unchanged"
    return replace(result, outcome=outcome, stored=stored)


def _without_days_to_come(file: SheetFile, today: date) -> SheetFile:
    """Set aside prices of days that have not come: a year was mistyped, and no one can know which."""
    early = tuple(
        Misread(quote.market, quote.day, _of_day_to_come(quote, today))
        for quote in file.quotes.quotes
        if quote.day > today and quote.price is not None
    )
    if not early:
        return file
    kept = tuple(quote for quote in file.quotes.quotes if quote.day <= today)
    if not kept:
        raise SourceError(
            f"Semua harga di berkas itu bertanggal setelah hari ini, {format_date(today)}.",
            todo="periksa tahun pada judul atau tanggalnya, lalu taruh lagi berkasnya.",
        )
    unread = (*file.quotes.unread, *(entry.unread for entry in early))
    return replace(file, quotes=Quotes(kept, unread), misread=(*file.misread, *early))


def _of_day_to_come(quote: Quote, today: date) -> Unread:
    message = (
        f"{quote.name} bertanggal {format_date(quote.day)}, padahal hari ini {format_date(today)}; "
        "periksa tahun atau tanggalnya."
    )
    return Unread(quote.place, str(quote.price), message)


def _unknown_names(file: SheetFile) -> tuple[str, ...]:
    register = load_register()
    names = dict.fromkeys((quote.name, quote.unit) for quote in file.quotes.quotes)
    found = (register.recognise(SHEETS, "", name, unit) for name, unit in names)
    return tuple(str(known) for known in found if isinstance(known, Unrecognised))


def _keep(workspace: Workspace, name: str, content: bytes, file: SheetFile) -> Stored:
    fetched = FOLDER.answer(name, content, workspace.settings.current_time())
    region = workspace.agency.office.id
    with open_session(workspace.engine) as session:
        fetch_id = keep_answer(session, SHEETS, fetched)
        stored = keep_quotes(session, SHEETS, region, file.quotes.quotes, fetch_id)
        _note_days(session, workspace, fetch_id, name, file)
    return stored


def _note_days(session: Session, workspace: Workspace, fetch_id: int, name: str, file: SheetFile) -> None:
    """Note each day of each market; what has no day of its own is noted with the market's first."""
    rows: dict[tuple[str, date], list[bool]] = {}
    for quote in file.quotes.quotes:
        rows.setdefault((quote.market, quote.day), []).append(quote.price is not None)
    firsts: dict[str, date] = {}
    for market, day in rows:
        firsts[market] = min(day, firsts.get(market, day))
    unread: dict[tuple[str, date], list[dict[str, str]]] = {}
    for entry in file.misread:
        placed = replace(entry.unread, place=f"berkas {name!r}, {entry.unread.place}")
        noted = entry.market, entry.day or firsts[entry.market]
        unread.setdefault(noted, []).append(asdict(placed))
    for market, day in dict.fromkeys((*rows, *unread)):
        read = rows.get((market, day), [])
        record_day(
            session,
            source=SHEETS,
            region=workspace.agency.office.id,
            market=market,
            day=day,
            fetch_id=fetch_id,
            read_at=workspace.settings.current_time(),
            rows=len(read),
            observed=sum(read),
            unread=unread.get((market, day), []),
        )
