"""Days that an English Excel turned, and days that titles and names contradict: told, never stored."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from openpyxl import Workbook

from connectors.prices.sheets.reader import SheetFile, read_sheet_file
from core.dates import MONTHS
from core.errors import SourceError

Heads = Sequence[date | str]


def days_of(month: int) -> list[date]:
    first = date(2023, month, 1)
    return [day for number in range(31) if (day := first + timedelta(number)).month == month]


def as_english_excel(days: Sequence[date]) -> Heads:
    """What an English Excel makes of days typed as 01/12/2023: up to the 12th a day of another month."""
    return [date(d.year, d.day, d.month) if d.day <= 12 else f"{d:%d/%m/%Y}" for d in days]


def price(day: date) -> int:
    return 10_000 + 100 * day.month + day.day


def read(
    days: Sequence[date], heads: Heads, title: str = "", sheet: str = "Pasar Contoh",
    file: str = "harga.xlsx", *, down: bool = False,
) -> SheetFile:  # fmt: skip
    book = Workbook()
    page = book.worksheets[0]
    page.title = sheet
    for text in ("Pasar : Contoh", title):
        if text:
            page.append([text])
    rows = [["Komoditas", *heads], ["Gula (kg)", *map(price, days)], ["Beras (kg)", *map(price, days)]]
    for row in zip(*rows, strict=True) if down else rows:
        page.append(list(row))
    content = io.BytesIO()
    book.save(content)
    return read_sheet_file(content.getvalue(), file)


def stored(file: SheetFile) -> dict[date, Decimal]:
    return {q.day: q.price for q in file.quotes.quotes if q.price is not None and q.name == "Gula"}


def right(days: Sequence[date]) -> dict[date, Decimal]:
    return {day: Decimal(price(day)) for day in days}


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("title", ["", "HARGA BAHAN POKOK BULAN {} 2023"])
@pytest.mark.parametrize("month", range(1, 13))
def test_turned_days_of_a_month_are_told_and_the_others_stored(month: int, title: str, down: bool) -> None:
    days = days_of(month)
    file = read(days, as_english_excel(days), title.format(MONTHS[month - 1].upper()), down=down)
    certain = [day for day in days if day.day > 12 or day.day == month]
    assert stored(file) == right(certain)
    assert len(file.quotes.unread) == 11
    assert all("menukar hari dan bulannya" in entry.message for entry in file.quotes.unread)
    assert all("2 harga di bawahnya tidak diambil" in entry.message for entry in file.quotes.unread)


@pytest.mark.parametrize(
    "said",
    [
        {"title": "Bulan Desember 2023"},
        {"title": "Keadaan Desember"},
        {"sheet": "Desember"},
        {"sheet": "Des 2023"},
        {"file": "harga_desember_2023.xlsx"},
    ],
)
def test_title_sheet_and_file_speak_against_turned_days_alone(said: dict[str, str]) -> None:
    """Only the first twelve days, so that no day after the 12th shows what Excel did."""
    days = days_of(12)[:12]
    got = read(days, as_english_excel(days), **said)
    assert stored(got) == right(days[-1:])
    assert len(got.quotes.unread) == 11
    assert all("menyebut Desember" in entry.message for entry in got.quotes.unread)


def test_the_twelfth_of_every_month_is_believed_where_nothing_speaks_against_it() -> None:
    days = [date(2023, month, 12) for month in range(1, 13)]
    file = read(days, days, "HARGA TAHUN 2023")
    assert stored(file) == right(days)
    assert not file.quotes.unread


def test_a_day_outside_the_month_of_the_title_is_told() -> None:
    days = [date(2023, 1, 30), date(2023, 1, 31), date(2023, 2, 1)]
    file = read(days, [f"{day:%d/%m/%Y}" for day in days], "BULAN JANUARI 2023")
    assert stored(file) == right(days[:2])
    (entry,) = file.quotes.unread
    assert "bukan dari Januari 2023 yang disebut judulnya" in entry.message


def test_a_year_that_contradicts_the_title_is_told() -> None:
    with pytest.raises(SourceError, match="bukan dari Desember 2022 yang disebut judulnya"):
        read(days_of(12)[:3], days_of(12)[:3], "BULAN DESEMBER 2022")


@pytest.mark.parametrize(
    "said",
    [
        {"title": "JANUARI - MARET 2023"},
        {"title": "s.d. Maret 2023"},
        {"title": "TAHUN 2023"},
        {"title": "Dicetak 5 April 2023"},
        {"file": "harga sampai maret 2023.xlsx"},
        {"title": "Januari sampai dengan Maret", "file": "harga_maret_2023.xlsx"},
    ],
)
def test_what_names_several_months_or_only_the_last_speaks_against_none(said: dict[str, str]) -> None:
    days = [date(2023, 1, 2), date(2023, 2, 2), date(2023, 3, 2)]
    assert stored(read(days, days, **said)) == right(days)


def test_the_title_counts_before_the_names_of_sheet_and_file() -> None:
    days = days_of(1)
    assert stored(read(days, days, "Bulan Januari 2023", "Maret", "harga_mei_2023.xlsx")) == right(days)


@pytest.mark.parametrize("down", [False, True])
def test_each_table_of_a_sheet_has_the_month_of_its_own_title(down: bool) -> None:
    book = Workbook()
    page = book.worksheets[0]
    days = [days_of(1)[:3], days_of(2)[:3]]
    for month in days:
        page.append([f"BULAN {MONTHS[month[0].month - 1].upper()} 2023"])
        rows = [["Komoditas", *month], ["Gula (kg)", *map(price, month)], ["Beras (kg)", *map(price, month)]]
        for row in zip(*rows, strict=True) if down else rows:
            page.append(list(row))
        page.append([])
    page.title = "Pasar Contoh"
    content = io.BytesIO()
    book.save(content)
    file = read_sheet_file(content.getvalue(), "harga.xlsx")
    assert stored(file) == right([day for month in days for day in month])
    assert not file.quotes.unread
