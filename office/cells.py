"""A CSV file of an office with one cell changed: every other line keeps its bytes."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

Found = tuple[int, str]


def find_cell(text: str, row: Mapping[str, str], column: str) -> Found | None:
    """The line (from 1) and the present words of a cell; None where there is no such row or column.

    Args:
        text: Of the file.
        row: What the row says in some of its columns; the first that says so.
        column: Of the cell.
    """
    for line, _, named, _ in _records(text):
        if column in named and all(named.get(name, "").strip() == said for name, said in row.items()):
            return line, named[column].strip()
    return None


def with_cell(text: str, row: Mapping[str, str], column: str, words: str) -> str:
    """The text of the file with another cell.

    Raises:
        ValueError: There is no such cell, or the file would no longer say the same otherwise.
    """
    for _, span, named, header in _records(text):
        if column not in named or any(named.get(name, "").strip() != said for name, said in row.items()):
            continue
        old = text[span[0] : span[1]]
        ending = old[len(old.rstrip("\r\n")) :]
        cells = [words if name == column else named[name] for name in header]
        made = io.StringIO()
        csv.writer(made, delimiter=_delimiter(text), lineterminator="").writerow(cells)
        changed = text[: span[0]] + made.getvalue() + ending + text[span[1] :]
        expected = [{**each, column: words} if at == span else each for _, at, each, _ in _records(text)]
        if [each for _, _, each, _ in _records(changed)] != expected:
            raise ValueError(column)
        return changed
    raise ValueError(column)


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return ";" if first.count(";") > first.count(",") else ","


def _records(text: str) -> list[tuple[int, tuple[int, int], dict[str, str], list[str]]]:
    """Line, place in the text, cells by column and the header of each row below the header."""
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(lines, delimiter=_delimiter(text), strict=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    found = []
    header: list[str] = []
    before = 0
    try:
        for cells in reader:
            after = reader.line_num
            if not header:
                header = [cell.strip().removeprefix("\ufeff") for cell in cells]
            elif len(cells) == len(header):
                named = dict(zip(header, cells, strict=True))
                found.append((before + 1, (starts[before], starts[after]), named, header))
            before = after
    except csv.Error:
        return []
    return found
