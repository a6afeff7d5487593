"""Quarters and cumulative targets in an office's files: what is read, and what contradicts itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from core.errors import AgencyDataError
from office.loading import load_agency
from office.schema import Agency
from tests.given.quarterly import YEAR, quarterly_office

FOUR = (
    "wirausaha-baru,1,2.000,2.100,Bidang,",
    "wirausaha-baru,2,2.000,1.900,Bidang,",
    "wirausaha-baru,3,2.500,2.433,Bidang,",
    "wirausaha-baru,4,2.500,2.700,Bidang,",
)
Load = Callable[..., Agency]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    def made(added: str = "quarters: sum", rows: Sequence[str] = FOUR, **given: Any) -> Agency:
        indicator = given.pop("indicator", "wirausaha-baru")
        return load_agency(quarterly_office(tmp_path, {indicator: added}, rows, **given), YEAR)

    return made


def told(load: Load, *args: Any, **given: Any) -> str:
    with pytest.raises(AgencyDataError) as caught:
        load(*args, **given)
    return str(caught.value)


def test_quarters_carry_their_indicators_unit_and_stand_in_order(load: Load) -> None:
    agency = load(rows=FOUR[::-1])
    assert [(row.quarter, str(row.target), str(row.realisasi)) for row in agency.quarters][:2] == [
        (1, "2.000 Orang", "2.100 Orang"),
        (2, "2.000 Orang", "1.900 Orang"),
    ]


def test_a_realisasi_of_the_year_that_is_the_quarters_own_is_fine(load: Load) -> None:
    assert load(keep=["wirausaha-baru"]).quarters


def test_a_realisasi_of_the_year_beside_other_quarters_is_asked_with_both_places(load: Load) -> None:
    message = told(load, "quarters: last", FOUR, keep=["wirausaha-baru"])
    assert "2016/realisasi.csv baris 23: realisasi 'wirausaha-baru' tahun 2016 9.133 Orang" in message
    assert "padahal menurut triwulannya 2.700 Orang (2016/triwulan.csv baris 5)" in message


def test_a_realisasi_of_the_year_beside_quarters_that_lack_is_asked(load: Load) -> None:
    message = told(load, rows=FOUR[:2], keep=["wirausaha-baru"])
    assert "padahal realisasi Triwulan III dan IV belum ada (2016/triwulan.csv baris 3)" in message


def test_targets_of_four_quarters_add_up_to_that_of_the_year(load: Load) -> None:
    message = told(load, rows=[*FOUR[:3], "wirausaha-baru,4,2.600,2.700,Bidang,"])
    assert "2016/triwulan.csv baris 5: target keempat triwulan 'wirausaha-baru' berjumlah 9.100" in message
    assert "padahal target setahunnya 9.000 Orang (2016/year.yaml baris" in message


def test_targets_of_three_quarters_say_nothing_of_the_year(load: Load) -> None:
    assert load(rows=["wirausaha-baru,4,7.000,,Bidang,", *FOUR[:2]])


def test_the_last_of_four_targets_is_that_of_the_year(load: Load) -> None:
    message = told(load, "quarters: last", FOUR)
    assert "target Triwulan IV 'wirausaha-baru' 2.500 Orang, padahal target setahunnya 9.000 Orang" in message


def test_a_cumulative_target_is_not_that_of_its_four_quarters(load: Load) -> None:
    assert load("quarters: sum\n  cumulative: true", [*FOUR[:3], "wirausaha-baru,4,100,2.700,Bidang,"])


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("wirausaha-baru,5,1,1,Bidang,", "kolom 'quarter': '5' bukan triwulan; tulis 1, 2, 3 atau 4"),
        ("wirausaha-baru,1,,,Bidang,", "Triwulan I dari 'wirausaha-baru' tanpa target dan realisasi"),
        ("wirausaha,1,1,,Bidang,", "indikator 'wirausaha' tidak ada"),
        ("uttp,1,1,,Bidang,", "tulis quarters: sum, last atau mean di indicators.yaml"),
        ("wirausaha-baru,1,20 unit,,Bidang,", "bersatuan 'unit', seharusnya 'Orang'"),
        ('wirausaha-baru,1,"2,345",,Bidang,', "'2,345' dapat berarti 2.345 (ribuan) atau 2,345 (desimal)"),
        ("wirausaha-baru,1,5-6,,Bidang,", "'5-6' dari 'wirausaha-baru' bukan bilangan"),
        ("wirausaha-baru,1,1,,,", "kolom 'source' wajib ada"),
    ],
)
def test_a_slip_in_a_row_is_told_with_its_line(load: Load, row: str, said: str) -> None:
    message = told(load, rows=[row])
    assert "2016/triwulan.csv baris 2" in message
    assert said in message


def test_a_quarter_that_comes_twice_is_refused(load: Load) -> None:
    assert "'wirausaha-baru triwulan 1' sudah ada di baris 2" in told(load, rows=[FOUR[0], FOUR[0]])


@pytest.mark.parametrize(
    ("indicator", "added", "said"),
    [
        ("inflasi", "quarters: sum", "'< inflasi nasional' dari 'inflasi' bukan bilangan, padahal"),
        ("uttp", "quarters: mean\n  formula: range", "adalah rata-rata triwulan, padahal rumusnya range"),
        ("uttp", "quarters: last\n  measure: {kind: price_fluctuation}", "tidak diisi per triwulan"),
        ("uttp", "quarters: setahun", "pilih salah satu dari 'sum', 'last' atau 'mean'"),
        ("inflasi", "cumulative: true", "bukan bilangan, padahal indikatornya kumulatif"),
        ("uttp", "cumulative: true\n  formula: stated", "kumulatif, padahal rumusnya stated"),
        ("uttp", "cumulative: ya", "harus true atau false"),
        (
            "nilai-produksi-ikm",
            "cumulative: true\n  measure: {kind: pdrb_growth, sector: C}",
            "yang tidak dijumlahkan",
        ),
    ],
)
def test_a_way_that_does_not_fit_the_indicator_is_refused(
    load: Load, indicator: str, added: str, said: str
) -> None:
    message = told(load, added, (), indicator=indicator)
    assert "2016/" in message
    assert said in message


def test_grades_take_the_last_quarter(load: Load) -> None:
    rows = ["kualitas-lkip,1,,BB,Inspektorat,", "kualitas-lkip,2,,A,Inspektorat,"]
    given = {"indicator": "kualitas-lkip", "name": "jabar-inspektorat", "keep": ["kualitas-lkip"]}
    assert load("quarters: last", rows, **given).quarters
