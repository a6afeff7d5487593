"""Whole exports in many layouts; every one holds the 13 programs and 19 kegiatan of table 3.8."""

from __future__ import annotations

import csv
import html
import io
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.worksheet.worksheet import Worksheet

from core.numbers import format_number
from standins.budget.figures import DETAILS, OFFICE, UNIT, Entry, detailed, entries, spent_until, totals
from standins.sheets.old_excel import old_workbook
from standins.sheets.open_document import open_document

TITLES = (
    "PEMERINTAH KABUPATEN SUMENEP",
    "LAPORAN REALISASI ANGGARAN BELANJA",
    OFFICE.upper(),
    "TAHUN ANGGARAN 2023",
    "s.d. Bulan Desember 2023",
)
BIDANG = {
    "2.17": "URUSAN PEMERINTAHAN BIDANG KOPERASI, USAHA KECIL, DAN MENENGAH",
    "3.30": "URUSAN PEMERINTAHAN BIDANG PERDAGANGAN",
    "3.31": "URUSAN PEMERINTAHAN BIDANG PERINDUSTRIAN",
}
SIGNATURE = (
    (),
    ("", "Mengetahui,", "", "", "Sumenep, 5 Januari 2024"),
    ("", "KEPALA DINAS", "", "", "BENDAHARA PENGELUARAN"),
    (),
    ("", "CHAINUR BASYID, SE, M.Si", "", "", "...................."),
    ("", "NIP. 19691113 199503 1 003", "", "", "NIP. ...................."),
)
Rows = Iterable[Sequence[Any]]


def sipd_accounts() -> bytes:
    """As SIPD gives it: urusan, bidang, office, long codes down to the account, numbers as numbers."""
    rows: list[Sequence[Any]] = [*_titles(TITLES), (DETAILS,), ()]
    rows.append(("Kode Rekening", "Uraian", "Anggaran", "Realisasi s.d. Bulan Ini", "%", "Sisa Anggaran"))
    rows.append((1, 2, 3, 4, "5=4/3", "6=3-4"))
    seen: set[str] = set()
    for entry in detailed(accounts=True):
        bidang = entry.code[:4]
        if bidang not in seen and entry.level == "program":
            seen.add(bidang)
            if bidang[0] not in seen:
                seen.add(bidang[0])
                rows.append((bidang[0], "URUSAN PEMERINTAHAN", *_sums(bidang[0])))
            rows.append((bidang, BIDANG[bidang], *_sums(bidang)))
        code = f"{entry.code}.{entry.account}" if entry.account else entry.code
        rows.append((code, _capitals(entry), *_numbers(entry)))
    rows.append(("", "JUMLAH", *_of(totals()[1], totals()[2])))
    return _book({"LRA": [*rows, *SIGNATURE]}, merge=range(1, 6))


def old_codes_as_text() -> bytes:
    """Codes of 2021 with two digits for sub kegiatan, and amounts as text with sen."""
    rows: list[Sequence[Any]] = [*_titles(TITLES), (DETAILS,)]
    rows.append(("No", "Kode", "Program/Kegiatan/Sub Kegiatan", "Pagu", "Realisasi", "%", "Sisa"))
    for number, entry in enumerate(detailed(), start=1):
        code = entry.code if entry.level != "sub_kegiatan" else f"{entry.code[:-4]}{entry.code[-2:]}"
        spent, left = entry.spent, entry.revised - entry.spent
        amounts = (_text(entry.revised), _text(spent), _percent(entry), _text(left))
        rows.append((number, code, _capitals(entry), *amounts))
    return _book({"Realisasi": rows})


