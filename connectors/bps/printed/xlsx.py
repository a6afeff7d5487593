"""The PDRB tables of an Excel file that a person downloaded from BPS or made from its pages.

Cells that hold numbers are exact: Excel keeps binary fractions, and the shortest decimal text
that leads to the same fraction is the number that was typed (``1078.61``). Formulas are not
computed; what Excel computed when the file was saved counts. Nothing outside the file is read.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl

from connectors.archives import ADVICE, broken, check_archive
from connectors.bps.printed.grids import find_tables
from connectors.bps.printed.html_tables import read_html
from connectors.bps.printed.rows import Cell
from connectors.bps.printed.table import PrintedFile, PrintedTable
from core.errors import SourceError

MAX_ROWS, MAX_COLUMNS, MAX_SHEETS = 5000, 120, 200
"""How much of a workbook is looked at; tables of PDRB have about 100 rows and 15 columns."""
_OLE = b"\xd0\xcf\x11\xe0"


def read_xlsx(content: bytes, name: str) -> PrintedFile:
    """Find the tables of figures by years in a workbook.

    Args:
        content: The file; HTML under the name of a workbook, as BPS's sites give it, is read as that.
        name: Of the file, for messages.

    Raises:
        SourceError: It is no workbook, broken, locked, in the old format, or too large.
    """
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return read_html(content, name)
    if content.startswith(_OLE):
        raise SourceError(
            f"Berkas {name!r} berformat Excel lama (.xls) atau terkunci dengan sandi.", todo=ADVICE
        )
    check_archive(content, name)
    try:
        return _read(content)
    except SourceError:
        raise
    except Exception as cause:  # openpyxl ends in errors of every kind on a damaged file.
        raise broken(name, cause) from None


def _read(content: bytes) -> PrintedFile:
    workbook = openpyxl.load_workbook(
        io.BytesIO(content), read_only=True, data_only=True, keep_links=False, rich_text=False
    )
    tables: list[PrintedTable] = []
    titles: list[str] = []
    remarks: list[str] = []
    if len(workbook.worksheets) > MAX_SHEETS:
        remarks.append(f"Hanya {MAX_SHEETS} lembar pertama yang dibaca.")
    try:
        for sheet in workbook.worksheets[:MAX_SHEETS]:
            if sheet.sheet_state != "visible":
                remarks.append(f"Lembar {sheet.title!r} tersembunyi; tidak dibaca.")
                continue
            if (sheet.max_row or 0) > MAX_ROWS or (sheet.max_column or 0) > MAX_COLUMNS:
                remarks.append(
                    f"Lembar {sheet.title!r} hanya dibaca sampai baris {MAX_ROWS} dan kolom {MAX_COLUMNS}."
                )
            rows = sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS)
            grid = [[_value(cell) for cell in row] for row in rows]
            titles += [sheet.title, *(_first_text(row) for row in grid[:6])]
            tables += find_tables(grid, f"lembar {sheet.title!r}")
    finally:
        workbook.close()
    return PrintedFile(" ".join(title for title in titles if title), tuple(tables), tuple(remarks))


def _first_text(row: Iterable[Cell]) -> str:
    return next((cell for cell in row if isinstance(cell, str) and cell.strip()), "")


def _value(cell: Any) -> Cell:
    """The content of a cell; a number with a format in per cent is given in per cent."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int):
        number = Decimal(value)
    elif isinstance(value, float):
        number = Decimal(repr(value))
    elif isinstance(value, datetime | date):
        return value.isoformat()
    else:
        return str(value)
    if not number.is_finite():
        return str(value)
    return number * 100 if "%" in str(cell.number_format or "") else number
