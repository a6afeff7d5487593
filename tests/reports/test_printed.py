"""A print is read as it is written, and its rows are compared by their names."""

from __future__ import annotations

from decimal import Decimal

import pytest

from reports.audit import same_text
from reports.printed import pair_rows, readings


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("166.4", ["166.4"]),
        ("203.955", ["203955"]),
        ("8,726", ["8.726", "8726"]),
        ("6,831,222", ["6831222"]),
        ("(104.66)", ["-104.66"]),
        ("(1,000)", ["-1", "-1000"]),
        ("0,996", ["0.996"]),
        ("< inflasi nasional", []),
    ],
)
def test_a_printed_number_is_read_in_every_way_it_may_be_meant(printed: str, numbers: list[str]):
    assert readings(printed) == tuple(Decimal(number) for number in numbers)


@pytest.mark.parametrize(
    ("printed", "own"),
    [
        ("202,955", "202.955 Unit usaha"),
        ("203,440*", "203.440 Unit usaha"),
        ("(3.14)", "-3,14%"),
        ("3000", "3.000"),
    ],
)
def test_ways_of_writing_a_number_are_no_difference(printed: str, own: str):
    assert same_text(printed, own)


@pytest.mark.parametrize(
    ("printed", "own"), [("8,726", "8.726,67%"), ("3,001", "3.000 Orang"), ("1000", "200%")]
)
def test_another_number_is_one(printed: str, own: str):
    assert not same_text(printed, own)


COLUMNS = {0: 0, 1: 1}


def paired(printed: list[list[str]], own: list[list[str]]) -> list[tuple[int | None, int | None]]:
    return list(pair_rows(printed, own, COLUMNS))


def test_rows_in_another_order_meet_by_name():
    printed = [["1", "Ekspor"], ["2", "Impor"], ["3", "Pasar"]]
    own = [["1", "Pasar"], ["2", "Ekspor"], ["3", "Impor"]]
    assert paired(printed, own) == [(2, 0), (0, 1), (1, 2)]


def test_a_row_that_the_print_lacks_moves_none_of_those_below():
    printed = [["1", "Ekspor"], ["2", "Pasar"]]
    own = [["1", "Ekspor"], ["2", "Impor"], ["3", "Pasar"]]
    assert paired(printed, own) == [(0, 0), (None, 1), (1, 2)]


def test_a_row_that_only_the_print_has_comes_last():
    assert paired([["1", "Ekspor"], ["2", "Impor"]], [["1", "Impor"]]) == [(1, 0), (0, None)]


def test_a_misspelt_name_stays_beside_the_right_one():
    printed = [["1", "Pengawasan"], ["2", "Penilaian"]]
    own = [["1", "Penagwasan"], ["2", "Penilaian"]]
    assert paired(printed, own) == [(0, 0), (1, 1)]


def test_a_misspelt_name_finds_the_right_one_at_another_place():
    printed = [["1", "Penagwasan Koperasi"], ["2", "Penilaian"]]
    own = [["1", "Penilaian"], ["2", "Pelatihan"], ["3", "Pengawasan Koperasi"]]
    assert paired(printed, own) == [(1, 0), (None, 1), (0, 2)]


def test_names_that_stand_twice_meet_in_order():
    printed = [["1", "Program"], ["2", "Program"], ["3", "Lain"]]
    own = [["1", "Lain"], ["2", "Program"], ["3", "Program"]]
    assert paired(printed, own) == [(2, 0), (0, 1), (1, 2)]
