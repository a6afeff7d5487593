"""The one place where a request leaves the machine: under an honest name, not too often, with patience.

BPS wants its key inside the url, and its firewall echoes the url. So everything that comes out of
here (answers, errors, log records) has passed :mod:`connectors.redaction`.
"""

from __future__ import annotations

import logging
import random
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlencode, urljoin, urlsplit

from connectors.circuit import Circuit
from connectors.pacing import LONG_WAIT, Pace
from connectors.redaction import MASK, redact
from connectors.transport import Fetched, Limits, Transport, host_of, prepare
from core import dates
from core.errors import SourceError
from core.numbers import format_number

__all__ = ["MASK", "MAX_BYTES", "Circuit", "Fetched", "PoliteSession", "redact", "user_agent"]

logger = logging.getLogger(__name__)

MAX_BYTES = 64 * 1024 * 1024
MAX_REDIRECTS = 3


def user_agent(version: str, office: str, contact: str) -> str:
    """The honest name under which requests are made: ``LKJIP/0.1 (DKUPP Sumenep; a@b.example)``."""
    named = "; ".join(part for part in (office, contact) if part)
    safe = named.encode("ascii", "replace").decode().translate(str.maketrans("()\r\n", "[]  "))
    return f"LKJIP/{version} ({safe})"


