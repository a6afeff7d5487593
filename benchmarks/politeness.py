"""What a place among the requests of all workers costs, and how far several processes use up the rate.

    python -m benchmarks.politeness

The server is Prefect's own, on PostgreSQL. Processes ask as fast as they may; what is counted is how many
requests start in a second over all of them, and never more than the rate may.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from connectors.prefect_limits import SharedRate, set_rates
from connectors.prefect_server import PrefectServer
from core.errors import ScheduleError
from jobs.health.deploy import PREFECT, QUIET
from standins.office_machine import free_port
from tests.given.postgres import new_postgres

SECONDS, RATE = 20.0, 5.0
PROCESSES = (1, 2, 4, 8)
PROGRAM = """
import json, sys, time
from connectors.prefect_limits import SharedRate
from connectors.web.pacing import Pace, Paces
own = Pace(float(sys.argv[2]), clock=time.monotonic, sleep=time.sleep)
paces, starts = Paces(own, SharedRate(sys.argv[1], "lkjip-uji")), []
end = time.monotonic() + float(sys.argv[3])
while time.monotonic() < end:
    paces()
    starts.append(time.monotonic())
print(json.dumps(starts))
"""


def starts_of(api: str, processes: int) -> list[float]:
    """When the requests of so many processes started."""
    words = [sys.executable, "-c", PROGRAM, api, str(RATE), str(SECONDS)]
    running = [subprocess.Popen(words, stdout=subprocess.PIPE, text=True) for _ in range(processes)]
    return sorted(at for process in running for at in json.loads(process.communicate()[0]))


def main() -> None:
    """Measure and print."""
    port = free_port()
    server = PrefectServer(f"http://127.0.0.1:{port}/api")
    with tempfile.TemporaryDirectory() as place, new_postgres() as url:
        environment = {**os.environ, **QUIET, "PREFECT_HOME": place}
        environment["PREFECT_SERVER_DATABASE_CONNECTION_URL"] = url.replace("+psycopg", "+asyncpg")
        with (Path(place) / "server.log").open("wb") as log:
            words = [PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port)]
            process = subprocess.Popen(words, env=environment, stdout=log, stderr=log)
            try:
                wait_for(server)
                measure(server.api_url)
            finally:
                process.terminate()
                process.wait()


def wait_for(server: PrefectServer) -> None:
    """Until it answers."""
    for _ in range(600):
        try:
            return server.check()
        except ScheduleError:
            time.sleep(0.2)
    raise TimeoutError(server.api_url)


def measure(api: str) -> None:
    """Print both."""
    set_rates(api, {"lkjip-cepat": 10_000.0, "lkjip-uji": RATE})
    shared, took = SharedRate(api, "lkjip-cepat"), []
    for _ in range(200):
        began = time.perf_counter()
        shared()
        took.append((time.perf_counter() - began) * 1000)
    print(f"a place: {statistics.median(took):.1f} ms (median of 200), {sorted(took)[189]:.1f} ms (95 %)")
    for processes in PROCESSES:
        at = starts_of(api, processes)
        most = max(sum(start <= one < start + 1 for one in at) for start in at)
        print(
            f"{processes} process(es), {RATE:g} a second allowed: {len(at) / (at[-1] - at[0]):.2f} a second, "
            f"at most {most} within one second"
        )


if __name__ == "__main__":
    main()
