"""Rows and parts of the year by their names."""

from __future__ import annotations

import pytest

from connectors.bps.dynamic.decode import Item
from connectors.bps.statistic.places import choose_characteristic, choose_period, choose_row
from core.errors import NothingFoundError
from core.periods import Period, read_period

REGIONS = ("Kediri", "Kota Kediri", "3529 Kabupaten Sumenep", "JAWA TIMUR")


def items(*labels: str) -> list[Item]:
    return [Item(str(number), label) for number, label in enumerate(labels)]


@pytest.mark.parametrize(
    ("wanted", "label"),
    [
        ("Kabupaten Kediri", "Kediri"),
        ("kediri", "Kediri"),
        ("Kota Kediri", "Kota Kediri"),
        ("Sumenep", "3529 Kabupaten Sumenep"),
        ("Kab. Sumenep", "3529 Kabupaten Sumenep"),
        ("Jawa Timur", "JAWA TIMUR"),
    ],
)
def test_a_regency_is_found_with_and_without_its_kind_and_is_no_city(wanted: str, label: str) -> None:
    assert choose_row(items(*REGIONS), wanted, "TPT").label == label


def test_two_rows_of_one_name_are_refused() -> None:
    with pytest.raises(NothingFoundError, match="ada beberapa: Sumenep, SUMENEP"):
        choose_row(items("Sumenep", "SUMENEP"), "Sumenep", "TPT")


def test_the_only_column_needs_no_name_and_several_do() -> None:
    assert choose_characteristic(items("Tidak ada"), "", "TPT").label == "Tidak ada"
    with pytest.raises(NothingFoundError, match="belum dipilih; yang ada: Laki-laki, Perempuan, Jumlah"):
        choose_characteristic(items("Laki-laki", "Perempuan", "Jumlah"), "", "TPT")


@pytest.mark.parametrize(
    ("label", "wanted"),
    [
        ("Semester 1 (Maret)", "Maret"),
        ("Semester 1 (Maret)", "Semester 1"),
        ("Triwulan 4", "Triwulan IV"),
        ("Tahunan", "tahun"),
        ("Nopember", "November"),
    ],
)
def test_parts_of_the_year_go_by_name(label: str, wanted: str) -> None:
    period: Period = read_period(wanted)
    assert choose_period(items("Lain", label), period, "Inflasi").label == label


def test_a_span_of_months_is_none_of_them() -> None:
    with pytest.raises(NothingFoundError, match="yang ada: Januari-Juni"):
        choose_period(items("Januari-Juni"), read_period("Juni"), "Inflasi")
