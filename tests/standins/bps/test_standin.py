"""The stand-in speaks as BPS was recorded to speak."""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests

from standins.bps import BpsStandin

JANUARY, RELEASE_DAY = date(2024, 1, 31), date(2024, 4, 4)


@pytest.fixture
def bps() -> Iterator[BpsStandin]:
    with BpsStandin(today=RELEASE_DAY) as standin:
        yield standin


def ask(bps: BpsStandin, path: str, **params: object) -> Any:
    params.setdefault("key", bps.key)
    return requests.get(f"{bps.url}/{path}", params={k: str(v) for k, v in params.items()}, timeout=5).json()


@pytest.mark.parametrize(
    "path",
    [
        "list/model/th/lang/ind/domain/3529/var/9102/key/{key}/",
        "list/key/{key}/model/th/var/9102/domain/3529",
    ],
)
def test_both_url_styles_say_the_same(bps: BpsStandin, path: str) -> None:
    by_path = requests.get(f"{bps.url}/{path.format(key=bps.key)}", timeout=5).json()
    assert by_path["status"] == "OK"
    assert by_path == ask(bps, "list", model="th", domain="3529", var=9102)


def test_an_empty_value_keeps_its_place_in_a_path(bps: BpsStandin) -> None:
    url = f"{bps.url}/list/model/unit/perpage/100000/domain/3529/key/{bps.key}/keyword//page/2"
    assert requests.get(url, timeout=5).json()["data"][0]["page"] == 2


def test_lists_come_ten_a_page_and_perpage_is_ignored(bps: BpsStandin) -> None:
    meta, rows = ask(bps, "list", model="var", domain="3529", perpage=1000)["data"]
    assert meta == {"page": 1, "pages": 5, "per_page": 10, "count": 10, "total": 43}
    assert len(rows) == 10
    assert len(ask(bps, "list", model="var", domain="3529", page=5)["data"][1]) == 3


def test_a_page_behind_the_last_is_not_available(bps: BpsStandin) -> None:
    answer = ask(bps, "list", model="var", domain="3529", page=6)
    assert answer == {"status": "OK", "data-availability": "list-not-available", "data": ""}


@pytest.mark.parametrize(
    ("model", "fields"),
    [
        ("subcat", {"subcat_id", "title"}),
        ("subject", {"sub_id", "title", "subcat_id", "subcat", "ntabel"}),
        ("var", {"var_id", "title", "sub_id", "sub_name", "subcsa_id", "subcsa_name", "def", "notes",
                 "vertical", "unit", "graph_id", "graph_name"}),
        ("vervar", {"kode_ver_id", "vervar", "item_ver_id", "group_ver_id", "name_group_ver_id"}),
        ("turvar", {"turvar_id", "turvar", "group_turvar_id", "name_group_turvar"}),
        ("turth", {"turth_id", "turth", "group_turth_id", "name_group_turth"}),
        ("th", {"th_id", "th"}),
        ("unit", {"unit_id", "unit"}),
        ("publication", {"pub_id", "title", "abstract", "issn", "sch_date", "rl_date", "updt_date", "cover",
                         "pdf", "size"}),
        ("pressrelease", {"brs_id", "subj_id", "subj", "title", "abstract", "rl_date", "updt_date", "pdf",
                          "size", "slide", "thumbnail"}),
        ("statictable", {"table_id", "title", "subj_id", "subj", "updt_date", "size", "excel"}),
    ],
)  # fmt: skip
def test_rows_have_the_recorded_fields(bps: BpsStandin, model: str, fields: set[str]) -> None:
    _, rows = ask(bps, "list", model=model, domain="3529", var=9102)["data"]
    assert set(rows[0]) == fields


def test_years_are_text_with_a_number_beside_newest_first(bps: BpsStandin) -> None:
    rows = ask(bps, "list", model="th", domain="3529", var=9102)["data"][1]
    assert rows[0] == {"th_id": 123, "th": "2023"}
    assert [row["th_id"] for row in rows] == [123, 122, 121, 120, 119]


def test_data_has_composite_keys_and_text_zero(bps: BpsStandin) -> None:
    answer = ask(bps, "list", model="data", domain="3529", var=9102, th="122:123")
    assert answer["turvar"] == [{"val": "0", "label": "Tidak ada"}]
    assert answer["datacontent"]["391020" + "1230"] == 1559.38
    assert list(answer["datacontent"]) != sorted(answer["datacontent"])
    assert isinstance(answer["related"], dict)
    assert answer["last_update"] == "2024-04-04 08:00:00"


@pytest.mark.parametrize(
    ("params", "message"),
    [
        ({"model": "data", "domain": "3529", "var": 9102}, "'th' parameter is required"),
        ({"model": "data", "domain": "3529", "var": 9102, "th": "x"}, "'th' parameter is required"),
        ({"model": "data", "domain": "3529", "var": 9102, "th": "121:123"}, "parameter is 2. You provided 3"),
        ({"model": "data", "domain": "0000", "var": 9001, "th": "120:123"}, "parameter is 3. You provided 4"),
        ({"model": "var"}, "Parameter domain is missing"),
        ({"model": "var", "domain": "3529", "key": "salah"}, "Please re-check your key"),
    ],
)
def test_errors_come_with_status_200(bps: BpsStandin, params: dict[str, object], message: str) -> None:
    answer = ask(bps, "list", **params)
    assert answer["status"] == "Error"
    assert message in answer["message"]


