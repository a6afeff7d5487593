"""A process in which the program is loaded, that forks a victim for every order it reads.

``python -m tests.kills.given.zygote``: an order is a line of JSON, and so is what became of the victim.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

import jobs.bps.downloads
import jobs.bps.poll
import jobs.budget.files
import jobs.mail.send
import jobs.prices.files
import jobs.report.entries.figures
import jobs.report.refresh
import jobs.report.runs.asking
from commands.main import run
from reports.content import Report
from tests.kills.given.points import Points

LONGEST_SECONDS = 120


def make_files(report: Report) -> dict[str, bytes]:
    """As the fixture ``unrendered``: to set the pages takes longer than all else."""
    made = {f"lkjip.{kind}": f"{kind} {report.content_hash}".encode() for kind in ("html", "pdf", "docx")}
    return {**made, "report.json": report.json_text().encode()}


def be_victim(order: dict[str, Any], told: int) -> None:
    """Run the orders' commands as ``lkjip`` does; at the end tell which points were passed.

    Args:
        order: ``environment``, ``commands`` (the words behind ``lkjip`` of each), ``root`` and ``kill_at``.
        told: Where it is told.
    """
    signal.alarm(LONGEST_SECONDS)
    os.setpgid(0, 0)
    os.environ.update(order["environment"])
    tempfile.tempdir = None
    quiet = os.open(order["output"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(quiet, 1)
    os.dup2(quiet, 2)
    jobs.report.refresh.make_files = make_files
    points = Points(Path(order["root"]), order["kill_at"])
    points.watch()
    codes = []
    for words in order["commands"]:
        sys.argv = ["lkjip", *words]
        try:
            run()
        except SystemExit as end:
            codes.append(end.code)
    sys.stdout.flush()
    left = json.dumps({"codes": codes, "passed": points.passed}).encode()
    while left:
        left = left[os.write(told, left) :]
    os._exit(0)


def fork(order: dict[str, Any]) -> dict[str, Any]:
    """What became of a victim: how it ended, and what it told."""
    hear, tell = os.pipe()
    victim = os.fork()
    if victim == 0:
        os.close(hear)
        try:
            be_victim(order, tell)
        finally:
            os._exit(70)
    os.close(tell)
    with os.fdopen(hear) as pipe:
        said = pipe.read()
    _, status = os.waitpid(victim, 0)
    told = json.loads(said) if said else {"codes": [], "passed": []}
    return {**told, "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0}


def main() -> None:
    """Serve orders until there are no more."""
    answers = os.dup(1)
    for line in sys.stdin:
        answer = json.dumps(fork(json.loads(line))) + "\n"
        os.write(answers, answer.encode())


if __name__ == "__main__":
    main()
