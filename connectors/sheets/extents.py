"""How much the sheets of a workbook hold, measured before a reader lays their cells out in memory.

A sheet of two cells, A1 and XFD1048576, is a rectangle of 17.000.000.000; a text that stands once in a
file may stand in a million cells. Sizes are taken from the places that cells name, piece by piece.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree

from connectors.sheets.limits import MAX_ELEMENTS, MAX_ODS_ELEMENTS, Extent
from connectors.sheets.workbook_parts import column_number, xlsb_records

MAX_RUN = 5 * 2**20
"""Bytes of one tag or text; Excel's longest text has 32.767 letters."""
_COLUMNS = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_ROWS = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_PLACE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_SHARED = re.compile(rb'\bt="s"[^<>]{0,200}>\s*<v>(\d{1,8})</v>')
_STRING = re.compile(rb"<(?:\w+:)?si\b")
_UNUSUAL = (b":c", b"<c>", b"<c/", b"<c\n", b"<c\r", b"<c\t")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384


@dataclass
class Strings:
    """The texts that a workbook keeps once: bytes of each."""

    lengths: array[int] = field(default_factory=lambda: array("L"))

    @property
    def longest(self) -> int:
        """Bytes of the longest."""
        return max(self.lengths, default=0)

    def total(self, places: Iterable[bytes | int]) -> int:
        """Bytes of those with some numbers, each as often as it is named."""
        count = len(self.lengths)
        return sum(self.lengths[n] for place in places if (n := int(place)) < count)


class TooManyElementsError(ValueError):
    """A part has more elements than a workbook within the limits can have."""

    def __init__(self, count: int, most: int) -> None:
        super().__init__(f"{count} elements")
        self.count, self.most = count, most


def see_bearable(elements: int, most: int = MAX_ELEMENTS) -> None:
    """See that a part has no more elements than a reader can bear.

    Raises:
        TooManyElementsError: It has.
    """
    if elements > most:
        raise TooManyElementsError(elements, most)


# --- XLSX ---------------------------------------------------------------------------------------


def measure_strings(pieces: Iterable[bytes]) -> Strings:
    """The shared texts of an XLSX; their tags count as letters."""
    strings, current, begun = Strings(), 0, False
    for piece in pieces:
        first, *following = _STRING.split(piece)
        current += len(first)
        for text in following:
            if begun:
                strings.lengths.append(current)
            begun, current = True, len(text)
        see_bearable(len(strings.lengths))
    if begun:
        strings.lengths.append(current)
    return strings


def measure_xlsx(open_pieces: Callable[[], Iterator[bytes]], strings: Strings) -> Extent:
    """What a sheet of an XLSX holds, by the places of its cells; those without one stand in a row.

    Args:
        open_pieces: Reads the sheet's part from its start.
        strings: Of the workbook.
    """
    usual = _measure_usual(open_pieces(), strings)
    if usual is not None:
        return usual
    target = XlsxSheet()
    letters = 0
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True)
    for piece in open_pieces():
        letters += (piece.count(b't="s"') + piece.count(b"t='s'")) * strings.longest
        parser.feed(piece)
    parser.close()
    return Extent(max(target.cells, target.last_row * target.last_column), letters, target.spans)


def _measure_usual(pieces: Iterable[bytes], strings: Strings) -> Extent | None:
    """The same, quickly, of cells written as Excel and openpyxl do, ``<c r="B17"``; None of all others."""
    cells = last_row = last_column = letters = spans = 0
    longest = strings.longest
    for piece in pieces:
        if any(sign in piece for sign in _UNUSUAL):
            return None
        columns, rows, count = _COLUMNS.findall(piece), _ROWS.findall(piece), piece.count(b"<c ")
        if not count == len(columns) == len(rows):
            return None
        last_column = max(last_column, *(column_number(c.decode()) for c in {*columns}), 0)
        last_row = max(last_row, *map(int, {*rows}), 0)
        cells += count
        spans += piece.count(b"<mergeCell ")
        if shared := piece.count(b't="s"'):
            places = _SHARED.findall(piece)
            letters += strings.total(places) + (shared - len(places)) * longest
        see_bearable(cells)
    return Extent(max(cells, last_row * last_column), letters, spans)


