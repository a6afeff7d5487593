"""Answers of SIMDASI changed at random: an error of the project, or figures that were there."""

from __future__ import annotations

import copy
import json
import random
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.bps.answers import Answer, read_answer
from connectors.bps.simdasi.tables import SimdasiTable, find_simdasi_tables, read_simdasi_table
from connectors.bps.tables import PdrbTable
from core.errors import LkjipError
from standins.bps import simdasi as standin
from standins.bps.catalogue import Timeline
from standins.bps.faults import Asked
from tests.connectors.given import mutations
from tests.connectors.given.mutations import change_bytes, is_read_or_refused
from tests.connectors.given.recorded import fetched
from tests.given.examples import examples

MEASURES = ("adhb", "adhk", "growth", "share")
TIMELINE = Timeline(date(2024, 4, 4))
ODD = (*mutations.ODD, "<![x", "1.559", "1,559.38", "Tabel tidak ditemukan", "\ud800")


class Once:
    """A client that has one answer."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def ask_path(self, *_segments: str | int) -> Answer:
        return read_answer(fetched(self._content))


def body(service: str, measure: str = "") -> bytes:
    params = {
        "id": service,
        "wilayah": standin.REGION,
        "tahun": "2023",
        "id_tabel": standin.table_id(measure),
    }
    return standin.answer_simdasi(Asked("", params), TIMELINE).body


BODIES = {measure: body("25", measure) for measure in MEASURES}
LIST = body("23")
TABLES = {t.measure: t for t in find_simdasi_tables(Once(LIST), "3529")}  # type: ignore[arg-type]


def read(measure: str, content: bytes) -> list[PdrbTable]:
    table = TABLES[measure]
    return read_simdasi_table(Once(content), "3529", table, [2023], 2010)  # type: ignore[arg-type]


def figures(tables: list[PdrbTable]) -> set[tuple[str, str, int, Decimal]]:
    return {(t.measure, c.sector, c.year, c.value) for t in tables for c in t.cells}


ORIGINAL = {measure: figures(read(measure, content)) for measure, content in BODIES.items()}


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place of an answer but the figures themselves."""
    if isinstance(value, dict):
        inside = [p for name in value for p in places(value[name], (*at, name))]
    elif isinstance(value, list):
        inside = [p for number, part in enumerate(value) for p in places(part, (*at, number))]
    else:
        inside = []
    is_figure = at[-1:] in (("value",), ("value_raw",)) or at[-2:-1] == ("variables",)
    return ([] if not at or is_figure else [at]) + inside


def change(payload: Any, dice: random.Random) -> None:
    """Break one thing: drop, double, swap or replace it."""
    place = dice.choice(places(payload))
    part = payload
    for name in place[:-1]:
        part = part[name]
    name = place[-1]
    match dice.randrange(4):
        case 0:
            del part[name]
        case 1 if isinstance(part, list):
            part.insert(dice.randrange(len(part) + 1), copy.deepcopy(part[name]))
        case 2 if isinstance(part, dict) and len(part) > 1:
            other = dice.choice([n for n in part if n != name])
            part[name], part[other] = part[other], part[name]
        case _:
            part[name] = dice.choice(ODD)


@examples(400)
@given(st.sampled_from(MEASURES), st.integers(0, 2**32), st.integers(1, 3))
def test_a_changed_structure_gives_an_error_or_only_true_figures(measure: str, seed: int, times: int) -> None:
    payload, dice = json.loads(BODIES[measure]), random.Random(seed)
    for _ in range(times):
        if places(payload):
            change(payload, dice)
    try:
        tables = read(measure, json.dumps(payload).encode())
    except LkjipError:
        return
    known = {(sector, year, value) for _, sector, year, value in ORIGINAL[measure]}
    assert {(sector, year, value) for _, sector, year, value in figures(tables)} <= known


@examples(300)
@given(st.sampled_from(MEASURES), st.data())
def test_changed_bytes_never_end_in_another_error(measure: str, data: st.DataObject) -> None:
    content = change_bytes(BODIES[measure], data)
    assert is_read_or_refused(lambda: read(measure, content))


@examples(300)
@given(st.integers(0, 2**32), st.integers(1, 3))
def test_a_changed_list_gives_an_error_or_tables_that_were_listed(seed: int, times: int) -> None:
    payload, dice = json.loads(LIST), random.Random(seed)
    for _ in range(times):
        if places(payload):
            change(payload, dice)
    try:
        tables = find_simdasi_tables(Once(json.dumps(payload).encode()), "3529")  # type: ignore[arg-type]
    except LkjipError:
        return
    assert all(isinstance(table, SimdasiTable) and table.table_id for table in tables)
    assert len(tables) <= len(TABLES) + times


@pytest.mark.parametrize("measure", ["adhb", "adhk"])
@pytest.mark.parametrize("factor", [Decimal(100), Decimal("0.01"), Decimal(-1), Decimal("1.01")])
def test_a_slip_in_any_category_is_caught(measure: str, factor: Decimal) -> None:
    clean = json.loads(BODIES[measure])
    for number in range(17):
        payload = copy.deepcopy(clean)
        (cell,) = payload["data"][1]["data"][number]["variables"].values()
        value = Decimal(cell["value_raw"].replace(".", "").replace(",", "."))
        if abs(value) * abs(factor - 1) <= Decimal("0.05"):
            continue
        cell["value"] = cell["value_raw"] = f"{value * factor:,.2f}".translate(str.maketrans(",.", ".,"))
        with pytest.raises(LkjipError):
            read(measure, json.dumps(payload).encode())