@pytest.mark.parametrize("agent", ["curl/8.5.0", "Python-urllib/3.11", ""])
def test_a_bare_client_meets_the_firewall_which_echoes_the_key(bps: BpsStandin, agent: str) -> None:
    request = urllib.request.Request(
        f"{bps.url}/list?model=unit&key={bps.key}", headers={"User-Agent": agent}
    )
    with pytest.raises(urllib.error.HTTPError) as caught:
        urllib.request.urlopen(request, timeout=5)
    page = caught.value.read().decode()
    assert caught.value.code == 403
    assert "Perimeter WAF Block" in page
    assert bps.key in page


def test_a_wrong_route_is_404(bps: BpsStandin) -> None:
    answer = requests.get(f"{bps.url}/lists", params={"key": bps.key}, timeout=5)
    assert (answer.status_code, answer.text) == (404, "404 - Unable to resolve the request")


def test_views_show_one_thing_or_say_not_available(bps: BpsStandin) -> None:
    for model, field in (("publication", "pub_id"), ("pressrelease", "brs_id"), ("statictable", "table_id")):
        row = ask(bps, "list", model=model, domain="3529")["data"][1][0]
        shown = ask(bps, "view", model=model, domain="3529", id=row[field])
        assert shown["data"]["title"] == row["title"]
        missing = ask(bps, "view", model=model, domain="3529", id="0")
        assert missing == {"status": "OK", "data-availability": "not-available", "data": ""}


def test_regions_lead_to_the_stand_ins_own_site(bps: BpsStandin) -> None:
    meta, rows = ask(bps, "domain", type="all")["data"]
    sumenep = next(row for row in rows if row["domain_id"] == "3529")
    assert meta["total"] == len(rows)
    page = requests.get(f"{sumenep['domain_url']}/id/publication/2024/04/04/x/y.html", timeout=5)
    assert "bukan halaman BPS" in page.text


def test_the_clock_brings_tables_book_and_press_release(bps: BpsStandin) -> None:
    def state() -> tuple[int, str, int, int]:
        years = ask(bps, "list", model="th", domain="3529", var=9102)["data"][1]
        note = ask(bps, "list", model="data", domain="3529", var=9102, th=122)["var"][0]["note"]
        books = ask(bps, "list", model="publication", domain="3529", keyword="Lapangan Usaha")["data"][1]
        news = ask(bps, "list", model="pressrelease", domain="3529", keyword="Pertumbuhan")["data"][1]
        return len(years), note, len(books), len(news)

    bps.set_today(JANUARY)
    years, note, books, news = state()
    assert (years, books, news) == (4, 1, 1)
    assert "Data 2022: Angka sangat sementara" in note
    bps.set_today(date(2024, 3, 1))
    assert state()[2:] == (2, 1), "the book is announced with a date in the future"
    requests.post(f"{bps.site}/_standin/today", data="2024-04-04", timeout=5).raise_for_status()
    years, note, books, news = state()
    assert (years, books, news) == (5, 2, 2)
    assert "Data 2022: Angka sementara" in note
    assert "Data 2023: Angka sangat sementara" in note


def test_a_day_that_is_none_is_refused(bps: BpsStandin) -> None:
    answer = requests.post(f"{bps.site}/_standin/today", data="besok", timeout=5)
    assert answer.status_code == 400
    assert bps.today == RELEASE_DAY


def test_a_fault_lasts_as_often_as_asked_and_where_asked(bps: BpsStandin) -> None:
    bps.fail_with("null", times=1, when=lambda asked: asked.model == "unit")
    assert ask(bps, "list", model="subject", domain="3529") is not None
    assert ask(bps, "list", model="unit", domain="3529") is None
    assert ask(bps, "list", model="unit", domain="3529") is not None


def test_an_unknown_fault_is_said_at_once(bps: BpsStandin) -> None:
    with pytest.raises(KeyError, match="wrong_total"):
        bps.fail_with("salah ketik")


def test_requests_are_remembered_without_the_key(bps: BpsStandin) -> None:
    ask(bps, "list", model="unit", domain="3529")
    assert bps.requests[0].params == {"model": "unit", "domain": "3529"}


def test_it_runs_from_the_shell() -> None:
    command = [sys.executable, "-m", "standins.bps", "--port", "0", "--today", "2024-01-31"]
    project = Path(__file__).parents[3]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=project) as process:
        try:
            assert process.stdout is not None
            told = json.loads(process.stdout.readline())
            answer = requests.get(
                f"{told['url']}/list", {"model": "unit", "domain": "3529", "key": told["key"]}, timeout=5
            )
            assert answer.json()["status"] == "OK"
            assert told["today"] == "2024-01-31"
        finally:
            process.terminate()
