"""Ways to misbehave, by name: the answers that BPS, its firewall and the network really give.

A fault takes the answer that would have been given and gives another; to add one, write a function
with the decorator :func:`fault`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from standins.bps import pages


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
class Asked:
    """What was asked: the address with everything in it, and the parameters of either style."""

    url: str
    params: dict[str, str]

    @property
    def model(self) -> str:
        """Which model, empty for other calls."""
        return self.params.get("model", "")


Fault = Callable[[Asked, Reply], Reply]
FAULTS: dict[str, Fault] = {}


def fault(name: str) -> Callable[[Fault], Fault]:
    """Register a fault."""

    def register(function: Fault) -> Fault:
        FAULTS[name] = function
        return function

    return register


def json_reply(payload: Any) -> Reply:
    """An answer as the WebAPI gives it."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    return Reply(200, "application/json; charset=utf-8", body)


@fault("bad_key")
def _bad_key(_asked: Asked, _reply: Reply) -> Reply:
    return json_reply(pages.BAD_KEY)


@fault("waf_403")
def _waf_403(asked: Asked, _reply: Reply) -> Reply:
    return Reply(403, "text/html", pages.perimeter_block(asked.url))


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


@fault("too_many_429")
def _too_many(_asked: Asked, _reply: Reply) -> Reply:
    return Reply(429, "text/plain", b"Too Many Requests", headers=(("Retry-After", "7"),))


@fault("reset")
def _reset(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, reset=True)


@fault("stall")
def _stall(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, stall=30.0)


@fault("slow_drip")
def _slow_drip(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, drip=0.02)


@fault("redirect")
def _redirect(asked: Asked, _reply: Reply) -> Reply:
    return Reply(302, "text/html", b"", headers=(("Location", f"http://lain.example{asked.url}"),))


@fault("not_available")
def _not_available(_asked: Asked, _reply: Reply) -> Reply:
    return json_reply(pages.LIST_NOT_AVAILABLE)


@fault("wrong_content_type")
def _wrong_content_type(_asked: Asked, reply: Reply) -> Reply:
    return replace(reply, content_type="text/html; charset=UTF-8")


# --- faults in the figures ----------------------------------------------------------------------


def _changed(reply: Reply, change: Callable[[dict[str, Any]], None]) -> Reply:
    payload = json.loads(reply.body)
    if isinstance(payload, dict) and payload.get("datacontent"):
        change(payload)
    return replace(reply, body=json.dumps(payload, ensure_ascii=False).encode())


def _on_data(name: str) -> Callable[[Callable[[dict[str, Any]], None]], None]:
    """Register a fault that changes the payload of ``model=data``."""

    def register(change: Callable[[dict[str, Any]], None]) -> None:
        @fault(name)
        def apply(asked: Asked, reply: Reply) -> Reply:
            return _changed(reply, change) if asked.model == "data" else reply

    return register


def _key_of(payload: dict[str, Any], row: dict[str, Any], year: dict[str, Any]) -> str:
    return f"{row['val']}{payload['var'][0]['val']}0{year['val']}0"


@_on_data("empty_datacontent")
def _empty_datacontent(payload: dict[str, Any]) -> None:
    payload["datacontent"] = {}


@_on_data("unknown_category")
def _unknown_category(payload: dict[str, Any]) -> None:
    payload["vervar"][2]["label"] = "C Industri Kreatif Baru"


@_on_data("missing_category")
def _missing_category(payload: dict[str, Any]) -> None:
    payload["datacontent"].pop(_key_of(payload, payload["vervar"][2], payload["tahun"][-1]))


@_on_data("wrong_total")
def _wrong_total(payload: dict[str, Any]) -> None:
    key = _key_of(payload, payload["vervar"][-1], payload["tahun"][-1])
    payload["datacontent"][key] = round(payload["datacontent"][key] + 12.34, 2)


@_on_data("slip_100")
def _slip_100(payload: dict[str, Any]) -> None:
    key = _key_of(payload, payload["vervar"][2], payload["tahun"][-1])
    payload["datacontent"][key] = round(payload["datacontent"][key] * 100, 2)


@_on_data("lost_minus")
def _lost_minus(payload: dict[str, Any]) -> None:
    payload["datacontent"] = {key: abs(value) for key, value in payload["datacontent"].items()}


@_on_data("unit_change")
def _unit_change(payload: dict[str, Any]) -> None:
    """The table turns to Juta Rupiah, values and unit alike: right, only written otherwise."""
    if payload["var"][0]["unit"] == "Miliar Rupiah":
        payload["var"][0]["unit"] = "Juta Rupiah"
        payload["datacontent"] = {k: round(v * 1000) for k, v in payload["datacontent"].items()}


@_on_data("silent_unit_change")
def _silent_unit_change(payload: dict[str, Any]) -> None:
    """The newest year comes in Juta Rupiah while the table still says Miliar."""
    if payload["var"][0]["unit"] == "Miliar Rupiah":
        year = payload["tahun"][-1]
        for row in payload["vervar"]:
            key = _key_of(payload, row, year)
            if key in payload["datacontent"]:
                payload["datacontent"][key] = round(payload["datacontent"][key] * 1000)


@_on_data("odd_unit")
def _odd_unit(payload: dict[str, Any]) -> None:
    payload["var"][0]["unit"] = "Ton"


@_on_data("text_value")
def _text_value(payload: dict[str, Any]) -> None:
    key = next(iter(payload["datacontent"]))
    payload["datacontent"][key] = "1.078,61 r"


@_on_data("twin_label")
def _twin_label(payload: dict[str, Any]) -> None:
    payload["vervar"][3]["label"] = payload["vervar"][2]["label"]


@_on_data("starred_years")
def _starred_years(payload: dict[str, Any]) -> None:
    payload["tahun"][-1]["label"] += "**"
    payload["var"][0]["note"] = ""


@_on_data("ambiguous_keys")
def _ambiguous_keys(payload: dict[str, Any]) -> None:
    """Row 1 with column "10" and row 1+var… read the same: a second row with the same id."""
    payload["vervar"].append({"val": payload["vervar"][0]["val"], "label": payload["vervar"][1]["label"]})


@_on_data("ids_as_text")
def _ids_as_text(payload: dict[str, Any]) -> None:
    for name in ("var", "vervar", "tahun", "turtahun"):
        for row in payload[name]:
            row["val"] = str(row["val"])


@_on_data("stray_keys")
def _stray_keys(payload: dict[str, Any]) -> None:
    payload["datacontent"]["999999999"] = 1.5
