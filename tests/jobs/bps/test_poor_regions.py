"""Regions whose BPS office has less than others: what is there is used, what is not is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, timedelta

import pytest

from core.errors import NothingFoundError
from jobs.bps.poll import poll_bps
from jobs.report.realisasi import select_realisasi
from jobs.workspace import Workspace
from models.bps.tables import PollOutcome
from models.session import open_session
from reports.realisasi import State
from standins.bps import catalogue, faults
from standins.bps.catalogue import Timeline, Variable
from standins.bps.faults import Asked
from standins.serving import Reply
from tests.jobs.given.days import JANUARY, RELEASE_DAY

CURRENT, CONSTANT = 9101, 9102
EVERY_TABLE = (CURRENT, CONSTANT, 9103, 9104)


def in_plain_rupiah(_asked: Asked, reply: Reply) -> Reply:
    payload = json.loads(reply.body)
    payload["var"][0].update(unit="Rupiah", label=payload["var"][0]["label"].split(" (")[0])
    return faults.json_reply(payload)


@pytest.fixture
def hide(monkeypatch) -> Callable[..., None]:
    """Take dynamic tables out of the list of variables and out of the catalogue."""
    every = catalogue.variables

    def apply(*numbers: int) -> None:
        def others(domain: str, timeline: Timeline) -> list[Variable]:
            return [table for table in every(domain, timeline) if table.var_id not in numbers]

        monkeypatch.setattr(catalogue, "variables", others)

    return apply


def states(workspace: Workspace) -> dict[str, State]:
    with open_session(workspace.engine, read_only=True) as session:
        chosen = select_realisasi(session, workspace.agency)
    return {i: chosen[i, 2023].state for i in ("pertumbuhan-industri", "kontribusi-industri")}


def test_without_dynamic_tables_the_static_ones_bring_the_release(at, hide):
    hide(*EVERY_TABLE)
    poll_bps(at(JANUARY))
    workspace = at(RELEASE_DAY)
    result = poll_bps(workspace)
    assert result.outcome is PollOutcome.RELEASED
    assert "tidak ditemukan" in result.problems[0]
    assert set(states(workspace).values()) == {State.PROVISIONAL}


@pytest.mark.parametrize("day", [JANUARY, RELEASE_DAY])
def test_without_dynamic_tables_a_look_without_news_costs_at_most_six_requests(day: date, at, hide):
    hide(*EVERY_TABLE)
    poll_bps(at(day))
    assert poll_bps(at(day + timedelta(days=1))).requests <= 6


def test_without_current_prices_growth_is_computed_all_the_same(at, hide, bps):
    hide(CURRENT)
    for channel in ("static_tables_down", "simdasi_down"):
        bps.fail_with(channel)
    workspace = at(RELEASE_DAY)
    assert "harga berlaku" in poll_bps(workspace).problems[0]
    assert states(workspace) == {
        "pertumbuhan-industri": State.PROVISIONAL,
        "kontribusi-industri": State.WAITING,
    }


def test_a_table_whose_figures_are_stored_and_that_is_gone_is_a_failure(at, hide):
    poll_bps(at(RELEASE_DAY))
    hide(CURRENT)
    with pytest.raises(NothingFoundError, match="harga berlaku"):
        poll_bps(at(RELEASE_DAY + timedelta(days=1)))


@pytest.mark.parametrize(
    ("broken", "read"),
    [(CURRENT, "pertumbuhan-industri"), (CONSTANT, "kontribusi-industri")],
)
def test_a_main_table_that_cannot_be_read_does_not_take_the_other_one_along(
    broken: int, read: str, at, bps, monkeypatch
):
    monkeypatch.setitem(faults.FAULTS, "plain_rupiah", in_plain_rupiah)
    bps.fail_with("plain_rupiah", when=lambda a: a.model == "data" and a.params.get("var") == str(broken))
    for channel in ("static_tables_down", "simdasi_down"):
        bps.fail_with(channel)
    workspace = at(RELEASE_DAY)
    result = poll_bps(workspace)
    assert any("'Rupiah'" in problem for problem in result.problems)
    assert {i for i, state in states(workspace).items() if state is State.PROVISIONAL} == {read}


def test_a_list_of_years_of_several_pages_costs_one_request(at, bps, monkeypatch):
    def long(_asked: Asked, reply: Reply) -> Reply:
        payload = json.loads(reply.body)
        head, rows = payload["data"]
        return faults.json_reply({**payload, "data": [{**head, "pages": 2, "total": len(rows) + 3}, rows]})

    monkeypatch.setitem(faults.FAULTS, "long_list", long)
    bps.fail_with("long_list", model="th")
    poll_bps(at(JANUARY))
    assert poll_bps(at(JANUARY + timedelta(days=1))).requests <= 6


def test_growth_without_the_year_before_is_not_computable_and_not_called_unreleased(at, bps, monkeypatch):
    def without_2022(_asked: Asked, reply: Reply) -> Reply:
        payload = json.loads(reply.body)
        payload["tahun"] = [year for year in payload["tahun"] if year["label"] != "2022"]
        codes = {key for key in payload["datacontent"] if key.endswith("1220")}
        payload["datacontent"] = {k: v for k, v in payload["datacontent"].items() if k not in codes}
        return faults.json_reply(payload)

    monkeypatch.setitem(faults.FAULTS, "without_2022", without_2022)
    bps.fail_with("without_2022", when=lambda a: a.model == "data" and a.params.get("var") == str(CONSTANT))
    for channel in ("static_tables_down", "simdasi_down"):
        bps.fail_with(channel)
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    with open_session(workspace.engine, read_only=True) as session:
        taken = select_realisasi(session, workspace.agency)["pertumbuhan-industri", 2023]
    assert (taken.state, taken.reason) == (State.NOT_COMPUTABLE, "Angka tahun 2022 tidak ada di BPS.")
