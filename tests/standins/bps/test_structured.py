"""The stand-in's catalogue of tables, SIMDASI and quarterly tables: shapes as public clients know them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import requests

from standins.bps import BpsStandin, catalogue, quarterly, simdasi
from standins.bps.catalogue import Timeline

JANUARY, RELEASE_DAY = date(2024, 1, 31), date(2024, 4, 4)


@pytest.fixture
def bps() -> Iterator[BpsStandin]:
    with BpsStandin(today=RELEASE_DAY) as standin:
        yield standin


def get(bps: BpsStandin, path: str, **params: object) -> requests.Response:
    return requests.get(f"{bps.url}/{path}", params={k: str(v) for k, v in params.items()}, timeout=5)


def tables(bps: BpsStandin, **params: object) -> tuple[dict[str, int], list[dict[str, Any]]]:
    answer = get(bps, "list", model="tablestatistic", domain="3529", key=bps.key, **params).json()
    return answer["data"][0], answer["data"][1]


def interoperable(bps: BpsStandin, path: str) -> Any:
    url = f"{bps.url}/interoperabilitas/datasource/simdasi/{path}/key/{bps.key}"
    return requests.get(url, timeout=5).json()


def test_the_catalogue_of_tables_honours_perpage(bps: BpsStandin) -> None:
    few, rows = tables(bps)
    assert (few["per_page"], len(rows)) == (10, 10)
    whole, rows = tables(bps, perpage=1000)
    assert (whole["pages"], len(rows)) == (1, whole["total"])
    assert whole["total"] == few["total"] > 50


def test_a_row_of_the_catalogue_has_the_known_fields(bps: BpsStandin) -> None:
    _, rows = tables(bps, subject=531, perpage=100)
    assert set(rows[0]) == {
        "id", "title", "id_subject", "subject", "id_subcat", "subcat", "tablesource", "oldest_period",
        "latest_period", "last_update",
    }  # fmt: skip
    assert {row["id_subject"] for row in rows} == {531}
    assert {row["tablesource"] for row in rows} == {"2", "3"}


@pytest.mark.parametrize("day", [JANUARY, RELEASE_DAY])
def test_the_catalogue_says_of_a_table_what_the_table_says(bps: BpsStandin, day: date) -> None:
    bps.set_today(day)
    _, rows = tables(bps, subject=531, perpage=100)
    row = next(r for r in rows if base64.b64decode(r["id"]) == b"9102#2")
    data = get(bps, "list", model="data", domain="3529", var=9102, th=122, key=bps.key).json()
    years = get(bps, "list", model="th", domain="3529", var=9102, key=bps.key).json()["data"][1]
    assert row["last_update"] == data["last_update"]
    assert row["latest_period"] == years[0]["th"]


def test_a_region_without_tables_of_the_subject_has_no_catalogue(bps: BpsStandin) -> None:
    answer = get(bps, "list", model="tablestatistic", domain="3528", subject=531, key=bps.key).json()
    assert answer == {"status": "OK", "data-availability": "list-not-available", "data": ""}


def test_simdasi_lists_and_gives_tables_in_path_style(bps: BpsStandin) -> None:
    listed = interoperable(bps, "id/23/wilayah/3529000")["data"][1]
    assert (listed["status"], listed["condition"], listed["induk"]) == (200, "OK", "3529000")
    row = next(r for r in listed["data"] if "Harga Berlaku" in r["judul"])
    assert row["ketersediaan_tahun"] == [2019, 2020, 2021, 2022, 2023]
    table = interoperable(bps, f"id/25/tahun/2023/id_tabel/{row['id_tabel']}/wilayah/3529000")["data"][1]
    (key,) = table["kolom"]
    assert table["tahun_data"] == 2023
    assert table["data"][-1]["variables"][key] == {
        "value": "42.847,97&nbsp;",
        "value_raw": "42.847,97",
        "value_code": None,
    }
    assert "Ilustrasi: A 2019-2023" in table["catatan"]


def test_simdasi_in_query_style_meets_the_firewall(bps: BpsStandin) -> None:
    answer = get(bps, "interoperabilitas/datasource/simdasi/id/23", wilayah="3529000", key=bps.key)
    assert (answer.status_code, "LTM WAF Block" in answer.text) == (200, True)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("id/23/wilayah/3528000", "not-available"),
        ("id/25/tahun/2023/id_tabel/abc/wilayah/3529000", "Invalid Parameter"),
        (f"id/25/tahun/1999/id_tabel/{simdasi.table_id('adhb')}/wilayah/3529000", "Tabel tidak ditemukan"),
        ("id/23", "Parameter wilayah is missing"),
    ],
)
def test_simdasi_says_no_in_several_ways(bps: BpsStandin, path: str, said: str) -> None:
    assert said in str(interoperable(bps, path))


def test_simdasi_asks_for_the_key(bps: BpsStandin) -> None:
    url = f"{bps.url}/interoperabilitas/datasource/simdasi/id/23/wilayah/3529000/key/salah"
    assert "re-check your key" in requests.get(url, timeout=5).json()["message"]


@pytest.mark.parametrize("day", [JANUARY, RELEASE_DAY])
def test_four_quarters_add_up_to_the_annual_figure_exactly(day: date) -> None:
    timeline = Timeline(day)
    for variable in quarterly.variables(timeline):
        measure = "adhb" if "Berlaku" in variable.title else "adhk"
        annual = catalogue.pdrb_variable(measure, timeline).cells
        for code, _label in variable.turvar:
            for year in variable.years:
                parts = [variable.cells[3529, code, year, part] for part in (31, 32, 33, 34)]
                assert sum(parts, Decimal(0)) == annual[int(code), "0", year, 0]


def test_quarterly_tables_stand_on_the_national_domain_alone(bps: BpsStandin) -> None:
    for domain, there in (("0000", True), ("3529", False)):
        answer = get(bps, "list", model="var", domain=domain, keyword="PDRB Triwulanan", key=bps.key).json()
        assert bool(answer["data"]) is there
    one = get(bps, "list", model="data", domain="0000", var=9411, th=123, vervar=3529, key=bps.key).json()
    assert [row["val"] for row in one["vervar"]] == [3529]
    assert "Ilustrasi: " in one["var"][0]["note"]
