"""The one place where a request leaves the machine: under an honest name, not too often, with patience.

BPS wants its key inside the url, and its firewall echoes the url. So everything that comes out of
here (answers, errors, log records) has passed :mod:`connectors.web.redaction`.

Requests are made by ``requests`` and tried again by ``tenacity`` around it. Retries inside the library
(urllib3's ``Retry``) would pass below the pace and the circuit, and could not see that BPS says most of
its errors with HTTP 200.
"""

from __future__ import annotations

import itertools
import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from urllib.parse import urljoin, urlsplit

from requests import PreparedRequest
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_after_attempt
from urllib3.exceptions import InvalidHeader
from urllib3.util import Retry

from connectors.web.circuit import Circuit
from connectors.web.deadline import Deadline
from connectors.web.pacing import Allowance, Pace
from connectors.web.redaction import keep_out_of_logs
from connectors.web.transport import Fetched, ToOneServer, clean, host_of, prepare, send
from core import dates
from core.errors import OutOfTimeError, SourceError
from core.numbers import format_number

logger = logging.getLogger(__name__)

MAX_REDIRECTS = 3
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LONG_WAIT = 10.0
"""Seconds; a longer wait before a request is said in the log."""

Judge = Callable[[Fetched], bool]


def user_agent(version: str, office: str, contact: str) -> str:
    """The honest name under which requests are made: ``LKJIP/0.1 (DKUPP Sumenep; a@b.example)``."""
    named = "; ".join(part for part in (office, contact) if part)
    safe = named.encode("ascii", "replace").decode().translate(str.maketrans("()\r\n", "[]  "))
    return f"LKJIP/{version} ({safe})"


class _UnusableError(SourceError):
    """An answer that is a failure: the answer itself, and how long the server asks to be left alone."""

    def __init__(self, fetched: Fetched, *, retryable: bool = False, asked_wait: float = 0.0) -> None:
        super().__init__(f"HTTP {fetched.status}", retryable=retryable)
        self.fetched, self.asked_wait = fetched, asked_wait


