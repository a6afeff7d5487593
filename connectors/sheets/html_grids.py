"""Tables of HTML as grids of cells: sites give HTML under the names of workbooks, and Excel opens it.

The page is read as a stream of tags, as lxml gives them; no tree is built, so memory and time grow with
the text only, however deep or broken the tags stand.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree

from connectors.sheets.limits import (
    ADVICE,
    MAX_HTML_CELLS,
    MAX_SHEETS,
    MAX_SPANS,
    MAX_TAGS,
    TEXT_TODO,
    too_many,
)
from core.errors import SourceError
from core.numbers import format_number

MAX_DEPTH = 50
"""Tables inside each other; layouts of old pages have about ten."""
MAX_TAG_LENGTH = 1_000_000
"""Signs of one tag, in which a picture may stand."""
MAX_SPAN = 200
"""Columns or rows that one cell may cover; browsers allow more, no table of figures has that many."""
_START = 4000
_PIECE = 65_536
_NEAR = 6
_HEADING_PIECES = 1000
"""An element that is never closed would hold the whole page."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_LONG_TAG = re.compile(rf"<[A-Za-z/!?][^<>]{{{MAX_TAG_LENGTH}}}")
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "p"})
_CELLS = frozenset({"td", "th"})
_UNSEEN = frozenset({"script", "style", "template"})

Span = tuple[int, int, int, int]
"""First row and column, last row and column of a cell that covers several."""


@dataclass
class _Text:
    """The text of an element while it is read; tags part words."""

    pieces: list[str] = field(default_factory=list)
    most: int | None = None

    def write(self, text: str) -> None:
        if self.most is None or len(self.pieces) < self.most:
            self.pieces.append(text)

    def __str__(self) -> str:
        return " ".join("".join(self.pieces).split())


@dataclass
class HtmlTable:
    """A table that holds no other.

    Attributes:
        rows: Its cells; what spans rows or columns stands in its first cell, the rest is empty.
        spans: The cells that cover several.
        above: Headings and paragraphs between it and the table before, and its caption.
        near: The last headings, paragraphs and captions before it, wherever they stand.
        caption: Its caption, or empty.
    """

    rows: list[list[str]]
    spans: list[Span]
    above: list[str]
    near: list[str]
    caption: str


@dataclass
class HtmlPage:
    """What a page shows.

    Attributes:
        title: Of the page.
        start: The first text of it.
        tables: The innermost; those around them are layout.
    """

    title: str
    start: str
    tables: list[HtmlTable]


