"""The same table read by BeautifulSoup: the judge of the product's faster reader."""

from __future__ import annotations

import warnings

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.element import PreformattedString

from connectors.prices.siskaperbapo.rows import Cell, PriceTable, clean, find_columns, interpret, span
from connectors.prices.siskaperbapo.table import cut_off, is_cut_off, no_table


def judge_table(content: bytes) -> PriceTable:
    """What :func:`connectors.prices.siskaperbapo.table.read_table` must give, errors included."""
    if is_cut_off(content):
        raise cut_off()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)
        soup = BeautifulSoup(content.decode("utf-8-sig", "replace").replace("\0", ""), "lxml")
    for row in soup.find_all("tr"):
        columns = find_columns([cell.text for cell in _cells(row)])
        if columns is not None:
            break
    else:
        raise no_table()
    table = row.find_parent("table")
    if table is None:
        below = row.find_next_siblings("tr")
    else:
        rows = table.find_all("tr")
        below = rows[next(i for i, other in enumerate(rows) if other is row) + 1 :]
    marked = any(
        _text(paragraph).lower().startswith("ilustrasi") and paragraph.find_parent("table") is None
        for paragraph in soup.find_all("p")
    )
    return interpret(columns, [_cells(row) for row in below], marked)


def _cells(row: Tag) -> list[Cell]:
    cells: list[Cell] = []
    for cell in row.find_all(["td", "th"], recursive=False):
        marked = cell if cell.has_attr("data-commodity-id") else cell.find(attrs={"data-commodity-id": True})
        if marked is None:
            cells.append(Cell(_text(cell)))
        else:
            cells.append(Cell(_text(cell), clean(str(marked["data-commodity-id"])), _text(marked)))
        if cell.get("colspan"):
            cells += [Cell("")] * (span(str(cell["colspan"])) - 1)
    return cells


def _text(tag: Tag) -> str:
    strings = (part for part in tag.descendants if not isinstance(part, Tag | PreformattedString))
    return clean("".join(map(str, strings)))
