from __future__ import annotations

import gzip
import json
import tracemalloc
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.web.redaction import redact, redact_bytes
from connectors.web.session import PoliteSession, user_agent
from connectors.web.transport import Fetched
from core.errors import SourceError
from standins.bps import BpsStandin
from standins.bps.faults import FAULTS
from standins.serving import Reply
from tests.connectors.given.recorded import AGENT, Clock

SECRET = "0123456789abcdef0123456789abcdef"


@pytest.mark.parametrize(
    "text",
    [
        f"https://bps.example/list?model=th&key={SECRET}&page=1",
        f"https://bps.example/list/model/th/key/{SECRET}/page/1",
        f"next=https%3A%2F%2Fbps.example%2Flist%3Fkey%3D{SECRET}%26page%3D1",
        f"https%3A%2F%2Fbps.example%2Fkey%2F{SECRET}%2F",
        f"<td>https://bps.example/list?model=th&amp;key={SECRET} </td>",
        f"Max retries exceeded with url: /list?key={SECRET} (Caused by …)",
    ],
)
def test_a_key_in_a_url_is_masked_without_knowing_it(text: str) -> None:
    cleaned = redact(text)
    assert SECRET not in cleaned
    assert "***" in cleaned


def test_the_rest_of_the_url_stays() -> None:
    assert redact(f"list?model=th&key={SECRET}&page=1") == "list?model=th&key=***&page=1"
    assert redact("a monkey=1 and keyword=PDRB stay") == "a monkey=1 and keyword=PDRB stay"


def test_the_key_itself_is_masked_wherever_it_stands() -> None:
    secret = 'a/b+c "d&1'
    for spelled in (secret, "a%2Fb%2Bc%20%22d%261", 'a/b+c \\"d&1', "a/b+c &quot;d&amp;1"):
        assert spelled not in redact(f"your token {spelled}.", secret)


def test_a_short_key_does_not_eat_figures() -> None:
    assert redact('{"value": 1234.5, "id": "x12y"}', "12") == '{"value": 1234.5, "id": "x12y"}'


@given(st.text("0123456789abcdef", min_size=8, max_size=40), st.text(max_size=30), st.text(max_size=30))
def test_no_text_keeps_the_key(secret: str, before: str, after: str) -> None:
    assert secret not in redact(before + secret + after, secret)


def test_a_key_of_other_letters_is_masked_too() -> None:
    """A capital sigma is lower-cased otherwise at the end of a word."""
    assert redact("ΑΒΣ ΑΒΣΧ αβσ", "ΑΒΣΑΒΣΑΒΣ") == "ΑΒΣ ΑΒΣΧ αβσ"
    assert redact("xΑΒΣΑΒΣΑΒΣx", "ΑΒΣΑΒΣΑΒΣ") == "x***x"


@given(st.text('ab/&é="0123456789', min_size=1, max_size=12), st.binary(max_size=30), st.booleans())
def test_bodies_are_cleaned_as_texts_are(secret: str, around: bytes, in_query: bool) -> None:
    body = around + (b"key=" if in_query else b" ") + secret.upper().encode() + b" " + around
    as_text = redact(body.decode("latin-1"), secret.encode().decode("latin-1"))
    assert redact_bytes(body, secret) == as_text.encode("latin-1")


def test_the_user_agent_names_office_and_contact() -> None:
    agent = user_agent("0.1", "DKUPP (Sumenep)", "a@b.example")
    assert agent == "LKJIP/0.1 (DKUPP [Sumenep]; a@b.example)"


def test_requests_go_out_under_that_name(bps: BpsStandin, session: PoliteSession) -> None:
    session.get(f"{bps.url}/list", {"model": "unit", "domain": "3529", "key": bps.key})
    assert bps.requests[0].user_agent == AGENT


def test_at_most_one_request_a_second(bps: BpsStandin, session: PoliteSession, clock: Clock) -> None:
    for _ in range(3):
        session.get(f"{bps.url}/list", {"model": "unit", "domain": "3529", "key": bps.key})
    assert clock.slept == [1.0, 1.0]
    assert session.sent == 3


