"""An office that names statistics of BPS, and what its indicators take of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from jobs.report.realisasi import select_realisasi
from jobs.workspace import Workspace
from models.session import open_session
from reports.realisasi import Realisasi
from tests.jobs.given.statistic_office import INDUSTRY, office_naming

Naming = Callable[..., Callable[[date], Workspace]]
Taken = Callable[..., Realisasi]


@pytest.fixture
def naming(at: Callable[[date], Workspace], tmp_path: Path) -> Naming:
    """The office with entries ``bps``; see :func:`tests.jobs.given.statistic_office.office_naming`."""

    def name(**statistics: str | bool) -> Callable[[date], Workspace]:
        office_naming(tmp_path / "kerja", **statistics)  # type: ignore[arg-type]
        return at

    return name


@pytest.fixture
def taken() -> Taken:
    """What an indicator takes in 2023."""

    def take(workspace: Workspace, indicator: str = INDUSTRY) -> Realisasi:
        with open_session(workspace.engine, read_only=True) as session:
            return select_realisasi(session, workspace.agency)[indicator, 2023]

    return take
