"""Pins that look wrong, newer base years, and lists of years that are not there when tables tie."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from connectors.bps import BpsClient, search_series
from core.errors import SourceError
from standins.bps import BpsStandin, catalogue, faults
from standins.bps.catalogue import Timeline
from standins.bps.faults import Asked
from standins.serving import Reply

NEWER_BASE = {
    "var_id": 9200,
    "title": "[Seri 2020] PDRB Atas Dasar Harga Konstan 2020 Menurut Lapangan Usaha",
    "unit": "Miliar Rupiah",
}
TWIN = {
    "var_id": "9201",
    "title": "[Seri 2010] PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha",
    "unit": "Miliar Rupiah",
}


def lists_also(monkeypatch: pytest.MonkeyPatch, bps: BpsStandin, row: dict[str, Any]) -> None:
    """From now on the list of tables has one row more."""

    def longer(_asked: Asked, reply: Reply) -> Reply:
        payload = json.loads(reply.body)
        payload["data"][1].append(row)
        payload["data"][0]["total"] += 1
        return faults.json_reply(payload)

    monkeypatch.setitem(faults.FAULTS, "longer", longer)
    bps.fail_with("longer", when=lambda asked: asked.model == "var")


def test_a_newer_base_year_is_reported_and_left_alone(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists_also(monkeypatch, bps, NEWER_BASE)
    found = search_series(client, "3529")
    assert found.series["adhk"].var_id == 9102
    assert "BPS juga memuat tabel bertahun dasar 2020 (9200 [Seri 2020]" in found.problems[0]
    assert "tidak dicampur dengan tahun dasar 2010" in found.problems[0]


@pytest.mark.parametrize(
    ("measure", "var_id", "doubt"),
    [
        ("adhb", 9105, "judulnya tidak menyebut PDRB atas dasar harga berlaku menurut lapangan usaha"),
        ("adhb", 9102, "judulnya tidak menyebut PDRB atas dasar harga berlaku menurut lapangan usaha"),
        ("adhk", 9107, "tahun dasarnya 2000, bukan 2010"),
    ],
)
def test_a_pin_that_looks_wrong_wins_and_is_reported(
    client: BpsClient, measure: str, var_id: int, doubt: str
) -> None:
    found = search_series(client, "3529", {measure: var_id})
    assert found.series[measure].var_id == var_id
    assert any(f"Tabel {var_id} (" in problem and doubt in problem for problem in found.problems)


def test_a_pin_that_is_right_is_no_problem(client: BpsClient) -> None:
    assert search_series(client, "3529", {"adhk": 9102, "adhb": 9101}).problems == ()


def test_equal_titles_are_told_apart_by_their_years(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists_also(monkeypatch, bps, TWIN)
    bps.fail_with("not_available", when=lambda asked: asked.params.get("var") == "9201")
    found = search_series(client, "3529")
    assert found.series["adhb"].var_id == 9101
    assert found.problems[0].endswith("karena tahun terakhirnya lebih baru.")


def test_a_disturbance_while_choosing_is_an_error_and_no_other_choice(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    lists_also(monkeypatch, bps, TWIN)
    bps.fail_with("error_500", when=lambda asked: asked.model == "th")
    with pytest.raises(SourceError, match="sedang terganggu"):
        search_series(client, "3529")


def test_searching_shows_what_there_is_even_if_a_measure_is_missing(
    client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_tables = catalogue.variables("3529", Timeline(date(2024, 4, 4)))
    without = [table for table in all_tables if table.var_id != 9101]
    monkeypatch.setattr(catalogue, "variables", lambda _domain, _timeline: without)
    found = search_series(client, "3529")
    assert set(found.series) == {"adhk", "growth", "share"}
    assert "Tabel PDRB atas dasar harga berlaku menurut lapangan usaha" in found.problems[-1]