def decode_html(content: bytes) -> str:
    """Text of a page: its byte order mark, the charset that it names, UTF-8, or else Windows' own."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    match = _CHARSET.search(content[:2048])
    try:
        return content.decode(match[1].decode() if match else "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252", "replace")


def read_page(text: str, name: str) -> HtmlPage:
    """Read the tables of a page.

    Args:
        text: HTML.
        name: What people call it, for messages.

    Raises:
        SourceError: It has too many tags or cells, or tables too deep inside each other.
    """
    if (tags := text.count("<")) > MAX_TAGS:
        raise too_many(name, tags, MAX_TAGS, "tanda HTML", TEXT_TODO)
    if _LONG_TAG.search(text):
        raise SourceError(
            f"Berkas {name!r} memuat tanda HTML yang lebih panjang daripada {format_number(MAX_TAG_LENGTH)} "
            "huruf; tidak dibaca.",
            todo=ADVICE,
        )
    reader = _PageReader(name)
    parser = etree.HTMLParser(target=reader, encoding="utf-8", huge_tree=True)
    content = text.replace("\0", "").encode("utf-8", "replace")
    try:
        for start in range(0, len(content), _PIECE):
            parser.feed(content[start : start + _PIECE])
        parser.close()
    except etree.LxmlError:  # It has no tag at all.
        reader.close()
    return HtmlPage(str(reader.title), " ".join("".join(reader.beginning).split()), reader.tables)


@dataclass
class _Cell(_Text):
    """A cell while it is read, and how far it reaches."""

    width: int = 1
    height: int = 1


class _Table:
    """A table while it is read; its rows and cells stay open until their tags end."""

    def __init__(self, near: list[_Text], above: list[_Text], name: str) -> None:
        self.near, self.above, self.name = near, above, name
        self.caption: _Text | None = None
        self.is_layout = False
        self.cells = 0
        self.open_cells: list[_Cell] = []
        self._open_rows: list[list[str | _Cell]] = []
        self._rows: list[list[str | _Cell]] = []

    def open_row(self) -> None:
        """A row begins, as people see it: in the order in which rows begin."""
        row: list[str | _Cell] = []
        self._open_rows.append(row)
        self._rows.append(row)
        self.cells += 1

    def close_row(self) -> None:
        """The innermost row ends."""
        if self._open_rows:
            self._open_rows.pop()

    def open_cell(self, width: int, height: int) -> None:
        """A cell begins in the innermost row."""
        if len(self.open_cells) == MAX_DEPTH:
            raise _too_deep(self.name)
        if self._open_rows:
            cell = _Cell(width=width, height=height)
            self.open_cells.append(cell)
            self._open_rows[-1].append(cell)
            self.cells += width

    def close_cell(self) -> None:
        """The innermost cell ends; one that reaches no further is its text."""
        if self.open_cells and self._open_rows:
            cell = self.open_cells.pop()
            if cell.width * cell.height == 1 and self._open_rows[-1][-1:] == [cell]:
                self._open_rows[-1][-1] = str(cell)

    def finish(self) -> HtmlTable:
        """The table as a grid.

        Raises:
            SourceError: Its rectangle, or the number of cells that cover several, is too large.
        """
        rows: list[list[str]] = []
        spans: list[Span] = []
        covered: dict[int, int] = {}
        widest = 1
        for top, row in enumerate(self._rows):
            cells: list[str] = []
            starting: dict[int, int] = {}
            for cell in row:
                _skip(cells, covered)
                width, height = (1, 1) if isinstance(cell, str) else (cell.width, cell.height)
                if width * height > 1:
                    left = len(cells)
                    spans.append((top, left, top + height - 1, left + width - 1))
                    starting |= dict.fromkeys(range(left, left + width), height - 1)
                cells += [str(cell), *[""] * (width - 1)]
            _skip(cells, covered)
            covered = {column: left - 1 for column, left in covered.items() if left > 1}
            covered |= {c: max(left, covered.get(c, 0)) for c, left in starting.items() if left}
            rows.append(cells)
            widest = max(widest, len(cells))
            if len(rows) * widest > MAX_HTML_CELLS:
                raise too_many(self.name, len(rows) * widest, MAX_HTML_CELLS, "sel", TEXT_TODO)
            if len(spans) > MAX_SPANS:
                raise too_many(self.name, len(spans), MAX_SPANS, "sel gabungan", TEXT_TODO)
        caption = str(self.caption or "")
        above = [*map(str, self.above), *([caption] if caption else [])]
        return HtmlTable(rows, spans, above, [*map(str, self.near)], caption)


def _skip(cells: list[str], covered: Mapping[int, int]) -> None:
    """Go on behind the columns that cells of rows above cover."""
    while covered.get(len(cells)):
        cells.append("")


def _too_deep(name: str) -> SourceError:
    return SourceError(
        f"Berkas {name!r} memuat tabel yang bersarang lebih dari {MAX_DEPTH} tingkat; tidak dibaca.",
        todo=ADVICE,
    )


class _PageReader:
    """Takes the tags of a page as lxml finds them; the names of its methods are lxml's."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.title = _Text(most=_HEADING_PIECES)
        self.beginning: list[str] = []
        self.tables: list[HtmlTable] = []
        self._left = _START
        self._path: list[str] = []
        self._open: list[_Table] = []
        self._near: list[_Text] = []
        self._above: list[_Text] = []
        self._reading: list[tuple[int, _Text]] = []
        self._unseen = 0
        self._taken = 0

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """An element begins."""
        self._write(" ")
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "title":
            self._reading.append((len(self._path), self.title))
        elif tag in _HEADINGS or tag == "caption":
            self._open_heading(tag)
        elif tag == "table":
            self._open_table()
        elif self._open and tag == "tr":
            self._open[-1].open_row()
        elif self._open and tag in _CELLS and self._path[-1:] == ["tr"]:
            self._open[-1].open_cell(_span(attributes, "colspan"), _span(attributes, "rowspan"))
        self._path.append(tag)
        if self._open and self._taken + self._open[-1].cells > MAX_HTML_CELLS:
            raise too_many(self.name, self._taken + self._open[-1].cells, MAX_HTML_CELLS, "sel", TEXT_TODO)

    def end(self, tag: str) -> None:
        """An element ends."""
        self._write(" ")
        if self._path:
            self._path.pop()
        while self._reading and self._reading[-1][0] >= len(self._path):
            self._reading.pop()
        if tag in _UNSEEN:
            self._unseen -= 1
        elif tag == "table" and self._open:
            self._close_table()
        elif self._open and tag == "tr":
            self._open[-1].close_row()
        elif self._open and tag in _CELLS and self._path[-1:] == ["tr"]:
            self._open[-1].close_cell()

    def data(self, text: str) -> None:
        """Text stands in the innermost element."""
        if not self._unseen:
            self._write(text)

    def close(self) -> None:
        """The page ends."""
        while self._open:
            self._close_table()

    def _write(self, text: str) -> None:
        if self._open:
            for cell in self._open[-1].open_cells:
                cell.write(text)
        for _, element in self._reading:
            element.write(text)
        if self._left > 0 and not (text == " " and self.beginning[-1:] == [" "]):
            self.beginning.append(text[: self._left])
            self._left -= len(text)

    def _open_heading(self, tag: str) -> None:
        text = _Text(most=_HEADING_PIECES)
        self._reading = [*self._reading[-_NEAR:], (len(self._path), text)]
        self._near = [*self._near[1 - _NEAR :], text]
        if tag == "caption" and self._open:
            self._open[-1].caption = self._open[-1].caption or text
        elif tag != "caption" and not self._open:
            self._above = [*self._above[1 - _NEAR :], text]

    def _open_table(self) -> None:
        if len(self._open) == MAX_DEPTH:
            raise _too_deep(self.name)
        if self._open:
            self._open[-1].is_layout = True
        self._open.append(_Table(self._near[-3:], self._above, self.name))
        self._above = []

    def _close_table(self) -> None:
        table = self._open.pop()
        if not table.is_layout:
            self._taken += table.cells
            self.tables.append(table.finish())
            if len(self.tables) > MAX_SHEETS:
                raise too_many(self.name, len(self.tables), MAX_SHEETS, "tabel", TEXT_TODO)


def _span(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "1").strip()
    return min(max(int(text), 1), MAX_SPAN) if text.isascii() and text.isdecimal() and len(text) < 6 else 1
