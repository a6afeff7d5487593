"""The stand-in over HTTP: a session by cookie, the markets of a region, the table of a day, faults."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from standins.misbehaving import SwitchedOn
from standins.prices.siskaperbapo import pages
from standins.prices.siskaperbapo.faults import HOME, MARKETS, SESSION, TABLE, WIRE, html_reply, json_reply
from standins.prices.siskaperbapo.figures import FIRST_DAY, PROVINCE, Market, prices_of
from standins.prices.siskaperbapo.figures import MARKETS as REGIONS
from standins.prices.siskaperbapo.table_faults import TABLE_FAULTS
from standins.serving import LocalStandin, Reply, ReplyHandler

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


class SiskaperbapoStandin(LocalStandin):
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
        self._faults: SwitchedOn[str] = SwitchedOn(FAULTS)
        self._sessions: set[str] = set()
        self._given = 0
        self._made: OrderedDict[tuple[str, str, date, bool], bytes] = OrderedDict()
        self._lock = threading.Lock()
        super().__init__(_handler_for(self), port=port)

    @property
    def url(self) -> str:
        """The address to ask, in place of the site's."""
        return self.site

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
        self._faults.add(name, times, lambda kind: _concerns(name, only, kind))

    def behave(self) -> None:
        """End all misbehaviour."""
        self._faults.clear()

    def reply_to(self, kind: str, params: dict[str, str], headers: Any) -> Reply:
        """What to answer, misbehaviour included."""
        due = [fault.name for fault in self._faults.due(kind)]
        if "session_expired" in due:
            self._sessions.clear()
        in_session = _cookie_of(headers.get("Cookie", "")) in self._sessions
        self._log(Logged(kind, params, headers.get("User-Agent", ""), headers.get("Accept", ""), in_session))
        reply = self._honest_reply(kind, params, in_session, due)
        for name in due:
            if name in WIRE:
                reply = WIRE[name].apply(reply)
        return replace(reply, stall=reply.stall + self.latency) if self.latency else reply

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

    def _log(self, request: Logged) -> None:
        with self._lock:
            self.requests.append(request)
            if len(self.requests) > 2 * _REMEMBERED:
                del self.requests[:_REMEMBERED]


def _concerns(name: str, only: str, kind: str) -> bool:
    """Whether a fault spoils a request of this kind."""
    if only and only != kind:
        return False
    if name in WIRE:
        return kind in WIRE[name].concerns
    return kind == {"cookie_lost": HOME}.get(name, TABLE)


def _find_market(region: str, number: str) -> Market | None:
    return next((market for market in REGIONS.get(region, ()) if str(market.id) == number), None)


def _cookie_of(header: str) -> str:
    pairs = (part.strip().partition("=") for part in header.split(";"))
    return next((value for name, _, value in pairs if name == COOKIE), "")


def _handler_for(standin: SiskaperbapoStandin) -> type[ReplyHandler]:
    class Handler(ReplyHandler):
        server_version = "Siskaperbapo-tiruan"

        def do_GET(self) -> None:
            path = unquote(urlsplit(self.path).path).rstrip("/")
            if path == "/harga/tabel":
                self.send_reply(standin.reply_to(HOME, {}, self.headers))
            elif path.startswith("/harga/pasar.json/"):
                region = path.removeprefix("/harga/pasar.json/")
                self.send_reply(standin.reply_to(MARKETS, {"kabkota": region}, self.headers))
            else:
                self.send_reply(standin.reply_to("", {}, self.headers))

        def do_POST(self) -> None:
            kind = TABLE if urlsplit(self.path).path.rstrip("/") == "/harga/tabel.nodesign" else ""
            self.send_reply(
                standin.reply_to(
                    kind, dict(parse_qsl(self.read_body(), keep_blank_values=True)), self.headers
                )
            )

    return Handler
