"""Which of several fitting tables is taken, by which rule, and what the office is told."""

from __future__ import annotations

import pytest

from connectors.bps.dynamic.choice import Candidate, choose
from connectors.bps.labels import measures_of

ADHB, ADHK = "PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha", "PDRB ADHK Menurut Lapangan Usaha"
ADHK_2010 = "PDRB ADHK 2010 Menurut Lapangan Usaha"
BOTH = "PDRB ADHB dan ADHK Menurut Lapangan Usaha"


def table(var_id: int, title: str, unit: str = "Miliar Rupiah") -> Candidate:
    return Candidate(var_id, title, unit, measures_of(title))


def no_years(_var_id: int) -> tuple[int, ...]:
    return ()


def never(_var_id: int) -> tuple[int, ...]:
    raise AssertionError("the list of years was asked though titles decide")


def test_the_only_one_needs_no_rule_and_no_request() -> None:
    series, problems = choose("adhb", [table(1, ADHB)], 2010, never)
    assert series is not None
    assert series.reason == (
        "judul menyebut PDRB atas dasar harga berlaku menurut lapangan usaha, satuan Miliar Rupiah"
    )
    assert problems == []


@pytest.mark.parametrize(
    ("better", "worse", "rule"),
    [
        (table(1, ADHK_2010), table(2, ADHK), "judulnya menyebut tahun dasar 2010"),
        (table(1, ADHK), table(2, BOTH), "judulnya menyebut satu macam harga"),
        (table(1, ADHK), table(2, ADHK, "Tidak Ada Satuan"), "satuannya disebut"),
        (table(2, ADHK), table(1, ADHK), "nomornya paling baru"),
    ],
)  # fmt: skip
def test_rules_on_titles_and_units(better: Candidate, worse: Candidate, rule: str) -> None:
    series, problems = choose("adhk", [worse, better], 2010, no_years)
    assert series is not None
    assert series.var_id == better.var_id
    assert (
        f"dipakai {better.var_id} ({better.title}), bukan {worse.var_id} ({worse.title}), karena {rule}"
        in problems[0]
    )
    assert rule in series.reason


def test_a_newer_last_year_goes_before_a_longer_range() -> None:
    """A long table that ended years ago would never show a release."""
    years = {1: tuple(range(2000, 2015)), 2: (2022, 2023)}
    series, problems = choose("adhb", [table(1, ADHB), table(2, ADHB)], 2010, years.__getitem__)
    assert series is not None
    assert series.var_id == 2
    assert problems[0].endswith("karena tahun terakhirnya lebih baru.")


def test_of_equally_new_tables_the_longer_one_is_taken() -> None:
    years = {1: (2021, 2022, 2023), 2: (2022, 2023)}
    series, problems = choose("adhb", [table(2, ADHB), table(1, ADHB)], 2010, years.__getitem__)
    assert series is not None
    assert series.var_id == 1
    assert "rentang tahunnya lebih panjang" in problems[0]


def test_without_lists_of_years_the_titles_tell_them() -> None:
    old, new = table(9, f"{ADHB}, 2010-2016"), table(3, f"{ADHB}, 2019–2023")
    series, _ = choose("adhb", [old, new], 2010, no_years)
    assert series is not None
    assert series.var_id == 3


def test_a_table_of_a_newer_base_year_is_reported_and_not_taken() -> None:
    new = table(2, "[Seri 2020] PDRB ADHK 2020 Menurut Lapangan Usaha")
    series, problems = choose("adhk", [table(1, ADHK), new], 2010, never)
    assert series is not None
    assert series.var_id == 1
    assert problems == [
        f"BPS juga memuat tabel bertahun dasar 2020 (2 {new.title}); tidak dicampur dengan tahun dasar 2010."
    ]
    assert choose("adhk", [new], 2010, never)[0] is None


@pytest.mark.parametrize(
    ("measure", "candidate"),
    [
        ("adhk", table(1, "[Seri 2000] PDRB ADHK 2000 Menurut Lapangan Usaha")),
        ("adhk", table(1, "[Seri 2010] PDRB ADHK 2000 Menurut Lapangan Usaha")),
        ("adhb", table(1, "PDRB Tanpa Migas ADHB Menurut Lapangan Usaha")),
        ("adhb", table(1, ADHB, "Persen")),
        ("adhb", table(1, f"{ADHB} (Juta Rupiah)", "Miliar Rupiah")),
        ("share", table(1, "Distribusi PDRB ADHB Menurut Lapangan Usaha", "Juta Rupiah")),
    ],
)
def test_what_never_fits(measure: str, candidate: Candidate) -> None:
    assert choose(measure, [candidate], 2010, never) == (None, [])
