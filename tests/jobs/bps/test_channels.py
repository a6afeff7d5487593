"""A release seen in one channel is looked for in the others; they are compared, never averaged."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from core.errors import KeyRefusedError
from jobs.bps.cross_check import look_at_others
from jobs.bps.poll import look_at_region, own_target, poll_bps
from jobs.bps.session import open_client
from jobs.bps.watch import Memory, Reading, look_at_lists, read_main_tables
from jobs.report.realisasi import select_realisasi
from jobs.report.state.status import read_status
from jobs.workspace import Workspace
from models.bps.tables import Observation, Vintage
from models.session import open_session
from reports.realisasi import Realisasi, State
from standins.bps import BpsStandin
from standins.bps.scenarios import DECLARED_DAY
from tests.jobs.given.days import RELEASE_DAY


def realisasi(workspace: Workspace, indicator: str = "pertumbuhan-industri") -> Realisasi:
    with open_session(workspace.engine, read_only=True) as session:
        return select_realisasi(session, workspace.agency)[indicator, 2023]


def industry(workspace: Workspace, measure: str = "adhk") -> dict[str, Decimal]:
    """The value of industry in 2023, by channel."""
    query = (
        select(Vintage, Observation)
        .join(Observation)
        .where(Vintage.measure == measure, Observation.sector == "C", Observation.year == 2023)
    )
    with open_session(workspace.engine, read_only=True) as session:
        return {vintage.channel: observation.value for vintage, observation in session.exec(query)}


def test_on_news_every_channel_is_read_and_kept_under_its_own_name(at):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    assert set(industry(workspace)) == {"dynamic", "static", "simdasi", "quarterly"}
    assert len(set(industry(workspace).values())) == 1


def test_channels_that_agree_are_not_mentioned(at):
    workspace = at(RELEASE_DAY)
    assert poll_bps(workspace).problems == ()
    assert not any("menyebut" in note for note in realisasi(workspace).notes if "BPS menyebut" in note)


def test_the_dynamic_table_wins_and_the_other_figure_is_told_beside_it(at, bps: BpsStandin):
    bps.fail_with("simdasi_differs")
    workspace = at(RELEASE_DAY)
    result = poll_bps(workspace)
    figures = industry(workspace, "adhb")
    assert figures["simdasi"] != figures["dynamic"]
    share = realisasi(workspace, "kontribusi-industri")
    assert share.inputs[0].value == figures["dynamic"], "neither the other one nor a mean"
    assert any("SIMDASI" in problem and "mohon diperiksa" in problem for problem in result.problems)
    assert any("SIMDASI" in note for note in share.notes), "the report says so beside the figure"
    assert any("SIMDASI" in remark for remark in read_status(workspace).remarks)


def test_what_only_another_channel_has_fills_the_indicator_and_says_where_it_is_from(at, bps: BpsStandin):
    bps.fail_with("empty_datacontent")
    workspace = at(RELEASE_DAY)
    assert poll_bps(workspace).news
    growth = realisasi(workspace)
    assert growth.state is State.PROVISIONAL
    assert growth.source.startswith("BPS (tabel statis WebAPI)")
    assert any("tabel dinamis WebAPI BPS belum memuatnya" in note for note in growth.notes)


def test_the_quarterly_tables_never_fill_an_indicator(at, bps: BpsStandin):
    for fault in ("static_tables_down", "simdasi_down"):
        bps.fail_with(fault)
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    bps.behave()
    assert "quarterly" in industry(workspace)
    assert {entry.symbol for entry in realisasi(workspace).inputs} == {"ADHK C 2023", "ADHK C 2022"}
    assert realisasi(workspace).source == "BPS, 4 April 2024"


def test_channels_that_fail_stop_nothing_and_are_named(at, bps: BpsStandin):
    bps.fail_with("simdasi_down")
    workspace = at(RELEASE_DAY)
    result = poll_bps(workspace)
    assert result.news
    assert any(problem.startswith("Saluran SIMDASI tidak terbaca") for problem in result.problems)
    assert realisasi(workspace).state is State.PROVISIONAL


@pytest.mark.parametrize("news", [True, False])
def test_the_requests_of_a_cross_check_are_counted(at, bps: BpsStandin, news: bool):
    workspace = at(RELEASE_DAY)
    target, today = own_target(workspace), RELEASE_DAY
    with open_client(workspace) as client:
        sighting = look_at_lists(client, target, Memory(), today)
        reading = read_main_tables(client, sighting, Memory())
        before = len(bps.requests)
        others = look_at_others(client, sighting, reading, Memory(), today, news=news)
    assert others.requests == len(bps.requests) - before
    assert (others.requests > 5) is news


@pytest.mark.parametrize("days", [0, 1])
def test_the_requests_of_a_look_are_those_of_all_its_steps(at, bps: BpsStandin, days: int):
    for day in range(days + 1):
        bps.requests.clear()
        result = poll_bps(at(RELEASE_DAY + timedelta(days=day)))
    assert result.requests == len(bps.requests) > 0


def test_where_there_is_no_main_table_a_key_that_everything_refuses_is_the_error(at, bps: BpsStandin):
    """The lists of the region are there, none of them has PDRB."""
    workspace = at(RELEASE_DAY)
    with open_client(workspace) as client:
        sighting = look_at_lists(client, own_target(workspace), Memory(), RELEASE_DAY)
        bare = replace(sighting, found=replace(sighting.found, series={}))
    bps.fail_with("bad_key")
    with open_client(workspace) as client, pytest.raises(KeyRefusedError):
        look_at_others(client, bare, Reading(()), Memory({"site": "x"}), RELEASE_DAY, news=True)
    bps.behave()
    bps.fail_with("simdasi_bad_key")
    with open_client(workspace) as client:
        others = look_at_others(client, bare, Reading(()), Memory(), RELEASE_DAY, news=True)
    assert {table.channel for table in others.tables} >= {"static"}


def test_a_side_channel_that_refuses_the_key_of_one_region_costs_the_next_one_nothing(at, bps: BpsStandin):
    bps.fail_with("simdasi_bad_key")
    workspace = at(RELEASE_DAY)
    with open_client(workspace) as client:
        for _ in range(2):
            own = client.sharing()
            *_, reading, others = look_at_region(workspace, own, own_target(workspace))
            assert len(reading.tables) == 2
            assert any("SIMDASI" in problem for problem in others.problems)


def test_a_year_that_is_listed_but_empty_stays_waiting(at, bps: BpsStandin):
    bps.set_scenario("declared_first")
    workspace = at(DECLARED_DAY)
    result = poll_bps(workspace)
    assert not result.news
    assert "belum berisi angka" in result.message
    assert realisasi(workspace).state is State.WAITING


@pytest.mark.parametrize("scenario", ["scheduled_only", "postponed"])
def test_an_announcement_is_told_by_the_status_and_is_no_release(at, bps: BpsStandin, scenario: str):
    bps.set_scenario(scenario)
    workspace = at(RELEASE_DAY.replace(month=3, day=25))
    assert not poll_bps(workspace).news
    (due,) = [remark for remark in read_status(workspace).remarks if remark.startswith("Rilis diumumkan")]
    assert due.startswith("Rilis diumumkan untuk 4 April 2024 (10 hari lagi): Produk Domestik Regional Bruto")


def test_the_catalogue_that_changes_sends_the_watch_back_to_its_table(at, bps: BpsStandin):
    bps.set_scenario("stamped_revision")
    poll_bps(at(RELEASE_DAY))
    bps.requests.clear()
    poll_bps(at(RELEASE_DAY.replace(month=5, day=6)))
    assert any(request.path == "interoperabilitas" for request in bps.requests)