def test_a_passing_disturbance_is_tried_again_with_growing_waits(
    bps: BpsStandin, session: PoliteSession, clock: Clock
) -> None:
    bps.fail_with("error_500", times=2)
    answer = session.get(f"{bps.url}/list", {"model": "unit", "domain": "3529", "key": bps.key})
    assert answer.status == 200
    assert clock.slept == [2.0, 8.0]


def test_attempts_are_few(bps: BpsStandin, session: PoliteSession) -> None:
    bps.fail_with("error_500")
    assert session.get(f"{bps.url}/list", {"key": bps.key}).status == 500
    assert len(bps.requests) == 3


def test_retry_after_is_respected(bps: BpsStandin, session: PoliteSession, clock: Clock) -> None:
    bps.fail_with("too_many_429", times=1)
    session.get(f"{bps.url}/list", {"model": "unit", "domain": "3529", "key": bps.key})
    assert clock.slept == [7.0]


def test_jitter_lengthens_a_wait_by_up_to_half(bps: BpsStandin, clock: Clock) -> None:
    bps.fail_with("error_500", times=1)
    session = PoliteSession(AGENT, clock=clock, sleep=clock.sleep, jitter=lambda: 1.0)
    session.get(f"{bps.url}/list", {"key": bps.key})
    session.close()
    assert clock.slept == [3.0]


@pytest.mark.parametrize(
    ("fault", "message"),
    [
        ("reset", "memutus sambungan"),
        ("cut_off", "terputus di tengah jalan"),
        ("redirect", "pengalihan ke server lain tidak diikuti"),
    ],
)
def test_no_answer_has_its_own_message(
    bps: BpsStandin, session: PoliteSession, fault: str, message: str
) -> None:
    bps.fail_with(fault)
    with pytest.raises(SourceError, match=message):
        session.get(f"{bps.url}/list", {"model": "unit", "domain": "3529", "key": bps.key})


def test_a_redirect_to_another_host_takes_the_key_nowhere(bps: BpsStandin, session: PoliteSession) -> None:
    bps.fail_with("redirect")
    with pytest.raises(SourceError) as caught:
        session.get(f"{bps.url}/list", {"key": bps.key})
    assert not caught.value.retryable
    assert len(bps.requests) == 1


def test_a_server_that_does_not_answer_is_given_up(bps: BpsStandin, clock: Clock) -> None:
    bps.fail_with("stall")
    session = PoliteSession(AGENT, read_timeout=0.05, attempts=1, clock=clock, sleep=clock.sleep)
    with pytest.raises(SourceError, match="tidak menjawab dalam batas waktu") as caught:
        session.get(f"{bps.url}/list", {"key": bps.key})
    session.close()
    assert caught.value.retryable


def test_a_server_that_drips_is_given_up(bps: BpsStandin) -> None:
    """Each byte comes in time, the whole would take minutes."""
    bps.fail_with("slow_drip")
    session = PoliteSession(AGENT, read_timeout=5, total_timeout=0.1, attempts=1)
    with pytest.raises(SourceError, match="tidak menjawab dalam batas waktu"):
        session.get(f"{bps.url}/list", {"model": "var", "domain": "3529", "key": bps.key})
    session.close()


