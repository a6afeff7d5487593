"""Finding the table of a sheet: which rows are its header, and what each column holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from capaian.budget.codes import parse_code
from capaian.budget.lines import Level
from connectors.budget.headings import (
    BUDGETS,
    MONEY,
    SPENDINGS,
    Meaning,
    levels_of,
    month_of_column,
    read_heading,
)
from connectors.sheets.numbers import text_of
from connectors.sheets.reader import Cell, Grid

SEARCHED = 60
"""A header stands among so many first rows."""
DEEPEST = 4
"""Rows that a header may have."""
_SAMPLE = 400
_PART = re.compile(r"'?\s*(?:\d{1,4}|[Xx]{1,2})\s*")
_COLUMN_NUMBER = re.compile(r"\(?\s*(?:\d{1,2}|[a-z])\s*\)?(?:\s*=.*)?", re.IGNORECASE)
_LABEL = re.compile(r"[A-Za-z%]")


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        index: From 0.
        heading: As people read it, groups first.
        levels: What the heading of a name or code names.
        month: Of a column that holds one month's realisasi.
        part: Whether each cell holds one part of a code.
    """

    index: int
    meaning: Meaning
    heading: str
    levels: tuple[Level, ...] = ()
    month: int | None = None
    part: bool = False


@dataclass(frozen=True)
class Table:
    """A table found on a sheet.

    Attributes:
        first: Index of the first row below the header.
        header: Indices of the header's rows.
        columns: All with a meaning, in order.
        titles: Texts above the header.
    """

    grid: Grid
    header: range
    first: int
    columns: tuple[Column, ...]
    titles: tuple[str, ...]

    def of(self, *meanings: Meaning) -> tuple[Column, ...]:
        """The columns of some meanings."""
        return tuple(column for column in self.columns if column.meaning in meanings)

    @property
    def budgets(self) -> tuple[Column, ...]:
        """The columns of budgets."""
        return self.of(*BUDGETS)


def find_table(grid: Grid) -> Table | None:
    """The table of a sheet, or None where no row looks like the header of a budget table."""
    filled = _spread(grid)
    best: tuple[int, range, tuple[Column, ...]] | None = None
    for first in range(min(SEARCHED, len(filled))):
        if not _looks_like_header(filled[first]):
            continue
        for depth in range(1, DEEPEST + 1):
            rows = filled[first : first + depth]
            if len(rows) < depth or not all(_looks_like_header(row) for row in rows[1:]):
                break
            columns = _columns(grid, range(first, first + depth), rows)
            score = _score(columns)
            if score and (best is None or score > best[0]):
                best = score, range(first, first + depth), columns
    if best is None:
        return None
    _, header, columns = best
    start = header.stop
    while start < len(grid.rows) and is_column_numbers(grid.rows[start]):
        start += 1
    titles = tuple(
        text
        for row in grid.rows[: header.start]
        for cell in row
        if (text := text_of(cell).strip()) and _LABEL.search(text)
    )
    return Table(grid, header, start, columns, titles)


