from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from connectors.bps import BpsClient
from connectors.web.session import PoliteSession
from core.errors import OutOfTimeError, SourceError
from standins.bps import BpsStandin, faults
from standins.bps.faults import Asked
from standins.serving import Reply
from tests.connectors.given.recorded import AGENT, Clock


def test_a_list_is_read_to_its_last_page(bps: BpsStandin, client: BpsClient) -> None:
    rows = client.list_all("var", domain="3529")
    assert len(rows) == len({row["var_id"] for row in rows}) == 43
    assert [r.params["page"] for r in bps.requests] == ["1", "2", "3", "4", "5"]


def test_no_such_thing_is_an_empty_list(client: BpsClient) -> None:
    assert client.list_all("var", domain="3529", keyword="tidak ada judul begini") == []


def test_two_years_a_call_oldest_first(bps: BpsStandin, client: BpsClient) -> None:
    answers = client.data("3529", 9102, [2023, 2019, 2020, 2021, 2022])
    assert [r.params["th"] for r in bps.requests] == ["119;120", "121;122", "123"]
    assert len(answers) == 3


def test_three_years_a_call_for_the_nation(bps: BpsStandin, client: BpsClient) -> None:
    client.data("0000", 9001, [2018, 2019, 2020, 2021])
    assert [r.params["th"] for r in bps.requests] == ["118;119;120", "121"]


def test_null_splits_the_window_into_single_years(bps: BpsStandin, client: BpsClient) -> None:
    bps.fail_with("null_for_many")
    answers = client.data("3529", 9102, [2022, 2023])
    assert [r.params["th"] for r in bps.requests] == ["122;123", "122", "123"]
    assert [a.payload["tahun"][0]["label"] for a in answers] == ["2022", "2023"]


def test_a_single_year_that_is_too_large_is_said(bps: BpsStandin, client: BpsClient) -> None:
    bps.fail_with("null")
    with pytest.raises(SourceError, match="Tabel 9102 tahun 2022 terlalu besar"):
        client.data("3529", 9102, [2022, 2023])


def test_years_that_are_not_there_give_no_answer(bps: BpsStandin, client: BpsClient) -> None:
    bps.set_today(date(2024, 1, 31))
    assert client.data("3529", 9102, [2023]) == []


def test_a_missing_key_is_said_before_anything_is_asked(bps: BpsStandin, session: PoliteSession) -> None:
    with pytest.raises(SourceError, match=r"belum diisi.*LKJIP_BPS_KEY"):
        BpsClient(bps.url, "", session).list_all("var", domain="3529")
    assert bps.requests == []


def _on_page(page: str, change: Callable[[list], None]) -> Callable[[Asked, Reply], Reply]:
    def apply(asked: Asked, reply: Reply) -> Reply:
        payload = json.loads(reply.body)
        if asked.params.get("page") == page and payload["data"]:
            change(payload["data"])
        return replace(reply, body=json.dumps(payload).encode())

    return apply


def _repeat_first(data: list) -> None:
    data[1][0] = {**data[1][0], "var_id": 9001}


def _grow(data: list) -> None:
    data[0]["total"] += 1


@pytest.mark.parametrize("change", [_repeat_first, _grow])
def test_a_list_that_moved_while_it_was_read_is_read_again(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch, change: Callable[[list], None]
) -> None:
    monkeypatch.setitem(faults.FAULTS, "moving", _on_page("2", change))
    bps.fail_with("moving", times=2)
    assert len(client.list_all("var", domain="3529")) == 43


