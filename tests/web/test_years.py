"""Years on the page: opened, looked at by the list, confirmed and closed by who approves."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jobs.users.audit import read_audit
from jobs.users.roles import Role
from office.confirmation import open_years, year_state
from tests.web.conftest import TODAY, MakePage
from tests.web.given.browsing import OFFICE, PLACE, Browser, words

HERE = f"{PLACE}/tahun"


@pytest.fixture
def boss(browser: Browser) -> Browser:
    return browser.become(Role.APPROVE)


@pytest.fixture
def folder(home: Path) -> Path:
    return home / "kantor" / OFFICE


def open_2024(boss: Browser) -> str:
    boss.open(HERE)
    return words(boss.send(HERE, tahun="2024").text)


def test_the_years_are_listed_with_their_last_issue(boss: Browser) -> None:
    shown = words(boss.open(HERE).text)
    assert "2023 Tidak memerlukan konfirmasi terbitan 2, 5 April 2024" in shown
    assert 'value="2024"' in boss.shown


def test_a_year_is_opened_and_waits_for_a_confirmation(boss: Browser, folder: Path) -> None:
    said = open_2024(boss)
    assert "Tahun 2024 dibuka dari tahun 2023." in said
    assert "Sampai dikonfirmasi tidak ada terbitan" in said
    assert not year_state(folder, 2024).confirmed
    newest = read_audit(boss.engine).entries[0]
    assert (newest.what, newest.about) == ("membuka tahun", "2024 dari 2023")
    assert "belum dikonfirmasi" in words(boss.open(PLACE).text)


def test_its_list_says_what_is_to_be_looked_at(boss: Browser) -> None:
    open_2024(boss)
    shown = words(boss.open(f"{PLACE}/2024/periksa").text)
    assert "Target (year.yaml)" in shown
    assert "penanda tangan, penerima, dasar hukum" in shown
    assert "lkjip year" not in shown
    assert "[ ]" not in shown
    assert "<code>programs.csv</code>" in boss.shown


def test_it_is_confirmed_in_the_name_of_who_is_signed_in(boss: Browser, folder: Path) -> None:
    open_2024(boss)
    boss.open(f"{PLACE}/2024/periksa")
    assert "belum dicentang" in boss.send(f"{PLACE}/2024/konfirmasi").text
    assert not year_state(folder, 2024).confirmed
    said = words(boss.send(f"{PLACE}/2024/konfirmasi", ya="1").text)
    assert "Tahun 2024 dikonfirmasi" in said
    assert year_state(folder, 2024).confirmation is not None
    assert "dikonfirmasi uji-setujui" in year_state(folder, 2024).as_text()
    assert read_audit(boss.engine).entries[0].what == "mengonfirmasi tahun"
    boss.open(f"{PLACE}/2024/periksa")
    assert "Tidak perlu apa-apa" in boss.send(f"{PLACE}/2024/konfirmasi", ya="1").text


def test_data_that_cannot_be_read_are_not_confirmed(boss: Browser, folder: Path) -> None:
    open_2024(boss)
    file = folder / "2024" / "year.yaml"
    file.write_text(re.sub(r"^used: .*$", "used: tidak-ada", file.read_text(), flags=re.MULTILINE))
    boss.open(f"{PLACE}/2024/periksa")
    answer = boss.send(f"{PLACE}/2024/konfirmasi", ya="1")
    assert answer.status_code == 422
    assert "tidak-ada" in answer.text
    assert not year_state(folder, 2024).confirmed


def test_a_year_is_closed(boss: Browser, folder: Path) -> None:
    boss.open(f"{PLACE}/2023/periksa")
    assert "belum dicentang" in boss.send(f"{PLACE}/2023/tutup").text
    assert "Tahun 2023 ditutup" in boss.send(f"{PLACE}/2023/tutup", ya="1").text
    assert open_years(folder) == []
    assert read_audit(boss.engine).entries[0].what == "menutup tahun"
    assert "Menutup" not in words(boss.open(f"{PLACE}/2023/periksa").text)


@pytest.mark.parametrize(
    ("year", "said"),
    [
        ("2023", "sudah ada"),
        ("2000", "tidak mempunyai tahun sebelum"),
        ("dua", "tidak terbaca"),
        ("٢٠٢٤", "tidak terbaca"),
    ],
)
def test_what_cannot_be_opened_is_said(boss: Browser, year: str, said: str, folder: Path) -> None:
    boss.open(HERE)
    answer = boss.send(HERE, tahun=year)
    assert answer.status_code == 422
    assert said in answer.text
    assert str(folder.parent) not in answer.text
    assert [path.name for path in folder.iterdir() if path.is_dir()] == ["2023"]


def test_a_year_that_is_not_there_is_not_found(boss: Browser) -> None:
    assert boss.open(f"{PLACE}/2031/periksa").status_code == 404
    boss.open(HERE)
    assert boss.send(f"{PLACE}/2031/tutup", ya="1").status_code == 404


def test_who_may_not_approve_sees_no_button(browser: Browser) -> None:
    browser.become(Role.ENTER)
    assert "<button>" not in browser.open(HERE).text.partition("<main")[2]
    assert "<button" not in browser.open(f"{PLACE}/2023/periksa").text.partition("<main")[2]


def test_an_example_of_the_program_stays_as_it_is(make_page: MakePage, browser: Browser) -> None:
    home = browser.app.state.site.settings.home
    app = make_page(home=home, offices=home / "tidak-ada", agency=OFFICE, today=TODAY)
    boss = Browser(app, browser.clock).become(Role.APPROVE)
    for address, fields in ((HERE, {"tahun": "2024"}), (f"{PLACE}/2023/tutup", {"ya": "1"})):
        boss.open(HERE)
        assert "contoh milik program" in boss.send(address, **fields).text
