"""A browser of somebody who opens the page, and the clock of the page."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from jobs.users.accounts import add_account, hash_token, new_token, use_link
from jobs.users.audit import Actor
from jobs.users.roles import Role
from models.session import open_session
from models.users.people import find_user, open_user_session

OFFICE = "sumenep-dkupp"
PLACE = f"/kantor/{OFFICE}"
PASSWORD = "kuda sore enam lampu"


@dataclass
class Clock:
    """The present moment of the page; it stands still until a test moves it."""

    now: datetime = field(default_factory=lambda: datetime(2024, 4, 7, 2, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


class Browser:
    """One browser: keeps cookies, follows nothing by itself, fills the forms that it was shown."""

    def __init__(self, app: FastAPI, clock: Clock, url: str = "http://127.0.0.1:8000") -> None:
        self.app, self.clock, self.engine = app, clock, app.state.site.engine
        self.client = TestClient(app, base_url=url, follow_redirects=False, raise_server_exceptions=False)
        self.shown = ""

    def open(self, address: str, **headers: str) -> Response:
        answer = self.client.get(address, headers=headers)
        self.shown = answer.text if "html" in answer.headers.get("content-type", "") else ""
        return answer

    def send(self, address: str, **fields: str) -> Response:
        """Send the form that is shown, with the mark that it carries."""
        found = re.search(r'name="tanda" value="(\w+)"', self.shown)
        answer = self.client.post(address, data={"tanda": found[1] if found else "", **fields})
        self.shown = answer.text
        return answer

    def send_files(self, address: str, files: list[tuple[str, tuple[str, bytes]]], **fields: str) -> Response:
        """Send the form that is shown with files, each by its field, its name and its bytes."""
        found = re.search(r'name="tanda" value="(\w+)"', self.shown)
        data = {"tanda": found[1] if found else "", **fields}
        answer = self.client.post(address, data=data, files=files)
        self.shown = answer.text
        return answer

    def account(self, name: str, role: Role = Role.READ, office: str = "") -> str:
        """An account with a password; gives its name."""
        link = add_account(self.engine, name, role, office, Actor("uji"), self.clock())
        use_link(self.engine, link.path.rpartition("/")[2], PASSWORD, "uji", self.clock())
        return name

    def sign_in(self, name: str, password: str = PASSWORD, target: str = "/") -> Response:
        self.open("/masuk")
        return self.send("/masuk", nama=name, sandi=password, tujuan=target)

    def is_signed_in(self) -> bool:
        return self.open(f"{PLACE}/terbitan").status_code == 200

    def become(self, role: Role, office: str = "") -> Browser:
        """Be signed in without the work of a password."""
        name, token = f"uji-{role.value}", new_token()
        add_account(self.engine, name, role, office, Actor("uji"), self.clock())
        with open_session(self.engine) as session:
            user = find_user(session, name)
            assert user is not None
            open_user_session(session, user, hash_token(token), self.clock())
        self.client.cookies.set("lkjip-sesi", token, domain="127.0.0.1")
        return self


def words(page: str) -> str:
    """The text of a page's own part, without its marks."""
    return html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split()))


def hidden(browser: Browser, action: str = "") -> dict[str, str]:
    """What the first form that leads to such an address carries along."""
    forms = re.findall(r'<form[^>]*action="([^"]*)"[^>]*>(.*?)</form>', browser.shown, re.DOTALL)
    inside = next(inside for where, inside in forms if where.startswith("/kantor") and action in where)
    fields = dict(re.findall(r'type="hidden" name="([\w.-]+)" value="([^"]*)"', inside))
    return {name: html.unescape(value) for name, value in fields.items() if name != "tanda"}
