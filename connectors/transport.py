"""One request over the network: an address in, the answer out, bounded in size and time.

urllib3 is used directly: its pools are made for threads and keep connections open, and it knows no
cookies. So threads share nothing but connections, and BPS sees every request for itself, as it does
with all public clients. Only a transport that is told to keeps cookies, for servers that answer within
a session.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException
from urllib.parse import urlencode, urlsplit

import urllib3
from requests.utils import DEFAULT_CA_BUNDLE_PATH, get_auth_from_url, get_environ_proxies, select_proxy
from urllib3.exceptions import (
    ConnectTimeoutError,
    DecodeError,
    HTTPError,
    IncompleteRead,
    NewConnectionError,
    ProtocolError,
    ProxyError,
    ReadTimeoutError,
    SSLError,
)
from urllib3.util import Timeout, make_headers, parse_url

from connectors.cookies import Cookies
from connectors.patience import Patience, make_patient, set_patience
from connectors.redaction import keep_out_of_logs, redact, redact_bytes
from core.errors import SourceError
from core.loopback import check_host, is_loopback

PIECE = 64 * 1024
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True)
class Fetched:
    """An answer as it came, with every secret removed.

    Attributes:
        url_redacted: The address asked, without the key; behind ``#`` the form that was posted.
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


@dataclass(frozen=True)
class Limits:
    """What one request may take.

    Attributes:
        connect: Seconds until a connection stands.
        read: Seconds between two pieces of an answer.
        total: Seconds from the request to the end of its answer; a server that drips is given up.
    """

    connect: float = 10.0
    read: float = 30.0
    total: float = 120.0


class _TooLarge(Exception):
    """An answer went on beyond what any table of BPS could be."""


class Transport:
    """Sends single requests; may be used by several threads at once.

    Args:
        agent: The user agent.
        secret: The key that must not come out.
        connections: How many connections to one server are kept open.
        limits: What one request may take.
        clock: Monotonic seconds.
        now: The present moment, aware.
        accept: Kinds of answers that are asked for.
        cookies: Whether a server's cookies go back to it.
    """

    def __init__(
        self,
        agent: str,
        *,
        secret: str,
        connections: int,
        limits: Limits,
        clock: Callable[[], float],
        now: Callable[[], datetime],
        accept: str = "application/json",
        cookies: bool = False,
    ) -> None:
        self._headers = {
            "User-Agent": agent,
            "Accept": accept,
            "Accept-Encoding": "gzip, deflate",
        }
        self._cookies = Cookies(now=now) if cookies else None
        self._secret = secret
        self._connections = connections
        self._limits = limits
        self._clock, self._now = clock, now
        self._pools: dict[str | None, urllib3.PoolManager] = {}
        keep_out_of_logs(secret)

    def close(self) -> None:
        """Close the connections."""
        for pools in self._pools.values():
            pools.clear()

    def send(
        self,
        address: str,
        *,
        max_bytes: int,
        form: str | None = None,
        still_waiting: Callable[[], None] = lambda: None,
    ) -> tuple[Fetched, str | None] | SourceError:
        """Send once; redirects are given back, not followed.

        A failure is returned, not raised: the library's own exception quotes the url with the key
        and would otherwise hang on ours as its context.

        Args:
            address: Made by :func:`prepare`.
            max_bytes: The largest body, unpacked; more is refused before it fills the memory.
            form: Posted, encoded as in a query; None asks with GET.
            still_waiting: Called now and then while the answer is not there.

        Returns:
            The answer and, when it sends elsewhere, where to.

        Raises:
            SettingsError: Only this machine may be contacted, and the address is another's.
        """
        check_host(urlsplit(address).hostname or "")
        until = self._clock() + self._limits.total
        set_patience(Patience(self._limits.read, lambda: until - self._clock(), still_waiting))
        try:
            response = self._pools_for(address).urlopen(
                "GET" if form is None else "POST",
                address,
                body=form,
                headers=self._headers_for(address, form),
                timeout=Timeout(connect=self._limits.connect, read=self._limits.read),
                retries=False,
                redirect=False,
                preload_content=False,
            )
            try:
                content = _read(response, max_bytes)
            except BaseException:
                response.close()
                raise
        except _TooLarge:
            return SourceError(
                f"Jawaban {host_of(address)} lebih besar daripada {max_bytes // 1024**2} MB.",
                todo="laporkan kepada pembuat program; angka yang tersimpan tetap dipakai.",
            )
        except (HTTPError, HTTPException, OSError, ValueError) as cause:
            return _failure(cause, host_of(address))
        if self._cookies is not None:
            self._cookies.keep(address, response.headers.getlist("Set-Cookie"))
        headers = {
            name.lower(): redact(value, self._secret)
            for name, value in response.headers.items()
            if name.lower() != "set-cookie"
        }
        fetched = Fetched(
            url_redacted=redact(address if form is None else f"{address}#{form}", self._secret),
            status=response.status,
            headers=headers,
            content=redact_bytes(content, self._secret),
            fetched_at=self._now(),
        )
        return fetched, response.headers.get("Location") if response.status in REDIRECTS else None

    def _headers_for(self, address: str, form: str | None) -> dict[str, str]:
        headers = dict(self._headers)
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded; charset=UTF-8"
        if self._cookies is not None and (cookie := self._cookies.header(address)):
            headers["Cookie"] = cookie
        return headers

    def _pools_for(self, address: str) -> urllib3.PoolManager:
        proxy = _proxy_for(address)
        pools = self._pools.get(proxy)
        if pools is None:
            # Two threads may both make one; the loser's holds no connection yet.
            pools = self._pools.setdefault(proxy, _make_pools(proxy, self._connections))
        return pools