def test_an_answer_without_end_is_refused(
    bps: BpsStandin, session: PoliteSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.web.transport.MAX_BYTES", 100)
    with pytest.raises(SourceError, match="lebih besar daripada"):
        session.get(f"{bps.url}/list", {"model": "var", "domain": "3529", "key": bps.key})


def _packed(body: bytes, encoding: str) -> Reply:
    made = gzip.compress(body) if encoding == "gzip" else zlib.compress(body)
    return Reply(200, "application/json", made, headers=(("Content-Encoding", encoding),))


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
def test_a_packed_answer_is_unpacked(
    bps: BpsStandin, session: PoliteSession, monkeypatch: pytest.MonkeyPatch, encoding: str
) -> None:
    body = json.dumps(list(range(100_000))).encode()
    monkeypatch.setitem(FAULTS, "packed", lambda _asked, _reply: _packed(body, encoding))
    bps.fail_with("packed")
    assert session.get(f"{bps.url}/list").content == body


def test_a_packed_answer_without_end_does_not_fill_the_memory(
    bps: BpsStandin, session: PoliteSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """64 MiB of zeros come as 64 KiB, in one piece."""
    bomb = _packed(bytes(64 * 1024 * 1024), "gzip")
    assert len(bomb.body) < 70_000
    monkeypatch.setitem(FAULTS, "bomb", lambda _asked, _reply: bomb)
    bps.fail_with("bomb")
    monkeypatch.setattr("connectors.web.transport.MAX_BYTES", 2 * 1024 * 1024)
    tracemalloc.start()
    with pytest.raises(SourceError, match="lebih besar daripada 2 MB"):
        session.get(f"{bps.url}/list")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * 1024 * 1024


def test_a_damaged_packed_answer_is_a_failure_that_may_pass(
    bps: BpsStandin, session: PoliteSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = Reply(200, "application/json", b"not packed", headers=(("Content-Encoding", "gzip"),))
    monkeypatch.setitem(FAULTS, "damaged", lambda _asked, _reply: damaged)
    bps.fail_with("damaged")
    with pytest.raises(SourceError, match="tidak terbaca") as caught:
        session.get(f"{bps.url}/list")
    assert caught.value.retryable


def test_a_proxy_of_the_office_is_not_asked_for_this_machine(
    bps: BpsStandin, session: PoliteSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    assert session.get(f"{bps.url}/list", {"key": bps.key}).status == 200


def test_other_servers_are_asked_through_the_proxy_of_the_office(
    bps: BpsStandin, session: PoliteSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LKJIP_LOOPBACK_ONLY")  # the proxy, on this machine, answers for the other host
    monkeypatch.setenv("http_proxy", bps.site)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    asked: list[str] = []
    monkeypatch.setitem(FAULTS, "noted", lambda a, reply: asked.append(a.url) or reply)
    bps.fail_with("noted")
    assert session.get("http://bps.example/v1/api/list", {"model": "unit"}).status == 200
    assert asked == ["http://bps.example/v1/api/list?model=unit"]


def test_nobody_there_is_a_failure_that_may_pass(clock: Clock) -> None:
    session = PoliteSession(AGENT, clock=clock, sleep=clock.sleep)
    with pytest.raises(SourceError, match=r"127\.0\.0\.1:9 tidak dapat dihubungi") as caught:
        session.get("http://127.0.0.1:9/v1/api/list", {"key": SECRET})
    session.close()
    assert caught.value.retryable
    assert session.sent == 3


def test_an_address_that_is_none_is_not_tried_again(clock: Clock) -> None:
    session = PoliteSession(AGENT, clock=clock, sleep=clock.sleep)
    with pytest.raises(SourceError, match="tidak dapat dipakai") as caught:
        session.get("bps tanpa alamat", {"key": SECRET})
    session.close()
    assert not caught.value.retryable


def test_the_echoed_key_is_not_in_the_kept_bytes(bps: BpsStandin, session: PoliteSession) -> None:
    bps.fail_with("waf_403")
    answer: Fetched = session.get(f"{bps.url}/list", {"model": "unit", "key": bps.key})
    assert b"Perimeter WAF Block" in answer.content
    assert b"model=unit&amp;key=***" in answer.content or b"model=unit&key=***" in answer.content
    assert bps.key.encode() not in answer.content


def test_bytes_without_a_secret_stay_as_they_came(bps: BpsStandin, session: PoliteSession) -> None:
    answer = session.get(f"{bps.site}/id/halaman – berhuruf.html")
    assert "halaman – berhuruf".encode() in answer.content
