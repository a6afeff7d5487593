"""What a year of Sumenep's markets costs to read from the stand-in, and what one more day costs.

    python -m benchmarks.price_backfill

The year is read up to 30 December; then the clock moves to the 31st and everything runs again. The extra
day reads its own tables, those of the days before it that may still change, and nothing else: its work
must not grow with the year, so a quarter is measured beside the year. Seconds are the processor's,
the stand-in's own included; a real site is asked once a second.
"""

from __future__ import annotations

import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import text

from core.settings import load_settings
from jobs.prices.days import RECENT_DAYS
from jobs.prices.intake import take_in_prices
from jobs.workspace import Workspace
from models.session import open_session
from standins.prices.siskaperbapo import SiskaperbapoStandin

END = date(2023, 12, 30)
PERIODS = {"seperempat tahun": date(2023, 10, 1), "setahun": date(2023, 1, 1)}
ALLOWED_DAYS = RECENT_DAYS + 1
"""Of each market; one more for a day that was read too early."""


@dataclass(frozen=True)
class Cost:
    """What a run took."""

    requests: int
    days: int
    prices: int
    seconds: float


def run(site: SiskaperbapoStandin, home: Path, first: date, today: date) -> Cost:
    """Read up to ``today``."""
    site.set_today(today)
    settings = load_settings(
        home=home, siskaperbapo_url=site.url, prices_requests_per_second=1_000_000, today=today
    )
    workspace = Workspace(settings)
    _ = workspace.engine, workspace.agency
    site.requests.clear()
    started = time.process_time()
    intake = take_in_prices(workspace, first=first)
    seconds = time.process_time() - started
    changed = sum(market.new + market.changed for market in intake.markets)
    workspace.engine.dispose()
    return Cost(len(site.requests), intake.days, changed, seconds)


def stored(home: Path) -> int:
    """How many readings the database holds."""
    workspace = Workspace(load_settings(home=home, today=END))
    with open_session(workspace.engine, read_only=True) as session:
        count: int = session.connection().execute(text("SELECT count(*) FROM prices")).scalar_one()
    workspace.engine.dispose()
    return count


def main() -> int:
    """Print the table; 1 when the extra day's work grows with the year."""
    rows: list[tuple[str, Cost]] = []
    missed = False
    extras: list[Cost] = []
    with SiskaperbapoStandin(today=END) as site, tempfile.TemporaryDirectory() as folder:
        for name, first in PERIODS.items():
            home = Path(folder) / name
            whole = run(site, home, first, END)
            before = stored(home)
            extra = run(site, home, first, END + timedelta(days=1))
            missed |= stored(home) - before != extra.prices
            rows += [(f"{name} sampai 30 Desember", whole), ("satu hari lagi", extra)]
            extras.append(extra)
    print("| Pembacaan | Permintaan | Hari pasar | Harga baru atau berubah | Detik prosesor |")
    print("|---|---:|---:|---:|---:|")
    for name, cost in rows:
        seconds = f"{cost.seconds:.2f}".replace(".", ",")
        print(f"| {name} | {cost.requests} | {cost.days} | {cost.prices} | {seconds} |")
    markets = len({r.params["pasar"] for r in site.requests if r.kind == "tabel"})
    missed |= any(extra.days > markets * ALLOWED_DAYS for extra in extras)
    return int(missed or extras[0].requests != extras[1].requests)


if __name__ == "__main__":
    sys.exit(main())
