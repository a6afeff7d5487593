"""The rules in sentences: none is kept from the reader."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from capaian.prices.rules import Basis, Deviation, Doubt, Method, Rules
from capaian.prices.rules_text import describe_rules

RULES = Rules(("beras",))


def text(**changes: object) -> str:
    return " ".join(describe_rules(replace(RULES, **changes)))  # type: ignore[arg-type]


def test_the_formula_its_source_and_its_deviation_are_named():
    assert "simpangan baku / rata-rata x 100% (Permendag 5/2024)" in text()
    assert "pembagi n - 1, sama dengan STDEV di Excel" in text()
    assert "pembagi n, sama dengan STDEVP di Excel" in text(deviation=Deviation.POPULATION)


@pytest.mark.parametrize("method", [m for m in Method if m is not Method.VARIATION])
def test_another_method_is_not_passed_off_as_that_of_the_ministry(method: Method):
    assert "pilihan kantor" in text(method=method)
    assert "STDEV" not in text(method=method)


@pytest.mark.parametrize("method", Method)
@pytest.mark.parametrize("basis", Basis)
@pytest.mark.parametrize("deviation", Deviation)
@pytest.mark.parametrize("leave_out", [frozenset(), frozenset({Doubt.JUMP}), frozenset(Doubt)])
def test_every_choice_of_an_office_is_said_in_whole_sentences(
    method: Method, basis: Basis, deviation: Deviation, leave_out: frozenset[Doubt]
):
    sentences = describe_rules(
        replace(RULES, method=method, basis=basis, deviation=deviation, leave_out=leave_out)
    )
    assert all(sentence[0].isupper() and sentence.endswith(".") for sentence in sentences)
    assert len(set(sentences)) == len(sentences)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"jump_percent": Decimal("37.5")}, "lebih dari 37,5% dari"),
        ({"repeated_days": 45}, "sedikitnya 45 hari pengamatan berturut-turut"),
        ({"least_days": 1200}, "sedikitnya 1.200 hari pengamatan"),
        ({"least_months": 7}, "sedikitnya 7 bulan"),
        ({"stable_at_most": Decimal("8.5")}, "paling tinggi 8,5%"),
        ({"basis": Basis.EACH_MARKET}, "harga tiap pasar sendiri-sendiri"),
    ],
)
def test_every_figure_of_the_rules_is_said(change: dict[str, object], said: str):
    assert said in text(**change)


def test_what_is_left_out_and_what_is_only_listed_are_told_apart():
    assert (
        "Harga yang ditandai salah ribuan atau di luar kisaran dikesampingkan; harga yang ditandai lonjakan "
        "atau harga berulang hanya didaftar dan tetap dihitung."
    ) in text()
    assert "dikesampingkan" not in text(leave_out=frozenset())
    assert "hanya didaftar" not in text(leave_out=frozenset(Doubt))
