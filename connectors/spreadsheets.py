"""Sheets that people make, as grids of cells: XLSX, XLSM, XLS, XLSB, ODS, CSV and HTML under their names.

Numbers are exact: Excel keeps binary fractions, and the shortest decimal text that leads to the same
fraction is the number that was typed. Formulas are never computed: what Excel computed when the file
was saved counts, and a formula without such a value stands as its text. Only the parts of a workbook
that hold cells are unpacked, so nothing outside the file can be reached.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from bs4 import Tag
from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from connectors.archives import ADVICE, MAX_BYTES, broken, locked, repack, too_large, unpack
from connectors.delimited import read_delimited
from connectors.html_grids import decode_html, innermost_tables, parse_html, read_cells
from connectors.workbook_parts import find_unvalued, measure_parts
from core.errors import SourceError
from core.numbers import format_number

Cell = str | Decimal | date
"""What stands in a cell: text (empty where nothing does), an exact number, or a day."""
Span = tuple[int, int, int, int]
"""First row and column, last row and column of merged cells, from 0."""

MAX_SHEETS = 200
MAX_CELLS = 2_000_000
"""Of one sheet's rectangle; a year of 100 commodities in days has 40.000."""
MAX_TEXT_BYTES = 20 * 1024 * 1024
"""Size of a CSV or HTML file."""
_OLE = b"\xd0\xcf\x11\xe0"
_MAIN_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_TEXT_TODO = "simpan bagian yang diperlukan saja dalam berkas tersendiri."


@dataclass(frozen=True)
class Grid:
    """One sheet.

    Attributes:
        name: Of the sheet; of the file, without its ending, where there are no sheets.
        kind: ``xlsx``, ``xls``, ``xlsb``, ``ods``, ``csv`` or ``html``.
        visible: Whether people see it in Excel.
        rows: From A1 on; all of the same length.
        merged: Merged cells, whose content stands in the first; not known in ODS.
    """

    name: str
    kind: str
    visible: bool
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Span, ...] = ()


def open_grids(content: bytes, name: str) -> tuple[Grid, ...]:
    """Read every sheet of a file; its kind is told by its bytes, since people rename files.

    Args:
        content: The file.
        name: Of the file, for messages and as name of a sheet that has none.

    Raises:
        SourceError: It is empty, no sheet, broken, locked, or too large.
    """
    if not content.strip():
        raise SourceError(f"Berkas {name!r} kosong.", todo="simpan ulang berkasnya, lalu taruh lagi.")
    if len(content) > MAX_BYTES:
        raise too_large(name, len(content), MAX_BYTES, _TEXT_TODO)
    if content.startswith(b"PK"):
        return _open_archive(content, name)
    if content.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in content:
            raise locked(name)
        return _open_workbook(content, name, "xls", {})
    if len(content) > MAX_TEXT_BYTES:
        raise too_large(name, len(content), MAX_TEXT_BYTES, _TEXT_TODO)
    stem = PurePath(name).stem
    if _looks_like_markup(content):
        return _open_html(content, name, stem)
    return (Grid(stem, "csv", True, _rectangle(read_delimited(content, name))),)


def _looks_like_markup(content: bytes) -> bool:
    start = content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith(b"<")


def _open_html(content: bytes, name: str, stem: str) -> tuple[Grid, ...]:
    soup = parse_html(decode_html(content))
    tables = innermost_tables(soup)
    if not tables:
        raise SourceError(f"Berkas {name!r} adalah halaman web atau XML tanpa tabel.", todo=ADVICE)
    grids = []
    for number, table in enumerate(tables[:MAX_SHEETS], start=1):
        rows, spans = read_cells(table, _text_of)
        sheet = stem if len(tables) == 1 else f"{stem} tabel {number}"
        above = [[_text_of(tag)] for tag in _headings(table)]
        moved = [(a + len(above), b, c + len(above), d) for a, b, c, d in spans]
        grids.append(Grid(sheet, "html", True, _rectangle([*above, *rows]), tuple(moved)))
    return tuple(grids)


def _headings(table: Tag) -> list[Tag]:
    """The caption, and headings between this table and the one before it."""
    found = []
    for tag in table.find_all_previous(["h1", "h2", "h3", "h4", "p", "table"], limit=6):
        if tag.name == "table" or tag.find_parent("table") is not None:
            break
        found.append(tag)
    caption = table.find("caption")
    return [*reversed(found), *([caption] if caption else [])]


