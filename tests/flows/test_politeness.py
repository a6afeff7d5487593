"""Two processes with paces of their own keep one rate together, by a limit of the Prefect server."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from connectors.prefect_limits import set_rates
from core.settings import PROJECT
from standins.serving import LocalStandin, Reply, ReplyHandler
from tests.flows.given.story import PrefectServer

pytestmark = [pytest.mark.slow, pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

PER_SECOND, EACH = 10.0, 12
PROGRAM = """
import sys, time
from connectors.prefect_limits import SharedRate
from connectors.web.pacing import Pace, Paces
from connectors.web.session import PoliteSession
api, site, per_second, each = sys.argv[1], sys.argv[2], float(sys.argv[3]), int(sys.argv[4])
own = Pace(per_second, clock=time.monotonic, sleep=time.sleep)
session = PoliteSession("LKJIP/uji", pace=Paces(own, SharedRate(api, "lkjip-uji")))
print("siap", flush=True)
sys.stdin.readline()
for _ in range(each):
    assert session.get(site).status == 200
"""


@dataclass
class Counting:
    """A site that remembers when it was asked."""

    at: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def serve(self) -> LocalStandin:
        counting = self

        class Handler(ReplyHandler):
            def do_GET(self) -> None:
                with counting.lock:
                    counting.at.append(time.monotonic())
                self.send_reply(Reply(200, "application/json", b"{}"))

        return LocalStandin(Handler)

    def most_within(self, seconds: float) -> int:
        return max(sum(start <= at < start + seconds for at in self.at) for start in self.at)


@pytest.fixture
def site() -> Iterator[tuple[Counting, str]]:
    counting = Counting()
    with counting.serve() as standin:
        yield counting, standin.site


def test_two_processes_share_the_rate_of_one(prefect_server: PrefectServer, site: tuple[Counting, str]):
    counting, address = site
    set_rates(prefect_server.api, {"lkjip-uji": PER_SECOND})
    words = [sys.executable, "-c", PROGRAM, prefect_server.api, address, str(PER_SECOND), str(EACH)]
    running = [
        subprocess.Popen(words, cwd=PROJECT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for process in running:
        assert process.stdout is not None
        assert process.stdout.readline() == "siap\n"
    for process in running:
        process.communicate("mulai\n", timeout=60)
    assert [process.returncode for process in running] == [0, 0]
    assert len(counting.at) == 2 * EACH
    assert counting.most_within(1.0) <= PER_SECOND * 1.5, "each alone would make it twice the rate"
    assert max(counting.at) - min(counting.at) >= 0.8 * (2 * EACH - 1) / PER_SECOND