def code_in_parts() -> bytes:
    """One column for each part of the code, as numbers; first and revised budget side by side."""
    rows: list[Sequence[Any]] = [*_titles(TITLES)]
    rows.append(("Kode", *[None] * 4, "Uraian", "Anggaran", None, "Realisasi", "Capaian (%)"))
    rows.append(
        ("Urusan", "Bidang", "Program", "", "Kegiatan", None, "Murni", "Setelah Perubahan", None, None)
    )
    for entry in entries():
        parts: list[int | None] = [int(part) for part in entry.code.split(".")]
        parts += [None] * (5 - len(parts))
        rows.append(
            (*parts, entry.name, entry.initial, entry.revised, entry.spent, entry.spent / entry.revised)
        )
    return _book({"Sheet1": rows}, spans=("A6:E6", "G6:H6", "F6:F7", "I6:I7", "J6:J7"))


def names_indented_by_spaces() -> bytes:
    """No codes; the level is told by spaces before the name."""
    rows: list[Sequence[Any]] = [*_titles(TITLES), ("Uraian", "Anggaran (Rp)", "Realisasi (Rp)", "%")]
    for entry in entries():
        indent = "" if entry.level == "program" else "      "
        rows.append((indent + entry.name, entry.revised, entry.spent, _percent(entry)))
    rows.append(("Jumlah", totals()[1], totals()[2], ""))
    return _book({"Rekap": rows})


def names_indented_by_format() -> bytes:
    """No codes; only Excel's indent and bold type show the level."""
    book = Workbook()
    sheet = _sheet(book, "Rekap")
    for row in (
        *_titles(TITLES),
        ("Nama Program / Kegiatan", "Pagu Anggaran", "Realisasi Keuangan", "% Keu"),
    ):
        sheet.append(tuple(row))
    for entry in entries():
        program = entry.level == "program"
        sheet.append((entry.name.capitalize(), entry.revised, entry.spent, entry.spent / entry.revised))
        cell = sheet.cell(row=sheet.max_row, column=1)
        cell.alignment, cell.font = Alignment(indent=0 if program else 2), Font(bold=program)
        sheet.cell(row=sheet.max_row, column=4).number_format = "0.00%"
    return _saved(book)


def change_of_budget() -> bytes:
    """Before and after revision with the difference in brackets; text amounts with Rp."""
    rows: list[Sequence[Any]] = [*_titles((*TITLES[:2], "DPPA SKPD", *TITLES[2:]))]
    rows.append(
        ("Kode Rekening", "Uraian", "Jumlah Anggaran (Rp)", None, "Bertambah/(Berkurang)", "Realisasi")
    )
    rows.append((None, None, "Sebelum Perubahan", "Setelah Perubahan", None, "s/d 31 Desember 2023"))
    for entry in entries():
        change = entry.revised - entry.initial
        written = f"({format_number(-change)})" if change < 0 else format_number(change) if change else "-"
        rows.append(
            (
                entry.code,
                _capitals(entry),
                _rupiah(entry.initial),
                _rupiah(entry.revised),
                written,
                _rupiah(entry.spent),
            )
        )
    return _book({"DPPA": rows}, spans=("C7:D7",))


def months_of_realisasi() -> bytes:
    """Realisasi up to last month, in this month and up to this month, under merged headings."""
    rows: list[Sequence[Any]] = [*_titles(TITLES[:4]), ("BULAN : DESEMBER",), ()]
    rows.append(("KODE REKENING", "URAIAN", "ANGGARAN", "REALISASI", None, None, "%", "SISA ANGGARAN"))
    rows.append((None, None, None, "S.D. BULAN LALU", "BULAN INI", "S.D. BULAN INI", None, None))
    rows.append((1, 2, 3, 4, 5, "6=4+5", "7=6/3", "8=3-6"))
    for entry in entries():
        before = _before(entry)
        share, left = round(100 * entry.spent / entry.revised, 2), entry.revised - entry.spent
        rows.append(
            (
                entry.code,
                _capitals(entry),
                entry.revised,
                before,
                entry.spent - before,
                entry.spent,
                share,
                left,
            )
        )
    return _book({"SPJ": rows}, spans=("A7:A8", "B7:B8", "C7:C8", "D7:F7", "G7:G8", "H7:H8"))


