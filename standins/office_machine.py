"""The office's small server, played on this machine: the services and commands of the technician's guide.

What is started is not written here: the order stands in the guide, the command lines in its units. Only
the place (port, folder of the program) and the pace of the schedules are others.
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
from core.settings import PROJECT
from core.settings_file import FILE_VARIABLE

GUIDE = PROJECT / "docs" / "panduan-teknisi.md"
UNITS = PROJECT / "deployments" / "systemd"
DEPLOYMENTS = PROJECT / "deployments" / "prefect.yaml"
BIN = Path(sys.executable).parent
INSTALLED = "/opt/lkjip/.venv/bin"
PORT = "4200"

_START = re.compile(r"(?:sudo )?systemctl enable --now (?P<units>[\w. -]+)")
_DEPLOY = re.compile(r"(?:sudo )?lkjip deploy")


def start_commands() -> list[str]:
    """The lines of the guide that start the services and apply the schedule, in their order."""
    text = GUIDE.read_text(encoding="utf-8")
    lines = [
        line.strip() for block in re.findall(r"```sh\n(.*?)```", text, re.S) for line in block.split("\n")
    ]
    return [line for line in lines if _START.fullmatch(line) or _DEPLOY.fullmatch(line)]


def read_unit(name: str) -> tuple[list[str], dict[str, str]]:
    """Command line and variables of a service unit of the guide."""
    command: list[str] = []
    variables: dict[str, str] = {}
    for line in (UNITS / f"{name}.service").read_text(encoding="utf-8").splitlines():
        key, _, value = line.partition("=")
        if key == "ExecStart":
            command = shlex.split(value)
        elif key == "Environment":
            variables |= dict(pair.split("=", 1) for pair in shlex.split(value))
    return command, variables


class OfficeMachine:
    """Server, schedule and worker; ended at the end of a ``with`` block.

    Args:
        folder: For the logs, Prefect's own database and the file of deployments.
        settings: What ``/etc/lkjip.env`` would say; without any, those of the environment hold.
        seconds: How often each deployment runs; one that is not named keeps its schedule.
        database: Where Prefect's server keeps its own rows; SQLite in ``folder`` when left out.
    """

    def __init__(
        self, folder: Path, settings: Mapping[str, str], seconds: Mapping[str, int], *, database: str = ""
    ) -> None:
        self.folder = folder.absolute()
        self._database = database or f"sqlite+aiosqlite:///{self.folder}/prefect.db"
        self._settings, self._seconds = dict(settings), seconds
        folder.mkdir(parents=True, exist_ok=True)
        self.set()
        self.port = free_port()
        self.server = PrefectServer(f"http://127.0.0.1:{self.port}/api")
        self.services: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for name in reversed(list(self.services)):
            self.stop(name)

    def set(self, **changes: str) -> None:
        """Change settings in their file, as a technician does; they hold from the next run on."""
        self._settings |= changes
        lines = [f"{name}={value}\n" for name, value in self._settings.items()]
        self._file.write_text("".join(lines), encoding="utf-8")

    def follow_guide(self) -> None:
        """Do what the guide's lines say, in their order."""
        for line in start_commands():
            self.follow(line)

    def follow(self, line: str) -> None:
        """Do what a line of :func:`start_commands` says."""
        started = _START.fullmatch(line)
        if started is None:
            self.run("lkjip", "deploy", "--file", str(self._short_schedules()))
            return
        for unit in started["units"].split():
            if not unit.endswith(".timer"):  # what a timer starts is started by `watch`
                self.start(unit.removesuffix(".service"))

    def start(self, name: str) -> None:
        """Start a service as its unit says; what it prints goes to ``<name>.log``."""
        words, variables = read_unit(name)
        with self.log(name).open("ab") as log:
            self.services[name] = subprocess.Popen(
                [self._here(word) for word in words],
                cwd=PROJECT,
                env=self._variables(variables),
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def stop(self, name: str, *, patience: float = 30.0) -> float:
        """End a service as systemd does: SIGTERM, and SIGKILL after a while; seconds it took.

        Args:
            name: Of a service that runs.
            patience: So many seconds it gets.
        """
        service = self.services.pop(name)
        began = time.monotonic()
        service.terminate()
        try:
            service.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(service.pid, signal.SIGKILL)
            service.wait()
        return time.monotonic() - began

    def kill_a_run(self, name: str, *, patience: float) -> None:
        """Kill the process of a run of a deployment, as a machine does that has no memory left.

        One that is only being started is left alone: Prefect knows no hooks of it yet.

        Raises:
            TimeoutError: No run was under way in time.
        """
        deployment, end = self.deployment(name), time.monotonic() + patience
        while time.monotonic() < end:
            under_way = [run.id for run in self.server.unended([deployment]) if run.kind == "RUNNING"]
            for place in Path("/proc").glob("[0-9]*/environ") if under_way else ():
                with suppress(OSError):
                    variables = place.read_bytes().split(b"\0")
                    if any(f"PREFECT__FLOW_RUN_ID={run}".encode() in variables for run in under_way):
                        os.kill(int(place.parent.name), signal.SIGKILL)
                        return
            time.sleep(0.1)
        raise TimeoutError(f"no run of {name} was under way")

    def watch(self, *words: str) -> str:
        """What the timer of the guide would start now; what it printed."""
        command, _ = read_unit("lkjip-watch")
        return self.run(*(Path(word).name for word in command[:1]), *command[1:], *words)

    def run(self, command: str, *words: str) -> str:
        """Run a command of the program to its end; what it printed.

        Raises:
            RuntimeError: It failed; with what it said.
        """
        done = subprocess.run(
            [BIN / command, *words],
            cwd=PROJECT,
            env=self._variables({}),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{command} {' '.join(words)}: {done.stdout}{done.stderr}")
        return done.stdout

    def log(self, name: str) -> Path:
        """The file with what a service printed."""
        return self.folder / f"{name}.log"

    def complaints(self) -> list[str]:
        """What the logs of the services hold that nobody wants to read there."""
        marks = re.compile(r"\b(ERROR|CRITICAL|Traceback)\b")
        return [
            f"{path.name}: {line}"
            for path in sorted(self.folder.glob("*.log"))
            for line in path.read_text(encoding="utf-8", errors="replace").splitlines()
            if marks.search(line)
        ]

    def deployment(self, name: str) -> Deployment:
        """A deployment by its name."""
        return next(d for d in self.server.deployments() if d.name == name)

    def wait_for_server(self, *, patience: float) -> None:
        """Wait until the server answers.

        Raises:
            ScheduleError: It did not in time.
        """
        end = time.monotonic() + patience
        while time.monotonic() < end:
            with suppress(ScheduleError):
                return self.server.check()
            time.sleep(0.5)
        return self.server.check()

    def wait_for_run(self, name: str, said: str, *, patience: float) -> Run:
        """Wait until a run of the deployment ``name`` has ended whose message holds ``said``.

        Raises:
            TimeoutError: None did in time; with how the last one ended.
        """
        deployment, end = self.deployment(name), time.monotonic() + patience
        while time.monotonic() < end:
            run = self.server.last_ended(deployment)
            if run is not None and said in run.message:
                return run
            time.sleep(0.2)
        raise TimeoutError(f"{name}: {self.server.last_ended(deployment)}")

    def _variables(self, of_unit: Mapping[str, str]) -> dict[str, str]:
        own = {
            "PREFECT_HOME": str(self.folder / "prefect"),
            "PREFECT_API_URL": self.server.api_url,
            "PREFECT_SERVER_UI_API_URL": self.server.api_url,
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": self._database,
            "PREFECT_UI_STATIC_DIRECTORY": str(self.folder / "prefect" / "ui"),
            # A look for planned runs every ten seconds would be most of what there is to wait for.
            "PREFECT_WORKER_QUERY_SECONDS": "2",
        }
        of_unit = {name: self._here(value) for name, value in of_unit.items()}
        kept = {n: v for n, v in os.environ.items() if not n.startswith("PREFECT_")}
        return {**kept, **of_unit, **own, **({FILE_VARIABLE: str(self._file)} if self._settings else {})}

    @property
    def _file(self) -> Path:
        return self.folder / "lkjip.env"

    def _here(self, word: str) -> str:
        return word.replace(INSTALLED, str(BIN)).replace(PORT, str(self.port))

    def _short_schedules(self) -> Path:
        content: dict[str, Any] = yaml.safe_load(DEPLOYMENTS.read_text(encoding="utf-8"))
        for entry in content["deployments"]:
            if entry["name"] in self._seconds:
                seconds = self._seconds[entry["name"]]
                entry["schedules"] = [{"interval": seconds, "timezone": "Asia/Jakarta", "slug": "singkat"}]
        file = self.folder / "prefect.yaml"
        file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        return file


def free_port() -> int:
    """A port on loopback that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