@dataclass(frozen=True)
class _Request:
    """What is asked; ``form`` is posted, None asks with GET."""

    address: str
    form: str | None = None

    def sent_on(self, address: str, status: int) -> _Request:
        """The same at another address; only 307 and 308 mean the form to be posted there too (RFC 9110)."""
        return _Request(address, self.form if status in (307, 308) else None)


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
        concurrency: How many requests may be under way at once.
        connect_timeout: Seconds until a connection stands.
        read_timeout: Seconds between two pieces of an answer.
        total_timeout: Seconds from a request to the end of its answer; a server that drips is given up.
        attempts: How often one request is made at most.
        backoff: Seconds before the second attempt; each further one waits four times as long.
        circuit: Remembers failures, perhaps those of earlier runs; a new one by default.
        clock: Monotonic seconds.
        sleep: Waits so many seconds.
        jitter: A number from 0 to 1 that lengthens each wait by up to half.
        now: The present moment, aware.
        accept: Kinds of answers that are asked for.
        cookies: Whether a server's cookies go back to it, for servers that answer within a session;
            each host sees only its own.
    """

    def __init__(
        self,
        agent: str,
        *,
        secret: str = "",
        requests_per_second: float = 1.0,
        concurrency: int = 1,
        connect_timeout: float = 10.0,
        read_timeout: float = 30.0,
        total_timeout: float = 120.0,
        attempts: int = 3,
        backoff: float = 2.0,
        circuit: Circuit | None = None,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        now: Callable[[], datetime] = dates.now,
        accept: str = "application/json",
        cookies: bool = False,
    ) -> None:
        self._agent = agent
        self.concurrency = concurrency
        self.circuit = circuit or Circuit(now=now)
        self._transport = Transport(
            agent,
            secret=secret,
            connections=concurrency,
            limits=Limits(connect_timeout, read_timeout, total_timeout),
            clock=clock,
            now=now,
            accept=accept,
            cookies=cookies,
        )
        self._pace = Pace(requests_per_second, concurrency, clock=clock, sleep=sleep)
        self._total_timeout = total_timeout
        self._attempts, self._backoff = attempts, backoff
        self._clock, self._sleep, self._jitter, self._now = clock, sleep, jitter, now
        self._counting = threading.Lock()
        self.sent = 0

    def __repr__(self) -> str:
        return f"<PoliteSession {self._agent}>"

    @property
    def opened_until(self) -> datetime | None:
        """Until when the circuit lets no request pass, aware; None while it does."""
        return self.circuit.opened_until

    def close(self) -> None:
        """Close the connections."""
        self._transport.close()

    def get(
        self,
        url: str,
        params: Mapping[str, str | int] | None = None,
        *,
        retry_if: Callable[[Fetched], bool] = lambda _: False,
        give_up_if: Callable[[Fetched], bool] = lambda _: False,
    ) -> Fetched:
        """Ask for ``url``, again if the failure may pass.

        Args:
            url: The address.
            params: Of the query; they may hold the key.
            retry_if: Whether an answer is a failure that may pass (a firewall's page); 429 and 5xx
                always are.
            give_up_if: Whether an answer is a failure that no second attempt changes, whatever its
                status (a page that asks for a human).

        Returns:
            The last answer, whatever its status.

        Raises:
            SourceError: No answer came: unreachable, timed out, cut off, sent elsewhere, or the
                circuit is open.
        """
        return self._ask(_Request(prepare(url, params)), retry_if, give_up_if)

    def post(
        self,
        url: str,
        form: Mapping[str, str | int],
        *,
        retry_if: Callable[[Fetched], bool] = lambda _: False,
        give_up_if: Callable[[Fetched], bool] = lambda _: False,
    ) -> Fetched:
        """Post a form that asks for something, with the patience of :meth:`get`.

        It may be posted several times: this is for forms that change nothing on the server.

        Args:
            url: The address.
            form: Its fields; the answer names them behind ``#`` in :attr:`Fetched.url_redacted`.
            retry_if: As for :meth:`get`.
            give_up_if: As for :meth:`get`.

        Raises:
            SourceError: As :meth:`get`.
        """
        return self._ask(_Request(prepare(url, None), urlencode(dict(form))), retry_if, give_up_if)

    def _ask(
        self,
        request: _Request,
        retry_if: Callable[[Fetched], bool],
        give_up_if: Callable[[Fetched], bool],
    ) -> Fetched:
        host = host_of(request.address)
        permit = self.circuit.admit(host)
        try:
            fetched, usable = self._try(request, host, permit, retry_if, give_up_if)
        except SourceError:
            self.circuit.failed(permit, host)
            raise
        except BaseException:
            self.circuit.abandoned(permit)
            raise
        if usable:
            self.circuit.succeeded(permit)
        else:
            self.circuit.failed(permit, host)
        return fetched

    def _try(
        self,
        request: _Request,
        host: str,
        permit: int,
        retry_if: Callable[[Fetched], bool],
        give_up_if: Callable[[Fetched], bool],
    ) -> tuple[Fetched, bool]:
        """The last answer, and whether it is one that can be used."""
        attempt = 1
        while True:
            wait = self._backoff * 4 ** (attempt - 1)
            wait *= 1 + self._jitter() / 2
            last = attempt >= self._attempts
            try:
                fetched = self._once(request, host, attempt)
            except SourceError as error:
                if last or not error.retryable:
                    raise
                why = error.message
            else:
                if give_up_if(fetched):
                    return fetched, False
                if not (fetched.status == 429 or fetched.status >= 500 or retry_if(fetched)):
                    return fetched, True
                asked = self._obey(fetched, host)
                if last or asked > self._total_timeout:
                    return fetched, False
                wait = max(wait, asked)
                why = f"HTTP {fetched.status}"
            attempt += 1
            logger.info(
                "Menunggu jawaban %s, percobaan %d dari %d dalam %s detik (%s).",
                host, attempt, self._attempts, format_number(round(wait)), why.rstrip("."),
            )  # fmt: skip
            self._sleep(wait)
            self.circuit.recheck(permit, host)

    def _obey(self, fetched: Fetched, host: str) -> float:
        """Do what the server asks for with ``Retry-After``: for all threads, it is the server's wish."""
        asked = _retry_after(fetched, self._now())
        if asked > self._total_timeout:
            self.circuit.leave_alone(asked, host)
        elif asked > 0:
            self._pace.pause(asked)
        return asked

    def _once(self, request: _Request, host: str, attempt: int) -> Fetched:
        with self._pace.slot():
            for _ in range(MAX_REDIRECTS + 1):
                self._pace.wait_turn()
                with self._counting:
                    self.sent += 1
                outcome = self._transport.send(
                    request.address,
                    form=request.form,
                    max_bytes=MAX_BYTES,
                    still_waiting=self._voice(host, attempt),
                )
                if isinstance(outcome, SourceError):
                    raise outcome
                fetched, target = outcome
                if target is None:
                    return fetched
                request = request.sent_on(_same_host(request.address, target), fetched.status)
            raise SourceError(
                f"{host} berulang kali mengalihkan permintaan.",
                todo="periksa alamat layanan di pengaturan.",
            )

    def _voice(self, host: str, attempt: int) -> Callable[[], None]:
        """Says in the log that an answer is slow, at most every ten seconds."""
        started = self._clock()
        said = started

        def speak() -> None:
            nonlocal said
            if self._clock() - said >= LONG_WAIT:
                said = self._clock()
                logger.info(
                    "Menunggu jawaban %s, percobaan %d dari %d: sudah %s detik.",
                    host, attempt, self._attempts, format_number(round(said - started)),
                )  # fmt: skip

        return speak


def _same_host(address: str, target: str) -> str:
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
    return there


def _retry_after(fetched: Fetched, now: datetime) -> float:
    """Seconds that the server asked to wait (RFC 9110, 10.2.3); 0 when it asked nothing."""
    text = fetched.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
        return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
    except (ValueError, TypeError, OverflowError):
        return 0.0
