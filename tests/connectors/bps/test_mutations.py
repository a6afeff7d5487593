"""Answers that were changed at random: an error of the project, or figures that BPS gave."""

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

from connectors.bps.answers import Kind, read_answer
from connectors.bps.dynamic.decode import decode
from connectors.bps.dynamic.pdrb import build_table
from connectors.bps.tables import FoundSeries, PdrbTable, Series
from core.errors import LkjipError
from standins.bps import catalogue
from standins.bps.answering import answer
from standins.bps.catalogue import Timeline
from standins.bps.faults import Asked
from tests.connectors.given.recorded import fetched
from tests.given.examples import examples

IDS = {"adhb": 9101, "adhk": 9102, "growth": 9103, "share": 9104}
ODD: list[Any] = [
    None,
    True,
    "",
    "-",
    "x",
    0,
    -1,
    10**30,
    1.5,
    [],
    {},
    [1],
    {"val": 1},
    "9" * 400,
    "<b>",
    "１２",
]


def body(measure: str) -> bytes:
    params = {"model": "data", "domain": "3529", "var": str(IDS[measure]), "th": "122;123"}
    return answer(Asked("", params), "list", Timeline(date(2024, 4, 4)), "http://bps.example").body


BODIES = {measure: body(measure) for measure in IDS}


def read(measure: str, content: bytes) -> PdrbTable | None:
    series = Series(measure, IDS[measure], "", "", "")
    answered = read_answer(fetched(content))
    if answered.kind is not Kind.OK:
        return None
    found = FoundSeries("3529", 2010, {measure: series})
    return build_table(found, series, [answered], [decode(answered.payload)])


def figures(table: PdrbTable | None) -> set[tuple[str, int, Decimal]]:
    return {(c.sector, c.year, c.value) for c in table.cells} if table else set()


ORIGINAL = {measure: figures(read(measure, content)) for measure, content in BODIES.items()}


def change(payload: dict[str, Any], dice: random.Random) -> None:
    """Break one thing that is not a figure: drop, double, swap, replace."""
    name = dice.choice([n for n in payload if payload[n]])
    part = payload[name]
    match dice.randrange(5):
        case 0:
            del payload[name]
        case 1:
            payload[name] = dice.choice(ODD)
        case 2 if isinstance(part, list):
            part.insert(dice.randrange(len(part) + 1), copy.deepcopy(dice.choice(part)))
        case 3 if isinstance(part, list):
            del part[dice.randrange(len(part))]
        case _ if isinstance(part, dict):
            del part[dice.choice(list(part))]
        case _ if isinstance(part, list) and isinstance(row := dice.choice(part), dict) and row:
            field = dice.choice(list(row))
            row[field] = dice.choice([*ODD, f"{row[field]} "])


@examples(250)
@given(st.sampled_from(sorted(IDS)), st.integers(0, 2**32), st.integers(1, 3))
def test_a_changed_structure_gives_an_error_or_only_true_figures(measure: str, seed: int, times: int) -> None:
    payload, dice = json.loads(BODIES[measure]), random.Random(seed)
    for _ in range(times):
        if any(payload.values()):
            change(payload, dice)
    try:
        table = read(measure, json.dumps(payload).encode())
    except LkjipError:
        return
    assert figures(table) <= ORIGINAL[measure]


@examples(250)
@given(st.sampled_from(sorted(IDS)), st.data())
def test_changed_bytes_never_end_in_another_error(measure: str, data: st.DataObject) -> None:
    content = bytearray(BODIES[measure])
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    try:
        read(measure, bytes(content))
    except LkjipError as error:
        message = str(error)
    else:
        message = "dapat dibaca"
    assert message


@pytest.mark.parametrize("measure", ["adhb", "adhk"])
@pytest.mark.parametrize("factor", [Decimal(100), Decimal("0.01"), Decimal(-1), Decimal("1.01")])
def test_a_slip_in_any_category_is_caught(measure: str, factor: Decimal) -> None:
    clean = json.loads(BODIES[measure], parse_float=Decimal)
    last = catalogue.pdrb_variable(measure, Timeline(date(2024, 4, 4))).vervar[:-2]
    for row, _label in last:
        payload = copy.deepcopy(clean)
        key = f"{row}{IDS[measure]}01230"
        payload["datacontent"][key] = float(payload["datacontent"][key] * factor)
        if abs(clean["datacontent"][key]) * abs(factor - 1) <= Decimal("0.05"):
            continue
        with pytest.raises(LkjipError):
            read(measure, json.dumps(payload, default=float).encode())
