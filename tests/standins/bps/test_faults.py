"""Every way to misbehave, by name: that it shows, that it ends, and how the shell switches it."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import urllib.parse
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

from standins.bps import BpsStandin, simdasi
from standins.bps.commands import read_fault
from standins.bps.faults import FAULTS

pytestmark = pytest.mark.slow

RELEASE_DAY = date(2024, 4, 4)
TIME_ONLY = {"latency", "stall", "slow_drip", "simdasi_stalls"}
READING = (
    {"model": "var", "keyword": "PDRB"},
    {"model": "var", "page": 1},
    {"model": "var", "page": 2},
    {"model": "th", "var": 9102},
    {"model": "th", "var": 9102},
    {"model": "data", "var": 9102, "th": "122;123"},
    {"model": "data", "var": 9102, "th": "122;123"},
    {"model": "data", "var": 9103, "th": "119;120"},
    {"model": "publication", "year": 2024},
    {"model": "statictable"},
    {"model": "tablestatistic"},
    {"model": "var", "domain": "0000"},
    {"model": "data", "domain": "0000", "var": 9410, "th": 123},
)
"""Calls as a poll makes them, the same twice where a fault begins only after the first."""


@pytest.fixture
def bps() -> Iterator[BpsStandin]:
    with BpsStandin(today=RELEASE_DAY) as standin:
        yield standin


def ask(bps: BpsStandin, path: str = "list", **params: object) -> Any:
    return raw(bps, path, **params).json()


def raw(bps: BpsStandin, path: str = "list", **params: object) -> requests.Response:
    asked = {"domain": "3529", **params, "key": bps.key}
    return requests.get(
        f"{bps.url}/{path}", {k: str(v) for k, v in asked.items()}, timeout=5, allow_redirects=False
    )


def seen(bps: BpsStandin) -> list[object]:
    """What a program would see of every call of a reading, and of a download."""
    found: list[object] = []
    calls = [
        f"{bps.url}/list?{urllib.parse.urlencode({'domain': '3529', 'key': bps.key, **c})}" for c in READING
    ]
    table = simdasi.table_id("adhb")
    calls.append(
        f"{bps.url}/interoperabilitas/datasource/simdasi/id/25/wilayah/3529000/tahun/2023/id_tabel/{table}"
        f"/key/{bps.key}"
    )
    calls.append(f"{bps.url}/view?model=statictable&domain=3529&id=341&key={bps.key}")
    calls.append(f"{bps.site}/download.php?f=x")
    for url in calls:
        try:
            with requests.get(url, timeout=5, allow_redirects=False, stream=True) as answer:
                head = (
                    answer.status_code,
                    answer.headers["Content-Type"],
                    answer.headers.get("Content-Encoding"),
                )
                found.append((*head, answer.headers["Content-Length"], answer.raw.read(200_000)))
        except (requests.ConnectionError, http.client.HTTPException) as error:
            found.append(type(error).__name__)
    return found


@pytest.mark.halved
@pytest.mark.parametrize("name", sorted(set(FAULTS) - TIME_ONLY))
def test_every_fault_shows_in_a_reading_and_ends(bps: BpsStandin, name: str) -> None:
    bps.set_today(date(2024, 1, 31) if name == "year_added" else RELEASE_DAY)
    honest = seen(bps)
    bps.fail_with(name)
    assert seen(bps) != honest
    bps.behave()
    assert seen(bps) == honest


@pytest.mark.parametrize("name", sorted(TIME_ONLY))
def test_slow_answers_are_whole_in_the_end(
    bps: BpsStandin, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setattr(bps._server, "wait", waited.append)
    bps.fail_with(name, seconds=2.5 if name == "latency" else None)
    simdasi = f"{bps.url}/interoperabilitas/datasource/simdasi/id/23/wilayah/3529000/key/{bps.key}"
    assert requests.get(simdasi, timeout=5).json()["status"] == "OK"
    assert waited[0] == {"latency": 2.5, "slow_drip": 0.0}.get(name, 30.0)
    assert (len(waited) > 100) is (name == "slow_drip")


def test_latency_holds_for_every_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    with BpsStandin(RELEASE_DAY, latency=1.0) as bps:
        monkeypatch.setattr(bps._server, "wait", waited.append)
        ask(bps, model="unit")
        bps.fail_with("latency", seconds=0.5)
        ask(bps, model="th", var=9102)
    assert waited == [1.0, 1.5]


@pytest.mark.parametrize(
    ("name", "status", "header"),
    [
        ("waf_403", 403, ("Content-Type", "text/html")),
        ("bot_challenge", 403, ("cf-mitigated", "challenge")),
        ("no_data_404", 404, ("Content-Type", "application/json; charset=utf-8")),
        ("no_data_400", 400, ("Content-Type", "application/json; charset=utf-8")),
        ("error_500", 500, ("Content-Type", "text/plain")),
        ("bad_gateway_502", 502, ("Content-Type", "text/html")),
        ("unavailable_503", 503, ("Retry-After", "11")),
        ("too_many_429", 429, ("Retry-After", "7")),
        ("redirect", 302, ("Content-Type", "text/html")),
        ("wrong_content_type", 200, ("Content-Type", "text/html; charset=UTF-8")),
        ("gzipped", 200, ("Content-Encoding", "gzip")),
    ],
)
def test_status_and_header_say_what_is_wrong(
    bps: BpsStandin, name: str, status: int, header: tuple[str, str]
) -> None:
    bps.fail_with(name)
    answer = raw(bps, model="unit")
    assert (answer.status_code, answer.headers[header[0]]) == (status, header[1])


def test_the_firewalls_page_echoes_the_key(bps: BpsStandin) -> None:
    bps.fail_with("waf_403")
    assert bps.key in raw(bps, model="unit").text


def rows(bps: BpsStandin, model: str = "var", **params: object) -> tuple[dict[str, Any], list[Any]]:
    """Every page of a list, as its head promises, with the first head."""
    first, found = ask(bps, model=model, **params)["data"]
    for page in range(2, first["pages"] + 1):
        found += ask(bps, model=model, page=page, **params)["data"][1]
    return first, found


def ids(found: list[Any]) -> list[int]:
    return [row["var_id"] for row in found]


def test_moving_pages_repeat_a_row_once_and_are_calm_on_a_second_reading(bps: BpsStandin) -> None:
    calm = ids(rows(bps)[1])
    bps.fail_with("moving_pages")
    moved = ids(rows(bps)[1])
    assert [i for i in moved if moved.count(i) > 1] == [calm[9]] * 2
    head, found = rows(bps)
    assert (head["total"], len(found), len(set(ids(found)))) == (44, 44, 44)
    assert ids(found)[1:] == calm


def test_always_moving_pages_never_come_to_rest(bps: BpsStandin) -> None:
    bps.fail_with("always_moving_pages")
    for _ in range(3):
        found = ids(rows(bps)[1])
        assert len(found) != len(set(found))


def test_duplicated_pages_show_the_page_before(bps: BpsStandin) -> None:
    bps.fail_with("duplicated_pages")
    assert ask(bps, model="var", page=2)["data"][1] == ask(bps, model="var", page=1)["data"][1]
    assert ask(bps, model="var", page=2)["data"][0]["page"] == 2


@pytest.mark.parametrize(("name", "pages"), [("lying_pages", 1), ("too_many_pages", 8)])
def test_the_head_lies_about_the_pages(bps: BpsStandin, name: str, pages: int) -> None:
    bps.fail_with(name)
    head = ask(bps, model="var")["data"][0]
    assert (head["pages"], head["total"]) == (pages, 43)


def test_a_year_is_added_in_the_middle_of_a_reading(bps: BpsStandin) -> None:
    bps.set_today(date(2024, 1, 31))
    bps.fail_with("year_added")
    assert ask(bps, model="th", var=9102)["data"][1][0]["th"] == "2022"
    later = ask(bps, model="data", var=9102, th="122;123")
    assert [year["label"] for year in later["tahun"]] == ["2022", "2023"]
    assert later["last_update"] == "2024-04-04 08:00:00"


@pytest.mark.parametrize(("name", "stamped"), [("revised_midway", True), ("revised_midway_silently", False)])
def test_figures_change_between_two_windows(bps: BpsStandin, name: str, stamped: bool) -> None:
    bps.fail_with(name)
    before, after = (ask(bps, model="data", var=9102, th="122;123") for _ in range(2))
    key = "3" + "9102" + "0" + "123" + "0"
    assert round(after["datacontent"][key] - before["datacontent"][key], 2) == 1.25
    assert (before["last_update"] != after["last_update"]) is stamped


def test_a_vanished_year_is_neither_listed_nor_given(bps: BpsStandin) -> None:
    bps.fail_with("vanished_year")
    assert ask(bps, model="th", var=9102)["data"][1][0]["th"] == "2022"
    both = ask(bps, model="data", var=9102, th="122;123")
    assert [year["val"] for year in both["tahun"]] == [122]
    assert not [key for key in both["datacontent"] if key.endswith("1230")]
    assert ask(bps, model="data", var=9102, th="123")["data"] == ""
    assert ask(bps, model="data", var=9102, th="121;122")["tahun"][-1]["val"] == 122


def test_two_combinations_of_ids_make_one_key(bps: BpsStandin) -> None:
    bps.fail_with("ambiguous_combinations")
    answer = ask(bps, model="data", var=9102, th="123")
    made: dict[str, list[str]] = {}
    for row in answer["vervar"]:
        for column in answer["turvar"]:
            made.setdefault(f"{row['val']}9102{column['val']}1230", []).append(row["label"])
    twice = {key: labels for key, labels in made.items() if len(labels) > 1}
    assert list(twice.values()) == [["C Industri Pengolahan", "D Pengadaan Listrik dan Gas "]]
    assert set(twice) < set(answer["datacontent"])


def test_the_key_is_refused_halfway(bps: BpsStandin) -> None:
    bps.fail_with("key_refused_midway")
    assert [ask(bps, model="unit")["status"] for _ in range(3)] == ["OK", "OK", "Error"]


def test_ignored_parameters_give_everything(bps: BpsStandin) -> None:
    bps.fail_with("keyword_ignored")
    bps.fail_with("year_ignored")
    assert ask(bps, model="var", keyword="PDRB")["data"][0]["total"] == 43
    assert ask(bps, model="publication", year=2024)["data"][0]["total"] > 10


@pytest.mark.parametrize("name", ["unit_change", "silent_unit_change", "unit_only"])
def test_a_unit_changes_in_three_ways(bps: BpsStandin, name: str) -> None:
    bps.fail_with(name)
    answer = ask(bps, model="data", var=9102, th="122;123")
    values = [round(answer["datacontent"][f"391020{th}0"]) for th in (122, 123)]
    assert (answer["var"][0]["unit"], values) == {
        "unit_change": ("Juta Rupiah", [1_482_300, 1_559_380]),
        "silent_unit_change": ("Miliar Rupiah", [1482, 1_559_380]),
        "unit_only": ("Juta Rupiah", [1482, 1559]),
    }[name]


def test_the_link_of_a_pdf_leads_to_a_pdf_or_to_a_web_page(bps: BpsStandin) -> None:
    link = ask(bps, model="publication", keyword="Lapangan Usaha")["data"][1][0]["pdf"]
    assert requests.get(link, timeout=5).content.startswith(b"%PDF")
    bps.fail_with("pdf_html")
    assert requests.get(link, timeout=5).content.startswith(b"<!doctype html>")


def test_a_dropped_connection_is_dropped_in_the_middle_of_the_body(bps: BpsStandin) -> None:
    bps.fail_with("cut_off")
    with socket.create_connection(("127.0.0.1", int(bps.site.rpartition(":")[2])), timeout=5) as link:
        url = f"/v1/api/list?model=unit&domain=3529&key={bps.key}"
        link.sendall(f"GET {url} HTTP/1.1\r\nHost: x\r\nUser-Agent: uji/1\r\n\r\n".encode())
        came = b"".join(iter(lambda: link.recv(65536), b""))
    head, _, body = came.partition(b"\r\n\r\n")
    promised = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    assert 0 < len(body) < promised


def test_a_fault_may_concern_one_model_only(bps: BpsStandin) -> None:
    bps.fail_with("null", model="data")
    assert ask(bps, model="unit")["status"] == "OK"
    assert ask(bps, model="data", var=9102, th="123") is None


def test_a_fault_may_concern_one_region_only(bps: BpsStandin) -> None:
    post(bps, "fault", {"name": "waf_403", "domain": "3528"}).raise_for_status()
    assert [raw(bps, model="unit", domain=code).status_code for code in ("3528", "3529")] == [403, 200]


# --- from the shell -------------------------------------------------------------------------------


def post(bps: BpsStandin, name: str, body: object = "") -> requests.Response:
    data = body if isinstance(body, str) else json.dumps(body)
    return requests.post(f"{bps.site}/_standin/{name}", data=data, timeout=5)


def test_a_running_stand_in_is_switched_by_posts(bps: BpsStandin) -> None:
    assert post(bps, "fault", {"name": "null", "model": "unit", "times": 1}).json()["name"] == "null"
    assert [ask(bps, model="unit") is None for _ in range(2)] == [True, False]
    post(bps, "fault", "bad_key").raise_for_status()
    assert ask(bps, model="unit")["status"] == "Error"
    post(bps, "behave").raise_for_status()
    assert ask(bps, model="unit")["status"] == "OK"
    post(bps, "scenario", "vanished_year").raise_for_status()
    post(bps, "today", "2024-05-06").raise_for_status()
    assert ask(bps, model="th", var=9102)["data"][1][0]["th"] == "2022"


@pytest.mark.parametrize(
    ("name", "body", "status"),
    [
        ("fault", "salah_ketik", 400),
        ("fault", {"name": "null", "seconds": "lama"}, 400),
        ("fault", {"nama": "null"}, 400),
        ("fault", "{", 400),
        ("fault", '{"name": [1]}', 400),
        ("scenario", "salah_ketik", 400),
        ("lain", "", 404),
    ],
)
def test_a_command_that_is_none_is_refused_and_changes_nothing(
    bps: BpsStandin, name: str, body: object, status: int
) -> None:
    assert post(bps, name, body).status_code == status
    assert ask(bps, model="unit")["status"] == "OK"


def test_the_shell_writes_a_fault_in_one_word() -> None:
    assert read_fault("null") == {"name": "null", "model": "", "seconds": None}
    assert read_fault("latency@data=2.5") == {"name": "latency", "model": "data", "seconds": 2.5}
    with pytest.raises(ValueError, match="slip_100"):
        read_fault("salah_ketik")


def test_faults_scenario_and_size_are_given_when_it_is_started() -> None:
    options = "--scenario release_2025 --today 2025-04-11 --fault null@unit --domains 38 --filler 12"
    command = [sys.executable, "-m", "standins.bps", *options.split()]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
    ) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())

            def get(path: str, **params: str) -> Any:
                return requests.get(f"{told['url']}/{path}", {**params, "key": told["key"]}, timeout=5).json()

            assert get("list", model="unit", domain="3529") is None
            assert get("list", model="th", domain="3529", var="9102")["data"][1][0]["th"] == "2024"
            assert get("list", model="var", domain="3501")["data"][0]["total"] == 12 + 6
            assert get("domain", type="kabbyprov", prov="3500")["data"][0]["total"] == 38
        finally:
            process.terminate()
