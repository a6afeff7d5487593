"""Signing in: first links, counted tries, sessions that end, forms of nobody else, the audit log."""

from __future__ import annotations

import time
from urllib.parse import urlsplit

import pytest
from sqlmodel import select

from jobs.users.accounts import add_account, list_accounts, remove_account, reset_account
from jobs.users.audit import Actor, read_audit
from jobs.users.roles import Role
from jobs.users.signing_in import FREE_OF_ACCOUNT, FREE_OF_ADDRESS, count_try
from models.session import open_session
from models.users.tables import SignInTries, User, UserLink, UserSession
from tests.web.conftest import MakePage
from tests.web.given.browsing import PASSWORD, PLACE, Browser, Clock
from web.users import own_address

TECHNICIAN = Actor("teknisi")


def link_for(browser: Browser, name: str = "siti") -> str:
    return add_account(browser.engine, name, Role.READ, "", TECHNICIAN, browser.clock()).path


def test_a_link_sets_a_password_with_which_the_person_signs_in(browser: Browser) -> None:
    browser.open(path := link_for(browser))
    answer = browser.send(path, sandi=PASSWORD, ulang=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/masuk?sandi=baru")
    assert browser.sign_in("Siti", target=PLACE).headers["location"] == PLACE
    assert browser.is_signed_in()


def test_a_link_works_once_and_three_days(browser: Browser) -> None:
    browser.open(path := link_for(browser))
    browser.send(path, sandi=PASSWORD, ulang=PASSWORD)
    assert browser.open(path).status_code == 404
    browser.open(late := link_for(browser, "budi"))
    browser.clock.pass_(days=3, seconds=1)
    assert browser.send(late, sandi=PASSWORD, ulang=PASSWORD).status_code == 404


def test_a_newer_link_replaces_the_one_before_and_the_old_password_holds_until_then(browser: Browser) -> None:
    browser.account("siti")
    first = reset_account(browser.engine, "siti", TECHNICIAN, browser.clock())
    second = reset_account(browser.engine, "siti", TECHNICIAN, browser.clock())
    assert browser.open(first.path).status_code == 404
    assert browser.open(second.path).status_code == 200
    assert browser.sign_in("siti").status_code == 303


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("pendek", "pendek", "10 sampai 200 karakter"),
        ("x" * 201, "x" * 201, "10 sampai 200 karakter"),
        ("sitisitisiti", "sitisitisiti", "mudah ditebak"),
        ("aaaaaaaaaaaa", "aaaaaaaaaaaa", "mudah ditebak"),
        (PASSWORD, PASSWORD + "!", "tidak sama"),
    ],
)
def test_a_password_that_cannot_be_one_is_asked_again(
    browser: Browser, password: str, again: str, said: str
) -> None:
    browser.open(path := link_for(browser))
    answer = browser.send(path, sandi=password, ulang=again)
    assert answer.status_code == 422
    assert said in answer.text
    assert browser.open(path).status_code == 200


def test_a_new_password_ends_the_sessions_of_the_old_one(browser: Browser, make_page: MakePage) -> None:
    browser.account("siti")
    browser.sign_in("siti")
    elsewhere = Browser(browser.app, browser.clock)
    link = reset_account(browser.engine, "siti", TECHNICIAN, browser.clock())
    elsewhere.open(link.path)
    elsewhere.send(link.path, sandi="lain lagi sandinya", ulang="lain lagi sandinya")
    assert not browser.is_signed_in()


def test_nothing_by_which_one_could_sign_in_is_kept_as_it_is(browser: Browser) -> None:
    path = link_for(browser, "budi")
    browser.account("siti")
    browser.sign_in("siti")
    token = browser.client.cookies["lkjip-sesi"]
    with open_session(browser.engine, read_only=True) as session:
        tables = (User, UserLink, UserSession, SignInTries)
        kept = repr([row.model_dump() for table in tables for row in session.exec(select(table))])
    assert "$argon2id$" in kept
    assert not [secret for secret in (token, path.rpartition("/")[2], PASSWORD) if secret in kept]


def test_the_answer_does_not_say_whether_a_name_exists(browser: Browser) -> None:
    browser.account("siti")
    link_for(browser, "tanpa-sandi")
    answers = {name: browser.sign_in(name, "bukan sandinya") for name in ("siti", "siapa", "tanpa-sandi")}
    assert {answer.status_code for answer in answers.values()} == {401}
    assert len({answer.text.replace(f'value="{name}"', "") for name, answer in answers.items()}) == 1


