"""The stand-in over HTTP: a session by cookie, the markets of a region, the table of a day, faults."""

from __future__ import annotations

import socket
import sys
import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import date, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from standins.bps.faults import Reply
from standins.siskaperbapo import pages
from standins.siskaperbapo.faults import HOME, MARKETS, SESSION, TABLE, WIRE, html_reply, json_reply
from standins.siskaperbapo.figures import FIRST_DAY, PROVINCE, Market, prices_of
from standins.siskaperbapo.figures import MARKETS as REGIONS
from standins.siskaperbapo.table_faults import TABLE_FAULTS

HOST = "127.0.0.1"
COOKIE = "PHPSESSID"
"""As the site's own is called (public clients)."""
FAULTS = tuple(sorted([*WIRE, *TABLE_FAULTS, *SESSION]))
_REMEMBERED = 20_000
_CACHED = 4_000
"""Tables of a day that are kept made; a year of three markets has 1.100."""


@dataclass(frozen=True)
class Logged:
    """A request that came.

    Attributes:
        kind: ``sesi``, ``pasar``, ``tabel``, or empty for any other address.
        params: The form of a table, or the region of a list of markets.
        in_session: Whether it brought a cookie that holds.
    """

    kind: str
    params: dict[str, str]
    user_agent: str
    accept: str
    in_session: bool


@dataclass
class _Misbehaviour:
    name: str
    left: int | None
    only: str

    def concerns(self, kind: str) -> bool:
        """Whether it spoils a request of this kind."""
        if self.only and self.only != kind:
            return False
        if self.name in WIRE:
            return kind in WIRE[self.name].concerns
        return kind == {"cookie_lost": HOME}.get(self.name, TABLE)