class XlsxSheet:
    """Takes the elements of a sheet as lxml finds them.

    Args:
        see: Told row and column of each cell, from 1, and its attributes.
    """

    def __init__(self, see: Callable[[int, int, Mapping[str, str]], None] | None = None) -> None:
        self.cells = self.spans = self.last_row = self.last_column = 0
        self._row = self._column = self._elements = 0
        self._see = see

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._elements += 1
        see_bearable(self._elements)
        name = tag.rpartition("}")[2]
        if name == "row":
            self._row, self._column = self._row + 1, 0
        elif name == "c":
            self.cells, self._column = self.cells + 1, self._column + 1
            place = _PLACE.fullmatch(attributes.get("r", ""))
            row, column = (int(place[2]), column_number(place[1])) if place else (self._row, self._column)
            self.last_row, self.last_column = max(self.last_row, row), max(self.last_column, column)
            if self._see is not None:
                self._see(row, column, attributes)
        elif name == "mergeCell":
            self.spans += 1

    def close(self) -> None:
        """The part ends."""


# --- XLSB ---------------------------------------------------------------------------------------


def measure_xlsb_strings(content: bytes) -> Strings:
    """The shared texts of an XLSB: records 19 ([MS-XLSB] 2.4.820)."""
    strings = Strings()
    for number, (record, start, length) in enumerate(xlsb_records(content)):
        see_bearable(number)
        if record == 19:
            strings.lengths.append(min(length, len(content) - start))
    return strings


def measure_xlsb(content: bytes, strings: Strings) -> Extent:
    """What a sheet of an XLSB holds: row headers are record 0, cells 1 to 11, merged cells 176."""
    cells = last_row = last_column = letters = spans = 0
    for number, (record, start, _) in enumerate(xlsb_records(content)):
        see_bearable(number)
        if record == 0:
            last_row = max(last_row, 1 + int.from_bytes(content[start : start + 4], "little"))
        elif record <= 11:
            cells += 1
            last_column = max(last_column, 1 + int.from_bytes(content[start : start + 4], "little"))
            if record == 7:
                letters += strings.total([int.from_bytes(content[start + 8 : start + 12], "little")])
        elif record == 176:
            spans += 1
    return Extent(max(cells, last_row * last_column), letters, spans)


# --- ODS ----------------------------------------------------------------------------------------


def measure_ods(pieces: Iterable[bytes]) -> Extent:
    """What all sheets of an ODS hold; repeated rows and cells count where something stands in or after."""
    target = _OdsTables()
    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, huge_tree=True)
    for piece in pieces:
        parser.feed(piece)
    parser.close()
    return target.extent


class _OdsTables:
    """Takes the elements of an ODS as lxml finds them."""

    def __init__(self) -> None:
        self.extent = Extent()
        self._elements = 0
        self._begin_table()

    def _begin_table(self) -> None:
        self._row = self._last_row = self._last_column = self._letters = 0
        self._begin_row(1)

    def _begin_row(self, repeated: int) -> None:
        self._rows, self._column, self._filled, self._row_letters, self._cell = repeated, 0, 0, 0, 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        self._elements += 1
        see_bearable(self._elements, MAX_ODS_ELEMENTS)
        if tag == f"{_TABLE}table":
            self._begin_table()
        elif tag == f"{_TABLE}table-row":
            self._begin_row(_repeated(attributes, "rows", _MAX_ROW))
        elif tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._cell = _repeated(attributes, "columns", _MAX_COLUMN)
            self._column += self._cell
            if any(name.startswith(_OFFICE) for name in attributes):
                self._filled = self._column
                self._row_letters += self._cell * sum(map(len, attributes.values()))
        elif self._cell:
            self._filled = self._column

    def data(self, text: str) -> None:
        self._row_letters += self._cell * len(text)

    def end(self, tag: str) -> None:
        if tag in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            self._cell = 0
        elif tag == f"{_TABLE}table-row":
            self._row += self._rows
            if self._filled:
                self._last_row, self._last_column = self._row, max(self._last_column, self._filled)
                self._letters += self._rows * self._row_letters
            self._begin_row(1)
        elif tag == f"{_TABLE}table":
            self.extent += Extent(self._last_row * self._last_column, self._letters)
            self._begin_table()

    def close(self) -> None:
        return


def _repeated(attributes: Mapping[str, str], what: str, most: int) -> int:
    text = attributes.get(f"{_TABLE}number-{what}-repeated", "1")
    return min(int(text), most) if text.isascii() and text.isdecimal() and len(text) < 10 else 1
