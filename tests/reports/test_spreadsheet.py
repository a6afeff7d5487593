"""Tables for people who analyse: exact, and no text of a stranger becomes a formula."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal

import pytest
from openpyxl import load_workbook

from reports import spreadsheet
from reports.spreadsheet import Sheet, as_csv, as_xlsx, neutral

LONG = Decimal("12345678901234567890.000000000001")
SHEET = Sheet(
    "angka",
    ("nama", "nilai", "hari", "ilustrasi", "kosong"),
    [
        ("=HYPERLINK(1)", Decimal("-4.50"), date(2023, 12, 31), True, None),
        ("gula, pasir", LONG, None, False, 7),
    ],
)


def read_csv(sheet: Sheet) -> list[list[str]]:
    return list(csv.reader(io.StringIO(as_csv(sheet).decode(), newline="")))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start: str):
    assert neutral(f"{start}1+1") == f"'{start}1+1"
    assert read_csv(Sheet("s", ("a",), [(f"{start}1+1",)]))[1] == [f"'{start}1+1"]


def test_other_text_stays_as_it_is():
    assert neutral("Beras = premium - 5 kg") == "Beras = premium - 5 kg"


def test_signs_that_no_workbook_can_hold_are_left_out():
    book = load_workbook(io.BytesIO(as_xlsx([Sheet("s", ("a",), [("be\x00ras\x1f",)])])))
    assert book["s"]["A2"].value == "beras"


def test_the_csv_has_every_digit_and_negative_numbers_stay_numbers():
    _, first, second = read_csv(SHEET)
    assert first == ["'=HYPERLINK(1)", "-4.50", "2023-12-31", "ya", ""]
    assert second == ["gula, pasir", "12345678901234567890.000000000001", "", "tidak", "7"]


def test_the_workbook_has_numbers_days_and_no_formula():
    sheet = load_workbook(io.BytesIO(as_xlsx([SHEET])))["angka"]
    heads, first, _ = ([cell.value for cell in row] for row in sheet.iter_rows())
    assert heads == list(SHEET.headings)
    assert first[0] == "'=HYPERLINK(1)"
    assert (first[1], first[2].date(), first[3], first[4]) == (-4.5, date(2023, 12, 31), "ya", None)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    assert sheet.freeze_panes == "A2"


def test_a_table_longer_than_a_sheet_goes_on_in_another(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(spreadsheet, "MOST_ROWS", 2)
    book = load_workbook(io.BytesIO(as_xlsx([Sheet("harga", ("n",), [(n,) for n in range(5)])])))
    assert book.sheetnames == ["harga", "harga 2", "harga 3"]
    assert [book[name]["A2"].value for name in book.sheetnames] == [0, 2, 4]


def test_an_empty_table_is_a_sheet_with_its_headings():
    book = load_workbook(io.BytesIO(as_xlsx([Sheet("terbitan", ("nomor",), [])])))
    assert [cell.value for cell in book["terbitan"][1]] == ["nomor"]
