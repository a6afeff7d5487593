"""The table of a day as Siskaperbapo writes it in HTML.

Regular tables are read by patterns (:mod:`connectors.prices.siskaperbapo.scan`), all others as a tree of
lxml. BeautifulSoup finds the same in every table that we know or can break (it judges in the tests) and
takes many times as long (``benchmarks/price_table.py``).
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from connectors.prices.siskaperbapo.rows import (
    Cell,
    Columns,
    PriceTable,
    clean,
    find_columns,
    interpret,
    span,
)
from connectors.prices.siskaperbapo.scan import scan
from core.errors import SourceError

MAX_BYTES = 4 * 1024 * 1024
"""A day's table has about 30 kilobytes."""
_MARK = "ilustrasi"


def read_table(content: bytes) -> PriceTable:
    """Read an answer of ``/harga/tabel.nodesign/``.

    Raises:
        SourceError: There is no table of prices in it, it is cut off, its columns are others, or it
            is too large.
    """
    if len(content) > MAX_BYTES:
        raise SourceError(
            f"Jawaban Siskaperbapo terlalu besar ({len(content) // 1024**2} MB).",
            todo="laporkan kepada pembuat program; harga yang tersimpan tetap dipakai.",
        )
    if is_cut_off(content):
        raise cut_off()
    text = content.decode("utf-8-sig", "replace").replace("\0", "")
    scanned = scan(text)
    if scanned is not None:
        return interpret(scanned.columns, scanned.rows, _is_illustrative(scanned.outside))
    return read_tree(text)


def read_tree(text: str) -> PriceTable:
    """Read a page of any form, however broken, as a tree.

    Raises:
        SourceError: There is no table of prices in it, or its columns are others.
    """
    root = _parse(text)
    if root is None:
        raise no_table()
    columns, heading = _find_columns(root)
    return interpret(columns, _grid_below(heading), _has_mark(root))


def _is_illustrative(text: str) -> bool:
    """Whether a page says, outside of any table, that its prices are invented."""
    return _MARK in text.lower() and (root := _parse(text)) is not None and _has_mark(root)


def _has_mark(root: Any) -> bool:
    return any(
        clean("".join(paragraph.itertext())).lower().startswith(_MARK)
        and next(paragraph.iterancestors("table"), None) is None
        for paragraph in root.iter("p")
    )


def is_cut_off(content: bytes) -> bool:
    """Whether an answer ends before its table does; then rows may be missing that nobody would miss."""
    lowered = content.lower()
    return lowered.count(b"<table") > lowered.count(b"</table")


def cut_off() -> SourceError:
    """The error for an answer that ends before its table does."""
    return SourceError(
        "Jawaban Siskaperbapo terpotong di tengah tabel harga.",
        todo="tidak perlu apa-apa sekarang, hari itu akan dibaca lagi pada jadwal berikut.",
        retryable=True,
    )


def no_table() -> SourceError:
    """The error for an answer without a table of prices."""
    return SourceError(
        "Jawaban Siskaperbapo tidak memuat tabel harga.",
        todo="tidak perlu apa-apa sekarang, hari itu akan dibaca lagi pada jadwal berikut; bila terus "
        "terjadi, buka laman harga Siskaperbapo di peramban.",
        retryable=True,
    )


def _parse(text: str) -> Any:
    """The tree; None for an answer without any element."""
    if not text.strip():
        return None
    # Comments would be part of the text around them.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError:
        return None


def _find_columns(root: Any) -> tuple[Columns, Any]:
    for row in root.iter("tr"):
        columns = find_columns([cell.text for cell in _cells(row)])
        if columns is not None:
            return columns, row
    raise no_table()


def _grid_below(heading: Any) -> list[list[Cell]]:
    """The rows of the heading's own table that come after it."""
    table = next(heading.iterancestors("table"), None)
    rows = list(heading.itersiblings("tr")) if table is None else list(table.iter("tr"))
    if table is not None:
        rows = rows[rows.index(heading) + 1 :]
    return [_cells(row) for row in rows]


def _cells(row: Any) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row.iterchildren("td", "th"):
        text = clean("".join(cell.itertext()) if len(cell) else cell.text or "")
        marked = next((part for part in cell.iter() if part.get("data-commodity-id") is not None), None)
        if marked is None:
            cells.append(Cell(text))
        else:
            label = clean("".join(marked.itertext()))
            cells.append(Cell(text, clean(marked.get("data-commodity-id")), label))
        if cell.get("colspan"):
            cells += [Cell("")] * (span(cell.get("colspan")) - 1)
    return cells
