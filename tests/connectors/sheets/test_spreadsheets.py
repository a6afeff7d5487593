"""Opening sheets: every kind gives the same cells, and what is dangerous or broken is refused."""

from __future__ import annotations

import io
import random
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from connectors.sheets.reader import Grid, open_grids
from connectors.sheets.workbook_parts import column_letters, column_number
from core.errors import LkjipError, SourceError
from standins.sheets.old_excel import old_workbook
from tests.connectors.given.make_sheets import packed
from tests.given.examples import examples


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(rows: list[list[object]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def with_part(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """The workbook with something in one of its parts replaced."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert old in parts[part]
    return packed({**parts, part: parts[part].replace(old, new)})


def only(content: bytes, name: str = "harga.xlsx") -> Grid:
    (grid,) = open_grids(content, name)
    return grid


SHEET1 = "xl/worksheets/sheet1.xml"


# --- what stands in cells -----------------------------------------------------------------------


def test_numbers_are_exact_and_days_are_days() -> None:
    rows = [[12500, 12.508, 0.1, date(2023, 1, 2), date(2023, 1, 3), "Beras", None, True]]
    assert only(workbook(rows)).rows == (
        (
            Decimal(12500), Decimal("12.508"), Decimal("0.1"), date(2023, 1, 2), date(2023, 1, 3),
            "Beras", "", "BENAR",
        ),
    )  # fmt: skip


def test_a_moment_within_a_day_is_no_day() -> None:
    assert only(workbook([[datetime.combine(date(2023, 1, 2), time(8, 30)), time(8, 0)]])).rows == (
        ("2023-01-02 08:30:00", "08:00:00"),
    )


def test_rows_start_at_a1_whatever_is_empty_before() -> None:
    book = Workbook()
    book.active["C3"] = "x"
    assert only(saved(book)).rows == (("", "", ""), ("", "", ""), ("", "", "x"))


def test_merged_cells_are_told_with_their_places() -> None:
    book = Workbook()
    book.active["B1"] = "Januari 2023"
    book.active.merge_cells("B1:D2")
    assert only(saved(book)).merged == ((0, 1, 1, 3),)


def test_hidden_sheets_are_marked() -> None:
    book = Workbook()
    book.active["A1"] = 1
    book.create_sheet("Rahasia").sheet_state = "hidden"
    book.create_sheet("Sangat rahasia").sheet_state = "veryHidden"
    assert [grid.visible for grid in open_grids(saved(book), "a.xlsx")] == [True, False, False]


def test_a_formula_counts_with_the_value_that_excel_stored() -> None:
    content = workbook([["=1+1"]])
    stored = with_part(content, SHEET1, b"<v />" if b"<v />" in _sheet(content) else b"<v></v>", b"<v>2</v>")
    assert only(stored).rows == ((Decimal(2),),)


def test_a_formula_without_a_value_is_not_computed_and_not_lost() -> None:
    assert only(workbook([["a", '=A1&"<b>"', "=SUM(1,2)"]])).rows == (("a", '=A1&"<b>"', "=SUM(1,2)"),)


def test_an_error_of_excel_stands_as_it_is_shown() -> None:
    book = Workbook()
    book.active["A1"] = "#N/A"
    book.active["A1"].data_type = "e"
    assert only(saved(book)).rows == (("#N/A",),)


def _sheet(content: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(SHEET1)


# --- kinds --------------------------------------------------------------------------------------

CSV = 'Komoditas;02/01/2023;03/01/2023\nBeras (kg);12.500;"12.600"\nGula, pasir;-;13.000\n'
CELLS = (
    ("Komoditas", "02/01/2023", "03/01/2023"),
    ("Beras (kg)", "12.500", "12.600"),
    ("Gula, pasir", "-", "13.000"),
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_csv_of_every_encoding_and_separator_gives_the_same_cells(encoding: str, delimiter: str) -> None:
    assert only(CSV.replace(";", delimiter).encode(encoding), "harga.csv").rows == CELLS


def test_commas_separate_where_numbers_are_quoted() -> None:
    text = 'Komoditas,"2 Januari 2023"\nBeras,"12,500"\n"Gula, pasir","13,000"\n'
    assert only(text.encode(), "harga.csv").rows[1:] == (("Beras", "12,500"), ("Gula, pasir", "13,000"))


def test_a_comma_inside_every_price_is_no_separator_beside_semicolons() -> None:
    text = "Tanggal;Beras;Gula\n02/01/2023;12,500;13,000\n03/01/2023;12,600;13,100\n"
    assert only(text.encode(), "harga.csv").rows[1] == ("02/01/2023", "12,500", "13,000")


def test_excels_own_line_about_the_separator_is_followed() -> None:
    assert only(b"sep=|\na|b;c;d\n1|2;3;4\n", "a.csv").rows == (("a", "b;c;d"), ("1", "2;3;4"))


def test_letters_of_windows_are_read() -> None:
    assert only("Café;1\nb;2\n".encode("cp1252"), "a.csv").rows[0][0] == "Café"


def test_html_under_the_name_of_a_workbook_is_read_with_its_merged_cells() -> None:
    page = (
        "<html><body><h3>Pasar : Contoh</h3><table><tr><td>Nama<td colspan=2>Januari 2023"
        "<tr><td>Beras<td>12.500<td>12.600</table></body></html>"
    )
    grid = only(page.encode(), "harga.xls")
    assert grid.rows == (
        ("Pasar : Contoh", "", ""), ("Nama", "Januari 2023", ""), ("Beras", "12.500", "12.600"),
    )  # fmt: skip
    assert grid.merged == ((1, 1, 1, 2),)


ODS_HEAD = (
    b'<?xml version="1.0"?><office:document-content '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    b'<office:body><office:spreadsheet><table:table table:name="Pasar">'
)
ODS_TAIL = b"</table:table></office:spreadsheet></office:body></office:document-content>"

MANIFEST = b'<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'


def ods(rows: bytes) -> bytes:
    return packed(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": MANIFEST,
            "content.xml": ODS_HEAD + rows + ODS_TAIL,
        }
    )


PRICE = (
    b'<table:table-cell office:value-type="float" office:value="12500"%s>'
    b"<text:p>12.500</text:p></table:table-cell>"
)


def test_ods_is_read() -> None:
    day = b'<table:table-cell office:value-type="date" office:date-value="2023-01-02"/>'
    empty = b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    grid = only(ods(b"<table:table-row>" + day + PRICE % b"" + b"</table:table-row>" + empty), "a.ods")
    assert grid.rows == ((date(2023, 1, 2), Decimal(12500)),)


def test_the_old_excel_is_read_with_its_merged_cells() -> None:
    rows: list[list[str | float]] = [["Komoditas", "Januari"], ["Beras (kg)", 12500.0, 12.508]]
    grid = only(old_workbook("Pasar", rows, (0, 1, 0, 2)), "harga.xls")
    assert (grid.name, grid.kind, grid.visible, grid.merged) == ("Pasar", "xls", True, ((0, 1, 0, 2),))
    assert grid.rows == (("Komoditas", "Januari", ""), ("Beras (kg)", Decimal(12500), Decimal("12.508")))


# --- what is refused ----------------------------------------------------------------------------


def far_sheet() -> bytes:
    book = Workbook()
    book.active["A1"] = 1
    book.active["XFD1048576"] = 1
    return saved(book)


def unplaced_cells() -> bytes:
    rows = b"<row>" + b"<c><v>1</v></c>" * 3000 + b"</row>" + b"<row><c><v>1</v></c></row>" * 3000
    return with_part(workbook([[1]]), SHEET1, b"<sheetData>", b"<sheetData>" + rows)


def far_ods() -> bytes:
    repeated = PRICE % b' table:number-columns-repeated="16000"'
    return ods(b'<table:table-row table:number-rows-repeated="1000000">' + repeated + b"</table:table-row>")


def far_xlsb() -> bytes:
    row = b"\x00\x04" + (1_048_575).to_bytes(4, "little")
    cell = b"\x02\x04" + (16_383).to_bytes(4, "little")
    return packed({"xl/workbook.bin": b"x", "xl/worksheets/sheet1.bin": row + cell})


def locked_xlsx() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500 + "EncryptedPackage".encode("utf-16-le")


LAUGHING = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]><workbook>&b;</workbook>'
REFUSED = {
    "empty": (b"", "kosong"),
    "blank": (b" \r\n", "kosong"),
    "photo": (b"\xff\xd8\xff\xe0" + b"\x00" * 50, "bukan Excel, ODS, atau CSV"),
    "prose": (b"Yth. Bapak Kepala Dinas\nberikut harganya\n", "tidak ada pemisah"),
    "page without a table": (b"<!doctype html><title>Just a moment...</title>", "tanpa tabel"),
    "letter of Word": (packed({"word/document.xml": b"<a/>"}), "bukan buku kerja"),
    "broken archive": (b"PK\x03\x04" + b"\x00" * 100, "rusak"),
    "broken workbook": (packed({"xl/workbook.xml": b"<workbook"}), "rusak"),
    "broken old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "rusak"),
    "zip bomb": (packed({"xl/workbook.xml": b"<a/>", SHEET1: b"0" * (30 * 2**20)}), "membengkak"),
    "entities": (packed({"xl/workbook.xml": LAUGHING}), "tidak lazim"),
    "password": (locked_xlsx(), "sandi"),
    "cell at the end of the world": (far_sheet(), "membentang"),
    "cells without a place": (unplaced_cells(), "membentang"),
    "cells repeated in ODS": (far_ods(), "membentang"),
    "cell at the end of XLSB": (far_xlsb(), "membentang"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_cannot_be_read_is_refused_with_its_cause_and_what_to_do(case: str) -> None:
    content, message = REFUSED[case]
    with pytest.raises(SourceError, match=message) as caught:
        open_grids(content, "harga.xlsx")
    assert caught.value.todo


def test_a_link_to_another_file_is_not_even_unpacked() -> None:
    parts = {"xl/externalLinks/externalLink1.xml": b"<rusak"}
    with zipfile.ZipFile(io.BytesIO(workbook([["x"]]))) as archive:
        parts |= {name: archive.read(name) for name in archive.namelist()}
    assert only(packed(parts)).rows == (("x",),)


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_truncated_workbook_is_refused(kept: float) -> None:
    whole = workbook([["a", 1], ["b", 2]])
    with pytest.raises(SourceError, match="rusak"):
        open_grids(whole[: int(len(whole) * kept)], "harga.xlsx")


# --- properties ---------------------------------------------------------------------------------


@given(st.integers(1, 16_384))
def test_the_letters_of_a_column_lead_back_to_its_number(number: int) -> None:
    assert column_number(column_letters(number)) == number


TEXTS = st.text("abc ,;\t|\"'\n.0", max_size=6).map(str.strip)


@examples(100)
@given(st.lists(st.lists(TEXTS, min_size=3, max_size=3), min_size=2, max_size=6), st.sampled_from(";\t|,"))
def test_what_a_csv_writer_wrote_is_read_when_the_separator_is_named(
    rows: list[list[str]], delimiter: str
) -> None:
    import csv

    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    read = only(f"sep={delimiter}\r\n{file.getvalue()}".encode(), "a.csv").rows
    written = [tuple(row) for row in rows]
    while written and not any(written[-1]):
        written.pop()
    assert [tuple(" ".join(c.split()) for c in row) for row in read] == [
        tuple(" ".join(c.split()) for c in row) for row in written
    ]


WHOLE = workbook([["Komoditas", date(2023, 1, 2)], ["Beras", 12500], ["Gula", 13000]])


@examples(150)
@given(st.integers(0, 2**32))
def test_damaged_bytes_give_an_error_of_the_project_or_cells(seed: int) -> None:
    dice, changed = random.Random(seed), bytearray(WHOLE)
    for _ in range(dice.randint(1, 8)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    with suppress(LkjipError):
        open_grids(bytes(changed), "harga.xlsx")
