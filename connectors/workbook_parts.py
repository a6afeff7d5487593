"""What is asked of a workbook's parts before a reader lays their cells out in memory.

A sheet of two cells, A1 and XFD1048576, is a rectangle of 17.000.000.000: its size is measured here,
from the places that the cells name. Formulas that were saved without a value are found here too; the
reader would show them as empty cells.
"""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from lxml import etree

_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=[\"']([A-Za-z]{1,3})(\d{1,7})[\"'][^>]*[^/>]>")
_COLUMNS = re.compile(rb'<c r="([A-Z]{1,3})[0-9]')
_ROWS = re.compile(rb'<c r="[A-Z]{1,3}([0-9]{1,7})"')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c\b")
_PLACED = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_UNVALUED = re.compile(
    rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>\s*<f\b[^>/]*>([^<]*)</f>\s*"
    rb"(?:<v\s*/>|<v>\s*</v>)?\s*</(?:\w+:)?c>"
)
_WRONG = re.compile(
    rb"<(?:\w+:)?c\b(?=[^>]*\bt=\"e\")[^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>"
    rb"(?:<f\b[^>]*(?:/>|>[^<]*</f>))?<v>([^<]*)</v>"
)
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384


def measure_parts(parts: dict[str, bytes], kind: str) -> Iterator[int]:
    """How many cells the rectangle of each sheet has, from A1 on.

    Args:
        parts: By name.
        kind: ``xlsx``, ``xlsb`` or ``ods``.

    Raises:
        ValueError: A part is not what its name says.
    """
    if kind == "ods":
        yield from _measure_ods(parts["content.xml"])
        return
    measure = _measure_xlsb if kind == "xlsb" else _measure_xlsx
    for name, content in parts.items():
        if name.startswith("xl/worksheets/") and name.endswith((".xml", ".bin")):
            yield measure(content)


def _measure_xlsx(content: bytes) -> int:
    """By the places of filled cells; cells without a place stand one after the other."""
    quick = _measure_usual(content)
    if quick is not None:
        return quick
    last_row = last_column = 0
    for letters, number in _CELL.findall(content):
        last_row = max(last_row, int(number))
        last_column = max(last_column, column_number(letters.decode()))
    if len(_ANY_CELL.findall(content)) > len(_PLACED.findall(content)):
        rows = _ROW.split(content)
        last_row = max(last_row, len(rows))
        last_column = max(last_column, *(len(_ANY_CELL.findall(row)) for row in rows))
    return last_row * last_column


def _measure_usual(content: bytes) -> int | None:
    """The same, quickly, of cells written as Excel and openpyxl do, ``<c r="B17"``; None of all others."""
    if any(sign in content for sign in (b":c", b"<c>", b"<c/", b"<c\n", b"<c\r", b"<c\t")):
        return None
    cells, columns, rows = content.count(b"<c "), _COLUMNS.findall(content), _ROWS.findall(content)
    if not cells == len(columns) == len(rows):
        return None
    widest = max((column_number(letters.decode()) for letters in set(columns)), default=0)
    return widest * max(map(int, set(rows)), default=0)


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


def _measure_xlsb(content: bytes) -> int:
    """Walk the records ([MS-XLSB] 2.1.4): id and length are variable, row headers are record 0."""
    last_row = last_column = position = 0
    while position < len(content):
        record, position = _variable(content, position, 2)
        length, position = _variable(content, position, 4)
        if record == 0:
            last_row = max(last_row, 1 + int.from_bytes(content[position : position + 4], "little"))
        elif record <= 11:
            last_column = max(last_column, 1 + int.from_bytes(content[position : position + 4], "little"))
        position += length
    return last_row * last_column


def _variable(content: bytes, position: int, longest: int) -> tuple[int, int]:
    value = 0
    for number in range(longest):
        byte = content[position + number]
        value |= (byte & 0x7F) << (7 * number)
        if not byte & 0x80:
            return value, position + number + 1
    return value, position + longest


def _measure_ods(content: bytes) -> Iterator[int]:
    """Repeated rows and cells count where something stands in them, or after them."""
    last_row = last_column = row = 0
    steps = etree.iterparse(io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True)
    for _, element in steps:
        if element.tag == f"{_TABLE}table-row":
            filled = _filled_columns(element)
            row += min(_repeated(element, "rows"), _MAX_ROW)
            if filled:
                last_row, last_column = row, max(last_column, filled)
            element.clear()
        elif element.tag == f"{_TABLE}table":
            yield last_row * last_column
            last_row = last_column = row = 0
            element.clear()


def _filled_columns(row: etree._Element) -> int:
    column = last = 0
    for cell in row:
        column += min(_repeated(cell, "columns"), _MAX_COLUMN)
        if len(cell) or any(name.startswith(_OFFICE) for name in cell.attrib):
            last = column
    return last


def _repeated(element: etree._Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated", "1")
    return int(text) if text.isascii() and text.isdecimal() else 1


def find_unvalued(parts: dict[str, bytes]) -> dict[str, dict[tuple[int, int], str]]:
    """Cells that the reader would show as empty though something stands there.

    Args:
        parts: Of an XLSX.

    Returns:
        By sheet and place from 0: the text of a formula without a stored value (``=A1*2``), or the
        error that Excel shows (``#N/A``).
    """
    found: dict[str, dict[tuple[int, int], str]] = {}
    for sheet, part in _sheet_parts(parts).items():
        content = parts.get(part, b"")
        cells = {_place(a, b): "=" + html.unescape(text.decode("utf-8", "replace"))
                 for a, b, text in (_UNVALUED.findall(content) if b"<f" in content else ())}  # fmt: skip
        wrong = _WRONG.findall(content) if b't="e"' in content else ()
        cells |= {_place(a, b): text.decode("utf-8", "replace") for a, b, text in wrong}
        if cells:
            found[sheet] = cells
    return found


def _place(letters: bytes, number: bytes) -> tuple[int, int]:
    return int(number) - 1, column_number(letters.decode()) - 1


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Part of each sheet by its name, as the workbook links them."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    relations = parts.get("xl/_rels/workbook.xml.rels")
    if relations is None:
        return {}
    targets = {
        str(relation.get("Id")): str(relation.get("Target"))
        for relation in etree.fromstring(relations, parser)
    }
    sheets = {}
    for sheet in etree.fromstring(parts["xl/workbook.xml"], parser).iter("{*}sheet"):
        key = next((value for name, value in sheet.attrib.items() if str(name).endswith("}id")), "")
        target = targets.get(str(key), "")
        path = PurePosixPath(target.lstrip("/")) if target.startswith("/") else PurePosixPath("xl", target)
        sheets[str(sheet.get("name"))] = str(path)
    return sheets
