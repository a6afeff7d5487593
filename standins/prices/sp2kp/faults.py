"""Ways to misbehave, by name: what the service, its firewall and the network can give in place of prices.

A fault takes the answer that would have been given and gives another; to add one, write a function
with the decorator :func:`fault`.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from standins.misbehaving import ON_THE_WAY, registering
from standins.serving import Reply

Fault = Callable[[Reply], Reply]
FAULTS: dict[str, Fault] = {**ON_THE_WAY}
_HTML = "text/html; charset=utf-8"


fault = registering(FAULTS)


def json_reply(payload: Any, status: int = 200) -> Reply:
    """An answer as the service gives it."""
    return Reply(status, "application/json", json.dumps(payload, ensure_ascii=False).encode())


def _changed(reply: Reply, change: Callable[[dict[str, Any]], Any]) -> Reply:
    payload = json.loads(reply.body)
    change(payload)
    return replace(reply, body=json.dumps(payload, ensure_ascii=False).encode())


def _rows(payload: dict[str, Any]) -> list[dict[str, Any]]:
    """The rows of an answer, wherever they stand."""
    data = payload["data"]
    return data if isinstance(data, list) else data.get("items", [])


def _each_row(**values: Any) -> Fault:
    def spoil(reply: Reply) -> Reply:
        return _changed(reply, lambda payload: [row.update(values) for row in _rows(payload)])

    return spoil


def _first_row(change: Callable[[dict[str, Any]], Any]) -> Fault:
    def spoil(reply: Reply) -> Reply:
        return _changed(reply, lambda payload: [change(row) for row in _rows(payload)[:1]])

    return spoil


# Of the network and the firewall.


@fault("server_500")
def _server_500(_reply: Reply) -> Reply:
    return Reply(500, _HTML, b"<html><title>Server Error</title></html>")


@fault("too_many_429")
def _too_many_429(_reply: Reply) -> Reply:
    return json_reply({"status": "error", "message": "Too Many Attempts."}, 429)


@fault("unauthorized_401")
def _unauthorized_401(_reply: Reply) -> Reply:
    return json_reply({"status": "error", "message": "Unauthorized"}, 401)


@fault("not_found_404")
def _not_found_404(_reply: Reply) -> Reply:
    return Reply(404, _HTML, b"<html><title>Not Found</title></html>")


@fault("waf_403")
def _waf_403(_reply: Reply) -> Reply:
    return Reply(403, _HTML, b"<html><title>403 Forbidden</title></html>")


@fault("html_200")
def _html_200(_reply: Reply) -> Reply:
    return Reply(200, _HTML, b"<!DOCTYPE html><html><div id='__nuxt'></div></html>")


@fault("challenge")
def _challenge(_reply: Reply) -> Reply:
    page = b"<html><title>Just a moment...</title></html>"
    return Reply(403, _HTML, page, headers=(("cf-mitigated", "challenge"),))


# Of the shape.


@fault("not_success")
def _not_success(_reply: Reply) -> Reply:
    return json_reply({"status": "error", "message": "SQLSTATE[08006] connection refused", "data": None})


@fault("bare_list")
def _bare_list(reply: Reply) -> Reply:
    return replace(reply, body=json.dumps(_rows(json.loads(reply.body))).encode())


@fault("null_body")
def _null_body(reply: Reply) -> Reply:
    return replace(reply, body=b"null")


@fault("no_data")
def _no_data(reply: Reply) -> Reply:
    return _changed(reply, lambda payload: payload.pop("data"))


@fault("data_is_text")
def _data_is_text(reply: Reply) -> Reply:
    return _changed(reply, lambda payload: payload.update(data="Data tidak ditemukan"))


@fault("no_rows")
def _no_rows(reply: Reply) -> Reply:
    return _changed(reply, lambda payload: _rows(payload).clear())


@fault("another_day")
def _another_day(reply: Reply) -> Reply:
    return _changed(reply, lambda payload: payload["data"].update(tanggal="2026-01-02"))


@fault("another_variant")
def _another_variant(reply: Reply) -> Reply:
    return _changed(reply, lambda payload: payload["data"].update(variant_id=52))


FAULTS["variant_without_name"] = _first_row(lambda row: row.pop("nama", None))
FAULTS["variant_without_unit"] = _first_row(lambda row: row.update(satuan=None))

# Of the figures.

FAULTS["not_a_number"] = _first_row(lambda row: row.update(harga=float("nan")))
FAULTS["zero_prices"] = _each_row(harga=0)
FAULTS["null_prices"] = _each_row(harga=None)
FAULTS["text_price"] = _first_row(lambda row: row.update(harga="16.236"))
FAULTS["negative_price"] = _first_row(lambda row: row.update(harga=-1))
FAULTS["absurd_price"] = _first_row(lambda row: row.update(harga=1e12))
FAULTS["no_price"] = _first_row(lambda row: row.pop("harga"))


@fault("row_twice")
def _row_twice(reply: Reply) -> Reply:
    def repeat(payload: dict[str, Any]) -> None:
        rows = _rows(payload)
        rows.append({**rows[0], "harga": rows[0]["harga"] + 100})

    return _changed(reply, repeat)
