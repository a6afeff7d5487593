"""Applying the deployments: done only when the server has planned the first runs.

A server can take deployments, call them ready and still plan no run; so the plan is what counts.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from connectors.prefect_limits import set_rates
from connectors.prefect_server import Deployment, PrefectServer
from core import dates
from core.dates import format_time
from core.errors import ScheduleError, explain_os_error
from core.settings import PROJECT

PREFECT = Path(sys.executable).with_name("prefect")
DEPLOYMENTS = PROJECT / "deployments" / "prefect.yaml"
QUIET = {"DO_NOT_TRACK": "1", "PREFECT_SERVER_ANALYTICS_ENABLED": "false"}
"""Prefect tells nobody outside about itself."""
_BETWEEN_LOOKS = 0.5


@dataclass(frozen=True)
class Planned:
    """A deployment and when it runs next.

    Attributes:
        next_run: None when no run is planned.
        scheduled: Whether one should be; without an active schedule it is started by people.
    """

    flow: str
    name: str
    next_run: datetime | None
    scheduled: bool = True

    def as_text(self) -> str:
        """For people."""
        unplanned = "belum direncanakan" if self.scheduled else "tanpa jadwal"
        when = f"berikutnya {format_time(self.next_run)}" if self.next_run else unplanned
        return f"{self.flow} ({self.name}): {when}"

    def as_dict(self) -> dict[str, str]:
        """For ``--json``."""
        return {
            "flow": self.flow,
            "deployment": self.name,
            "next_run": self.next_run.isoformat() if self.next_run else "",
        }


def deploy(
    server: PrefectServer,
    file: Path = DEPLOYMENTS,
    *,
    rates: Mapping[str, float] | None = None,
    patience: float = 60.0,
    say: Callable[[str], None] = lambda _: None,
) -> list[Planned]:
    """Make the work pools and apply the deployments of ``file``, and wait until their runs are planned.

    It may be done again at any time: what is there already is brought to what the file says.

    Args:
        server: Where they are applied.
        file: As :file:`deployments/prefect.yaml`; flows are found from the program's folder.
        rates: Limits of requests a second that all workers keep together, by name.
        patience: So many seconds it waits for the server to answer, and again for the planned runs.
        say: Told what is being done.

    Raises:
        ScheduleError: The server does not answer, a deployment was refused, or no run was planned.
    """
    wanted, pools = _read(file)
    say(f"Menunggu server Prefect di {server.api_url} …")
    _until(lambda: _answers(server), patience)
    server.check()
    for pool in pools:
        if not server.has_pool(pool):
            say(f"Membuat kolam kerja {pool} …")
            _prefect(server, "work-pool", "create", pool, "--type", "process")
    set_rates(server.api_url, rates or {})
    say(f"Menerapkan {len(wanted)} deployment dari {file} …")
    _prefect(server, "deploy", "--all", "--prefect-file", str(file.resolve()))
    applied = [d for d in server.deployments() if d.name in wanted]
    say("Menunggu rencana jalan dari server …")
    _until(lambda: not _unplanned(server, applied), patience)
    return _planned(server, applied, wanted)


def _planned(server: PrefectServer, applied: list[Deployment], wanted: set[str]) -> list[Planned]:
    missing = sorted(wanted - {d.name for d in applied})
    if missing:
        raise ScheduleError(
            f"Server Prefect di {server.api_url} tidak memiliki deployment {', '.join(missing)} "
            "sesudah diterapkan.",
            todo="jalankan lagi lkjip deploy; bila berulang, lihat catatan server "
            "(log/prefect.log di LKJIP_HOME).",
        )
    idle = _unplanned(server, applied)
    if idle:
        names = ", ".join(f"{d.flow} ({d.name})" for d in idle)
        raise ScheduleError(
            f"Server Prefect di {server.api_url} menerima deployment, tetapi tidak merencanakan satu pun "
            f"jalannya: {names}.",
            todo="lihat catatan server (log/prefect.log di LKJIP_HOME) dan cari 'schedule_deployments'; "
            "sering sebabnya pasangan versi paket yang bukan dari requirements.lock: jalankan make setup.",
        )
    return plan(server, applied, dates.now())


def plan(server: PrefectServer, deployments: Sequence[Deployment], now: datetime) -> list[Planned]:
    """When each of ``deployments`` runs next.

    Raises:
        ScheduleError: The server does not answer as it should.
    """
    return [
        Planned(d.flow, d.name, server.next_run(d, now) if d.scheduled else None, d.scheduled)
        for d in deployments
    ]


def _unplanned(server: PrefectServer, deployments: list[Deployment]) -> list[Deployment]:
    now = dates.now()
    return [d for d in deployments if d.scheduled and server.next_run(d, now) is None]


def _answers(server: PrefectServer) -> bool:
    try:
        server.check()
    except ScheduleError:
        return False
    return True


def _until(reached: Callable[[], bool], patience: float) -> None:
    """Wait until ``reached``, at most so many seconds; the caller looks how it ended."""
    end = time.monotonic() + patience
    while not reached() and time.monotonic() < end:
        time.sleep(_BETWEEN_LOOKS)


def _read(file: Path) -> tuple[set[str], list[str]]:
    """The names of the deployments in ``file``, and their work pools."""
    try:
        content: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
        entries: list[Mapping[str, Any]] = content["deployments"]
        names = {str(entry["name"]) for entry in entries}
        pools = dict.fromkeys(str(entry["work_pool"]["name"]) for entry in entries)
    except OSError as cause:
        raise ScheduleError(
            f"Berkas deployment {file} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo=f"periksa alamatnya; bawaannya {DEPLOYMENTS}.",
        ) from cause
    except (yaml.YAMLError, UnicodeDecodeError, KeyError, TypeError) as cause:
        where = getattr(cause, "problem_mark", None)
        line = f" baris {where.line + 1}" if where else ""
        raise ScheduleError(
            f"Berkas deployment {file}{line} tidak ditulis sebagaimana mestinya.",
            todo="setiap deployment memerlukan name, entrypoint dan work_pool.name; "
            "contohnya di deployments/prefect.yaml.",
        ) from cause
    if not names:
        raise ScheduleError(
            f"Berkas deployment {file} tidak memuat satu pun deployment.",
            todo="tulis setidaknya satu; contohnya di deployments/prefect.yaml.",
        )
    return names, list(pools)


def _prefect(server: PrefectServer, *words: str) -> None:
    """Run the command ``prefect`` in the program's folder, which the stored deployments then name."""
    environment = {**os.environ, **QUIET, "PREFECT_API_URL": server.api_url, "PREFECT_CLI_COLORS": "false"}
    done = subprocess.run(
        [PREFECT, "--no-prompt", *words],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = [line.strip() for line in (done.stdout + done.stderr).splitlines() if line.strip()]
        raise ScheduleError(
            f"Prefect menolak `prefect {' '.join(words)}`: {said[-1] if said else 'tanpa penjelasan'}",
            todo="perbaiki berkas deployment itu, lalu jalankan lagi lkjip deploy.",
        )
