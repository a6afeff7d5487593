"""What a poll without news costs BPS and the database, before the release and after it.

    python -m benchmarks.polling

Each time the office looked once before, so that the lists and the figures are known; what is measured is
the next look and the making of the report after it, as the flow runs them. Requests are counted at the
stand-in, whose region lists 500 tables (a recorded list of BPS had 501), without latency; the politeness
of one request a second is lifted. The peer is the public client stadata asking the same question in its
obvious way: find the two tables in the list, read them, list publications and press releases. It has no
memory, so it asks the same again every time, and leaves comparing and keeping to its caller.
"""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from unittest.mock import patch

from sqlalchemy import func
from sqlmodel import select

from core.settings import PROJECT, load_settings
from jobs.bps.poll import poll_bps
from jobs.report import refresh as refreshing
from jobs.report.refresh import refresh
from jobs.workspace import Workspace
from models.bps.tables import PollOutcome
from models.session import open_session
from models.tables import Table
from standins.bps import BpsStandin

JANUARY, RELEASE_DAY = date(2024, 1, 31), date(2024, 4, 4)
LISTED_TABLES = 500
LIMIT_REQUESTS = 6
STADATA = Path(os.environ.get("LKJIP_STADATA_PYTHON", ".venv-stadata/bin/python"))
Rows = dict[str, int]


@dataclass(frozen=True)
class Look:
    """What a look without news took: requests, seconds, new rows by table, and files of reports made."""

    requests: int
    seconds: float
    added: Rows
    rendered: int

    @property
    def quiet(self) -> bool:
        """Whether it kept to what the issue allows."""
        return self.requests <= LIMIT_REQUESTS and self.added == {"polls": 1} and not self.rendered


def workspace_of(home: Path, bps: BpsStandin) -> Workspace:
    """The office on the stand-in's day."""
    return Workspace(
        load_settings(
            home=home,
            database_url="",
            bps_url=bps.url,
            bps_key=bps.key,
            bps_requests_per_second=1e6,
            mail_to="kepala@dkupp.example",
            today=bps.today,
        )
    )


def rows(workspace: Workspace) -> Rows:
    """How many rows every table holds."""
    with open_session(workspace.engine, read_only=True) as session:
        return {
            name: session.exec(select(func.count()).select_from(table)).one()
            for name, table in Table.metadata.tables.items()
        }


def look_once(home: Path, bps: BpsStandin) -> Look:
    """Look at BPS and make the report; nothing of it is expected to be new."""
    workspace = workspace_of(home, bps)
    before = rows(workspace)
    bps.requests.clear()
    with patch.object(refreshing, "make_files", wraps=refreshing.make_files) as made:
        start = time.perf_counter()
        result = poll_bps(workspace)
        seconds = time.perf_counter() - start
        if result.holds_year:  # as the flow does
            refresh(workspace)
    if result.outcome is not PollOutcome.NO_NEWS:
        raise SystemExit(f"Pemeriksaan yang seharusnya tanpa berita: {result.message}")
    after = rows(workspace)
    added = {name: after[name] - before[name] for name in after if after[name] != before[name]}
    return Look(len(bps.requests), seconds, added, made.call_count)


def ask_with_stadata(bps: BpsStandin) -> tuple[int, float] | None:
    """Requests and seconds of the peer; None where it is not installed."""
    python = STADATA if STADATA.is_absolute() else PROJECT / STADATA
    if not python.exists():
        return None
    script = Path(__file__).with_name("parts") / "poll_with_stadata.py"
    bps.requests.clear()
    command = [str(python), str(script), bps.url.removesuffix("api"), bps.key, "9101", "9102"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return len(bps.requests), float(json.loads(done.stdout)["seconds"])


def show(when: str, look: Look, peer: tuple[int, float] | None) -> None:
    """Print the lines of one moment."""
    added = ", ".join(f"{name} +{count}" for name, count in look.added.items()) or "tidak ada"
    print(f"{when:<18}{'lkjip':<12}{look.requests:>12}{1:>10.1f}{look.seconds:>9.2f}  {added:<22}", end="")
    print(f"{'disusun' if look.rendered else 'tidak':>9}")
    if peer:
        requests, seconds = peer
        print(
            f"{when:<18}{'stadata':<12}{requests:>12}{requests / look.requests:>10.1f}{seconds:>9.2f}", end=""
        )
        print(f"  {'tidak menyimpan':<22}{'-':>9}")


def main() -> None:
    """Print the table."""
    print(f"Daftar tabel wilayah: {LISTED_TABLES} baris; pemeriksaan tanpa berita")
    heads = f"{'permintaan':>12}{'kali':>10}{'detik':>9}  {'baris baru':<22}{'laporan':>9}"
    print(f"{'saat':<18}{'pembaca':<12}{heads}")
    looks = []
    with (
        tempfile.TemporaryDirectory() as home,
        BpsStandin(JANUARY, release_date=RELEASE_DAY, filler=LISTED_TABLES) as bps,
    ):
        for when, day in (("sebelum rilis", JANUARY), ("sesudah rilis", RELEASE_DAY)):
            bps.set_today(day)
            workspace = workspace_of(Path(home), bps)
            poll_bps(workspace)
            refresh(workspace)
            bps.set_today(day + timedelta(days=1))
            looks.append(look_once(Path(home), bps))
            show(when, looks[-1], ask_with_stadata(bps))
    if not STADATA.exists():
        print("stadata tidak terpasang (make test memasangnya), jadi tidak ada pembanding.")
    kept = all(look.quiet for look in looks)
    state = "terpenuhi" if kept else "TERLAMPAUI"
    print(f"Batas {LIMIT_REQUESTS} permintaan, satu baris, tanpa laporan: {state}")


if __name__ == "__main__":
    main()
