"""The office's own price sheets: one market a sheet, commodities and days in whatever order.

What is understood of a sheet, and what is not, is said; no day, name or sign is guessed. Prices are
taken as they stand: whether one is believable is for :mod:`capaian.prices.doubts`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import PurePath

from connectors.prices.quotes import Quote, Quotes, Unread
from connectors.prices.sheets.lines import find_lines, names_weeks
from connectors.prices.sheets.table import Misread, read_table
from connectors.prices.sheets.words import is_unit_head, market_in_titles, market_of_file, market_of_sheet
from connectors.sheets.days import FIRST_YEAR, read_day, said_month, year_in_titles
from connectors.sheets.numbers import looks_like_number
from connectors.sheets.reader import Cell, Grid, open_grids
from connectors.sheets.view import View, filled, view_of
from core.errors import SourceError
from core.numbers import format_number

ACROSS, DOWN = "komoditas ke bawah, tanggal ke kanan", "tanggal ke bawah, komoditas ke kanan"
MAX_CELLS = 400_000
"""Of one sheet; five years of 200 commodities have 365.000."""
_TITLE_CELLS = 4
"""A row above the table with at most so many filled cells is a title."""
_ILLUSTRATIVE = "ilustrasi"


@dataclass(frozen=True)
class SheetSummary:
    """What was understood of one sheet.

    Attributes:
        name: Of the sheet.
        market: Whose prices it holds.
        orientation: :data:`ACROSS` or :data:`DOWN`.
        first, last: Days of its first and last price.
        commodities: As the sheet names them, in its order.
        prices: How many there are, blanks and dashes not counted.
        unread: How many places could not be read.
    """

    name: str
    market: str
    orientation: str
    first: date
    last: date
    commodities: tuple[str, ...]
    prices: int
    unread: int


@dataclass(frozen=True)
class SheetFile:
    """What a file of price sheets says.

    Attributes:
        quotes: Of all its sheets; a market, commodity and day at most once.
        sheets: What was understood of each.
        misread: What could not be read, with its market and day; the same as the quotes' ``unread``.
        problems: Sheets that could not be used, in Indonesian with what to do.
        remarks: What else a person should know, in Indonesian.
        illustrative: Whether the file says that its prices are an illustration.
    """

    quotes: Quotes
    sheets: tuple[SheetSummary, ...]
    misread: tuple[Misread, ...]
    problems: tuple[str, ...]
    remarks: tuple[str, ...]
    illustrative: bool


def read_sheet_file(content: bytes, name: str) -> SheetFile:
    """Read every visible sheet of a file.

    Args:
        content: XLSX, XLS, XLSB, ODS, CSV, or HTML under such a name.
        name: Of the file.

    Raises:
        SourceError: The file cannot be opened, or no sheet of it is understood; the message says why
            for each.
    """
    grids = open_grids(content, name)
    found: list[Quote] = []
    misread: list[Misread] = []
    sheets: list[SheetSummary] = []
    problems: list[str] = []
    remarks: list[str] = []
    shown = [grid for grid in grids if grid.visible]
    remarks += [f"Lembar {grid.name!r} tersembunyi; tidak dibaca." for grid in grids if not grid.visible]
    for grid in shown:
        if not any(cell != "" for row in grid.rows for cell in row):
            continue
        try:
            read = _read_grid(grid, PurePath(name).stem, alone=len(shown) == 1)
        except SourceError as error:
            problems.append(str(error))
            continue
        found += read.quotes
        misread += read.misread
        sheets.append(read.summary)
        remarks += read.remarks
    if not sheets:
        raise _nothing_understood(name, problems)
    illustrative = any(_is_illustrative(grid) for grid in shown)
    kept, doubled = _one_each(replace(quote, illustrative=illustrative) for quote in found)
    misread += doubled
    return SheetFile(
        quotes=Quotes(tuple(kept), tuple(entry.unread for entry in misread)),
        sheets=tuple(sheets),
        misread=tuple(misread),
        problems=tuple(problems),
        remarks=tuple(remarks),
        illustrative=illustrative,
    )


def _nothing_understood(name: str, problems: Sequence[str]) -> SourceError:
    if problems:
        return SourceError(f"Berkas {name!r} tidak dapat dipakai. {' '.join(problems)}")
    return SourceError(
        f"Berkas {name!r} tidak berisi lembar yang terlihat.", todo="taruh berkas dengan lembar harga."
    )


def _is_illustrative(grid: Grid) -> bool:
    return any(
        isinstance(cell, str) and cell.strip().lower().startswith(_ILLUSTRATIVE)
        for row in grid.rows
        for cell in row
    )


# --- one sheet ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Read:
    quotes: tuple[Quote, ...]
    misread: tuple[Misread, ...]
    summary: SheetSummary
    remarks: tuple[str, ...]


def _read_grid(grid: Grid, stem: str, *, alone: bool) -> _Read:
    if sum(map(len, grid.rows)) > MAX_CELLS:
        raise SourceError(
            f"Lembar {grid.name!r} membentang lebih dari {format_number(MAX_CELLS)} sel.",
            todo="simpan satu pasar dan paling banyak lima tahun dalam satu lembar, tanpa kolom dan "
            "baris kosong.",
        )
    view = view_of(grid)
    titles = _titles(view)
    year = _year(titles, grid.name, stem)
    turned, lines = find_lines(view, year, grid.name, said_month(titles, grid.name, stem))
    if not lines:
        raise _no_days(view)
    market, remarks = _market(view, grid, stem, alone=alone)
    table = read_table(turned, lines, market, is_csv=grid.kind == "csv")
    if table.evidence:
        remarks.append(f"Lembar {grid.name!r}: {table.evidence}.")
    observed = [quote.day for quote in table.quotes if quote.price is not None]
    if not observed:
        unread = [entry.unread for entry in table.misread]
        first = "; ".join(f"{u.place}: {u.message}" for u in unread[:3])
        raise SourceError(
            f"Lembar {grid.name!r} tidak berisi harga yang terbaca" + (f" ({first})." if first else "."),
            todo="isi harga di bawah tanggalnya, di sebelah nama komoditasnya.",
        )
    summary = SheetSummary(
        name=grid.name,
        market=market,
        orientation=DOWN if turned.turned else ACROSS,
        first=min(observed),
        last=max(observed),
        commodities=tuple(dict.fromkeys(quote.name for quote in table.quotes)),
        prices=len(observed),
        unread=len(table.misread),
    )
    return _Read(table.quotes, table.misread, summary, tuple(remarks))


def _year(titles: Sequence[str], sheet: str, stem: str) -> int | None:
    """The year of days that name none: of the titles, else of the names of sheet and file."""
    names = (text.replace("_", " ").replace("-", " ") for text in (sheet, stem))
    for texts in (titles, *([name] for name in names)):
        if (year := year_in_titles(texts)) is not None:
            return year
    return None


def _titles(view: View) -> list[str]:
    """The rows of few words above the table."""
    titles = []
    for row in view.rows:
        cells = [cell for _, cell in filled(row)]
        numbers = sum(
            isinstance(cell, Decimal) or (isinstance(cell, str) and cell.isdecimal()) for cell in cells
        )
        if len(cells) > _TITLE_CELLS or numbers > 1 or any(_is_of_table(cell) for cell in cells):
            break
        titles.append(" ".join(str(cell) for cell in cells))
    return titles


def _is_of_table(cell: Cell) -> bool:
    """Whether a cell stands in a table rather than in a title: a day, a unit's heading, a price as text."""
    return read_day(cell, FIRST_YEAR) is not None or (
        isinstance(cell, str) and (is_unit_head(cell) or (looks_like_number(cell) and not cell.isdecimal()))
    )


