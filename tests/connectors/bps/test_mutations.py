"""Answers that were changed at random: an error of the project, or figures that BPS gave."""

from __future__ import annotations

import copy
import json
import random
from datetime import date
from decimal import Decimal

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
from tests.connectors.given.mutations import change_bytes, change_structure, is_read_or_refused
from tests.connectors.given.recorded import fetched
from tests.given.examples import examples

IDS = {"adhb": 9101, "adhk": 9102, "growth": 9103, "share": 9104}


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


@examples(250)
@given(st.sampled_from(sorted(IDS)), st.integers(0, 2**32), st.integers(1, 3))
def test_a_changed_structure_gives_an_error_or_only_true_figures(measure: str, seed: int, times: int) -> None:
    payload, dice = json.loads(BODIES[measure]), random.Random(seed)
    for _ in range(times):
        if any(payload.values()):
            change_structure(payload, dice)
    try:
        table = read(measure, json.dumps(payload).encode())
    except LkjipError:
        return
    assert figures(table) <= ORIGINAL[measure]


@examples(250)
@given(st.sampled_from(sorted(IDS)), st.data())
def test_changed_bytes_never_end_in_another_error(measure: str, data: st.DataObject) -> None:
    content = change_bytes(BODIES[measure], data)
    assert is_read_or_refused(lambda: read(measure, content))


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
