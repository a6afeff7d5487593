"""Sheets that people make, as grids of cells: XLSX, XLSM, XLS, XLSB, ODS, CSV and HTML under their names.

Numbers are exact: Excel keeps binary fractions, and the shortest decimal text that leads to the same
fraction is the number that was typed. Formulas are never computed: what Excel computed when the file
was saved counts, and a formula without such a value stands as its text. Only the parts of a workbook
that hold cells are unpacked, so nothing outside the file can be reached.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import PurePath
from typing import Any

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from connectors.sheets.archives import repack, unpack
from connectors.sheets.delimited import read_delimited
from connectors.sheets.html_grids import decode_html, read_page
from connectors.sheets.limits import (
    ADVICE,
    MAX_BYTES,
    MAX_SHEETS,
    MAX_TEXT_BYTES,
    MAX_UNVALUED,
    TEXT_TODO,
    broken,
    locked,
    too_large,
    too_many,
)
from connectors.sheets.old_excel import check_old_excel
from connectors.sheets.workbook_parts import find_unvalued
from core.errors import SourceError

Cell = str | Decimal | date
"""What stands in a cell: text (empty where nothing does), an exact number, or a day."""
Span = tuple[int, int, int, int]
"""First row and column, last row and column of merged cells, from 0."""

_OLE = b"\xd0\xcf\x11\xe0"
_MAIN_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


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
        raise too_large(name, len(content), MAX_BYTES, TEXT_TODO)
    if content.startswith(b"PK"):
        return _open_archive(content, name)
    if content.startswith(_OLE):
        check_old_excel(content, name)
        return _open_workbook(io.BytesIO(content), name, "xls", {})
    if len(content) > MAX_TEXT_BYTES:
        raise too_large(name, len(content), MAX_TEXT_BYTES, TEXT_TODO)
    stem = PurePath(name).stem
    if _looks_like_markup(content):
        return _open_html(content, name, stem)
    return (Grid(stem, "csv", True, _rectangle(read_delimited(content, name))),)


def _looks_like_markup(content: bytes) -> bool:
    start = content[:4096].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    return start.startswith(b"<")


def _open_html(content: bytes, name: str, stem: str) -> tuple[Grid, ...]:
    tables = read_page(decode_html(content), name).tables
    if not tables:
        raise SourceError(f"Berkas {name!r} adalah halaman web atau XML tanpa tabel.", todo=ADVICE)
    grids = []
    for number, table in enumerate(tables, start=1):
        sheet = stem if len(tables) == 1 else f"{stem} tabel {number}"
        above = [[text] for text in table.above]
        moved = [(a + len(above), b, c + len(above), d) for a, b, c, d in table.spans]
        grids.append(Grid(sheet, "html", True, _rectangle(above + table.rows), tuple(moved)))
    return tuple(grids)


# --- workbooks ----------------------------------------------------------------------------------


def _open_archive(content: bytes, name: str) -> tuple[Grid, ...]:
    parts = unpack(content, name, _MAIN_PARTS, _holds_cells)
    kind = "ods" if "content.xml" in parts else "xlsb" if "xl/workbook.bin" in parts else "xlsx"
    unvalued = find_unvalued(parts) if kind == "xlsx" else {}
    if (formulas := sum(map(len, unvalued.values()))) > MAX_UNVALUED:
        raise too_many(name, formulas, MAX_UNVALUED, "rumus tanpa nilai tersimpan", ADVICE)
    return _open_workbook(repack(parts), name, kind, unvalued)


def _holds_cells(part: str) -> bool:
    outside = ("xl/externalLinks/", "xl/printerSettings/", "xl/media/", "xl/drawings/", "xl/charts/")
    if part.startswith(outside) or "vbaProject" in part:
        return False
    return part == "mimetype" or part.endswith((".xml", ".rels", ".bin"))


def _open_workbook(
    file: io.BytesIO, name: str, kind: str, unvalued: dict[str, dict[tuple[int, int], str]]
) -> tuple[Grid, ...]:
    try:
        with CalamineWorkbook.from_filelike(file) as workbook:
            file.close()  # It has its own copy.
            sheets = [m for m in workbook.sheets_metadata if m.typ == SheetTypeEnum.WorkSheet]
            if len(sheets) > MAX_SHEETS:
                raise too_many(name, len(sheets), MAX_SHEETS, "lembar", TEXT_TODO)
            grids = []
            for sheet in sheets:
                cells = workbook.get_sheet_by_name(sheet.name)
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
    rows: list[Any] = sheet.to_python(skip_empty_area=False)
    for number, cells in enumerate(rows):  # In place: a large sheet does not stand in memory twice.
        rows[number] = [value if type(value) is str else _cell(value) for value in cells]
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


def _rectangle(rows: list[list[Cell]] | list[list[str]]) -> tuple[tuple[Cell, ...], ...]:
    """All rows as long as the longest, without empty ones at the end; the list is emptied."""
    last = len(rows)
    while last and not any(cell != "" for cell in rows[last - 1]):
        last -= 1
    width = max((len(row) for row in rows[:last]), default=0)
    filled: list[Any] = list(rows[:last])
    rows.clear()
    for number, row in enumerate(filled):
        filled[number] = (*row, *[""] * (width - len(row)))
    return tuple(filled)
