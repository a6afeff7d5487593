"""A table of the regular form, read by patterns instead of a tree; anything else is left to the tree.

A pattern is made from the headings that accepts rows of just so many cells, whose tags, attributes and
signs are such that no reader of HTML could see them otherwise. So what is found here is what the tree
would give (tests compare both, and BeautifulSoup), in a third of the time; and a single odd sign
anywhere in the table makes the tree be used.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from connectors.prices.siskaperbapo.rows import Cell, Columns, clean, find_columns

_SPACE = " \t\n\r\f"
"""Between tags and attributes; what else Python calls space is text in HTML."""
_S = f"[{_SPACE}]"
_ATTRIBUTES = rf"""(?:{_S}+[a-z][a-z-]*=(?:"[^"<>&]*+"|'[^'<>&]*+'))*+{_S}*+"""
_SIGNS = "\t\n\r !-%'-;=?-~\u00a0-\ud7ff"
_TEXT = f"[{_SIGNS}]*+(?:&(?:amp|nbsp|quot);[{_SIGNS}]*+)*+"
_OUTSIDE = re.compile(
    rf"{_TEXT}(?:(?:</?(?:p|h[1-6]|div|br|hr|a|b|i|em|u|strong|small|span|center){_ATTRIBUTES}>"
    rf"|<(script|style){_ATTRIBUTES}>[^<]*+</\1>){_TEXT})*+"
)
_OPENING = re.compile(
    rf"<table{_ATTRIBUTES}>{_S}*+(?:<thead{_ATTRIBUTES}>{_S}*+)?"
    rf"<tr{_ATTRIBUTES}>((?:{_S}*+<(t[hd]){_ATTRIBUTES}>{_TEXT}</\2>)++){_S}*+</tr>{_S}*+(?:</thead>{_S}*+)?"
    rf"(?:<tbody{_ATTRIBUTES}>)?"
)
_HEADING = re.compile(rf">({_TEXT})</t[hd]>")
_ID = re.compile(rf"""{_S}data-commodity-id=(?:"([\w-]*)"|'([\w-]*)')""", re.ASCII)
_MARKED = "data-commodity-id"
_DECORATED = rf"{_TEXT}(?:<i{_ATTRIBUTES}>{_TEXT}</i>{_TEXT}|<span{_ATTRIBUTES}>{_TEXT}</span>{_TEXT})?+"
_EMPTY = Cell("")


class Scanned(NamedTuple):
    """A table, and the page without it."""

    columns: Columns
    rows: list[list[Cell]]
    outside: str


def scan(text: str) -> Scanned | None:
    """Read a page with one regular table; None when it is not so.

    Raises:
        SourceError: By :func:`~connectors.prices.siskaperbapo.rows.find_columns`.
    """
    start, end = text.find("<table"), text.find("</table>")
    if start < 0 or end < start or text.find("<table", start + 1) >= 0 or "span=" in text[start:end]:
        return None
    before, after = text[:start], text[end + len("</table>") :]
    opening = _OPENING.match(text, start, end)
    if opening is None or not (_OUTSIDE.fullmatch(before) and _OUTSIDE.fullmatch(after)):
        return None
    headings = [_plain(heading) for heading in _HEADING.findall(opening[1])]
    columns = find_columns(headings)
    if columns is None:
        return None
    body = text[opening.end() : end].rstrip(_SPACE)
    rows = _rows(columns, len(headings), body.removesuffix("</tbody>").rstrip(_SPACE))
    return None if rows is None else Scanned(columns, rows, f"{before}<table></table>{after}")


def _rows(columns: Columns, count: int, body: str) -> list[list[Cell]] | None:
    """The cells of each row, only those of ``columns`` filled; None when any row is odd."""
    pattern, order = _row_pattern(columns, count)
    first = pattern.groupindex["lead"] - 1
    rows: list[list[Cell]] = []
    marked = 0
    for found in pattern.finditer(body):
        groups = found.groups("")
        if groups[-1]:
            return None
        cells = [_EMPTY] * count
        for column, group in order:
            cells[column] = _cell(groups[group])
        lead, tag, label, rest = groups[first : first + 4]
        named = _named_cell(lead, tag, label, rest)
        if named is None:
            return None
        cells[columns.name] = named
        marked += _MARKED in tag
        rows.append(cells)
    return rows if marked == body.count(_MARKED) else None


@lru_cache(maxsize=16)
def _row_pattern(columns: Columns, count: int) -> tuple[re.Pattern[str], Sequence[tuple[int, int]]]:
    """A pattern for a row of ``count`` cells, and which of its groups holds which column.

    The name has four groups: what stands before the tag, the tag's attributes, its text, and what stands
    behind. The last group catches what belongs to no row.
    """
    name = rf"(?P<lead>{_TEXT})(?:<span(?P<tag>{_ATTRIBUTES})>(?P<label>{_TEXT})</span>(?P<rest>{_TEXT}))?+"
    wanted = {column for column in columns if column is not None} - {columns.name}
    contents = [
        name if column == columns.name else f"(?P<c{column}>{_TEXT})" if column in wanted else _DECORATED
        for column in range(count)
    ]
    cells = "".join(rf"<td{_ATTRIBUTES}>{content}</td>{_S}*+" for content in contents)
    pattern = re.compile(rf"{_S}*+<tr{_ATTRIBUTES}>{_S}*+{cells}</tr>|{_S}*+(?P<odd>(?!{_S}).)", re.DOTALL)
    return pattern, [(column, pattern.groupindex[f"c{column}"] - 1) for column in wanted]


@lru_cache(maxsize=8192)
def _cell(text: str) -> Cell:
    return Cell(_plain(text))


@lru_cache(maxsize=2048)
def _named_cell(lead: str, tag: str, label: str, rest: str) -> Cell | None:
    """The cell of the name; None when its id is an odd one."""
    text = _plain(f"{lead}{label}{rest}")
    if _MARKED not in tag:
        return Cell(text)
    found = _ID.search(tag)
    if found is None or tag.count(_MARKED) > 1:
        return None
    return Cell(text, found[1] or found[2] or "", _plain(label))


def _plain(text: str) -> str:
    return clean(html.unescape(text))
