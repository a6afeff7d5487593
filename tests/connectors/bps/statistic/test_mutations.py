"""Answers that were changed at random: an error of the project, or the figure that BPS gave at that place."""

from __future__ import annotations

import json
import random
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from connectors.bps.answers import Kind, read_answer
from connectors.bps.dynamic.decode import decode
from connectors.bps.statistic.read import StatisticTable, take_cells
from connectors.bps.statistic.titles import FoundTable
from core.errors import LkjipError
from office.bps import Statistic
from tests.connectors.given.mutations import change_structure
from tests.connectors.given.recorded import fetched, payload
from tests.given.examples import examples

AMBON = payload("ambon_inflasi_var218_full_with_related.json")
OCTOBER = Statistic.model_validate({"table": "inflasi", "row": "Ambon", "period": "Oktober"})
TRUE = {(2017, Decimal("0.21")), (2022, Decimal("4.61"))}


def figures(content: bytes) -> set[tuple[int, Decimal]]:
    answered = read_answer(fetched(content))
    if answered.kind is not Kind.OK:
        return set()
    table = StatisticTable(FoundTable("8171", 218), (decode(answered.payload),), ())
    return {(cell.year, cell.value) for cell in take_cells(table, OCTOBER)}


def test_unchanged_it_gives_what_was_recorded() -> None:
    assert figures(json.dumps(AMBON, default=float).encode()) == TRUE


@examples(250)
@given(st.integers(0, 2**32), st.integers(1, 3))
def test_a_changed_structure_gives_an_error_or_only_true_figures(seed: int, times: int) -> None:
    changed, dice = json.loads(json.dumps(AMBON, default=float)), random.Random(seed)
    for _ in range(times):
        if any(changed.values()):
            change_structure(changed, dice)
    try:
        found = figures(json.dumps(changed).encode())
    except LkjipError:
        return
    assert found <= TRUE
