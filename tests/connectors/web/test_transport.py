"""Whatever bytes a server sends, there is an answer or an error of ours, and never a key in it."""

from __future__ import annotations

import contextlib
import socket
import socketserver
import ssl
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509.oid import NameOID
from hypothesis import example, given, settings
from hypothesis import strategies as st

from connectors.web.circuit import Circuit
from connectors.web.deadline import Deadline
from connectors.web.session import PoliteSession
from core.errors import SourceError
from standins.bps import BpsStandin
from standins.bps.faults import FAULTS
from standins.serving import Reply
from tests.connectors.given.recorded import AGENT, Clock

SECRET = "0123456789abcdef0123456789abcdef"


class Scripted(socketserver.ThreadingTCPServer):
    """Answers every request with the same bytes, then hangs up."""

    daemon_threads, allow_reuse_address = True, True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer = b""
        self.asked: list[bytes] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1/api/list"


class _Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        request = b""
        while b"\r\n\r\n" not in request and (piece := self.request.recv(4096)):
            request += piece
        self.server.asked.append(request)
        with contextlib.suppress(OSError):
            self.request.sendall(self.server.answer)


@contextlib.contextmanager
def _serving(server: Scripted) -> Iterator[Scripted]:
    with server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def scripted() -> Iterator[Scripted]:
    with _serving(Scripted()) as server:
        yield server


def ask(server: Scripted, answer: bytes) -> None:
    """Ask once; an error must be ours and both must be clean."""
    clock = Clock()
    session = PoliteSession(
        AGENT, secret=SECRET, attempts=1, clock=clock, sleep=clock.sleep, circuit=Circuit(threshold=10**9)
    )
    server.answer = answer
    seen: list[object] = []
    try:
        seen.append(session.get(server.url, {"key": SECRET}))
    except SourceError as error:
        seen += [error, error.__context__, error.todo]
    session.close()
    assert SECRET not in repr(seen) + "".join(map(str, seen))


def message(headers: bytes, body: bytes = b"{}", status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 " + status + b"\r\n" + headers + b"\r\n" + body


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"\r\n\r\n",
        b"220 mail.example ESMTP\r\n",
        b"HTTP/1.1 abc OK\r\n\r\n",
        b"HTTP/1.1 99999 OK\r\n\r\n",
        b"HTTP/9.9 200 OK\r\n\r\n{}",
        message(b"", status=b"200"),
        message(b"Content-Length: -5\r\n"),
        message(b"Content-Length: banyak\r\n"),
        message(b"Content-Length: 2, 3\r\n"),
        message(b"Content-Length: 99\r\n"),
        message(b"Transfer-Encoding: chunked\r\n", b"zz\r\n{}"),
        message(b"Transfer-Encoding: chunked\r\n", b"5\r\n{}"),
        message(b"Content-Encoding: gzip\r\nContent-Length: 2\r\n"),
        message(b"Content-Encoding: br, gzip, gzip, gzip, gzip, gzip, gzip, gzip\r\nContent-Length: 2\r\n"),
        message(b"X: " + b"a" * 70_000 + b"\r\n"),
        message(b"X: 1\r\n" * 200),
        message(b"X\xff\xfe: \x00\x80\r\n"),
        message(b"Location: http://[tidak benar\r\nContent-Length: 0\r\n", status=b"302 Found"),
        message(b"Location: \xe9\xff\r\nContent-Length: 0\r\n", status=b"302 Found"),
        message(b"Location: http://127.0.0.1:abc/\r\nContent-Length: 0\r\n", status=b"302 Found"),
        message(b"Location: //\r\nContent-Length: 0\r\n", status=b"302 Found"),
        message(b"Content-Length: 0\r\n", status=b"302 Found"),
        message(b"Echo: ?key=" + SECRET.encode() + b"\r\n", SECRET.encode()),
        message(b"Location: /key/" + SECRET.encode() + b"/\r\nContent-Length: 0\r\n", status=b"301 Moved"),
    ],
)
def test_a_server_that_speaks_otherwise_ends_in_an_answer_or_our_error(
    scripted: Scripted, answer: bytes
) -> None:
    ask(scripted, answer)


_HEADERS = st.sampled_from(
    ["Content-Length", "Content-Encoding", "Transfer-Encoding", "Location", "Retry-After", "X"]
)
_VALUES = st.sampled_from(["0", "2", "-1", "chunked", "gzip", "deflate", "/", "//[", "key=1"]) | st.text(
    max_size=9
)


@given(
    st.sampled_from([b"200 OK", b"302 Found", b"429 X", b"503 X", b"403 X", b"7 X", b"\xff"]),
    st.lists(st.tuples(_HEADERS, _VALUES), max_size=4),
    st.binary(max_size=40),
)
@example(b"302 Found", [("Location", "\x00")], b"")
@settings(deadline=None)
def test_any_answer_ends_in_an_answer_or_our_error(
    scripted: Scripted, status: bytes, headers: list[tuple[str, str]], body: bytes
) -> None:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    ask(scripted, message(lines.encode(), body, status))


class _Dripping(Scripted):
    """Sends a head that never ends, byte by byte."""

    def finish_request(self, request: socket.socket, client_address: object) -> None:
        request.recv(4096)
        with contextlib.suppress(OSError):
            request.sendall(self.start)
            while not self.ended.wait(0.005):
                request.sendall(b"x")

    start = b"HTTP/1.1 200 OK\r\nX: "

    def __init__(self) -> None:
        super().__init__()
        self.ended = threading.Event()