class PoliteSession:
    """Asks one server, not too often, under its own name, and tries again with patience.

    It may be used by several threads. Unless told otherwise it has one request under way at a time
    and starts one a second; both limits hold over all threads together.

    One request takes at most ``attempts`` times the total time, and the waits between;
    a server that asks for a longer wait than ``total_timeout`` is left alone by the circuit instead.

    Args:
        agent: The user agent, see :func:`user_agent`.
        secret: The key that must not come out.
        requests_per_second: The limit; BPS states none, one a second is known to be welcome.
        pace: Waits until the next request may start, in place of that limit.
        concurrency: How many requests may be under way at once.
        connect_timeout: Seconds until a connection stands.
        read_timeout: Seconds between two pieces of an answer.
        total_timeout: Seconds from a request to the end of its answer; a server that drips is given up.
        attempts: How often one request is made at most; before the second one two seconds are waited
            (less where the rate is higher), before each further one four times as long.
        circuit: Remembers failures, perhaps those of earlier runs; a new one by default.
        clock: Monotonic seconds.
        sleep: Waits so many seconds.
        jitter: A number from 0 to 1 that lengthens each wait by up to half.
        now: The present moment, aware.
        accept: Kinds of answers that are asked for.
        cookies: Whether a server's cookies go back to it, for servers that answer within a session;
            each server sees only its own.
    """

    def __init__(
        self,
        agent: str,
        *,
        secret: str = "",
        requests_per_second: float = 1.0,
        pace: Callable[[], None] | None = None,
        concurrency: int = 1,
        connect_timeout: float = 10.0,
        read_timeout: float = 30.0,
        total_timeout: float = 120.0,
        attempts: int = 3,
        circuit: Circuit | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        now: Callable[[], datetime] = dates.now,
        accept: str = "application/json",
        cookies: bool = False,
    ) -> None:
        self._headers = {"User-Agent": agent, "Accept": accept, "Accept-Encoding": "gzip, deflate"}
        self._secret, self._cookies = secret, cookies
        keep_out_of_logs(secret)
        self._servers: dict[tuple[str, str], ToOneServer] = {}
        self.concurrency = concurrency
        self._slots = threading.BoundedSemaphore(concurrency)
        self._timeout, self._total_timeout = (connect_timeout, read_timeout), total_timeout
        self._attempts, self._backoff = attempts, min(2.0, 2.0 / requests_per_second)
        self._clock, self._sleep, self._jitter, self._now = clock, sleep, jitter, now
        self._pace = pace or Pace(requests_per_second, clock=clock, sleep=self._rest)
        self.circuit = circuit or Circuit(now=now)
        self._lock = threading.Lock()
        self._asked_until = float("-inf")
        self.sent = 0

    def __repr__(self) -> str:
        return f"<PoliteSession {self._headers['User-Agent']}>"

    @property
    def opened_until(self) -> datetime | None:
        """Until when the circuit lets no request pass, aware; None while it does."""
        return self.circuit.opened_until

    def close(self) -> None:
        """Close the connections."""
        for server in self._servers.values():
            server.close()

    def get(
        self,
        url: str,
        params: Mapping[str, str | int] | None = None,
        *,
        retry_if: Judge = lambda _: False,
        give_up_if: Judge = lambda _: False,
        allowance: Allowance | None = None,
    ) -> Fetched:
        """Ask for ``url``, again if the failure may pass.

        Args:
            url: The address.
            params: Of the query; they may hold the key.
            retry_if: Whether an answer is a failure that may pass (a firewall's page); 429 and 5xx
                always are.
            give_up_if: Whether an answer is a failure that no second attempt changes, whatever its
                status (a page that asks for a human).
            allowance: What this and other requests may take together.

        Returns:
            The last answer, whatever its status.

        Raises:
            SourceError: No answer came: unreachable, timed out, cut off, sent elsewhere, or the
                circuit is open.
            OutOfTimeError: The allowance is used up.
        """
        return self._ask(prepare(url, params), retry_if, give_up_if, allowance or Allowance())

    def post(
        self,
        url: str,
        form: Mapping[str, str | int],
        *,
        retry_if: Judge = lambda _: False,
        give_up_if: Judge = lambda _: False,
    ) -> Fetched:
        """Post a form that asks for something, with the patience of :meth:`get`.

        It may be posted several times: this is for forms that change nothing on the server. The answer
        names its fields behind ``#`` in ``Fetched.url_redacted``.
        """
        return self._ask(prepare(url, form=form), retry_if, give_up_if, Allowance())

    def _ask(
        self, request: PreparedRequest, retry_if: Judge, give_up_if: Judge, allowance: Allowance
    ) -> Fetched:
        host = host_of(request.url)
        permit = self.circuit.admit(host)
        numbers = itertools.count(1)

        def attempt() -> Fetched:
            fetched = self._once(request, next(numbers), allowance)
            if give_up_if(fetched):
                raise _UnusableError(fetched)
            if fetched.status == 429 or fetched.status >= 500 or retry_if(fetched):
                wait = self._obey(fetched, host)
                raise _UnusableError(fetched, retryable=wait <= self._total_timeout, asked_wait=wait)
            return fetched

        def rest(seconds: float) -> None:
            seconds = min(seconds, allowance.left)
            allowance.spend(seconds)
            self._sleep(seconds)
            self.circuit.recheck(permit, host)

        retrying = Retrying(
            retry=retry_if_exception(_may_pass),
            stop=stop_after_attempt(self._attempts),
            wait=self._wait,
            sleep=rest,
            before_sleep=partial(self._say_again, host),
            reraise=True,
        )
        try:
            fetched: Fetched = retrying(attempt)
        except _UnusableError as unusable:
            self.circuit.failed(permit, host)
            return unusable.fetched
        except BaseException as error:
            if isinstance(error, SourceError) and not isinstance(error, OutOfTimeError):
                self.circuit.failed(permit, host)
            else:
                self.circuit.abandoned(permit)
            raise
        self.circuit.succeeded(permit)
        return fetched

    def _wait(self, state: RetryCallState) -> float:
        """Seconds before the next attempt: ours, or as many as the server asks for if those are more."""
        wait = self._backoff * 4.0 ** (state.attempt_number - 1) * (1 + self._jitter() / 2)
        error = _error(state)
        return max(wait, error.asked_wait) if isinstance(error, _UnusableError) else wait

    def _obey(self, fetched: Fetched, host: str) -> float:
        """Do what the server asks for with ``Retry-After``: for all threads, it is the server's wish."""
        wait = _retry_after(fetched)
        if wait > self._total_timeout:
            self.circuit.leave_alone(wait, host)
        else:
            with self._lock:
                self._asked_until = max(self._asked_until, self._clock() + wait)
        return wait

    def _once(self, request: PreparedRequest, number: int, allowance: Allowance) -> Fetched:
        with self._slots:
            for _ in range(MAX_REDIRECTS + 1):
                fetched, target = self._send(request, number, allowance)
                if target is None or fetched.status not in REDIRECTS:
                    return fetched
                request = _sent_on(request, target, fetched.status)
            raise SourceError(
                f"{host_of(request.url)} berulang kali mengalihkan permintaan.",
                todo="periksa alamat layanan di pengaturan.",
            )

    def _send(
        self, request: PreparedRequest, number: int, allowance: Allowance
    ) -> tuple[Fetched, str | None]:
        """The answer and, when it may send elsewhere, where to."""
        if allowance.left <= 0:
            raise _out_of_time(host_of(request.url), allowance)
        self._wait_turn()
        with self._lock:
            self.sent += 1
            server = self._server_of(request.url or "")
        started = self._clock()
        deadline = Deadline(
            min(self._total_timeout, allowance.left),
            still_waiting=lambda: self._say_slow(host_of(request.url), number, started),
        )
        try:
            response, content = send(server, request, deadline, self._timeout)
        finally:
            allowance.spend(self._clock() - started)
        return clean(response, content, self._secret, self._now()), response.headers.get("Location")

    def _server_of(self, address: str) -> ToOneServer:
        name = urlsplit(address)[:2]
        if name not in self._servers:
            self._servers[name] = ToOneServer(
                address, self._headers, connections=self.concurrency, cookies=self._cookies
            )
        return self._servers[name]

    def _wait_turn(self) -> None:
        """Wait until a request may start; a wish of the server that comes meanwhile holds too."""
        while True:
            while (wait := self._asked_until - self._clock()) > 0:
                self._rest(wait)
            self._pace()
            if self._asked_until <= self._clock():
                return

    def _rest(self, seconds: float) -> None:
        if seconds > LONG_WAIT:
            logger.info("Menunggu %s detik sebelum permintaan berikut.", format_number(round(seconds)))
        self._sleep(seconds)

    def _say_slow(self, host: str, number: int, started: float) -> None:
        logger.info(
            "Menunggu jawaban %s, percobaan %d dari %d: sudah %s detik.",
            host, number, self._attempts, format_number(round(self._clock() - started)),
        )  # fmt: skip

    def _say_again(self, host: str, state: RetryCallState) -> None:
        logger.info(
            "Menunggu jawaban %s, percobaan %d dari %d dalam %s detik (%s).",
            host, state.attempt_number + 1, self._attempts, format_number(round(state.upcoming_sleep)),
            str(getattr(_error(state), "message", "")).rstrip("."),
        )  # fmt: skip


