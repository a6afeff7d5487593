"""Price sheets as offices keep them, made by script: one year of one market in many layouts.

The market and its prices are an illustration, and every sheet says so. All whole layouts hold the same
prices; the broken ones hold the mistakes that people make.
"""

from __future__ import annotations

import csv
import html
import io
import zipfile
from calendar import monthrange
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.dates import MONTHS, format_date
from core.numbers import format_number
from standins.sheets.open_document import open_document

MARKET = "Pasar Contoh Barat"
MARK = "Ilustrasi: pasar dan harga ini dibuat untuk contoh, bukan pencatatan yang sebenarnya."
GROUPS: dict[str, tuple[tuple[str, str, int, int], ...]] = {
    "BERAS": (("Beras Premium", "kg", 13_500, 5), ("Beras Medium", "kg", 11_200, 6)),
    "GULA": (("Gula Pasir", "kg", 14_000, 5),),
    "MINYAK GORENG": (("Minyak Goreng Curah", "kg", 15_200, 5), ("Minyakita", "liter", 14_500, 4)),
    "TELUR DAN DAGING": (
        ("Telur Ayam Ras", "kg", 28_000, 9),
        ("Daging Sapi", "kg", 118_000, 3),
        ("Daging Ayam Ras", "kg", 35_000, 10),
    ),
    "CABAI DAN BAWANG": (
        ("Cabe Rawit Merah", "kg", 48_000, 35),
        ("Cabe Merah Besar", "kg", 36_000, 28),
        ("Cabe Merah Keriting", "kg", 38_000, 28),
        ("Bawang Merah", "kg", 27_000, 20),
    ),
    "KEDELAI DAN TEPUNG": (("Kedelai Impor", "kg", 13_000, 6), ("Tepung Terigu", "kg", 12_000, 4)),
    "IKAN": (
        ("Ikan Bandeng", "kg", 34_000, 8),
        ("Ikan Kembung", "kg", 36_000, 9),
        ("Ikan Tongkol", "kg", 30_000, 10),
    ),
    "ELPIJI": (("Elpiji 3 Kg", "tabung", 19_500, 3),),
}
"""By group: name, unit, usual price in rupiah, and by how many per cent it swings in a year."""
COMMODITIES = tuple(row for rows in GROUPS.values() for row in rows)
_SHIFTS = {name: crc32(name.encode()) % 365 for name, *_ in COMMODITIES}

Prices = dict[tuple[str, date], int]


def market_prices(year: int) -> Prices:
    """Every price of the year, by commodity and day; Sundays and some other days have none."""
    return {
        (name, day): price
        for day in days_of(year)
        for name, _, base, swing in COMMODITIES
        if (price := _price(name, day, base, swing))
    }


def days_of(year: int) -> list[date]:
    """All days of a year."""
    first = date(year, 1, 1)
    return [first + timedelta(n) for n in range((date(year + 1, 1, 1) - first).days)]


def _price(name: str, day: date, base: int, swing: int) -> int:
    """A wave over the year with a little noise, in steps of 50 rupiah; 0 where nobody looked."""
    noise = crc32(f"{name}/{day}".encode())
    if day.weekday() == 6 or noise % 97 == 0:
        return 0
    phase = (day.timetuple().tm_yday + _SHIFTS[name]) % 365
    wave = abs(phase - 182) - 91
    price = base + base * swing * wave // 9100 + base * (noise % 9 - 4) // 400
    return price // 50 * 50


# --- layouts ------------------------------------------------------------------------------------


def days_across(year: int) -> bytes:
    """Days of Excel across; units in the names; only the sheet's name is the market."""
    book, sheet = _book(MARKET)
    days, prices = days_of(year), market_prices(year)
    sheet.append([MARK])
    sheet.append(["Nama Bahan Pokok", *days])
    for name, unit, *_ in COMMODITIES:
        sheet.append([f"{name} ({unit})", *(prices.get((name, day)) for day in days)])
    return _saved(book)


def months_over_days(year: int) -> bytes:
    """Months merged over the numbers of days, groups, averages, changes, and a signature below."""
    book, sheet = _book(MARKET)
    months_on_sheet(sheet, year, market_prices(year))
    return _saved(book)


