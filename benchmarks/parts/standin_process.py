"""The stand-in for BPS in a process of its own, so that it takes no time of the measured one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Standin:
    """Where it answers, with which key, and as which process."""

    url: str
    key: str
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time it has taken so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def standin(*arguments: str) -> Iterator[Standin]:
    """Run ``python -m standins.bps`` with ``arguments`` for as long as it is needed."""
    command = [sys.executable, "-m", "standins.bps", "--today", "2024-04-04", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment)
    try:
        assert process.stdout is not None
        told = json.loads(process.stdout.readline())
        yield Standin(told["url"], told["key"], process.pid)
    finally:
        process.terminate()
        process.wait()
