"""Faults in the figures and labels of dynamic tables, some of them seen in BPS's own cells (bps.md, 1.2)."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

from standins.bps import pages
from standins.bps.faults import Asked, fault, json_reply
from standins.bps.timeline import LAST, Change, Event, Revise
from standins.serving import Reply

Payload = dict[str, Any]
Patch = Callable[[Payload], None]


def _changed(reply: Reply, change: Patch) -> Reply:
    payload = json.loads(reply.body)
    if isinstance(payload, dict) and payload.get("datacontent"):
        change(payload)
    return replace(reply, body=json.dumps(payload, ensure_ascii=False).encode())


def _on_data(name: str) -> Callable[[Patch], None]:
    """Register a fault that changes the payload of ``model=data``."""

    def register(change: Patch) -> None:
        @fault(name)
        def apply(asked: Asked, reply: Reply) -> Reply:
            return _changed(reply, change) if asked.model == "data" else reply

    return register


def _key_of(payload: Payload, row: dict[str, Any], year: dict[str, Any]) -> str:
    return f"{row['val']}{payload['var'][0]['val']}0{year['val']}0"


@_on_data("empty_datacontent")
def _empty_datacontent(payload: Payload) -> None:
    payload["datacontent"] = {}


@_on_data("unknown_category")
def _unknown_category(payload: Payload) -> None:
    payload["vervar"][2]["label"] = "C Industri Kreatif Baru"


@_on_data("missing_category")
def _missing_category(payload: Payload) -> None:
    payload["datacontent"].pop(_key_of(payload, payload["vervar"][2], payload["tahun"][-1]))


@_on_data("wrong_total")
def _wrong_total(payload: Payload) -> None:
    key = _key_of(payload, payload["vervar"][-1], payload["tahun"][-1])
    payload["datacontent"][key] = round(payload["datacontent"][key] + 12.34, 2)


@_on_data("slip_100")
def _slip_100(payload: Payload) -> None:
    key = _key_of(payload, payload["vervar"][2], payload["tahun"][-1])
    payload["datacontent"][key] = round(payload["datacontent"][key] * 100, 2)


@_on_data("lost_minus")
def _lost_minus(payload: Payload) -> None:
    payload["datacontent"] = {key: abs(value) for key, value in payload["datacontent"].items()}


@_on_data("unit_change")
def _unit_change(payload: Payload) -> None:
    """The table turns to Juta Rupiah, values and unit alike: right, only written otherwise."""
    if payload["var"][0]["unit"] == "Miliar Rupiah":
        payload["var"][0]["unit"] = "Juta Rupiah"
        payload["datacontent"] = {k: round(v * 1000) for k, v in payload["datacontent"].items()}


@_on_data("silent_unit_change")
def _silent_unit_change(payload: Payload) -> None:
    """The newest year comes in Juta Rupiah while the table still says Miliar."""
    if payload["var"][0]["unit"] == "Miliar Rupiah":
        year = payload["tahun"][-1]
        for row in payload["vervar"]:
            key = _key_of(payload, row, year)
            if key in payload["datacontent"]:
                payload["datacontent"][key] = round(payload["datacontent"][key] * 1000)


@_on_data("unit_only")
def _unit_only(payload: Payload) -> None:
    """The table says Juta Rupiah, but its values are the old ones in Miliar."""
    if payload["var"][0]["unit"] == "Miliar Rupiah":
        payload["var"][0]["unit"] = "Juta Rupiah"


@_on_data("odd_unit")
def _odd_unit(payload: Payload) -> None:
    payload["var"][0]["unit"] = "Ton"


@_on_data("text_value")
def _text_value(payload: Payload) -> None:
    key = next(iter(payload["datacontent"]))
    payload["datacontent"][key] = "1.078,61 r"


@_on_data("twin_label")
def _twin_label(payload: Payload) -> None:
    payload["vervar"][3]["label"] = payload["vervar"][2]["label"]


@_on_data("starred_years")
def _starred_years(payload: Payload) -> None:
    payload["tahun"][-1]["label"] += "**"
    payload["var"][0]["note"] = ""


@_on_data("ambiguous_keys")
def _ambiguous_keys(payload: Payload) -> None:
    """A second row with the same id."""
    payload["vervar"].append({"val": payload["vervar"][0]["val"], "label": payload["vervar"][1]["label"]})


@_on_data("ids_as_text")
def _ids_as_text(payload: Payload) -> None:
    for name in ("var", "vervar", "tahun", "turtahun"):
        for row in payload[name]:
            row["val"] = str(row["val"])


@_on_data("stray_keys")
def _stray_keys(payload: Payload) -> None:
    payload["datacontent"]["999999999"] = 1.5


@_on_data("ambiguous_combinations")
def _ambiguous_combinations(payload: Payload) -> None:
    """Two combinations make the same key: row v with column v0, and row vv with column 0 (v the table)."""
    var = str(payload["var"][0]["val"])
    renamed = {str(payload["vervar"][2]["val"]): var, str(payload["vervar"][3]["val"]): var * 2}
    for row in payload["vervar"]:
        row["val"] = int(renamed.get(str(row["val"]), row["val"]))
    for year in payload["tahun"]:
        for before, after in renamed.items():
            value = payload["datacontent"].pop(f"{before}{var}0{year['val']}0", None)
            if value is not None:
                payload["datacontent"][f"{after}{var}0{year['val']}0"] = value
    payload["turvar"].append({"val": f"{var}0", "label": "Kolom kedua (ilustrasi)"})


@_on_data("doubled_rows")
def _doubled_rows(payload: Payload) -> None:
    """Every row comes again under another id, as once for Jawa Tengah."""
    for row in list(payload["vervar"]):
        twin = {"val": row["val"] + 500, "label": row["label"]}
        payload["vervar"].append(twin)
        for year in payload["tahun"]:
            value = payload["datacontent"].get(_key_of(payload, row, year))
            if value is not None:
                payload["datacontent"][_key_of(payload, twin, year)] = value


@_on_data("new_base")
def _new_base(payload: Payload) -> None:
    """The table under the known number is one of base year 2020."""
    title = payload["var"][0]["label"].replace("2010", "2020")
    payload["var"][0]["label"] = title if "2020" in title else f"[Seri 2020] {title}"


@_on_data("double_escaped")
def _double_escaped(payload: Payload) -> None:
    for name in ("var", "vervar", "turvar", "tahun", "turtahun"):
        for row in payload[name]:
            plain = html.unescape(html.unescape(row["label"]))
            row["label"] = html.escape(html.escape(plain)) + "&amp;nbsp;"


@fault("vanished_year")
def _vanished_year(asked: Asked, reply: Reply) -> Reply:
    """The newest year of a table is gone from the list of years and from the data."""
    if asked.model not in ("th", "data"):
        return reply
    listed = json.loads(asked.again("th", "page", model="th").body)["data"]
    newest = listed[1][0]["th_id"] if listed else None
    payload = json.loads(reply.body)
    if asked.model == "th":
        if not payload["data"]:
            return reply
        meta, rows = payload["data"]
        left = [row for row in rows if row["th_id"] != newest]
        meta["count"], meta["total"] = len(left), meta["total"] - 1
        return json_reply(payload | {"data": [meta, left]})
    years = payload.get("tahun", ())
    left = [year for year in years if year["val"] != newest]
    if years and not left:
        return json_reply(pages.LIST_NOT_AVAILABLE)
    if len(left) < len(years):
        payload["tahun"] = left
        gone = {_key_of(payload, row, {"val": newest}) for row in payload["vervar"]}
        payload["datacontent"] = {k: v for k, v in payload["datacontent"].items() if k not in gone}
    return json_reply(payload)


_CHANGES = (Change("adhb", "C", 2023, Decimal("2.50")), Change("adhb", "A", 2023, Decimal("-2.50")))
_OTHERWISE = (Event(LAST, Revise(_CHANGES, stamped=False)),)


def _differing(name: str, concerns: Callable[[Asked], bool]) -> None:
    """Register a fault by which one channel says of 2023 what the others do not: C more, A less."""

    @fault(name)
    def apply(asked: Asked, reply: Reply) -> Reply:
        return asked.again(events=_OTHERWISE) if concerns(asked) else reply


_differing("simdasi_differs", lambda a: "interoperabilitas" in a.url)
_differing("static_differs", lambda a: a.model == "statictable")
_differing("quarterly_differs", lambda a: a.model == "data" and a.params.get("domain") == "0000")


@fault("simdasi_in_juta")
def _simdasi_in_juta(asked: Asked, reply: Reply) -> Reply:
    """SIMDASI's figures are still in miliar, but it says juta."""
    if "interoperabilitas" not in asked.url:
        return reply
    return replace(reply, body=reply.body.replace(b"miliar rupiah", b"juta rupiah"))


