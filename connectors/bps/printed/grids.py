"""Tables in rows and columns (sheets, web pages): where captions, heads, rows and notes stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import zip_longest

from connectors.bps.printed.captions import MAX_LINES, cut_caption, starts_caption, starts_notes
from connectors.bps.printed.numbers import looks_like_number
from connectors.bps.printed.rows import Cell, PrintedLine, split_marker
from connectors.bps.printed.table import PrintedPart, PrintedTable, join_continued, looks_like_head

Grid = Sequence[Sequence[Cell]]
"""Rows of cells; empty text where nothing stands. Merged cells keep their content in the first one."""

_STUB = re.compile(r"lapangan\s+usaha|kategori|uraian|sektor|industry", re.IGNORECASE)
_MAX_NOTES = 12


def find_tables(grid: Grid, place: str) -> list[PrintedTable]:
    """Find the tables of figures by years in a grid.

    Args:
        grid: A sheet, or a table of a web page.
        place: What people call it, ``lembar 'PDRB'``.
    """
    heads = [index for index in range(len(grid)) if _year_columns(grid, index)]
    tables = []
    floor = 0
    for head, later in zip_longest(heads, heads[1:]):
        caption_lines, above = _above(grid, head, floor)
        limit = _above(grid, later, head + 1)[1] if later is not None else len(grid)
        end = _end(grid, head, limit)
        after = _after_notes(grid, end, limit)
        caption = cut_caption(caption_lines)
        part = _part(grid, head, end)
        tables.append(
            PrintedTable(
                caption.text,
                (part,),
                tuple(_text(row) for row in grid[end:after] if _text(row)),
                _stub(grid, above, head),
                place,
                caption.number,
                caption.continues,
            )
        )
        floor = after
    return join_continued(tables)


def _part(grid: Grid, head: int, end: int) -> PrintedPart:
    years = _year_columns(grid, head)
    columns = [column for column, _ in years]
    rows = [list(row) for row in grid[head + 1 : end]]
    owners = _owners(rows, columns, grid[max(head - 2, 0) : head + 1])
    lines = []
    for number, row in enumerate(rows):
        words = [_plain(cell) for cell in row[: columns[0]] if _plain(cell)]
        marker, label = split_marker(words)
        if not marker and label:
            marker, label = split_marker(" ".join(label).split())
        taken = tuple(row[owner] if owner < len(row) else "" for owner in owners)
        stray = [
            _plain(cell)
            for column, cell in enumerate(row)
            if column > columns[0] and column not in owners and _holds_figure(cell)
        ]
        lines.append(PrintedLine(marker, " ".join(label), taken, float(number), " ".join(stray)))
    return PrintedPart(tuple(text for _, text in years), tuple(lines))


def _owners(rows: Sequence[Sequence[Cell]], columns: Sequence[int], above: Grid) -> list[int]:
    """The column in which each year's figures stand: its own, or one that its merged head covers.

    Only where every year has its figures equally far to the right of its head, and nothing stands over
    them there, so that no figure can change its year.
    """
    offsets: set[int] = set()
    for column, following in zip_longest(columns, columns[1:]):
        width = max((len(row) for row in rows), default=column + 1)
        span = range(column, following if following is not None else width)
        filled = [c for c in span if any(c < len(row) and _holds_figure(row[c]) for row in rows)]
        if len(filled) > 1 or (filled and filled[0] > column and _is_headed(above, filled[0])):
            return list(columns)
        offsets.update(c - column for c in filled)
    shift = offsets.pop() if len(offsets) == 1 else 0
    return [column + shift for column in columns]


def _is_headed(above: Grid, column: int) -> bool:
    return any(column < len(row) and _plain(row[column]) for row in above)


def _year_columns(grid: Grid, index: int) -> list[tuple[int, str]]:
    """The columns of a row of heads: all its cells from the first year on are years."""
    cells = [(column, cell) for column, cell in enumerate(grid[index]) if _plain(cell)]
    years = [(column, text) for column, cell in cells if (text := _as_year(cell))]
    if not years or years[0][0] == 0:
        return []
    behind = [cell for column, cell in cells if column > years[0][0]]
    if len(behind) != len(years) - 1 and any(_holds_figure(cell) for cell in behind if not _as_year(cell)):
        return []
    alone = len(years) == 1
    if alone and not _STUB.search(_stub(grid, max(index - 2, 0), index)):
        return []
    return years


def _as_year(cell: Cell) -> str:
    if isinstance(cell, Decimal):
        cell = str(int(cell)) if cell == cell.to_integral_value() and 1900 <= cell < 2100 else ""
    text = " ".join(cell.split())
    return text if looks_like_head(text) else ""


def _above(grid: Grid, head: int, floor: int) -> tuple[list[str], int]:
    """The rows of text over a head and the index of the first; a row of figures ends them."""
    start = head
    while start > floor and head - start < MAX_LINES:
        row = grid[start - 1]
        if any(_holds_figure(cell) and not _as_year(cell) for cell in row) or starts_notes(_text(row)):
            break
        start -= 1
        if starts_caption(_text(row)) and not re.match(r"(?:table|appendix)\b", _text(row), re.IGNORECASE):
            break
    return [text for row in grid[start:head] if (text := _text(row))], start


def _stub(grid: Grid, above: int, head: int) -> str:
    """What stands over the labels in the row of the years and in the two around it."""
    first = next((c for c, cell in enumerate(grid[head]) if _as_year(cell)), 0)
    near = [*grid[max(above, head - 1) : head], grid[head], *grid[head + 1 : head + 2]]
    return " ".join(text for row in near if (text := _text(row[:first])))[:200]


def _end(grid: Grid, head: int, limit: int) -> int:
    for index in range(head + 1, limit):
        text = _text(grid[index])
        has_figures = any(_holds_figure(cell) for cell in grid[index][1:])
        if text and not has_figures and (starts_notes(text) or starts_caption(text)):
            return index
    return limit


def _after_notes(grid: Grid, end: int, limit: int) -> int:
    after = end
    while after < min(limit, end + _MAX_NOTES) and not starts_caption(_text(grid[after])):
        after += 1
    return after


def _holds_figure(cell: Cell) -> bool:
    if isinstance(cell, Decimal):
        return True
    return bool(cell.strip()) and looks_like_number(cell)


def _plain(cell: Cell) -> str:
    return f"{cell:f}" if isinstance(cell, Decimal) else " ".join(cell.split())


def _text(row: Sequence[Cell]) -> str:
    return " ".join(text for cell in row if (text := _plain(cell)))
