"""Workbooks: titles above, merged heads, letters or not, numbers as numbers or as text."""

from __future__ import annotations

import zipfile
from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from connectors.bps.printed.table import measure_of
from connectors.bps.printed.xlsx import read_xlsx
from connectors.bps.tables import PdrbTable
from core.errors import ImplausibleFigureError, LkjipError, SourceError
from tests.connectors.given import make_books as books
from tests.connectors.given import make_sheets as sheets
from tests.connectors.given.reading import figures, pdrb_of
from tests.connectors.given.recorded_page import expected


def tables(content: bytes) -> list[PdrbTable]:
    return pdrb_of(read_xlsx(content, "pdrb.xlsx"))


SHAPES: dict[str, dict[str, Any]] = {
    "numbers as numbers": {},
    "numbers as English text": {"write": sheets.as_english},
    "numbers as Indonesian text": {"write": sheets.as_indonesian},
    "letters inside the labels": {"letters": False},
    "letters inside the labels and text": {"letters": False, "write": sheets.as_indonesian},
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_figure_and_status_comes_out_as_it_stands(shape: str) -> None:
    (table,) = tables(sheets.workbook(**SHAPES[shape]))
    assert figures(table) == expected()


def test_years_may_be_numbers_and_the_notes_then_say_what_is_provisional() -> None:
    notes = ("Catatan: Data 2024: Angka sementara", "Data 2025: Angka sangat sementara")
    (table,) = tables(sheets.workbook(heads=(2021, 2022, 2023, 2024, 2025.0), notes=notes))
    assert figures(table) == expected()


def test_a_binary_fraction_is_the_number_that_was_typed() -> None:
    values = {**books.current(), "C": [Decimal("1078.61"), *books.current()["C"][1:]]}
    (table,) = tables(sheets.workbook(values=values))
    cell = table.find("C", 2021)
    assert cell is not None
    assert str(cell.original) == "1078.61"


def test_cells_in_per_cent_are_read_as_people_see_them() -> None:
    book = Workbook()
    assert book.active is not None
    sheets.fill(book.active, books.SHARE[0], books.share(), write=lambda value: float(value / 100))
    for row in book.active.iter_rows():
        for cell in row:
            if isinstance(cell.value, float):
                cell.number_format = "0.00%"
    (table,) = tables(sheets.saved(book))
    cell = table.find("A", 2021)
    assert cell is not None
    assert cell.value == books.share()["A"][0]


def test_several_tables_on_one_sheet_and_on_several_sheets_are_found() -> None:
    book = Workbook()
    assert book.active is not None
    sheets.fill(book.active)
    sheets.fill(book.active, books.CONSTANT[0], books.constant())
    sheets.fill(book.create_sheet("Laju"), books.GROWTH[0], books.growth(), books.HEADS[1:])
    sheets.fill(book.create_sheet("Pengeluaran"), books.DECOYS[0], books.current())
    file = read_xlsx(sheets.saved(book), "pdrb.xlsx")
    assert [table.measure for table in pdrb_of(file)] == ["adhb", "adhk", "growth"]
    assert figures(pdrb_of(file)[0]) == expected()
    assert [t.place for t in file.tables if measure_of(t) is None] == ["lembar 'Pengeluaran'"]


def test_a_hidden_sheet_is_not_read_and_that_is_said() -> None:
    book = Workbook()
    assert book.active is not None
    sheets.fill(book.active)
    hidden = book.create_sheet("Rahasia")
    sheets.fill(hidden, books.CONSTANT[0], books.constant())
    hidden.sheet_state = "hidden"
    file = read_xlsx(sheets.saved(book), "pdrb.xlsx")
    assert [table.measure for table in pdrb_of(file)] == ["adhb"]
    assert file.remarks == ("Lembar 'Rahasia' tersembunyi; tidak dibaca.",)


def shifted(by: int) -> bytes:
    """A sheet whose heads are merged over two columns, with the figures in the second."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([sheets.CAPTION])
    sheet.append(["Lapangan Usaha", ""] + [text for head in books.HEADS for text in (head, "")])
    for code, row in books.current().items():
        cells = [cell for value in row for cell in (("", float(value)) if by else (float(value), ""))]
        sheet.append(["" if code == "TOTAL" else code, books.LABELS[code], *cells])
    return sheets.saved(book)


@pytest.mark.parametrize("by", [0, 1])
def test_figures_below_a_head_that_covers_two_columns_belong_to_its_year(by: int) -> None:
    (table,) = tables(shifted(by))
    assert {key: value for key, (value, _) in figures(table).items()} == {
        key: value for key, (value, _) in expected().items()
    }


def filled() -> tuple[Workbook, Worksheet]:
    """A book with one table, to be spoiled."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheets.fill(sheet)
    return book, sheet


def test_an_average_beside_a_year_without_figures_is_not_taken_for_that_year() -> None:
    values = {code: [*row[:4], Decimal(0)] for code, row in books.current().items()}
    book = Workbook()
    assert book.active is not None
    sheets.fill(book.active, values=values)
    for row in range(6, 24):
        book.active.cell(row=row, column=7).value = None
        book.active.cell(row=row, column=8, value=5.35)
    with pytest.raises(ImplausibleFigureError, match="tidak berada di bawah tahun"):
        tables(sheets.saved(book))


def test_a_column_of_figures_without_a_year_refuses_the_table() -> None:
    book, sheet = filled()
    sheet.cell(row=8, column=8, value=5.35)
    with pytest.raises(ImplausibleFigureError, match="tidak berada di bawah tahun"):
        tables(sheets.saved(book))


def test_formulas_are_not_computed() -> None:
    book, sheet = filled()
    sheet.cell(row=6, column=3, value="=1+1")
    with pytest.raises(LkjipError):
        tables(sheets.saved(book))


# --- what cannot be read ------------------------------------------------------------------------


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = sheets.packed({"xl/workbook.xml": b"<workbook/>", "xl/worksheets/sheet1.xml": b"0" * (30 * 2**20)})
    assert len(bomb) < 100_000
    with pytest.raises(SourceError, match="membengkak"):
        read_xlsx(bomb, "pdrb.xlsx")


def test_formats_that_cannot_be_read_refuse_the_book_since_per_cent_may_stand_there() -> None:
    with zipfile.ZipFile(BytesIO(sheets.workbook())) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with pytest.raises(SourceError, match="rusak"):
        read_xlsx(sheets.packed({**parts, "xl/styles.xml": b"<styleSheet"}), "pdrb.xlsx")


def test_entities_in_its_xml_are_refused() -> None:
    laughing = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><workbook>&b;</workbook>'
    with pytest.raises(SourceError, match="tidak lazim"):
        read_xlsx(sheets.packed({"xl/workbook.xml": laughing}), "pdrb.xlsx")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Excel lama"),
        (sheets.packed({"word/document.xml": b"<a/>"}), "bukan buku kerja Excel"),
        (sheets.packed({"xl/workbook.xml": b"<workbook"}), "rusak"),
        (b"PK\x03\x04" + b"\x00" * 100, "rusak"),
        (b"", "rusak"),
    ],
    ids=["old Excel", "Word", "broken XML", "broken zip", "empty"],  # a zip holds its time: no stable name
)
def test_what_is_no_workbook_is_refused_with_its_cause(content: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_xlsx(content, "pdrb.xlsx")
    assert caught.value.todo


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_truncated_workbook_is_refused(kept: float) -> None:
    whole = sheets.workbook()
    with pytest.raises(SourceError, match="rusak"):
        read_xlsx(whole[: int(len(whole) * kept)], "pdrb.xlsx")
