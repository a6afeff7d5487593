"""Numbers that stand below each other with their commas in one line, units and signs behind them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from reports.render.lifted import LiftedCell, LiftedTable
from reports.render.pages.letters import Letters

_NUMBER = re.compile(r"([-−(]?[\d.]*\d)((?:,\d+)?[)%]?[*†]{0,2})")
LEAST = 2
"""So many numbers with a comma make a column one of decimals."""


@dataclass(frozen=True)
class Padding:
    """The room (in points) before and behind a number that makes it as wide as the widest of its column."""

    before: float
    behind: float


def paddings(
    table: LiftedTable, letters: Letters, size: float, width: float, inset: float
) -> dict[int, Padding]:
    """The padding of the numbers that need some, by the identity of their cells.

    Only columns of numbers of unlike length after the comma need it. A cell with words, a span or a heading
    is left as it is, and so is a column too narrow for it.
    """
    columns: dict[int, list[tuple[LiftedCell, str, str, bool]]] = {}
    for row in table.rows:
        for cell in row.cells:
            parts = None if row.head or cell.colspan > 1 else _split(cell)
            if parts:
                bold = row.kind == "total" or cell.runs[0].bold
                columns.setdefault(cell.column, []).append((cell, *parts, bold))
    found: dict[int, Padding] = {}
    for column, cells in columns.items():
        endings = {ending for _, _, ending, _ in cells}
        if len(endings) < LEAST or sum("," in ending for _, _, ending, _ in cells) < LEAST:
            continue
        before = max(letters.width(whole, size, bold=bold) for _, whole, _, bold in cells)
        behind = max(letters.width(ending, size, bold=bold) for _, _, ending, bold in cells)
        if before + behind > table.widths[column] * width - inset:
            continue
        for cell, whole, ending, bold in cells:
            found[id(cell)] = Padding(
                before - letters.width(whole, size, bold=bold),
                behind - letters.width(ending, size, bold=bold),
            )
    return found


def _split(cell: LiftedCell) -> tuple[str, str] | None:
    """What stands before the comma and what from there on; None where the cell holds no plain number."""
    plain = [run for run in cell.runs if not run.raised]
    if len(plain) != 1 or cell.runs[0] is not plain[0]:
        return None
    match = _NUMBER.fullmatch(plain[0].text.strip())
    return (match[1], match[2]) if match else None
