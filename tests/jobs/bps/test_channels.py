"""A release seen in one channel is looked for in the others; they are compared, never averaged."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlmodel import select

from jobs.bps.poll import poll_bps
from jobs.report.realisasi import select_realisasi
from jobs.report.status import read_status
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
