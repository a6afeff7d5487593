"""``lkjip export``: what is stored, for people who analyse; opened again here as they would."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from standins.bps import BpsStandin
from standins.budget.months import monthly_files
from tests.commands.given.command_line import Lkjip, expect_sentence

SHEET = """Pasar Contoh Barat;;;
No;Komoditas;Satuan;02/01/2023;03/01/2023
1;Beras Premium;kg;12.506,50;12600
2;=Beras Aneh;kg;9000;9100
"""
TABLES = ["observasi", "harga", "anggaran", "indikator", "angka_dimasukkan", "terbitan"]


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture
def filled(lkjip: Lkjip, bps: BpsStandin, tmp_path: Path, unrendered: None) -> Path:
    """An office with figures of every kind, exported."""
    (tmp_path / "pasar.csv").write_text(SHEET, encoding="utf-8")
    (tmp_path / "anggaran.xlsx").write_bytes(list(monthly_files().values())[-1])
    lkjip("poll", BPS_URL=bps.url)
    lkjip("ingest", "prices", "pasar.csv")
    lkjip("ingest", "budget", "anggaran.xlsx")
    lkjip("refresh")
    assert lkjip("export", "--out", "hasil").code == 0
    return tmp_path / "hasil"


def test_everything_stored_comes_out_with_units_sources_and_marks(filled: Path) -> None:
    assert sorted(path.name for path in filled.iterdir()) == sorted(
        [*(f"{n}.csv" for n in TABLES), "lkjip.xlsx"]
    )
    first = rows(filled, "observasi")[0]
    assert (first["satuan"], first["sumber"], first["ilustrasi"]) == ("Miliar Rupiah", "BPS", "ya")
    prices = {(row["nama_di_sumber"], row["hari"]): row for row in rows(filled, "harga")}
    rice = prices["Beras Premium", "2023-01-02"]
    assert rice["harga_rupiah"] == "12506.5"
    assert (rice["komoditas"], rice["satuan"], rice["sumber"], rice["ilustrasi"]) == (
        "beras-premium", "kg", "lembar harga kantor", "tidak",
    )  # fmt: skip
    assert prices["'=Beras Aneh", "2023-01-03"]["komoditas"] == ""
    programs = [row for row in rows(filled, "anggaran") if row["tingkat"] == "program"]
    assert all(Decimal(row["realisasi"]) <= Decimal(row["anggaran"]) for row in programs)
    assert {row["satuan"] for row in programs} == {"rupiah"}
    assert {row["keadaan"] for row in rows(filled, "indikator")} <= {
        "menunggu", "sementara", "tetap", "dilaporkan",
    }  # fmt: skip
    assert [row["nomor"] for row in rows(filled, "terbitan")] == ["1"]

    book = load_workbook(filled / "lkjip.xlsx")
    assert book.sheetnames == TABLES
    for name in TABLES:
        assert book[name].max_row == len(rows(filled, name)) + 1
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_an_office_without_anything_stored_gets_its_headings(lkjip: Lkjip, tmp_path: Path) -> None:
    assert lkjip("export", "--out", "hasil").code == 0
    assert rows(tmp_path / "hasil", "harga") == []
    assert len(rows(tmp_path / "hasil", "indikator")) == 11


def test_a_folder_that_cannot_be_written_is_said(lkjip: Lkjip, tmp_path: Path) -> None:
    (tmp_path / "hasil").write_text("sebuah berkas", encoding="utf-8")
    expect_sentence(lkjip("export", "--out", "hasil", "--json"), "hasil")
