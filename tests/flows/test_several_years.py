"""In February 2023 waits for BPS while 2024 collects prices and budgets, and no setting is switched."""

from __future__ import annotations

import importlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from core.settings import load_settings
from jobs.workspace import Workspace
from jobs.years.opening import open_year
from office.loading import EXAMPLES
from standins.budget.faulty import plain
from standins.budget.months import monthly_files
from tests.flows.given.story import RELEASE_DAY, PrefectServer, Story

pytestmark = [
    pytest.mark.slow,
    pytest.mark.prefect,
    pytest.mark.xdist_group("prefect"),
    pytest.mark.usefixtures("unrendered"),
]


@pytest.fixture
def office(story: Story) -> Path:
    """The office with 2023, that was issued, and 2024, opened and not confirmed yet."""
    folder = shutil.copytree(EXAMPLES / "sumenep-dkupp", story.folder / "kerja/kantor/sumenep-dkupp")
    open_year(Workspace(load_settings()), 2024)
    return folder


@pytest.fixture
def flows(prefect_server: PrefectServer, office: Path) -> Iterator[ModuleType]:
    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

    updates = {PREFECT_API_URL: prefect_server.api, PREFECT_HOME: prefect_server.home}
    with temporary_settings(updates=updates):
        for name in ("report", "bps", "budget"):
            importlib.import_module(f"flows.{name}")
        yield importlib.import_module("flows")


def issues(story: Story, year: int) -> list[str]:
    folder = story.folder / "kerja/laporan/sumenep-dkupp" / str(year)
    return sorted(path.name for path in folder.glob("*"))


def drop(story: Story, name: str, content: bytes) -> None:
    folder = story.folder / "kerja/masuk/anggaran"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_bytes(content)
    os.utime(folder / name, (1, 1))


def test_a_release_makes_an_issue_of_its_year_and_none_of_the_other(flows: ModuleType, story: Story) -> None:
    flows.report.segarkan_laporan(year=2023, return_state=True)
    story.on(RELEASE_DAY)
    state = flows.bps.pantau_rilis_bps(return_state=True)
    assert state.is_completed(), state.message
    assert state.message.startswith("2023: BPS merilis PDRB 2023")
    assert " 2024: BPS belum merilis PDRB 2024." in state.message
    assert (issues(story, 2023), issues(story, 2024)) == (["terbitan-1", "terbitan-2"], [])


@pytest.mark.sweep
def test_remaking_without_a_year_leaves_alone_what_was_never_issued(flows: ModuleType, story: Story) -> None:
    state = flows.report.segarkan_laporan(return_state=True)
    assert "Belum ada tahun yang pernah terbit" in state.message
    flows.report.segarkan_laporan(year=2023, return_state=True)
    state = flows.report.segarkan_laporan(return_state=True)
    assert state.message == "Isi laporan tidak berubah; tidak ada terbitan baru."
    assert (len(issues(story, 2023)), issues(story, 2024)) == (1, [])


def test_the_first_issue_of_a_year_nobody_confirmed_is_refused(flows: ModuleType, story: Story) -> None:
    state = flows.report.segarkan_laporan(year=2024, return_state=True)
    assert state.is_failed()
    assert "Tahun 2024 belum dikonfirmasi" in state.message
    assert (story.reports, issues(story, 2024)) == ([], [])


@pytest.mark.sweep
def test_budgets_of_both_years_go_each_to_its_own(flows: ModuleType, story: Story) -> None:
    def of_2024(sheet) -> None:
        for row in sheet.iter_rows(max_row=6):
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = cell.value.replace("Desember 2023", "Januari 2024").replace("2023", "2024")

    flows.report.segarkan_laporan(year=2023, return_state=True)
    drop(story, "akhir-tahun.xlsx", monthly_files()["realisasi-2023-12.xlsx"])
    drop(story, "januari.xlsx", plain(of_2024))
    state = flows.budget.serap_anggaran(return_state=True)
    assert state.is_completed(), state.message
    assert "2023: " in state.message
    assert "2024: " in state.message
    assert state.message.endswith("Angka itu masuk ke terbitan pertama.")
    assert (len(issues(story, 2023)), issues(story, 2024)) == (2, [])


def test_slips_in_one_year_stop_no_other(flows: ModuleType, story: Story, office: Path) -> None:
    flows.report.segarkan_laporan(year=2023, return_state=True)
    (office / "2024/year.yaml").write_text("year: [")
    story.on(RELEASE_DAY)
    state = flows.bps.pantau_rilis_bps(return_state=True)
    assert state.is_failed()
    assert "2024/year.yaml" in state.message
    assert issues(story, 2023) == ["terbitan-1", "terbitan-2"]
