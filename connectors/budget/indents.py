"""Indents that Excel's cell formats give to names; they stand in no cell, so the formats are read."""

from __future__ import annotations

from connectors.budget.columns import Table
from connectors.budget.headings import Meaning
from connectors.budget.rows import Row
from connectors.sheets.formats import read_formats


def read_indents(content: bytes, table: Table, rows: list[Row]) -> dict[int, int]:
    """The indent of each row's name, by number of the row; empty where formats say nothing."""
    names = table.of(Meaning.NAME)
    if table.grid.kind != "xlsx" or not names or all(row.code for row in rows):
        return {}
    try:
        indents = read_formats(content, table.grid.name).indents
    except Exception:  # The values are read already; broken formats only leave levels untold.
        return {}
    return {row + 1: indent for (row, column), indent in indents.items() if column == names[0].index}
