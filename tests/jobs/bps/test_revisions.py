"""Figures that BPS changes after it gave them: what becomes of the stored ones and of the report."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from capaian.growth import growth as rate_of
from core.errors import ImplausibleFigureError
from core.numbers import round_half_up
from core.settings import load_settings
from jobs.bps.keep import PollResult
from jobs.bps.poll import poll_bps
from jobs.bps.series import read_series
from jobs.report.realisasi import select_realisasi
from jobs.report.refresh import Refreshed, refresh
from jobs.report.state.status import read_status
from jobs.workspace import Workspace
from models.bps.tables import PollOutcome, Vintage
from models.session import open_session
from reports.realisasi import Realisasi
from standins.bps import BpsStandin
from standins.bps.scenarios import REBASED_DAY, RELEASE_2025, RESTORED_DAY, REVISION_DAY
from tests.jobs.given.days import JANUARY, RELEASE_DAY

pytestmark = pytest.mark.usefixtures("unrendered")


def realisasi(workspace: Workspace, indicator: str) -> Realisasi:
    with open_session(workspace.engine, read_only=True) as session:
        return select_realisasi(session, workspace.agency)[indicator, 2023]


def vintages(workspace: Workspace) -> int:
    with open_session(workspace.engine, read_only=True) as session:
        return len(session.exec(select(Vintage)).all())


@pytest.fixture(scope="module")
def database_of_the_issues(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What is stored after the issue of January and that of BPS's release, before anything was revised."""
    home = tmp_path_factory.mktemp("terbit")
    shutil.copy(empty_database, home / "lkjip.sqlite")
    with (
        pytest.MonkeyPatch.context() as patch,
        BpsStandin(today=JANUARY, release_date=RELEASE_DAY) as bps,
    ):
        files = {f"lkjip.{kind}": kind.encode() for kind in ("html", "pdf", "docx")}
        patch.setattr("jobs.report.refresh.make_files", lambda _: dict(files))
        given = {"home": home, "bps_url": bps.url, "bps_key": bps.key, "bps_requests_per_second": 1000}
        for day in (JANUARY, RELEASE_DAY):
            bps.set_today(day)
            workspace = Workspace(load_settings(**given, today=day))
            refresh(workspace, poll_bps(workspace).message if day == RELEASE_DAY else "")
            workspace.engine.dispose()  # so that all stands in the one file
    return home / "lkjip.sqlite"


@pytest.fixture
def play(at, bps: BpsStandin, database: Path, database_of_the_issues: Path):
    """After the report of the release of 2024: poll and refresh on a later day of a scenario."""
    shutil.copy(database_of_the_issues, database)

    def story(scenario: str, day: date) -> tuple[Workspace, PollResult, Refreshed]:
        bps.set_scenario(scenario)
        later = at(day)
        result = poll_bps(later)
        return later, result, refresh(later, result.message if result.news else "")

    return story


def test_a_silent_revision_is_seen_although_last_update_stands_still(play):
    workspace, result, refreshed = play("silent_revision", REVISION_DAY)
    assert result.outcome is PollOutcome.REVISED
    assert result.message == "PDRB 2023: angka direvisi BPS."
    assert refreshed.issue is not None
    assert refreshed.issue.number == 3
    assert refreshed.issue.cause == "PDRB 2023: angka direvisi BPS."
    notes = realisasi(workspace, "pertumbuhan-industri").notes
    assert any(note.startswith("Angka direvisi BPS: sebelumnya 5,20%") for note in notes)
    finer = realisasi(workspace, "kontribusi-industri").notes
    assert any(
        n == "Angka direvisi BPS: sebelumnya 6,3500% (rilis 4 April 2024), kini 6,3535%." for n in finer
    )


def test_the_revised_report_says_what_the_figure_was_before(play):
    _, _, refreshed = play("stamped_revision", REVISION_DAY)
    changed = {row["id"]: row for row in refreshed.changes["indicators"]}
    assert changed["pertumbuhan-industri"]["before"].startswith("5,20%")
    assert "angka direvisi BPS" in refreshed.report.json_text()
    assert "Angka direvisi BPS: sebelumnya" in refreshed.report.document().body


