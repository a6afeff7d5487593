"""One cell: what a number, a per cent, a day and a text mean, and what is refused as doubtful."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from capaian.values import parse_value
from office.workbook.cells import Cell, Column, Kind, percent_text, plain_text, read_cell, shown, value_text


def column(kind: Kind, **more: object) -> Column:
    return Column("", "Isian", kind=kind, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("number", "means"), [("0.07", "7%"), ("0.065", "6,5%"), ("1", "100%"), ("0.148", "14,8%"), ("0", "0%")]
)
def test_a_number_shown_in_per_cent_is_a_hundredfold(number: str, means: str) -> None:
    assert percent_text(Decimal(number)) == means


@pytest.mark.parametrize("number", ["202955", "202.955", "7.5", "-3.14", "0.001", "1.0625"])
def test_a_number_of_excel_is_read_as_exactly_that_number(number: str) -> None:
    value = parse_value(plain_text(Decimal(number)))
    assert value.amount == Decimal(number)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "written", ["7%", "18 dokumen", "5-6%", "A", "≥ 80%", "< inflasi nasional", "-3,14%"]
)
def test_a_value_that_was_written_is_read_as_itself(written: str) -> None:
    value = parse_value(written)
    assert parse_value(value_text(value) or "") == value


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        (Kind.VALUE, date(2024, 6, 5), "mengubah tulisan seperti 5-6 menjadi tanggal"),
        (Kind.TEXT, Decimal("1.2"), "bilangan pecahan 1,2, seharusnya teks"),
        (Kind.TEXT, Decimal("196911131995031003"), "terlalu panjang untuk Excel"),
        (Kind.NUMBERS, Decimal("1.2"), "bilangan pecahan"),
        (Kind.WHOLE, "dua ribu", "harus bilangan bulat"),
        (Kind.DAY, "31 Februari 2023", "harus tanggal"),
        (Kind.TEXT, "=A1&B1", "berisi rumus"),
    ],
)
def test_what_is_doubtful_is_refused(kind: Kind, cell: Cell, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_cell(column(kind), cell)


@pytest.mark.parametrize("cell", ["2 November 2023", "2023-11-02", date(2023, 11, 2)])
def test_a_day_may_be_written_in_words(cell: Cell) -> None:
    assert read_cell(column(Kind.DAY), cell) == date(2023, 11, 2)


def test_a_choice_is_taken_in_any_letters_and_no_other_word() -> None:
    choice = column(Kind.TEXT, choices={"makin tinggi": "higher"})
    assert read_cell(choice, "Makin Tinggi") == "higher"
    with pytest.raises(ValueError, match="pilih salah satu dari makin tinggi"):
        read_cell(choice, "naik")


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        (Kind.NUMBERS, [6, 7]),
        (Kind.LINES, ["Kepala Dinas", "Sekretaris"]),
        (Kind.PINS, {"adhb": 12}),
        (Kind.TEXT, "@kepala"),
        (Kind.WHOLE, 2023),
    ],
)
def test_what_a_cell_shows_is_read_back(kind: Kind, raw: object) -> None:
    cell = shown(column(kind), raw)
    assert read_cell(column(kind), Decimal(cell) if isinstance(cell, int) else cell) == raw  # type: ignore[arg-type]
