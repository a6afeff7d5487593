"""What is wrong in a workbook is told by sheet and cell, in the words of people who see sheets."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from core.errors import AgencyDataError
from jobs.office.workbook import import_workbook
from tests.jobs.office.conftest import Slip

pytestmark = pytest.mark.slow


@pytest.mark.halved
@pytest.mark.parametrize(
    ("sheet", "cell", "value", "said"),
    [
        ("Target", "A9", "Jumlah pasar", "lembar Target, sel A9: indikator 'Jumlah pasar' tidak ada"),
        ("Target", "E9", "202,955*", "lembar Target, sel E9: '202,955*' bertanda bintang"),
        (
            "Target",
            "H9",
            "24 Pasar",
            "lembar Target, sel H9: target indikator 'Peningkatan Jumlah unit usaha IKM' menurut 'Renc",
        ),
        ("Realisasi", "C4", None, "lembar Realisasi, sel C4: 'Realisasi' kosong"),
        ("Realisasi", "B4", 1999, "lembar Realisasi, sel A4: tahun 1999 di luar 2013-2016"),
        ("Realisasi", "H4", "kira-kira", "lembar Realisasi, sel H4: berisi 'kira-kira'"),
        ("Realisasi", "C4", "80/100", "lembar Realisasi, sel C4: '80/100' dapat berarti"),
        ("Program", "F3", 1, "lembar Program, sel A3: 'Anggaran PK' program 1 Rp 1, jumlah kegiatannya"),
        ("Program", "F3", "satu", "lembar Program, sel F3: bukan angka: 'satu'"),
        ("Program", "C3", None, "lembar Program, sel C3: 'Nama' kosong"),
        ("Kantor", "B3", None, "lembar Kantor, sel B3: 'Id kantor' kosong"),
        ("Kantor", "B14", "dua ribu", "lembar Kantor, sel B14: berisi 'dua ribu', harus bilangan bulat"),
        ("Tujuan-Sasaran-Indikator", "F3", None, "lembar Tujuan-Sasaran-Indikator, sel F3: 'Satuan' kosong"),
        ("Tujuan-Sasaran-Indikator", "M3", "77", "lembar Tujuan-Sasaran-Indikator, sel M3: program nomor 77"),
        ("Tujuan-Sasaran-Indikator", "I3", "X/Y", "lembar Tujuan-Sasaran-Indikator, sel I3: berisi 'X/Y'"),
        (
            "Tujuan-Sasaran-Indikator",
            "K3",
            "kantor sendiri",
            "sel K3: berisi 'kantor sendiri', padahal Lembaga",
        ),
        ("Realisasi", "B4", 2016, "sel A21: 'unit-usaha-ikm 2016' sudah ada di lembar Realisasi, sel A4"),
        ("Realisasi", "I4", "nasional", "lembar Realisasi, sel D4: tidak dipakai pada angka pembanding"),
        ("Realisasi", "E4", None, "lembar Realisasi, sel E4: 'Sumber' kosong"),
        ("Realisasi", "J4", "Sebab", "lembar Realisasi, sel J4: berisi kata-kata untuk 2015"),
        ("Target", "C3", "2014", "lembar Target, sel C3: 'Tanggal dokumen' hanya untuk kolom dokumen"),
        ("Kantor", "B2", "Dinas", "lembar Kantor, sel A2: isian 'Identitas kantor' tidak dikenal"),
        ("Kantor", "H5", "cek lagi", "lembar Kantor, sel H5: kolom ini tidak dibaca"),
        ("Aturan", "C4", 101, "lembar Aturan, sel"),
    ],
)
def test_a_slip_is_told_with_its_cell(slip: Slip, sheet: str, cell: str, value: object, said: str) -> None:
    message = slip(sheet, cell, value)
    assert said in message
    assert re.search(r"\.yaml|\.csv|\bbaris \d+, kolom", message) is None


def test_a_range_that_excel_made_a_day_is_refused(slip: Slip) -> None:
    message = slip("Target", "E9", date(2016, 6, 5), "d-mmm")
    assert "lembar Target, sel E9: berisi tanggal" in message
    assert "Excel mengubah tulisan seperti 5-6 menjadi tanggal" in message


def test_a_heading_that_was_changed_is_refused(slip: Slip) -> None:
    assert "judul kolom 'Tahun' tidak ada" in slip("Realisasi", "B1", "Thn")


def test_a_column_of_ones_own_is_refused_not_lost(slip: Slip) -> None:
    message = slip("Realisasi", "N5", "pakai angka Kabid")
    assert "lembar Realisasi, sel N1: kolom tanpa judul tidak dikenal, padahal berisi" in message


def test_a_sheet_that_is_gone_is_named(isian: Path, tmp_path: Path) -> None:
    book = load_workbook(isian)
    book.remove(book["Program"])
    book.save(isian)
    with pytest.raises(AgencyDataError, match="lembar Program: lembar ini tidak ada"):
        import_workbook(isian, tmp_path / "kantor")


def test_another_folder_than_that_of_the_workbook_is_asked(isian: Path, tmp_path: Path) -> None:
    with pytest.raises(AgencyDataError, match="lembar Kantor, sel B3: id 'jabar-disperindag' bukan kantor"):
        import_workbook(isian, tmp_path / "kantor", "jabar-dinkes")


def test_a_workbook_whose_documents_hold_no_target_says_where_targets_go(isian: Path, tmp_path: Path) -> None:
    book = load_workbook(isian)
    targets = book["Target"]
    documents = [cell.column for cell in targets[1] if str(cell.value).startswith("Dokumen ")]
    for row in range(7, targets.max_row + 1):
        for column in documents:
            targets.cell(row, column).value = None
    book.save(isian)
    with pytest.raises(AgencyDataError, match=r"lembar Target, sel J1: belum ada target 2016.*Perjanjian"):
        import_workbook(isian, tmp_path / "kantor")
