"""Several requests under way at once, and what all of them do when one meets trouble.

Threads meet at barriers inside the stand-in; nothing here depends on how long anything takes.
"""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email.utils import format_datetime

import pytest

from connectors.bps import BpsClient
from connectors.web.circuit import Circuit
from connectors.web.session import PoliteSession
from core import dates
from core.errors import KeyRefusedError, SourceError
from standins.bps import BpsStandin, faults
from standins.bps.faults import Asked
from standins.serving import Reply
from tests.connectors.given.asking import NOW, ask
from tests.connectors.given.recorded import Clock


class Meeting:
    """A fault that answers only when so many requests are there at once, and counts how many were."""

    def __init__(self, size: int) -> None:
        self.barrier = threading.Barrier(size, timeout=20)
        self._lock = threading.Lock()
        self._here = 0
        self.most = 0

    def __call__(self, _asked: Asked, reply: Reply) -> Reply:
        with self._lock:
            self._here += 1
            self.most = max(self.most, self._here)
        self.barrier.wait()
        with self._lock:
            self._here -= 1
        return reply


@pytest.mark.parametrize(("how", "limit"), [({"concurrency": 3}, 3), ({}, 1)], ids=["three", "by default"])
def test_requests_overlap_up_to_the_limit_and_no_further_however_many_threads_ask(
    bps: BpsStandin,
    make: Callable[..., PoliteSession],
    monkeypatch: pytest.MonkeyPatch,
    how: dict[str, int],
    limit: int,
) -> None:
    meeting = Meeting(limit)
    monkeypatch.setitem(faults.FAULTS, "meeting", meeting)
    bps.fail_with("meeting")
    session = make(**how)
    with ThreadPoolExecutor(9) as threads:
        statuses = list(threads.map(lambda _: ask(bps, session), range(9)))
    assert statuses == [200] * 9
    assert meeting.most == limit
    assert session.sent == 9


def test_the_rate_holds_over_all_threads(
    bps: BpsStandin, make: Callable[..., PoliteSession], clock: Clock
) -> None:
    session = make(concurrency=4)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: ask(bps, session), range(6)))
    assert clock.slept == [1.0] * 5


def test_connections_are_kept_open(bps: BpsStandin, make: Callable[..., PoliteSession]) -> None:
    session = make()
    accepted: list[object] = []
    accept = bps._server.get_request
    bps._server.get_request = lambda: accepted.append(None) or accept()
    for _ in range(3):
        ask(bps, session)
    assert len(accepted) == 1


def test_while_the_server_asked_to_wait_all_requests_wait(
    bps: BpsStandin, make: Callable[..., PoliteSession], clock: Clock
) -> None:
    """A second request is made just when the first one begins to wait."""
    bps.fail_with("too_many_429", times=1)
    seen: list[float] = []

    def sleep(seconds: float) -> None:
        if not clock.slept:
            clock.slept.append(seconds)
            ask(bps, session)
            seen.append(clock.now)
        else:
            clock.sleep(seconds)

    session = make(concurrency=2, sleep=sleep)
    assert ask(bps, session) == 200
    assert seen == [7.0]


