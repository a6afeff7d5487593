"""The parts of a workbook: its sheets, and the formulas that a reader would show as empty cells."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import PurePosixPath

from lxml import etree

from connectors.sheets.limits import MAX_UNVALUED

_WITHIN = rb"[^<>]{0,300}"
"""Attributes of a cell's tag; a bound, since without one a damaged file takes hours."""
_PLACED = rb"?\br=\"([A-Z]{1,3})(\d{1,7})\"" + _WITHIN + rb">"
_UNVALUED = re.compile(
    rb"<(?:\w+:)?c\b" + _WITHIN + _PLACED + rb"\s*<f\b[^<>/]*>([^<]*)</f>\s*"
    rb"(?:<v\s*/>|<v>\s*</v>)?\s*</(?:\w+:)?c>"
)
_WRONG = re.compile(
    rb"<(?:\w+:)?c\b(?="
    + _WITHIN
    + rb"\bt=\"e\")"
    + _WITHIN
    + _PLACED
    + rb"(?:<f\b[^<>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v>"
)


def column_number(letters: str) -> int:
    """Number of a column, ``A`` is 1."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """Letters of a column, 1 is ``A``."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def xlsb_records(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Number, place and length of each record of an XLSB's part ([MS-XLSB] 2.1.4)."""
    position = 0
    while position < len(content):
        record, position = _variable(content, position, 2)
        length, position = _variable(content, position, 4)
        yield record, position, length
        position += length


def count_xlsb_sheets(workbook: bytes) -> int:
    """How many sheets the main part of an XLSB lists, records 156."""
    return sum(record == 156 for record, _, _ in xlsb_records(workbook))


def _variable(content: bytes, position: int, longest: int) -> tuple[int, int]:
    value = 0
    for number in range(longest):
        byte = content[position + number] if position + number < len(content) else 0
        value |= (byte & 0x7F) << (7 * number)
        if not byte & 0x80:
            return value, position + number + 1
    return value, position + longest


def find_unvalued(parts: dict[str, bytes]) -> dict[str, dict[tuple[int, int], str]]:
    """Cells that the reader would show as empty though something stands there.

    Args:
        parts: Of an XLSX.

    Returns:
        By sheet and place from 0: the text of a formula without a stored value (``=A1*2``), or the
        error that Excel shows (``#N/A``); of more than :data:`~connectors.sheets.limits.MAX_UNVALUED`
        only the first.
    """
    found: dict[str, dict[tuple[int, int], str]] = {}
    left = MAX_UNVALUED + 1
    for sheet, part in sheet_parts(parts):
        content = parts.get(part, b"")
        unvalued = _UNVALUED.finditer(content) if b"<f" in content else ()
        wrong = _WRONG.finditer(content) if b't="e"' in content else ()
        cells = {_place(match): "=" + html.unescape(_text(match)) for match in islice(unvalued, left)}
        cells |= {_place(match): _text(match) for match in islice(wrong, left)}
        left = max(0, left - len(cells))
        if cells:
            found[sheet] = cells
    return found


def _place(match: re.Match[bytes]) -> tuple[int, int]:
    return int(match[2]) - 1, column_number(match[1].decode()) - 1


def _text(match: re.Match[bytes]) -> str:
    return match[3].decode("utf-8", "replace")


def sheet_parts(parts: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """Name and part of each sheet of an XLSX, as the workbook links them.

    Args:
        parts: The workbook's own and its relations.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    relations = parts.get("xl/_rels/workbook.xml.rels")
    if relations is None:
        return []
    targets = {
        str(relation.get("Id")): str(relation.get("Target"))
        for relation in etree.fromstring(relations, parser)
    }
    sheets = []
    for sheet in etree.fromstring(parts["xl/workbook.xml"], parser).iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        target = targets.get(str(key), "")
        path = PurePosixPath(target.lstrip("/")) if target.startswith("/") else PurePosixPath("xl", target)
        sheets.append((str(sheet.get("name")), str(path)))
    return sheets
