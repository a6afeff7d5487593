"""A year of monthly exports, and one of a whole regency."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import Workbook

from core.dates import MONTHS
from standins.budget.figures import OFFICE, UNIT, Entry, entries, spent_until, totals

YEAR = 2023
REVISED_IN = 11
"""The agreement was revised on 2 November 2023; until October exports state the first budget."""
_HEADING = ("Kode Rekening", "Uraian", "Realisasi s.d. Bulan Ini", "%", "Sisa Anggaran")


def monthly_files() -> dict[str, bytes]:
    """An export a month by the name of its file.

    December has the real figures; realisasi of January to November is an invented course, and these
    files say so in their first row.
    """
    return {f"realisasi-{YEAR}-{month:02d}.xlsx": _month(month) for month in range(1, 13)}


def _month(month: int) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("LRA")
    if month < 12:
        sheet.append(["Ilustrasi: realisasi bulan ini dibuat untuk contoh, bukan angka kantor."])
    revised = month >= REVISED_IN
    titles = (
        "LAPORAN REALISASI ANGGARAN",
        OFFICE.upper(),
        f"TAHUN ANGGARAN {YEAR}",
        f"s.d. Bulan {MONTHS[month - 1]} {YEAR}",
        "DPPA SKPD" if revised else "DPA SKPD",
    )
    for title in titles:
        sheet.append([title])
    budgets = ["Anggaran Murni", "Anggaran Setelah Perubahan"] if revised else ["Anggaran Murni"]
    sheet.append([*_HEADING[:2], *budgets, *_HEADING[2:]])
    for entry in entries():
        budget = entry.revised if revised else entry.initial
        first = [entry.initial] if revised else []
        sheet.append([entry.code, entry.name, *first, *_amounts(budget, _spent(entry, month, budget))])
    return _saved(book)


def _spent(entry: Entry, month: int, budget: int) -> int:
    """Of a kegiatan by the course, no more than its budget; of a program the sum of its kegiatan."""
    own = [e for e in entries() if e.key.startswith(f"{entry.key}.")]
    if own:
        return sum(_spent(e, month, e.revised if month >= REVISED_IN else e.initial) for e in own)
    return min(spent_until(entry, month), budget)


def _amounts(budget: int, spent: int) -> list[Any]:
    return [budget, spent, round(100 * spent / budget, 2) if budget else 0, budget - spent]


def make_regency(rows: int = 100_000) -> bytes:
    """A whole regency down to the account, about that many rows; the office stands among invented ones."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("LRA")
    for title in ("PEMERINTAH KABUPATEN SUMENEP", f"REALISASI BELANJA s.d. Bulan Desember {YEAR}"):
        sheet.append([title])
    sheet.append([
        "Kode Rekening", "Uraian", "Anggaran Murni", "Anggaran Setelah Perubahan", "Realisasi s.d. Bulan "
        "Lalu",
        "Realisasi Bulan Ini", "Realisasi s.d. Bulan Ini", "%", "Sisa Anggaran", "Keterangan",
    ])  # fmt: skip
    written, number = 0, 0
    while written < rows:
        number += 1
        for row in _example_office(number):
            sheet.append(row)
            written += 1
        if number == 1 or written >= rows:
            continue
        if number == 2:
            sheet.append(_wide(UNIT, OFFICE.upper(), *totals()))
            for e in entries():
                sheet.append(_wide(e.code, e.name, e.initial, e.revised, e.spent))
            written += len(entries()) + 1
    return _saved(book)


def _example_office(number: int) -> list[list[Any]]:
    """Ten programs of four kegiatan of five sub kegiatan of five accounts; each account 200.000."""
    bidang = f"1.{number % 6 + 1:02d}"
    name = f"DINAS CONTOH {number:02d}"
    rows = [_wide(f"{bidang}.0.00.0.00.{number % 99 + 1:02d}.0000", name, *_example(1000))]
    for p in range(1, 11):
        rows.append(_wide(f"{bidang}.{p:02d}", f"PROGRAM CONTOH {p}", *_example(100)))
        for k in range(1, 5):
            kegiatan = f"{bidang}.{p:02d}.2.{k:02d}"
            rows.append(_wide(kegiatan, f"Kegiatan contoh {k} dari program {p} {name}", *_example(25)))
            for s in range(1, 6):
                sub = f"{kegiatan}.{s:04d}"
                rows.append(_wide(sub, f"Sub kegiatan contoh {s} dari kegiatan {k}", *_example(5)))
                rows += [
                    _wide(f"{sub}.5.1.02.01.01.{a:04d}", f"Belanja contoh {a}", *_example(1))
                    for a in range(1, 6)
                ]
    return rows


def _example(accounts: int) -> tuple[int, int, int]:
    return 200_000 * accounts, 200_000 * accounts, 100_000 * accounts


def _wide(code: str, name: str, initial: int, revised: int, spent: int) -> list[Any]:
    before = spent // 2
    share = round(100 * spent / revised, 2) if revised else 0
    return [code, name, initial, revised, before, spent - before, spent, share, revised - spent, ""]


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
