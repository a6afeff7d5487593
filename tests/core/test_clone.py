"""A clone holds every file that the software reads."""

from __future__ import annotations

import subprocess

import pytest

from core.settings import PROJECT

FOLDERS = (
    "agencies",
    "templates",
    "standins",
    "models",
    "connectors",
    "office",
    "reports",
    "deployments",
    "tests",
)


def test_git_ignores_no_file_that_the_software_reads() -> None:
    if not (PROJECT / ".git").exists():
        pytest.skip("not a git checkout")
    ignored = subprocess.run(
        ["git", "ls-files", "--others", "--ignored", "--exclude-standard", "--", *FOLDERS],
        cwd=PROJECT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    assert [name for name in ignored if "__pycache__" not in name] == []
