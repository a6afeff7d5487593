"""Tables in HTML: those inside BPS's static tables, and the ``.xls`` that its sites give, which is HTML."""

from __future__ import annotations

from bs4 import BeautifulSoup, Tag

from connectors.bps.labels import clean
from connectors.bps.printed.grids import find_tables
from connectors.bps.printed.rows import Cell
from connectors.bps.printed.table import PrintedFile, PrintedTable
from connectors.html_grids import decode_html, innermost_tables, parse_html, read_cells
from core.errors import SourceError

MAX_BYTES = 20 * 1024 * 1024
"""Size of a page; a table of all sub-categories has about 200 kilobytes."""


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
    soup = parse_html(decode_html(content))
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
    return _tables_in(parse_html(text), place)


def _tables_in(soup: BeautifulSoup, place: str) -> list[PrintedTable]:
    tables: list[PrintedTable] = []
    innermost = innermost_tables(soup)
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
    rows, _ = read_cells(table, lambda tag: clean(str(tag)))
    grid: list[list[Cell]] = [list(row) for row in rows]
    caption = table.find("caption")
    return [[clean(str(caption))], *grid] if caption else grid