def _text_of(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())


# --- workbooks ----------------------------------------------------------------------------------


def _open_archive(content: bytes, name: str) -> tuple[Grid, ...]:
    parts = unpack(content, name, _MAIN_PARTS, _holds_cells)
    kind = "ods" if "content.xml" in parts else "xlsb" if "xl/workbook.bin" in parts else "xlsx"
    try:
        largest = max(measure_parts(parts, kind), default=0)
        unvalued = find_unvalued(parts) if kind == "xlsx" else {}
    except (ValueError, IndexError, SyntaxError) as cause:
        raise broken(name, cause) from None
    if largest > MAX_CELLS:
        raise _too_wide(name, largest)
    return _open_workbook(repack(parts), name, kind, unvalued)


def _holds_cells(part: str) -> bool:
    outside = ("xl/externalLinks/", "xl/printerSettings/", "xl/media/", "xl/drawings/", "xl/charts/")
    if part.startswith(outside) or "vbaProject" in part:
        return False
    return part == "mimetype" or part.endswith((".xml", ".rels", ".bin"))


def _too_wide(name: str, cells: int) -> SourceError:
    return SourceError(
        f"Sebuah lembar berkas {name!r} membentang {format_number(cells)} sel; paling banyak "
        f"{format_number(MAX_CELLS)}.",
        todo="hapus baris dan kolom kosong di bawah dan di kanan tabelnya, simpan, lalu taruh lagi.",
    )


def _open_workbook(
    content: bytes, name: str, kind: str, unvalued: dict[str, dict[tuple[int, int], str]]
) -> tuple[Grid, ...]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            sheets = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
            if len(sheets) > MAX_SHEETS:
                raise SourceError(
                    f"Berkas {name!r} berisi {len(sheets)} lembar; paling banyak {MAX_SHEETS}.",
                    todo=_TEXT_TODO,
                )
            grids = []
            for sheet in sheets:
                cells = workbook.get_sheet_by_name(sheet.name)
                if cells.total_height * cells.total_width > MAX_CELLS:
                    raise _too_wide(name, cells.total_height * cells.total_width)
                visible = sheet.visible == SheetVisibleEnum.Visible
                rows = _rectangle(_cells_of(cells, unvalued.get(sheet.name, {})))
                grids.append(Grid(sheet.name, kind, visible, rows, _merged(cells)))
            return tuple(grids)
    except (SourceError, KeyboardInterrupt, SystemExit):
        raise
    except PasswordError:
        raise locked(name) from None
    except BaseException as cause:  # A panic of the reader on a damaged file is no Exception.
        raise broken(name, cause) from None


def _cells_of(sheet: CalamineSheet, unvalued: dict[tuple[int, int], str]) -> list[list[Cell]]:
    rows = [
        [value if type(value) is str else _cell(value) for value in row]
        for row in sheet.to_python(skip_empty_area=False)
    ]
    for (row, column), text in unvalued.items():
        while len(rows) <= row:
            rows.append([])
        rows[row] += [""] * (column + 1 - len(rows[row]))
        if rows[row][column] == "":
            rows[row][column] = text
    return rows


def _cell(value: Any) -> Cell:
    if isinstance(value, float):  # first, since most cells of a large export are numbers
        return _exact(value)
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "BENAR" if value else "SALAH"
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value.isoformat(sep=" ", timespec="seconds")
    return value if isinstance(value, date) else str(value)


def _exact(value: float) -> Cell:
    if value.is_integer():
        return Decimal(int(value))
    number = Decimal(repr(value))
    return number if number.is_finite() else str(value)


def _merged(sheet: CalamineSheet) -> tuple[Span, ...]:
    ranges = sheet.merged_cell_ranges or []
    return tuple((top, left, bottom, right) for (top, left), (bottom, right) in ranges)


def _rectangle(rows: Iterable[Iterable[Cell]]) -> tuple[tuple[Cell, ...], ...]:
    """All rows as long as the longest, without empty ones at the end."""
    listed = [list(row) for row in rows]
    while listed and all(cell == "" for cell in listed[-1]):
        listed.pop()
    width = max((len(row) for row in listed), default=0)
    return tuple(tuple(row + [""] * (width - len(row))) for row in listed)
