"""How long the whole country takes, 514 regencies, when every call takes a second.

    python -m benchmarks.many_domains

Every regency's PDRB tables are looked for by their titles and read, checked against each other and
forgotten, through one session that lets so many requests be under way at once; the limits of politeness
are raised for the measure. The stand-in runs in a process of its own. The ideal is every call's latency
one after another, divided by how many may be under way. Memory is what the process holds, not its peak.
The peer asks the same addresses by plain ``requests``, one after another, for a few regencies, and is
multiplied up to all of them.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from benchmarks.parts.standin_process import Standin, standin
from connectors.bps import BpsClient, find_series, read_pdrb
from connectors.http import Fetched, PoliteSession, user_agent

DOMAINS, SAMPLE = 514, 3
CONCURRENCY = 64
LATENCY = 1.0
YEARS = (2022, 2023)
LIMIT_RATIO = 1.5
SHOWN = (100, 300, DOMAINS)
AGENT = user_agent("0.1", "benchmark", "a@b.example")
PAGE = os.sysconf("SC_PAGE_SIZE")


class NotingSession(PoliteSession):
    """Remembers what was asked for, so that the peer can ask for the same."""

    asked: list[tuple[str, dict[str, str | int]]]

    def get(self, url: str, params: Mapping[str, str | int] | None = None, **options: object) -> Fetched:
        self.asked.append((url, dict(params or {})))
        return super().get(url, params, **options)


def memory_mib() -> float:
    """What this process holds in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1024**2


def regencies(client: BpsClient) -> list[str]:
    """The codes of all regencies and cities."""
    codes = [str(row["domain_id"]) for row in client.domains()]
    return [code for code in codes if not code.endswith("00")][:DOMAINS]


def read_region(client: BpsClient, domain: str) -> int:
    """Look for the tables of a region and read them; how many figures they hold."""
    found = find_series(client, domain)
    return sum(len(table.cells) for table in read_pdrb(client, found, YEARS))


class Progress:
    """Counts regions done and notes the memory at some of them."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.done = self.figures = 0
        self.memory = {0: memory_mib()}

    def add(self, figures: int) -> None:
        """A region is done."""
        with self._lock:
            self.done += 1
            self.figures += figures
            if self.done in SHOWN:
                self.memory[self.done] = memory_mib()


def read_all(served: Standin) -> tuple[Progress, float, int]:
    """Read every region: how it went, how many seconds, how many calls."""
    session = PoliteSession(AGENT, secret=served.key, requests_per_second=1e9, concurrency=CONCURRENCY)
    client = BpsClient(served.url, served.key, session)
    codes = regencies(client)
    progress, before = Progress(), session.sent
    start = time.perf_counter()
    with ThreadPoolExecutor(CONCURRENCY) as threads:
        for figures in threads.map(lambda code: read_region(client, code), codes):
            progress.add(figures)
    seconds = time.perf_counter() - start
    session.close()
    return progress, seconds, session.sent - before


def read_sample_plainly(served: Standin) -> float:
    """Seconds for all regions by plain ``requests``, multiplied up from a few."""
    session = NotingSession(AGENT, secret=served.key, requests_per_second=1e9)
    session.asked = []
    client = BpsClient(served.url, served.key, session)
    codes = regencies(client)[:SAMPLE]
    session.asked.clear()
    for code in codes:
        read_region(client, code)
    start = time.perf_counter()
    for url, params in session.asked:
        requests.get(url, params=params, headers={"User-Agent": AGENT}, timeout=30).json()
    return (time.perf_counter() - start) / len(codes) * DOMAINS


def main() -> None:
    """Print the table."""
    options = ("--domains", str(DOMAINS), "--latency", str(LATENCY))
    with standin(*options) as served:
        progress, seconds, calls = read_all(served)
        server_cpu = served.cpu_seconds() / calls * 1000
        plain = read_sample_plainly(served)
    ideal = calls * LATENCY / CONCURRENCY
    print(f"{progress.done} wilayah, {calls} permintaan, {progress.figures} angka, {CONCURRENCY} sekaligus")
    print(f"{'pembaca':<44}{'detik':>10}{'kali ideal':>12}")
    print(f"{'ideal: permintaan x jeda / sekaligus':<44}{ideal:>10.1f}{1:>12.2f}")
    print(f"{'lkjip':<44}{seconds:>10.1f}{seconds / ideal:>12.2f}")
    name = f"requests satu per satu ({SAMPLE} wilayah, dikalikan)"
    print(f"{name:<44}{plain:>10.1f}{plain / ideal:>12.2f}")
    memory = ", ".join(f"{done} wilayah {mib:.0f}" for done, mib in progress.memory.items())
    print(f"Memori, MiB: {memory}")
    print(f"Prosesor server tiruan: {server_cpu:.1f} milidetik per permintaan")
    kept = progress.done == DOMAINS and seconds <= LIMIT_RATIO * ideal
    print(f"Batas {LIMIT_RATIO} kali ideal: {'terpenuhi' if kept else 'TERLAMPAUI'}")


if __name__ == "__main__":
    main()
