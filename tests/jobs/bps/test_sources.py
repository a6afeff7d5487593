"""What BPS has for a region and why it was chosen, and what of it is stored."""

from __future__ import annotations

import json

import pytest

from core.errors import SourceError, StorageError
from jobs.bps.poll import poll_bps
from jobs.bps.series import read_series
from jobs.bps.sources import Sources, inspect_bps
from standins.bps import faults
from standins.bps.faults import Asked
from standins.serving import Reply
from tests.jobs.given.days import JANUARY, RELEASE_DAY


def test_every_measure_is_found_with_its_categories_years_and_reason(at):
    found = inspect_bps(at(RELEASE_DAY)).as_dict()
    rows = {(row["measure"], row["sector"]): row for row in found["series"]}
    assert {measure for measure, _ in rows} == {"adhb", "adhk", "growth", "share"}
    industry = rows["adhk", "C"]
    assert industry["years"] == [2019, 2020, 2021, 2022, 2023]
    assert industry["unit"] == "Miliar Rupiah"
    assert "harga konstan" in industry["reason"]
    assert found["problems"] == []


def test_a_region_without_pdrb_is_an_answer_that_says_so(at):
    found = inspect_bps(at(JANUARY), "9999")
    assert found.series == ()
    assert "9999" in found.problems[0]
    assert "tidak ditemukan" in found.as_text()


def without_rates(_asked: Asked, reply: Reply) -> Reply:
    payload = json.loads(reply.body)
    if not isinstance(payload["data"], list):
        return reply
    rows = [row for row in payload["data"][1] if row["var_id"] not in (9103, 9104)]
    payload["data"] = [{**payload["data"][0], "pages": 1, "count": len(rows), "total": len(rows)}, rows]
    return faults.json_reply(payload)


def unit_change_in_words(_asked: Asked, reply: Reply) -> Reply:
    """The unit is another one, the figures are not: nothing in this table alone tells."""
    payload = json.loads(reply.body)
    if "var" in payload:
        payload["var"][0]["unit"] = "Juta Rupiah"
    return faults.json_reply(payload)


def measures(found: Sources) -> set[str]:
    return {row.measure for row in found.series}


def test_without_tables_of_rates_the_values_are_shown(at, bps, monkeypatch):
    monkeypatch.setitem(faults.FAULTS, "without_rates", without_rates)
    workspace = at(RELEASE_DAY)
    bps.fail_with("without_rates", when=lambda asked: asked.model == "var")
    found = inspect_bps(workspace)
    assert measures(found) == {"adhb", "adhk"}
    assert "laju pertumbuhan: tidak ditemukan" in found.as_text()


def test_without_lists_of_years_the_last_years_are_tried(at, bps):
    workspace = at(RELEASE_DAY)
    bps.fail_with("not_available", when=lambda asked: asked.model == "th")
    found = inspect_bps(workspace)
    assert measures(found) == {"adhb", "adhk", "growth", "share"}
    assert {row.years for row in found.series} == {(2020, 2021, 2022, 2023)}


def test_a_table_that_contradicts_itself_is_a_problem_and_still_shown(at, bps):
    workspace = at(RELEASE_DAY)
    bps.fail_with("wrong_total", when=lambda asked: asked.params.get("var") == "9101")
    found = inspect_bps(workspace)
    assert measures(found) == {"adhb", "adhk", "growth", "share"}
    assert any("jumlah 17 kategori" in problem for problem in found.problems)


def test_tables_that_contradict_each_other_are_a_problem(at, bps, monkeypatch):
    monkeypatch.setitem(faults.FAULTS, "unit_change_in_words", unit_change_in_words)
    workspace = at(RELEASE_DAY)
    bps.fail_with("unit_change_in_words", when=lambda asked: asked.params.get("var") == "9101")
    found = inspect_bps(workspace)
    assert measures(found) == {"adhb", "adhk", "growth", "share"}
    assert any("mungkin satuan salah satunya keliru" in problem for problem in found.problems)


def test_a_table_that_cannot_be_read_is_a_problem_and_the_others_are_shown(at, bps):
    workspace = at(RELEASE_DAY)
    bps.fail_with("odd_unit", when=lambda asked: asked.params.get("var") == "9104")
    found = inspect_bps(workspace)
    assert measures(found) == {"adhb", "adhk", "growth"}
    assert any("Satuan tabel 9104" in problem for problem in found.problems)


def test_a_refused_key_is_an_error_and_no_answer(at, bps):
    workspace = at(JANUARY)
    bps.fail_with("bad_key")
    with pytest.raises(SourceError, match="menolak kunci"):
        inspect_bps(workspace)


def test_stored_values_come_with_status_and_vintage(at):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    rows = {row["year"]: row for row in read_series(workspace, "3529", "C", "adhk").as_dict()["values"]}
    assert rows[2023]["value"] == "1559.38"
    assert rows[2023]["status"] == "sangat sementara"
    assert rows[2022]["status"] == "sementara"
    assert rows[2023]["latest"]
    assert rows[2023]["vintage"] == rows[2022]["vintage"]


def test_nothing_stored_says_what_to_do(at):
    with pytest.raises(StorageError, match="lkjip poll"):
        read_series(at(JANUARY), "", "C", "adhk")
