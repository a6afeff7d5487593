"""Numbers below zero bear a minus in tables and pictures, as Typst gives it to them in running text.

The data, the page and Word write a hyphen, which is easier to search for; on paper it is too short, and
``-3,14%`` in a table beside ``−3,14%`` in the sentence below it would look like two figures.
"""

from __future__ import annotations

import re
from dataclasses import replace

from reports.render.lifted import LiftedTable
from reports.render.pictures import LiftedPicture

MINUS = "\u2212"

_HYPHEN = re.compile(r"(?<![\w)\]./-])-(?=\d)")
_DRAWN = re.compile(r"(<text\b[^>]*>)-(?=\d)")


def table_with_minus(table: LiftedTable) -> LiftedTable:
    """The table with a minus for each hyphen that begins a number."""
    if not any(_HYPHEN.search(cell.text) for row in table.rows for cell in row.cells):
        return table
    rows = tuple(
        replace(
            row,
            cells=tuple(
                replace(
                    cell, runs=tuple(replace(run, text=_HYPHEN.sub(MINUS, run.text)) for run in cell.runs)
                )
                for cell in row.cells
            ),
        )
        for row in table.rows
    )
    return replace(table, rows=rows)


def picture_with_minus(picture: LiftedPicture) -> LiftedPicture:
    """The same of the figures in a picture; what is told of it stays."""
    return replace(picture, svg=_DRAWN.sub(rf"\1{MINUS}", picture.svg))
