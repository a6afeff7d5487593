"""Every address role by role, and the headers of every answer."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest

from jobs.health.doctor.checks import Examination
from jobs.users.roles import Role
from tests.web.conftest import MakePage
from tests.web.given.browsing import OFFICE, PLACE, Browser
from web.access import LEAST
from web.headers import POLICY

NOBODY = None
EXAMPLES = {
    "office": OFFICE,
    "year": "2023",
    "number": "2",
    "kind": "pdf",
    "indicator": "sakip",
    "what": "target",
    "snapshot": "0" * 64,
    "sha256": "0" * 64,
    "token": "bukan-tautan",
    "place": "a" * 64,
    "draft": "3-1",
}
ADDRESSES = [(way, path) for way, path in LEAST if path != "/keluar"]


def outcome(browser: Browser, way: str, path: str) -> str:
    """What becomes of a request: ``in``, ``sign in`` first, or ``refused``."""
    address = path.format(**EXAMPLES)
    query = "?dari=1&ke=2" if path.endswith("/beda") else ""
    if way == "POST":
        browser.open("/kantor/tidak-ada" if browser.client.cookies.get("lkjip-sesi") else "/masuk")
        answer = browser.send(address, nama="siapa", sandi="x")
    else:
        answer = browser.open(address + query)
    if answer.status_code == 303 and answer.headers["location"].startswith("/masuk"):
        return "sign in"
    return "refused" if answer.status_code == 403 else "in"


@pytest.mark.parametrize("role", [NOBODY, *Role], ids=str)
def test_every_address_for_every_role(
    browser: Browser, role: Role | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.examination.examine_alone", lambda *_: Examination([]))
    if role is not NOBODY:
        browser.become(role)
    for way, path in ADDRESSES:
        least = LEAST[way, path]
        if least is None or (role is not NOBODY and role.may(least)):
            expected = "in"
        else:
            expected = "sign in" if role is NOBODY else "refused"
        assert outcome(browser, way, path) == expected, (way, path)


def test_who_is_bound_to_another_office_finds_none_of_its_addresses(browser: Browser) -> None:
    browser.become(Role.MANAGE, "kantor-lain")
    for way, path in ADDRESSES:
        if "{office}" not in path:
            continue
        address = path.format(**EXAMPLES)
        if way == "POST":
            browser.open("/kantor/tidak-ada")
        answer = browser.send(address) if way == "POST" else browser.open(address + "?dari=1&ke=2")
        assert answer.status_code == 404, (way, path)


def test_an_address_without_a_role_is_not_served(
    make_page: MakePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    fewer = {key: role for key, role in LEAST.items() if key[1] != "/kegiatan"}
    monkeypatch.setattr("web.app.LEAST", fewer)
    with pytest.raises(LookupError, match="/kegiatan"):
        make_page()


def test_what_is_not_there_is_not_found(browser: Browser) -> None:
    browser.become(Role.MANAGE)
    nowhere = ("/docs", "/openapi.json", "/redoc", "/gaya.css/../page.css", "/kantor")
    assert {browser.open(address).status_code for address in nowhere} == {404}


def test_every_answer_has_its_headers(browser: Browser) -> None:
    browser.become(Role.MANAGE)
    for address in ("/masuk", "/gaya.css", "/tidak-ada", PLACE, f"{PLACE}/2023/terbitan/2/pdf", "/"):
        headers = browser.open(address).headers
        assert headers["content-security-policy"] == POLICY, address
        assert headers["x-content-type-options"] == "nosniff", address
        assert headers["x-frame-options"] == "DENY", address
        assert headers["referrer-policy"] == "same-origin", address
        assert "strict-transport-security" not in headers, address
        assert ("no-store" in headers["cache-control"]) == (address != "/gaya.css"), address


def test_a_fault_of_the_program_has_them_too(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("rahasia")

    monkeypatch.setattr("web.report.read_year", fail)
    answer = browser.become(Role.READ).open(PLACE)
    assert answer.status_code == 500
    assert answer.headers["content-security-policy"] == POLICY
    assert "Kesalahan program" in answer.text
    assert "rahasia" not in answer.text


def test_a_stored_report_can_reach_nothing_of_the_page(browser: Browser) -> None:
    answer = browser.become(Role.READ).open(f"{PLACE}/2023/terbitan/2/html")
    policy = answer.headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-same-origin" not in policy
    assert "allow-scripts" not in policy, "the script of this page came from nowhere"
    assert re.findall(r"script-src ([^;]*);", policy) == ["'none'"]
    assert "content-disposition" not in answer.headers


def test_a_stored_report_of_an_older_program_may_run_the_script_that_it_was_made_with(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = "document.title = 'lama';"
    digest = base64.b64encode(hashlib.sha256(older.encode()).digest()).decode()
    head = f'<meta http-equiv="Content-Security-Policy" content="x; script-src \'sha256-{digest}\'">'
    start = f'<!DOCTYPE html>\n<html lang="id">\n<head>\n<meta charset="utf-8">\n{head}</head><body>'
    page = f"{start}<main></main>\n<script>{older}</script>\n</body>\n</html>\n".encode()
    monkeypatch.setattr("jobs.report.issues.read_proved", lambda *_: page)
    policy = (
        browser.become(Role.READ).open(f"{PLACE}/2023/terbitan/2/html").headers["content-security-policy"]
    )
    assert re.findall(r"script-src ([^;]*);", policy) == [f"'sha256-{digest}'"]
    assert "allow-scripts" in policy
    assert "allow-same-origin" not in policy


def test_by_https_browsers_stay_with_it(browser: Browser, make_page: MakePage) -> None:
    app = make_page(page_url="https://lkjip.kantor.example")
    answer = Browser(app, browser.clock, "https://lkjip.kantor.example").open("/masuk")
    assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_another_name_that_leads_here_is_refused(make_page: MakePage, browser: Browser) -> None:
    visitor = Browser(make_page(page_url="http://lkjip.kantor.example/"), browser.clock)
    own = ("127.0.0.1:8000", "localhost", "[::1]:8000", "LKJIP.kantor.example")
    assert {visitor.open("/masuk", host=name).status_code for name in own} == {200}
    others = ("lain.example", "", "127.0.0.1.lain.example")
    assert {visitor.open("/masuk", host=name).status_code for name in others} == {421}