def test_a_revision_of_other_categories_is_recorded_and_makes_no_issue(play):
    workspace, result, refreshed = play("side_revision", REVISION_DAY)
    assert result.outcome is PollOutcome.REVISED
    assert vintages(workspace) > 4
    assert refreshed.issue is None
    stored = [v for v in read_series(workspace, "", "O", "adhk").values if v.channel == "dynamic"]
    assert [v.latest for v in stored if v.year == 2023] == [False, True]


def test_a_revised_base_changes_the_growth_after_it_and_both_come_from_one_vintage(play):
    workspace, _, refreshed = play("base_revision", REVISION_DAY)
    growth = realisasi(workspace, "pertumbuhan-industri")
    assert len({entry.vintage for entry in growth.inputs}) == 1
    now, before = (entry.value for entry in growth.inputs)
    assert growth.value is not None
    assert growth.value.amount == rate_of(now, before)
    assert round_half_up(growth.value.amount, 2) > Decimal("5.20")
    assert refreshed.issue is not None


def test_the_next_year_brings_revisions_of_this_one_with_its_own_release_day(play):
    workspace, result, refreshed = play("release_2025", RELEASE_2025)
    assert result.outcome is PollOutcome.REVISED
    growth = realisasi(workspace, "pertumbuhan-industri")
    assert {entry.released_on for entry in growth.inputs} == {RELEASE_2025}
    assert {entry.status for entry in growth.inputs} == {"sementara", "tetap"}
    assert refreshed.issue is not None


def test_marks_move_on_without_a_figure_changing(play):
    workspace, result, refreshed = play("statuses", REVISION_DAY)
    assert result.outcome is PollOutcome.REVISED
    assert realisasi(workspace, "pertumbuhan-industri").inputs[0].status == "sementara"
    assert not any("sebelumnya" in note for note in realisasi(workspace, "pertumbuhan-industri").notes)
    assert refreshed.issue is not None, "the status stands in the report, so the report changes"


def test_every_vintage_stays_readable(play):
    workspace, *_ = play("stamped_revision", REVISION_DAY)
    stored = read_series(workspace, "", "C", "adhk").values
    of_2023 = [v for v in stored if v.year == 2023 and v.channel == "dynamic"]
    assert len(of_2023) == 2
    assert of_2023[1].value - of_2023[0].value == Decimal("1.50")
    assert {v.status for v in of_2023} == {"sangat sementara"}


def test_a_year_that_vanishes_takes_nothing_away_and_is_told(play, at):
    workspace, result, refreshed = play("vanished_year", REVISION_DAY)
    assert not result.news
    assert result.message == "PDRB 2023 sedang tidak ada pada tabel BPS; angka yang tersimpan tetap dipakai."
    assert any("Tahun 2023 tidak lagi ada" in problem for problem in result.problems)
    assert any("Tahun 2023 tidak lagi ada" in remark for remark in read_status(workspace).remarks)
    assert refreshed.issue is None
    assert poll_bps(at(RESTORED_DAY)).message == "PDRB 2023 di BPS tidak berubah sejak pemeriksaan terakhir."


def test_the_same_values_in_another_unit_change_nothing_in_the_report(play):
    workspace, _, refreshed = play("unit_rewritten", REVISION_DAY)
    assert {e.unit for e in realisasi(workspace, "pertumbuhan-industri").inputs} == {"Miliar Rupiah"}
    assert refreshed.issue is None


def test_another_unit_with_the_old_values_is_refused_with_both_figures(play, at, bps):
    with pytest.raises(ImplausibleFigureError) as caught:
        play("unit_slip", REVISION_DAY)
    assert "padahal yang tersimpan" in str(caught.value)
    assert "--accept-revision" in str(caught.value)
    assert round_half_up(realisasi(at(REVISION_DAY), "pertumbuhan-industri").value.amount, 2) == Decimal(
        "5.20"
    )


def test_a_person_may_accept_what_the_program_does_not_believe(play, at, bps):
    with pytest.raises(ImplausibleFigureError):
        play("unit_slip", REVISION_DAY)
    assert poll_bps(at(REVISION_DAY), accept_revision=True).outcome is PollOutcome.REVISED


def test_a_new_base_year_is_never_mixed_with_the_old_one_and_is_told(play):
    workspace, result, _ = play("rebased", REBASED_DAY)
    with open_session(workspace.engine, read_only=True) as session:
        assert {v.base_year for v in session.exec(select(Vintage)).all()} == {2010, None}
    assert any("tahun dasar" in problem or "2020" in problem for problem in result.problems)
