"""The main path: an indicator that waits for open unemployment, and is filled on the day of its release."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from jobs.bps.poll import poll_bps
from jobs.report.refresh import refresh
from jobs.report.render import present_report
from models.bps.tables import PollOutcome, Vintage
from models.session import open_session
from models.snapshots import read_snapshot
from reports.realisasi import State
from tests.jobs.given.days import JANUARY

TPT = "{table: tingkat pengangguran terbuka, row: Sumenep, characteristic: Jumlah}"
RELEASED = date(2024, 2, 28)


@pytest.fixture
def unemployment(naming):
    """The office that names it, with nothing else of BPS."""
    return naming(pdrb=False, industry=TPT)


def test_it_waits_in_the_words_of_its_own_statistic(unemployment, taken):
    workspace = unemployment(JANUARY)
    result = poll_bps(workspace)
    assert result.message == "BPS belum merilis tingkat pengangguran terbuka 2023."
    assert not result.news
    assert taken(workspace).reason == "Menunggu Rilis tingkat pengangguran terbuka oleh BPS 2024"


def test_the_release_fills_it_and_the_report_shows_it(unemployment, taken):
    poll_bps(unemployment(JANUARY))
    workspace = unemployment(RELEASED)
    result = poll_bps(workspace)
    assert (result.outcome, result.message) == (
        PollOutcome.RELEASED,
        "BPS merilis tingkat pengangguran terbuka 2023.",
    )
    assert result.holds_year
    filled = taken(workspace)
    assert (filled.state, str(filled.value), filled.source) == (State.FINAL, "2,08%", "BPS, 28 Februari 2024")
    rows = present_report(workspace).tables["capaian"].flat_rows()
    assert any("2,08%†" in row and "BPS, 28 Februari 2024" in row for row in rows)


def test_the_figure_leads_back_to_the_bytes_and_no_key_is_in_them(unemployment, taken, bps):
    workspace = unemployment(RELEASED)
    poll_bps(workspace)
    (entry,) = taken(workspace).inputs
    assert entry.symbol == "Sumenep, Jumlah 2023"
    assert bps.key not in entry.url
    with open_session(workspace.engine, read_only=True) as session:
        content = read_snapshot(session, entry.snapshot).decode()
    assert str(entry.value) in content
    assert bps.key not in content


def test_a_second_look_is_no_news_and_keeps_nothing(unemployment):
    workspace = unemployment(RELEASED)
    poll_bps(workspace)
    again = poll_bps(unemployment(RELEASED + timedelta(days=1)))
    assert again.message == "Tingkat pengangguran terbuka 2023 tidak berubah sejak pemeriksaan terakhir."
    assert not again.news
    with open_session(workspace.engine, read_only=True) as session:
        assert len(session.exec(select(Vintage)).all()) == 1


def test_an_office_that_takes_no_pdrb_asks_nothing_about_it(unemployment, bps):
    poll_bps(unemployment(RELEASED))
    assert {entry.params.get("keyword") for entry in bps.requests} <= {None, "tingkat pengangguran terbuka"}
    before = len(bps.requests)
    poll_bps(unemployment(RELEASED))
    assert len(bps.requests) - before == 1


def test_an_illustration_stays_marked(unemployment, taken):
    workspace = unemployment(RELEASED)
    poll_bps(workspace)
    assert taken(workspace).illustrative
    assert taken(workspace).value.amount == Decimal("2.08")


@pytest.mark.usefixtures("unrendered")
def test_the_issue_says_what_was_released(unemployment):
    refresh(unemployment(JANUARY))
    workspace = unemployment(RELEASED)
    poll_bps(workspace)
    changes = refresh(workspace).changes
    assert changes["summary"] == "BPS merilis statistik, 1 indikator terisi"
    (changed,) = changes["indicators"]
    assert changed["before"] == "Menunggu Rilis tingkat pengangguran terbuka oleh BPS 2024"