def several_offices() -> bytes:
    """A list of offices; the figures of both neighbours are invented and say so in their names."""
    rows: list[Sequence[Any]] = [("REALISASI BELANJA PER SKPD",), ("per 31 Desember 2023",), ()]
    rows.append(("Kode", "Uraian", "Anggaran", "Realisasi", "%"))
    rows += _neighbour("1.01.0.00.0.00.01.0000", "DINAS CONTOH A (ILUSTRASI)", "1.01")
    rows.append((UNIT, OFFICE.upper(), totals()[1], totals()[2], 84.93))
    rows += [(e.code, e.name, e.revised, e.spent, round(100 * e.spent / e.revised, 2)) for e in entries()]
    rows += _neighbour("1.02.0.00.0.00.01.0000", "DINAS CONTOH B (ILUSTRASI)", "1.02")
    return _book({"SKPD": rows})


def office_in_a_column() -> bytes:
    """A flat list: office, program and kegiatan stand on every row; programs have no row of their own."""
    rows: list[Sequence[Any]] = [
        ("SKPD", "Kode Program", "Nama Program", "Kode Kegiatan", "Nama Kegiatan", "Pagu", "Realisasi")
    ]
    program = entries()[0]
    for entry in entries():
        if entry.level == "program":
            program = entry
            continue
        own = (program.code, program.name, entry.code, entry.name, entry.revised, entry.spent)
        rows.append(("Dinas Koperasi UKM Perindustrian dan Perdagangan", *own))
        rows.append(("Dinas Contoh A (ilustrasi)", "1.01.02", "PROGRAM CONTOH", f"1.01.02.2.{len(rows):02d}",
                     f"Kegiatan Contoh {len(rows)}", 1_000, 500))  # fmt: skip
    return _book({"2023": rows})


def months_on_sheets() -> bytes:
    """A cover, then a sheet for each of three months; November's realisasi is invented and says so."""
    heading = ("Kode", "Uraian", "Anggaran", "Realisasi s.d. Bulan Ini")
    sheets: dict[str, Rows] = {"Sampul": [("REALISASI ANGGARAN 2023",), (OFFICE,)]}
    for name, month in (("Oktober", 10), ("November", 11), ("Desember", 12)):
        mark = [] if month == 12 else [("Ilustrasi: realisasi bulan ini dibuat untuk contoh.",)]
        rows = [(e.code, e.name, e.revised, spent_until(e, month)) for e in entries()]
        sheets[name] = [("Tahun Anggaran 2023",), *mark, heading, *_adding_up(rows)]
    return _book(sheets)


def printed_pages() -> bytes:
    """Header, subtotals and page carry-over again on every printed page, names of kegiatan in two rows."""
    heading = ("No.", "Program/Kegiatan", "Anggaran", "Realisasi", "%")
    rows: list[Sequence[Any]] = [*_titles(TITLES), heading]
    for place, entry in enumerate(entries()):
        if place and place % 10 == 0:
            rows += [(None, "Jumlah dipindahkan", 1_000_000, 900_000, None), ("Halaman 2",), heading]
        number = entry.key if entry.level == "program" else None
        start, rest = _broken(entry.name)
        rows.append((number, start, entry.revised, entry.spent, _percent(entry)))
        if rest:
            rows.append((None, rest))
    rows.append((None, "TOTAL", totals()[1], totals()[2], _percent_of(totals()[1], totals()[2])))
    return _book({"Tabel 3.8": [*rows, *SIGNATURE]})


def columns_of_names() -> bytes:
    """A column for each level; names with the slips of the print."""
    rows: list[Sequence[Any]] = [
        *_titles(TITLES),
        ("Program", "Kegiatan", "Pagu", "Realisasi Belanja", "Ket."),
    ]
    for entry in entries():
        name = _misspelt(entry.name)
        names = (name, None) if entry.level == "program" else (None, name)
        rows.append((*names, entry.revised, entry.spent, ""))
    return _book({"Evaluasi": rows})


