"""Sums, percentages and remainders of an export; and whose line is which."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capaian.budget.lines import Known, Level, Line
from capaian.budget.matching import bare_name, find_known, match_lines
from capaian.budget.sums import check_sums, complete_from_below

D = Decimal
P, K = Level.PROGRAM, Level.KEGIATAN
KNOWN = [
    Known("1", P, "PROGRAM PENGAWASAN DAN PEMERIKSAAN KOPERASI", "2.17.03"),
    Known("1.1", K, "Pemeriksaan dan Pengawasan Koperasi", "2.17.03.2.01"),
    Known("2", P, "PROGRAM PENGEMBANGAN UMKM", "2.17.08"),
    Known("2.1", K, "Pengembangan Usaha Mikro", "2.17.08.2.01"),
]


def line(
    name: str, level: Level, budget: object, spent: object, parent: int | None = None, **more: object
) -> Line:
    amounts = [None if a is None else D(str(a)) for a in (budget, spent)]
    return Line(f"baris {name}", "", name, level, parent, amounts[0], spent=amounts[1], **more)  # type: ignore[arg-type]


def test_a_program_that_is_not_the_sum_of_its_kegiatan_is_told_with_both_figures() -> None:
    (problem,) = check_sums([line("A", P, 100, 50), line("a", K, 99, 50, 0)], None)
    assert (
        "anggaran tertulis 100, jumlah kegiatan di bawahnya 99 (selisih 1); yang dipakai 100"
        in problem.message
    )
    assert not problem.stops


def test_a_total_that_is_not_the_sum_of_the_programs_is_told_and_not_used() -> None:
    (problem,) = check_sums([line("A", P, 100, 50)], line("JUMLAH", P, 100, 51))
    assert "realisasi tertulis 51, jumlah program 50 (selisih 1); yang dipakai 50" in problem.message


@pytest.mark.parametrize(
    ("percent", "told"), [("84.93", 0), ("84.9", 0), ("84", 0), ("85", 0), ("84.94", 1), ("86", 1)]
)
def test_percentages_are_checked_to_the_decimals_that_are_written(percent: str, told: int) -> None:
    problems = check_sums([line("A", P, 27_077_526_494, 22_998_136_965, percent=D(percent))], None)
    assert len(problems) == told


def test_a_remainder_may_be_written_with_either_sign() -> None:
    assert not check_sums([line("A", P, 100, 60, remaining=D(40))], None)
    assert not check_sums([line("A", P, 100, 60, remaining=D(-40))], None)
    assert check_sums([line("A", P, 100, 60, remaining=D(41))], None)


def test_a_missing_amount_is_the_sum_of_all_below_and_only_of_all() -> None:
    rows = [line("A", P, None, 50), line("a", K, 60, 25, 0), line("b", K, 40, 25, 0)]
    completed = complete_from_below(rows)
    assert completed.lines[0].budget == 100
    assert "dipakai jumlah kegiatan" in completed.remarks[0]
    gap = complete_from_below([rows[0], rows[1], line("b", K, None, 25, 0)])
    assert gap.lines[0].budget is None


@given(st.lists(st.tuples(st.integers(0, 10**12), st.integers(0, 10**12)), min_size=1, max_size=6))
def test_what_adds_up_is_never_told_and_one_rupiah_more_always_is(amounts: list[tuple[int, int]]) -> None:
    budget, spent = (sum(pair[place] for pair in amounts) for place in (0, 1))
    rows = [line("A", P, budget, spent), *(line(f"k{n}", K, b, s, 0) for n, (b, s) in enumerate(amounts))]
    assert not check_sums(rows, None)
    assert check_sums([line("A", P, budget + 1, spent), *rows[1:]], None)
    assert check_sums([line("A", P, budget, spent + 1), *rows[1:]], None)


def whole(first: str = "Pemeriksaan dan Pengawasan Koperasi") -> list[Line]:
    return [
        line("PROGRAM PENGAWASAN DAN PEMERIKSAAN KOPERASI", P, 1, 1),
        line(first, K, 1, 1, 0),
        line("Program Pengembangan UMKM", P, 2, 1),
        line("Pengembangan Usaha Mikro", K, 2, 1, 2),
    ]


@pytest.mark.parametrize(
    ("written", "distance"),
    [
        ("Pemeriksaan Dan Penagwasan Koperasi", 1),
        ("Pemeriksaan & Pengawasan Koperasi", 0),
        ("PEMERIKSAAN DAN PENGAWASAN  KOPERASI.", 0),
        ("Kegiatan Pemeriksaan dan Pengawasan Koprasi", 1),
    ],
)
def test_a_slip_is_tolerated_and_counted(written: str, distance: int) -> None:
    matching = match_lines(whole(written), KNOWN)
    assert [(m.key, m.distance) for m in matching.matches][1] == ("1.1", distance)
    assert len(matching.problems) == (1 if distance else 0)


def test_a_missing_kegiatan_stops() -> None:
    (problem,) = match_lines(whole()[:1] + whole()[2:3], [KNOWN[0], KNOWN[2], KNOWN[3]]).problems
    assert problem.stops
    assert "Kegiatan 2.1" in problem.message


def test_an_unknown_program_with_money_stops_and_one_without_does_not() -> None:
    (problem,) = match_lines([*whole(), line("PROGRAM LAIN SEKALI", P, 5, 1)], KNOWN).problems
    assert problem.stops
    assert "programs.csv" in problem.message
    assert not match_lines([*whole(), line("PROGRAM LAIN SEKALI", P, 0, 0)], KNOWN).problems


def test_a_row_twice_stops_since_it_would_count_twice() -> None:
    same = match_lines([*whole(), line("Program Pengembangan UMKM", P, 2, 1)], KNOWN)
    assert [p.stops for p in same.problems] == [True]
    other = match_lines([*whole(), line("Program Pengembangan UMKM", P, 3, 1)], KNOWN)
    assert [p.stops for p in other.problems] == [True]


def test_a_name_between_two_rows_is_neither() -> None:
    rows = [Known("1", P, "PROGRAM PENGEMBANGAN EKSPOR A"), Known("2", P, "PROGRAM PENGEMBANGAN EKSPOR B")]
    assert find_known("PROGRAM PENGEMBANGAN EKSPOR C", rows) is None


def test_names_are_compared_without_case_punctuation_and_the_word_for_their_level() -> None:
    assert bare_name("PROGRAM  PENGEMBANGAN UMKM") == bare_name("Pengembangan Umkm.")
    assert bare_name("dalam 1 (satu) Daerah") == bare_name("dalam 1 daerah")
