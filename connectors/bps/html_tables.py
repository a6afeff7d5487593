"""Tables in HTML: those inside BPS's static tables, and the ``.xls`` that its sites give, which is HTML."""

from __future__ import annotations

import re
import warnings

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning

from connectors.bps.grids import find_tables
from connectors.bps.labels import clean
from connectors.bps.printed import PrintedFile, PrintedTable
from connectors.bps.printed_rows import Cell
from core.errors import SourceError

MAX_BYTES = 20 * 1024 * 1024
"""Size of a page; a table of all sub-categories has about 200 kilobytes."""
MAX_CELLS = 200_000
MAX_SPAN = 200
"""Columns or rows that one cell may cover; browsers allow more, no table of BPS has that many."""
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)


def read_html(content: bytes, name: str) -> PrintedFile:
    """Find the tables of figures by years in a web page or in a sheet saved as HTML.

    Args:
        content: The file.
        name: Of the file, for messages.

    Raises:
        SourceError: It has no table, or is too large.
    """
    if len(content) > MAX_BYTES:
        raise SourceError(
            f"Berkas {name!r} terlalu besar untuk sebuah tabel HTML ({len(content) // 2**20} MB).",
            todo="unduh lagi tabelnya dari laman BPS.",
        )
    text = _decode(content)
    soup = _parse(text)
    tables = _tables_in(soup, name)
    if not tables:
        raise SourceError(
            f"Berkas {name!r} adalah halaman web tanpa tabel angka menurut tahun; biasanya halaman "
            "pemeriksaan robot yang datang sebagai ganti berkasnya.",
            todo="unduh lagi lewat peramban, tunggu sampai berkasnya terbuka, lalu taruh lagi.",
        )
    title = soup.title.get_text(" ") if soup.title else ""
    return PrintedFile(" ".join(f"{title} {soup.get_text(' ')[:4000]}".split()), tuple(tables))


def tables_of_html(text: str, place: str) -> list[PrintedTable]:
    """The tables of figures by years in a piece of HTML.

    Args:
        text: HTML with its signs as they are, not escaped.
        place: What people call it.

    Raises:
        SourceError: It is too large.
    """
    if len(text) > MAX_BYTES:
        raise SourceError(
            f"{place} terlalu besar untuk dibaca ({len(text) // 2**20} MB).",
            todo="angka yang tersimpan tetap dipakai; laporkan kepada pembuat program.",
        )
    return _tables_in(_parse(text), place)


def _decode(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    match = _CHARSET.search(content[:2048])
    try:
        return content.decode(match[1].decode() if match else "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("cp1252", "replace")


def _parse(text: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        return BeautifulSoup(text, "lxml")


def _tables_in(soup: BeautifulSoup, place: str) -> list[PrintedTable]:
    tables: list[PrintedTable] = []
    innermost = [table for table in soup.find_all("table") if table.find("table") is None]
    for number, table in enumerate(innermost, start=1):
        where = place if len(innermost) == 1 else f"{place} tabel {number}"
        before = _text_before(table)
        above: list[list[Cell]] = [[line] for line in before]
        tables += find_tables([*above, *_grid(table)], where)
    return tables


def _text_before(table: Tag) -> list[str]:
    """Headings right before a table, which may hold its caption."""
    near = [
        clean(str(tag)) for tag in table.find_all_previous(["h1", "h2", "h3", "h4", "p", "caption"], limit=3)
    ]
    return [text for text in reversed(near) if text and len(text) < 400]


def _grid(table: Tag) -> list[list[Cell]]:
    """The cells of a table; what spans rows or columns stands in its first cell, the rest is empty."""
    grid: list[list[Cell]] = []
    covered: dict[tuple[int, int], bool] = {}
    count = 0
    for number, row in enumerate(table.find_all("tr")):
        cells: list[Cell] = []
        for tag in row.find_all(["td", "th"], recursive=False):
            while (number, len(cells)) in covered:
                cells.append("")
            width, height = _span(tag, "colspan"), _span(tag, "rowspan")
            for down in range(height):
                for right in range(width):
                    if down or right:
                        covered[number + down, len(cells) + right] = True
            cells.append(clean(str(tag)))
            count += width * height
            if count > MAX_CELLS:
                return grid
        while (number, len(cells)) in covered:
            cells.append("")
        grid.append(cells)
    caption = table.find("caption")
    return [[clean(str(caption))], *grid] if caption else grid


def _span(tag: Tag, name: str) -> int:
    text = str(tag.get(name) or "1").strip()
    return min(max(int(text), 1), MAX_SPAN) if text.isascii() and text.isdecimal() else 1
