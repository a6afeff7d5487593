"""The units of systemd are ones that systemd takes."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from core.settings import PROJECT

UNITS = sorted((PROJECT / "deployments").glob("*.service"))


def test_systemd_takes_the_units(tmp_path: Path):
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze is not on this machine; .ci/run installs it where it can")
    program = tmp_path / "program"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8")
        for command in ("lkjip", "prefect"):  # the program is not installed where this runs
            text = text.replace(f"/opt/lkjip/.venv/bin/{command}", str(program))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")
    said = subprocess.run(
        [verify, "verify", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.stdout + said.stderr, said.returncode) == ("", 0)
