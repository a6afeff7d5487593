"""A stand-in in a process of its own, so that it takes no time of the program that asks it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from core.settings import PROJECT

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class OwnProcess:
    """A stand-in that answers.

    Attributes:
        told: What it said of itself when it began: its ``url``, and what else one must know to ask it.
    """

    told: dict[str, str]
    pid: int

    def cpu_seconds(self) -> float:
        """Processor time it has taken so far."""
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / TICKS


@contextmanager
def own_process(module: str, *arguments: str) -> Iterator[OwnProcess]:
    """Run ``python -m module`` with ``arguments`` for as long as it is needed."""
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env=environment)
    try:
        told = json.loads(cast(IO[str], process.stdout).readline())
        yield OwnProcess(told, process.pid)
    finally:
        process.terminate()
        process.wait()