class SiskaperbapoStandin:
    """A server on this machine that answers like Siskaperbapo.

    Use it as a context manager::

        with SiskaperbapoStandin(today=date(2023, 7, 28)) as site:
            ...  # ask site.url
            site.set_today(date(2023, 7, 29))

    Prices are there from 1 January 2021 up to ``today``, for ``sumenepkab`` and for the province.

    Args:
        today: The stand-in's day.
        late: Whether half of today's prices have not come in yet; they are there the next day.
        latency: Seconds before every answer.
        port: 0 lets the system choose.
    """

    def __init__(self, today: date, *, late: bool = True, latency: float = 0.0, port: int = 0) -> None:
        self.today = today
        self.late = late
        self.latency = latency
        self.requests: list[Logged] = []
        self._faults: list[_Misbehaviour] = []
        self._sessions: set[str] = set()
        self._given = 0
        self._made: OrderedDict[tuple[str, str, date, bool], bytes] = OrderedDict()
        self._released = threading.Event()
        self._lock = threading.Lock()
        self._server = _Server((HOST, port), _handler_for(self))
        self._thread: threading.Thread | None = None

    @property
    def url(self) -> str:
        """The address to ask, in place of the site's."""
        return f"http://{HOST}:{self._server.server_address[1]}"

    def set_today(self, day: date) -> None:
        """Move the clock."""
        self.today = day

    def fail_with(self, name: str, *, times: int | None = None, only: str = "") -> None:
        """Misbehave from now on.

        Args:
            name: One of :data:`FAULTS`.
            times: How often; None until :meth:`behave`.
            only: ``sesi``, ``pasar`` or ``tabel`` for faults that concern several.

        Raises:
            KeyError: There is no such fault.
        """
        if name not in FAULTS:
            raise KeyError(f"{name}; known: {', '.join(FAULTS)}")
        with self._lock:
            self._faults.append(_Misbehaviour(name, times, only))

    def behave(self) -> None:
        """End all misbehaviour."""
        with self._lock:
            self._faults.clear()

    def serve(self) -> None:
        """Answer until :meth:`stop`, in this thread."""
        self._server.serve_forever(poll_interval=0.05)

    def start(self) -> Self:
        """Answer in a thread of its own."""
        self._thread = threading.Thread(target=self.serve, name="standins.siskaperbapo", daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop answering and give the port back."""
        self._released.set()
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

    def wait(self, seconds: float) -> None:
        """Stall, but not beyond the server's own end."""
        if seconds > 0:
            self._released.wait(seconds)

    def reply_to(self, kind: str, params: dict[str, str], headers: Any) -> Reply:
        """What to answer, misbehaviour included."""
        due = self._due_faults(kind)
        if "session_expired" in due:
            self._sessions.clear()
        in_session = _cookie_of(headers.get("Cookie", "")) in self._sessions
        self._log(Logged(kind, params, headers.get("User-Agent", ""), headers.get("Accept", ""), in_session))
        reply = self._honest_reply(kind, params, in_session, due)
        for name in due:
            if name in WIRE:
                reply = WIRE[name].apply(reply)
        return reply

    def _honest_reply(self, kind: str, params: dict[str, str], in_session: bool, due: list[str]) -> Reply:
        if kind == HOME:
            return self._home(with_cookie="cookie_lost" not in due)
        if kind == MARKETS:
            found = REGIONS.get(params["kabkota"], ())
            return json_reply([{"psr_id": market.id, "psr_nama": market.name} for market in found])
        if kind == TABLE:
            return self._table(params, due) if in_session else html_reply(pages.FORBIDDEN, 403)
        return html_reply("<html><body>404</body></html>", 404)

    def _home(self, *, with_cookie: bool) -> Reply:
        reply = html_reply(pages.HOME)
        if not with_cookie:
            return reply
        with self._lock:
            self._given += 1
            name = f"tiruan{self._given:06d}"
            self._sessions.add(name)
        return Reply(200, reply.content_type, reply.body, (("Set-Cookie", f"{COOKIE}={name}; path=/"),))

    def _table(self, params: dict[str, str], due: list[str]) -> Reply:
        try:
            day = date.fromisoformat(params.get("tanggal", ""))
        except ValueError:
            return html_reply("<h1>A PHP Error was encountered</h1>", 500)
        region, number = params.get("kabkota", ""), params.get("pasar", "")
        late = self.late and day == self.today
        spoiling = [name for name in due if name in TABLE_FAULTS]
        key = (region, number, day, late)
        body = None if spoiling or day > self.today else self._made.get(key)
        if body is None:
            page = self._page(region, number, day, late)
            for name in spoiling:
                page = TABLE_FAULTS[name](page)
            body = page.render()
            if not spoiling and day <= self.today:
                self._made[key] = body
                if len(self._made) > _CACHED:
                    self._made.popitem(last=False)
        return Reply(200, "text/html; charset=UTF-8", body)

    def _page(self, region: str, number: str, day: date, late: bool) -> pages.Page:
        market = _find_market(region, number)
        known = (region == PROVINCE or region in REGIONS) and (market is not None or not number)
        if not known or not FIRST_DAY <= day <= self.today:
            return pages.Page(pages.title(region, day), "", ())
        now = prices_of(region, market, day, late=late)
        before = prices_of(region, market, day - timedelta(days=1), late=False)
        return pages.day_page(region, market.name if market else "", day, before, now)

    def _due_faults(self, kind: str) -> list[str]:
        if not self._faults:
            return []
        with self._lock:
            due = [fault for fault in self._faults if fault.concerns(kind)]
            for fault in due:
                if fault.left is not None:
                    fault.left -= 1
            self._faults = [fault for fault in self._faults if fault.left != 0]
            return [fault.name for fault in due]

    def _log(self, request: Logged) -> None:
        with self._lock:
            self.requests.append(request)
            if len(self.requests) > 2 * _REMEMBERED:
                del self.requests[:_REMEMBERED]


def _find_market(region: str, number: str) -> Market | None:
    return next((market for market in REGIONS.get(region, ()) if str(market.id) == number), None)


def _cookie_of(header: str) -> str:
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return next((value for name, _, value in pairs if name == COOKIE), "")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 512

    def __init__(self, address: tuple[str, int], handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(address, handler)
        self._open: set[socket.socket] = set()

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Print what went wrong here; a client that hangs up is no news."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
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


def _handler_for(standin: SiskaperbapoStandin) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body in one piece: two small ones would wait for each other's acknowledgement.
        wbufsize, disable_nagle_algorithm = 64 * 1024, True
        server_version, sys_version = "Siskaperbapo-tiruan", ""

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).rstrip("/")
            if path == "/harga/tabel":
                self._send(standin.reply_to(HOME, {}, self.headers))
            elif path.startswith("/harga/pasar.json/"):
                region = path.removeprefix("/harga/pasar.json/")
                self._send(standin.reply_to(MARKETS, {"kabkota": region}, self.headers))
            else:
                self._send(standin.reply_to("", {}, self.headers))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(errors="replace")
            kind = TABLE if urlsplit(self.path).path.rstrip("/") == "/harga/tabel.nodesign" else ""
            self._send(standin.reply_to(kind, dict(parse_qsl(body, keep_blank_values=True)), self.headers))

        def _send(self, reply: Reply) -> None:
            standin.wait(reply.stall + standin.latency)
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

        def _drip(self, reply: Reply) -> None:
            for byte in reply.body:
                self.wfile.write(bytes((byte,)))
                self.wfile.flush()
                standin.wait(reply.drip)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing; tests read :attr:`SiskaperbapoStandin.requests`."""

    return Handler