def test_a_name_that_does_not_exist_takes_as_long(browser: Browser) -> None:
    browser.account("siti")
    browser.sign_in("hangat", "saja")  # what is made once only

    def took(name: str) -> float:
        browser.open("/masuk")
        began = time.process_time()
        browser.send("/masuk", nama=name, sandi="bukan sandinya")
        return time.process_time() - began

    known, unknown = (min(took(name) for _ in range(2)) for name in ("siti", "siapa"))
    assert 0.5 < known / unknown < 2


@pytest.mark.parametrize("name", ["siti", "siapa"])
def test_tries_on_an_account_are_slowed_more_and_more(browser: Browser, clock: Clock, name: str) -> None:
    browser.account("siti")
    for _ in range(FREE_OF_ACCOUNT):
        assert browser.sign_in(name, "salah").status_code == 401
    answer = browser.sign_in(name)
    assert answer.status_code == 429
    assert "coba lagi sesudah" in answer.text.lower()
    clock.pass_(seconds=11)
    assert browser.sign_in(name, "salah").status_code == 401
    clock.pass_(seconds=11)
    assert browser.sign_in(name, "salah").status_code == 429
    clock.pass_(seconds=10)
    assert browser.sign_in(name).status_code == (303 if name == "siti" else 401)


def test_the_delay_is_bounded_and_forgotten_after_a_success(browser: Browser, clock: Clock) -> None:
    browser.account("siti")
    for _ in range(FREE_OF_ACCOUNT + 8):
        count_try(browser.engine, "siti", "lain", clock())
        clock.pass_(minutes=15)
    assert browser.sign_in("siti").status_code == 303
    anew = Browser(browser.app, clock)
    for _ in range(FREE_OF_ACCOUNT - 1):
        assert anew.sign_in("siti", "salah").status_code == 401


def test_tries_from_one_address_on_many_names_are_slowed(browser: Browser) -> None:
    browser.account("siti")
    for number in range(FREE_OF_ADDRESS):
        count_try(browser.engine, f"nama{number}", "testclient", browser.clock())
    assert browser.sign_in("siti").status_code == 429


def test_signing_in_gives_a_new_session_and_ends_none_elsewhere(browser: Browser) -> None:
    browser.account("siti")
    browser.client.cookies.set("lkjip-sesi", "dipilih-orang-lain", domain="127.0.0.1")
    browser.sign_in("siti")
    first = browser.client.cookies["lkjip-sesi"]
    other = Browser(browser.app, browser.clock)
    other.sign_in("siti")
    assert len({first, other.client.cookies["lkjip-sesi"], "dipilih-orang-lain"}) == 3
    assert browser.is_signed_in()
    assert other.is_signed_in()


def test_who_signs_out_is_out_also_with_the_old_cookie(browser: Browser) -> None:
    browser.become(Role.READ)
    token = browser.client.cookies["lkjip-sesi"]
    browser.open(PLACE)
    assert browser.send("/keluar").status_code == 303
    browser.client.cookies.set("lkjip-sesi", token, domain="127.0.0.1")
    assert not browser.is_signed_in()


def test_a_session_ends_unused_after_twelve_hours_and_used_after_seven_days(browser: Browser) -> None:
    browser.become(Role.READ)
    for _ in range(14):
        browser.clock.pass_(hours=11.9)
        assert browser.is_signed_in()
    browser.clock.pass_(hours=2)
    assert not browser.is_signed_in()
    idle = Browser(browser.app, browser.clock).become(Role.ENTER)
    idle.clock.pass_(hours=12)
    assert not idle.is_signed_in()


def test_who_is_removed_is_out_at_once(browser: Browser) -> None:
    browser.become(Role.READ)
    remove_account(browser.engine, "uji-lihat", TECHNICIAN, browser.clock())
    assert not browser.is_signed_in()


def test_cookies_are_for_this_page_and_no_script(browser: Browser, make_page: MakePage) -> None:
    browser.account("siti")
    plain = browser.sign_in("siti").headers["set-cookie"]
    assert "lkjip-sesi=" in plain
    assert "HttpOnly" in plain
    assert "SameSite=lax" in plain
    assert "Secure" not in plain
    app = make_page(page_url="https://lkjip.kantor.example")
    secure = Browser(app, browser.clock, "https://lkjip.kantor.example").sign_in("siti").headers["set-cookie"]
    assert "__Host-lkjip-sesi=" in secure
    assert "Secure" in secure


