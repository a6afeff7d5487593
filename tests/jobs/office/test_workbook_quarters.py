"""Quarters and cumulative targets in the workbook: there and back, from older ones, and slips by cell."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from core.errors import AgencyDataError
from jobs.office.workbook import export_workbook, import_workbook
from office.loading import load_agency
from tests.given.quarterly import YEAR, quarterly_office

INDICATORS = {
    "wirausaha-baru": "quarters: sum",
    "pasar-ditingkatkan": "quarters: last\n  cumulative: true",
}
ROWS = (
    "wirausaha-baru,1,2.000,2.100,Bidang,",
    "wirausaha-baru,2,2.000,,Bidang,",
    "wirausaha-baru,3,2.500,2.433,Bidang,Sementara dari lapangan",
    "wirausaha-baru,4,2.500,,Dinas,",
    "pasar-ditingkatkan,2,,12,Bidang Pasar,",
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return quarterly_office(tmp_path / "asal", INDICATORS, ROWS)


@pytest.fixture
def isian(folder: Path, tmp_path: Path) -> Path:
    return export_workbook(folder, YEAR, tmp_path / "isian.xlsx")


def test_quarters_come_back_as_they_were(folder: Path, isian: Path, tmp_path: Path) -> None:
    agency, original = import_workbook(isian, tmp_path / "kantor").agency, load_agency(folder, YEAR)
    assert agency.quarters == original.quarters
    assert agency.indicators == original.indicators
    again = export_workbook(tmp_path / "kantor" / folder.name, YEAR, tmp_path / "lagi.xlsx")
    sheets = [[[c.value for c in row] for row in load_workbook(f)["Triwulan"]] for f in (isian, again)]
    assert sheets[0] == sheets[1]
    assert sheets[0][2][:4] == ["Peningkatan Jumlah wirausaha baru", "2.000", "2.100", "2.000"]


@pytest.fixture
def older(isian: Path) -> Path:
    """The workbook as it was before there were quarters."""
    book = load_workbook(isian)
    book.remove(book["Triwulan"])
    sheet = book["Tujuan-Sasaran-Indikator"]
    newer = [cell.column for cell in sheet[1] if cell.value in ("Triwulan", "Kumulatif")]
    assert len(newer) == 2
    sheet.delete_cols(newer[0], 2)
    book.save(isian)
    return isian


def test_a_workbook_of_before_is_read_without_them(older: Path, tmp_path: Path) -> None:
    agency = import_workbook(older, tmp_path / "kantor").agency
    assert not agency.quarters
    assert not [i for i in agency.indicators.values() if i.quarters or i.cumulative]
    assert not (tmp_path / "kantor" / "jabar-disperindag" / str(YEAR) / "triwulan.csv").exists()


def test_a_workbook_of_before_takes_no_quarters_away(folder: Path, older: Path) -> None:
    with pytest.raises(AgencyDataError) as caught:
        import_workbook(older, folder.parent)
    said = str(caught.value)
    assert "lembar Triwulan: lembar ini tidak ada, padahal data kantor memuat angka triwulan" in said
    for heading in ("Triwulan", "Kumulatif"):
        assert f"kolom '{heading}' tidak ada, padahal data kantor memakainya" in said
    assert load_agency(folder, YEAR).quarters


@pytest.mark.parametrize(
    ("cell", "value", "said"),
    [
        ("A3", "Jumlah pasar", "lembar Triwulan, sel A3: indikator 'Jumlah pasar' tidak ada"),
        ("A3", "Jumlah UTTP", "tulis Triwulan (jumlah, terakhir atau rata-rata) di lembar Tujuan-Sasaran"),
        (
            "C3",
            "24 Pasar",
            "lembar Triwulan, sel C3: realisasi indikator 'Peningkatan Jumlah wirausaha baru'",
        ),
        ("C3", "80/100", "lembar Triwulan, sel C3: '80/100' dapat berarti"),
        ("B3", "5-6", "lembar Triwulan, sel B3: '5-6' dari 'Peningkatan Jumlah wirausaha baru' bukan"),
        ("C3", "5-6", "lembar Triwulan, sel C3: '5-6' dari 'Peningkatan Jumlah wirausaha baru' bukan"),
        ("B4", 2000, "lembar Triwulan, sel B4: triwulan ini sudah diisi di lembar Triwulan, sel B3"),
        ("H5", 9, "lembar Triwulan, sel H5: target keempat triwulan"),
        ("J3", None, "lembar Triwulan, sel J3: 'Sumber' kosong"),
    ],
)
def test_a_slip_is_told_with_its_cell(isian: Path, tmp_path: Path, cell: str, value: Any, said: str) -> None:
    book = load_workbook(isian)
    book["Triwulan"][cell] = value
    book.save(isian)
    with pytest.raises(AgencyDataError) as caught:
        import_workbook(isian, tmp_path / "kantor")
    assert said in str(caught.value)
    assert ".csv" not in str(caught.value)
    assert ".yaml" not in str(caught.value)