def test_a_list_that_keeps_moving_is_given_up(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(faults.FAULTS, "moving", _on_page("3", _repeat_first))
    bps.fail_with("moving")
    with pytest.raises(SourceError, match="berubah selagi dibaca") as caught:
        client.list_all("var", domain="3529")
    assert caught.value.retryable


def test_a_list_of_another_shape_is_refused(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for data in (7, [], [{}, []], [{"pages": 2, "total": "banyak"}, []], [{"pages": 1, "total": 1}, [3]]):
        monkeypatch.setitem(
            faults.FAULTS, "shape", lambda _a, _r, d=data: faults.json_reply({"status": "OK", "data": d})
        )
        bps.behave()
        bps.fail_with("shape")
        with pytest.raises(SourceError, match="tidak berbentuk seperti biasanya"):
            client.list_all("var", domain="3529")


def _counts_as_text(data: list) -> None:
    data[0] = {name: f" {number} " for name, number in data[0].items()}
    data[1] = [{**row, "var_id": str(row["var_id"])} for row in data[1]]


def test_counts_and_ids_may_come_as_text(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(faults.FAULTS, "text", lambda a, r: _on_page(a.params["page"], _counts_as_text)(a, r))
    bps.fail_with("text")
    rows = client.list_all("var", domain="3529")
    assert len(rows) == len({row["var_id"] for row in rows}) == 43


def test_perpage_is_passed_on(bps: BpsStandin, client: BpsClient) -> None:
    client.list_all("unit", domain="3529", perpage=100)
    assert bps.requests[0].params["perpage"] == "100"


def test_pages_are_asked_for_at_once_and_come_in_order(
    bps: BpsStandin, client: BpsClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second to the fifth page answer only when all four have been asked for."""
    one_by_one = client.list_all("var", domain="3529")
    meeting = threading.Barrier(4, timeout=20)

    def meet(asked: Asked, reply: Reply) -> Reply:
        if asked.params["page"] != "1":
            meeting.wait()
        return reply

    monkeypatch.setitem(faults.FAULTS, "meet", meet)
    bps.fail_with("meet")
    session = PoliteSession(AGENT, secret=bps.key, concurrency=4, clock=clock, sleep=clock.sleep)
    assert BpsClient(bps.url, bps.key, session).list_all("var", domain="3529") == one_by_one
    session.close()


def test_when_a_list_moves_the_pages_far_ahead_are_not_asked_for(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of 101 pages the second says another total, each time; a few ahead are under way by then."""
    with BpsStandin(today=date(2024, 4, 4), filler=1002) as bps:
        session = PoliteSession(AGENT, secret=bps.key, concurrency=2, clock=clock, sleep=clock.sleep)
        monkeypatch.setitem(faults.FAULTS, "moving", _on_page("2", _grow))
        bps.fail_with("moving")
        with pytest.raises(SourceError, match="berubah selagi dibaca"):
            BpsClient(bps.url, bps.key, session).list_all("var", domain="3529")
        session.close()
        assert len(bps.requests) <= 2 * (1 + 4 + 2)


def test_a_page_that_fails_among_several_fails_the_list(bps: BpsStandin, clock: Clock) -> None:
    bps.fail_with("truncated", when=lambda asked: asked.params["page"] == "3")
    session = PoliteSession(AGENT, secret=bps.key, concurrency=4, clock=clock, sleep=clock.sleep)
    with pytest.raises(SourceError, match="terpotong atau rusak"):
        BpsClient(bps.url, bps.key, session).list_all("var", domain="3529")
    session.close()


def test_the_firewalls_page_is_tried_again(bps: BpsStandin, client: BpsClient) -> None:
    bps.fail_with("html_200", times=2)
    assert len(client.list_all("unit", domain="3529")) == 12


def test_a_refused_key_is_not_tried_again(bps: BpsStandin, clock: Clock) -> None:
    session = PoliteSession(AGENT, secret="salah", clock=clock, sleep=clock.sleep)
    with pytest.raises(SourceError, match="BPS menolak kunci WebAPI"):
        BpsClient(bps.url, "salah", session).list_all("var", domain="3529")
    session.close()
    assert len(bps.requests) == 1


def test_a_question_in_path_style_carries_everything_in_its_path(bps: BpsStandin, client: BpsClient) -> None:
    answer = client.ask_path("list", "model", "th", "domain", "3529", "var", 9102)
    assert answer.payload["data"][0]["total"] == 5
    assert answer.fetched.url_redacted == f"{bps.url}/list/model/th/domain/3529/var/9102/key/***"


def test_a_part_of_a_path_cannot_open_another_one(bps: BpsStandin, client: BpsClient) -> None:
    client.ask_path("list", "model", "unit", "domain", "3529", "keyword", "a/b?c=d")
    assert bps.requests[0].params == {"model": "unit", "domain": "3529", "keyword": "a/b?c=d"}


def test_in_path_style_a_missing_key_is_said_too(bps: BpsStandin, session: PoliteSession) -> None:
    with pytest.raises(SourceError, match=r"belum diisi.*LKJIP_BPS_KEY"):
        BpsClient(bps.url, "", session).ask_path("list", "model", "unit", "domain", "3529")
    assert bps.requests == []


def test_a_look_that_took_too_long_asks_nothing_more(bps: BpsStandin, session: PoliteSession) -> None:
    bps.fail_with("too_many_429", times=1)
    client = BpsClient(bps.url, bps.key, session, look_seconds=7)
    with pytest.raises(OutOfTimeError):
        client.list_all("unit", domain="3529")
    assert client.out_of_time
    assert len(bps.requests) == 1
    assert client.sharing().list_all("unit", domain="3529"), "another look has a time of its own"


def test_what_may_take_a_share_leaves_the_rest_and_is_taken_off_it(
    bps: BpsStandin, session: PoliteSession
) -> None:
    bps.fail_with("too_many_429", times=1)
    client = BpsClient(bps.url, bps.key, session, look_seconds=12)
    with client.at_most(0.5), pytest.raises(OutOfTimeError, match=r"\(6 detik\) habis"):
        client.list_all("unit", domain="3529")
    assert client.list_all("unit", domain="3529")
    bps.fail_with("too_many_429", times=1)
    with pytest.raises(OutOfTimeError, match=r"\(12 detik\) habis"):
        client.list_all("unit", domain="3529")
