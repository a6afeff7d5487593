"""Parts of a year by the names that tables and people give them."""

from __future__ import annotations

import pytest

from core.periods import YEAR, Part, Period, periods_in, read_period


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("Tahunan", {YEAR}),
        ("Tidak ada", {YEAR}),
        ("Pebruari", {Period(Part.MONTH, 2)}),
        ("Triwulan IV", {Period(Part.QUARTER, 4)}),
        ("TW 2", {Period(Part.QUARTER, 2)}),
        ("Semester II", {Period(Part.HALF, 2)}),
        ("Semester 1 (Maret)", {Period(Part.HALF, 1), Period(Part.MONTH, 3)}),
        ("Semester III", set()),
        ("Januari-Juni", set()),
        ("Triwulan I-III", set()),
        ("Jumlah Penduduk", set()),
    ],
)
def test_a_label_names_parts_of_the_year(label: str, named: set[Period]) -> None:
    assert periods_in(label) == named


@pytest.mark.parametrize("text", ["tahun", "Semester 2", "Triwulan III", "Agustus"])
def test_what_a_person_writes_is_written_back_alike(text: str) -> None:
    assert str(read_period(text)) == text


@pytest.mark.parametrize("text", ["", "dasawarsa", "Semester 1 (Maret)", "Januari s.d. Maret"])
def test_what_is_not_one_part_of_the_year_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="bukan satu bagian tahun"):
        read_period(text)
