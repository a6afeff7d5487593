"""What a look costs and remembers: at most six requests without news, one row, on any server."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlmodel import select as select_rows

from jobs.bps.keep import keep_look, recall
from jobs.bps.poll import own_target, poll_bps
from jobs.bps.watch import QUIET_REQUESTS
from jobs.workspace import Workspace
from models.bps.tables import PollOutcome, Vintage
from models.session import open_session
from models.tables import Table
from standins.bps import BpsStandin
from tests.jobs.given.days import JANUARY, RELEASE_DAY

NEXT_DAY = RELEASE_DAY + timedelta(days=1)


def rows(workspace: Workspace) -> dict[str, int]:
    """How many rows every table has."""
    with open_session(workspace.engine, read_only=True) as session:
        return {
            name: session.execute(select(func.count()).select_from(table)).scalar_one()
            for name, table in Table.metadata.tables.items()
        }


@pytest.mark.parametrize("days", range(4))
def test_a_look_without_news_writes_its_own_row_and_no_other(at, bps: BpsStandin, days: int):
    poll_bps(at(RELEASE_DAY))
    workspace = at(NEXT_DAY + timedelta(days=days))
    before = rows(workspace)
    bps.requests.clear()
    assert poll_bps(workspace).outcome is PollOutcome.NO_NEWS
    assert len(bps.requests) <= QUIET_REQUESTS
    assert {
        name: count - before[name] for name, count in rows(workspace).items() if count != before[name]
    } == {"polls": 1}


@pytest.mark.parametrize("missing", ["", "tablestatistic", "publication", "pressrelease", "statictable"])
def test_the_first_look_is_no_dearer_on_a_server_that_lacks_something(at, bps: BpsStandin, missing: str):
    if missing:
        bps.fail_with("not_available", model=missing)
    result = poll_bps(at(JANUARY))
    assert result.outcome is PollOutcome.NO_NEWS
    assert len(bps.requests) <= QUIET_REQUESTS
    bps.requests.clear()
    poll_bps(at(JANUARY + timedelta(days=1)))
    assert len(bps.requests) <= QUIET_REQUESTS


def test_without_a_catalogue_the_choice_of_tables_lasts_four_weeks(at, bps: BpsStandin):
    bps.fail_with("not_available", model="tablestatistic")
    poll_bps(at(JANUARY))

    def asked_for_tables(day: date) -> bool:
        bps.requests.clear()
        poll_bps(at(day))
        return any(request.params.get("model") == "var" for request in bps.requests)

    assert not asked_for_tables(JANUARY + timedelta(days=27))
    assert asked_for_tables(JANUARY + timedelta(days=28))
    assert not asked_for_tables(JANUARY + timedelta(days=29))


def test_tables_that_are_gone_are_looked_for_again(at, bps: BpsStandin):
    poll_bps(at(RELEASE_DAY))
    bps.fail_with("not_available", model="data", times=3)
    assert "sedang tidak ada" in poll_bps(at(NEXT_DAY)).message
    bps.behave()
    bps.requests.clear()
    assert poll_bps(at(NEXT_DAY)).message == "PDRB 2023 di BPS tidak berubah sejak pemeriksaan terakhir."
    assert "series" in recall(at(NEXT_DAY), own_target(at(NEXT_DAY))).marks


def test_another_channel_that_changes_is_recorded_but_is_no_revision(at):
    from jobs.bps.cross_check import CrossCheck
    from tests.jobs.bps.test_poll import look

    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    sighting, reading = look(workspace)
    table = reading.tables[0]
    cells = tuple(replace(c, value=c.value * 2) if c.sector in ("C", "TOTAL") else c for c in table.cells)
    static = replace(table, channel="static", table_id="341", cells=cells)
    memory = recall(workspace, own_target(workspace))
    result = keep_look(workspace, memory, sighting, reading, CrossCheck((static,)))
    assert result.outcome is PollOutcome.NO_NEWS
    assert any("tabel statis WebAPI" in problem for problem in result.problems)
    with open_session(workspace.engine, read_only=True) as session:
        assert session.exec(select_rows(Vintage).where(Vintage.table_id == "341")).all()


def test_a_figure_that_only_another_channel_has_is_a_release_once(at, bps: BpsStandin):
    bps.fail_with("empty_datacontent", domain="3529")
    first = poll_bps(at(RELEASE_DAY))
    assert first.outcome is PollOutcome.RELEASED
    assert first.message == (
        "BPS merilis PDRB 2023 pada 4 April 2024 lewat saluran lain; tabel dinamis WebAPI menyusul."
    )
    assert poll_bps(at(NEXT_DAY)).outcome is PollOutcome.NO_NEWS


@pytest.mark.parametrize("fault", ["catalogue_down", "publications_down"])
def test_a_list_that_cannot_be_read_is_no_change_of_what_it_lists(at, bps: BpsStandin, fault: str):
    poll_bps(at(RELEASE_DAY))
    bps.fail_with(fault)
    poll_bps(at(NEXT_DAY))
    bps.behave()
    for days in (1, 2):
        bps.requests.clear()
        poll_bps(at(NEXT_DAY + timedelta(days=days)))
        assert len(bps.requests) <= QUIET_REQUESTS
