"""The office's small server, played on this machine: the service and commands of the technician's guide.

What is started is not written here: the line stands in the guide, the command in its unit. Only the place
(port, working folder) and the pace of the schedules are others.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import yaml

from connectors.prefect_server import Deployment, PrefectServer, Run
from core.errors import ScheduleError
from core.settings import OTHER_NAMES, PROJECT
from core.settings_file import FILE_VARIABLE
from jobs.health.runs import processes_of_runs

GUIDE = PROJECT / "docs" / "panduan-teknisi.md"
UNITS = PROJECT / "deployments"
DEPLOYMENTS = PROJECT / "deployments" / "prefect.yaml"
BIN = Path(sys.executable).parent
INSTALLED = "/opt/lkjip/.venv/bin"

_START = re.compile(r"(?:sudo )?systemctl enable --now (?P<unit>[\w-]+)")
_READY, _PATIENCE = "Semuanya berjalan.", 240.0


def start_command() -> str:
    """The line of the guide that starts everything."""
    text = GUIDE.read_text(encoding="utf-8")
    blocks = re.findall(r"```sh\n(.*?)```", text, re.S)
    lines: list[str] = [line.strip() for block in blocks for line in block.split("\n")]
    return next(line for line in lines if _START.fullmatch(line))


def read_unit(name: str) -> list[str]:
    """Command line of a service unit of the guide."""
    text = (UNITS / f"{name}.service").read_text(encoding="utf-8")
    found = re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)
    return shlex.split(found[1]) if found else []


class OfficeMachine:
    """What the unit of the guide runs; ended at the end of a ``with`` block.

    Args:
        folder: For the settings, the file of deployments and what the service prints.
        settings: What ``/etc/lkjip.env`` says; ``LKJIP_HOME`` must be among it before the start.
        seconds: How often each deployment runs; one that is not named keeps its schedule.
        database: Where Prefect's server keeps its own rows; SQLite when left out.
        idle: No deployment has a schedule until :meth:`deploy` is called.
        looking: Seconds between the worker's looks for planned runs; Prefect's own ten would be most of
            what a story waits for.
    """

    def __init__(
        self,
        folder: Path,
        settings: Mapping[str, str],
        seconds: Mapping[str, int],
        *,
        database: str = "",
        idle: bool = False,
        looking: int = 2,
    ) -> None:
        self.folder = folder.absolute()
        self._seconds, self._looking = seconds, looking
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.server = PrefectServer(f"http://127.0.0.1:{self.port}/api")
        self.page_port = free_port()
        self._service: subprocess.Popen[bytes] | None = None
        self._settings = {
            **settings,
            "PREFECT_API_URL": self.server.api_url,
            "LKJIP_PAGE_PORT": str(self.page_port),
            "LKJIP_PREFECT_DATABASE_URL": database,
            "LKJIP_DEPLOYMENTS": str(self.folder / "prefect.yaml"),
        }
        self._write_schedules(idle=idle)
        self.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def set(self, **changes: str) -> None:
        """Change settings in their file, as a technician does; they hold from the next run on."""
        self._settings |= changes
        lines = [f"{name}={value}\n" for name, value in self._settings.items()]
        self._file.write_text("".join(lines), encoding="utf-8")

    @property
    def home(self) -> Path:
        """The working folder of the office."""
        return Path(self._settings["LKJIP_HOME"])

    def follow_guide(self) -> None:
        """Do what the guide's line says, and wait until all runs."""
        self.start()
        self.wait_until_ready()

    def start(self) -> None:
        """Start the service of the guide as its unit says; what it prints goes to a file of its own."""
        started = _START.fullmatch(start_command())
        words = read_unit(started["unit"]) if started else []
        with self._printed.open("ab") as log:
            self._service = subprocess.Popen(
                [word.replace(INSTALLED, str(BIN)) for word in words],
                cwd=PROJECT,
                env=self.variables(),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self) -> None:
        """Wait until the service has said that everything runs.

        Raises:
            TimeoutError: It did not in time, or ended; with what it printed.
        """
        end = time.monotonic() + _PATIENCE
        while _READY not in (said := self._printed.read_text(encoding="utf-8")):
            if self._service is None or self._service.poll() is not None or time.monotonic() > end:
                raise TimeoutError(said)
            time.sleep(0.2)

    def stop(self, *, patience: float = 90.0) -> float:
        """End the service as systemd does: SIGTERM, and SIGKILL after a while; seconds it took.

        Args:
            patience: So many seconds it gets.
        """
        service, self._service = self._service, None
        began = time.monotonic()
        if service is None:
            return 0.0
        service.terminate()
        try:
            service.wait(patience)
        except subprocess.TimeoutExpired:
            service.kill()
            service.wait()
        return time.monotonic() - began

    def deploy(self) -> None:
        """Apply the schedules at their pace, with the program's own command."""
        self._write_schedules(idle=False)
        self.run("lkjip", "deploy")

    def kill_a_run(self, name: str, *, patience: float) -> None:
        """Kill the process of a run of a deployment, as a machine does that has no memory left.

        One that is only being started is left alone: Prefect knows no hooks of it yet. So is one whose
        worker is gone, for nobody would see how it ended.

        Raises:
            TimeoutError: No run was under way in time.
        """
        deployment, end = self.deployment(name), time.monotonic() + patience
        while time.monotonic() < end:
            under_way = [run.id for run in self.server.unended([deployment]) if run.kind == "RUNNING"]
            followed = [
                process
                for worker in (self.workers() if under_way else ())
                for process in processes_of_runs(self.server.api_url, started_by=worker)
            ]
            for process in followed:
                with suppress(OSError):
                    variables = Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
                    if any(f"PREFECT__FLOW_RUN_ID={run}".encode() in variables for run in under_way):
                        os.kill(process, signal.SIGKILL)
                        return
            time.sleep(0.1)
        raise TimeoutError(f"no run of {name} was under way")

    @property
    def printed(self) -> str:
        """What the service has said so far."""
        return self._printed.read_text(encoding="utf-8")

    def processes(self) -> dict[int, str]:
        """What runs with the settings of this machine: process and command line."""
        mark, found = f"{FILE_VARIABLE}={self._file}".encode(), {}
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                if mark in (place / "environ").read_bytes().split(b"\0"):
                    found[int(place.name)] = (place / "cmdline").read_text().replace("\0", " ")
        return found

    def workers(self) -> frozenset[int]:
        """The processes of Prefect's worker."""
        found = self.processes()
        return frozenset(number for number, command in found.items() if "worker start" in command)

    def watch(self, *words: str) -> str:
        """What the service would start now to look at everything; what it printed."""
        return self.run("lkjip", "watch", *words)

    def run(self, command: str, *words: str) -> str:
        """Run a command of the program to its end; what it printed.

        Raises:
            RuntimeError: It failed; with what it said.
        """
        done = subprocess.run(
            [BIN / command, *words],
            cwd=PROJECT,
            env=self.variables(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{command} {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def log(self, name: str) -> Path:
        """The file with what a part of the service printed."""
        return self.home / "log" / f"{name}.log"

    def complaints(self) -> list[str]:
        """What the logs hold that nobody wants to read there."""
        marks = re.compile(r"\b(ERROR|CRITICAL|Traceback)\b")
        return [
            f"{path.name}: {line}"
            for path in sorted((self.home / "log").glob("*.log"))
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
            if marks.search(line)
        ]

    def deployment(self, name: str) -> Deployment:
        """A deployment by its name."""
        return next(d for d in self.server.deployments() if d.name == name)

    def wait_for_run(self, name: str, said: str, *, patience: float) -> Run:
        """Wait until a run of the deployment ``name`` has ended whose message holds ``said``.

        Raises:
            TimeoutError: None did in time; with how the last one ended.
        """
        deployment, end, run = self.deployment(name), time.monotonic() + patience, None
        while time.monotonic() < end:
            with suppress(ScheduleError):  # a server on a machine that is busy answers the next time
                run = self.server.last_ended(deployment)
            if run is not None and said in run.message:
                return run
            time.sleep(0.2)
        raise TimeoutError(f"{name}: {run}")

    def variables(self) -> dict[str, str]:
        """The environment of everything here, in which no setting stands: they would win over the file."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name in OTHER_NAMES or not name.startswith(("LKJIP_", "PREFECT_"))
        }
        return {**kept, "PREFECT_WORKER_QUERY_SECONDS": str(self._looking), FILE_VARIABLE: str(self._file)}

    @property
    def _file(self) -> Path:
        return self.folder / "lkjip.env"

    @property
    def _printed(self) -> Path:
        return self.folder / "lkjip.log"

    def _write_schedules(self, *, idle: bool) -> None:
        text = schedules_at({} if idle else self._seconds, others=not idle)
        (self.folder / "prefect.yaml").write_text(text, encoding="utf-8")


def schedules_at(seconds: Mapping[str, int], *, others: bool = True) -> str:
    """The deployments with schedules at a pace of their own, as their file says it.

    Args:
        seconds: Between the runs of a deployment, by its name.
        others: Whether those that are not named keep their schedule; else they have none.
    """
    content: dict[str, Any] = yaml.safe_load(DEPLOYMENTS.read_text(encoding="utf-8"))
    for entry in content["deployments"]:
        if entry["name"] in seconds:
            pace = seconds[entry["name"]]
            entry["schedules"] = [{"interval": pace, "timezone": "Asia/Jakarta", "slug": "singkat"}]
        elif not others:
            entry["schedules"] = []
    return yaml.safe_dump(content, allow_unicode=True)


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
