"""Where something stands in a report, in words that people find it by."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from reports.word.taken.reading import Row, Unit

_HEADING = re.compile(r"(?:Heading|Judul)\s?([1-3])$")
_NUMBERS = re.compile(r"[\d\s().=:/x+-]*")
_LONG = 70


@dataclass(frozen=True)
class Cell:
    """Row and cell of a table, from 0."""

    row: int
    column: int


@dataclass(frozen=True)
class Place:
    """A place.

    Attributes:
        chapter: Title of the chapter; empty before the first.
        words: The whole place.
        table: ``Tabel 3.2``; empty outside of tables.
        row: What the row is about, cell by cell.
        column: Heading of the column.
    """

    chapter: str
    words: str
    table: str = ""
    row: tuple[str, ...] = ()
    column: str = ""

    def __str__(self) -> str:
        return self.words


class Places:
    """The places of an issue's Word file.

    Args:
        base: All of it, in order.
    """

    def __init__(self, base: Sequence[Unit]) -> None:
        self._base = base

    def of(self, number: int) -> Place:
        """The place of a paragraph or a table."""
        chapter, heading, paragraphs = "", "", 0
        for unit in self._base[: number + 1]:
            level = _HEADING.match(unit.style)
            if level:
                heading = unit.text
                chapter = unit.text if level[1] == "1" else chapter
                paragraphs = 0
            elif unit.kind == "paragraph":
                paragraphs += 1
        unit = self._base[number]
        if unit.kind == "table":
            return Place(chapter, self._label(number), self._label(number))
        if _HEADING.match(unit.style):
            return Place(chapter, f"judul “{_short(unit.text)}”")
        within = chapter if heading == chapter else f"{chapter}, {heading}"
        return Place(chapter, f"{_short(within)}, alinea {paragraphs}".lstrip(", "))

    def of_cell(self, number: int, cell: Cell) -> Place:
        """The place of a cell of a table."""
        whole, rows = self.of(number), self._base[number].rows
        row = rows[cell.row]
        names = tuple(text for text in row.texts if text)
        column = _column(rows, row, cell.column)
        about = next((text for text in names if len(text) > 3 and not _NUMBERS.fullmatch(text)), "")
        if row.head:
            return Place(whole.chapter, f"{whole.words}, kepala tabel", whole.table, names, column)
        words = f"{whole.words}, baris {_short(about) or cell.row + 1}, kolom {column or cell.column + 1}"
        return Place(whole.chapter, words, whole.table, names, column)

    def _label(self, number: int) -> str:
        above = self._base[number - 1] if number else None
        if above is not None and above.style == "Caption":
            first = "".join(segment.text for segment in above.paragraphs[0]).split("\n")[0]
            return " ".join(first.split())
        return "tabel tanpa judul"


def _column(rows: Sequence[Row], row: Row, place: int) -> str:
    """The lowest heading above a cell that is more than a number."""
    at = row.columns[place]
    names = []
    for head in rows:
        if head.head:
            covering = [text for text, begins in zip(head.texts, head.columns, strict=True) if begins <= at]
            if covering and covering[-1] and not _NUMBERS.fullmatch(covering[-1]):
                names.append(covering[-1])
    return _short(names[-1]) if names else ""


def _short(text: str) -> str:
    return text if len(text) <= _LONG else f"{text[: _LONG - 1].rstrip()}…"
