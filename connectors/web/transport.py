"""One request over ``requests``: the answer comes out bounded in size and time, and without secrets."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPException, IncompleteRead
from http.cookiejar import Cookie, DefaultCookiePolicy
from urllib.parse import urldefrag, urlsplit

import requests
from requests import exceptions as failures
from urllib3 import exceptions as lower

from connectors.web.deadline import Deadline, GuardedAdapter
from connectors.web.redaction import redact, redact_bytes
from core.errors import SourceError, passing_error
from core.loopback import check_host, is_loopback

MAX_BYTES = 64 * 1024 * 1024
"""Of a body, unpacked; no table of BPS comes near."""
PIECE = 64 * 1024
_LONGEST_COOKIE = 4096
"""Bytes that browsers keep at least (RFC 6265, 6.1); a longer one is no session's mark."""


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


class ToOneServer(requests.Session):
    """The connections and cookies of one server.

    The jar of requests tells hosts apart but not ports, so it may serve no second one.

    Args:
        address: Of any request to the server; from the environment comes whether through a proxy, and
            which certificates are trusted.
        headers: Of every request; no others go out.
        connections: How many are kept open.
        cookies: Whether the server's cookies go back to it.
    """

    def __init__(self, address: str, headers: Mapping[str, str], *, connections: int, cookies: bool) -> None:
        super().__init__()
        found = self.merge_environment_settings(address, {}, True, None, None)
        # This machine itself is never asked through the office's proxy.
        self.proxies = {} if is_loopback(urlsplit(address).hostname or "") else dict(found["proxies"])
        self.verify, self.trust_env = found["verify"], False
        self._own_headers = headers
        self.cookies.set_policy(_SessionMarks(allowed_domains=None if cookies else []))
        for scheme in ("http://", "https://"):
            self.mount(scheme, GuardedAdapter(pool_maxsize=connections))

    def ask(self, request: requests.PreparedRequest, timeout: tuple[float, float]) -> requests.Response:
        """Send it with our headers and the server's cookies; the answer up to its body."""
        sent = request.copy()
        sent.headers.update(self._own_headers)
        sent.prepare_cookies(self.cookies)
        return self.send(sent, timeout=timeout, allow_redirects=False, stream=True)

    def get_redirect_target(self, resp: requests.Response) -> None:
        """None, whatever an answer says: requests would read its whole body to look where it leads."""


class _SessionMarks(DefaultCookiePolicy):
    """Keeps what can be the mark of a session."""

    def set_ok(self, cookie: Cookie, request: object) -> bool:
        value = cookie.value or ""
        usable = bool(cookie.name and value) and (cookie.name + value).isprintable()
        return usable and len(value) <= _LONGEST_COOKIE and super().set_ok(cookie, request)  # type: ignore[arg-type]


def prepare(
    url: str, params: Mapping[str, str | int] | None = None, form: Mapping[str, str | int] | str | None = None
) -> requests.PreparedRequest:
    """A request to GET, or to POST a form.

    Raises:
        SourceError: ``url`` is no address of the web.
    """
    method = "GET" if form is None else "POST"
    try:
        # An own way to log in, which does nothing, or requests would send what the address may hold.
        asked = requests.Request(method, urldefrag(url)[0], params=params, data=form, auth=lambda r: r)
        request = asked.prepare()
    except ValueError:
        request = None
    if request is None or not (request.url or "").startswith(("http://", "https://")):
        raise SourceError(
            f"Alamat layanan {redact(url)!r} tidak dapat dipakai.",
            todo="periksa alamat layanan di pengaturan; alamat diawali https://.",
        )
    return request


def host_of(url: str | None) -> str:
    """The server of an address, as it may be shown."""
    return redact(urlsplit(url or "").netloc.rpartition("@")[2]) or "server"


def send(
    server: ToOneServer, request: requests.PreparedRequest, deadline: Deadline, timeout: tuple[float, float]
) -> tuple[requests.Response, bytes]:
    """Send once; redirects are given back, not followed.

    Args:
        server: To whom.
        request: By :func:`prepare`.
        deadline: Of the whole answer.
        timeout: Seconds until a connection stands, and between two pieces of the answer.

    Returns:
        The answer, which may quote the key in every part, and its body.

    Raises:
        SourceError: No answer came, or one too large.
        SettingsError: Only this machine may be contacted, and the address is another's.
    """
    check_host(urlsplit(request.url or "").hostname or "")
    try:
        with deadline, server.ask(request, timeout) as response:
            return response, _read(response)
    except (OSError, ValueError, lower.HTTPError, HTTPException) as cause:
        failure = _explain(cause, host_of(request.url))
    # Outside of the handler: the libraries' exceptions quote the url with the key, as its context too.
    raise failure


def clean(response: requests.Response, content: bytes, secret: str, at: datetime) -> Fetched:
    """An answer without the secret."""
    asked = response.request
    form = f"#{asked.body!s}" if asked.body else ""
    return Fetched(
        url_redacted=redact(f"{asked.url}{form}", secret),
        status=response.status_code,
        headers={
            name.lower(): redact(value, secret)
            for name, value in response.headers.items()
            if name.lower() != "set-cookie"
        },
        content=redact_bytes(content, secret),
        fetched_at=at,
    )


def _read(response: requests.Response) -> bytes:
    """The body, unpacked as it arrives, so that a bomb is noticed in time."""
    pieces, size = [], 0
    for piece in response.iter_content(PIECE):
        pieces.append(piece)
        size += len(piece)
        if size > MAX_BYTES:
            raise SourceError(
                f"Jawaban {host_of(response.url)} lebih besar daripada {MAX_BYTES // 1024**2} MB.",
                todo="laporkan kepada pembuat program; angka yang tersimpan tetap dipakai.",
            )
    return b"".join(pieces)


_REASONS: tuple[tuple[type[BaseException] | tuple[type[BaseException], ...], str], ...] = (
    (failures.ProxyError, "Proksi jaringan menuju {host} tidak dapat dihubungi."),
    (lower.NewConnectionError, "{host} tidak dapat dihubungi."),
    ((TimeoutError, failures.Timeout, lower.TimeoutError), "{host} tidak menjawab dalam batas waktu."),
    (failures.ContentDecodingError, "Jawaban {host} rusak sehingga tidak terbaca."),
    (IncompleteRead, "Jawaban {host} terputus di tengah jalan."),
    (ConnectionError, "{host} memutus sambungan."),
)
"""What happened, by what the libraries raise; theirs wrap each other, the outermost that is here counts."""


def _explain(cause: BaseException | None, host: str) -> SourceError:
    if isinstance(cause, failures.SSLError):
        return SourceError(
            f"Sertifikat {host} tidak dapat dipercaya, jadi sambungan tidak dipakai.",
            todo="periksa jam komputer ini dan proksi jaringan; jangan matikan pemeriksaan sertifikat.",
        )
    what = "{host} tidak dapat dihubungi."
    while cause is not None:
        if isinstance(cause, lower.ProtocolError):
            what = "Jawaban {host} terputus di tengah jalan."
        if said := next((text for kinds, text in _REASONS if isinstance(cause, kinds)), ""):
            what = said
            break
        cause = cause.__cause__ or cause.__context__
    return passing_error(what.format(host=host), "periksa jaringan komputer ini")
