"""Whatever an office has: every indicator is counted once, and no sentence contradicts its table."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from core.numbers import parse_number
from office.loading import find_agency, load_agency
from reports.content import IssueInfo, Report, build_report
from reports.measured import MeasuredIndicator
from reports.reported import reported_realisasi
from reports.standing import Standing
from reports.wording import NOT_REAL, write_percent
from tests.given.examples import examples
from tests.reports.given.random_offices import random_offices

pytestmark = pytest.mark.slow

SUMENEP = load_agency(find_agency("sumenep-dkupp"), 2023)
FAULTS = re.compile(
    r"None|  |\.\.|\. \.|,,|;;|; ;|\( | \)|\(\)|[{}]|\bdi(?:atas|bawah)\b"
    r"|\b(?!semakin\b)([a-z]{3,}) \1\b|sebesar (?:-?[\d.,]+(?![\d.,%])|[<>≤≥A-QS-Z])"
)
"""What no sentence may hold: a gap, doubled signs or words, ``sebesar`` without a figure in per cent."""
NUMBER = re.compile(r"-?[\d.]+(?:,\d+)?")
offices = random_offices(SUMENEP)
slowly = examples(100, 6, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def report_of(data: st.DataObject) -> Report:
    agency = data.draw(offices)
    return build_report(agency, reported_realisasi(agency), issue=IssueInfo(1, date(2024, 1, 31)))


def sentence_of(said: Iterable[str], m: MeasuredIndicator) -> str:
    """The one sentence of a list that is about an indicator."""
    (own,) = [each for each in said if re.search(rf"(?i:indikator) {re.escape(m.indicator.name)}\b", each)]
    return own


def counted(text: str, words: str) -> int:
    """The sum of all counts before some words."""
    return sum(int(number) for number in re.findall(rf"(\d+) {words}", text))


def count(members: Iterable[MeasuredIndicator], standing: Standing) -> int:
    return sum(m.standing is standing for m in members)


@slowly
@given(st.data())
def test_every_indicator_is_counted_once(data: st.DataObject) -> None:
    report = report_of(data)
    measured = report.measured
    tally = measured.tally
    groups = (tally.reached, tally.missed, tally.waiting, tally.not_computable)
    assert sum(map(len, groups)) == len(measured.indicators)
    (foreword,) = report.sentences["ringkasan"]
    assert counted(foreword, "indikator belum menunjukkan") == len(tally.missed)
    assert counted(foreword, "indikator masih") == len(tally.waiting)
    assert counted(foreword, "indikator tidak dapat dihitung") == len(tally.not_computable)
    (achieved,) = report.sentences["pencapaian"]
    members = measured.objectives
    if "semua sasaran telah mencapai" in achieved:
        assert count(members, Standing.REACHED) == len(members)
    else:
        assert counted(achieved, "indikator sasaran") == len(members)
        assert counted(achieved, "indikator sasaran telah mencapai") == count(members, Standing.REACHED)
        assert counted(achieved, "indikator sasaran masih") == count(members, Standing.WAITING)


@slowly
@given(st.data())
def test_no_sentence_contradicts_table_3_2(data: st.DataObject) -> None:
    report = report_of(data)
    said = report.sentences["capaian"]
    for row in report.tables["capaian"].flat_rows():
        m = next(m for m in report.measured.headline if m.indicator.name == row[2])
        own = sentence_of(said, m)
        assert (row[5] == "-") == (m.percent is None) == (row[6] == "-")
        verdicts = {
            Standing.REACHED: "telah ",
            Standing.MISSED: "belum ",
            Standing.NOT_COMPUTABLE: "tidak dapat dihitung",
            Standing.WAITING: "enunggu"
            if m.indicator.institution or m.indicator.quarters
            else "masih belum dilaporkan",
        }
        assert verdicts[m.standing] in own
        if m.percent is not None:
            assert row[5] in own
            assert row[6] == report.measured.rules.categories.find(m.percent).name
            assert not re.search("terlampaui|melampaui", own) or row[5].rstrip("*") != "100%"
            assert all(f" {cell}" in own for cell in row[4:7])
        assert f" {row[3]}" in own or row[3][0] in "<≥"
        assert row[7], "a figure without a source"


@pytest.mark.sweep
@slowly
@given(st.data())
def test_every_year_of_quarters_is_told_as_the_table_has_it(data: st.DataObject) -> None:
    report = report_of(data)
    said = report.sentences.get("triwulan", ())
    rows = report.tables["triwulan"].flat_rows() if said else []
    assert len(rows) == 3 * len(said) == 3 * sum(bool(i.quarters) for i in report.agency.indicators.values())
    for sentence, row, shown in zip(said, rows[::3], rows[1::3], strict=True):
        m = next(m for m in report.measured.indicators.values() if m.indicator.name == row[1])
        assert (shown[-1] if not m.waiting else f"{shown[-1][1:]}.") in sentence
        assert m.waiting == ("belum ada karena masih" in sentence)


@slowly
@given(st.data())
def test_no_figure_is_said_to_be_higher_or_lower_than_one_that_looks_the_same(data: st.DataObject) -> None:
    report = report_of(data)
    for sentence in report.sentences["standar"]:
        found = re.search(
            rf"(?:tercatat|realisasi) (?:sebesar )?({NUMBER.pattern})(?:%| unit)\**,? "
            r"(lebih rendah|lebih tinggi|hampir sama|sama) "
            rf".*?sebesar ({NUMBER.pattern})",
            sentence,
        )
        assert found
        ours, place, theirs = parse_number(found[1]), found[2], parse_number(found[3])
        assert {"lebih rendah": ours < theirs, "lebih tinggi": ours > theirs}.get(place, ours == theirs)
    for sentence in report.sentences["tahun-lalu"]:
        moves = re.finditer(
            rf"(naik|turun|hampir tetap)(?: [^;]*?)? dari ({NUMBER.pattern})[^;]*? "
            rf"menjadi ({NUMBER.pattern})",
            sentence,
        )
        for place, before, now in (move.groups() for move in moves):
            theirs, ours = parse_number(before), parse_number(now)
            assert {"turun": ours < theirs, "naik": ours > theirs}.get(place, ours == theirs), sentence


@slowly
@given(st.data())
def test_every_sentence_is_whole_and_neighbours_differ(data: st.DataObject) -> None:
    report = report_of(data)
    for place, said in report.sentences.items():
        for sentence in said:
            assert not FAULTS.search(sentence), (place, sentence)
            assert sentence[0].isupper() or sentence[0].isdigit()
            assert sentence.endswith(".")
        if place in ("capaian", "tahun-lalu", "akhir-renstra"):
            assert all(re.split(r"[ ,]", a)[0] != re.split(r"[ ,]", b)[0] for a, b in pairwise(said)), said


@slowly
@given(st.data())
def test_every_list_has_a_sentence_for_each_row_of_its_table(data: st.DataObject) -> None:
    report = report_of(data)
    for place, members in (
        ("capaian", report.measured.headline),
        ("tahun-lalu", report.measured.headline),
        ("akhir-renstra", report.measured.with_end_target),
    ):
        said = report.sentences[place]
        for m, sentence in zip(members if said else (), said, strict=True):
            assert sentence_of([sentence], m)


@slowly
@given(st.data())
def test_an_average_is_of_the_indicators_that_it_says(data: st.DataObject) -> None:
    report = report_of(data)
    groups = [members for members in (report.measured.goals, report.measured.objectives) if members]
    for sentence, members in zip(report.sentences["rata-rata"], groups, strict=True):
        mean = report.measured.average(members)
        known = sum(m.percent is not None for m in members)
        if mean is None:
            assert "belum bisa dihitung" in sentence
            assert known < len(members)
            continue
        assert write_percent(mean) in sentence
        assert (f"dari {known} dari {len(members)} indikator" in sentence) == (known < len(members))


@slowly
@given(st.data())
def test_the_sentence_on_absorption_agrees_with_the_total_of_table_3_8(data: st.DataObject) -> None:
    report = report_of(data)
    if "anggaran" not in report.tables:
        assert not report.measured.has_budget
        assert not report.sentences["anggaran"]
        return
    total = report.tables["anggaran"].flat_rows()[-1][-1]
    first = report.sentences["anggaran"][0]
    shown, good = parse_number(total), Decimal(80)
    word = "masih di atas" if shown > good else "tepat" if shown == good else "masih di bawah"
    assert word in first


@slowly
@given(st.data())
def test_an_office_without_figures_of_bps_never_names_it(data: st.DataObject) -> None:
    report = report_of(data)
    texts = [s for place, said in report.sentences.items() if place != "standar" for s in said]
    notes = [note for table in report.tables.values() for note in table.notes]
    for text in (*texts, *notes, *report.waiting_notice, *report.as_json()["rules"]):
        assert "BPS" not in text.replace(NOT_REAL, "")


@examples(10, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.data())
def test_every_chapter_can_be_made(data: st.DataObject) -> None:
    body = report_of(data).document().body
    assert "LAMPIRAN" in body
    assert "None" not in body
