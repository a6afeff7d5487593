"""Reads the tables and forms of the workbook: each cell by its heading, with its name for the messages."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from office.problems import Problems
from office.workbook.cells import Cell, Column, read_cell
from office.workbook.filling import lines_of
from office.workbook.forms import Line, Section

Rows = Sequence[Sequence[Cell]]
"""A sheet from A1 on."""
_HEADING = "Isian"
"""Above the labels of a form."""


def cell_name(sheet: str, row: int, place: int) -> str:
    """``lembar Target, sel D7``; row and place count from 1."""
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"lembar {sheet}, sel {letters}{row}"


@dataclass(frozen=True)
class Found:
    """A row that a person filled.

    Attributes:
        entry: What its cells hold by field; nothing of those that are empty.
        places: The column of each field, from 1.
    """

    sheet: str
    row: int
    entry: Mapping[str, Any]
    places: Mapping[str, int]

    def place(self, field: str = "") -> str:
        """The cell of a field, filled or not; of the row without one."""
        first = min(self.places.values())
        return cell_name(self.sheet, self.row, self.places.get(field, first))


def read_table(
    sheet: str, rows: Rows, columns: Sequence[Column], example: Sequence[str], problems: Problems
) -> list[Found]:
    """The rows of a table under its headings; the example row and blank ones are left out."""
    headings, late = [c.heading for c in columns], {c.heading for c in columns if c.added}
    places = find_headings(sheet, rows, headings, problems, late)
    if places is None:
        return []
    columns = [column for column in columns if column.heading in places]
    example = [text for heading, text in zip(headings, example, strict=True) if heading in places]
    found = []
    for number, cells in enumerate(rows[1:], start=2):
        texts = [text_of(cells, places[column.heading]) for column in columns]
        if not any(texts) or texts == list(example):
            continue
        entry = {}
        filled = {column.field for column, text in zip(columns, texts, strict=True) if text}
        for column in columns:
            asked = replace(column, required=column.required and not _may_lack(column, columns, filled))
            value = read(sheet, number, places[column.heading], asked, cells, problems)
            if value is not None:
                entry[column.field] = value
        found.append(Found(sheet, number, entry, {c.field: places[c.heading] for c in columns}))
    return found


def _may_lack(column: Column, columns: Sequence[Column], filled: Set[str]) -> bool:
    """Whether a required column may be empty in a row: with all others that the same fields stand for."""
    alike = {each.field for each in columns if each.unless == column.unless}
    return bool(filled & set(column.unless)) and not filled & alike


def find_headings(
    sheet: str, rows: Rows, wanted: Sequence[str], problems: Problems, late: Container[str] = ()
) -> dict[str, int] | None:
    """The column of each heading, from 1; None after noting what is missing, twice there or not ours.

    Args:
        sheet: Its name.
        rows: Of the sheet.
        wanted: The headings.
        problems: Where what is wrong is noted.
        late: Headings that a workbook of an older version lacks, and so does the answer then.
    """
    before = len(problems.found)
    headings = [text_of(rows[0], place) for place in range(1, len(rows[0]) + 1)] if rows else []
    for heading in wanted:
        if headings.count(heading) != 1 and (heading in headings or heading not in late):
            state = "tidak ada" if heading not in headings else "ada dua kali"
            problems.add(
                cell_name(sheet, 1, 1),
                f"judul kolom '{heading}' {state}",
                "salin isinya ke buku kerja baru dari lkjip office export; judul kolom jangan diubah",
            )
    for place, heading in enumerate(headings, start=1):
        if heading not in wanted and any(text_of(cells, place) for cells in rows):
            name = f"'{heading}'" if heading else "tanpa judul"
            problems.add(
                cell_name(sheet, 1, place),
                f"kolom {name} tidak dikenal, padahal berisi",
                "hapus kolom itu, atau pindahkan isinya ke kolom yang ada",
            )
    known = {h: headings.index(h) + 1 for h in wanted if h in headings}
    return known if len(problems.found) == before else None


def text_of(cells: Sequence[Cell], place: int) -> str:
    """A cell as text, to be compared; empty beyond the end of its row."""
    return str(cells[place - 1]).strip() if place <= len(cells) else ""


def read(sheet: str, row: int, place: int, column: Column, cells: Sequence[Cell], problems: Problems) -> Any:
    """What a cell holds; None where it is empty, or after noting what is wrong with it."""
    try:
        value = read_cell(column, cells[place - 1] if place <= len(cells) else "")
    except ValueError as cause:
        message, _, todo = str(cause).partition("; ")
        problems.add(cell_name(sheet, row, place), message, todo or "perbaiki isinya", cause)
        return None
    if value is None and column.required:
        problems.add(cell_name(sheet, row, place), f"'{column.heading}' kosong", "isi selnya")
    return value


def read_form(
    sheet: str, rows: Rows, sections: Sequence[Section], problems: Problems
) -> dict[str, list[Found]]:
    """The lines of a form by label; of each line its cells by field."""
    titles = {section.title for section in sections} | {_HEADING, ""}
    lines = {line.label: line for line in lines_of(sections)}
    most = max(len(line.columns) for line in lines.values())
    found: dict[str, list[Found]] = {label: [] for label in lines}
    for number, cells in enumerate(rows, start=1):
        label = text_of(cells, 1)
        line = lines.get(label)
        filled = [place for place in range(2, most + 2) if text_of(cells, place)]
        for place in range(most + 3, len(cells) + 1):  # behind the explanations
            if text_of(cells, place):
                problems.add(cell_name(sheet, number, place), "kolom ini tidak dibaca", "pindahkan isinya")
        if line is None:
            if label not in titles or (label != _HEADING and filled):
                problems.add(
                    cell_name(sheet, number, 1),
                    f"isian '{label}' tidak dikenal"
                    if label
                    else "baris ini berisi, tetapi isiannya tidak disebut",
                    "tulis nama isian seperti pada baris lain, atau hapus barisnya",
                )
            continue
        _read_line(sheet, number, line, cells, filled, found, problems)
    for label, line in lines.items():
        if line.required and not found[label]:
            at = next((n for n, cells in enumerate(rows, start=1) if text_of(cells, 1) == label), 0)
            where = cell_name(sheet, at, 2) if at else cell_name(sheet, 1, 1)
            problems.add(where, f"'{label}' kosong", "isi selnya" if at else f"tambahkan baris '{label}'")
    return found


def _read_line(
    sheet: str,
    number: int,
    line: Line,
    cells: Sequence[Cell],
    filled: list[int],
    found: dict[str, list[Found]],
    problems: Problems,
) -> None:
    if not filled:
        return
    if found[line.label] and not line.many:
        first = found[line.label][0].row
        problems.add(
            cell_name(sheet, number, 1), f"'{line.label}' sudah diisi di baris {first}", "hapus salah satu"
        )
        return
    if filled[-1] > len(line.columns) + 1:
        problems.add(
            cell_name(sheet, number, filled[-1]),
            f"'{line.label}' tidak mempunyai isi di kolom ini",
            "pindahkan isinya ke kolom Isi, atau hapus",
        )
        return
    entry = {}
    for place, column in enumerate(line.columns, start=2):
        value = read(sheet, number, place, column, cells, problems)
        if value is not None:
            entry[column.field] = value
    places = {column.field: place for place, column in enumerate(line.columns, start=2)}
    found[line.label].append(Found(sheet, number, entry, places))
