"""Codes of both nomenclatures, joined or in parts, and what they stand for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capaian.budget.codes import CodeLevel, join_parts, parse_code, split_code

LEVELS = {
    CodeLevel.URUSAN: ["2"],
    CodeLevel.BIDANG: ["2.17"],
    CodeLevel.PROGRAM: ["2.17.03", "X.XX.01", "5.01.02", " 2 . 17 . 03 ", "'2.17.03."],
    CodeLevel.KEGIATAN: ["2.17.03.2.01"],
    CodeLevel.SUB_KEGIATAN: ["2.17.03.2.01.03", "2.17.03.2.01.0003"],
    CodeLevel.REKENING: ["2.17.03.2.01.0003.5.1.02.01.01.0024", "5.1.02.01.01.0024", "5.1"],
    CodeLevel.UNIT: ["2.17.3.30.3.31.01.0000"],
}


@pytest.mark.parametrize(("text", "level"), [(text, level) for level in LEVELS for text in LEVELS[level]])
def test_the_level_of_a_code(text: str, level: CodeLevel) -> None:
    code = parse_code(text)
    assert code is not None
    assert code.level is level


@pytest.mark.parametrize(
    "text", ["", "12.649.363.995", "2.17.03.7.01", "Program", "1.000", "2023-06", "2.17.03 x"]
)
def test_what_is_no_code(text: str) -> None:
    code = parse_code(text)
    assert code is None or code.level in (CodeLevel.BIDANG, CodeLevel.URUSAN)


def test_both_nomenclatures_name_the_same_row() -> None:
    old, new = parse_code("2.17.03.2.01.03"), parse_code("2.17.03.2.01.0003")
    assert old
    assert new
    assert old.same_row(new)
    assert (old.text, new.text) == ("2.17.03.2.01.03", "2.17.03.2.01.0003")


def test_support_is_one_program_whatever_urusan_stands_before_it() -> None:
    codes = [parse_code(text) for text in ("X.XX.01.2.02", "2.17.01.2.02", "3.30.01.2.02")]
    assert all(one and codes[0] and codes[0].same_row(one) for one in codes)
    other = parse_code("2.17.03.2.02")
    assert codes[0]
    assert other
    assert not codes[0].same_row(other)


def test_parts_in_columns_are_joined_and_padded() -> None:
    numbers = [Decimal(2), Decimal(17), Decimal(3), Decimal(2), Decimal(1)]
    code = join_parts(numbers)
    assert code
    assert code.text == "2.17.03.2.01"
    assert join_parts(["2", "17", "03", "", ""]) == parse_code("2.17.03")
    assert join_parts(["", ""]) is None


@pytest.mark.parametrize(
    ("text", "code", "name"),
    [
        ("2.17.03 PROGRAM PENGAWASAN", "2.17.03", "PROGRAM PENGAWASAN"),
        ("2.17.03.2.01 - Pemeriksaan", "2.17.03.2.01", "Pemeriksaan"),
        ("PROGRAM PENGAWASAN", None, "PROGRAM PENGAWASAN"),
        ("1 (satu) Daerah", None, "1 (satu) Daerah"),
    ],
)
def test_code_and_name_in_one_cell(text: str, code: str | None, name: str) -> None:
    found, rest = split_code(text)
    assert (found.text if found else None, rest) == (code, name)


@given(st.lists(st.integers(1, 99), min_size=1, max_size=6))
def test_leading_zeros_never_make_another_code(parts: list[int]) -> None:
    short = parse_code(".".join(map(str, parts)))
    long = parse_code(".".join(f"{part:02d}" for part in parts))
    if short is not None and long is not None and short.level is long.level:
        assert short.parts == long.parts
