"""Broken price sheets: an error of the project, or no price and no day that was not put in.

A sample, always the same; ``make fuzz`` breaks far more.
"""

from __future__ import annotations

import pytest

from connectors.prices.sheets import table as sheet_table
from tests.fuzz.sheets import run

SAMPLE = 150


def test_no_broken_sheet_gives_a_wrong_price_or_loses_one_in_silence() -> None:
    tally = run(SAMPLE, 500)
    assert not tally.failures, "\n".join(tally.failures[:10])
    assert {"read", "unread", "refused"} <= set(tally.outcomes), (
        "the fuzzer breaks neither nothing nor everything"
    )


def test_the_judge_finds_prices_taken_from_the_column_beside(monkeypatch: pytest.MonkeyPatch) -> None:
    read_row = sheet_table._read_row

    def careless(view: sheet_table.View, block: sheet_table._Block, *rest: object) -> None:
        days = dict(zip(block.line.days, [*block.line.days.values()][::-1], strict=True))
        line = sheet_table.DayLine(block.line.row, days)
        read_row(view, sheet_table._Block(line, block.heads, block.names, block.rows, block.unnamed), *rest)

    monkeypatch.setattr(sheet_table, "_read_row", careless)
    assert run(50, 1).failures
