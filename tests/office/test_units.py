"""An indicator states its unit once; values of another unit, and doubtful ones, are told when loading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from capaian.measure import measure
from core.errors import AgencyDataError
from office.loading import load_agency
from office.schema import Agency
from reports.measuring import find_target

Values = Callable[..., Agency]


@pytest.fixture
def values(office: Path) -> Values:
    """Load the office with another target and realisasi of an indicator that has one of each."""

    def load(target: str, realisasi: str, *, unit: str = "", renstra: str = "", national: str = "") -> Agency:
        indicators = next(office.rglob("indicators.yaml"))
        text = indicators.read_text(encoding="utf-8")
        stated = f"  unit: {unit}\n" if unit else "  unit_label: Persentase Koperasi Aktif\n"
        text = text.replace("  unit_label: Persentase Koperasi Aktif\n", stated)
        if renstra:
            text = text.replace(
                "  programs: [2, 3, 4, 5]", f"  renstra_targets: {renstra}\n  programs: [2]", 1
            )
        indicators.write_text(text, encoding="utf-8")
        year = office / "2023" / "year.yaml"
        text = year.read_text(encoding="utf-8")
        year.write_text(text.replace("koperasi-aktif: 80%", f"koperasi-aktif: {target}"), encoding="utf-8")
        reported = office / "2023" / "realisasi.csv"
        text = reported.read_text(encoding="utf-8")
        reported.write_text(text.replace('"52,08%"', f'"{realisasi}"'), encoding="utf-8")
        if national:
            with (office / "2023" / "national.csv").open("a", encoding="utf-8") as stream:
                stream.write(f'koperasi-aktif,2022,"{national}",Kementerian\n')
        return load_agency(office, 2023)

    return load


def told(values: Values, *args: str, **kwargs: str) -> str:
    with pytest.raises(AgencyDataError) as caught:
        values(*args, **kwargs)
    return str(caught.value)


def measured(agency: Agency) -> str:
    _, target = find_target(agency, "koperasi-aktif")
    [realisasi] = [r.value for r in agency.reported if r.indicator == "koperasi-aktif"]
    return f"{measure(target, realisasi).formula}: {target}, {realisasi}"


@pytest.mark.parametrize(("target", "realisasi"), [("25 Unit", "24"), ("25", "24 unit"), ("25", "24")])
def test_a_unit_stated_once_makes_plain_numbers_comparable(values: Values, target: str, realisasi: str):
    agency = values(target, realisasi, unit="Unit")
    assert measured(agency) == "24 / 25 x 100: 25 Unit, 24 Unit"


def test_the_unit_goes_to_every_value_of_the_indicator(values: Values):
    agency = values("7%", "14,8", unit='"%"', renstra="{2022: 5, 2023: 6.5}", national="9")
    indicator = agency.indicators["koperasi-aktif"]
    assert {year: str(target) for year, target in indicator.renstra_targets.items()} == {
        2022: "5%",
        2023: "6,5%",
    }
    assert [str(n.value) for n in agency.national if n.indicator == "koperasi-aktif"] == ["9%"]
    assert measured(agency) == "14,8 / 7 x 100: 7%, 14,8%"


def test_tables_print_the_unit_where_no_other_words_are_given(values: Values):
    assert values("25", "24", unit="Unit Usaha").indicators["koperasi-aktif"].unit_label == "Unit Usaha"


def test_per_cent_may_be_stated_in_words(values: Values):
    assert measured(values("7%", "14,8", unit="Persen")) == "14,8 / 7 x 100: 7%, 14,8%"


def test_an_indicator_has_a_unit_or_a_label(office: Path):
    path = next(office.rglob("indicators.yaml"))
    path.write_text(
        path.read_text(encoding="utf-8").replace("  unit_label: Persentase Koperasi Aktif\n", ""),
        encoding="utf-8",
    )
    with pytest.raises(AgencyDataError, match=r"indicators\.yaml baris 9: .*unit_label' wajib ada"):
        load_agency(office, 2023)


def test_a_value_of_another_unit_is_refused_with_its_line_and_what_was_expected(values: Values):
    message = told(values, "25", "24 orang", unit="Unit")
    assert "2023/realisasi.csv baris 6" in message
    assert "bersatuan 'orang', seharusnya 'Unit'" in message
    assert "tulis angkanya saja (24)" in message


@pytest.mark.parametrize("realisasi", ["24", "24 orang"])
def test_units_that_differ_are_told_where_none_is_stated(values: Values, realisasi: str):
    message = told(values, "25 Unit", realisasi)
    assert "2023/realisasi.csv baris 6" in message
    assert "'25 Unit'" in message
    assert "sebut sekali sebagai unit" in message


def test_a_figure_that_is_computed_in_per_cent_has_no_other_unit(damage: Callable[..., str]):
    label = "  unit_label: Persentase (%)\n  measure: {kind: pdrb_share, sector: C}"
    message = damage("2023/indicators.yaml", label, label.replace("unit_label: Persentase (%)", "unit: poin"))
    assert "'kontribusi-industri' dihitung dalam %, padahal satuannya 'poin'" in message


@pytest.mark.parametrize(
    ("target", "realisasi", "both"),
    [
        ('"202,955"', "203", "'202,955' dapat berarti 202.955 (ribuan) atau 202,955 (desimal)"),
        ('"9,000"', "9,133", "'9,133' dapat berarti 9.133 (ribuan) atau 9,133 (desimal)"),
        ("3000", "2,345 Unit", "tulis 2345 bila yang dimaksud ribuan, 2,3450 bila desimal"),
        ("711.59", "1.309", "'1.309' dapat berarti 1.309 (ribuan) atau 1,309 (desimal)"),
        ("2.500", "1.25", "'2.500' dapat berarti 2.500 (ribuan) atau 2,500 (desimal)"),
        ("1,500-2,000", "1700", "'1,500' dapat berarti 1.500 (ribuan) atau 1,500 (desimal)"),
    ],
)
def test_three_digits_behind_a_sign_are_asked_where_nothing_shows_what_it_marks(
    values: Values, target: str, realisasi: str, both: str
):
    assert both in told(values, target, realisasi, unit="Unit")


@pytest.mark.parametrize(
    ("target", "realisasi", "said"),
    [
        ('"14,8"', "12,345", "14,8 Unit, 12,35 Unit"),
        ('"14,8"', "1.250", "14,8 Unit, 1.250 Unit"),
        ("202.955", "203.440", "202.955 Unit, 203.440 Unit"),
        ("202955", "203.440", "202.955 Unit, 203.440 Unit"),
        ('"202,9550"', "203,440", "202,96 Unit, 203,44 Unit"),
        ("2", "0,125", "2 Unit, 0,13 Unit"),
    ],
)
def test_a_sign_that_the_other_values_explain_is_not_asked(
    values: Values, target: str, realisasi: str, said: str
):
    assert measured(values(target, realisasi, unit="Unit")).endswith(said)


@pytest.mark.parametrize(
    ("realisasi", "said"),
    [
        ("203,440*", "Tulis 203,440 tanpa bintang"),
        ("8 dari 10", "dapat berarti 8 atau 80%"),
        ("80/100", "dapat berarti 80 atau 80%"),
        ("2/3", "dapat berarti 2 atau 66,67%"),
        ("22,7% atau 75%", "memuat dua angka, 22,7 dan 75"),
        ("(3,14)", "dapat berarti -3,14 (kurung akuntansi) atau 3,14"),
        ("6,831,222", "tulis 6.831.222"),
        ("1,234.5", "tulis 1.234,5"),
        ("0.500", "dapat berarti 0,500 atau 500"),
        ("100% (Hijau)", "bersatuan '% (Hijau)', seharusnya 'Unit'"),
    ],
)
def test_a_form_with_two_meanings_is_asked_with_both(values: Values, realisasi: str, said: str):
    message = told(values, "25", realisasi, unit="Unit")
    assert "2023/realisasi.csv baris 6" in message
    assert said in message


def test_yaml_changes_no_number_that_a_person_wrote(values: Values):
    """YAML itself reads 80:20 as 4820, and 203.440 as 203.44."""
    assert "'80:20' dapat berarti 80 atau 400%" in told(values, "80:20", "24", unit="Unit")


def test_a_digit_within_a_unit_is_no_second_number(values: Values):
    assert measured(values("25 m2", "24 m2")) == "24 / 25 x 100: 25 m2, 24 m2"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("87 orang/bulan,88 orang/bulan", "87 orang/bulan,88", "realisasi dari '1.2.1' '88' tidak bersatuan"),
        ("4 Paket,4 Paket", '4 Paket,"1,500 Paket"', "'1,500' dapat berarti 1.500 (ribuan)"),
    ],
)
def test_the_row_of_a_program_is_looked_at_alike(damage: Callable[..., str], old: str, new: str, said: str):
    assert said in damage("2023/programs.csv", old, new)
