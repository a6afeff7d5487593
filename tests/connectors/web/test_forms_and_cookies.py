"""Forms that are posted, and cookies that go back to the host that set them, and to no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from email.message import Message
from http.server import BaseHTTPRequestHandler

import pytest
from requests import Request

from connectors.web.session import PoliteSession
from core.errors import SourceError
from standins.bps import BpsStandin
from standins.bps.faults import FAULTS, Asked
from standins.prices.siskaperbapo import SiskaperbapoStandin
from standins.serving import Reply
from tests.connectors.given.recorded import AGENT, Clock

FORM = {"tanggal": "2023-07-27", "kabkota": "sumenepkab", "pasar": 9001}


@pytest.fixture
def site() -> Iterator[SiskaperbapoStandin]:
    with SiskaperbapoStandin(today=date(2023, 7, 28)) as standin:
        yield standin


@pytest.fixture
def make(clock: Clock) -> Iterator[Callable[..., PoliteSession]]:
    sessions: list[PoliteSession] = []

    def build(**options: object) -> PoliteSession:
        chosen = {"clock": clock, "sleep": clock.sleep, "jitter": lambda: 0.0, "cookies": True, **options}
        sessions.append(PoliteSession(AGENT, **chosen))
        return sessions[-1]

    yield build
    for session in sessions:
        session.close()


def post(site: SiskaperbapoStandin, session: PoliteSession) -> int:
    return session.post(f"{site.url}/harga/tabel.nodesign/", FORM).status


def test_a_form_arrives_as_it_was_given(
    site: SiskaperbapoStandin, make: Callable[..., PoliteSession]
) -> None:
    post(site, make())
    assert site.requests[-1].params == {"tanggal": "2023-07-27", "kabkota": "sumenepkab", "pasar": "9001"}
    assert site.requests[-1].user_agent == AGENT


def test_the_answer_to_a_form_says_what_was_posted(
    site: SiskaperbapoStandin, make: Callable[..., PoliteSession]
) -> None:
    answer = make().post(f"{site.url}/harga/tabel.nodesign/", FORM)
    assert answer.url_redacted == (
        f"{site.url}/harga/tabel.nodesign/#tanggal=2023-07-27&kabkota=sumenepkab&pasar=9001"
    )


def test_a_key_in_a_form_comes_out_nowhere(
    site: SiskaperbapoStandin, make: Callable[..., PoliteSession]
) -> None:
    secret = "0123456789abcdef"
    answer = make(secret=secret).post(f"{site.url}/harga/tabel.nodesign/", {"key": secret, "sandi": secret})
    assert answer.url_redacted.endswith("#key=***&sandi=***")


def test_a_form_is_posted_again_after_a_passing_disturbance(
    site: SiskaperbapoStandin, make: Callable[..., PoliteSession], clock: Clock
) -> None:
    site.fail_with("error_500", times=2)
    assert post(site, make()) == 403
    assert clock.slept == [2.0, 8.0]
    assert len(site.requests) == 3


def test_failed_forms_open_the_circuit(site: SiskaperbapoStandin, make: Callable[..., PoliteSession]) -> None:
    site.fail_with("error_500")
    session = make(attempts=1)
    for _ in range(5):
        post(site, session)
    with pytest.raises(SourceError, match="dijeda setelah 5 permintaan"):
        post(site, session)
    assert len(site.requests) == 5


def test_a_form_that_is_sent_on_is_asked_for_there_without_its_fields(
    site: SiskaperbapoStandin, make: Callable[..., PoliteSession]
) -> None:
    session = make()
    session.get(f"{site.url}/harga/tabel")
    site.fail_with("sent_to_login")
    answer = session.post(f"{site.url}/harga/tabel.nodesign/", FORM)
    assert answer.url_redacted == f"{site.url}/harga/tabel"
    assert [request.kind for request in site.requests] == ["sesi", "tabel", "sesi"]


def test_a_form_goes_to_no_other_host(site: SiskaperbapoStandin, make: Callable[..., PoliteSession]) -> None:
    session = make()
    session.get(f"{site.url}/harga/tabel")
    site.fail_with("redirect_elsewhere")
    with pytest.raises(SourceError, match=r"pengalihan ke server lain\s+tidak diikuti"):
        post(site, session)


def test_a_cookie_goes_back_when_a_session_keeps_cookies(
    site: SiskaperbapoStandin, make: Callable[..., PoliteSession]
) -> None:
    session = make()
    page = session.get(f"{site.url}/harga/tabel")
    assert post(site, session) == 200
    assert site.requests[-1].in_session
    assert "set-cookie" not in page.headers


def test_without_being_told_a_session_keeps_no_cookie(
    site: SiskaperbapoStandin, make: Callable[..., PoliteSession]
) -> None:
    session = make(cookies=False)
    session.get(f"{site.url}/harga/tabel")
    assert post(site, session) == 403


def test_two_servers_see_each_only_its_own_cookie(
    site: SiskaperbapoStandin, make: Callable[..., PoliteSession]
) -> None:
    session = make()
    session.get(f"{site.url}/harga/tabel")
    with SiskaperbapoStandin(today=date(2023, 7, 28)) as other:
        assert post(other, session) == 403
        assert not other.requests[0].in_session


def test_a_session_says_which_answers_it_likes(
    site: SiskaperbapoStandin, make: Callable[..., PoliteSession]
) -> None:
    make(accept="text/html").get(f"{site.url}/harga/tabel")
    make().get(f"{site.url}/harga/tabel")
    assert [request.accept for request in site.requests] == ["text/html", "application/json"]


def test_bps_is_asked_without_cookie_or_form(bps: BpsStandin, session: PoliteSession) -> None:
    answer = session.get(f"{bps.url}/list", {"model": "unit", "domain": "3529", "key": bps.key})
    assert answer.url_redacted == f"{bps.url}/list?model=unit&domain=3529&key=***"


class Shop:
    """Sets the cookies it is told to, and notes the head of every request."""

    def __init__(self, bps: BpsStandin, monkeypatch: pytest.MonkeyPatch) -> None:
        self.says: list[str] = []
        self.heads: list[Message] = []
        self.site = bps.site
        monkeypatch.setitem(FAULTS, "shop", self._answer)
        handler = bps._server.RequestHandlerClass
        parse = handler.parse_request

        def noting(request: BaseHTTPRequestHandler) -> bool:
            parsed = parse(request)
            self.heads.append(request.headers)
            return parsed

        monkeypatch.setattr(handler, "parse_request", noting)
        bps.fail_with("shop")

    def _answer(self, _asked: Asked, _reply: Reply) -> Reply:
        return Reply(200, "text/html", b"", headers=tuple(("Set-Cookie", text) for text in self.says))

    def ask(self, session: PoliteSession, path: str = "/v1/api/list") -> str:
        """What comes back to the shop in ``Cookie``."""
        session.get(self.site + path)
        return self.heads[-1].get("Cookie", "")


@pytest.fixture
def shop(bps: BpsStandin, monkeypatch: pytest.MonkeyPatch) -> Shop:
    return Shop(bps, monkeypatch)


def test_nothing_goes_out_but_what_we_chose(shop: Shop, session: PoliteSession) -> None:
    shop.says = ["a=1; path=/"]
    shop.ask(session)
    assert shop.ask(session) == ""
    assert dict(shop.heads[-1]) == {
        "Host": shop.site.removeprefix("http://"),
        "User-Agent": AGENT,
        "Accept": "application/json",
        "Accept-Encoding": "gzip, deflate",
    }


@pytest.mark.parametrize(
    ("said", "sent_back"),
    [
        (["PHPSESSID=abc; path=/; HttpOnly"], "PHPSESSID=abc"),
        (["a=1", "b=2; Path=/v1"], "a=1; b=2"),
        (["b=2; Path=/harga"], ""),
        (["a=1", "a=2"], "a=2"),
        (["a=1", "a=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0"], ""),
        (["a=1", "a=x; expires=Thu, 01 Jan 1970 00:00:01 GMT"], ""),
        (["a=1; expires=Fri, 28 Jul 2090 00:00:01 GMT"], "a=1"),
        (["a=1; Max-Age=3600"], "a=1"),
        (["a=1; expires=kapan-kapan"], "a=1"),
        (["tanpa-nilai", "=tanpa nama", "a=" + "x" * 5000, "b=\x01"], ""),
        (["a=1; Secure"], ""),
        (["a=1; Domain=.example"], ""),
    ],
)
def test_what_goes_back_of_what_a_server_set(
    shop: Shop, make: Callable[..., PoliteSession], said: list[str], sent_back: str
) -> None:
    session = make()
    for text in said:
        shop.says = [text]
        shop.ask(session)
    shop.says = []
    assert shop.ask(session) == sent_back


def test_a_cookie_stays_with_its_host_whatever_domain_it_names(
    shop: Shop, make: Callable[..., PoliteSession]
) -> None:
    session = make()
    shop.says = ["a=1; Domain=127.0.0.1; Path=/", "b=1; Domain=localhost; Path=/"]
    shop.ask(session)
    shop.says = []
    assert shop.ask(session) == "a=1"
    shop.site = shop.site.replace("127.0.0.1", "localhost")
    assert shop.ask(session) == ""


def test_a_secure_cookie_goes_over_https_only(shop: Shop, make: Callable[..., PoliteSession]) -> None:
    session = make()
    shop.says = ["a=1; Secure; Path=/"]
    shop.ask(session)
    assert shop.ask(session) == ""
    [kept] = session._servers.values()
    over_tls = kept.prepare_request(Request("GET", shop.site.replace("http://", "https://")))
    assert over_tls.headers["Cookie"] == "a=1"
