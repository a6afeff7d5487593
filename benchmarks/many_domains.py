"""How long the whole country takes, 514 regencies, when every call takes a second.

    python -m benchmarks.many_domains

Two rounds of ``poll_domains``, as the flow runs them: in the first every regency has a release, so that
all channels are read, compared and kept; in the second there is no news. The limits of politeness are
raised for the measure, nothing else is. The stand-in runs in a process of its own, the database is SQLite
in a temporary folder. The ideal is every call's latency one after another, divided by how many may be
under way. Memory is what the process holds, not its peak. The peer asks the addresses of one regency by
plain ``requests``, one after another, keeps nothing, and is multiplied up to all of them.
"""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import requests

from core.settings import load_settings
from jobs.bps.poll_many import ManyResults, choose_domains, poll_domains
from jobs.workspace import Workspace
from models.bps.tables import PollOutcome
from standins.bps import BpsStandin
from standins.own_process import OwnProcess, own_process
from standins.serving import Logged

DOMAINS, SAMPLE = 514, "3528"
CONCURRENCY = 128
LATENCY = 1.0
LIMIT_RATIO = 1.5
LIMIT_GROWTH = 1.25
SHOWN = (1, 100, 300, DOMAINS)
TODAY = date(2024, 4, 4)
BPS = ("standins.bps", "--today", TODAY.isoformat())
AGENT = "LKJIP/0.1 (benchmark; a@b.example)"
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Round:
    """One look at all regions: how long it took and what the process held on the way, in MiB."""

    results: ManyResults
    seconds: float
    memory: dict[int, float]

    @property
    def calls(self) -> int:
        """Requests of all regions."""
        return sum(r.result.requests for r in self.results.results)

    @property
    def ideal(self) -> float:
        """Seconds that the latency alone takes."""
        return self.calls * LATENCY / CONCURRENCY

    @property
    def complete(self) -> bool:
        """Whether every region ended well."""
        return len(self.results.results) == DOMAINS and not self.results.count(PollOutcome.FAILED)

    @property
    def growth(self) -> float:
        """How many times the memory of the hundredth region the last one needs."""
        return self.memory[DOMAINS] / self.memory[SHOWN[1]]


def memory_mib() -> float:
    """What this process holds in memory now."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1024**2


def open_workspace(home: str, url: str, key: str) -> Workspace:
    """An office whose limits of politeness are raised."""
    return Workspace(
        load_settings(
            home=Path(home),
            database_url="",
            bps_url=url,
            bps_key=key,
            bps_requests_per_second=1e6,
            bps_concurrency=CONCURRENCY,
            today=TODAY,
        )
    )


def look_at_all(workspace: Workspace, domains: dict[str, str]) -> Round:
    """Look at every region once."""
    memory: dict[int, float] = {}

    def note(done: int, _all: int) -> None:
        if done in SHOWN:
            memory[done] = memory_mib()

    start = time.perf_counter()
    results = poll_domains(workspace, domains, progress=note)
    return Round(results, time.perf_counter() - start, memory)


def addresses_of_one() -> tuple[list[Logged], list[Logged]]:
    """What one regency is asked for: with a release and without news."""
    with tempfile.TemporaryDirectory() as home, BpsStandin(TODAY, domains=DOMAINS) as bps:
        workspace, asked = open_workspace(home, bps.url, bps.key), []
        for _ in range(2):
            bps.requests.clear()
            poll_domains(workspace, {SAMPLE: ""}, concurrency=1)
            asked.append(list(bps.requests))
    return asked[0], asked[1]


def ask_plainly(served: OwnProcess, asked: Iterable[Logged]) -> float:
    """Seconds that plain ``requests`` take for the addresses of one regency, multiplied up to all."""
    start = time.perf_counter()
    for one in asked:
        pairs = {**one.params, "key": served.told["key"]}
        path = "/".join(quote(word, safe="") for pair in pairs.items() for word in pair)
        requests.get(
            f"{served.told['url']}/{one.path}/{path}", headers={"User-Agent": AGENT}, timeout=30
        ).json()
    return (time.perf_counter() - start) * DOMAINS


def show(name: str, measured: Round, plain: float) -> bool:
    """Print a round; whether it keeps the limits."""
    counts = ", ".join(f"{o.value} {measured.results.count(o)}" for o in PollOutcome)
    print(f"{name}: {measured.calls} permintaan ({counts})")
    print(f"  {'pembaca':<44}{'detik':>10}{'kali ideal':>12}")
    rows = {
        "ideal: permintaan x jeda / sekaligus": measured.ideal,
        "lkjip": measured.seconds,
        "requests satu per satu (1 wilayah, dikalikan)": plain,
    }
    for reader, seconds in rows.items():
        print(f"  {reader:<44}{seconds:>10.1f}{seconds / measured.ideal:>12.2f}")
    memory = ", ".join(f"{done} wilayah {mib:.0f}" for done, mib in measured.memory.items())
    print(f"  Memori, MiB: {memory}")
    quick = measured.seconds <= LIMIT_RATIO * measured.ideal
    return measured.complete and quick and measured.growth <= LIMIT_GROWTH


def main() -> None:
    """Print the table."""
    released, quiet = addresses_of_one()
    options = ("--domains", str(DOMAINS), "--latency", str(LATENCY))
    with own_process(*BPS, *options) as served, tempfile.TemporaryDirectory() as home:
        workspace = open_workspace(home, served.told["url"], served.told["key"])
        domains = choose_domains(workspace, "semua")
        first = look_at_all(workspace, domains)
        second = look_at_all(workspace, domains)
        plain = (ask_plainly(served, released), ask_plainly(served, quiet))
        server_cpu = served.cpu_seconds() / (first.calls + second.calls) * 1000
        database = sum(path.stat().st_size for path in Path(home).glob("lkjip.sqlite*")) / 1024**2
    print(f"{len(domains)} wilayah, jeda {LATENCY:.0f} detik, {CONCURRENCY} permintaan sekaligus")
    kept = [
        show("Putaran 1, semua merilis", first, plain[0]),
        show("Putaran 2, tidak ada yang baru", second, plain[1]),
    ]
    print(
        f"Basis data: {database:.0f} MiB; server tiruan: {server_cpu:.1f} milidetik prosesor per permintaan"
    )
    print(f"Batas {LIMIT_RATIO} kali ideal, memori datar: {'terpenuhi' if all(kept) else 'TERLAMPAUI'}")


if __name__ == "__main__":
    main()
