"""Broken answers: an error of the project, or the original's figures (see :mod:`tests.fuzz.judge`).

A sample, always the same; ``make fuzz`` breaks far more.
"""

from __future__ import annotations

import pytest

from connectors.bps.tables import PdrbTable
from tests.fuzz import judge
from tests.fuzz.judge import REGIONS, Tally, break_one, run
from tests.fuzz.regions import Region

SAMPLE = 1_500
SHARES = 2
"""Parts of equal size, so that the processes of the test run divide them between each other."""


@pytest.mark.parametrize("region", REGIONS, ids=lambda region: region.name)
def test_the_unbroken_answers_are_accepted_without_a_remark(region: Region) -> None:
    for measure, table in region.tables.items():
        assert all(not compared.remarks for compared in region.compare(measure, table))


@pytest.mark.parametrize("share", range(SHARES))
def test_no_broken_answer_gives_a_wrong_figure_or_another_error(share: int) -> None:
    tally = run(SAMPLE // SHARES, 1000 + share)
    assert not tally.failures, "\n".join(tally.failures[:10])
    outcomes = {outcome for _, outcome in tally.outcomes}
    assert {"accepted", "refused", "nothing"} <= outcomes, "the fuzzer breaks neither nothing nor everything"


def test_the_same_numbers_break_the_same_answers() -> None:
    assert run(60, 7).outcomes == run(60, 7).outcomes


def test_the_judge_finds_a_figure_that_was_taken_from_the_wrong_row(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reader that only looks whether the labels are known, in whatever order, is found out."""

    def careless(self: Region, measure: str, body: bytes, series: object = None) -> PdrbTable | None:
        table = self.tables[measure]
        cells = tuple(
            cell if cell.sector not in ("C", "G") else self.tables["share"].find("C", 2023) or cell
            for cell in table.cells
        )
        return PdrbTable(**{**table.__dict__, "cells": cells})

    assert all(region.tables for region in judge.REGIONS), "read before the reader is spoiled"
    monkeypatch.setattr(judge.Region, "read", careless)
    tally = Tally()
    for number in range(200):
        break_one(f"7/{number}", tally)
    assert tally.failures
