"""``deployments/lkjip.sh``, with a ``sudo`` that only writes down what it was asked for."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from core.settings import PROJECT

WRAPPER = PROJECT / "deployments" / "lkjip.sh"
SUDO = """#!/bin/sh
case "$*" in *"test -r"*) exit ${READABLE:-0} ;; esac
printf '%s\\n' "$@"
"""


@pytest.fixture
def call(tmp_path: Path):
    (tmp_path / "sudo").write_text(SUDO)
    (tmp_path / "sudo").chmod(0o755)
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("LKJIP_", "PREFECT_"))}

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {**plain, "PATH": f"{tmp_path}:{os.environ['PATH']}", **more}
        return subprocess.run(
            [WRAPPER, *words], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )

    return run


def test_the_program_runs_as_the_service_user_with_its_home(call):
    assert call("status", "--json").stdout.split() == ["-H", "-u", "lkjip", str(WRAPPER), "status", "--json"]


def test_settings_given_for_one_call_go_along_and_nothing_else_does(call):
    said = call("status", LKJIP_YEAR="2022", OTHER="1").stdout.split()
    assert "--preserve-env=LKJIP_YEAR" in said


def test_a_file_that_the_service_user_can_read_is_passed_on_as_it_was_written(call, tmp_path: Path):
    (tmp_path / "lra juni.xlsx").write_bytes(b"")
    assert call("ingest", "budget", "./lra juni.xlsx").stdout.endswith("budget\n./lra juni.xlsx\n")


def test_a_file_that_the_service_user_cannot_read_is_refused_with_a_way_out(call, tmp_path: Path):
    (tmp_path / "lra.xlsx").write_bytes(b"")
    done = call("ingest", "budget", "lra.xlsx", READABLE="1")
    assert done.returncode == 1
    assert "lra.xlsx tidak dapat dibaca oleh pengguna lkjip" in done.stderr
    assert "install -m 644 'lra.xlsx' /tmp/" in done.stderr
