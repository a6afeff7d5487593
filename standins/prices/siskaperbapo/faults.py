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


SESSION = ("cookie_lost", "session_expired")
"""Faults that the server itself acts on: no cookie is set; all sessions are forgotten."""


def html_reply(text: str, status: int = 200) -> Reply:
    """A page."""
    return Reply(status, "text/html; charset=UTF-8", text.encode())


def json_reply(payload: Any) -> Reply:
    """A list of markets as the site gives it."""
    return Reply(200, "application/json", json.dumps(payload).encode())


def _page(text: str, status: int = 200, **headers: str) -> Callable[[Reply], Reply]:
    """A page in place of the answer."""
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return lambda _reply: replace(html_reply(text, status), headers=named)


_DATA, _ALL, _TABLE, _MARKETS = (MARKETS, TABLE), (HOME, MARKETS, TABLE), (TABLE,), (MARKETS,)
WIRE: dict[str, Fault] = {
    **{name: Fault(_DATA, spoil) for name, spoil in ON_THE_WAY.items()},
    "waf_403": Fault(_ALL, _page(pages.FORBIDDEN, 403)),
    "html_200": Fault(_DATA, _page(pages.MAINTENANCE)),
    "login_page": Fault(_TABLE, _page(pages.LOGIN)),
    "sent_to_login": Fault(_TABLE, _page("", 302, Location="/harga/tabel")),
    "redirect_elsewhere": Fault(_TABLE, _page("", 302, Location="http://lain.example/harga/tabel")),
    "json_instead": Fault(_TABLE, lambda _reply: json_reply({"error": "tabel"})),
    "not_found_404": Fault(_ALL, _page("<html><body>404</body></html>", 404)),
    "teapot_418": Fault(_DATA, _page("", 418)),
    "error_500": Fault(_ALL, _page("<h1>A PHP Error was encountered</h1>", 500)),
    "bad_gateway_502": Fault(_DATA, _page("<html><head><title>502 Bad Gateway</title></head></html>", 502)),
    "unavailable_503": Fault(_DATA, _page("", 503, Retry_After="11")),
    "too_many_429": Fault(_DATA, _page("", 429, Retry_After="7")),
    "stall": Fault(_DATA, lambda reply: replace(reply, stall=30.0)),
    "slow_drip": Fault(_DATA, lambda reply: replace(reply, drip=0.02)),
    "markets_empty": Fault(_MARKETS, lambda _reply: json_reply([])),
    "markets_html": Fault(_MARKETS, _page(pages.MAINTENANCE)),
}


def fault(name: str) -> Callable[[Callable[[Reply], Reply]], Callable[[Reply], Reply]]:
    """Register a fault of the list of markets."""

    def register(function: Callable[[Reply], Reply]) -> Callable[[Reply], Reply]:
        WIRE[name] = Fault(_MARKETS, function)
        return function

    return register


@fault("markets_changed")
def _markets_changed(reply: Reply) -> Reply:
    """The first market has another name, the last one is gone, and one is new."""
    rows = json.loads(reply.body)
    renamed = {**rows[0], "psr_nama": f"{rows[0]['psr_nama']} Baru"}
    return json_reply([renamed, *rows[1:-1], {"psr_id": 9099, "psr_nama": "Pasar Contoh Tambahan"}])


@fault("markets_object")
def _markets_object(reply: Reply) -> Reply:
    return json_reply({"data": json.loads(reply.body)})


@fault("markets_without_name")
def _markets_without_name(reply: Reply) -> Reply:
    return json_reply([*json.loads(reply.body), {"psr_id": 9098, "psr_nama": None}])


@fault("markets_same_id")
def _markets_same_id(reply: Reply) -> Reply:
    rows = json.loads(reply.body)
    return json_reply([*rows, {**rows[0], "psr_nama": "Pasar Contoh Kembar"}])


@fault("markets_ids_as_text")
def _markets_ids_as_text(reply: Reply) -> Reply:
    rows = json.loads(reply.body)
    return json_reply([{"psr_id": str(row["psr_id"]), "psr_nama": f"  {row['psr_nama']} "} for row in rows])
