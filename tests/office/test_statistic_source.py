"""An indicator's entry ``bps``: what it may say, and what is refused when the office is loaded."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pydantic import ValidationError

from core.periods import Part, Period
from office.bps import Statistic, TableAddress, Take, read_address
from office.loading import load_agency
from office.schema import MeasureKind

POVERTY = (
    "https://www.bps.go.id/id/statistics-table/2/NjIxIzI=/persentase-penduduk-miskin--p0--menurut-"
    "kabupaten-kota--persen-.html"
)
GROWTH = "  measure: {kind: pdrb_growth, sector: C}"


def named(office: Path, entry: str) -> Statistic | None:
    (file,) = office.rglob("indicators.yaml")
    file.write_text(file.read_text(encoding="utf-8").replace(GROWTH, f"  bps: {entry}"), encoding="utf-8")
    indicator = load_agency(office, 2023).indicators["pertumbuhan-industri"]
    assert indicator.measure.kind is MeasureKind.BPS_STATISTIC
    return indicator.bps


def test_words_of_a_title_with_row_column_and_part_of_the_year(office: Path) -> None:
    assert named(
        office,
        "{table: Tingkat Pengangguran Terbuka, row: Sumenep, characteristic: Jumlah, period: Agustus, "
        "take: points}",
    ) == Statistic(
        table="Tingkat Pengangguran Terbuka",
        row="Sumenep",
        characteristic="Jumlah",
        period=Period(Part.MONTH, 8),
        take=Take.POINTS,
    )


def test_a_number_or_the_address_of_the_tables_page_is_enough(office: Path) -> None:
    assert Statistic.model_validate({"table": 9601}).var_id == 9601
    statistic = named(office, f'{{table: "{POVERTY}", row: Sumenep, period: Maret}}')
    assert statistic is not None
    assert (statistic.address, statistic.var_id) == (TableAddress("www.bps.go.id", 621), 621)


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("https://example.com/id/statistics-table/2/NjIxIzI=/x.html", "bukan alamat tabel statistik BPS"),
        ("https://bps.go.id.example.com/id/statistics-table/2/NjIxIzI=/x.html", "bukan alamat tabel"),
        ("https://www.bps.go.id/id/publication/2024/04/04/abc/x.html", "bukan alamat tabel statistik BPS"),
        ("https://www.bps.go.id/id/statistics-table/1/NjIxIzE=/x.html", "tabel statis dan SIMDASI"),
        ("https://www.bps.go.id/id/statistics-table/2/bukan-base64!/x.html", "bukan alamat tabel"),
    ],
)
def test_another_address_is_refused_with_the_reason(address: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        read_address(address)


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{row: Sumenep}", "'butir ke-8 > bps > table' wajib ada"),
        ("{table: TPT, period: Caturwulan I}", "'Caturwulan I' bukan satu bagian tahun"),
        ("{table: TPT, take: rata-rata}", "'rata-rata'"),
        ("{table: TPT, baris: Sumenep}", "'butir ke-8 > bps > baris' tidak dikenal"),
        ("{table: TPT, take: share}", "mengambil share dengan of ''"),
        ("{table: TPT, of: Jawa Timur}", "mengambil value dengan of 'Jawa Timur'"),
        ("{table: TPT}\n  measure: {kind: pdrb_growth, sector: C}", "dan juga menyebut tabel BPS"),
        ("{table: https://www.bps.go.id/}", "bukan alamat tabel statistik BPS"),
    ],
)
def test_a_slip_is_named_with_file_and_line(damage: Callable[..., str], entry: str, message: str) -> None:
    told = damage("2023/indicators.yaml", GROWTH, f"  bps: {entry}")
    assert "indicators.yaml" in told
    assert message in told


def test_a_statistic_without_its_table_is_refused(damage: Callable[..., str]) -> None:
    told = damage("2023/indicators.yaml", GROWTH, "  measure: {kind: bps_statistic}")
    assert "tetapi tidak menyebut tabel BPS pada bps" in told


def test_a_period_is_one_part_of_the_year() -> None:
    with pytest.raises(ValidationError, match="bukan satu bagian tahun"):
        Statistic.model_validate({"table": "TPT", "period": "Semester 1 (Maret)"})
