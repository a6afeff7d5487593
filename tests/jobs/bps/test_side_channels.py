"""The channels beside the main tables: their failure is a remark, their doubt is asked, the figures stay."""

from __future__ import annotations

from decimal import Decimal

import pytest

from core.errors import ImplausibleFigureError
from jobs.report.state.status import read_status
from models.bps.tables import PollOutcome
from reports.realisasi import State
from tests.jobs.given.bps_faults import (
    DIFFERING,
    DOUBTED,
    DYNAMIC,
    EVERY,
    NEXT_DAY,
    OTHERS_DOWN,
    REMARKED,
    UNCHANGED,
    ids,
)
from tests.jobs.given.bps_kept import figures, indicators, realisasi
from tests.jobs.given.days import JANUARY, RELEASE_DAY


@pytest.mark.parametrize(("fault", "other", "awaited"), DOUBTED, ids=ids(DOUBTED))
def test_another_unit_at_first_contact_is_asked_and_then_believed(
    fault: str, other: str, awaited: set[str], at, polled
):
    workspace = at(RELEASE_DAY)
    try:
        told = " ".join(polled(workspace, fault).problems)
        assert awaited != EVERY
    except ImplausibleFigureError as error:
        told = str(error)
        assert awaited == EVERY
    assert f"menurut {DYNAMIC} (" in told
    assert f"tetapi menurut {other} (" in told
    assert "Selisih 10 kali lipat atau lebih" in told
    assert "jalankan: lkjip poll --accept-revision." in told
    assert {name for name, (state, _) in indicators(workspace).items() if state is State.WAITING} == awaited
    assert any("--accept-revision" in remark for remark in read_status(workspace).remarks)
    assert polled(workspace, fault, accept_revision=True).news
    assert not any(state is State.WAITING for state, _ in indicators(workspace).values())
    assert polled(at(NEXT_DAY), fault).outcome is PollOutcome.NO_NEWS, "asked once"


def test_a_channel_that_cannot_be_reached_raises_no_doubt(at, polled):
    workspace = at(RELEASE_DAY)
    assert polled(workspace, f"unit_only{OTHERS_DOWN}+nation_down").outcome is PollOutcome.RELEASED
    assert not any(state is State.WAITING for state, _ in indicators(workspace).values())


def test_a_channel_in_another_unit_is_no_doubt_where_figures_are_stored(at, polled):
    polled(at(JANUARY))
    polled(at(RELEASE_DAY), "simdasi_down")
    workspace = at(NEXT_DAY)
    result = polled(workspace, "simdasi_in_juta+revised_midway")
    assert result.outcome is PollOutcome.REVISED
    assert any("--accept-revision" in problem for problem in result.problems)


@pytest.mark.slow
@pytest.mark.halved
@pytest.mark.parametrize("row", REMARKED, ids=ids(REMARKED))
def test_a_side_channel_that_fails_costs_no_figure(row: tuple[str, str], at, polled):
    fault, remark = row
    workspace = at(RELEASE_DAY)
    result = polled(workspace, fault)
    assert result.outcome is PollOutcome.RELEASED
    assert not any(state is State.WAITING for state, _ in indicators(workspace).values())
    assert any(remark in problem for problem in result.problems) or not remark
    assert any(remark in line for line in read_status(workspace).remarks)
    kept = figures(workspace)
    again = polled(at(NEXT_DAY), fault)
    assert (again.outcome, again.message) == (PollOutcome.NO_NEWS, UNCHANGED)
    assert figures(workspace) == kept


@pytest.mark.parametrize("fault", DIFFERING)
def test_two_channels_that_differ_are_told_and_the_first_is_used(fault: str, at, polled):
    workspace = at(RELEASE_DAY)
    result = polled(workspace, fault)
    told = [problem for problem in result.problems if DIFFERING[fault] in problem]
    assert len(told) == 1
    assert "2.723,35 miliar rupiah; dipakai yang pertama, mohon diperiksa." in told[0]
    assert any(told[0] in remark for remark in read_status(workspace).remarks)
    used = [entry.value for entry in realisasi(workspace)["kontribusi-industri"].inputs]
    assert used == [Decimal("2720.85"), Decimal("42847.97")]