def _no_days(view: View) -> SourceError:
    if names_weeks(view):
        return SourceError(
            f"Lembar {view.sheet!r} hanya menyebut minggu, sehingga tanggal harganya tidak diketahui.",
            todo="tulis tanggal pencatatan sebagai judul, misalnya 2 Januari 2023.",
        )
    return SourceError(
        f"Lembar {view.sheet!r} tidak memuat tanggal di atas atau di sebelah harga.",
        todo="tulis tanggal (2 Januari 2023 atau 02/01/2023), atau nomor hari di bawah nama bulan dan "
        "tahunnya.",
    )


def _market(view: View, grid: Grid, stem: str, *, alone: bool) -> tuple[str, list[str]]:
    titled = market_in_titles([[cell for _, cell in filled(row)] for row in view.rows])
    named = market_of_sheet(grid.name) if grid.kind not in ("csv", "html") else ""
    if titled:
        if named and named.casefold() != titled.casefold():
            return titled, [
                f"Lembar {grid.name!r} berjudul {titled!r}; judulnya yang dipakai, bukan nama lembarnya."
            ]
        return titled, []
    if named:
        return named, []
    if alone and (filed := market_of_file(stem)):
        return filed, [f"Nama pasar {filed!r} diambil dari nama berkasnya."]
    raise SourceError(
        f"Lembar {grid.name!r} tidak menyebut pasarnya.",
        todo="tulis 'Pasar : …' di atas tabelnya, atau beri lembarnya nama pasar.",
    )


# --- doubles ------------------------------------------------------------------------------------


def _one_each(quotes: Iterable[Quote]) -> tuple[list[Quote], list[Misread]]:
    """A market, commodity and day at most once; where prices differ, none of them is taken."""
    groups: dict[tuple[str, str, str, date], list[Quote]] = {}
    for quote in quotes:
        key = (quote.market.casefold(), quote.name.casefold(), quote.unit.casefold(), quote.day)
        groups.setdefault(key, []).append(quote)
    kept: list[Quote] = []
    misread: list[Misread] = []
    for group in groups.values():
        priced = [quote for quote in group if quote.price is not None]
        if len({quote.price for quote in priced}) <= 1:
            kept.append((priced or group)[0])
            continue
        for quote in priced:
            others = ", ".join(other.place for other in priced if other is not quote)
            unread = Unread(
                quote.place,
                format_number(quote.price or 0, 2, trim=True),
                f"{quote.name}, {quote.market}, {quote.day:%d/%m/%Y}: ada harga lain untuk hari yang sama "
                f"({others}); keduanya tidak diambil.",
            )
            misread.append(Misread(quote.market, quote.day, unread))
    return kept, misread
