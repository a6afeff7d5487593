"""Broken budget exports: an error of the project, or no amount that does not stand there.

A sample, always the same; ``make fuzz`` breaks far more.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from connectors.budget import reader
from tests.fuzz.budgets import run

SAMPLE = 200


def test_no_broken_export_gives_a_wrong_amount_or_another_error() -> None:
    tally = run(SAMPLE, 700)
    assert not tally.failures, "\n".join(tally.failures[:10])
    assert {"read", "stopped", "refused"} <= set(tally.outcomes)


def test_the_judge_finds_an_amount_taken_from_another_column(monkeypatch: pytest.MonkeyPatch) -> None:
    read = reader.read_budget_file

    def careless(*given: Any) -> Any:
        statement = read(*given)
        return replace(statement, lines=tuple(replace(line, spent=line.budget) for line in statement.lines))

    monkeypatch.setattr(reader, "read_budget_file", careless)
    assert run(30, 1).failures
