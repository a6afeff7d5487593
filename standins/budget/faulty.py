"""Exports with faults, and the words that a person must read of each."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from standins.budget.figures import entries, totals
from standins.budget.layouts import TITLES

Change = Callable[[Worksheet], None]
FIRST = len(TITLES) + 2
"""Row of the first program."""


@dataclass(frozen=True)
class Faulty:
    """A faulty export.

    Attributes:
        expect: Words of its problems or of the error.
        used: Whether the report may use it all the same.
    """

    content: Callable[[], bytes]
    expect: tuple[str, ...]
    used: bool = False


def plain(change: Change | None = None, heading: tuple[str, ...] = ()) -> bytes:
    """A plain export in which something is changed afterwards."""
    book = Workbook()
    sheet = book.active
    if not isinstance(sheet, Worksheet):
        raise TypeError("a new workbook has a sheet")
    sheet.title = "LRA"
    for title in TITLES:
        sheet.append((title,))
    sheet.append(heading or ("Kode Rekening", "Uraian", "Anggaran", "Realisasi s.d. Bulan Ini", "%"))
    for e in entries():
        sheet.append((e.code, e.name, e.revised, e.spent, round(100 * e.spent / e.revised, 2)))
    sheet.append(("", "JUMLAH", *totals()[1:], None))
    if change is not None:
        change(sheet)
    return _saved(book)


def _put(cell: str, value: str | float) -> Change:
    def change(sheet: Worksheet) -> None:
        sheet[cell] = value

    return change


def _row_of(key: str) -> int:
    return FIRST + [e.key for e in entries()].index(key)


def _without_program(sheet: Worksheet) -> None:
    sheet.delete_rows(_row_of("12"), 2)


def _twice(sheet: Worksheet) -> None:
    sheet.insert_rows(_row_of("13"))
    cells: tuple[str | int, ...] = ("3.30.07", "PROGRAM PENGGUNAAN DAN PEMASARAN PRODUK DALAM NEGERI", 1, 1)
    for column, value in enumerate(cells, start=1):
        sheet.cell(row=_row_of("13"), column=column, value=value)


def _totals_of_the_print(sheet: Worksheet) -> None:
    """The totals that BAB IV of the printed report states."""
    sheet.cell(row=sheet.max_row, column=3, value=27_910_420_344)
    sheet.cell(row=sheet.max_row, column=4, value=25_901_226_039)


def _stale_formulas() -> bytes:
    """Formulas that no program computed before saving."""
    book = load_workbook(io.BytesIO(plain()))
    sheet = book.worksheets[0]
    sheet.cell(row=FIRST, column=4, value=f"=SUM(D{FIRST + 1}:D{FIRST + 7})")
    sheet.cell(row=FIRST + 1, column=4, value="=1+1")
    return _saved(book)


def _repacked(change: Callable[[str, bytes], bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(plain())) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(part, old.read(part)))
    return file.getvalue()


def _bomb() -> bytes:
    """A sheet that grows a thousandfold when unpacked."""
    return _repacked(lambda part, data: data + b" " * 40_000_000 if part.endswith("sheet1.xml") else data)


def _entities() -> bytes:
    """A sheet whose XML declares entities out of entities."""
    declared = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    return _repacked(
        lambda part, data: (
            re.sub(rb"^(<\?xml[^>]*\?>)?", declared, data, count=1) if part.endswith("sheet1.xml") else data
        )
    )


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


FAULTY: dict[str, Faulty] = {
    "jumlah-tidak-cocok.xlsx": Faulty(
        lambda: plain(_put(f"D{_row_of('1.2')}", 6_311_467_160)),
        ("9.440.925.382", "9.440.925.383", "selisih -1", "yang dipakai 9.440.925.382"),
        used=True,
    ),
    "total-bab-iv.xlsx": Faulty(
        lambda: plain(_totals_of_the_print),
        ("27.910.420.344", "27.077.526.494", "25.901.226.039", "22.998.136.965", "yang dipakai"),
        used=True,
    ),
    "persentase-salah.xlsx": Faulty(
        lambda: plain(_put(f"E{_row_of('5')}", 86.0)), ("persentase tertulis 86%", "68,00%"), used=True
    ),
    "angka-tidak-terbaca.xlsx": Faulty(
        lambda: plain(_put(f"C{_row_of('9.1')}", "15.281.76x")),
        ("15.281.76x", f"baris {_row_of('9.1')}", "bukan angka"),
    ),
    "program-hilang.xlsx": Faulty(
        lambda: plain(_without_program), ("Program 12", "DALAM NEGERI", "tidak ditemukan")
    ),
    "program-dua-kali.xlsx": Faulty(
        lambda: plain(_twice), ("sudah ada di", "330.974.980", f"baris {_row_of('13')}")
    ),
    "program-baru.xlsx": Faulty(
        lambda: plain(_put(f"B{_row_of('10')}", "PROGRAM PENGELOLAAN SUMBER DAYA ALAM")),
        ("PROGRAM PENGELOLAAN SUMBER DAYA ALAM",),
        used=True,  # the code says which program it is, and the remark tells
    ),
    "ribuan-rupiah.xlsx": Faulty(
        lambda: plain(_put("A4", "TAHUN ANGGARAN 2023 (dalam ribuan rupiah)")),
        ("ribuan rupiah", "rupiah penuh"),
    ),
    "bulan-ini-saja.xlsx": Faulty(
        lambda: plain(heading=("Kode", "Uraian", "Anggaran", "Realisasi Bulan Ini", "%")),
        ("hanya memuat realisasi bulan ini", "kumulatif"),
    ),
    "rumus-kosong.xlsx": Faulty(_stale_formulas, ("rumus tanpa nilai tersimpan",)),
    "tahun-lain.xlsx": Faulty(
        lambda: plain(_put("A5", "s.d. Bulan Desember 2024")), ("bertentangan", "2023", "2024")
    ),
    "bom-zip.xlsx": Faulty(_bomb, ("membengkak",)),
    "entitas.xlsx": Faulty(_entities, ("pernyataan XML",)),
    "terpotong.xlsx": Faulty(lambda: plain()[:3000], ("rusak",)),
    "pindaian.xlsx": Faulty(
        lambda: b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n" + bytes(range(256)) * 8, ("bukan",)
    ),
    "bukan-anggaran.csv": Faulty(lambda: b"Nama;Umur\nAni;30\nBudi;31\n", ("tidak memuat tabel anggaran",)),
}
"""By the name of the file."""