def is_column_numbers(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3, ``7=6/3``."""
    texts: list[str] = []
    for cell in row:
        text = text_of(cell).strip()
        if text and not _COLUMN_NUMBER.fullmatch(text):
            return False
        texts += [text] if text else []
    if len(texts) < 3:
        return False
    numbers = [int(found[0]) for text in texts if (found := re.match(r"\d+", text.lstrip("( ")))]
    return numbers == sorted(numbers) and len(set(numbers)) > 1


def _spread(grid: Grid) -> list[list[str]]:
    """The first rows as texts, what is merged standing in each of its cells."""
    rows = [[text_of(cell).strip() for cell in row] for row in grid.rows[: SEARCHED + DEEPEST]]
    for top, left, bottom, right in grid.merged:
        if top >= len(rows) or (bottom - top + 1) * (right - left + 1) > 200:
            continue
        for row in range(top, min(bottom + 1, len(rows))):
            for column in range(left, min(right + 1, len(rows[row]))):
                if row == top:
                    rows[row][column] = rows[top][left]
    return rows


def _looks_like_header(row: Sequence[str]) -> bool:
    """Whether a row holds several words and no amounts: a title stands alone, a code is no heading."""
    texts = [text for text in row if text]
    if len(set(texts)) < 2 or not any(_LABEL.search(text) for text in texts):
        return False
    return not any(
        re.fullmatch(r"[\d.,()\s-]{4,}|(?:Rp\.?\s*)[\d.,]+", text) for text in texts if not _is_year(text)
    )


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"20\d\d", text))


def _columns(grid: Grid, header: range, rows: Sequence[Sequence[str]]) -> tuple[Column, ...]:
    paths = _paths(rows)
    columns = []
    for index, path in enumerate(paths):
        meaning = read_heading(path)
        if meaning is Meaning.OTHER and not _is_unlabelled_number(path):
            continue
        sample = [row[index] for row in grid.rows[header.stop : header.stop + _SAMPLE] if index < len(row)]
        column = _by_content(index, meaning, path, [cell for cell in sample if text_of(cell).strip()])
        if column is not None:
            columns.append(column)
    return tuple(columns)


def _is_unlabelled_number(path: tuple[str, ...]) -> bool:
    """Whether a heading says nothing or only "No.", under which codes may stand."""
    return not path or bool(re.fullmatch(r"\s*(?:no\.?|nomor)\s*", " ".join(path), re.IGNORECASE))


def _by_content(index: int, meaning: Meaning, path: tuple[str, ...], cells: Sequence[Cell]) -> Column | None:
    """The column, where codes and names under like headings are told apart by what stands below."""
    heading = " ".join(path)
    if meaning not in (Meaning.CODE, Meaning.NAME, Meaning.OTHER):
        month = month_of_column(path) if meaning is Meaning.SPENT_OF_MONTH else None
        return Column(index, meaning, heading, month=month)
    texts = [text_of(cell).strip() for cell in cells]
    parts = sum(bool(_PART.fullmatch(text)) for text in texts)
    codes = sum(_is_long_code(text) for text in texts)
    if meaning is Meaning.OTHER:
        return Column(index, Meaning.CODE, heading) if texts and codes > len(texts) / 2 else None
    if not texts:
        return None
    if codes > len(texts) / 3 or (codes and meaning is Meaning.CODE):
        return Column(index, Meaning.CODE, heading, levels_of(path))
    if parts > len(texts) * 0.8:
        return Column(index, Meaning.CODE, heading, levels_of(path), part=True)
    return Column(index, Meaning.NAME, heading, levels_of(path))


def _is_long_code(text: str) -> bool:
    code = parse_code(text)
    return code is not None and len(code.parts) > 1


def _paths(rows: Sequence[Sequence[str]]) -> list[tuple[str, ...]]:
    """The headings of each column from top to bottom; a group also stands over the columns right of it."""
    width = max(len(row) for row in rows)
    padded = [[*row, *[""] * (width - len(row))] for row in rows]
    for place, row in enumerate(padded[:-1]):
        for column in range(1, width):
            below = any(later[column] for later in padded[place + 1 :])
            if not row[column] and below and row[column - 1]:
                row[column] = row[column - 1]
    paths = []
    for column in range(width):
        path: list[str] = []
        for row in padded:
            text = " ".join(row[column].split())
            if text and (not path or path[-1] != text):
                path.append(text)
        paths.append(tuple(path))
    return paths


def _score(columns: Sequence[Column]) -> int:
    """How much of a budget table the columns are; 0 where the least is missing."""
    meanings = {column.meaning for column in columns}
    named = Meaning.NAME in meanings or Meaning.CODE in meanings
    if not named or not meanings & set(BUDGETS) or not meanings & MONEY:
        return 0
    spending = 10 if meanings & set(SPENDINGS) else 0
    texts = 10 if Meaning.NAME in meanings else 0
    return 100 + spending + texts + 2 * len(columns) + len(meanings)
