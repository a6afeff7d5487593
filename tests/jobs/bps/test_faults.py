"""Everything that goes wrong at BPS, played to an office without figures and to one that holds them."""

from __future__ import annotations

import pytest
from sqlmodel import select

from jobs.report.state.status import read_status
from models.bps.tables import Observation, PollOutcome, Vintage
from models.session import open_session
from reports.realisasi import State
from standins.bps import BpsStandin
from standins.bps.faults import FAULTS
from tests.jobs.given.bps_faults import (
    ABSENT,
    AT_FIRST,
    DIFFERING,
    DOUBTED,
    HARMLESS,
    LATER_ON,
    NEXT_DAY,
    PASSING,
    REFUSED_FIGURES,
    RELEASED,
    REMARKED,
    UNCHANGED,
    ids,
)
from tests.jobs.given.bps_kept import all_wait, channels, fails, figures, indicators, outcomes
from tests.jobs.given.days import JANUARY, RELEASE_DAY


@pytest.mark.slow
@pytest.mark.halved
@pytest.mark.parametrize("row", AT_FIRST, ids=ids(AT_FIRST))
def test_an_office_without_figures_goes_on_waiting_and_reads_why(row, at, polled, bps: BpsStandin):
    workspace = at(RELEASE_DAY)
    said = fails(polled, workspace, row)
    assert bps.key not in said
    assert figures(workspace) == []
    assert all_wait(workspace)
    assert outcomes(workspace) == [("failed", said)]
    remarks = read_status(workspace).remarks
    assert remarks == [
        f"Pemeriksaan BPS terakhir 4 April 2024 pukul 09.00 WIB: {said}",
        "Belum pernah ada pemeriksaan yang berhasil.",
    ]


@pytest.mark.slow
@pytest.mark.halved
@pytest.mark.usefixtures("released")
@pytest.mark.parametrize("row", LATER_ON, ids=ids(LATER_ON))
def test_an_office_with_figures_keeps_them_and_reads_how_old_they_are(row, at, polled):
    workspace = at(NEXT_DAY)
    kept, shown = figures(workspace), indicators(workspace)
    assert kept
    said = fails(polled, workspace, row)
    assert figures(workspace) == kept
    assert indicators(workspace) == shown
    assert outcomes(workspace)[1:] == [("failed", said)]
    remarks = read_status(workspace).remarks
    assert f"Pemeriksaan BPS terakhir 5 April 2024 pukul 09.00 WIB: {said}" in remarks
    assert (
        "Angka yang dipakai dari pemeriksaan berhasil terakhir, 4 April 2024 pukul 09.00 WIB, "
        "1 hari sebelumnya." in remarks
    )


@pytest.mark.slow
@pytest.mark.halved
@pytest.mark.parametrize("row", REFUSED_FIGURES, ids=ids(REFUSED_FIGURES))
def test_another_channel_stands_in_for_main_tables_that_are_refused(row, at, polled):
    fault, _, says, todo = row
    workspace = at(RELEASE_DAY)
    result = polled(workspace, fault)
    assert result.outcome is PollOutcome.RELEASED
    assert result.message == (
        "BPS merilis PDRB 2023 pada 4 April 2024 lewat saluran lain; "
        "tabel dinamis WebAPI tidak dapat dipakai."
    )
    assert any(says in problem and todo in problem for problem in result.problems)
    assert any(says in remark for remark in read_status(workspace).remarks)
    assert {source for source in channels(workspace) if source == "dynamic"} == set()
    assert not any(state is State.WAITING for state, _ in indicators(workspace).values())
    again = polled(at(NEXT_DAY), fault)
    assert again.outcome is PollOutcome.NO_NEWS
    assert "yang dipakai angka dari saluran lain" in again.message
    well = polled(at(NEXT_DAY))
    assert well.outcome is PollOutcome.REVISED
    assert "dynamic" in channels(workspace)


@pytest.mark.parametrize(("fault", "at_first"), [(f, says) for f, says, _ in ABSENT if says])
def test_a_year_that_no_channel_has_filled_is_awaited(fault: str, at_first: str, at, polled):
    workspace = at(RELEASE_DAY)
    result = polled(workspace, f"{fault}+static_tables_down+simdasi_down")
    assert (result.outcome, result.message) == (PollOutcome.NO_NEWS, at_first)
    with open_session(workspace.engine, read_only=True) as session:
        of_the_year = select(Observation).join(Vintage).where(Observation.year == 2023)
        assert session.exec(of_the_year.where(Vintage.channel != "quarterly")).all() == []
    assert all_wait(workspace)