def _read(response: urllib3.BaseHTTPResponse, max_bytes: int) -> bytes:
    """The body, unpacked as it arrives, so that a bomb is noticed in time."""
    pieces, size = [], 0
    while piece := response.read1(PIECE, decode_content=True):
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes:
            raise _TooLarge
    return b"".join(pieces)


def prepare(url: str, params: Mapping[str, str | int] | None) -> str:
    """The whole address of a request.

    Raises:
        SourceError: ``url`` is no address of the web.
    """
    try:
        parts = parse_url(url)
    except (HTTPError, ValueError):
        parts = None
    if parts is None or parts.scheme not in ("http", "https") or not parts.host:
        raise SourceError(
            f"Alamat layanan {redact(url)!r} tidak dapat dipakai.",
            todo="periksa alamat layanan di pengaturan; alamat diawali https://.",
        )
    query = "&".join(part for part in (parts.query, urlencode(dict(params or {}))) if part)
    return parts._replace(path=parts.path or "/", query=query or None, fragment=None).url


def host_of(url: str) -> str:
    """The server of an address, as it may be shown."""
    return redact(urlsplit(url).netloc.rpartition("@")[2]) or "server"


def _proxy_for(address: str) -> str | None:
    """The office's proxy, from the environment; this machine itself is never asked through one."""
    if is_loopback(urlsplit(address).hostname or ""):
        return None
    return select_proxy(address, get_environ_proxies(address, no_proxy=None))


def _make_pools(proxy: str | None, connections: int) -> urllib3.PoolManager:
    bundle = (
        os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or DEFAULT_CA_BUNDLE_PATH
    )
    if proxy is None:
        return make_patient(
            urllib3.PoolManager(maxsize=connections, cert_reqs="CERT_REQUIRED", ca_certs=bundle)
        )
    user, password = get_auth_from_url(proxy)
    return make_patient(
        urllib3.ProxyManager(
            proxy if "://" in proxy else f"http://{proxy}",
            proxy_headers=make_headers(proxy_basic_auth=f"{user}:{password}") if user else None,
            maxsize=connections,
            cert_reqs="CERT_REQUIRED",
            ca_certs=bundle,
        )
    )


def _failure(cause: Exception, host: str) -> SourceError:
    if isinstance(cause, SSLError):
        return SourceError(
            f"Sertifikat {host} tidak dapat dipercaya, jadi sambungan tidak dipakai.",
            todo="periksa jam komputer ini dan proksi jaringan; jangan matikan pemeriksaan sertifikat.",
        )
    if isinstance(cause, NewConnectionError):
        what = f"{host} tidak dapat dihubungi."
    elif isinstance(cause, ProxyError):
        what = f"Proksi jaringan menuju {host} tidak dapat dihubungi."
    elif isinstance(cause, ConnectTimeoutError | ReadTimeoutError | TimeoutError):
        what = f"{host} tidak menjawab dalam batas waktu."
    elif isinstance(cause, DecodeError):
        what = f"Jawaban {host} rusak sehingga tidak terbaca."
    elif isinstance(cause, IncompleteRead):
        what = f"Jawaban {host} terputus di tengah jalan."
    elif isinstance(cause, ConnectionError) or any(
        sign in repr(cause) for sign in ("RemoteDisconnected", "ConnectionReset", "BrokenPipe")
    ):
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
