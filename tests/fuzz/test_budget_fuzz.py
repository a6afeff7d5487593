"""5.000 broken budget exports: an error of the project, or no amount that does not stand there."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import Any

import pytest

from connectors.budget import reader
from tests.fuzz.budgets import run

COUNT = int(os.environ.get("LKJIP_FUZZ_BUDGETS", "5000"))
SHARES = 4


@pytest.mark.parametrize("share", range(SHARES))
def test_no_broken_export_gives_a_wrong_amount_or_another_error(share: int) -> None:
    tally = run(COUNT // SHARES, 700 + share)
    assert not tally.failures, "\n".join(tally.failures[:10])
    assert {"read", "stopped", "refused"} <= set(tally.outcomes)


def test_the_judge_finds_an_amount_taken_from_another_column(monkeypatch: pytest.MonkeyPatch) -> None:
    read = reader.read_budget_file

    def careless(*given: Any) -> Any:
        statement = read(*given)
        return replace(statement, lines=tuple(replace(line, spent=line.budget) for line in statement.lines))

    monkeypatch.setattr(reader, "read_budget_file", careless)
    assert run(30, 1).failures
