from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from core.settings import load_settings
from jobs.bps.poll import poll_bps
from jobs.workspace import Workspace
from standins.bps import BpsStandin
from standins.mail import MailStandin

from tests.jobs.given.days import JANUARY, RELEASE_DAY  # isort: skip


At = Callable[[date], Workspace]


@pytest.fixture(autouse=True)
def database(empty_database: Path, tmp_path: Path) -> Path:
    """The file of the office's database, where every workspace of these tests looks for it."""
    file = tmp_path / "kerja" / "lkjip.sqlite"
    file.parent.mkdir()
    return Path(shutil.copy(empty_database, file))


@pytest.fixture(scope="session")
def database_of_the_release(empty_database: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with what a look at BPS on the day of its release keeps, to be copied."""
    file = tmp_path_factory.mktemp("rilis") / "lkjip.sqlite"
    shutil.copy(empty_database, file)
    with BpsStandin(today=RELEASE_DAY, release_date=RELEASE_DAY) as bps:
        given = {"home": file.parent, "bps_url": bps.url, "bps_key": bps.key, "bps_requests_per_second": 1000}
        workspace = Workspace(load_settings(**given, today=RELEASE_DAY))
        poll_bps(workspace)
        workspace.engine.dispose()
    return file


@pytest.fixture
def released(database: Path, database_of_the_release: Path) -> None:
    """The office holds the figures of the release already."""
    shutil.copy(database_of_the_release, database)


@pytest.fixture
def bps() -> Iterator[BpsStandin]:
    with BpsStandin(today=JANUARY, release_date=RELEASE_DAY) as standin:
        yield standin


@pytest.fixture
def mail(tmp_path: Path) -> Iterator[MailStandin]:
    with MailStandin(tmp_path / "surel") as standin:
        yield standin


@pytest.fixture
def at(bps: BpsStandin, mail: MailStandin, tmp_path: Path) -> At:
    """The Sumenep office on a certain day, with the clock of BPS on the same day."""

    def on(day: date) -> Workspace:
        bps.set_today(day)
        return Workspace(
            load_settings(
                home=tmp_path / "kerja",
                bps_url=bps.url,
                bps_key=bps.key,
                bps_requests_per_second=1000,
                smtp_url=mail.url,
                mail_to="kepala@dkupp.example, inspektorat@sumenep.example",
                today=day,
            )
        )

    return on


@pytest.fixture
def workspace(at: At) -> Workspace:
    """The office in January, before BPS's release."""
    return at(JANUARY)


OTHERS_DOWN = "+static_tables_down+simdasi_down"
PAIRS = {
    "test_an_office_without_figures_goes_on_waiting_and_reads_why": 0,
    "test_an_office_with_figures_keeps_them_and_reads_how_old_they_are": 1,
    "test_another_way_of_saying_the_same_is_no_news": 0,
    "test_another_way_of_saying_the_same_changes_no_figure": 1,
}
"""Two tests over the same faults: ``make test`` tries every second fault in one, the others in the other."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave the other half of the pairs to ``make sweeps``; what one test alone tries stays."""
    tried: dict[str, dict[str, pytest.Item]] = {}
    for item in items:
        name = getattr(item, "originalname", "")
        if name in PAIRS and isinstance(item, pytest.Function):
            fault = item.callspec.id.partition("-")[0].removesuffix(OTHERS_DOWN)
            tried.setdefault(fault, {})[name] = item
    for number, by_name in enumerate(tried.values()):
        for name, item in by_name.items():
            if len(by_name) > 1 and number % 2 == PAIRS[name]:
                item.add_marker(pytest.mark.sweep)
