"""Starting victims: commands of the program that end of themselves, or are killed at a point."""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.settings import PROJECT, variable_of

DEADLINE = 180.0


@dataclass(frozen=True)
class Ended:
    """How a victim ended.

    Attributes:
        codes: With which each command ended.
        passed: The points it passed; both empty where it was killed.
    """

    killed: bool
    codes: tuple[Any, ...]
    passed: list[str]


@dataclass
class Victims:
    """Forks them, one after the other.

    Attributes:
        root: Below which everything lies that they touch.
        output: What they print is added there.
    """

    root: Path
    output: Path
    process: subprocess.Popen[bytes]

    @property
    def temporary(self) -> Path:
        """Their ``TMPDIR``."""
        return self.root / "sementara"

    def run(self, settings: Mapping[str, Any], commands: Sequence[Sequence[str]], kill_at: int = 0) -> Ended:
        """Run commands one after the other in one process.

        Args:
            settings: The program's, by their fields.
            commands: The words behind ``lkjip`` of each.
            kill_at: The number of the point, from 1; 0 lets it live.

        Raises:
            AssertionError: It ended in another way than it should.
        """
        self.temporary.mkdir(parents=True, exist_ok=True)
        environment = {variable_of(name): str(value) for name, value in settings.items()}
        order = {
            "environment": {**environment, "TMPDIR": str(self.temporary)}, "commands": commands,
            "root": str(self.root), "kill_at": kill_at, "output": str(self.output),
        }  # fmt: skip
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(order).encode() + b"\n")
        self.process.stdin.flush()
        said = json.loads(self._line())
        assert said["signal"] in (0, signal.SIGKILL), f"ended by signal {said['signal']}: {self.output}"
        killed = said["signal"] == signal.SIGKILL
        assert killed or said["codes"], f"the victim failed: {self.output.read_text()[-2000:]}"
        return Ended(killed, tuple(said["codes"]), said["passed"])

    def _line(self) -> bytes:
        assert self.process.stdout is not None
        said = b""
        while not said.endswith(b"\n"):
            ready, _, _ = select.select([self.process.stdout], [], [], DEADLINE)
            assert ready, f"no victim ended within {DEADLINE} s"
            piece = os.read(self.process.stdout.fileno(), 1 << 20)
            assert piece, "the process that forks victims is gone"
            said += piece
        return said


@contextmanager
def victims(root: Path, output: Path) -> Iterator[Victims]:
    """Start the process that forks them; the settings of this machine do not reach it."""
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("LKJIP_", "PREFECT_"))}
    environment = {
        **kept, "LKJIP_ENV_FILE": "", "LKJIP_LOOPBACK_ONLY": "1", "OPENBLAS_NUM_THREADS": "1",
        "PYTHONPATH": str(PROJECT),
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.kills.given.zygote"], env=environment, cwd=PROJECT,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE,
    )  # fmt: skip
    try:
        yield Victims(root, output, process)
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()
