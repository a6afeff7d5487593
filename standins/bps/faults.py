"""Ways to misbehave, by name: the answers that BPS, its firewall and the network really give.

A fault takes the answer that would have been given and gives another; to add one, write a function
with the decorator :func:`fault`. Here are those of the wire; those in lists and figures stand in
:mod:`standins.bps.list_faults` and :mod:`standins.bps.figure_faults`.
"""

from __future__ import annotations

import gzip
import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from standins.bps import pages
from standins.bps.timeline import Event
from standins.misbehaving import registering
from standins.serving import Reply

Honest = Callable[[dict[str, str], bool, Sequence[Event]], Reply]
"""The honest answer to a call's parameters; the flag asks for that of the day of the next release, the
events for that after they had happened too."""


def _nobody(_params: dict[str, str], _later: bool, _events: Sequence[Event]) -> Reply:
    raise RuntimeError("only a server can be asked again")


@dataclass(frozen=True)
class Asked:
    """What was asked.

    Attributes:
        url: The address with everything in it.
        params: Of either style.
        honest: Answers other questions, for faults that need more than the answer at hand.
        memory: What a fault keeps from one request to the next; ``seconds`` where some were given.
    """

    url: str
    params: dict[str, str]
    honest: Honest = field(default=_nobody, compare=False)
    memory: dict[str, Any] = field(default_factory=dict, compare=False)

    @property
    def model(self) -> str:
        """Which model, empty for other calls."""
        return self.params.get("model", "")

    @property
    def page(self) -> int:
        """Which page of a list."""
        text = self.params.get("page", "1")
        return int(text) if text.isdecimal() else 1

    def again(
        self, *without: str, later: bool = False, events: Sequence[Event] = (), **changes: object
    ) -> Reply:
        """The honest answer to the same with other parameters, after the next release or other events."""
        kept = {name: value for name, value in self.params.items() if name not in without}
        return self.honest({**kept, **{name: str(value) for name, value in changes.items()}}, later, events)

    def count(self, what: str) -> int:
        """How often this was counted for the fault, this time included."""
        self.memory[what] = int(self.memory.get(what, 0)) + 1
        return int(self.memory[what])


Fault = Callable[[Asked, Reply], Reply]
FAULTS: dict[str, Fault] = {}


fault = registering(FAULTS)