def test_a_wish_of_the_server_holds_for_whoever_waits_already(
    bps: BpsStandin, make: Callable[..., PoliteSession], monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    """One request waits for its turn while another one is told to wait: it waits on."""
    busy = Reply(429, "text/plain", b"", headers=(("Retry-After", "7"),))
    monkeypatch.setitem(faults.FAULTS, "busy", lambda _a, _r: busy)

    def sleep(seconds: float) -> None:
        clock.sleep(seconds)
        if len(clock.slept) == 1:
            bps.fail_with("busy", times=1)
            ask(bps, other)

    session = make(concurrency=2, sleep=sleep)
    other = make(concurrency=2, attempts=1)
    other._obey = session._obey
    ask(bps, session)
    ask(bps, session)
    assert clock.slept == [1.0, 7.0]


def test_a_shorter_wish_does_not_end_a_longer_one(
    bps: BpsStandin, make: Callable[..., PoliteSession], monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    waits = iter(["9", "3"])
    monkeypatch.setitem(
        faults.FAULTS,
        "busy",
        lambda _a, _r: Reply(429, "text/plain", b"", headers=(("Retry-After", next(waits)),)),
    )
    bps.fail_with("busy", times=2)
    session = make(attempts=1, pace=lambda: None)
    session._wait_turn, waiting = lambda: None, session._wait_turn
    ask(bps, session)
    ask(bps, session)
    waiting()
    assert clock.slept == [9]


def test_after_a_wish_requests_start_apart_again(
    bps: BpsStandin, make: Callable[..., PoliteSession], clock: Clock
) -> None:
    """Several wait for the end of the same wish; they do not start all at once."""
    bps.fail_with("too_many_429", times=1)
    session = make(concurrency=3, attempts=1)
    ask(bps, session)
    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(lambda _: ask(bps, session), range(3))) == [200] * 3
    assert clock.now == 9.0


def test_a_caller_may_set_the_pace(bps: BpsStandin, make: Callable[..., PoliteSession], clock: Clock) -> None:
    turns: list[float] = []
    bps.fail_with("error_500", times=1)
    session = make(pace=lambda: turns.append(clock.now))
    ask(bps, session)
    ask(bps, session)
    assert turns == [0.0, 2.0, 2.0], "each attempt takes its turn"
    assert clock.slept == [2.0], "and there is no other limit"


def test_a_long_wait_is_said(
    bps: BpsStandin,
    make: Callable[..., PoliteSession],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.INFO, "connectors")
    waits = iter(["10", "75"])
    monkeypatch.setitem(
        faults.FAULTS,
        "busy",
        lambda _a, _r: Reply(429, "text/plain", b"", headers=(("Retry-After", next(waits)),)),
    )
    session = make(attempts=1)
    for said in (False, True):
        bps.fail_with("busy", times=1)
        ask(bps, session)
        ask(bps, session)
        assert ("Menunggu 75 detik sebelum permintaan berikut." in caplog.text) is said
        assert said or caplog.text == ""


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize("in_seconds", [True, False])
def test_retry_after_is_understood_in_both_forms_and_on_503(
    bps: BpsStandin,
    make: Callable[..., PoliteSession],
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
    status: int,
    in_seconds: bool,
) -> None:
    text = "42" if in_seconds else format_datetime(dates.now() + timedelta(seconds=42), usegmt=True)
    busy = Reply(status, "text/plain", b"", headers=(("Retry-After", text),))
    monkeypatch.setitem(faults.FAULTS, "busy", lambda _a, _r: busy)
    bps.fail_with("busy", times=1)
    assert ask(bps, make()) == 200
    assert clock.slept == [42.0] if in_seconds else 38 < clock.slept[0] <= 42


@pytest.mark.parametrize(
    "text", ["", "soon", "²", "-3", "1.5", "9" * 30 + " GMT", "Thu, 99 Foo 99999 25:61:61 +9999"]
)
def test_a_retry_after_that_cannot_be_read_is_none(
    bps: BpsStandin,
    make: Callable[..., PoliteSession],
    monkeypatch: pytest.MonkeyPatch,
    clock: Clock,
    text: str,
) -> None:
    busy = Reply(503, "text/plain", b"", headers=(("Retry-After", text),))
    monkeypatch.setitem(faults.FAULTS, "busy", lambda _a, _r: busy)
    bps.fail_with("busy", times=1)
    assert ask(bps, make()) == 200
    assert clock.slept == [2.0]


def test_a_wait_that_is_too_long_to_sleep_leaves_the_server_alone_so_long(
    bps: BpsStandin, make: Callable[..., PoliteSession], monkeypatch: pytest.MonkeyPatch, clock: Clock
) -> None:
    busy = Reply(429, "text/plain", b"", headers=(("Retry-After", "3600"),))
    monkeypatch.setitem(faults.FAULTS, "busy", lambda _a, _r: busy)
    bps.fail_with("busy", times=1)
    session = make()
    assert ask(bps, session) == 429
    with pytest.raises(
        SourceError, match=r"atas permintaan server itu.*sampai 4 April 2024 pukul 09\.00 WIB"
    ):
        ask(bps, session)
    assert session.opened_until == NOW + timedelta(hours=1)
    assert len(bps.requests) == 1
    assert clock.slept == []


@pytest.mark.parametrize("fault", ["error_500", "reset", "cut_off"])
def test_five_failed_requests_in_a_row_open_the_circuit(
    bps: BpsStandin, make: Callable[..., PoliteSession], fault: str
) -> None:
    bps.fail_with(fault)
    session = make(attempts=1)
    for _ in range(5):
        with contextlib.suppress(SourceError):
            ask(bps, session)
    with pytest.raises(SourceError, match="dijeda setelah 5 permintaan berturut-turut gagal") as caught:
        ask(bps, session)
    assert bps.key not in str(caught.value)
    assert len(bps.requests) == 5
    assert session.opened_until == NOW + timedelta(minutes=15)


def test_a_request_counts_once_however_many_attempts_it_took(
    bps: BpsStandin, make: Callable[..., PoliteSession]
) -> None:
    bps.fail_with("error_500", times=12)
    session = make()
    assert [ask(bps, session) for _ in range(5)] == [500, 500, 500, 500, 200]
    assert session.opened_until is None


def test_an_answer_that_says_no_is_a_success_of_the_connection(
    bps: BpsStandin, make: Callable[..., PoliteSession]
) -> None:
    session = make()
    for _ in range(7):
        assert ask(bps, session, model="tidak-ada") == 200
    assert session.opened_until is None


def test_an_address_that_is_none_says_nothing_about_the_server(make: Callable[..., PoliteSession]) -> None:
    session = make()
    for _ in range(7):
        with pytest.raises(SourceError, match="tidak dapat dipakai"):
            session.get("bps tanpa alamat")


def test_a_session_goes_on_with_the_circuit_of_an_earlier_run(
    bps: BpsStandin, make: Callable[..., PoliteSession]
) -> None:
    bps.fail_with("error_500")
    first = make(attempts=1)
    for _ in range(5):
        ask(bps, first)
    kept = Circuit.from_dict(first.circuit.as_dict(), now=lambda: NOW)
    with pytest.raises(SourceError, match="dijeda"):
        ask(bps, make(circuit=kept))
    assert len(bps.requests) == 5


def test_a_broken_off_trial_does_not_lock_the_circuit(
    bps: BpsStandin, make: Callable[..., PoliteSession], monkeypatch: pytest.MonkeyPatch
) -> None:
    circuit = Circuit(threshold=1, first_pause=timedelta(0), now=lambda: NOW)
    session = make(attempts=1, circuit=circuit)
    bps.fail_with("error_500", times=1)
    ask(bps, session)

    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("connectors.web.session.send", interrupted)
        with pytest.raises(KeyboardInterrupt):
            ask(bps, session)
    assert ask(bps, session) == 200


@pytest.mark.parametrize("status", [200, 403, 503])
def test_a_page_that_asks_for_a_human_is_not_asked_again(
    bps: BpsStandin, make: Callable[..., PoliteSession], monkeypatch: pytest.MonkeyPatch, status: int
) -> None:
    page = Reply(status, "text/html", b"<!DOCTYPE html><html><head><title>Just a moment...</title></head>")
    monkeypatch.setitem(faults.FAULTS, "challenge", lambda _a, _r: page)
    bps.fail_with("challenge")
    client = BpsClient(bps.url, bps.key, make())
    with pytest.raises(
        SourceError, match=r"bukti bahwa pengunjungnya manusia.*LKJIP_HOME/masuk/bps"
    ) as caught:
        client.list_all("unit", domain="3529")
    assert not caught.value.retryable
    assert len(bps.requests) == 1


def test_after_a_refused_key_nothing_more_is_asked(
    bps: BpsStandin, make: Callable[..., PoliteSession]
) -> None:
    client = BpsClient(bps.url, "kunci-yang-salah", make())
    for message in ("BPS menolak kunci WebAPI", "sudah menolak kunci"):
        with pytest.raises(KeyRefusedError, match=message):
            client.list_all("unit", domain="3529")
    assert len(bps.requests) == 1


def test_a_second_attempt_is_said_without_address_and_key(
    bps: BpsStandin, make: Callable[..., PoliteSession], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, "connectors")
    bps.fail_with("error_500", times=1)
    ask(bps, make())
    host = bps.site.removeprefix("http://")
    assert [record.getMessage() for record in caplog.records] == [
        f"Menunggu jawaban {host}, percobaan 2 dari 3 dalam 2 detik (HTTP 500)."
    ]


def test_a_slow_answer_is_said_again_and_again_until_it_comes(
    bps: BpsStandin,
    make: Callable[..., PoliteSession],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The server answers only after it was said twice that it does not."""
    monkeypatch.setattr("connectors.web.deadline.SLICE", 0.001)
    said: list[str] = []
    twice = threading.Event()

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(record.getMessage())
            if len(said) == 2:
                twice.set()

    def thinking(_asked: Asked, reply: Reply) -> Reply:
        assert twice.wait(20)
        return reply

    monkeypatch.setitem(faults.FAULTS, "thinking", thinking)
    bps.fail_with("thinking")
    caplog.set_level(logging.INFO, "connectors")
    monkeypatch.setattr(logging.getLogger("connectors"), "handlers", [Listener()])
    assert ask(bps, make()) == 200
    host = bps.site.removeprefix("http://")
    assert said[0] == f"Menunggu jawaban {host}, percobaan 1 dari 3: sudah 0 detik."
    assert bps.key not in "".join(said)