@fault("static_in_miliar")
def _static_in_miliar(asked: Asked, reply: Reply) -> Reply:
    """The static table's figures are still in juta, but it says miliar."""
    if asked.model != "statictable":
        return reply
    return replace(reply, body=reply.body.replace(b"(Juta Rupiah)", b"(Miliar Rupiah)"))


@_on_data("rates_exchanged")
def _rates_exchanged(payload: Payload) -> None:
    """Two categories have each other's published rates of growth and share."""
    if payload["var"][0]["unit"] != "Persen":
        return
    content = payload["datacontent"]
    for year in payload["tahun"]:
        one, other = (_key_of(payload, payload["vervar"][row], year) for row in (2, 6))
        if one in content and other in content:
            content[one], content[other] = content[other], content[one]


@fault("year_added")
def _year_added(asked: Asked, reply: Reply) -> Reply:
    """The next release comes out after the first call for years or data was answered."""
    if asked.model in ("th", "data") and asked.count("answered") > 1:
        return asked.again(later=True)
    return reply


def _revised(payload: Payload) -> None:
    """Category C of the newest year is larger and A smaller by as much."""
    if payload["var"][0]["unit"] == "Miliar Rupiah":
        for row, amount in ((0, -1.25), (2, 1.25)):
            key = _key_of(payload, payload["vervar"][row], payload["tahun"][-1])
            payload["datacontent"][key] = round(payload["datacontent"][key] + amount, 2)


@fault("revised_midway")
def _revised_midway(asked: Asked, reply: Reply) -> Reply:
    """After the first call for data figures are revised, and ``last_update`` says so."""
    if asked.model != "data" or asked.count("answered") == 1:
        return reply

    def change(payload: Payload) -> None:
        _revised(payload)
        payload["last_update"] = payload["last_update"][:10] + " 13:45:00"

    return _changed(reply, change)


@fault("revised_midway_silently")
def _revised_midway_silently(asked: Asked, reply: Reply) -> Reply:
    """After the first call for data figures are revised without a word."""
    if asked.model != "data" or asked.count("answered") == 1:
        return reply
    return _changed(reply, _revised)
