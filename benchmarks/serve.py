"""What an idle ``lkjip serve`` takes: memory and processor of each part, and whether memory grows; and the
processor seconds of each kind of run that finds nothing to do.

    python -m benchmarks.serve [MINUTES]           20 where nothing is said

Everything is started as the guide says, on SQLite; no schedule is active, for what is measured is
the time between runs. Memory is proportional (PSS): what parts share counts once. What a program loads or
keeps once in its first minutes is no growth; so the growth of each half of the time stands by itself.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

import yaml

from core.settings import PROJECT
from jobs.health.deploy import DEPLOYMENTS, QUIET
from standins.bps import BpsStandin
from standins.office_machine import OfficeMachine

JANUARY = date(2024, 1, 31)
MINUTES = 20
LIMIT_MIB, LIMIT_PERCENT = 700, 3.0
_SETTLE_SECONDS = 30


def parts(machine: OfficeMachine) -> dict[str, int]:
    """The processes of the service by the part that they are."""
    marks = {
        "lkjip serve": "pengawas",
        "prefect server": "server",
        "prefect worker": "pekerja",
        "lkjip page": "halaman",
    }
    own = f"LKJIP_ENV_FILE={machine.folder}/lkjip.env".encode()
    found = {}
    for place in Path("/proc").glob("[0-9]*"):
        try:
            command = (place / "cmdline").read_text().replace("\0", " ")
            if own in (place / "environ").read_bytes().split(b"\0"):
                found.update({name: int(place.name) for mark, name in marks.items() if mark in command})
        except OSError:
            continue
    return found


def seconds_of(process: int) -> float:
    """Processor time that a process has used so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def mebibytes_of(process: int) -> float:
    """Its share of the memory."""
    lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def seconds_of_runs(machine: OfficeMachine) -> dict[str, float]:
    """Processor seconds of the process of a run, by flow, where nothing is new; without the server's."""
    measured = {}
    for entry in yaml.safe_load(DEPLOYMENTS.read_text(encoding="utf-8"))["deployments"]:
        module, _, function = entry["entrypoint"].removesuffix(".py").partition(".py:")
        if not entry.get("schedules"):
            continue
        program = f"from {module.replace('/', '.')} import {function} as run; run(return_state=True)"
        before = os.times()
        subprocess.run(
            [sys.executable, "-c", program],
            env={**machine.variables(), "PREFECT_API_URL": machine.server.api_url, **QUIET},
            cwd=PROJECT,
            capture_output=True,
            check=True,
        )
        after = os.times()
        measured[function] = sum(after[2:4]) - sum(before[2:4])
    return measured


def looked_at(running: dict[str, int]) -> dict[str, tuple[float, float]]:
    """Processor seconds so far and MiB of each part."""
    return {name: (seconds_of(process), mebibytes_of(process)) for name, process in running.items()}


def main() -> None:
    """Measure and print."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else MINUTES
    with tempfile.TemporaryDirectory() as place, BpsStandin(today=JANUARY) as bps:
        settings = {
            "LKJIP_HOME": f"{place}/kerja",
            "LKJIP_BPS_URL": bps.url,
            "LKJIP_BPS_KEY": bps.key,
            "LKJIP_BPS_REQUESTS_PER_SECOND": "1000",
            "LKJIP_SISKAPERBAPO_URL": "",
            "LKJIP_SP2KP_URL": "",
            "LKJIP_SMTP_URL": "",
            "LKJIP_TODAY": str(JANUARY),
        }
        with OfficeMachine(Path(place) / "layanan", settings, {}, idle=True, looking=10) as machine:
            machine.run("lkjip", "refresh")
            machine.run("lkjip", "poll")
            machine.follow_guide()
            time.sleep(_SETTLE_SECONDS)
            running = parts(machine)
            looks = [looked_at(running)]
            for _ in range(2):
                time.sleep(minutes * 30)
                looks.append(looked_at(running))
            runs = seconds_of_runs(machine)
    before, halfway, after = looks
    used = {name: 100 * (after[name][0] - before[name][0]) / (minutes * 60) for name in running}
    for name in running:
        first, second = halfway[name][1] - before[name][1], after[name][1] - halfway[name][1]
        print(
            f"{name}: {after[name][1]:.1f} MiB ({first:+.1f} MiB dalam {minutes / 2:g} menit, lalu "
            f"{second:+.1f} MiB), {used[name]:.2f} % satu inti"
        )
    memory = sum(mebibytes for _, mebibytes in after.values())
    print(
        f"semua: {memory:.0f} MiB (batas {LIMIT_MIB}), {sum(used.values()):.2f} % (batas {LIMIT_PERCENT:g} %)"
    )
    for flow, seconds in runs.items():
        print(f"satu jalan {flow} tanpa kabar: {seconds:.1f} detik prosesor")


if __name__ == "__main__":
    main()