def json_reply(payload: Any) -> Reply:
    """An answer as the WebAPI gives it."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(200, "application/json; charset=utf-8", body)


def page_of(rows: Sequence[Any], page: int, per_page: int, row_of: Callable[[Any], Any] = dict) -> Reply:
    """A page of a list, counted from 1, as the WebAPI gives it; it is not available beyond the last."""
    part = rows[(page - 1) * per_page : page * per_page]
    if not part:
        return json_reply(pages.LIST_NOT_AVAILABLE)
    meta = {
        "page": page,
        "pages": math.ceil(len(rows) / per_page),
        "per_page": per_page,
        "count": len(part),
        "total": len(rows),
    }
    data = [meta, [row_of(row) for row in part]]
    return json_reply({"status": "OK", "data-availability": "available", "data": data})


@fault("bad_key")
def _bad_key(_asked: Asked, _reply: Reply) -> Reply:
    return json_reply(pages.BAD_KEY)


@fault("waf_403")
def _waf_403(asked: Asked, _reply: Reply) -> Reply:
    return Reply(403, "text/html", pages.perimeter_block(asked.url))


@fault("bot_challenge")
def _bot_challenge(_asked: Asked, _reply: Reply) -> Reply:
    return Reply(403, "text/html; charset=UTF-8", pages.CHALLENGE, headers=(("cf-mitigated", "challenge"),))


@fault("no_data_404")
def _no_data_404(_asked: Asked, _reply: Reply) -> Reply:
    return replace(json_reply(pages.LIST_NOT_AVAILABLE), status=404)


@fault("no_data_400")
def _no_data_400(_asked: Asked, _reply: Reply) -> Reply:
    return replace(json_reply(pages.LIST_NOT_AVAILABLE), status=400)


@fault("html_200")
def _html_200(_asked: Asked, _reply: Reply) -> Reply:
    return Reply(200, "text/html", pages.LTM_BLOCK)


@fault("html_maintenance")
def _html_maintenance(_asked: Asked, _reply: Reply) -> Reply:
    return Reply(200, "text/html", b"<!DOCTYPE html><html><title>Pemeliharaan</title></html>")


@fault("truncated")
def _truncated(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, body=reply.body[: len(reply.body) * 2 // 3])


@fault("cut_off")
def _cut_off(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, cut=len(reply.body) // 2)


@fault("empty")
def _empty(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, body=b"")


@fault("null")
def _null(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, body=b"null")


@fault("null_for_many")
def _null_for_many(asked: Asked, reply: Reply) -> Reply:
    return replace(reply, body=b"null") if ";" in asked.params.get("th", "") else reply


@fault("error_500")
def _error_500(_asked: Asked, _reply: Reply) -> Reply:
    return Reply(500, "text/plain", b"500 - Undefined property: stdClass::$hits")


@fault("bad_gateway_502")
def _bad_gateway(_asked: Asked, _reply: Reply) -> Reply:
    return Reply(502, "text/html", b"<html><head><title>502 Bad Gateway</title></head></html>")


@fault("unavailable_503")
def _unavailable(_asked: Asked, _reply: Reply) -> Reply:
    return Reply(503, "text/plain", b"Service Unavailable", headers=(("Retry-After", "11"),))


@fault("too_many_429")
def _too_many(_asked: Asked, _reply: Reply) -> Reply:
    return Reply(429, "text/plain", b"Too Many Requests", headers=(("Retry-After", "7"),))


@fault("reset")
def _reset(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, reset=True)


@fault("stall")
def _stall(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, stall=30.0)


@fault("latency")
def _latency(asked: Asked, reply: Reply) -> Reply:
    """As many seconds as given with the fault."""
    return replace(reply, stall=float(asked.memory.get("seconds", 0.05)))


@fault("slow_drip")
def _slow_drip(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, drip=0.02)


@fault("gzipped")
def _gzipped(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, body=gzip.compress(reply.body), headers=(("Content-Encoding", "gzip"),))


@fault("huge")
def _huge(_asked: Asked, reply: Reply) -> Reply:
    """More than any table of BPS: 65 MB of white space before an answer that is right."""
    return replace(reply, body=b" " * (65 * 1024**2) + reply.body)


@fault("redirect")
def _redirect(asked: Asked, _reply: Reply) -> Reply:
    return Reply(302, "text/html", b"", headers=(("Location", f"http://lain.example{asked.url}"),))


@fault("not_available")
def _not_available(_asked: Asked, _reply: Reply) -> Reply:
    return json_reply(pages.LIST_NOT_AVAILABLE)


@fault("wrong_content_type")
def _wrong_content_type(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, content_type="text/html; charset=UTF-8")


@fault("key_refused_midway")
def _key_refused_midway(asked: Asked, reply: Reply) -> Reply:
    """The key is good for two requests."""
    return reply if asked.count("answered") <= 2 else json_reply(pages.BAD_KEY)


@fault("pdf_html")
def _pdf_html(asked: Asked, reply: Reply) -> Reply:
    """The link to a PDF leads to a web page."""
    if asked.model != "download":
        return reply
    return Reply(200, "text/html", pages.perimeter_block(asked.url))


_CHANNELS: dict[str, Callable[[Asked], bool]] = {
    "catalogue": lambda a: a.model in ("tablestatistic", "subjectcsa", "subcatcsa"),
    "publications": lambda a: a.model in ("publication", "pressrelease"),
    "static_tables": lambda a: a.model == "statictable",
    "simdasi": lambda a: "interoperabilitas" in a.url,
    "nation": lambda a: a.params.get("domain") == "0000",
    "data": lambda a: a.model == "data",
}


def _of_one_channel(name: str, channel: str, change: Fault) -> None:
    """Register a fault of one channel alone; all others go on."""
    concerns = _CHANNELS[channel]

    @fault(name)
    def apply(asked: Asked, reply: Reply) -> Reply:
        return change(asked, reply) if concerns(asked) else reply


def _other_shape(_asked: Asked, _reply: Reply) -> Reply:
    """Everything that a reader looks for is there, and nothing has the type that it had."""
    odd = {"data": {"status": [], "data": 7}, "condition": {}}
    return json_reply({"status": "OK", "data-availability": "available", "data": [odd, odd]})


for _channel in _CHANNELS:
    _of_one_channel(f"{_channel}_down", _channel, _error_500)
for _channel in ("catalogue", "publications", "static_tables", "simdasi", "nation"):
    _of_one_channel(f"{_channel}_bad_key", _channel, _bad_key)
_of_one_channel("simdasi_stalls", "simdasi", _stall)
_of_one_channel("simdasi_other_shape", "simdasi", _other_shape)
