"""Tables for people who analyse: one CSV each, and one XLSX with a sheet each; figures stay exact."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

Cell = str | int | Decimal | date | bool | None
"""What stands in a cell; a figure is a number, never text."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With one of these a spreadsheet may take text for a formula and run it; names come from others' files."""
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Letters that XML cannot hold."""
MOST_ROWS = 1_000_000
"""Of a sheet; Excel has 1.048.576. Longer tables go on in a sheet of their own."""


@dataclass(frozen=True)
class Sheet:
    """A table: its name, the headings, and as many cells in each row."""

    name: str
    headings: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def neutral(text: str) -> str:
    """Text that no spreadsheet takes for a formula: such a start gets an apostrophe before it."""
    plain = _FORBIDDEN.sub("", text)
    return f"'{plain}" if plain.startswith(FORMULA_STARTS) else plain


def as_csv(sheet: Sheet) -> bytes:
    """UTF-8 with commas and a decimal point; figures with every digit, days as 2023-12-31."""
    out = io.StringIO()
    writer = csv.writer(out)  # ends lines as RFC 4180 says, and quotes a field that holds such a sign
    writer.writerow(sheet.headings)
    writer.writerows([_written(cell) for cell in row] for row in sheet.rows)
    return out.getvalue().encode()


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """One workbook; Excel itself shows 15 digits of a figure, the CSV has them all."""
    # openpyxl brings numpy into memory, which who only writes CSV does not need.
    from openpyxl import Workbook  # noqa: PLC0415

    book = Workbook(write_only=True)
    for sheet in sheets:
        rows = iter(sheet.rows)
        part = list(islice(rows, MOST_ROWS))
        number = 1
        while part or number == 1:
            made = book.create_sheet(sheet.name if number == 1 else f"{sheet.name} {number}")
            made.freeze_panes = "A2"
            made.append([_heading(made, text) for text in sheet.headings])
            for row in part:
                made.append([_shown(cell) for cell in row])
            part, number = list(islice(rows, MOST_ROWS)), number + 1
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _heading(sheet: Any, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415

    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell


def _written(cell: Cell) -> str:
    if isinstance(cell, bool):
        return _yes(cell)
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, date):
        return cell.isoformat()
    return neutral(cell) if isinstance(cell, str) else "" if cell is None else str(cell)


def _shown(cell: Cell) -> Cell:
    if isinstance(cell, bool):
        return _yes(cell)
    return neutral(cell) if isinstance(cell, str) else cell


def _yes(value: bool) -> str:
    return "ya" if value else "tidak"
