"""News from outside of a run: the first of a minute remakes the report at once, the others once more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from core.settings import load_settings
from jobs.report.runs import asking
from jobs.report.runs.asking import FLOW
from jobs.report.runs.news import News
from jobs.workspace import Workspace
from standins.prefect_server import PrefectStandin
from standins.serving import Reply

ask_for_refresh = partial(asking.ask_for_refresh, news=News.BUDGET)
NOON = datetime(2026, 5, 4, 5, 0, 10, 123456, tzinfo=UTC)


@pytest.fixture
def prefect() -> Iterator[PrefectStandin]:
    with PrefectStandin() as standin:
        standin.add_deployment(FLOW, "harian", planned=None)
        yield standin


@pytest.fixture
def space(prefect: PrefectStandin, tmp_path: Path) -> Workspace:
    settings = load_settings(
        home=tmp_path, agency="sumenep-dkupp", year=2023, prefect_api_url=prefect.api_url
    )
    return Workspace(settings)


def test_the_first_news_is_run_at_once_for_its_office_and_year(
    space: Workspace, prefect: PrefectStandin
) -> None:
    asked = ask_for_refresh(space, "Anggaran baru.", NOON)
    assert asked.at == NOON
    assert "disusun ulang pada 4 Mei 2026" in asked.as_text()
    given = {"agency": "sumenep-dkupp", "year": 2023, "cause": "Anggaran baru."}
    assert [run["parameters"] for run in prefect.started] == [given]
    [event] = prefect.events
    assert event["event"] == "lkjip.anggaran.masuk"
    assert event["resource"]["prefect.resource.id"] == "lkjip.kantor.sumenep-dkupp.2023"


def test_all_later_news_of_the_minute_share_one_more_run(space: Workspace, prefect: PrefectStandin) -> None:
    ask_for_refresh(space, "satu", NOON)
    later = [ask_for_refresh(space, "lagi", NOON + timedelta(seconds=s)).at for s in (1, 20, 49)]
    assert later == [datetime(2026, 5, 4, 5, 1, tzinfo=UTC)] * 3
    assert [run["parameters"].get("cause") for run in prefect.started] == ["satu", None]


def test_news_of_the_next_minute_are_run_at_once_again(space: Workspace, prefect: PrefectStandin) -> None:
    for seconds in (0, 1, 50):
        asked = ask_for_refresh(space, "", NOON + timedelta(seconds=seconds))
    assert asked.at == NOON + timedelta(seconds=50)
    assert len(prefect.started) == 3


def test_other_offices_and_years_do_not_share_it(space: Workspace, prefect: PrefectStandin) -> None:
    for other in (space, space.of_year(2024)):
        assert ask_for_refresh(other, "", NOON).at == NOON
    assert [run["parameters"]["year"] for run in prefect.started] == [2023, 2024]


def test_an_office_outside_of_the_common_folder_is_named_by_its_own(
    space: Workspace, prefect: PrefectStandin, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "lain" / "dinas-lain"
    elsewhere.mkdir(parents=True)
    (elsewhere / "office.yaml").write_text("id: dinas-lain")
    ask_for_refresh(space.of_office(elsewhere), "", NOON)
    assert prefect.started[0]["parameters"]["agency"] == str(elsewhere)


@pytest.mark.parametrize("state", ["failing", "without deployments"])
def test_where_nobody_can_be_asked_it_is_told_and_stops_nothing(
    space: Workspace, prefect: PrefectStandin, state: str
) -> None:
    if state == "failing":
        prefect.instead = Reply(503, "text/plain", b"")
    else:
        prefect.deployments.clear()
    asked = ask_for_refresh(space, "", NOON)
    assert asked.at is None
    assert "Angkanya tersimpan dan masuk pada penyusunan berikutnya" in asked.as_text()
