"""Tables in HTML: those inside BPS's static tables, and the ``.xls`` that its sites give, which is HTML."""

from __future__ import annotations

from connectors.bps.labels import clean
from connectors.bps.printed.grids import find_tables
from connectors.bps.printed.rows import Cell
from connectors.bps.printed.table import PrintedFile, PrintedTable
from connectors.sheets.html_grids import HtmlPage, decode_html, read_page
from core.errors import SourceError

MAX_BYTES = 20 * 1024 * 1024
"""Size of a page; a table of all sub-categories has about 200 kilobytes."""
_LONGEST_HEADING = 400
"""Signs; a longer paragraph before a table is no caption."""


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
    page = read_page(decode_html(content), name)
    tables = _tables_in(page, name)
    if not tables:
        raise SourceError(
            f"Berkas {name!r} adalah halaman web tanpa tabel angka menurut tahun; biasanya halaman "
            "pemeriksaan robot yang datang sebagai ganti berkasnya.",
            todo="unduh lagi lewat peramban, tunggu sampai berkasnya terbuka, lalu taruh lagi.",
        )
    return PrintedFile(f"{page.title} {page.start}".strip(), tuple(tables))


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
    return _tables_in(read_page(text, place), place)


def _tables_in(page: HtmlPage, place: str) -> list[PrintedTable]:
    tables: list[PrintedTable] = []
    for number, table in enumerate(page.tables, start=1):
        where = place if len(page.tables) == 1 else f"{place} tabel {number}"
        near = [text for heading in table.near if (text := clean(heading)) and len(text) < _LONGEST_HEADING]
        above = [*near, *([clean(table.caption)] if table.caption else [])]
        rows: list[list[Cell]] = [[text] for text in above]
        rows += [[clean(cell) for cell in row] for row in table.rows]
        tables += find_tables(rows, where)
    return tables
