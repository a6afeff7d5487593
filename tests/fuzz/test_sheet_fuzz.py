"""2.000 broken price sheets: an error of the project, or no price and no day that was not put in."""

from __future__ import annotations

import os

import pytest

from connectors.prices.sheets import table as sheet_table
from tests.fuzz.sheets import run

COUNT = int(os.environ.get("LKJIP_FUZZ_SHEETS", "2000"))
SHARES = 4


@pytest.mark.parametrize("share", range(SHARES))
def test_no_broken_sheet_gives_a_wrong_price_or_loses_one_in_silence(share: int) -> None:
    tally = run(COUNT // SHARES, 500 + share)
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
