"""Amounts as exports write them; what is none says why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.budget.amounts import read_amount, read_percent
from connectors.sheets.numbers import NotANumber, Signs, decide_signs
from core.numbers import format_number

D = Decimal


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("12.649.363.995,00", D(12_649_363_995)),
        ("Rp 12.649.363.995", D(12_649_363_995)),
        ("Rp. 1.000,-", D(1000)),
        ("(1.000)", D(-1000)),
        ("Rp (1.000,50)", D("-1000.5")),
        ("-1.000", D(-1000)),
        ("1.000-", D(-1000)),
        ("12 649 363 995", D(12_649_363_995)),
        ("12\u00a0649\u00a0363", D(12_649_363)),
        ("17276000", D(17_276_000)),
        ("-", D(0)),
        ("–", D(0)),
        (D("9440925382"), D(9_440_925_382)),
        (D("1234.5000000001"), D("1234.5")),
        ("", None),
        ("   ", None),
    ],
)
def test_an_amount(cell: str | Decimal, amount: Decimal | None) -> None:
    assert read_amount(cell, Signs()) == amount


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("15.281.76x", "bukan angka"),
        ("1,26494E+10", "pangkat sepuluh"),
        ("=SUM(A1:A9)", "rumus tanpa nilai"),
        ("#REF!", "rumus yang gagal"),
        ("12,500", "12500 atau 12,500"),
        ("Rp", "tidak ada angkanya"),
        (date(2023, 1, 2), "tanggal"),
        (D("0.123456"), "lebih halus"),
        ("1.2.3", "bukan angka"),
        ("12.649.36", "bukan angka"),
    ],
)
def test_what_is_no_amount_says_why(cell: str | date | Decimal, reason: str) -> None:
    answer = read_amount(cell, Signs())
    assert isinstance(answer, NotANumber)
    assert reason in answer.reason


def test_the_table_shows_what_commas_mean() -> None:
    english = decide_signs(["12,649,363,995.00", "12,500"])
    assert read_amount("12,500", english) == 12_500
    mixed = decide_signs(["12,649,363.00", "1.234.567"])
    assert isinstance(read_amount("12,500", mixed), NotANumber)
    assert isinstance(read_amount("12.500", mixed), NotANumber)
    assert read_amount("12.649.363", mixed) == 12_649_363


@given(st.integers(-(10**14), 10**14), st.sampled_from(["{}", "Rp {}", "{},00", " {} "]))
def test_every_amount_is_read_back(amount: int, form: str) -> None:
    text = form.format(format_number(abs(amount)))
    written = f"({text.strip()})" if amount < 0 else text
    assert read_amount(written, Signs()) == amount


def test_percentages_keep_their_decimals() -> None:
    assert [read_percent(cell) for cell in ("84,93%", "84.9", "85", D("0.5"), "", "n/a")] == [
        D("84.93"), D("84.9"), D(85), D("0.5"), None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["(1.000", "1.000)", "Rp (1.000", "(Rp 1.000", "0.500", "((1.000))"])
def test_half_a_bracket_and_half_a_group_are_no_amount(text: str) -> None:
    assert isinstance(read_amount(text, Signs()), NotANumber)
