"""Commands look through their memory rarely; the page as often as Python does."""

from __future__ import annotations

import subprocess
import sys

import pytest

MEASURED = """
import gc, sys
from commands import main
sys.argv[1:] = [{!r}, "--help"]
try:
    main.run()
except SystemExit:
    pass
print(gc.get_threshold()[0])
"""


@pytest.mark.parametrize(
    ("command", "rarely"),
    [("render", True), ("refresh", True), ("page", False), ("serve", False), ("worker", False)],
)
def test_only_a_command_that_ends_by_itself_searches_its_memory_rarely(tmp_path, command, rarely):
    said = subprocess.run(
        [sys.executable, "-c", MEASURED.format(command)],
        env={"LKJIP_HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert (int(said.split()[-1]) > 10_000) is rarely, said
