"""Two states of a table of ``report.json``, cell by cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.comparison.words import Piece, compare_words
from reports.printed import pair_rows

Json = Mapping[str, Any]
_NUMBERED = re.compile(r"\(?\d+\)?\.?")
"""What a heading says that only counts columns."""
_SHORT, _FEW = 90, 60
"""Letters of a row's name, and of a cell that is shown whole."""


@dataclass(frozen=True)
class ChangedCell:
    """A cell that differs.

    Attributes:
        row: ``baris 3, Persentase Pertumbuhan UMKM``.
        column: Its heading.
        pieces: Both texts in one, word by word.
    """

    row: str
    column: str
    before: str
    after: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ChangedTable:
    """A table that differs.

    Attributes:
        label: ``Tabel 3.2`` in the newer issue; in the older one where the newer has none.
        caption: In one line.
        state: ``new``, ``gone`` or empty where both issues have it.
        cells: That differ in rows of both.
        gone, new: Rows that only one has, as one line each.
        remarks: What else is different of it: caption, source, notes.
    """

    name: str
    label: str
    caption: str
    state: str = ""
    cells: tuple[ChangedCell, ...] = ()
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    remarks: tuple[tuple[Piece, ...], ...] = ()


def compare_tables(before: Mapping[str, Json], after: Mapping[str, Json]) -> tuple[ChangedTable, ...]:
    """The tables that differ, in the order of their numbers; another number alone is no difference."""
    changed = [_compare(name, before.get(name), after.get(name)) for name in {**after, **before}]
    return tuple(sorted((table for table in changed if table), key=lambda table: _order(table.label)))


def _compare(name: str, old: Json | None, new: Json | None) -> ChangedTable | None:
    if old is None or new is None:
        table = new or old or {}
        return _told(name, table, state="gone" if new is None else "new")
    headings = _headings(old, new)
    if headings is None:
        # Other columns: no cell has its like, so the rows are told whole.
        gone, came = [_line(row) for row in old["rows"]], [_line(row) for row in new["rows"]]
        return _told(name, new, gone=tuple(gone), new=tuple(came))
    cells: list[ChangedCell] = []
    only: dict[str, list[str]] = {"gone": [], "new": []}
    same = {column: column for column in range(len(headings))}
    for then, now in pair_rows(old["rows"], new["rows"], same):
        if then is None or now is None:
            rows, at = (new["rows"], now) if then is None else (old["rows"], then)
            only["new" if then is None else "gone"].append(_line(rows[at or 0]))
            continue
        cells += _cells(old["rows"][then], new["rows"], now, headings)
    remarks = tuple(_remarks(old, new))
    if not cells and not only["gone"] and not only["new"] and not remarks:
        return None
    return _told(
        name, new, cells=tuple(cells), gone=tuple(only["gone"]), new=tuple(only["new"]), remarks=remarks
    )


def _told(name: str, table: Json, **what: Any) -> ChangedTable:
    number = str(table.get("number", ""))
    label = f"Tabel {number}" if number[:1].isdigit() else number or name
    return ChangedTable(name, label, " ".join(str(table.get("caption", "")).split()), **what)


def _cells(
    then: Sequence[str], rows: Sequence[Sequence[str]], place: int, headings: Sequence[str]
) -> Iterator[ChangedCell]:
    row = f"baris {place + 1}, {_named(rows, place)}".rstrip(", ")
    for column, (before, after) in enumerate(zip(then, rows[place], strict=True)):
        if before != after:
            yield ChangedCell(row, headings[column], before, after, _pieces(before, after))


def _pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Long texts word by word; of a figure or a few words the whole, which is easier to read."""
    if min(len(before), len(after)) > _FEW:
        return compare_words(before, after)
    both = Piece("gone", before), Piece("new", after)
    return tuple(piece for piece in both if piece.text)


def _named(rows: Sequence[Sequence[str]], place: int) -> str:
    """What a row is called: its last words before the first figure; below a merged cell those above it."""
    words = ""
    for column in range(len(rows[place])):
        text = next((rows[at][column] for at in range(place, -1, -1) if rows[at][column]), "")
        if re.match(r"\W*\d", text) or text.casefold().startswith("menunggu"):
            if words:
                break
            continue
        words = text or words
    line = " ".join(words.split())
    return line if len(line) <= _SHORT else f"{line[: _SHORT - 1].rstrip()}…"


def _line(row: Sequence[str]) -> str:
    return " | ".join(" ".join(text.split()) for text in row if text)


def _remarks(old: Json, new: Json) -> Iterator[tuple[Piece, ...]]:
    for key in ("caption", "source"):
        if old.get(key, "") != new.get(key, ""):
            yield compare_words(str(old.get(key, "")), str(new.get(key, "")))
    before, after = old.get("notes", ()), new.get("notes", ())
    yield from ((Piece("gone", note),) for note in before if note not in after)
    yield from ((Piece("new", note),) for note in after if note not in before)


def _headings(old: Json, new: Json) -> list[str] | None:
    """The headings of the columns; None where the tables have other columns.

    What an older program stored of a heading in several lines does not say which columns it spans.
    """
    counts = {len(row) for row in (*old["rows"], *new["rows"])}
    if len(counts) != 1:
        return None if counts else []
    (columns,) = counts
    known = [list(table["columns"]) for table in (old, new) if len(table.get("columns", ())) == columns]
    if len(known) == 2 and known[0] != known[1] and _unlike(known[0], known[1]):
        return None
    if known:
        return [text or f"kolom {place}" for place, text in enumerate(known[-1], start=1)]
    for line in reversed(new["header"]):
        if len(line) == columns and not all(_NUMBERED.fullmatch(text.strip()) for text in line if text):
            return [" ".join(text.split()) or f"kolom {place}" for place, text in enumerate(line, start=1)]
    return [f"kolom {place}" for place in range(1, columns + 1)]


def _unlike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether more than half of the headings are others: a year in them may be another one."""
    return sum(a != b for a, b in zip(one, other, strict=True)) * 2 > len(one)


def _order(label: str) -> list[tuple[int, str]]:
    parts = label.replace(" ", ".").split(".")
    return [(int(part) if part.isdecimal() else 0, part) for part in parts]