def _may_pass(error: BaseException) -> bool:
    return isinstance(error, SourceError) and error.retryable


def _error(state: RetryCallState) -> BaseException | None:
    return state.outcome.exception() if state.outcome else None


def _out_of_time(host: str, allowance: Allowance) -> OutOfTimeError:
    return OutOfTimeError(
        f"Waktu yang disediakan ({format_number(round(allowance.seconds))} detik) habis sebelum {host} "
        "selesai menjawab.",
        todo="tidak perlu apa-apa sekarang, yang belum terbaca akan dibaca pada jadwal berikut.",
    )


def _sent_on(request: PreparedRequest, target: str, status: int) -> PreparedRequest:
    """The same request where the server sends it; only to itself.

    Only 307 and 308 mean a form to be posted there too (RFC 9110).
    """
    address = request.url or ""
    try:
        there = urljoin(address, target)
        stays = urlsplit(there)[:2] == urlsplit(address)[:2]
    except ValueError:
        there, stays = "alamat yang tidak benar", False
    if not stays:
        raise SourceError(
            f"{host_of(address)} mengalihkan permintaan ke {host_of(there)}; pengalihan ke server lain "
            "tidak diikuti agar kunci tidak terkirim ke sana.",
            todo="periksa alamat layanan di pengaturan.",
        )
    form = str(request.body) if request.body and status in (307, 308) else None
    return prepare(there, form=form)


def _retry_after(fetched: Fetched) -> float:
    """Seconds that the server asked to wait (RFC 9110, 10.2.3); 0 when it asked nothing."""
    try:
        return float(Retry().parse_retry_after(fetched.headers.get("retry-after", "")))
    except (InvalidHeader, ValueError, TypeError, OverflowError):
        return 0.0
