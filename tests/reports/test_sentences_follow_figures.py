"""Sentences change with the figures; none claims what the data do not say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from office.schema import Agency, Reason
from reports.measuring import measure_year
from reports.realisasi import State
from reports.sentences import build_sentences
from reports.wording import NOT_REAL, write_percent, write_ratio
from tests.given.examples import examples
from tests.reports.conftest import Filler

INDUSTRY = "Persentase pertumbuhan sektor PDRB Industri pengolahan"


def about(agency: Agency, filled: Filler, growth: str, place: str, **given: object) -> str:
    """The sentence about the growth of industri when it is ``growth`` per cent."""
    rates = {
        "kontribusi-industri": ("6.35", False),
        "kontribusi-perdagangan": ("12.5", False),
        "pertumbuhan-industri": (growth, False),
        "pertumbuhan-perdagangan": ("4.86", False),
    }
    sentences = build_sentences(measure_year(agency, filled(rates=rates, **given)))
    return next(s for s in sentences[place] if INDUSTRY in s)


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        ("6.0", "belum memenuhi target sebesar 6,1%"),
        ("6.1", "telah memenuhi target sebesar 6,1%"),
        ("6.2", "telah melampaui target sebesar 6,1%"),
        ("-1.0", "belum memenuhi target sebesar 6,1%"),
    ],
)
def test_reached_or_not(agency: Agency, filled: Filler, growth: str, words: str) -> None:
    said = about(agency, filled, growth, "capaian", state=State.FINAL, status="tetap")
    assert f", {words}, " in said


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        ("6.1", "turun dari 1.578% menjadi 100%"),
        ("96.258", "tetap 1.578%"),
        ("97", "naik dari 1.578% menjadi"),
    ],
)
def test_compared_with_last_year(agency: Agency, filled: Filler, growth: str, words: str) -> None:
    assert words in about(agency, filled, growth, "tahun-lalu")


@pytest.mark.parametrize(
    ("growth", "words"),
    [
        ("6.5", "target akhir Renstra sudah terlampaui"),
        ("6.4", "target akhir Renstra sudah tercapai"),
        ("6.2", "target tahun 2023 sudah terlampaui, tetapi target akhir Renstra belum tercapai"),
        ("6.1", "target tahun 2023 sudah tercapai, tetapi target akhir Renstra belum tercapai"),
        ("6.0", "target tahun 2023 belum tercapai"),
    ],
)
def test_beyond_the_end_of_the_renstra_or_not(
    agency: Agency, filled: Filler, growth: str, words: str
) -> None:
    assert words in about(agency, filled, growth, "akhir-renstra")


def test_provisional_figures_are_said_to_be_so(agency: Agency, filled: Filler) -> None:
    assert "sementara menurut BPS" in about(agency, filled, "6.2", "capaian")
    assert "6,20%*" in about(agency, filled, "6.2", "capaian")
    assert "6,20%**" in about(agency, filled, "6.2", "capaian", status="sangat sementara")
    assert "masih sangat sementara" in about(agency, filled, "6.2", "capaian", status="sangat sementara")
    final = about(agency, filled, "6.2", "capaian", state=State.FINAL, status="tetap")
    assert "sementara" not in final


@pytest.mark.parametrize("place", ["ringkasan", "pencapaian"])
def test_a_judgement_says_what_it_rests_on(agency: Agency, filled: Filler, place: str) -> None:
    def judged(**given: object) -> str:
        return build_sentences(measure_year(agency, filled(**given)))[place][0]

    assert judged().endswith(f"sebagian dinilai dari angka ilustrasi untuk peragaan, {NOT_REAL}.")
    real = {
        "kontribusi-industri": ("6.35", False), "kontribusi-perdagangan": ("12.5", False),
        "pertumbuhan-industri": ("5.2", False), "pertumbuhan-perdagangan": ("4.86", False),
    }  # fmt: skip
    early = judged(rates=real, status="sangat sementara")
    assert early.endswith("sebagian dinilai dari angka sangat sementara BPS yang dapat direvisi.")
    assert "sebagian" not in judged(rates=real, state=State.FINAL, status="tetap")


@examples(25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.decimals(min_value=-20, max_value=30, places=2))
def test_efficient_exactly_from_one(agency: Agency, filled: Filler, growth: Decimal) -> None:
    said = about(agency, filled, str(growth), "efisiensi").split(INDUSTRY)[1]
    level = measure_year(agency, filled(rates={"pertumbuhan-industri": (str(growth), False)})).indicators[
        "pertumbuhan-industri"
    ]
    assert level.efficiency is not None
    assert ("tinggi (efisien)" in said) == (level.efficiency >= 1)
    assert ("rendah (tidak efisien)" in said) == (level.efficiency < 1)


def test_low_absorption_is_listed_with_the_office_s_reasons(agency: Agency, filled: Filler) -> None:
    said = " ".join(build_sentences(measure_year(agency, filled()))["anggaran"])
    assert "pertama Administrasi Keuangan Perangkat Daerah 66,69% yang merupakan penyediaan gaji PNS" in said
    assert "68% yang disebabkan adanya hibah keuangan yang tidak terserap" in said


def test_a_reason_is_printed_only_while_its_condition_holds(agency: Agency, filled: Filler) -> None:
    reason = Reason(subject="pertumbuhan-industri", when="not_reached", text="karena bahan baku langka")
    year = agency.year.model_copy(update={"reasons": [*agency.year.reasons, reason]})
    changed = agency.model_copy(update={"year": year})
    assert "karena bahan baku langka" in about(changed, filled, "6.0", "akhir-renstra")
    assert "karena bahan baku langka" not in about(changed, filled, "6.1", "akhir-renstra")


def test_the_total_of_bab_iv_is_the_sum_of_the_programs(agency: Agency, filled: Filler) -> None:
    (said,) = build_sentences(measure_year(agency, filled()))["penggunaan-anggaran"]
    for figure in ("Rp 27.077.526.494", "Rp 22.998.136.965", "84,93%"):
        assert figure in said


@given(st.decimals(min_value=0, max_value=300, places=9))
def test_what_is_below_the_bound_never_looks_like_it(value: Decimal) -> None:
    assert (write_percent(value) == "100%") == (value == 100 or 100 < value < Decimal("100.005"))
    assert (write_ratio(value) == "1,00") == (1 <= value < Decimal("1.005"))
