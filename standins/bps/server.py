"""The stand-in over HTTP: both url styles, the key, the firewall, faults, and a clock to move."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, unquote, urlsplit

from standins.bps import catalogue, figure_faults, list_faults, pages
from standins.bps.answering import answer
from standins.bps.commands import command
from standins.bps.faults import FAULTS, Asked, json_reply
from standins.bps.regions import regencies
from standins.bps.scenarios import SCENARIOS
from standins.bps.timeline import Event, Size, Timeline
from standins.misbehaving import Misbehaviour, SwitchedOn
from standins.serving import LocalStandin, Logged, Reply, ReplyHandler

KEY = "kunci-tiruan-0123456789abcdef"
BASE = "/v1/api"
_BARE_CLIENTS = ("curl/", "python-urllib", "wget/")
_REMEMBERED = 20_000
"""How many requests are remembered at least; older ones are forgotten, so that memory stays flat."""

__all__ = ["BpsStandin", "figure_faults", "list_faults"]


class BpsStandin(LocalStandin):
    """A server on this machine that answers like BPS's WebAPI.

    Use it as a context manager::

        with BpsStandin(today=date(2024, 1, 31)) as bps:
            ...  # ask bps.url with bps.key
            bps.set_today(date(2024, 4, 4))

    Args:
        today: The stand-in's day.
        release_date: From when the tables of 2023 are there.
        scenario: One of :data:`standins.bps.scenarios.SCENARIOS`, or a calendar of one's own, in
            place of ``release_date``.
        domains: How many regencies have PDRB tables (38: Jawa Timur, 514: the country); 0 for 3529 alone.
        filler: How many other tables stand in a region's list.
        latency: Seconds before every answer.
        port: 0 lets the system choose.
        key: The only key that is not refused.
    """

    def __init__(
        self,
        today: date,
        *,
        release_date: date = catalogue.RELEASE_DAY,
        scenario: str | Sequence[Event] | None = None,
        domains: int = 0,
        filler: int = Size().filler,
        latency: float = 0.0,
        port: int = 0,
        key: str = KEY,
    ) -> None:
        regencies(domains)  # A number that cannot be is said at once.
        self.key = key
        self.latency = latency
        self.requests: list[Logged] = []
        self._timeline = Timeline(today, release_date, size=Size(domains, filler))
        if scenario is not None:
            self.set_scenario(scenario)
        self._faults: SwitchedOn[Asked] = SwitchedOn(FAULTS)
        self._lock = threading.Lock()
        super().__init__(_handler_for(self), port=port)

    @property
    def url(self) -> str:
        """The base address of the WebAPI, for ``LKJIP_BPS_URL``."""
        return self.site + BASE

    @property
    def today(self) -> date:
        """The stand-in's day."""
        return self._timeline.today

    def set_today(self, day: date) -> None:
        """Move the clock."""
        self._timeline = replace(self._timeline, today=day)

    def set_scenario(self, scenario: str | Sequence[Event]) -> None:
        """Let another calendar hold, on the same day.

        Raises:
            KeyError: There is no scenario of that name.
        """
        if isinstance(scenario, str):
            if scenario not in SCENARIOS:
                raise KeyError(f"{scenario}; known: {', '.join(sorted(SCENARIOS))}")
            scenario = SCENARIOS[scenario]
        self._timeline = replace(self._timeline, events=tuple(scenario))

    def fail_with(
        self,
        name: str,
        *,
        times: int | None = None,
        when: Callable[[Asked], bool] = lambda _: True,
        model: str = "",
        domain: str = "",
        seconds: float | None = None,
    ) -> None:
        """Misbehave from now on.

        Args:
            name: One of :data:`standins.bps.faults.FAULTS`.
            times: How often; None until :meth:`behave`.
            when: For which requests.
            model: Only for this model (``data``, ``var``, ``publication``, …).
            domain: Only for this region.
            seconds: How long, for ``latency``.

        Raises:
            KeyError: There is no such fault.
        """
        memory = {} if seconds is None else {"seconds": seconds}

        def concerns(asked: Asked) -> bool:
            here = not domain or domain in (asked.params.get("domain"), asked.params.get("wilayah", "")[:4])
            return here and (not model or asked.model == model) and when(asked)

        self._faults.add(name, times, concerns, memory)

    def behave(self) -> None:
        """End all misbehaviour."""
        self._faults.clear()

    def reply_to(self, path: str, params: dict[str, str], url: str, agent: str) -> Reply:
        """What to answer, misbehaviour included."""
        shown = {name: value for name, value in params.items() if name != "key"}
        with self._lock:
            self.requests.append(Logged(path, shown, agent))
            if len(self.requests) > 2 * _REMEMBERED:
                del self.requests[:_REMEMBERED]
        asked = Asked(url, params)
        return self._spoiled(asked, path, self._honest_reply(path, asked, agent))

    def download(self, url: str) -> Reply:
        """A file of the web site: a PDF, unless a fault makes it something else."""
        asked = Asked(url, {"model": "download"})
        return self._spoiled(asked, "download", Reply(200, "application/pdf", pages.PDF))

    def _spoiled(self, asked: Asked, path: str, reply: Reply) -> Reply:
        reply = self._through(self._faults.due(asked), asked, path, reply)
        return replace(reply, stall=reply.stall + self.latency) if self.latency else reply

    def _through(self, faults: Sequence[Misbehaviour[Asked]], asked: Asked, path: str, reply: Reply) -> Reply:
        """The reply after one fault after the other; what a fault asks again has passed those before it."""
        for number, fault in enumerate(faults):

            def again(
                params: dict[str, str],
                later: bool,
                events: Sequence[Event],
                before: Sequence[Misbehaviour[Asked]] = faults[:number],
            ) -> Reply:
                other, timeline = Asked(asked.url, params), self._timeline
                day = timeline.next_release() if later else timeline.today
                if events:
                    timeline = replace(timeline, events=(*timeline.calendar, *events))
                plain = answer(other, path, replace(timeline, today=day), self.site)
                return self._through(before, other, path, plain)

            reply = FAULTS[fault.name](replace(asked, honest=again, memory=fault.memory), reply)
        return reply

    def _honest_reply(self, path: str, asked: Asked, agent: str) -> Reply:
        if not agent or agent.lower().startswith(_BARE_CLIENTS):
            return Reply(403, "text/html", pages.perimeter_block(self.site + asked.url))
        if path not in ("list", "view", "domain", "interoperabilitas"):
            return Reply(404, "text/plain", pages.NO_ROUTE)
        if asked.params.get("key") != self.key:
            return json_reply(pages.BAD_KEY)
        return answer(asked, path, self._timeline, self.site)


