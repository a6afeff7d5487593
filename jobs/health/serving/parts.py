"""What ``lkjip serve`` runs, in the order in which it is started; it is stopped the other way round."""

from __future__ import annotations

import shlex
import sys
from dataclasses import dataclass
from pathlib import Path

from core.settings import Settings
from jobs.health.deploy import PREFECT
from jobs.health.serving.surroundings import pages
from jobs.health.worker import worker_words

LKJIP = str(Path(sys.executable).with_name("lkjip"))
WATCH_SECONDS = 600
"""So long after the end of a look, or after the start, ``lkjip watch`` looks again."""
_LOOK_SECONDS = 300
_DEPLOY_AGAIN_SECONDS = 60


@dataclass(frozen=True)
class Part:
    """A program that runs below the supervisor.

    Attributes:
        name: Of its log, and to the supervisor.
        title: In Indonesian, as the lines of progress name it.
        command: Its words.
        told: What is said of it when it is started.
        once: It ends by itself, and is started again only if it failed.
        waits: It is started after all that run once have ended for the first time.
        starts_runs: What it started may end before it does.
        steady: Ended before so many seconds it counts as not come up, and is tried again after a pause
            that grows.
        stop_signal: By which it ends.
        stop_seconds: So many it gets before it is killed.
        address: Where people find it; empty when it has none.
    """

    name: str
    title: str
    command: tuple[str, ...]
    told: str = "dimulai."
    once: bool = False
    waits: bool = False
    starts_runs: bool = False
    steady: int = 15
    stop_signal: str = "TERM"
    stop_seconds: int = 20
    address: str = ""


def parts_of(settings: Settings) -> tuple[Part, ...]:
    """Everything that runs, by the settings."""
    page = pages(settings)
    server = (str(PREFECT), "server", "start", "--host", str(page.hostname), "--port", str(page.port))
    return (
        Part("prefect", "Server Prefect", server, "dimulai; pertama kali perlu sampai setengah menit.",
             address=page.geturl()),
        Part("jadwal", "Jadwal", _deploy(), "diterapkan setelah server menjawab (lkjip deploy) …",
             once=True, steady=0),
        # Prefect's worker does not listen to more polite signals; see jobs/health/worker.py.
        Part("pekerja", "Pekerja", (str(PREFECT), *worker_words(settings.worker_runs)),
             waits=True, starts_runs=True, stop_signal="KILL"),
        Part("halaman", "Halaman", (LKJIP, "page"), waits=True, address=settings.page_address),
        Part("penjaga", "Penjaga", _watch(), f"memeriksa tiap {WATCH_SECONDS // 60} menit (lkjip watch).",
             waits=True, steady=0),
    )  # fmt: skip


def _deploy() -> tuple[str, ...]:
    """Apply the schedule; what failed waits before the supervisor begins it anew."""
    deploy = shlex.join((LKJIP, "deploy", "--wait", "120"))
    return _shell(f"{deploy} || {{ sleep {_DEPLOY_AGAIN_SECONDS}; exit 1; }}")


def _watch() -> tuple[str, ...]:
    """Wait, then look once; the supervisor begins it anew, so between looks nothing is held in memory.

    A look that found its mail server closed has failed and said so in its log; that is no reason for more.
    """
    look = shlex.join(("timeout", str(_LOOK_SECONDS), LKJIP, "watch"))
    return _shell(f"sleep {WATCH_SECONDS}; {look} || true")


def _shell(line: str) -> tuple[str, ...]:
    return ("/bin/sh", "-c", line)
