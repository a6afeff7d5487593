"""The PDRB tables of an Excel file that a person downloaded from BPS or made from its pages.

Cells that hold numbers are exact: Excel keeps binary fractions, and the shortest decimal text
that leads to the same fraction is the number that was typed (``1078.61``). Formulas are not
computed; what Excel computed when the file was saved counts. Nothing outside the file is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from connectors.bps.printed.grids import find_tables
from connectors.bps.printed.html_tables import read_html
from connectors.bps.printed.rows import Cell
from connectors.bps.printed.table import PrintedFile, PrintedTable
from connectors.sheets.archives import check_archive
from connectors.sheets.formats import Place, read_formats
from connectors.sheets.limits import ADVICE, broken
from connectors.sheets.reader import Grid, open_grids
from core.errors import SourceError

MAX_ROWS, MAX_COLUMNS = 5000, 120
"""How much of a sheet is looked at; tables of PDRB have about 100 rows and 15 columns."""
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
    tables: list[PrintedTable] = []
    titles: list[str] = []
    remarks: list[str] = []
    for grid in open_grids(content, name):
        if not grid.visible:
            remarks.append(f"Lembar {grid.name!r} tersembunyi; tidak dibaca.")
            continue
        if len(grid.rows) > MAX_ROWS or max(map(len, grid.rows), default=0) > MAX_COLUMNS:
            remarks.append(
                f"Lembar {grid.name!r} hanya dibaca sampai baris {MAX_ROWS} dan kolom {MAX_COLUMNS}."
            )
        cells = _cells(grid, _percents(content, name, grid.name))
        titles += [grid.name, *(_first_text(row) for row in cells[:6])]
        tables += find_tables(cells, f"lembar {grid.name!r}")
    return PrintedFile(" ".join(title for title in titles if title), tuple(tables), tuple(remarks))


def _percents(content: bytes, name: str, sheet: str) -> frozenset[Place]:
    try:
        return read_formats(content, sheet).percents
    except Exception as cause:  # Without its formats nobody knows whether 0,05 is five per cent.
        raise broken(name, cause) from None


def _cells(grid: Grid, percents: frozenset[Place]) -> list[list[Cell]]:
    """What is looked at of a sheet; a number with a format in per cent is given in per cent."""
    return [
        [
            cell * 100 if isinstance(cell, Decimal) and (row, column) in percents else _shown(cell)
            for column, cell in enumerate(cells[:MAX_COLUMNS])
        ]
        for row, cells in enumerate(grid.rows[:MAX_ROWS])
    ]


def _shown(cell: str | Decimal | date) -> Cell:
    return cell.isoformat() if isinstance(cell, date) else cell


def _first_text(row: Iterable[Cell]) -> str:
    return next((cell for cell in row if isinstance(cell, str) and cell.strip()), "")
