"""How long a list of 5.000 items takes to read whole, against the public client stadata.

    python -m benchmarks.list_reading

The stand-in answers ten items a page without latency from a process of its own; every reader is a process
of its own too, best of three. The politeness of one request a second is lifted for the measure, nothing
else is: keys are looked for in every answer, sizes and times are bounded, rows are counted. Items are
counted against those that the stand-in holds. stadata keeps no connection open and joins rows one by one;
of static tables it loses the last page, of dynamic tables it reads the first page twice.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from core.settings import PROJECT
from standins.bps import catalogue
from standins.bps.timeline import Size, Timeline
from standins.own_process import OwnProcess, own_process

DOMAIN, ITEMS = "3529", 5000
BPS = ("standins.bps", "--today", "2024-04-04")
ROUNDS = 3
LIMIT_RATIO = 5
IDS = {"statictable": "table_id", "var": "var_id"}
STADATA = Path(os.environ.get("LKJIP_STADATA_PYTHON", ".venv-stadata/bin/python"))
OURS = """
import json, sys, time
from connectors.bps import BpsClient
from connectors.web.session import PoliteSession, user_agent

url, key, model, field, concurrency = sys.argv[1:]
session = PoliteSession(
    user_agent("0.1", "benchmark", "a@b.example"),
    secret=key, requests_per_second=1e9, concurrency=int(concurrency),
)
client = BpsClient(url, key, session)
start = time.perf_counter()
rows = client.list_all(model, domain="3529")
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "ids": [row[field] for row in rows]}))
"""


@dataclass(frozen=True)
class Reading:
    """The best time of a reader and what it got."""

    seconds: float
    ids: list[int]


def held_by_standin(model: str) -> set[int]:
    """The ids of all items that there are."""
    if model == "statictable":
        return {int(row["table_id"]) for row in catalogue.static_tables(DOMAIN, "", ITEMS)}
    timeline = Timeline(date(2024, 4, 4), size=Size(filler=ITEMS))
    return {variable.var_id for variable in catalogue.variables(DOMAIN, timeline)}


def commands(served: OwnProcess, model: str) -> dict[str, list[str]]:
    """How each reader is run; stadata only where it is installed."""
    arguments = [served.told["url"], served.told["key"], model, IDS[model]]
    found = {
        "lkjip, satu per satu": [sys.executable, "-c", OURS, *arguments, "1"],
        "lkjip, 4 sekaligus": [sys.executable, "-c", OURS, *arguments, "4"],
    }
    python = STADATA if STADATA.is_absolute() else PROJECT / STADATA
    if python.exists():
        script = Path(__file__).with_name("parts") / "read_list_with_stadata.py"
        found["stadata"] = [
            str(python),
            str(script),
            served.told["url"].removesuffix("api"),
            served.told["key"],
            model,
        ]
    return found


def run(command: list[str]) -> Reading:
    """Read once, in a process of its own."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, cwd=PROJECT)
    return Reading(**json.loads(done.stdout))


def measure(served: OwnProcess, model: str) -> float | None:
    """Print the lines of a list; how many times as fast as stadata we are with one request at a time.

    The readers take turns, so that a busy moment of the machine meets them alike; each one's best counts.
    """
    held, readers = held_by_standin(model), commands(served, model)
    rounds = [{name: run(command) for name, command in readers.items()} for _ in range(ROUNDS)]
    best = {name: min((r[name] for r in rounds), key=lambda reading: reading.seconds) for name in readers}
    peer = best.get("stadata")
    for name, reading in best.items():
        lost, twice = len(held - set(reading.ids)), len(reading.ids) - len(set(reading.ids))
        ratio = f"{peer.seconds / reading.seconds:.1f}x" if peer else "-"
        print(
            f"{model:<12}{name:<24}{reading.seconds:>8.2f}{len(reading.ids):>8}{lost:>8}{twice:>8}{ratio:>16}"
        )
    return peer.seconds / best["lkjip, satu per satu"].seconds if peer else None


def main() -> None:
    """Print the table."""
    print(
        f"{'daftar':<12}{'pembaca':<24}{'detik':>8}{'baris':>8}{'hilang':>8}{'dobel':>8}{'kali stadata':>16}"
    )
    with own_process(*BPS, "--filler", str(ITEMS)) as served:
        ratios = {model: measure(served, model) for model in IDS}
    ratio = ratios["statictable"]
    if ratio is None:
        print("stadata tidak terpasang (make test memasangnya), jadi tidak ada pembanding.")
        return
    kept = ratio >= LIMIT_RATIO
    print(f"Batas {LIMIT_RATIO} kali stadata (statictable): {'terpenuhi' if kept else 'TERLAMPAUI'}")


if __name__ == "__main__":
    main()