def _handler_for(standin: BpsStandin) -> type[ReplyHandler]:
    class Handler(ReplyHandler):
        server_version = "BPS-tiruan"

        def do_GET(self) -> None:
            address = urlsplit(self.path)
            if address.path == "/download.php":
                self.send_reply(standin.download(self.path))
                return
            if not address.path.startswith(BASE + "/"):
                self.send_reply(Reply(200, "text/html; charset=utf-8", pages.web_page(unquote(address.path))))
                return
            path, params = _read_path(address.path.removeprefix(BASE), address.query)
            agent = self.headers.get("User-Agent", "")
            self.send_reply(standin.reply_to(path, params, self.path, agent))

        def do_POST(self) -> None:
            self.send_reply(command(standin, self.path, self.read_body()))

    return Handler


def _read_path(path: str, query: str) -> tuple[str, dict[str, str]]:
    """Both styles: ``/list?model=th&…`` and ``/list/model/th/domain/3529/…``."""
    # An empty value keeps its place: public clients ask for …/keyword//page/1.
    head, *rest = [unquote(part) for part in path.lstrip("/").split("/")]
    pairs: Iterable[tuple[str, str]] = zip(rest[::2], rest[1::2], strict=False)
    return head, {**dict(pairs), **dict(parse_qsl(query, keep_blank_values=True))}
