"""What every stand-in that answers over HTTP shares: its port, its thread, and how an answer goes out."""

from __future__ import annotations

import json
import socket
import sys
import threading
from argparse import ArgumentParser, RawDescriptionHelpFormatter
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

HOST = "127.0.0.1"


@dataclass(frozen=True)
class Reply:
    """An answer before it goes out.

    Attributes:
        cut: Announce the whole length but send only so many bytes, then hang up.
        reset: Hang up without a word.
        stall: Seconds before the first byte.
        drip: Seconds between two bytes of the body.
    """

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = ()
    cut: int | None = None
    reset: bool = False
    stall: float = 0.0
    drip: float = 0.0


@dataclass(frozen=True)
class Logged:
    """A request that came: its path, its parameters (without a key) and its user agent."""

    path: str
    params: dict[str, str]
    user_agent: str


class Answering(ThreadingHTTPServer):
    """A server on this machine whose threads end with it."""

    daemon_threads = True
    # Many may call at once; the usual backlog of five would make them wait a second for a second try.
    request_queue_size = 512

    def __init__(self, port: int, handler: type[ReplyHandler]) -> None:
        super().__init__((HOST, port), handler)
        self._open: set[socket.socket] = set()
        self._released = threading.Event()

    def wait(self, seconds: float) -> None:
        """Stall, but not beyond the server's own end."""
        if seconds > 0:
            self._released.wait(seconds)

    def release(self) -> None:
        """Let no answer stall any longer."""
        self._released.set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print what went wrong here; a client that hangs up is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember the connection, to close it at the end."""
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that ended."""
        self._open.discard(request)
        super().shutdown_request(request)

    def server_close(self) -> None:
        """Close kept-alive connections too, so that no thread stays behind."""
        super().server_close()
        for connection in list(self._open):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class ReplyHandler(BaseHTTPRequestHandler):
    """Sends a :class:`Reply` with all its misbehaviour; a stand-in says what is answered to what."""

    protocol_version = "HTTP/1.1"
    # Head and body in one piece: two small ones would wait for each other's acknowledgement.
    wbufsize, disable_nagle_algorithm = 64 * 1024, True
    sys_version = ""
    server: Answering

    def send_reply(self, reply: Reply) -> None:
        """Send it, late, cut off, byte for byte or not at all, as it says."""
        self.server.wait(reply.stall)
        if reply.reset:
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.content_type)
        self.send_header("Content-Length", str(len(reply.body)))
        for name, value in reply.headers:
            self.send_header(name, value)
        self.end_headers()
        if reply.drip:
            self._drip(reply)
            return
        self.wfile.write(reply.body[: reply.cut])
        if reply.cut is not None:
            self.wfile.flush()
            self.close_connection = True

    def read_body(self) -> str:
        """What was posted."""
        return self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(errors="replace")

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: an address may hold a key, and tests read what was asked from the stand-in."""

    def _drip(self, reply: Reply) -> None:
        for byte in reply.body:
            self.wfile.write(bytes((byte,)))
            self.wfile.flush()
            self.server.wait(reply.drip)


class LocalStandin:
    """A stand-in that is started and stopped, by hand or as a context manager.

    Args:
        handler: Answers its requests.
        port: 0 lets the system choose.
    """

    def __init__(self, handler: type[ReplyHandler], *, port: int = 0) -> None:
        self._server = Answering(port, handler)
        self._thread: threading.Thread | None = None

    @property
    def site(self) -> str:
        """The address of the server."""
        return f"http://{HOST}:{self._server.server_address[1]}"

    def serve(self) -> None:
        """Answer until :meth:`stop`, in this thread."""
        self._server.serve_forever(poll_interval=0.05)

    def start(self) -> Self:
        """Answer in a thread of its own."""
        self._thread = threading.Thread(target=self.serve, name=type(self).__name__, daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop answering and give the port back."""
        self._server.release()
        if self._thread is not None:
            self._server.shutdown()
            self._thread.join()
        self._server.server_close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        self.stop()


def options_of(program: str, description: str | None, today: date, faults: str = "") -> ArgumentParser:
    """The options that every stand-in has when it is run from the shell."""
    parser = ArgumentParser(
        prog=f"python -m {program}",
        description=description,
        epilog=faults and f"Galat: {faults}.",
        formatter_class=RawDescriptionHelpFormatter,
    )
    parser.add_argument("--port", type=int, default=0, help="0: dipilih sistem")
    parser.add_argument("--today", type=date.fromisoformat, default=today)
    return parser


def answer_until_interrupted(standin: LocalStandin, **told: str) -> None:
    """Print where a stand-in answers, as JSON on one line, and let it answer until Ctrl-C."""
    print(json.dumps(told), flush=True)
    try:
        standin.serve()
    except KeyboardInterrupt:
        standin.stop()
