"""Forms that are posted, and cookies that go back to the host that set them, and to no other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime

import pytest

from connectors.cookies import Cookies
from connectors.http import PoliteSession
from core.errors import SourceError
from standins.bps import BpsStandin
from standins.prices.siskaperbapo import SiskaperbapoStandin
from tests.connectors.given.recorded import AGENT, Clock

NOW = datetime(2023, 7, 28, tzinfo=UTC)
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


def test_bps_is_asked_as_ever_without_cookie_or_form(bps: BpsStandin, session: PoliteSession) -> None:
    answer = session.get(f"{bps.url}/list", {"model": "unit", "domain": "3529", "key": bps.key})
    assert answer.url_redacted == f"{bps.url}/list?model=unit&domain=3529&key=***"
    assert session._transport._headers_for(bps.url, None) == {
        "User-Agent": AGENT, "Accept": "application/json", "Accept-Encoding": "gzip, deflate"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("said", "sent_back"),
    [
        (["PHPSESSID=abc; path=/; HttpOnly"], "PHPSESSID=abc"),
        (["a=1", "b=2; Path=/harga"], "a=1; b=2"),
        (["a=1", "a=2"], "a=2"),
        (["a=1", "a=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; Max-Age=0"], ""),
        (["a=1", "a=x; expires=Thu, 01 Jan 1970 00:00:01 GMT"], ""),
        (["a=1; expires=Fri, 28 Jul 2023 00:00:01 GMT"], "a=1"),
        (["a=1; Max-Age=3600"], "a=1"),
        (["a=1; expires=kapan-kapan"], "a=1"),
        (["tanpa-nilai", "=tanpa nama", "a=" + "x" * 5000, "b=\x01"], ""),
        (["a=1; Secure"], ""),
    ],
)
def test_what_goes_back_of_what_a_server_set(said: list[str], sent_back: str) -> None:
    cookies = Cookies(now=lambda: NOW)
    cookies.keep("http://pasar.example:80/harga", said)
    assert cookies.header("http://pasar.example:80/lain") == sent_back


def test_a_secure_cookie_goes_over_https_only() -> None:
    cookies = Cookies(now=lambda: NOW)
    cookies.keep("https://pasar.example/harga", ["a=1; Secure"])
    assert cookies.header("https://pasar.example/") == "a=1"
    assert cookies.header("http://pasar.example/") == ""


@pytest.mark.parametrize(
    "other", ["http://lain.example/", "http://pasar.example:8080/", "http://sub.pasar.example/"]
)
def test_a_cookie_stays_with_its_host_and_port(other: str) -> None:
    cookies = Cookies(now=lambda: NOW)
    cookies.keep("http://pasar.example/", ["a=1; Domain=.example"])
    assert cookies.header(other) == ""