def months_on_sheet(sheet: Worksheet, year: int, prices: Prices) -> None:
    """Write the layout of :func:`months_over_days` onto a sheet."""
    for title in (
        "HARGA HARIAN BAHAN POKOK DAN BARANG PENTING",
        f"TAHUN {year}",
        f"Pasar : {MARKET[6:]}",
        MARK,
    ):
        sheet.append([title])
    sheet.append([])
    columns: list[date | str] = []
    for month in range(1, 13):
        columns += [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
        columns.append("Rata-rata")
    heads = [c.day if isinstance(c, date) else c for c in columns]
    sheet.append(["No", "Komoditas", "Satuan"])
    sheet.append(["", "", "", *heads, "Perubahan (%)"])
    for letter in "ABC":
        sheet.merge_cells(f"{letter}6:{letter}7")
    start = 4
    for month in range(1, 13):
        length = monthrange(year, month)[1]
        sheet.cell(row=6, column=start, value=MONTHS[month - 1])
        sheet.merge_cells(start_row=6, end_row=6, start_column=start, end_column=start + length - 1)
        start += length + 1
    for number, (group, rows) in enumerate(GROUPS.items(), start=1):
        sheet.append([number, group])
        for name, unit, *_ in rows:
            sheet.append(["", f"- {name}", unit, *_with_means(name, columns, prices), 1.25])
    sheet.append(["", "Rata-rata", "", *([20_000] * len(columns))])
    sheet.append([])
    sheet.append(["", "Mengetahui,", *([""] * 20), f"Sumenep, 31 Desember {year}"])
    sheet.append(["", "Kepala Bidang Perdagangan", *([""] * 20), "Petugas"])
    sheet.append(["", "NIP ......................", *([""] * 20), "NIP ......................"])


def _with_means(name: str, columns: Iterable[date | str], prices: Prices) -> list[object]:
    cells: list[object] = []
    month: list[int] = []
    for column in columns:
        if isinstance(column, date):
            price = prices.get((name, column))
            month += [price] if price else []
            cells.append(price or "-")
        else:
            cells.append(round(sum(month) / len(month), 2))
            month = []
    return cells


def a_sheet_a_month(year: int) -> bytes:
    """Twelve sheets named after their months; the month stands in a title, zeros where nothing was seen."""
    book, prices = Workbook(), market_prices(year)
    for month in range(1, 13):
        sheet = book.create_sheet(MONTHS[month - 1])
        _month_block(sheet, year, month, prices, missing=0)
    book.remove(book.worksheets[0])
    return _saved(book)


def months_below_each_other(year: int) -> bytes:
    """One sheet with twelve tables."""
    book, sheet = _book("Sheet1")
    for month in range(1, 13):
        _month_block(sheet, year, month, market_prices(year), missing=None)
        sheet.append([])
    return _saved(book)


def _month_block(sheet: Worksheet, year: int, month: int, prices: Prices, missing: int | None) -> None:
    days = [date(year, month, day) for day in range(1, monthrange(year, month)[1] + 1)]
    sheet.append([f"BULAN {MONTHS[month - 1].upper()} {year}"])
    sheet.append(["Pasar", ":", MARKET])
    sheet.append([MARK])
    sheet.append(["No", "Nama Komoditas", "Satuan", *(day.day for day in days), "Rata-rata"])
    sheet.append(range(1, len(days) + 5))
    for number, (name, unit, *_) in enumerate(COMMODITIES, start=1):
        cells = [prices.get((name, day), missing) for day in days]
        sheet.append([number, name, f"Rp/{unit}", *cells, 1])


def days_down(year: int) -> bytes:
    """Days of Excel down, names across under merged groups, units in a row of their own."""
    book, sheet = _book(MARKET)
    prices = market_prices(year)
    sheet.append([MARK])
    sheet.append([f"Harga eceran harian tahun {year}"])
    sheet.append(["No", "Tanggal"])
    sheet.append(["", "", *(name for name, *_ in COMMODITIES)])
    sheet.append(["", "", *(f"({unit})" for _, unit, *_ in COMMODITIES)])
    column = 3
    for group, rows in GROUPS.items():
        sheet.cell(row=3, column=column, value=group)
        sheet.merge_cells(start_row=3, end_row=3, start_column=column, end_column=column + len(rows) - 1)
        column += len(rows)
    for number, day in enumerate(days_of(year), start=1):
        sheet.append([number, day, *(prices.get((name, day)) for name, *_ in COMMODITIES)])
    sheet.append(["", "Rata-rata", *([20_000] * len(COMMODITIES))])
    return _saved(book)


def numbers_down(year: int) -> bytes:
    """Months merged beside the numbers of days, down; units after a stroke."""
    book, sheet = _book("Lembar1")
    prices = market_prices(year)
    sheet.append([f"Daftar Harga {MARKET}"])
    sheet.append([f"Pasar: {MARKET}"])
    sheet.append([MARK])
    sheet.append(["Bulan", "Tgl", *(f"{name} / {unit.title()}" for name, unit, *_ in COMMODITIES)])
    row = 5
    for month in range(1, 13):
        length = monthrange(year, month)[1]
        for day in range(1, length + 1):
            cells = [prices.get((name, date(year, month, day)), "-") for name, *_ in COMMODITIES]
            sheet.append([f"{MONTHS[month - 1]} {year}" if day == 1 else "", day, *cells])
        sheet.merge_cells(start_row=row, end_row=row + length - 1, start_column=1, end_column=1)
        row += length
    return _saved(book)


def quarters(year: int) -> bytes:
    """Four sheets, each with its title, whose names are no market; days as texts."""
    book, prices = Workbook(), market_prices(year)
    for number, name in enumerate(("I", "II", "III", "IV")):
        sheet = book.create_sheet(f"Triwulan {name}")
        days = [day for day in days_of(year) if (day.month - 1) // 3 == number]
        sheet.append([f"PASAR : {MARKET.upper()}"])
        sheet.append([MARK])
        sheet.append(["Komoditas", "Sat.", *(f"{day:%d/%m/%y}" for day in days)])
        for commodity, unit, *_ in COMMODITIES:
            sheet.append([commodity, unit, *(prices.get((commodity, day)) for day in days)])
    book.remove(book.worksheets[0])
    return _saved(book)


def _text_rows(
    year: int, day_text: Callable[[date], str], price_text: Callable[[int], str], missing: str = "-"
) -> list[list[str]]:
    days, prices = days_of(year), market_prices(year)
    rows = [[f"Pasar : {MARKET}"], [MARK], ["No", "Komoditas", "Satuan", *(day_text(day) for day in days)]]
    for number, (name, unit, *_) in enumerate(COMMODITIES, start=1):
        found = (prices.get((name, day)) for day in days)
        rows.append([str(number), name, unit, *(price_text(price) if price else missing for price in found)])
    return rows


def semicolons(year: int) -> bytes:
    """CSV of an Indonesian Excel: semicolons, days in words, points for thousands."""
    return _csv(_text_rows(year, format_date, format_number), ";").encode("utf-8-sig")


def tabs(year: int) -> bytes:
    """Text of Excel in UTF-16: tabs, ``02/01/2023``, ``Rp 12.500,00``."""
    return _csv(_text_rows(year, _day_month_year, lambda p: f"Rp {format_number(p, 2)}"), "\t").encode(
        "utf-16"
    )


def commas(year: int) -> bytes:
    """CSV of an English Excel: commas between cells and inside quoted prices, ``2-Jan-23``."""
    return _csv(_text_rows(year, _short_day, lambda price: f"{price:,}", missing=""), ",").encode("cp1252")


def strokes(year: int) -> bytes:
    """CSV with strokes, turned: days down as ISO writes them, ``12500,-``."""
    rows = _text_rows(year, date.isoformat, lambda price: f"{price},-", missing="0")
    width = max(len(row) for row in rows)
    table = [row + [""] * (width - len(row)) for row in rows[2:]]
    turned = [list(row) for row in zip(*table, strict=True)][1:]
    turned[0][0], turned[1][0] = "Tanggal", ""
    return _csv([*rows[:2], *turned], "|").encode()


def page(year: int) -> bytes:
    """HTML under the name of a workbook, months over days."""
    prices = market_prices(year)
    months = "".join(f"<th colspan={monthrange(year, m)[1]}>{MONTHS[m - 1]} {year}" for m in range(1, 13))
    lines = [f"<html><body><h3>Pasar : {MARKET}</h3><p>{MARK}</p><table border=1>"]
    lines.append(f"<tr><th rowspan=2>Komoditas<th rowspan=2>Satuan{months}")
    lines.append("<tr>" + "".join(f"<th>{day.day:02}" for day in days_of(year)))
    for name, unit, *_ in COMMODITIES:
        cells = (prices.get((name, day)) for day in days_of(year))
        lines.append(
            f"<tr><td>{html.escape(name)}<td>{unit}"
            + "".join(f"<td>{format_number(price) if price else '&nbsp;'}" for price in cells)
        )
    return "\n".join([*lines, "</table></body></html>"]).encode()


def open_document_sheet(year: int) -> bytes:
    """ODS: days down, names across."""
    prices = market_prices(year)
    rows: list[list[Any]] = [[MARK], ["Tanggal", *(f"{name} ({unit})" for name, unit, *_ in COMMODITIES)]]
    rows += [[day, *(prices.get((name, day)) for name, *_ in COMMODITIES)] for day in days_of(year)]
    return open_document({MARKET: rows})


LAYOUTS: dict[str, Callable[[int], bytes]] = {
    "tanggal-ke-kanan.xlsx": days_across,
    "bulan-di-atas-hari.xlsx": months_over_days,
    "lembar-tiap-bulan.xlsx": a_sheet_a_month,
    "bulan-bertumpuk.xlsx": months_below_each_other,
    "tanggal-ke-bawah.xlsx": days_down,
    "hari-ke-bawah.xlsx": numbers_down,
    "triwulan.xlsx": quarters,
    "titik-koma.csv": semicolons,
    "tab.txt": tabs,
    "koma.csv": commas,
    "garis.csv": strokes,
    "halaman.xls": page,
    "terbuka.ods": open_document_sheet,
}
"""Makers of the whole layouts by the name of their file."""


# --- broken ones --------------------------------------------------------------------------------


def _small(heads: list[object], rows: list[list[object]], sheet_name: str = MARKET) -> bytes:
    book, sheet = _book(sheet_name)
    sheet.append([MARK])
    sheet.append(heads)
    for row in rows:
        sheet.append(row)
    return _saved(book)


def broken_sheets(year: int) -> dict[str, bytes]:
    """Sheets with a mistake each, by name of file."""
    first, second = date(year, 1, 2), date(year, 1, 3)
    whole = months_over_days(year)
    return {
        "minggu.xlsx": _small(
            ["Komoditas", "Minggu ke-1", "Minggu ke-2"], [["Gula Pasir (kg)", 14000, 14100]]
        ),
        "tanpa-pasar.xlsx": _small(["Komoditas", first], [["Gula Pasir (kg)", 14000]], "Sheet1"),
        "bulan-dulu.csv": (
            f"Pasar : {MARKET}\n{MARK}\nKomoditas;01/12/{year};01/13/{year}\nGula (kg);14000;14100\n"
        ).encode(),
        "tanggal-ganda.xlsx": _small(
            ["Komoditas", first, first, second], [["Gula Pasir (kg)", 14000, 14100, 14200]]
        ),
        "tanda-campur.csv": (
            f"Pasar : {MARKET}\n{MARK}\nKomoditas;02/01/{year};03/01/{year};04/01/{year}\n"
            "Gula (kg);12,500;12.500;13000\n"
        ).encode(),
        "kata.xlsx": _small(["Komoditas", first, second], [["Gula Pasir (kg)", "kosong", 14100]]),
        "rumus.xlsx": _small(["Komoditas", first, second], [["Gula Pasir (kg)", "=B4*2", 14100]]),
        "sandi.xlsx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + bytes(500)
        + "EncryptedPackage".encode("utf-16-le"),
        "terpotong.xlsx": whole[: len(whole) // 2],
    }


# --- files --------------------------------------------------------------------------------------


def make_office_sheet(path: Path, year: int) -> None:
    """Write the demo's workbook: a year of the illustrative market, as an office would keep it."""
    path.write_bytes(months_over_days(year))


def _book(sheet_name: str) -> tuple[Workbook, Worksheet]:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_name
    return book, sheet


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return _without_times(file.getvalue())


def _without_times(content: bytes) -> bytes:
    """The same workbook whatever the clock says, so that its bytes are known again."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            if name != "docProps/core.xml":
                new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
            else:
                new.writestr(zipfile.ZipInfo(name), _CORE, zipfile.ZIP_DEFLATED)
    return file.getvalue()


_CORE = (
    '<?xml version="1.0"?><cp:coreProperties '
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>'
)


def _csv(rows: Iterable[Iterable[str]], delimiter: str) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue()


def _day_month_year(day: date) -> str:
    return f"{day:%d/%m/%Y}"


def _short_day(day: date) -> str:
    return f"{day.day}-{MONTHS[day.month - 1][:3]}-{day:%y}"
