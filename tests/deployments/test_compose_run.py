"""The commands of the compose file as processes that share databases and the offices' data alone."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path

import pytest

from connectors.prefect_server import PrefectServer
from core.errors import ScheduleError
from core.settings import PROJECT
from jobs.health.worker import POOL
from office.loading import EXAMPLES
from standins.office_machine import free_port
from tests.deployments.given.compose import read_services, words_of
from tests.given.postgres import new_postgres

pytestmark = [
    pytest.mark.sweep,
    pytest.mark.prefect,
    pytest.mark.postgres,
    pytest.mark.xdist_group("compose"),
]

BIN = Path(sys.executable).parent
OFFICES = [f"dinas-{n}" for n in range(8)]


class Containers:
    """The services, each a process with a working folder of its own."""

    def __init__(self, folder: Path, own: str, prefect: str) -> None:
        self.folder, self.port, self.page = folder, free_port(), free_port()
        self.server = PrefectServer(f"http://127.0.0.1:{self.port}/api")
        self._services = read_services()
        self._running: list[subprocess.Popen[bytes]] = []
        self._settings = {
            "LKJIP_DATABASE_URL": own,
            "LKJIP_OFFICES": str(folder / "kantor"),
            "LKJIP_AGENCY": OFFICES[0],
            "LKJIP_BPS_URL": "",
            "LKJIP_SMTP_URL": "",
            "LKJIP_TODAY": "2024-01-31",
            "LKJIP_ENV_FILE": "",
            "LKJIP_PAGE_PORT": str(self.page),
            "PREFECT_SERVER_DATABASE_CONNECTION_URL": prefect.replace("+psycopg", "+asyncpg"),
            "PREFECT_WORKER_QUERY_SECONDS": "2",
        }

    def start(self, name: str, place: str = "") -> subprocess.Popen[bytes]:
        """A process of a service; its own words in a file."""
        home = self.folder / (place or name)
        home.mkdir()
        service = self._services[name]
        words = [BIN / words_of(service)[0], *map(self._here, words_of(service)[1:])]
        environment = {
            **self.environment(home),
            **{n: self._here(v) for n, v in service["environment"].items()},
        }
        if name == "prefect":
            environment["PREFECT_HOME"] = str(home)
            environment["PREFECT_UI_STATIC_DIRECTORY"] = str(home / "ui")
        with (home / "catatan.log").open("wb") as log:
            process = subprocess.Popen(
                words, cwd=PROJECT, env=environment, stdout=log, stderr=log, start_new_session=True
            )
        self._running.append(process)
        return process

    def environment(self, home: Path) -> dict[str, str]:
        kept = {n: v for n, v in os.environ.items() if not n.startswith("PREFECT_")}
        api = {"PREFECT_API_URL": self.server.api_url, "LKJIP_HOME": str(home), "HOME": str(home)}
        return {**kept, **self._settings, **api}

    def _here(self, text: str) -> str:
        text = re.sub(r"^0\.0\.0\.0$", "127.0.0.1", text).replace("//prefect:", "//127.0.0.1:")
        return re.sub(r"\b4200\b", str(self.port), text)

    def batches(self) -> dict[int, str]:
        """The processes that carry out a batch, by the id of their run."""
        found = {}
        deployment = next(d for d in self.server.deployments() if d.name == "kelompok-kantor")
        under_way = {run.id for run in self.server.unended([deployment]) if run.kind == "RUNNING"}
        for place in Path("/proc").glob("[0-9]*/environ"):
            with suppress(OSError):
                for run in under_way:
                    if f"PREFECT__FLOW_RUN_ID={run}".encode() in place.read_bytes().split(b"\0"):
                        found[int(place.parent.name)] = run
        return found

    def stop(self) -> None:
        for process in reversed(self._running):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self._running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(30)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture
def containers(tmp_path: Path) -> Iterator[Containers]:
    with ExitStack() as stack:
        own, prefect = (stack.enter_context(new_postgres()) for _ in range(2))
        made = Containers(tmp_path, own, prefect)
        for name in OFFICES:
            folder = shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "kantor" / name)
            text = (folder / "office.yaml").read_text(encoding="utf-8")
            (folder / "office.yaml").write_text(text.replace("id: sumenep-dkupp", f"id: {name}"))
        stack.callback(made.stop)
        yield made


def wait_until(reached: object, patience: float = 180.0) -> None:
    end = time.monotonic() + patience
    while True:
        with suppress(ScheduleError, OSError):
            if reached():  # type: ignore[operator]
                return
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.3)


def test_two_workers_share_a_round_and_the_death_of_one_in_the_middle_loses_nothing(containers: Containers):
    containers.start("prefect")
    wait_until(lambda: containers.server.check() is None)
    assert containers.start("jadwal").wait(180) == 0
    workers = [containers.start("pekerja", f"pekerja-{n}") for n in range(2)]
    containers.start("halaman")
    wait_until(lambda: containers.server.workers(POOL) == 2)

    deployment = next(d for d in containers.server.deployments() if d.name == "semua-kantor")
    run = containers.server.start_run(deployment, {"batch": 4, "year": 2023})
    key = "kelompok-kantor"

    def begun() -> bool:
        return any(containers.server.table(batch, key) for batch in containers.batches().values())

    wait_until(begun)
    killed = next(p for p, batch in containers.batches().items() if containers.server.table(batch, key))
    os.kill(killed, signal.SIGKILL)

    wait_until(lambda: containers.server.run(run.id).ended_at is not None, 300)
    ended = containers.server.run(run.id)
    assert (ended.kind, ended.message[:20]) == ("COMPLETED", "8 kantor disegarkan,"), ended
    batch = next(d for d in containers.server.deployments() if d.name == key)
    tried = containers.server._runs([batch], "COMPLETED", "CRASHED", order="END_TIME_DESC")
    assert sorted(one.kind for one in tried) == ["COMPLETED", "COMPLETED", "CRASHED"]
    assert [worker.poll() for worker in workers] == [None, None]

    listed = subprocess.run(
        [BIN / "lkjip", "offices", "list", "--json"], cwd=PROJECT, capture_output=True, text=True, check=True,
        env=containers.environment(containers.folder / "pekerja-0"),
    )  # fmt: skip
    assert [row["issue"]["number"] for row in json.loads(listed.stdout)] == [1] * len(OFFICES)

    again = subprocess.run(
        [BIN / "lkjip", "offices", "refresh", "--all", "--year", "2023"], cwd=PROJECT, capture_output=True,
        text=True, check=False, env=containers.environment(containers.folder / "pekerja-0"), timeout=240,
    )  # fmt: skip
    assert again.returncode == 0, again
    assert again.stdout.splitlines()[-1] == "8 kantor disegarkan, 0 terbitan baru."
