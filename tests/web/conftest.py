"""An office with two stored issues, made once, and for each test a page of its own over a copy of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI

from core.settings import load_settings
from jobs.bps.poll import poll_bps
from jobs.report.refresh import refresh
from jobs.report.runs.asking import FLOW
from jobs.users import passwords
from jobs.users.roles import Role
from jobs.workspace import Workspace
from office.loading import EXAMPLES
from standins.bps import BpsStandin
from standins.prefect_server import PrefectStandin
from tests.web.given.browsing import OFFICE, Browser, Clock
from web.app import create_app

JANUARY, RELEASE, APRIL, TODAY = date(2024, 1, 31), date(2024, 4, 4), date(2024, 4, 5), date(2024, 4, 7)
MakePage = Callable[..., FastAPI]


def _plain_files(report: Any) -> dict[str, bytes]:
    """Files of an issue; to set its pages takes longer than all else."""
    page = f"<!DOCTYPE html><title>{report.title}</title><script>alert(1)</script>".encode()
    return {
        "lkjip.html": page,
        "lkjip.pdf": b"%PDF-1.7 " + report.content_hash.encode(),
        "lkjip.docx": b"PK " + report.content_hash.encode(),
        "lkjip-pengukuran.xlsx": b"PK " + report.content_hash.encode(),
        "report.json": report.json_text().encode(),
        "lampiran-perbedaan.html": page,
        "lampiran-perbedaan.pdf": b"%PDF-1.7 perbedaan " + report.content_hash.encode(),
        "report.csv": b"kantor,tahun_laporan\r\n",
    }


@pytest.fixture(scope="session")
def stored(tmp_path_factory: pytest.TempPathFactory, empty_database: Path) -> Path:
    """The working folder of an office that was issued in January and after BPS's release in April."""
    home = tmp_path_factory.mktemp("halaman") / "kerja"
    home.mkdir()
    shutil.copy(empty_database, home / "lkjip.sqlite")
    shutil.copytree(EXAMPLES / OFFICE, home / "kantor" / OFFICE)
    with (
        pytest.MonkeyPatch.context() as patch,
        BpsStandin(today=JANUARY, release_date=date(2024, 4, 4)) as bps,
    ):
        patch.setattr("jobs.report.refresh.make_files", _plain_files)

        def on(day: date) -> Workspace:
            bps.set_today(day)
            wanted = {"bps_url": bps.url, "bps_key": bps.key, "bps_requests_per_second": 1000}
            return Workspace(load_settings(home=home, today=day, mail_to="kepala@dkupp.example", **wanted))

        refresh(on(JANUARY))
        poll_bps(on(APRIL))
        refresh(on(APRIL))
    return home


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passwords hashed as everywhere, with the least of work: what a hash costs is no matter of the page."""
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))


@pytest.fixture
def home(stored: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(stored, tmp_path / "kerja"))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def make_page(home: Path, clock: Clock) -> Iterator[MakePage]:
    """Serves the page with settings of one's own."""
    made = []
    unserved = {"prefect_api_url": "http://127.0.0.1:1/api"}

    def make(**settings: object) -> FastAPI:
        app = create_app(load_settings(**{**unserved, "home": home, "today": TODAY, **settings}), clock)
        made.append(app)
        return app

    yield make
    for app in made:
        app.state.site.engine.dispose()


@pytest.fixture
def browser(make_page: MakePage, clock: Clock) -> Browser:
    """Somebody whom the page does not know yet."""
    return Browser(make_page(), clock)


@pytest.fixture
def prefect() -> Iterator[PrefectStandin]:
    with PrefectStandin() as standin:
        standin.add_deployment(FLOW, "harian", planned=None)
        yield standin


@pytest.fixture
def sender(make_page: MakePage, clock: Clock, prefect: PrefectStandin) -> Browser:
    """Somebody who may fill in."""
    return Browser(make_page(prefect_api_url=prefect.api_url), clock).become(Role.ENTER)


@pytest.fixture
def chrome() -> Iterator[Any]:
    """A browser without any past."""
    from playwright.sync_api import sync_playwright

    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("Chromium is not on this machine; .ci/run installs it where it can")
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
        started = playwright.chromium.launch(executable_path=found, args=flags)
        yield started.new_context()
        started.close()