@pytest.mark.usefixtures("released")
@pytest.mark.parametrize(("fault", "later"), [(f, says) for f, _, says in ABSENT])
def test_a_year_that_is_gone_takes_nothing_away(fault: str, later: str, at, polled):
    workspace = at(NEXT_DAY)
    kept, shown = figures(workspace), indicators(workspace)
    result = polled(workspace, fault)
    assert (result.outcome, result.message) == (PollOutcome.NO_NEWS, later)
    assert any("Tahun 2023 tidak lagi ada pada" in problem for problem in result.problems)
    assert (figures(workspace), indicators(workspace)) == (kept, shown)
    assert any("Tahun 2023 tidak lagi ada pada" in remark for remark in read_status(workspace).remarks)


@pytest.mark.parametrize("fault", HARMLESS)
def test_another_way_of_saying_the_same_changes_no_figure(fault: str, at, polled):
    workspace = at(RELEASE_DAY)
    assert polled(workspace, fault).message == RELEASED
    taken, kept = indicators(workspace), figures(workspace)
    result = polled(at(NEXT_DAY))
    assert (result.outcome, result.message) == (PollOutcome.NO_NEWS, UNCHANGED)
    assert (indicators(workspace), figures(workspace)) == (taken, kept)


@pytest.mark.usefixtures("released")
@pytest.mark.parametrize("fault", HARMLESS)
def test_another_way_of_saying_the_same_is_no_news(fault: str, at, polled):
    workspace = at(NEXT_DAY)
    kept = figures(workspace)
    result = polled(workspace, fault)
    assert (result.outcome, result.message) == (PollOutcome.NO_NEWS, UNCHANGED)
    assert figures(workspace) == kept


@pytest.mark.parametrize("fault", PASSING)
def test_what_passes_is_tried_again_within_the_poll(fault: str, at, polled):
    result = polled(at(RELEASE_DAY), fault, times=2)
    assert (result.message, result.problems) == (RELEASED, ())


@pytest.mark.usefixtures("released")
@pytest.mark.parametrize("fault", ["revised_midway", "revised_midway_silently"])
def test_figures_that_change_between_two_tables_are_kept_as_bps_gave_them(fault: str, at, polled):
    workspace = at(NEXT_DAY)
    kept = figures(workspace)
    assert polled(workspace, fault).outcome is PollOutcome.REVISED
    assert figures(workspace)[: len(kept)] == kept, "what was stored stays beside it"
    assert not all_wait(workspace)


def test_a_year_that_comes_in_the_middle_of_a_poll_is_complete_at_the_next(at, polled, bps: BpsStandin):
    workspace = at(JANUARY)
    polled(workspace, "year_added")
    workspace = at(RELEASE_DAY)
    polled(workspace)
    assert not any(state is State.WAITING for state, _ in indicators(workspace).values())
    assert polled(workspace).message == UNCHANGED


def test_marks_by_stars_are_read_as_marks(at, polled):
    workspace = at(RELEASE_DAY)
    assert polled(workspace, "starred_years").message == RELEASED
    with open_session(workspace.engine, read_only=True) as session:
        rows = session.exec(select(Observation, Vintage).join(Vintage)).all()
    assert {o.status for o, v in rows if o.year == 2023 and v.channel == "dynamic"} == {"sangat sementara"}


def test_releases_dated_in_the_future_are_announcements(at, polled):
    result = polled(at(RELEASE_DAY), "future_release")
    assert result.message == "BPS merilis PDRB 2023."
    assert all(entry["day"] > RELEASE_DAY.isoformat() for entry in result.announced)
    assert result.announced


def test_every_fault_stands_in_a_table():
    named = {
        name for row in [*AT_FIRST, *LATER_ON, *ABSENT, *REMARKED, *DOUBTED] for name in row[0].split("+")
    }
    named |= {name for fault in HARMLESS for name in fault.split("+")}
    elsewhere = {
        "revised_midway",
        "revised_midway_silently",
        "year_added",
        "starred_years",
        "future_release",
        *DIFFERING,
        "lost_minus",  # no figure of 2022 and 2023 is negative; see tests/connectors
    }
    assert set(FAULTS) - named - elsewhere == set()
