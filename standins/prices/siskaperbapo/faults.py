"""Ways to misbehave, by name: what the site, its firewall and the network do.

A fault of the wire takes the answer that would have been given and gives another. Those in the table
itself stand in :mod:`standins.prices.siskaperbapo.table_faults`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from standins.misbehaving import ON_THE_WAY
from standins.prices.siskaperbapo import pages
from standins.serving import Reply

HOME, MARKETS, TABLE = "sesi", "pasar", "tabel"
"""What is asked for: the first page, the markets of a region, the table of a day."""


@dataclass(frozen=True)
class Fault:
    """A way to misbehave.

    Attributes:
        concerns: Kinds of requests that it spoils; it does not count others.
        apply: Makes the reply another one.
    """

    concerns: tuple[str, ...]
    apply: Callable[[Reply], Reply]


WIRE = {name: Fault((MARKETS, TABLE), spoil) for name, spoil in ON_THE_WAY.items()}
SESSION = ("cookie_lost", "session_expired")
"""Faults that the server itself acts on: no cookie is set; all sessions are forgotten."""


def fault(name: str, *concerns: str) -> Callable[[Callable[[Reply], Reply]], Callable[[Reply], Reply]]:
    """Register a fault; without ``concerns`` it spoils markets and tables."""

    def register(function: Callable[[Reply], Reply]) -> Callable[[Reply], Reply]:
        WIRE[name] = Fault(concerns or (MARKETS, TABLE), function)
        return function

    return register


def html_reply(text: str, status: int = 200) -> Reply:
    """A page."""
    return Reply(status, "text/html; charset=UTF-8", text.encode())


def json_reply(payload: Any) -> Reply:
    """A list of markets as the site gives it."""
    return Reply(200, "application/json", json.dumps(payload).encode())


@fault("waf_403", HOME, MARKETS, TABLE)
def _waf_403(_reply: Reply) -> Reply:
    return html_reply(pages.FORBIDDEN, 403)


@fault("html_200")
def _html_200(_reply: Reply) -> Reply:
    return html_reply(pages.MAINTENANCE)


@fault("login_page", TABLE)
def _login_page(_reply: Reply) -> Reply:
    return html_reply(pages.LOGIN)


@fault("sent_to_login", TABLE)
def _sent_to_login(_reply: Reply) -> Reply:
    return replace(html_reply("", 302), headers=(("Location", "/harga/tabel"),))


@fault("redirect_elsewhere", TABLE)
def _redirect_elsewhere(_reply: Reply) -> Reply:
    return replace(html_reply("", 302), headers=(("Location", "http://lain.example/harga/tabel"),))


@fault("json_instead", TABLE)
def _json_instead(_reply: Reply) -> Reply:
    return json_reply({"error": "tabel"})


@fault("not_found_404", HOME, MARKETS, TABLE)
def _not_found(_reply: Reply) -> Reply:
    return html_reply("<html><body>404</body></html>", 404)


@fault("teapot_418")
def _teapot(_reply: Reply) -> Reply:
    return html_reply("", 418)


@fault("error_500", HOME, MARKETS, TABLE)
def _error_500(_reply: Reply) -> Reply:
    return html_reply("<h1>A PHP Error was encountered</h1>", 500)


@fault("bad_gateway_502")
def _bad_gateway(_reply: Reply) -> Reply:
    return html_reply("<html><head><title>502 Bad Gateway</title></head></html>", 502)


@fault("unavailable_503")
def _unavailable(_reply: Reply) -> Reply:
    return replace(html_reply("", 503), headers=(("Retry-After", "11"),))


@fault("too_many_429")
def _too_many(_reply: Reply) -> Reply:
    return replace(html_reply("", 429), headers=(("Retry-After", "7"),))


@fault("stall")
def _stall(reply: Reply) -> Reply:
    return replace(reply, stall=30.0)


@fault("slow_drip")
def _slow_drip(reply: Reply) -> Reply:
    return replace(reply, drip=0.02)


@fault("markets_empty", MARKETS)
def _markets_empty(_reply: Reply) -> Reply:
    return json_reply([])


@fault("markets_changed", MARKETS)
def _markets_changed(reply: Reply) -> Reply:
    """The first market has another name, the last one is gone, and one is new."""
    rows = json.loads(reply.body)
    renamed = {**rows[0], "psr_nama": f"{rows[0]['psr_nama']} Baru"}
    return json_reply([renamed, *rows[1:-1], {"psr_id": 9099, "psr_nama": "Pasar Contoh Tambahan"}])


@fault("markets_html", MARKETS)
def _markets_html(_reply: Reply) -> Reply:
    return html_reply(pages.MAINTENANCE)


@fault("markets_object", MARKETS)
def _markets_object(reply: Reply) -> Reply:
    return json_reply({"data": json.loads(reply.body)})


@fault("markets_without_name", MARKETS)
def _markets_without_name(reply: Reply) -> Reply:
    return json_reply([*json.loads(reply.body), {"psr_id": 9098, "psr_nama": None}])


@fault("markets_same_id", MARKETS)
def _markets_same_id(reply: Reply) -> Reply:
    rows = json.loads(reply.body)
    return json_reply([*rows, {**rows[0], "psr_nama": "Pasar Contoh Kembar"}])


@fault("markets_ids_as_text", MARKETS)
def _markets_ids_as_text(reply: Reply) -> Reply:
    rows = json.loads(reply.body)
    return json_reply([{"psr_id": str(row["psr_id"]), "psr_nama": f"  {row['psr_nama']} "} for row in rows])