def test_a_form_without_its_mark_or_with_that_of_another_is_refused(browser: Browser) -> None:
    browser.account("siti")
    browser.open("/masuk")
    assert browser.client.post("/masuk", data={"nama": "siti", "sandi": PASSWORD}).status_code == 403
    assert Browser(browser.app, browser.clock).sign_in("siti").status_code == 303
    stranger = Browser(browser.app, browser.clock).become(Role.READ)
    stranger.open(PLACE)
    manager = Browser(browser.app, browser.clock).become(Role.MANAGE)
    manager.shown = stranger.shown
    assert manager.send("/pengguna/tautan", nama="siti").status_code == 403


def test_a_form_that_another_page_sends_is_refused(browser: Browser) -> None:
    browser.become(Role.MANAGE)
    browser.open("/pengguna")
    browser.client.headers["sec-fetch-site"] = "cross-site"
    assert browser.send("/pengguna/tautan", nama="uji-kelola").status_code == 403


def test_a_form_that_is_too_large_or_no_form_is_refused(browser: Browser) -> None:
    browser.open("/masuk")
    assert browser.send("/masuk", nama="x" * 20_000).status_code == 413
    assert browser.client.post("/masuk", json={"nama": "siti"}).status_code == 415
    answer = browser.client.post(
        "/masuk", content=b"\xff", headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 400


def test_signing_in_leads_back_to_what_was_asked_for(browser: Browser) -> None:
    wanted = f"{PLACE}/2023/beda?dari=1&ke=2"
    browser.account("siti")
    location = browser.open(wanted).headers["location"]
    assert browser.open(location).status_code == 200
    assert 'name="tujuan" value="' + wanted.replace("&", "&amp;") in browser.shown
    assert browser.sign_in("siti", target=wanted).headers["location"] == wanted


@pytest.mark.parametrize(
    "given",
    [
        "https://lain.example/",
        "//lain.example",
        "///lain.example",
        "/\\lain.example",
        "\\\\lain.example",
        "http:lain.example",
        "javascript:alert(1)",
        "/\t/lain.example",
        "/a\r\nSet-Cookie: x=1",
        "a",
        "",
    ],
)
def test_signing_in_leads_nowhere_else(given: str) -> None:
    led = own_address(given)
    assert led.startswith("/")
    assert not led.startswith(("//", "/\\"))
    assert led.isprintable()
    assert urlsplit(led).netloc == ""


def test_who_manages_makes_a_link_for_who_forgot(browser: Browser) -> None:
    browser.account("siti")
    browser.become(Role.MANAGE)
    browser.open("/pengguna")
    answer = browser.send("/pengguna/tautan", nama="siti")
    assert answer.status_code == 200
    link = answer.text.partition('<code class="long">http://127.0.0.1:8000')[2].partition("<")[0]
    assert Browser(browser.app, browser.clock).open(link).status_code == 200


def test_who_manages_one_office_neither_sees_nor_resets_those_of_others(browser: Browser) -> None:
    browser.account("semua", Role.MANAGE)
    browser.account("lain", Role.READ, "kantor-lain")
    browser.become(Role.MANAGE, "sumenep-dkupp")
    shown = browser.open("/pengguna").text
    assert "uji-kelola" in shown
    assert "lain" not in shown.replace("menambah", "")
    assert browser.send("/pengguna/tautan", nama="lain").status_code == 404
    browser.open("/pengguna")
    assert browser.send("/pengguna/tautan", nama="semua").status_code == 404
    assert "kantor-lain" not in browser.open("/kegiatan").text


def test_the_audit_log_says_who_did_what_from_where(browser: Browser) -> None:
    browser.account("siti", Role.MANAGE)
    browser.sign_in("siti", "salah")
    browser.sign_in("sandi-saya-rahasia", "x")
    browser.sign_in("siti")
    browser.open("/pengguna")
    browser.send("/pengguna/tautan", nama="siti")
    browser.send("/keluar")
    entries = read_audit(browser.engine).entries
    assert [(e.who, e.what) for e in entries] == [
        ("siti", "keluar"),
        ("siti", "membuat tautan sandi"),
        ("siti", "masuk"),
        ("(tidak dikenal)", "gagal masuk"),
        ("siti", "gagal masuk"),
        ("siti", "membuat sandi"),
        ("uji", "menambah pengguna (kelola)"),
    ]
    assert {entry.address for entry in entries} == {"testclient", "uji", "baris perintah"}


def test_accounts_are_listed_with_what_they_may(browser: Browser) -> None:
    browser.account("siti", Role.APPROVE, "sumenep-dkupp")
    link_for(browser, "budi")
    lines = [account.as_text() for account in list_accounts(browser.engine)]
    assert lines == [
        "budi  lihat, semua kantor; belum membuat sandi; tautan berlaku sampai 10 April 2024 pukul 09.00 WIB",
        "siti  setujui, sumenep-dkupp; sandi sudah dibuat",
    ]
