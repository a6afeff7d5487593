"""Which table is meant by some words of its title."""

from __future__ import annotations

import pytest

from connectors.bps.statistic.titles import FoundTable, choose_table
from core.errors import NothingFoundError

TPT = "Tingkat Pengangguran Terbuka"


def chosen(wanted: str, *titles: str) -> str:
    tables = [FoundTable("3529", number, title) for number, title in enumerate(titles, start=1)]
    return choose_table(tables, wanted, region="Kabupaten Sumenep", year=2023).title


@pytest.mark.parametrize(
    "title",
    [
        "Tingkat Pengangguran Terbuka Kabupaten Sumenep, 2018-2023",
        "TINGKAT PENGANGGURAN TERBUKA (TPT) Menurut Jenis Kelamin",
        "Pengangguran Terbuka: Tingkat dan Jumlahnya",
    ],
)
def test_words_are_found_in_any_order_and_spelling(title: str) -> None:
    assert chosen(TPT, "Jumlah Penduduk", title) == title


def test_the_title_that_says_nothing_else_is_meant() -> None:
    plain = f"{TPT} Kabupaten Sumenep Tahun 2015-2023"
    assert chosen(TPT, f"{TPT} Menurut Pendidikan", plain) == plain


def test_of_a_table_for_each_year_that_of_the_year_is_meant() -> None:
    assert chosen(TPT, f"{TPT} 2022", f"{TPT} 2023", f"{TPT} 2024") == f"{TPT} 2023"


def test_two_that_fit_are_both_named() -> None:
    with pytest.raises(NothingFoundError, match=r"1 '.*Pendidikan'; 2 '.*Jenis Kelamin'") as refused:
        chosen(TPT, f"{TPT} Menurut Pendidikan", f"{TPT} Menurut Jenis Kelamin")
    assert "nomor tabelnya" in str(refused.value)


def test_none_that_fits_is_told_with_the_nearest() -> None:
    with pytest.raises(NothingFoundError, match="Yang paling mirip: 2 'Tingkat Partisipasi Angkatan Kerja'"):
        chosen(TPT, "Jumlah Penduduk", "Tingkat Partisipasi Angkatan Kerja")
