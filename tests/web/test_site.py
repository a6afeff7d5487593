"""What the page keeps in memory, and what it does before anybody asks."""

from __future__ import annotations

import gc
import shutil
from pathlib import Path
from threading import Event

import pytest

from core.settings import PROJECT
from jobs.users.roles import Role
from office.loading import EXAMPLES
from tests.web.conftest import MakePage
from tests.web.given.browsing import OFFICE, PLACE, Browser
from web import pages
from web.warming import learn, warm

UNREADABLE = "Data tahun ini tidak terbaca"


@pytest.fixture(autouse=True)
def memory_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process of the tests lives on: nothing in it is kept for good."""
    for name in ("collect", "freeze"):
        monkeypatch.setattr(gc, name, lambda: None)


def test_a_year_is_read_again_only_when_a_file_changed(home: Path, make_page: MakePage) -> None:
    site, folder = make_page().state.site, home / "kantor" / OFFICE
    facts, space = site.facts(folder, 2023), site.year(folder, 2023)
    assert site.facts(folder, 2023) is facts
    assert site.year(folder, 2023) is space
    file = folder / "2023" / "buku" / "catatan.md"
    file.write_text("baru")
    assert site.year(folder, 2023) is not space
    assert site.facts(folder, 2023) is not facts


def test_a_trouble_that_is_mended_is_told_no_more(home: Path, browser: Browser) -> None:
    reader = browser.become(Role.READ)
    assert UNREADABLE not in reader.open(PLACE).text
    misplaced = home / "kantor" / OFFICE / "indicators.yaml"
    misplaced.write_text("[]\n")
    assert UNREADABLE in reader.open(PLACE).text
    misplaced.unlink()
    assert UNREADABLE not in reader.open(PLACE).text


def test_the_data_of_few_years_stay_in_memory(
    home: Path, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.site._KEPT", 1)
    shutil.copytree(EXAMPLES / "jabar-inspektorat", home / "kantor" / "jabar-inspektorat")
    site = make_page().state.site
    first, second = home / "kantor" / OFFICE, home / "kantor" / "jabar-inspektorat"
    spaces = [site.year(folder, year) for folder, year in ((first, 2023), (second, 2016), (second, 2016))]
    assert spaces[1] is spaces[2]
    assert site.year(first, 2023) is not spaces[0]


def test_every_template_is_ready_before_anybody_asks(make_page: MakePage) -> None:
    warm(make_page().state.site)
    cache = pages._environment().cache
    assert cache is not None
    ready = {Path(str(made.filename)).name for made in cache.values()}
    assert ready == {path.name for path in (PROJECT / "templates" / "page").glob("*.j2")}


def test_what_the_start_page_needs_of_every_office_is_read_before_anybody_asks(
    home: Path, make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(EXAMPLES / "jabar-inspektorat", home / "kantor" / "jabar-inspektorat")
    (home / "kantor" / OFFICE / "office.yaml").write_text("x: [")
    site = make_page().state.site
    learn(site)
    monkeypatch.setattr("web.site.read_facts", None)
    assert site.facts(home / "kantor" / "jabar-inspektorat", 2016).sources


def test_what_cannot_be_made_ready_stops_nothing(home: Path, make_page: MakePage) -> None:
    (home / "kantor" / OFFICE / "office.yaml").write_text("x: [")
    shutil.rmtree(home / "kantor" / OFFICE / "2023")
    warm(make_page().state.site)


def test_the_page_answers_while_it_gets_ready(make_page: MakePage, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, answered = Event(), Event()

    def slow(_site: object) -> None:
        begun.set()
        answered.wait(30)

    monkeypatch.setattr("web.app.warm", slow)
    browser = Browser(make_page(), None)  # type: ignore[arg-type]
    with browser.client:
        assert begun.wait(30)
        assert browser.open("/masuk").status_code == 200
        answered.set()
