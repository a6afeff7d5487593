"""Faults in lists: pages that move, repeat or lie, and parameters that are ignored."""

from __future__ import annotations

import html
import json
import math
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from standins.bps.faults import Asked, fault, json_reply
from standins.serving import Reply

PER_PAGE = 10
Row = dict[str, Any]


def _list_of(reply: Reply) -> tuple[Row, list[Row]] | None:
    """Head and rows of a list, None when the answer is none."""
    try:
        data = json.loads(reply.body)["data"]
    except (ValueError, KeyError, TypeError):
        return None
    if isinstance(data, list) and len(data) == 2 and isinstance(data[1], list) and "pages" in data[0]:
        return data[0], data[1]
    return None


def _relisted(reply: Reply, meta: Row, rows: list[Row]) -> Reply:
    payload = json.loads(reply.body)
    return replace(reply, body=json_reply({**payload, "data": [meta, rows]}).body)


def _on_rows(name: str, *models: str) -> Callable[[Callable[[Row], Row]], None]:
    """Register a fault that changes the rows of lists."""

    def register(change: Callable[[Row], Row]) -> None:
        @fault(name)
        def apply(asked: Asked, reply: Reply) -> Reply:
            found = _list_of(reply)
            if found is None or (models and asked.model not in models):
                return reply
            return _relisted(reply, found[0], [change(row) for row in found[1]])

    return register


@fault("duplicated_pages")
def _duplicated_pages(asked: Asked, reply: Reply) -> Reply:
    """Every page shows the rows of the one before."""
    found = _list_of(reply)
    if found is None or asked.page == 1:
        return reply
    before = _list_of(asked.again(page=asked.page - 1))
    return _relisted(reply, found[0], before[1] if before else [])


@fault("moving_pages")
def _moving_pages(asked: Asked, reply: Reply) -> Reply:
    """A row is inserted at the top after page 1 was read, once; then the list is calm."""
    if asked.page > 1:
        asked.memory[asked.model] = 1
    return _shifted(asked, reply)


@fault("always_moving_pages")
def _always_moving_pages(asked: Asked, reply: Reply) -> Reply:
    """A row is inserted at the top before every page but the first."""
    if asked.page > 1:
        asked.count(asked.model)
    return _shifted(asked, reply)


def _shifted(asked: Asked, reply: Reply) -> Reply:
    """The page as it reads after so many rows were inserted."""
    inserted = int(asked.memory.get(asked.model, 0))
    first = _list_of(asked.again(page=1)) if inserted else None
    if first is None:
        return reply
    rows = list(first[1])
    for page in range(2, first[0]["pages"] + 1):
        found = _list_of(asked.again(page=page))
        rows += found[1] if found else []
    rows = [_new_row(rows[0], number) for number in range(inserted, 0, -1)] + rows
    part = rows[(asked.page - 1) * PER_PAGE : asked.page * PER_PAGE]
    meta = {
        **first[0],
        "page": asked.page,
        "pages": math.ceil(len(rows) / PER_PAGE),
        "count": len(part),
        "total": len(rows),
    }
    return _relisted(asked.again(page=1), meta, part)


def _new_row(like: Row, number: int) -> Row:
    """A row with another id, which is the first field of every row."""
    field, value = next(iter(like.items()))
    return {**like, field: 900_000 + number if isinstance(value, int) else f"{number:f>24}"}


@fault("lying_pages")
def _lying_pages(_asked: Asked, reply: Reply) -> Reply:
    """The head says that one page is all, though its total says otherwise."""
    found = _list_of(reply)
    return _relisted(reply, {**found[0], "pages": 1}, found[1]) if found else reply


@fault("too_many_pages")
def _too_many_pages(_asked: Asked, reply: Reply) -> Reply:
    """The head speaks of pages that are not there."""
    found = _list_of(reply)
    return _relisted(reply, {**found[0], "pages": found[0]["pages"] + 3}, found[1]) if found else reply


@fault("keyword_ignored")
def _keyword_ignored(asked: Asked, reply: Reply) -> Reply:
    return asked.again("keyword") if "keyword" in asked.params else reply


@fault("year_ignored")
def _year_ignored(asked: Asked, reply: Reply) -> Reply:
    return asked.again("year", "month") if {"year", "month"} & set(asked.params) else reply


@_on_rows("list_ids_as_text")
def _list_ids_as_text(row: Row) -> Row:
    return {name: str(value) if name.endswith("id") else value for name, value in row.items()}


@_on_rows("list_double_escaped")
def _list_double_escaped(row: Row) -> Row:
    """Titles with entities escaped twice and a stray space at the end."""
    if "title" not in row:
        return row
    plain = html.unescape(html.unescape(row["title"]))
    return {**row, "title": html.escape(html.escape(plain)) + "&amp;nbsp;"}


@_on_rows("new_base_var", "var", "tablestatistic")
def _new_base_var(row: Row) -> Row:
    """The tables that are listed are all of base year 2020."""
    return {**row, "title": row["title"].replace("2010", "2020")}


@_on_rows("future_release", "publication", "pressrelease")
def _future_release(row: Row) -> Row:
    """Everything listed is dated three months later, so what is new lies in the future."""
    day = _later(row["rl_date"], 90)
    return {**row, "rl_date": day, **({"sch_date": day} if "sch_date" in row else {})}


@_on_rows("early_update", "publication", "pressrelease")
def _early_update(row: Row) -> Row:
    """The file was uploaded three weeks before its day."""
    return {**row, "updt_date": _later(row["rl_date"], -21)}


def _later(text: str | None, days: int) -> str | None:
    return (date.fromisoformat(text) + timedelta(days=days)).isoformat() if text else None
