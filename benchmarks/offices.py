"""Many offices refreshed by one and by two workers on PostgreSQL: time an office, and memory over time.

    python -m benchmarks.offices [OFFICES…]        10 100 500 where nothing is said

All is started as the guide says; a second worker is one more ``lkjip worker``. Each number of offices gets a
round that makes the first issue of every office (rendered whole, its mail queued), and one without news.
Processor seconds count where the machine does other things too; they hold the starts of the runs, some
five seconds each. The offices are copies of an example; PostgreSQL is that of ``LKJIP_TEST_POSTGRES``.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.serve import mebibytes_of
from connectors.prefect_server import Run
from jobs.health.worker import POOL
from jobs.report.runs.rounds import ROUND_DEPLOYMENT
from office.loading import EXAMPLES
from standins.mail import listening
from standins.office_machine import BIN, OfficeMachine
from tests.given.postgres import new_postgres

OFFICE, YEAR = "sumenep-dkupp", 2023
SIZES = (10, 100, 500)
PATIENCE = 7200.0


class Accepting:
    """A mail server's handler that takes every mail and keeps none."""

    taken = 0

    async def handle_DATA(self, *_: object) -> str:
        """Take it."""
        self.taken += 1
        return "250 OK"


@dataclass
class Memory:
    """What the workers and their runs hold, looked at again and again.

    Attributes:
        workers: MiB of each worker's process, in the order of the looks.
        runs: The same of each run's process.
        spent: Processor seconds of each run's process, what it started (pandoc) included.
    """

    mark: bytes
    workers: dict[int, list[float]] = field(default_factory=dict)
    runs: dict[int, list[float]] = field(default_factory=dict)
    spent: dict[int, float] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        """Look every second until it is over."""
        while not self.over.wait(1.0):
            for place in Path("/proc").glob("[0-9]*"):
                try:
                    variables = (place / "environ").read_bytes()
                    if self.mark not in variables.split(b"\0"):
                        continue
                    kind = self._kind(variables, (place / "cmdline").read_text().replace("\0", " "))
                    if kind is not None:
                        kind.setdefault(int(place.name), []).append(mebibytes_of(int(place.name)))
                    if kind is self.runs:
                        self.spent[int(place.name)] = with_children(int(place.name))
                except (OSError, StopIteration):
                    continue

    def _kind(self, variables: bytes, command: str) -> dict[int, list[float]] | None:
        if b"PREFECT__FLOW_RUN_ID=" in variables:
            return self.runs if "prefect.engine" in command else None
        return self.workers if "worker start" in command else None


def with_children(process: int) -> float:
    """Processor seconds of a process and of those that it started and that ended."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def watched(machine: OfficeMachine) -> Iterator[Memory]:
    """The memory while the block goes on."""
    memory = Memory(f"LKJIP_ENV_FILE={machine.folder}/lkjip.env".encode())
    thread = threading.Thread(target=memory.watch)
    thread.start()
    try:
        yield memory
    finally:
        memory.over.set()
        thread.join()


@contextmanager
def more_workers(machine: OfficeMachine, number: int) -> Iterator[None]:
    """So many workers beside the one of the service, known to the server."""
    variables = machine.variables()
    started = [
        subprocess.Popen([BIN / "lkjip", "worker"], env=variables, stdout=log, stderr=log)
        for log in [(machine.folder / "pekerja-lain.log").open("ab")]
        for _ in range(number)
    ]
    try:
        while machine.server.workers(POOL) < 1 + number:
            time.sleep(0.5)
        yield
    finally:
        for worker in started:
            worker.terminate()
            worker.wait()


def add_offices(home: Path, first: int, number: int) -> list[str]:
    """Copies of the example; their ids."""
    names = [f"dinas-{n:04}" for n in range(first, first + number)]
    for name in names:
        folder = home / "kantor" / name
        shutil.copytree(EXAMPLES / OFFICE, folder)
        text = (folder / "office.yaml").read_text(encoding="utf-8")
        (folder / "office.yaml").write_text(text.replace(f"id: {OFFICE}", f"id: {name}"), encoding="utf-8")
    return names


def refresh(machine: OfficeMachine, offices: list[str], **more: Any) -> tuple[float, Run]:
    """Have a round carried out; its seconds and its run."""
    began = time.monotonic()
    parameters = {"offices": offices, "year": YEAR, **more}
    run = machine.server.start_run(machine.deployment(ROUND_DEPLOYMENT), parameters)
    while run.ended_at is None:
        if time.monotonic() - began > PATIENCE:
            raise TimeoutError(run)
        time.sleep(1.0)
        run = machine.server.run(run.id)
    if run.kind != "COMPLETED":
        raise RuntimeError(f"{run.state}: {run.message}")
    return time.monotonic() - began, run


def measure(sizes: tuple[int, ...], workers: int) -> None:
    """Print the table of one number of workers."""
    accepting = Accepting()
    with (
        tempfile.TemporaryDirectory() as place,
        new_postgres() as own,
        new_postgres() as prefect,
        listening(accepting) as port,
    ):
        home = Path(place) / "kerja"
        settings = {
            "LKJIP_HOME": str(home),
            "LKJIP_DATABASE_URL": own,
            "LKJIP_AGENCY": "dinas-0000",
            "LKJIP_BPS_URL": "",
            "LKJIP_SMTP_URL": f"smtp://127.0.0.1:{port}",
            "LKJIP_MAIL_TO": "kepala@dinas.example",
            "LKJIP_TECHNICIAN": "teknisi@dinas.example",
            "LKJIP_TODAY": "2024-01-31",
        }
        made = add_offices(home, 0, 1)
        database = prefect.replace("+psycopg", "")
        folder = Path(place) / "layanan"
        with OfficeMachine(folder, settings, {}, database=database, idle=True) as machine:
            machine.follow_guide()
            with more_workers(machine, workers - 1), watched(machine) as memory:
                for size in sizes:
                    names = add_offices(home, len(made), size)
                    made += names
                    batch = max(1, min(50, size // (2 * workers)))
                    for kind in ("first issues", "no news"):
                        before = sum(memory.spent.values())
                        took, run = refresh(machine, names, batch=batch)
                        spent = sum(memory.spent.values()) - before
                        print(
                            f"{workers} worker(s), {size:4} offices, {kind:12}: {took:7.1f} s, "
                            f"{took / size:6.2f} s an office, {spent / size:6.2f} s of processor an office; "
                            f"{run.message}",
                            flush=True,
                        )
        print_memory(memory)
        print(f"{accepting.taken} mails taken")


def print_memory(memory: Memory) -> None:
    """The workers after half a minute and at the end of each eighth, and the longest runs in their thirds."""
    for looks in memory.workers.values():
        early = looks[min(30, len(looks) - 1)]
        later = ", ".join(f"{looks[len(looks) * part // 8 - 1]:.0f}" for part in range(1, 9))
        print(f"worker: {early:.0f} MiB after half a minute, in eighths of {len(looks)} looks {later} MiB")
    for looks in sorted(memory.runs.values(), key=len)[-4:]:
        third = max(1, len(looks) // 3)
        parts = (looks[:third], looks[third:-third] or looks, looks[-third:])
        most = ", ".join(f"{max(part):.0f}" for part in parts)
        print(f"run of {len(looks)} looks: at most {most} MiB in its thirds")


def main() -> None:
    """Measure and print."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    for workers in (1, 2):
        measure(sizes, workers)


if __name__ == "__main__":
    main()
