"""Tables of HTML as grids of cells: sites give HTML under the names of workbooks, and Excel opens it."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

MAX_CELLS = 200_000
MAX_SPAN = 200
"""Columns or rows that one cell may cover; browsers allow more, no table of figures has that many."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)

Span = tuple[int, int, int, int]
"""First row and column, last row and column of a cell that covers several."""


def decode_html(content: bytes) -> str:
    """Text of a page: its byte order mark, the charset that it names, UTF-8, or else Windows' own."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    match = _CHARSET.search(content[:2048])
    try:
        return content.decode(match[1].decode() if match else "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252", "replace")


def parse_html(text: str) -> BeautifulSoup:
    """Parse a page that may call itself XML."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(text, "lxml")


def innermost_tables(soup: BeautifulSoup) -> list[Tag]:
    """The tables that hold no other: those around them are layout."""
    return [table for table in soup.find_all("table") if table.find("table") is None]


def read_cells(table: Tag, text: Callable[[Tag], str]) -> tuple[list[list[str]], list[Span]]:
    """The cells of a table; what spans rows or columns stands in its first cell, the rest is empty.

    Args:
        table: Without tables inside.
        text: What stands in a cell.

    Returns:
        The rows, of which at most :data:`MAX_CELLS` cells are read, and the cells that cover several.
    """
    grid: list[list[str]] = []
    spans: list[Span] = []
    covered: set[tuple[int, int]] = set()
    count = 0
    for number, row in enumerate(table.find_all("tr")):
        cells: list[str] = []
        for tag in row.find_all(["td", "th"], recursive=False):
            while (number, len(cells)) in covered:
                cells.append("")
            width, height = _span(tag, "colspan"), _span(tag, "rowspan")
            place = len(cells)
            if width * height > 1:
                covered.update(
                    (number + down, place + right) for down in range(height) for right in range(width)
                )
                spans.append((number, place, number + height - 1, place + width - 1))
            cells.append(text(tag))
            count += width * height
            if count > MAX_CELLS:
                return grid, spans
        while (number, len(cells)) in covered:
            cells.append("")
        grid.append(cells)
    return grid, spans


def _span(tag: Tag, name: str) -> int:
    text = str(tag.get(name) or "1").strip()
    return min(max(int(text), 1), MAX_SPAN) if text.isascii() and text.isdecimal() else 1
