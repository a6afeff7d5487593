"""The sites of market prices, each on a day of its own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from standins.prices.siskaperbapo import SiskaperbapoStandin
from standins.prices.sp2kp import Sp2kpStandin

from tests.jobs.given.days import AUGUST, FRIDAY  # isort: skip


@pytest.fixture
def site() -> Iterator[SiskaperbapoStandin]:
    with SiskaperbapoStandin(today=FRIDAY) as standin:
        yield standin


@pytest.fixture
def service() -> Iterator[Sp2kpStandin]:
    with Sp2kpStandin(today=AUGUST) as standin:
        yield standin
