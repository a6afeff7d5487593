"""The office's sheets: every layout gives the same prices, and what is doubtful is said, not guessed."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from functools import cache

import pytest
from openpyxl import Workbook

from connectors.prices.sheets.reader import ACROSS, DOWN, SheetFile, read_sheet_file
from core.errors import SourceError
from standins.prices import sheets

YEAR = 2023
FIRST, SECOND, THIRD = date(YEAR, 1, 2), date(YEAR, 1, 3), date(YEAR, 1, 4)


@cache
def whole(name: str) -> SheetFile:
    return read_sheet_file(sheets.LAYOUTS[name](YEAR), name)


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def workbook(rows: Sequence[Sequence[object]], name: str = "Pasar Contoh", *, merged: str = "") -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    for row in rows:
        sheet.append(list(row))
    if merged:
        sheet.merge_cells(merged)
    return saved(book)


def read(rows: Sequence[Sequence[object]], name: str = "Pasar Contoh", *, merged: str = "") -> SheetFile:
    return read_sheet_file(workbook(rows, name, merged=merged), "harga.xlsx")


def read_csv(text: str, name: str = "harga.csv") -> SheetFile:
    return read_sheet_file(text.encode(), name)


def prices(file: SheetFile) -> dict[tuple[str, date], Decimal]:
    return {(q.name, q.day): q.price for q in file.quotes.quotes if q.price is not None}


def messages(file: SheetFile) -> list[str]:
    return [entry.message for entry in file.quotes.unread]


# --- layouts ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sheets.LAYOUTS)
def test_every_layout_gives_the_same_prices_and_nothing_unread(name: str) -> None:
    file = whole(name)
    assert prices(file) == sheets.market_prices(YEAR)
    assert file.quotes.unread == ()
    assert file.problems == ()


@pytest.mark.parametrize("name", sheets.LAYOUTS)
def test_every_layout_gives_the_same_units_market_and_mark_of_an_illustration(name: str) -> None:
    file = whole(name)
    units = {(quote.name, quote.unit.lower()) for quote in file.quotes.quotes}
    assert units == {(commodity, unit) for commodity, unit, *_ in sheets.COMMODITIES}
    assert {(q.market, q.market_name) for q in file.quotes.quotes} == {(sheets.MARKET, sheets.MARKET)}
    assert file.illustrative
    assert all(quote.illustrative for quote in file.quotes.quotes)


def test_a_dash_and_a_zero_are_kept_as_no_observation() -> None:
    file = read([["Komoditas", FIRST, SECOND, THIRD], ["Gula (kg)", "-", 0, 14000]])
    assert [quote.price for quote in file.quotes.quotes] == [None, None, Decimal(14000)]
    assert file.quotes.observed == 1


def test_what_was_understood_of_a_sheet_is_told() -> None:
    (sheet,) = whole("tanggal-ke-bawah.xlsx").sheets
    assert (sheet.name, sheet.market, sheet.orientation) == (sheets.MARKET, sheets.MARKET, DOWN)
    assert (sheet.first, sheet.last) == (date(YEAR, 1, 2), date(YEAR, 12, 30))
    assert sheet.commodities == tuple(name for name, *_ in sheets.COMMODITIES)
    assert sheet.prices == len(sheets.market_prices(YEAR))
    assert whole("bulan-di-atas-hari.xlsx").sheets[0].orientation == ACROSS


def test_a_price_says_in_which_cell_it_stands() -> None:
    file = read([["No", "Tanggal", "Gula (kg)"], [1, FIRST, 14000], [2, SECOND, 14100]])
    assert [quote.place for quote in file.quotes.quotes] == [
        "lembar 'Pasar Contoh', sel C2", "lembar 'Pasar Contoh', sel C3",
    ]  # fmt: skip


def test_a_title_wins_over_the_name_of_the_sheet_and_that_is_said() -> None:
    file = read([["Pasar : Lain"], ["Komoditas", FIRST], ["Gula (kg)", 14000]])
    assert {quote.market for quote in file.quotes.quotes} == {"Pasar Lain"}
    assert file.remarks == (
        "Lembar 'Pasar Contoh' berjudul 'Pasar Lain'; judulnya yang dipakai, bukan nama lembarnya.",
    )


def book_of(*names: str) -> Workbook:
    """A book with a small sheet of each name."""
    book = Workbook()
    for name in names:
        sheet = book.create_sheet(name)
        sheet.append(["Komoditas", FIRST])
        sheet.append(["Gula (kg)", 14000])
    book.remove(book.worksheets[0])
    return book


def test_one_market_a_sheet() -> None:
    book = book_of("Anom", "PASAR BANGKAL")
    file = read_sheet_file(saved(book), "harga.xlsx")
    assert [quote.market for quote in file.quotes.quotes] == ["Pasar Anom", "Pasar Bangkal"]


def test_a_csv_may_name_its_market_in_its_name() -> None:
    file = read_csv("Komoditas;02/01/2023\nGula (kg);14000\n", "harga_pasar_anom_2023.csv")
    assert {quote.market for quote in file.quotes.quotes} == {"Pasar Anom"}
    assert file.remarks == ("Nama pasar 'Pasar Anom' diambil dari nama berkasnya.",)


def test_a_hidden_sheet_is_not_read_and_that_is_said() -> None:
    book = book_of("Pasar Satu", "Pasar Dua")
    book["Pasar Dua"].sheet_state = "hidden"
    file = read_sheet_file(saved(book), "harga.xlsx")
    assert {quote.market for quote in file.quotes.quotes} == {"Pasar Satu"}
    assert file.remarks == ("Lembar 'Pasar Dua' tersembunyi; tidak dibaca.",)


def test_a_sheet_that_is_not_understood_leaves_the_others() -> None:
    book = Workbook()
    book.worksheets[0].append(["Keterangan", "harga eceran"])
    sheet = book.create_sheet("Pasar Satu")
    sheet.append(["Komoditas", FIRST])
    sheet.append(["Gula (kg)", 14000])
    file = read_sheet_file(saved(book), "harga.xlsx")
    assert len(file.quotes.quotes) == 1
    assert "tidak memuat tanggal" in file.problems[0]


# --- days ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "2 Januari 2023", "02/01/2023", "2-Jan-23", "02.01.2023", "2-1-2023", "2023-01-02",
        "Senin, 2 Januari 2023",
        "2 JAN 2023", "2023-01-02 00:00:00", "02-Januari-2023",
    ],
)  # fmt: skip
def test_a_day_may_be_written_in_many_ways(text: str) -> None:
    file = read([["Komoditas", text], ["Gula (kg)", 14000]])
    assert prices(file) == {("Gula", FIRST): Decimal(14000)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("31/02/2023", "tanggal ini tidak ada"),
        ("01/13/2023", "tanggal ini tidak ada"),
        ("2 Januari 1023", "tahun 1023"),
        ("2 Januari", "tidak menyebut tahun"),
        ("2/1", "tidak menyebut tahun"),
    ],
)
def test_what_is_no_day_is_unread_with_the_number_of_its_prices(text: str, reason: str) -> None:
    file = read([["Komoditas", text, SECOND], ["Gula (kg)", 14000, 14100]])
    assert prices(file) == {("Gula", SECOND): Decimal(14100)}
    (entry,) = file.quotes.unread
    assert entry.text == text
    assert reason.casefold() in entry.message.casefold()
    assert "1 harga di bawahnya tidak diambil" in entry.message


def test_a_title_gives_the_year_that_days_leave_out() -> None:
    file = read([["HARGA TAHUN 2023"], ["Komoditas", "2 Januari", "3/1"], ["Gula (kg)", 14000, 14100]])
    assert sorted(day for _, day in prices(file)) == [FIRST, SECOND]


def test_the_name_of_the_file_gives_the_year_where_nothing_else_does() -> None:
    content = workbook([["Komoditas", "2 Januari"], ["Gula (kg)", 14000]])
    assert {q.day for q in read_sheet_file(content, "harga-2023.xlsx").quotes.quotes} == {FIRST}


def test_days_that_an_english_excel_may_have_turned_are_unread() -> None:
    """``02/01/2023`` typed there became 1 February; ``13/01/2023`` stayed a text."""
    heads = ["Komoditas", date(2023, 2, 1), date(2023, 3, 1), "13/01/2023", "14/01/2023"]
    file = read([heads, ["Gula (kg)", 1000, 2000, 3000, 4000]])
    assert sorted(day for _, day in prices(file)) == [date(2023, 1, 13), date(2023, 1, 14)]
    assert all("menukar hari dan bulannya" in message for message in messages(file))


def test_beside_a_day_that_is_one_only_as_month_day_year_the_others_are_unread() -> None:
    file = read_csv("Pasar : A\nKomoditas;01/12/2023;01/13/2023;31/01/2023\nGula (kg);1000;2000;3000\n")
    assert prices(file) == {("Gula", date(2023, 1, 31)): Decimal(3000)}
    assert "seperti pada 01/13/2023" in messages(file)[0]


def test_numbers_of_days_that_begin_again_without_a_month_are_unread() -> None:
    file = read([["BULAN JANUARI 2023"], ["Komoditas", 30, 31, 1], ["Gula (kg)", 1000, 2000, 3000]])
    assert sorted(day.day for _, day in prices(file)) == [30, 31]
    assert "Hari 1 terulang" in messages(file)[0]


def test_a_day_that_its_month_does_not_have_is_unread() -> None:
    file = read([["BULAN FEBRUARI 2023"], ["Komoditas", 27, 28, 29], ["Gula (kg)", 1000, 2000, 3000]])
    assert sorted(day.day for _, day in prices(file)) == [27, 28]


def test_a_month_without_a_year_gives_no_day() -> None:
    with pytest.raises(SourceError, match="tidak memuat tanggal"):
        read([["BULAN JANUARI"], ["Komoditas", 1, 2, 3], ["Gula (kg)", 1000, 2000, 3000]])


def test_weeks_are_no_days() -> None:
    with pytest.raises(SourceError, match="hanya menyebut minggu"):
        read([["Komoditas", "Minggu ke-1", "Minggu ke-2"], ["Gula (kg)", 14000, 14100]])


# --- prices -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cell", "price"),
    [
        (12500, "12500"), (12.508, "12.508"), ("12.500", "12500"), ("Rp 12.500", "12500"),
        ("Rp12.500,-", "12500"),
        ("12.500,00", "12500"), ("12500", "12500"), ("12500,50", "12500.5"), ("1.250.000", "1250000"),
        ("12 500", "12500"), ("12,500.00", "12500"),
    ],
)  # fmt: skip
def test_a_price_may_be_written_in_many_ways(cell: object, price: str) -> None:
    assert prices(read([["Komoditas", FIRST], ["Gula (kg)", cell]])) == {("Gula", FIRST): Decimal(price)}


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("12,500", "dapat berarti 12500 atau 12,500"),
        ("kosong", "bukan harga"),
        ("12.50.0", "bukan harga"),
        ("12.500-13.000", "bukan harga"),
        (-5, "di bawah nol"),
        (date(2023, 5, 5), "ada tanggal"),
        ("=A1*2", "rumus tanpa nilai"),
    ],
)
def test_what_is_no_price_is_unread_with_its_place_and_reason(cell: object, reason: str) -> None:
    file = read([["Komoditas", FIRST, SECOND], ["Gula (kg)", cell, 14000]])
    assert prices(file) == {("Gula", SECOND): Decimal(14000)}
    (entry,) = file.quotes.unread
    assert entry.place == "lembar 'Pasar Contoh', sel B2"
    assert reason in entry.message
    assert "Gula, Pasar Contoh, 02/01/2023" in entry.message


def test_a_sheet_that_shows_that_the_comma_marks_thousands_is_read_so_and_says_why() -> None:
    file = read([["Komoditas", FIRST, SECOND], ["Gula (kg)", "12,500", "1,012,500"]])
    assert sorted(prices(file).values()) == [Decimal(12500), Decimal(1012500)]
    assert file.remarks == ("Lembar 'Pasar Contoh': tanda koma adalah pemisah ribuan, menurut '1,012,500'.",)


def test_a_sheet_that_writes_in_both_ways_decides_nothing() -> None:
    rows = [["Komoditas", FIRST, SECOND, THIRD], ["Gula (kg)", "12,500.00", "12.500,00", "12.500"]]
    file = read(rows)
    assert list(prices(file).values()) == [Decimal(12500), Decimal(12500)]
    assert "dapat berarti 12500 atau 12,500" in messages(file)[0]


def test_few_doubtful_prices_are_not_enough_to_decide() -> None:
    days = ";".join(f"{day:02}/01/2023" for day in range(1, 20))
    text = f"Pasar : A\nKomoditas;{days}\nGula (kg)" + ";12,500" * 19 + "\n"
    with pytest.raises(SourceError, match="dapat berarti 12500"):
        read_csv(text)


def test_unquoted_commas_in_prices_tear_no_price_apart() -> None:
    text = "Pasar : A,,\nKomoditas,02/01/2023,03/01/2023\nGula (kg),12,500,13,500\nBeras (kg),13000,13100\n"
    file = read_csv(text)
    assert {name for name, _ in prices(file)} == {"Beras"}
    assert "lebih panjang daripada judulnya" in messages(file)[0]


def test_one_price_merged_over_two_days_is_unread() -> None:
    rows = [["Komoditas", FIRST, SECOND, THIRD], ["Gula (kg)", 14000, None, 14100]]
    file = read(rows, merged="B2:C2")
    assert list(prices(file)) == [("Gula", THIRD)]
    assert "digabung" in messages(file)[0]


# --- names and what stands beside ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Beras Premium (kg)", ("Beras Premium", "kg")),
        ("Gula Pasir / Kg", ("Gula Pasir", "Kg")),
        ("- Tepung Terigu (Rp/kg)", ("Tepung Terigu", "kg")),
        ("Susu Kental Manis Merk Bendera (370 gr/kl)", ("Susu Kental Manis Merk Bendera", "370 gr/kl")),
        ("Minyak Goreng (Curah)", ("Minyak Goreng (Curah)", "")),
        ("KOL/KUBIS", ("KOL/KUBIS", "")),
        ("KOL/KUBIS (kg)", ("KOL/KUBIS", "kg")),
        ("Elpiji 3 Kg", ("Elpiji 3 Kg", "")),
        ("3. Gula Pasir", ("Gula Pasir", "")),
    ],
)
def test_units_are_taken_out_of_names(name: str, expected: tuple[str, str]) -> None:
    (quote,) = read([["Komoditas", FIRST], [name, 14000]]).quotes.quotes
    assert (quote.name, quote.unit) == expected


def test_averages_groups_and_signatures_are_left_out_in_silence() -> None:
    rows = [
        ["No", "Komoditas", "Satuan", FIRST, SECOND, "Rata-rata", "Perubahan (%)"],
        [1, "GULA", None, None, None, None, None],
        [None, "- Gula Pasir", "kg", 14000, 14100, 14050, 0.7],
        [None, "Jumlah", None, 14000, 14100, None, None],
        [],
        [None, "Mengetahui,", None, None, "Sumenep, 4 Januari 2023"],
        [None, "NIP 19650101 199003 1 001"],
    ]
    file = read(rows)
    assert set(prices(file)) == {("Gula Pasir", FIRST), ("Gula Pasir", SECOND)}
    assert file.quotes.unread == ()


def test_a_column_of_numbers_that_is_no_day_is_named() -> None:
    file = read([["Komoditas", FIRST, "Minggu ke-2", SECOND], ["Gula (kg)", 14000, 14050, 14100]])
    assert len(prices(file)) == 2
    assert [(entry.text, entry.place) for entry in file.quotes.unread] == [
        ("Minggu ke-2", "lembar 'Pasar Contoh', sel C1")
    ]


def test_prices_without_a_name_are_named() -> None:
    file = read([["Komoditas", FIRST, SECOND], ["Gula (kg)", 14000, 14100], [None, 15000, 15100]])
    assert len(prices(file)) == 2
    assert messages(file) == ["2 harga tanpa nama komoditas tidak diambil."]


def test_a_table_repeated_in_another_order_is_refused() -> None:
    rows = [["Tanggal", "Gula (kg)", "Beras (kg)", "Telur (kg)"], [FIRST, 1000, 2000, 3000]]
    other = [["Tanggal", "Beras (kg)", "Gula (kg)", "Telur (kg)"], [SECOND, 2000, 1000, 3000]]
    with pytest.raises(SourceError, match="urutan lain"):
        read([*rows, *other])


@pytest.mark.parametrize("heads", [[FIRST, FIRST], ["02/01/2023", "2 Januari 2023"]])
def test_two_prices_of_one_day_are_both_unread_and_named(heads: list[object]) -> None:
    file = read([["Komoditas", *heads, SECOND], ["Gula (kg)", 14000, 14100, 14200], ["Beras (kg)", 9, 9, 10]])
    assert prices(file) == {
        ("Gula", SECOND): Decimal(14200), ("Beras", FIRST): Decimal(9), ("Beras", SECOND): Decimal(10),
    }  # fmt: skip
    assert [entry.text for entry in file.quotes.unread] == ["14.000", "14.100"]
    assert "ada harga lain untuk hari yang sama (lembar 'Pasar Contoh', sel C2)" in messages(file)[0]


def test_two_rows_of_one_commodity_that_differ_are_both_unread() -> None:
    file = read([["Komoditas", FIRST], ["Lokal (kg)", 14000], ["Gula (kg)", 1], ["LOKAL (kg)", 9000]])
    assert set(prices(file)) == {("Gula", FIRST)}
    assert len(file.quotes.unread) == 2


def test_a_sheet_of_endless_size_is_refused() -> None:
    with pytest.raises(SourceError, match=r"membentang lebih dari 400\.000 sel"):
        read_csv("Pasar : A\n" + ";" * 999 + "\n" + ("x" + ";" * 999 + "\n") * 401)


# --- broken files -------------------------------------------------------------------------------

BROKEN = sheets.broken_sheets(YEAR)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("minggu.xlsx", "hanya menyebut minggu"),
        ("tanpa-pasar.xlsx", "tidak menyebut pasarnya"),
        ("bulan-dulu.csv", "mungkin tertukar"),
        ("sandi.xlsx", "sandi"),
        ("terpotong.xlsx", "rusak"),
    ],
)
def test_a_broken_file_is_refused_with_what_to_do(name: str, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_sheet_file(BROKEN[name], name)
    assert "Yang perlu dilakukan" in str(caught.value)


@pytest.mark.parametrize("name", ["tanggal-ganda.xlsx", "tanda-campur.csv", "kata.xlsx", "rumus.xlsx"])
def test_a_file_with_a_mistake_gives_the_rest(name: str) -> None:
    file = read_sheet_file(BROKEN[name], name)
    assert file.quotes.unread
    assert file.quotes.observed


def test_months_below_each_other_may_run_down_too() -> None:
    rows: list[list[object]] = []
    for month, price in (("JANUARI", 1000), ("FEBRUARI", 2000)):
        rows += [[f"BULAN {month} 2023"], ["Tgl", "Gula (kg)", "Beras (kg)"]]
        rows += [[day, price + day, price * 2] for day in (1, 2, 3)]
    read_prices = prices(read(rows))
    assert read_prices["Gula", date(2023, 1, 3)] == Decimal(1003)
    assert read_prices["Gula", date(2023, 2, 1)] == Decimal(2001)
    assert len(read_prices) == 12


def test_a_month_that_contradicts_the_title_gives_no_day() -> None:
    heads = ["Komoditas", 10, 11, "Jan", 13, 14]
    file = read([["BULAN NOVEMBER 2023"], heads, ["Gula (kg)", 1000, 1100, 0, 2000, 3000]])
    assert sorted(day for _, day in prices(file)) == [date(2023, 11, 10), date(2023, 11, 11)]
    assert len(file.quotes.unread) == 3