def semicolons_of_windows() -> bytes:
    """CSV as Indonesian Excel saves it: semicolons, ANSI, Rp and dashes."""
    rows = [*_titles(TITLES), ("Kode Rekening", "Uraian", "Anggaran", "Realisasi", "Sisa")]
    rows += [
        (e.code, _capitals(e), _rupiah(e.revised), _rupiah(e.spent), _dash(e.revised - e.spent))
        for e in entries()
    ]
    return _csv(rows, ";").encode("cp1252")


def commas_in_english() -> bytes:
    """CSV of a program in English: commas between thousands, quoted."""
    rows: list[Sequence[Any]] = [("kode_program_kegiatan", "nama", "pagu", "realisasi sd bulan ini")]
    rows += [(e.code, e.name, f"{e.revised:,}.00", f"{e.spent:,}.00") for e in entries()]
    return _csv(rows, ",").encode()


def tabs_of_unicode() -> bytes:
    """Excel's "Unicode text": tabs and UTF-16; code and name in one cell."""
    rows: list[Sequence[Any]] = [("Realisasi Anggaran s.d. Desember 2023",)]
    rows.append(("Program / Kegiatan", "Anggaran", "Realisasi"))
    rows += [
        (f"{e.code.replace('2.17.01', 'X.XX.01')} {e.name}", format_number(e.revised), format_number(e.spent))
        for e in entries()
    ]
    return _csv(rows, "\t").encode("utf-16")


def libre_office() -> bytes:
    """ODS with accounts in a column of their own."""
    rows: list[list[Any]] = [[title] for title in (*TITLES, DETAILS)]
    rows.append(["Kode Kegiatan", "Kode Rekening", "Uraian", "Anggaran", "Realisasi"])
    rows += [
        [None if e.account else e.code, e.account or None, _capitals(e), e.revised, e.spent]
        for e in detailed(accounts=True)
    ]
    return open_document({"Realisasi": rows})


def old_excel() -> bytes:
    """XLS of the nineties, as some systems still write it."""
    rows: list[list[str | float]] = [[title] for title in TITLES]
    rows.append(["Kode", "Uraian", "Anggaran", "Realisasi"])
    rows += [[e.code, _capitals(e), float(e.revised), float(e.spent)] for e in entries()]
    return old_workbook("Sheet1", rows, (0, 0, 0, 3))


def web_page() -> bytes:
    """A web page that is named .xls, as SIMDA and others give it."""
    head = "".join(f"<th>{text}</th>" for text in ("Kode Rekening", "Uraian", "Anggaran", "Realisasi", "%"))
    body = "".join(
        f"<tr><td>{e.code}</td><td>{html.escape(_capitals(e))}</td><td>{_text(e.revised)}</td>"
        f"<td>{_text(e.spent)}</td><td>{_percent(e)}</td></tr>"
        for e in entries()
    )
    titles = "".join(f"<h3>{title}</h3>" for title in TITLES)
    return f"<html><body>{titles}<table><tr>{head}</tr>{body}</table></body></html>".encode()


LAYOUTS: dict[str, Callable[[], bytes]] = {
    "sipd-rekening.xlsx": sipd_accounts,
    "kode-lama-teks.xlsx": old_codes_as_text,
    "kode-terpisah.xlsx": code_in_parts,
    "spasi.xlsx": names_indented_by_spaces,
    "indentasi-excel.xlsx": names_indented_by_format,
    "murni-perubahan.xlsx": change_of_budget,
    "bulan-lalu-bulan-ini.xlsx": months_of_realisasi,
    "banyak-skpd.xlsx": several_offices,
    "kolom-skpd-2023-12.xlsx": office_in_a_column,
    "lembar-bulanan.xlsx": months_on_sheets,
    "halaman-cetak.xlsx": printed_pages,
    "kolom-nama.xlsx": columns_of_names,
    "titik-koma.csv": semicolons_of_windows,
    "inggris-des-2023.csv": commas_in_english,
    "tab-unicode.txt": tabs_of_unicode,
    "libreoffice.ods": libre_office,
    "excel-lama.xls": old_excel,
    "halaman-web.xls": web_page,
}
"""By the name of the file, which in two of them alone says the month."""


