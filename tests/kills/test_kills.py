"""Killed anywhere and run again, a command leaves what it leaves when nobody kills it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.kills.given.points import chosen
from tests.kills.given.stories import NAMES
from tests.kills.given.sweep import Swept, sweep

pytestmark = pytest.mark.slow


def test_points_are_spread_from_the_first_to_the_last():
    passed = ["send"] * 50 + ["os.rename a"] + ["send"] * 49
    assert chosen(passed, 4) == [1, 34, 51, 67, 100]
    assert chosen(passed[:3], 4) == [1, 2, 3]


def assert_nothing_wrong(swept: Swept) -> None:
    assert swept.faults == {}
    assert swept.killed == swept.tried
    assert swept.doubles <= swept.window


def test_dropped_files_are_taken_once_though_their_reader_is_killed(tmp_path: Path):
    swept = sweep("ingest", "SQLite", tmp_path, 3)
    assert_nothing_wrong(swept)
    assert swept.killed >= 3


@pytest.mark.sweep
@pytest.mark.parametrize("kind", ["SQLite", pytest.param("PostgreSQL", marks=pytest.mark.postgres)])
@pytest.mark.parametrize("command", NAMES)
def test_each_command_killed_at_forty_points(
    command: str, kind: str, tmp_path: Path, request: pytest.FixtureRequest
):
    if kind == "PostgreSQL":
        request.getfixturevalue("postgres_url")  # skips where there is none
    swept = sweep(command, kind, tmp_path, 40)
    assert_nothing_wrong(swept)
    assert swept.killed >= min(40, swept.points)
