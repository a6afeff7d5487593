"""A look at BPS ends in time even where BPS drips, with what it has and with what it did not read."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlmodel import select

from connectors.web.session import PoliteSession
from core.errors import OutOfTimeError
from jobs.bps import session as bps_session
from jobs.bps.poll import poll_bps
from jobs.bps.poll_many import choose_domains, poll_domains
from jobs.workspace import Workspace
from models.bps.tables import Observation, Poll, PollOutcome
from models.session import open_session
from standins.bps import BpsStandin
from tests.connectors.given.recorded import Clock
from tests.jobs.given.days import JANUARY, RELEASE_DAY

At = Callable[[date], Workspace]
ADHB = "9101"


def hurried(workspace: Workspace, seconds: float = 6.0) -> Workspace:
    return Workspace(workspace.settings.model_copy(update={"bps_look_seconds": seconds}))


def observations(workspace: Workspace) -> int:
    with open_session(workspace.engine, read_only=True) as session:
        return len(session.exec(select(Observation)).all())


def test_where_everything_drips_the_look_fails_in_time_and_says_what_it_did_not_read(
    at: At, bps: BpsStandin
) -> None:
    bps.fail_with("slow_drip")
    workspace = hurried(at(RELEASE_DAY), 0.6)
    with pytest.raises(OutOfTimeError, match=r"^Daftar tabel PDRB tidak terbaca kali ini: Waktu") as caught:
        poll_bps(workspace)
    assert "yang belum terbaca akan dibaca pada jadwal berikut" in caught.value.todo
    assert len(bps.requests) <= 3
    with open_session(workspace.engine, read_only=True) as session:
        [poll] = session.exec(select(Poll)).all()
    assert (poll.outcome, poll.message) == (PollOutcome.FAILED, str(caught.value))


def test_a_list_that_drips_leaves_time_for_the_figures(at: At, bps: BpsStandin) -> None:
    bps.fail_with("slow_drip", model="tablestatistic")
    result = poll_bps(hurried(at(RELEASE_DAY), 6.0))
    assert result.outcome is PollOutcome.RELEASED
    told = "Saluran katalog tabel tidak terbaca kali ini: Waktu yang disediakan (2 detik) habis"
    assert any(problem.startswith(told) for problem in result.problems)


@pytest.fixture
def hold_up(bps: BpsStandin, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Let BPS ask for a wait that is longer than a hurried look may take, where it is asked for something."""
    clock = Clock()
    patient = functools.partial(PoliteSession, clock=clock, sleep=clock.sleep)
    monkeypatch.setattr(bps_session, "PoliteSession", patient)
    return functools.partial(bps.fail_with, "too_many_429")


def test_lists_that_hold_up_leave_time_for_the_figures(at: At, hold_up: Callable[..., None]) -> None:
    hold_up(when=lambda asked: asked.model in ("tablestatistic", "publication", "pressrelease"))
    result = poll_bps(hurried(at(RELEASE_DAY)))
    assert result.outcome is PollOutcome.RELEASED
    for name, seconds in (("katalog tabel", 2), ("daftar publikasi dan berita resmi", 1)):
        told = f"Saluran {name} tidak terbaca kali ini: Waktu yang disediakan ({seconds} detik) habis"
        assert any(problem.startswith(told) for problem in result.problems)


def test_a_table_that_was_read_is_kept_and_the_one_that_was_not_is_named(
    at: At, bps: BpsStandin, hold_up: Callable[..., None]
) -> None:
    hold_up(when=lambda asked: asked.params.get("var") == ADHB)
    workspace = hurried(at(RELEASE_DAY))
    result = poll_bps(workspace)
    assert result.outcome is PollOutcome.RELEASED
    [told] = [problem for problem in result.problems if problem.startswith("Tabel '")]
    assert "Atas Dasar Harga Berlaku" in told
    assert "tidak terbaca kali ini: Waktu yang disediakan (6 detik) habis sebelum 127.0.0.1" in told
    kept = observations(workspace)
    bps.behave()
    assert poll_bps(at(RELEASE_DAY + timedelta(days=1))).problems == ()
    assert observations(workspace) > kept > 0


def test_where_no_table_was_read_each_of_them_is_named(at: At, hold_up: Callable[..., None]) -> None:
    hold_up(model="data")
    with pytest.raises(OutOfTimeError) as caught:
        poll_bps(hurried(at(RELEASE_DAY)))
    assert "Atas Dasar Harga Berlaku" in caught.value.message
    assert "Atas Dasar Harga Konstan" in caught.value.message


def test_years_that_were_not_listed_are_told(at: At, hold_up: Callable[..., None]) -> None:
    hold_up(model="th")
    result = poll_bps(hurried(at(JANUARY)))
    assert result.outcome is PollOutcome.NO_NEWS
    assert any(problem.startswith("Daftar tahun tabel") for problem in result.problems)


def test_channels_without_time_are_told_and_read_the_next_time(
    at: At, bps: BpsStandin, hold_up: Callable[..., None]
) -> None:
    hold_up(model="statictable")
    result = poll_bps(hurried(at(RELEASE_DAY)))
    assert result.outcome is PollOutcome.RELEASED
    for name in ("tabel statis WebAPI", "SIMDASI", "tabel triwulanan seluruh kabupaten/kota"):
        told = f"Saluran {name} tidak terbaca kali ini: Waktu yang disediakan (6 detik) habis"
        assert any(problem.startswith(told) for problem in result.problems)
    assert not any("simdasi" in request.path for request in bps.requests), "nothing more was asked"
    bps.behave()
    for days, read in ((1, True), (2, False)):
        bps.requests.clear()
        assert poll_bps(at(RELEASE_DAY + timedelta(days=days))).problems == ()
        assert any(request.params.get("model") == "statictable" for request in bps.requests) is read


def test_each_of_many_regions_has_its_own_time(at: At, hold_up: Callable[..., None]) -> None:
    hold_up(domain="3528")
    workspace = hurried(at(RELEASE_DAY))
    slow, quick = poll_domains(workspace, choose_domains(workspace, "3528,3529")).results
    assert slow.result.outcome is PollOutcome.FAILED
    assert "Waktu yang disediakan (6 detik) habis" in slow.result.message
    assert quick.result.outcome is PollOutcome.RELEASED
