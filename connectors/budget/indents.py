"""Indents that Excel's cell formats give to names; they stand in no cell, so the formats are read."""

from __future__ import annotations

import io
import warnings

from openpyxl import load_workbook

from connectors.budget.columns import Table
from connectors.budget.headings import Meaning
from connectors.budget.rows import Row

MOST_ROWS = 20_000
"""Formats are read by openpyxl, which is slow; larger exports have codes."""


def read_indents(content: bytes, table: Table, rows: list[Row]) -> dict[int, int]:
    """The indent of each row's name, by number of the row; empty where formats say nothing."""
    names = table.of(Meaning.NAME)
    if table.grid.kind != "xlsx" or not names or len(rows) > MOST_ROWS or all(row.code for row in rows):
        return {}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(content), read_only=True)
            column = names[0].index + 1
            cells = book[table.grid.name].iter_rows(min_col=column, max_col=column)
            return {
                number: int(cell.alignment.indent)
                for number, (cell,) in enumerate(cells, start=1)
                if cell.value is not None and cell.alignment is not None and cell.alignment.indent
            }
    except Exception:  # The values are read already; broken formats only leave levels untold.
        return {}
