"""What BPS has for a region and why it was chosen, and what of it is stored."""

from __future__ import annotations

import pytest
from days import JANUARY, RELEASE_DAY

from core.errors import SourceError, StorageError
from jobs.poll import poll_bps
from jobs.series import read_series
from jobs.sources import inspect_bps


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
