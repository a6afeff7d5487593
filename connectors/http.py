"""The one place where a request leaves the machine, and so the one place where secrets are kept in.

BPS wants its key inside the url, and its firewall echoes the url. So everything that comes out of
here (answers, errors, log records) has passed :func:`redact` and the key itself was replaced
wherever it stood.
"""

from __future__ import annotations

import html
import json
import logging
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote, quote_plus, urljoin, urlsplit

import requests
from urllib3.exceptions import HTTPError, IncompleteRead, ProtocolError, ReadTimeoutError

from core import dates
from core.errors import SourceError

MASK = "***"
MAX_BYTES = 64 * 1024 * 1024
MAX_REDIRECTS = 3
SHORT_SECRET = 8
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}

_QUERY_KEY = re.compile(
    r"((?:(?<![A-Za-z0-9_])|(?<=%[0-9A-F]{2}))key(?:=|%3D|%253D))(?:(?!%26|%2526)[^&\s\"'<>#,;)\]}])+",
    re.IGNORECASE,
)
_PATH_KEY = re.compile(r"((?:/|%2F)key(?:/|%2F))(?:(?!%2F)[^/&\s\"'<>?#])+", re.IGNORECASE)


def redact(text: str, secret: str = "") -> str:
    """Remove keys from a url or from any text that quotes one.

    Args:
        text: A url, an error's text, a whole page.
        secret: The key itself, replaced wherever it stands: plain, percent-encoded or as HTML or
            JSON would write it.

    Returns:
        ``text`` with ``key=…`` and ``/key/…/`` masked, percent-encoded or not.
    """
    for pattern in _spellings(secret):
        text = pattern.sub(MASK, text)
    return _PATH_KEY.sub(rf"\g<1>{MASK}", _QUERY_KEY.sub(rf"\g<1>{MASK}", text))


def _spellings(secret: str) -> list[re.Pattern[str]]:
    if not secret:
        return []
    once = quote(secret, safe="")
    texts = {secret, once, quote(once, safe=""), quote_plus(secret), html.escape(secret)}
    texts.add(json.dumps(secret)[1:-1])
    # A very short key would also be found inside words and figures; those are not the key.
    edges = ("", "") if len(secret) >= SHORT_SECRET else (r"(?<![0-9A-Za-z.])", r"(?![0-9A-Za-z.])")
    ordered = sorted(texts, key=len, reverse=True)
    return [re.compile(edges[0] + re.escape(t) + edges[1], re.IGNORECASE) for t in ordered]


@dataclass(frozen=True)
class Fetched:
    """An answer as it came, with every secret removed.

    Attributes:
        url_redacted: The address asked, without the key.
        status: Of HTTP.
        headers: Of the answer, names in lower case.
        content: The body.
        fetched_at: When it came, aware.
    """

    url_redacted: str
    status: int
    headers: Mapping[str, str]
    content: bytes
    fetched_at: datetime

    @property
    def is_html(self) -> bool:
        """Whether the body is a web page, whatever the header says."""
        start = self.content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
        return start.startswith((b"<!doctype", b"<html", b"<head", b"<body"))


def user_agent(version: str, office: str, contact: str) -> str:
    """The honest name under which requests are made: ``LKJIP/0.1 (DKUPP Sumenep; a@b.example)``."""
    named = "; ".join(part for part in (office, contact) if part)
    safe = named.encode("ascii", "replace").decode().translate(str.maketrans("()\r\n", "[]  "))
    return f"LKJIP/{version} ({safe})"


class _TooLarge(Exception):
    """An answer went on beyond what any table of BPS could be."""


class _RedactingFilter(logging.Filter):
    """Takes keys out of what urllib3 logs about requests."""

    def __init__(self) -> None:
        super().__init__()
        self.secrets: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        text = record.getMessage()
        for secret in self.secrets or {""}:
            text = redact(text, secret)
        record.msg, record.args = text, ()
        return True


_log_filter = _RedactingFilter()
logging.getLogger("urllib3.connectionpool").addFilter(_log_filter)


