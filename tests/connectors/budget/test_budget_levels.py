"""Levels that no code tells: by the indents of Excel, by names, and rows that open an office or do not."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment

from capaian.budget.lines import Known, Level, Statement
from capaian.budget.matching import find_known
from connectors.budget.levels import assign_levels
from connectors.budget.offices import office_of_row
from connectors.budget.rows import Row
from tests.connectors.given.office_budget import known, read


def row(name: str, number: int = 1) -> Row:
    return Row(number, f"baris {number}", None, name)


def statement(indents: tuple[int, ...]) -> Statement:
    """A program with a kegiatan and two sub kegiatan, of which nobody knows the second."""
    program = next(entry for entry in known() if entry.level is Level.PROGRAM)
    kegiatan, sub = (
        next(entry for entry in known() if entry.level is level and entry.key.startswith(f"{program.key}."))
        for level in (Level.KEGIATAN, Level.SUB_KEGIATAN)
    )
    names = (program.name, kegiatan.name, sub.name, "Rapat yang baru diadakan")
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Uraian", "Anggaran", "Realisasi"])
    for number, (name, indent, amount) in enumerate(zip(names, indents, (9, 9, 4, 5), strict=True), start=2):
        sheet.append([name.capitalize(), amount, amount])
        sheet.cell(number, 1).alignment = Alignment(indent=indent)
    file = io.BytesIO()
    book.save(file)
    return read(file.getvalue(), "realisasi-2023-12.xlsx")


def test_the_indent_of_excel_tells_the_level_of_a_name_that_nobody_knows() -> None:
    lines = statement((0, 1, 2, 2)).lines
    assert [line.level for line in lines] == [
        Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.SUB_KEGIATAN,
    ]  # fmt: skip
    assert [line.parent for line in lines] == [None, 0, 1, 1]


def test_an_indent_that_no_known_row_has_tells_nothing() -> None:
    said = [problem.message for problem in statement((0, 1, 2, 3)).problems if problem.stops]
    assert any("'Rapat yang baru diadakan'" in text and "tidak dapat ditentukan" in text for text in said)


TWICE = [
    Known("1", Level.PROGRAM, "Penunjang urusan"),
    Known("1.1", Level.KEGIATAN, "Pengelolaan arsip"),
    Known("1.1.1", Level.SUB_KEGIATAN, "Pengelolaan arsip"),
]


def test_one_name_on_two_levels_is_first_the_upper_one_then_the_lower_one() -> None:
    rows = [row(name) for name in ("Penunjang urusan", *["Pengelolaan arsip"] * 4)]
    assign_levels(rows, TWICE[::-1], {})
    assert [entry.level for entry in rows] == [
        Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.KEGIATAN, Level.SUB_KEGIATAN,
    ]  # fmt: skip


def test_a_row_of_one_word_opens_no_office() -> None:
    assert [office_of_row(row(name)) for name in ("Dinas", "BADAN", "Dinas Kesehatan")] == [
        "", "", "Dinas Kesehatan",
    ]  # fmt: skip


def test_a_row_of_one_word_between_programs_parts_no_statement() -> None:
    text = "Uraian;Anggaran;Realisasi\nPROGRAM PENGEMBANGAN EKSPOR;5;3\nDinas;;\nPROGRAM {};7;4\n"
    other = [
        entry.name for entry in known() if entry.level is Level.PROGRAM and "EKSPOR" not in entry.name.upper()
    ]
    assert [line.budget for line in read(text.format(other[1]).encode(), "a.csv").lines] == [5, 7]


def named(*names: str) -> list[Known]:
    return [Known(str(n), Level.PROGRAM, name) for n, name in enumerate(names)]


def test_a_misspelt_name_counts_only_where_the_runner_up_is_twice_as_far() -> None:
    best = "abcdefghijklmnopqrst"
    misspelt = "xycdefghijklmnopqrst"
    near, far = "xycdefghijklmnopq123", "xycdefghijklmnop1234"
    found = find_known(misspelt, named(best, far))
    assert found is not None
    assert (found[0].name, found[1]) == (best, 2)
    assert find_known(misspelt, named(near, best)) is None
    assert find_known(misspelt, named(best, near)) is None


def test_a_name_without_a_slip_needs_no_distance_to_the_runner_up() -> None:
    found = find_known("abcdefghijklmnopqrst", named("abcdefghijklmnopqrsx", "abcdefghijklmnopqrst"))
    assert found is not None
    assert (found[0].key, found[1]) == ("1", 0)