class _DrippingBody(_Dripping):
    """Sends a body that never ends, of no stated length: hanging up is its regular end."""

    start = b"HTTP/1.1 200 OK\r\n\r\n"


class _DrippingHandshake(_Dripping):
    """Starts a TLS record of 16 KiB and sends it byte by byte."""

    start = b"\x16\x03\x03\x40\x00"

    @property
    def url(self) -> str:
        return super().url.replace("http://", "https://")


@pytest.mark.parametrize("kind", [_Dripping, _DrippingBody, _DrippingHandshake])
def test_a_server_that_drips_is_given_up(kind: type[_Dripping]) -> None:
    """Each byte comes in time, whatever it belongs to."""
    with _serving(kind()) as server:
        session = PoliteSession(AGENT, read_timeout=5, total_timeout=0.1, attempts=1)
        with pytest.raises(SourceError, match="tidak menjawab dalam batas waktu") as caught:
            session.get(server.url)
        session.close()
        server.ended.set()
    assert caught.value.retryable


def test_a_server_that_drips_over_a_kept_connection_is_given_up(
    bps: BpsStandin, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = PoliteSession(AGENT, requests_per_second=1e6, total_timeout=0.3, attempts=1)
    accepted: list[object] = []
    accept = bps._server.get_request
    bps._server.get_request = lambda: accepted.append(None) or accept()
    assert session.get(f"{bps.url}/list", {"key": bps.key}).status == 200
    bps.fail_with("slow_drip")
    with pytest.raises(SourceError, match="tidak menjawab dalam batas waktu"):
        session.get(f"{bps.url}/list", {"model": "var", "domain": "3529", "key": bps.key})
    session.close()
    assert len(accepted) == 1


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    here, there = socket.socketpair()
    with here, there:
        yield here, there


def test_a_connection_that_stands_after_the_deadline_is_shut_at_once(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    def connect_late() -> None:
        with Deadline(0.0) as deadline:
            while not deadline._passed:
                time.sleep(0.001)
            deadline.guard(pair[0])
            assert pair[0].recv(1) == b""

    with pytest.raises(TimeoutError):
        connect_late()


def test_a_connection_is_left_alone_once_its_answer_is_there(
    pair: tuple[socket.socket, socket.socket],
) -> None:
    with Deadline(60.0) as deadline:
        deadline.guard(pair[0])
    pair[1].sendall(b"x")
    assert pair[0].recv(1) == b"x"


def test_the_body_of_a_redirect_is_bounded_too(
    bps: BpsStandin, session: PoliteSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("connectors.web.transport.MAX_BYTES", 1000)
    sent_on = Reply(302, "text/html", b" " * 1001, headers=(("Location", "/"),))
    monkeypatch.setitem(FAULTS, "sent_on", lambda _asked, _reply: sent_on)
    bps.fail_with("sent_on")
    with pytest.raises(SourceError, match="lebih besar daripada"):
        session.get(f"{bps.url}/list")


def test_no_password_goes_out_that_an_address_or_the_home_folder_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scripted: Scripted
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login saya password rahasia\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    for url in (scripted.url, scripted.url.replace("127.0.0.1", "saya:rahasia@127.0.0.1")):
        scripted.asked.clear()
        scripted.answer = message(b"Content-Length: 2\r\n")
        session = PoliteSession(AGENT)
        assert session.get(url).content == b"{}"
        session.close()
        assert b"Authorization" not in scripted.asked[0]


class _Untrusted(Scripted):
    """The same under a certificate that it signed itself."""

    def __init__(self, certificate: Path) -> None:
        super().__init__()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)

    @property
    def url(self) -> str:
        return super().url.replace("http://", "https://")

    def handle_error(self, request: object, client_address: object) -> None:
        """The client refuses the certificate; that is what is tested."""


def _self_signed(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    day = timedelta(days=1)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime.now(UTC) - day)
        .not_valid_after(datetime.now(UTC) + day)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), False)
        .sign(key, SHA256())
    )
    plain = serialization.NoEncryption()
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path = folder / "untrusted.pem"
    path.write_bytes(pem + certificate.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_that_nobody_trusts_is_refused_before_the_key_goes_out(
    tmp_path: Path, clock: Clock
) -> None:
    session = PoliteSession(AGENT, secret=SECRET, clock=clock, sleep=clock.sleep)
    with _serving(_Untrusted(_self_signed(tmp_path))) as server:
        server.answer = message(b"")
        with pytest.raises(SourceError, match=r"Sertifikat .* tidak dapat dipercaya") as caught:
            session.get(server.url, {"key": SECRET})
        assert server.asked == []
    session.close()
    assert not caught.value.retryable


def test_a_certificate_that_the_office_trusts_is_taken(
    tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate = _self_signed(tmp_path)
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(certificate))
    session = PoliteSession(AGENT, secret=SECRET, clock=clock, sleep=clock.sleep)
    with _serving(_Untrusted(certificate)) as server:
        server.answer = message(b"Content-Length: 2\r\n")
        assert session.get(server.url).content == b"{}"
        assert len(server.asked) == 1
    session.close()
