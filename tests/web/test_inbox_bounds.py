"""Files that are sent by the page: whose they are, once, for how long, and what the page lists of them."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from jobs.uploads import kept
from jobs.users.roles import Role
from office.loading import EXAMPLES
from standins.prefect_server import PrefectStandin
from tests.web.conftest import MakePage
from tests.web.given.browsing import OFFICE, PLACE, Browser, Clock
from tests.web.given.reading import read_here
from tests.web.given.sending import (
    BUDGET,
    HERE,
    PRICES,
    book,
    deeds,
    fetches,
    sent,
    take,
    words,
)
from web.headers import POLICY, SCRIPT_POLICY


@pytest.fixture(autouse=True)
def _reading_here(monkeypatch: pytest.MonkeyPatch) -> None:
    read_here(monkeypatch)


# --- whose file, once, and for how long -----------------------------------------------------------


def test_a_file_is_for_its_sender_in_its_office_alone(sender: Browser, home: Path) -> None:
    shutil.copytree(EXAMPLES / "jabar-inspektorat", home / "kantor" / "jabar-inspektorat")
    place = sent(sender, "lra.csv", BUDGET)
    token = place.rpartition("/")[2]
    assert sender.open(f"/kantor/jabar-inspektorat/kiriman/{token}").status_code == 404
    other = Browser(sender.app, sender.clock).become(Role.MANAGE)
    assert other.open(place).status_code == 404
    other.open(HERE)
    assert other.send(place, langkah="ambil").status_code == 404
    assert fetches(sender) == []


def test_a_token_that_was_not_given_leads_nowhere(sender: Browser) -> None:
    tokens = ("%2e%2e", "..%2f..%2fkantor", "x" * 43, "a" * 64, "a" * 63, "%00", "kunci")
    assert {sender.open(f"{HERE}/{token}").status_code for token in tokens} == {404}


def test_somebody_of_another_office_sends_nothing(make_page: MakePage, clock: Clock) -> None:
    stranger = Browser(make_page(), clock).become(Role.ENTER, "kantor-lain")
    assert stranger.open(HERE).status_code == 404
    assert stranger.send_files(HERE, [("berkas", ("lra.csv", BUDGET))]).status_code == 404


def test_to_press_twice_takes_once(sender: Browser, prefect: PrefectStandin) -> None:
    place = sent(sender, "lra.csv", BUDGET)
    first, shown = take(sender, place), sender.shown
    sender.shown = shown
    assert take(sender, place) == first
    assert len(fetches(sender)) == len(prefect.started) == len(deeds(sender)) == 1


def test_who_presses_while_it_is_being_taken_is_told(sender: Browser, home: Path) -> None:
    place = sent(sender, "lra.csv", BUDGET)
    owner = kept.Owner("uji-isi", OFFICE, kept.Purpose.INBOX)
    waiting = kept.find_place(home, owner, place.rpartition("/")[2], sender.clock())
    assert waiting is not None
    with kept.alone_with(waiting):
        answer = sender.send(place, langkah="ambil")
    assert (answer.status_code, "sedang dikerjakan" in answer.text) == (429, True)
    assert fetches(sender) == []


def test_what_waits_outlives_a_restart(sender: Browser, make_page: MakePage) -> None:
    place = sent(sender, "lra.csv", BUDGET)
    again = Browser(make_page(), sender.clock)
    again.client.cookies = sender.client.cookies
    again.open(place)
    assert "tersimpan sebagai vintage 1" in take(again, place)


def test_after_a_day_it_is_gone(sender: Browser, home: Path, clock: Clock) -> None:
    place = sent(sender, "lra.csv", BUDGET)
    clock.pass_(hours=11)
    assert sender.open(place).status_code == 200
    clock.pass_(hours=11)
    assert sender.open(HERE).status_code == 200
    clock.pass_(hours=2.1)
    assert sender.open(place).status_code == 404
    sender.open(HERE)
    assert list((home / "unggahan").iterdir()) == []


def test_the_page_removes_what_is_old_when_it_begins(
    sender: Browser, home: Path, clock: Clock, make_page: MakePage
) -> None:
    sent(sender, "lra.csv", BUDGET)
    clock.pass_(days=2)
    make_page()
    assert list((home / "unggahan").iterdir()) == []


@pytest.mark.parametrize("name", ["../../../lkjip.sqlite", "\x1b[31mlap\u202evsc<b>.exe"])
def test_no_name_of_a_file_does_any_harm(sender: Browser, home: Path, name: str) -> None:
    before = {path for path in home.rglob("*") if "sqlite" not in path.name}
    place = sent(sender, name, PRICES)
    shown = re.search(r"<h1>(.*)</h1>", sender.shown)
    assert shown is not None
    assert not set("\x1b\u202e/<>") & set(shown[1])
    new = [path for path in home.rglob("*") if path not in before and path.parent != home]
    assert all(path.is_relative_to(home / "unggahan") for path in new)
    assert "3 harga baru" in take(sender, place)
    (url,) = fetches(sender)
    assert re.fullmatch(r"masuk/harga/[^/\x00-\x1f]+", url)


# --- the page itself ------------------------------------------------------------------------------


def test_what_lies_in_the_folders_is_listed_with_its_notes(sender: Browser, home: Path) -> None:
    for place, text in (
        ("masuk/harga/baru.csv", ""),
        ("arsip/bps/0123456789ab-buku.pdf", ""),
        (f"masuk/anggaran/{OFFICE}/juni.xlsx", ""),
        ("karantina/anggaran/lama.xlsx", ""),
        (
            "karantina/anggaran/lama.xlsx.txt",
            "Berkas lama.xlsx tidak dipakai.\n\nbaris 3: salah.\n\nTetap.\n",
        ),
    ):
        (home / place).parent.mkdir(parents=True, exist_ok=True)
        (home / place).write_text(text)
    text = words(sender.open(HERE).text)
    assert "baru.csv di masuk/harga" in text
    assert f"juni.xlsx di masuk/anggaran/{OFFICE}" in text
    assert re.search(
        r"buku\.pdf .* ditaruh di map masuk Dibaca menurut jadwal. Kini di arsip/bps/0123456789ab-buku\.pdf",
        text,
    )
    assert (
        "Berkas lama.xlsx tidak dipakai. baris 3: salah. Tetap. Kini di karantina/anggaran/lama.xlsx" in text
    )
    assert "lama.xlsx.txt" not in text


def test_who_sees_one_office_of_several_does_not_see_their_common_folders(
    make_page: MakePage, clock: Clock, home: Path
) -> None:
    shutil.copytree(EXAMPLES / "jabar-inspektorat", home / "kantor" / "jabar-inspektorat")
    (home / "karantina" / "harga").mkdir(parents=True)
    (home / "karantina" / "harga" / "lain.csv").write_text("")
    app = make_page()
    bound = Browser(app, clock).become(Role.ENTER, OFFICE)
    assert "lain.csv" not in bound.open(HERE).text
    assert "lain.csv" in Browser(app, clock).become(Role.MANAGE).open(HERE).text


def test_only_who_may_send_sees_the_way_there(browser: Browser) -> None:
    assert HERE not in browser.become(Role.READ).open(PLACE).text
    other = Browser(browser.app, browser.clock).become(Role.ENTER)
    assert f'href="{HERE}"' in other.open(PLACE).text


def test_the_page_has_one_script_of_its_own_and_no_other_page_any(sender: Browser) -> None:
    answer = sender.open(HERE)
    assert answer.headers["content-security-policy"] == SCRIPT_POLICY
    (script,) = re.findall(r'<script src="(/kiriman\.js\?[0-9a-f]{12})" defer></script>', answer.text)
    given = Browser(sender.app, sender.clock).open(script)
    assert given.headers["content-type"].startswith("text/javascript")
    assert "immutable" in given.headers["cache-control"]
    assert sender.open(PLACE).headers["content-security-policy"] == POLICY
    sent(sender, "lra.csv", BUDGET)
    assert "<script" not in sender.shown


def test_books_of_bps_are_read_as_nothing_else(sender: Browser) -> None:
    sent(sender, "buku.pdf", book())
    assert "Wilayah Kabupaten Sumenep" in words(sender.shown)


def test_a_step_that_no_button_asks_for_is_refused(sender: Browser) -> None:
    place = sent(sender, "lra.csv", BUDGET)
    shown = sender.shown
    for fields in ({"langkah": "lain"}, {}, {"langkah": "baca", "jenis": "../x"}, {"bulan": "13"}):
        sender.shown = shown
        assert sender.send(place, **fields).status_code == 400
