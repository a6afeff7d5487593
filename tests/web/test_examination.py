"""Everything looked at on the page: only when asked, one at a time, without a secret."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from jobs.health.doctor.checks import Check, Examination, broken, fine, warning
from jobs.users.audit import read_audit
from jobs.users.roles import Role
from jobs.workspace import if_free
from office.loading import EXAMPLES
from tests.web.conftest import MakePage
from tests.web.given.browsing import OFFICE, Browser, words

HERE = "/pemeriksaan"
FOUND = [
    fine("Basis data", "terbaca."),
    warning("Kotak keluar", "1 surel tertahan.", "lihat lkjip outbox list."),
    broken("BPS", "menolak <b>kunci</b>.", "periksa LKJIP_BPS_KEY."),
]


@pytest.fixture
def manager(browser: Browser) -> Browser:
    return browser.become(Role.MANAGE)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long each look was given, in the place of looking."""
    times: list[float] = []

    def look(seconds: float, _settings: object) -> Examination:
        times.append(seconds)
        return Examination(FOUND)

    monkeypatch.setattr("jobs.health.doctor.examine.examine", look)
    return times


def test_opening_the_page_looks_at_nothing(manager: Browser, asked: list[float]) -> None:
    assert "Periksa sekarang" in manager.open(HERE).text
    assert asked == []


def test_the_button_shows_each_look_with_what_to_do(manager: Browser, asked: list[float]) -> None:
    manager.open(HERE)
    shown = words(manager.send(HERE).text)
    assert "1 baik" in shown
    assert "Kotak keluar ! Perlu dilihat 1 surel tertahan. lihat lkjip outbox list." in shown
    assert "BPS ✕ Rusak menolak <b>kunci</b>. periksa LKJIP_BPS_KEY." in shown
    assert "<b>kunci" not in manager.shown
    assert asked == [45]
    assert read_audit(manager.engine).entries[0].what == "memeriksa pemasangan"


def test_one_goes_on_at_a_time(manager: Browser, asked: list[float], home: Path) -> None:
    manager.open(HERE)
    with if_free(home / ".jalan" / "pemeriksaan.kunci"):
        answer = manager.send(HERE)
    assert (answer.status_code, "Pemeriksaan lain sedang berjalan." in answer.text) == (409, True)
    assert asked == []


def test_no_secret_is_shown(make_page: MakePage, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def tell(settings: object) -> list[Check]:
        return [broken("BPS", "https://bps.example/key/kunci-rahasia/ surel:sandi-surel", "sandi-surel")]

    empty: dict[str, object] = {}
    monkeypatch.setattr(
        "jobs.health.doctor.examine._of_settings", lambda settings: {"BPS": lambda: tell(settings), **empty}
    )
    monkeypatch.setattr("jobs.health.doctor.examine.check_program", list)
    app = make_page(bps_key="kunci-rahasia", smtp_url="smtp://surel:sandi-surel@mail.example:25")
    manager = Browser(app, browser.clock).become(Role.MANAGE)
    manager.open(HERE)
    shown = manager.send(HERE).text
    assert "bps.example" in shown
    assert "rahasia" not in shown
    assert "sandi-surel" not in shown


def test_who_manages_one_office_of_several_does_not_see_it(home: Path, browser: Browser) -> None:
    browser.become(Role.MANAGE, OFFICE)
    assert browser.open(HERE).status_code == 200
    shutil.copytree(EXAMPLES / "jabar-inspektorat", home / "kantor" / "jabar-inspektorat")
    assert browser.open(HERE).status_code == 403