class PoliteSession:
    """Asks one thing at a time, not too often, under its own name, and tries again with patience.

    Args:
        agent: The user agent, see :func:`user_agent`.
        secret: The key that must not come out.
        requests_per_second: The limit; BPS states none, one a second is known to be welcome.
        connect_timeout: Seconds until a connection stands.
        read_timeout: Seconds between two pieces of an answer.
        total_timeout: Seconds for a whole answer; a server that drips is given up.
        attempts: How often one request is made at most.
        backoff: Seconds before the second attempt; each further one waits four times as long.
        clock: Monotonic seconds.
        sleep: Waits so many seconds.
        jitter: A number from 0 to 1 that lengthens each wait by up to half.
        now: The present moment, aware.
    """

    def __init__(
        self,
        agent: str,
        *,
        secret: str = "",
        requests_per_second: float = 1.0,
        connect_timeout: float = 10.0,
        read_timeout: float = 30.0,
        total_timeout: float = 120.0,
        attempts: int = 3,
        backoff: float = 2.0,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        jitter: Callable[[], float] = random.random,
        now: Callable[[], datetime] = dates.now,
    ) -> None:
        self._agent = agent
        self._session = requests.Session()
        self._session.headers.update({"User-Agent": agent, "Accept": "application/json"})
        self._session.max_redirects = MAX_REDIRECTS
        self._secret = secret
        if secret:
            _log_filter.secrets.add(secret)
        self._interval = 1.0 / requests_per_second
        self._timeouts = (connect_timeout, read_timeout)
        self._total_timeout = total_timeout
        self._attempts, self._backoff = attempts, backoff
        self._clock, self._sleep, self._jitter, self._now = clock, sleep, jitter, now
        self._lock = threading.Lock()
        self._last_start: float | None = None
        self.sent = 0

    def __repr__(self) -> str:
        return f"<PoliteSession {self._agent}>"

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def get(
        self,
        url: str,
        params: Mapping[str, str | int] | None = None,
        *,
        retry_if: Callable[[Fetched], bool] = lambda _: False,
    ) -> Fetched:
        """Ask for ``url``, again if the failure may pass.

        Args:
            url: The address.
            params: Of the query; they may hold the key.
            retry_if: Whether an answer is a failure that may pass (a firewall's page); 429 and 5xx
                always are.

        Returns:
            The last answer, whatever its status.

        Raises:
            SourceError: No answer came: unreachable, timed out, cut off, or sent elsewhere.
        """
        attempt = 1
        while True:
            wait = self._backoff * 4 ** (attempt - 1)
            wait *= 1 + self._jitter() / 2
            try:
                fetched = self._once(url, params)
            except SourceError as error:
                if attempt >= self._attempts or not error.retryable:
                    raise
            else:
                passing = fetched.status == 429 or fetched.status >= 500 or retry_if(fetched)
                if attempt >= self._attempts or not passing:
                    return fetched
                asked = _retry_after(fetched, self._now())
                if asked > self._total_timeout:
                    return fetched
                wait = max(wait, asked)
            self._sleep(wait)
            attempt += 1

    def _once(self, url: str, params: Mapping[str, str | int] | None) -> Fetched:
        with self._lock:
            address = _prepare(url, params)
            for _ in range(MAX_REDIRECTS + 1):
                self._wait_turn()
                self.sent += 1
                outcome = self._send(address)
                if isinstance(outcome, SourceError):
                    raise outcome
                fetched, target = outcome
                if target is None:
                    return fetched
                address = self._same_host(address, target)
            raise SourceError(
                f"{_host(url)} berulang kali mengalihkan permintaan.",
                todo="periksa alamat layanan di pengaturan.",
            )

    def _wait_turn(self) -> None:
        if self._last_start is not None:
            wait = self._last_start + self._interval - self._clock()
            if wait > 0:
                self._sleep(wait)
        self._last_start = self._clock()

    def _send(self, address: str) -> tuple[Fetched, str | None] | SourceError:
        """Send once. A failure is returned, not raised: the library's own exception quotes the url
        with the key and would otherwise hang on ours as its context.
        """
        try:
            with self._session.get(
                address,
                timeout=self._timeouts,
                allow_redirects=False,
                stream=True,
                proxies={"no_proxy": "*"} if urlsplit(address).hostname in _LOOPBACK else None,
            ) as response:
                content = self._read(response)
        except _TooLarge:
            return SourceError(
                f"Jawaban {_host(address)} lebih besar daripada {MAX_BYTES // 1024**2} MB.",
                todo="laporkan kepada pembuat program; angka yang tersimpan tetap dipakai.",
            )
        except (requests.RequestException, HTTPError) as cause:
            return _failure(cause, _host(address))
        headers = {
            name.lower(): redact(value, self._secret)
            for name, value in response.headers.items()
            if name.lower() != "set-cookie"
        }
        fetched = Fetched(
            url_redacted=redact(address, self._secret),
            status=response.status_code,
            headers=headers,
            content=self._clean(content),
            fetched_at=self._now(),
        )
        return fetched, response.headers.get("Location") if response.is_redirect else None

    def _read(self, response: requests.Response) -> bytes:
        """The body, read as it arrives, so that a server that drips is noticed in time."""
        until = self._clock() + self._total_timeout
        pieces, size = [], 0
        while piece := response.raw.read1(64 * 1024, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > MAX_BYTES:
                raise _TooLarge
            if self._clock() > until:
                raise requests.ReadTimeout
        return b"".join(pieces)

    def _clean(self, content: bytes) -> bytes:
        text = content.decode("latin-1")
        cleaned = redact(text, self._secret.encode().decode("latin-1"))
        return content if cleaned == text else cleaned.encode("latin-1")

    def _same_host(self, address: str, target: str) -> str:
        there = urljoin(address, target)
        if urlsplit(there)[:2] != urlsplit(address)[:2]:
            raise SourceError(
                f"{_host(address)} mengalihkan permintaan ke {_host(there)}; pengalihan ke server lain "
                "tidak diikuti agar kunci tidak terkirim ke sana.",
                todo="periksa alamat layanan di pengaturan.",
            )
        return there


def _prepare(url: str, params: Mapping[str, str | int] | None) -> str:
    try:
        address = requests.Request("GET", url, params=dict(params or {})).prepare().url
    except requests.RequestException:
        address = None
    if not address or not address.startswith(("http://", "https://")):
        raise SourceError(
            f"Alamat layanan {redact(url)!r} tidak dapat dipakai.",
            todo="periksa alamat layanan di pengaturan; alamat diawali https://.",
        )
    return address


def _host(url: str) -> str:
    return redact(urlsplit(url).netloc.rpartition("@")[2]) or "server"


def _failure(cause: Exception, host: str) -> SourceError:
    if isinstance(cause, requests.exceptions.SSLError):
        return SourceError(
            f"Sertifikat {host} tidak dapat dipercaya, jadi sambungan tidak dipakai.",
            todo="periksa jam komputer ini dan proksi jaringan; jangan matikan pemeriksaan sertifikat.",
        )
    if isinstance(cause, requests.Timeout | ReadTimeoutError):
        what = f"{host} tidak menjawab dalam batas waktu."
    elif isinstance(cause, IncompleteRead) or not isinstance(
        cause, requests.RequestException | ProtocolError
    ):
        what = f"Jawaban {host} terputus di tengah jalan."
    elif "RemoteDisconnected" in repr(cause) or "ConnectionReset" in repr(cause):
        what = f"{host} memutus sambungan."
    elif isinstance(cause, ProtocolError):
        what = f"Jawaban {host} terputus di tengah jalan."
    else:
        what = f"{host} tidak dapat dihubungi."
    return SourceError(
        what,
        todo="tidak perlu apa-apa sekarang, permintaan akan diulang pada jadwal berikut; "
        "bila terus terjadi, periksa jaringan komputer ini.",
        retryable=True,
    )


def _retry_after(fetched: Fetched, now: datetime) -> float:
    """Seconds that the server asked to wait (RFC 9110, 10.2.3); 0 when it asked nothing."""
    text = fetched.headers.get("retry-after", "").strip()
    if text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return max(0.0, (moment.replace(tzinfo=moment.tzinfo or UTC) - now).total_seconds())
