"""Widths of a table's columns, and how high its rows will be, foreseen from the widths of the letters.

A column is at least as wide as its longest word that is not to be broken; what is left goes to columns by how
much they have to say, so that the rows are low. Lengths are in points.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from reports.render.lifted import LiftedCell, LiftedTable
from reports.render.pages.letters import Letters

SIZE, SMALL_SIZE = 8.5, 8.0
"""Of the letters in tables, and in wide ones that stand upright nevertheless."""
INSET = 8.5
OVERHANG = 28.0
"""How far a wide table on an upright page reaches into the margin, at each side."""
_LINE, _ROW = 1.24, 9.5
"""Height of a line in parts of the size, and what a row has besides its lines."""
_RAGGED = 1.07
"""Words do not fill their lines."""
WHOLE_PART = 0.34
"""A table that is at most so much of a page high is never parted: with the words that lead to it, it could
leave half of a page empty otherwise."""
_WORTH = 0.93
"""New widths are taken when they make the table so much lower than those that it came with."""


@dataclass(frozen=True)
class _Words:
    """What columns are made for.

    Attributes:
        broad: How much wider a figure may be than in our font, its signs still more than its digits.
        longest: A longer word may be broken within a cell.
    """

    broad: float = 1.0
    longest: float = 62.0


_PRINTED, _IN_WORD, _WHOLE_IN_WORD = _Words(), _Words(broad=1.14), _Words(1.14, math.inf)
_FIGURE = re.compile(r"[^\sA-Za-z]*\d[^\sA-Za-z]*")


@dataclass(frozen=True)
class SetTable:
    """A table with what was found of it.

    Attributes:
        table: With the widths of columns that it is to have.
        width: Of the whole.
        upright: Whether it stands on an upright page; only a table meant for a landscape page does not.
        size: Of its letters.
        heights: Of its rows, about.
        overhang: How far it reaches into the margins.
    """

    table: LiftedTable
    width: float
    upright: bool
    size: float
    heights: tuple[float, ...]
    overhang: float = 0.0

    @property
    def height(self) -> float:
        """Of the whole table, about."""
        return sum(self.heights)

    def is_low(self, page: float) -> bool:
        """Whether it is never parted, on a page whose text is so high."""
        return self.height < page * WHOLE_PART


def set_table(table: LiftedTable, letters: Letters, upright: float, turned: float) -> SetTable:
    """Find the widths of a table's columns.

    Args:
        table: As it was lifted.
        letters: Of the font of tables.
        upright: Width of the text on an upright page.
        turned: Width of the text on a landscape page.
    """
    if not table.wide:
        needs = _needs(table, letters, SIZE)
        widths = _widths(table, needs, upright)
        made = _better(table, widths, needs, letters, upright) if widths else table
        return SetTable(made, upright, True, SIZE, _heights(made, letters, SIZE, upright))
    broad = upright + 2 * OVERHANG
    widths = _widths(table, _needs(table, letters, SMALL_SIZE), broad)
    if widths is None:
        return SetTable(table, turned, False, SIZE, _heights(table, letters, SIZE, turned))
    made = replace(table, widths=tuple(part / broad for part in widths))
    return SetTable(made, broad, True, SMALL_SIZE, _heights(made, letters, SMALL_SIZE, broad), OVERHANG)


def fit_columns(table: LiftedTable, letters: Letters, width: float) -> LiftedTable:
    """The table as it came, or with new widths where its own break a word, which Word does without a hyphen.

    Args:
        table: As it was lifted.
        letters: Of the font of tables.
        width: Of the table.
    """
    needs = _needs(table, letters, SIZE, _IN_WORD)
    widths = _widths(table, needs, width) if _parts_words(table, needs, width) else None
    return replace(table, widths=tuple(part / width for part in widths)) if widths else table


def fit_upright(table: LiftedTable, letters: Letters, width: float) -> LiftedTable | None:
    """A wide table for an upright page of Word's; None where a word of it would be broken there.

    Args:
        table: As it was lifted.
        letters: Of the font of tables.
        width: That it may have.
    """
    widths = _widths(table, _needs(table, letters, SIZE, _WHOLE_IN_WORD), width)
    return replace(table, widths=tuple(part / width for part in widths)) if widths else None


def _better(
    table: LiftedTable, widths: Sequence[float], needs: _Needs, letters: Letters, width: float
) -> LiftedTable:
    """The table with new widths, where its own part words or the new ones make it so much lower."""
    made = replace(table, widths=tuple(part / width for part in widths))
    given = sum(_heights(table, letters, SIZE, width))
    parted = _parts_words(table, needs, width)
    return made if parted or sum(_heights(made, letters, SIZE, width)) < given * _WORTH else table


@dataclass(frozen=True)
class _Needs:
    """What the columns of a table need.

    Attributes:
        least: Widths that part no word.
        most: Widths beyond which nothing gets lower.
        words: How much each has to say.
    """

    least: list[float]
    most: list[float]
    words: list[float]


def _parts_words(table: LiftedTable, needs: _Needs, width: float) -> bool:
    """Whether a column is narrower than its longest word."""
    return any(share * width < least for share, least in zip(table.widths, needs.least, strict=True))


def _needs(table: LiftedTable, letters: Letters, size: float, kind: _Words = _PRINTED) -> _Needs:
    """What they need for words of a kind."""
    count = len(table.widths)
    least, most, words = [INSET + size] * count, [INSET + size] * count, [0.0] * count
    for row in table.rows:
        for cell in row.cells:
            if cell.colspan == 1:
                own = _cell_width(cell, letters, size, bold=row.head or row.kind == "total")
                need = _least(cell, letters, size, kind, bold=row.head)
                least[cell.column] = max(least[cell.column], need)
                if not row.head:
                    most[cell.column] = max(most[cell.column], own + INSET)
                    words[cell.column] += own
    most = [max(pair) for pair in zip(least, most, strict=True)]
    for row in table.rows:
        for cell in row.cells:
            if cell.colspan > 1 and row.head:
                _widen(least, cell, _least(cell, letters, size, kind, bold=True))
    return _Needs(least, most, words)


def _widths(table: LiftedTable, needs: _Needs, width: float) -> list[float] | None:
    """The widths, or None where the table is too wide for it."""
    if sum(needs.least) > width:
        return None
    weights = [math.sqrt(part) for part in needs.words]
    return _shared_out(needs.least, needs.most, weights, table.widths, width)


def _widen(least: list[float], cell: LiftedCell, wanted: float) -> None:
    columns = range(cell.column, cell.column + cell.colspan)
    lacking = wanted - sum(least[column] for column in columns)
    if lacking > 0:
        for column in columns:
            least[column] += lacking / cell.colspan


def _shared_out(
    least: list[float], most: list[float], weights: list[float], given: Sequence[float], width: float
) -> list[float]:
    """What is left of the width, given to the columns by weight until each has all it can use."""
    found = list(least)
    rest = width - sum(found)
    open_ = {column for column, weight in enumerate(weights) if weight > 0 and most[column] > found[column]}
    while rest > 0.01 and open_:
        whole = sum(weights[column] for column in open_)
        shares = {column: rest * weights[column] / whole for column in open_}
        full = {column for column in open_ if found[column] + shares[column] >= most[column]}
        for column in full or open_:
            grown = min(found[column] + shares[column], most[column])
            rest -= grown - found[column]
            found[column] = grown
        open_ -= full or open_
    return [part + rest * share for part, share in zip(found, given, strict=True)]


def _cell_width(cell: LiftedCell, letters: Letters, size: float, *, bold: bool) -> float:
    return sum(letters.width(run.text, size, bold=bold or run.bold) for run in cell.runs if run.text != "\n")


def _least(cell: LiftedCell, letters: Letters, size: float, kind: _Words, *, bold: bool) -> float:
    """How wide a column must be for a cell: its longest word, a long one broken, a figure never."""
    most = 0.0
    for run in cell.runs:
        for word in run.text.split():
            own = letters.width(word, size, bold=bold or run.bold)
            if any(map(str.isdigit, word)):
                own *= kind.broad
            most = max(most, own if _FIGURE.fullmatch(word) else min(own, kind.longest))
    return most + INSET + 1


def _heights(table: LiftedTable, letters: Letters, size: float, width: float) -> tuple[float, ...]:
    heights = [0.0] * len(table.rows)
    for number, row in enumerate(table.rows):
        for cell in row.cells:
            room = max(table.room(cell, width) - INSET, size)
            lines = 0
            for line in "".join(run.text for run in cell.runs).split("\n"):
                own = letters.width(line, size, bold=row.head)
                lines += 1 if own <= room else math.ceil(own * _RAGGED / room)
            # What spans rows hardly makes them higher.
            heights[number] = max(heights[number], (lines / cell.rowspan) * size * _LINE + _ROW)
    return tuple(heights)
