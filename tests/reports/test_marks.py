"""The signs behind a figure that is made of several realisasi."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reports.realisasi import Realisasi, State
from reports.wording import marks_of

PLAIN = Realisasi(indicator="x", year=2023, state=State.REPORTED)
STAR = replace(PLAIN, state=State.PROVISIONAL, status="sementara")
STARS = replace(STAR, status="sangat sementara")
DAGGER = replace(PLAIN, illustrative=True)


@pytest.mark.parametrize(
    ("several", "signs"),
    [
        ([], ""),
        ([PLAIN, PLAIN], ""),
        ([STAR, PLAIN, STARS], "**"),
        ([STARS, DAGGER], "**†"),
        ([replace(STAR, illustrative=True), STARS], "**†"),
    ],
    ids=["none", "plain", "most stars", "a dagger beside stars", "a dagger with fewer stars"],
)
def test_the_most_stars_stand_there_and_no_dagger_is_lost(several: list[Realisasi], signs: str) -> None:
    assert marks_of(several) == signs