# --- parts of layouts ---------------------------------------------------------------------------


def _titles(titles: Sequence[str]) -> list[Sequence[Any]]:
    return [(title,) for title in titles]


def _capitals(entry: Entry) -> str:
    return entry.name.upper() if entry.level == "program" else entry.name


def _text(amount: int) -> str:
    return f"{format_number(amount)},00"


def _rupiah(amount: int) -> str:
    return f"Rp {format_number(amount)}"


def _dash(amount: int) -> str:
    return format_number(amount) if amount else "-"


def _percent(entry: Entry) -> str:
    return _percent_of(entry.revised, entry.spent)


def _percent_of(budget: int, spent: int) -> str:
    return f"{(spent * 10_000 + budget // 2) // budget / 100:.2f}".replace(".", ",")


def _numbers(entry: Entry) -> tuple[Any, ...]:
    return _of(entry.revised, entry.spent)


def _of(budget: int, spent: int) -> tuple[Any, ...]:
    return budget, spent, round(100 * spent / budget, 2) if budget else 0, budget - spent


def _sums(prefix: str) -> tuple[Any, ...]:
    own = [e for e in entries() if e.level == "program" and e.code.startswith(prefix)]
    return _of(sum(e.revised for e in own), sum(e.spent for e in own))


def _before(entry: Entry) -> int:
    """Realisasi up to November: of a kegiatan by rule, of a program the sum of its kegiatan."""
    own = [e for e in entries() if e.key.startswith(f"{entry.key}.")] or [entry]
    return sum(e.spent * 9 // 10 for e in own)


def _adding_up(rows: list[tuple[str, str, int, int]]) -> list[tuple[str, str, int, int]]:
    """Rows whose programs are the sums of their kegiatan."""
    summed = []
    for code, name, budget, spent in rows:
        below = [row[3] for row in rows if row[0].startswith(f"{code}.")]
        summed.append((code, name, budget, sum(below) if below else spent))
    return summed


def _neighbour(unit: str, name: str, bidang: str) -> list[Sequence[Any]]:
    program = (f"{bidang}.01", "PROGRAM PENUNJANG URUSAN PEMERINTAHAN DAERAH KABUPATEN/KOTA")
    kegiatan = (f"{bidang}.01.2.02", "Administrasi Keuangan Perangkat Daerah")
    return [(unit, name, 8_000, 2_000, 25), (*program, 8_000, 2_000, 25), (*kegiatan, 8_000, 2_000, 25)]


def _broken(name: str) -> tuple[str, str]:
    """A long name as two lines of a printed page."""
    if len(name) < 90:
        return name, ""
    cut = name.rindex(" ", 0, 80)
    return name[:cut], name[cut + 1 :]


def _misspelt(name: str) -> str:
    slips = {
        "Pemeriksaan dan Pengawasan": "Pemeriksaan Dan Penagwasan",
        "Pendidikan dan Pelatihan SDM": "Pendidikan dan Pelarihan SDM",
    }
    for right, wrong in slips.items():
        name = name.replace(right, wrong)
    return name


def _csv(rows: Rows, delimiter: str) -> str:
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    return file.getvalue()


def _sheet(book: Workbook, name: str) -> Worksheet:
    sheet = book.active if book.active is not None and not book.active.max_row > 1 else None
    made = sheet if isinstance(sheet, Worksheet) and sheet.title == "Sheet" else book.create_sheet()
    made.title = name
    return made


def _book(sheets: dict[str, Rows], *, spans: Sequence[str] = (), merge: Iterable[int] = ()) -> bytes:
    """A workbook; ``spans`` are merged on its last sheet, and so are titles across it in rows ``merge``."""
    book = Workbook()
    for name, rows in sheets.items():
        sheet = _sheet(book, name)
        for row in rows:
            sheet.append(tuple(row))
    for span in spans:
        sheet.merge_cells(span)
    for number in merge:
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=6)
    return _saved(book)


def _saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
