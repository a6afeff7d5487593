"""What a change by a person leads to: a new issue is asked for only where the schedule would make one too."""

from __future__ import annotations

from pathlib import Path

import pytest

from jobs.report.runs.following import tell_what_follows
from jobs.report.runs.news import News
from jobs.workspace import Workspace
from models.report.tables import ReportIssue
from models.session import open_session
from standins.prefect_server import PrefectStandin
from tests.jobs.conftest import At
from tests.jobs.given.days import JANUARY


@pytest.fixture
def space(at: At) -> Workspace:
    return at(JANUARY).of_year(2023)


def test_a_year_that_was_never_issued_waits_for_a_person(
    space: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jobs.report.runs.following.ask_for_refresh", lambda *_, **__: pytest.fail("asked"))
    said = tell_what_follows(space, "Angka baru.", News.FIGURE)
    assert "masuk ke terbitan pertamanya" in said
    assert "lkjip refresh --year 2023" in said


def test_a_year_that_was_issued_is_made_again_and_the_event_says_what_came(
    space: Workspace, tmp_path: Path
) -> None:
    issue = ReportIssue(
        agency=space.office_id,
        year=2023,
        number=1,
        content_hash="a" * 64,
        issued_at=space.settings.current_time(),
        cause="Terbitan pertama.",
        inputs={},
        changes={},
        report={},
        folder=str(tmp_path),
        program="uji",
    )
    with open_session(space.engine) as session:
        session.add(issue)
    with PrefectStandin() as prefect:
        prefect.add_deployment("segarkan-laporan", "harian", planned=None)
        settings = space.settings.model_copy(update={"prefect_api_url": prefect.api_url})
        said = tell_what_follows(Workspace(settings), "Target baru.", News.DATA)
        assert "Laporan disusun ulang pada" in said
        assert [event["event"] for event in prefect.events] == ["lkjip.data-kantor.diubah"]
