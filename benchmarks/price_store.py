"""How long storing a million prices takes, and storing them once more.

    python -m benchmarks.price_store

Ten markets, sixty commodities, five years, in the order in which days are read. The peer is what one
would write without any care for revisions: ``executemany`` of the same rows, already text, into a table
with the same columns and key, in WAL mode; once in the order of days, once sorted by the key beforehand.
Seconds are the processor's: other work on the machine does not count.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
import time
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

from models.migrations import upgrade_engine
from models.prices.readings import SeriesKey, Stored, read_prices, series_ids, store_prices
from models.session import open_engine, open_session
from models.snapshots import keep_snapshot
from models.types import canonical_decimal

MARKETS, COMMODITIES, FIRST = 10, 60, date(2019, 1, 1)
PRICES = 1_000_000
LIMIT = 2.0
REGION = ("siskaperbapo", "sumenepkab")
PEER_TABLE = (
    "CREATE TABLE prices (series_id INTEGER NOT NULL, day DATE NOT NULL, reading SMALLINT NOT NULL,"
    " price TEXT NOT NULL, fetch_id INTEGER NOT NULL, PRIMARY KEY (series_id, day, reading)) WITHOUT ROWID"
)


def keys() -> list[SeriesKey]:
    return [
        SeriesKey(*REGION, str(market), f"Pasar {market}", str(item), f"Komoditas {item}", "kg", True)
        for market in range(MARKETS)
        for item in range(COMMODITIES)
    ]


def make_rows(ids: list[int], fetch: int) -> list[tuple[int, date, Decimal, int]]:
    """The prices day by day, as they are read."""
    chance = random.Random(4)
    levels = {number: chance.randrange(5_000, 120_000) for number in ids}
    rows = []
    for count in range(PRICES):
        day, series = divmod(count, len(ids))
        number = ids[series]
        price = Decimal(levels[number] + chance.randrange(-400, 400))
        rows.append((number, FIRST + timedelta(days=day), price, fetch))
    return rows


def store_plainly(path: Path, rows: list[tuple[int, date, Decimal, int]]) -> float:
    """Seconds of the peer."""
    written = [(s, d.isoformat(), 0, canonical_decimal(p), f) for s, d, p, f in rows]
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute(PEER_TABLE)
    started = time.process_time()
    connection.executemany("INSERT INTO prices VALUES (?, ?, ?, ?, ?)", written)
    connection.commit()
    took = time.process_time() - started
    connection.close()
    return took


def main() -> int:
    """Print the table; 1 when a limit was missed."""
    with tempfile.TemporaryDirectory() as folder:
        engine = open_engine(f"sqlite:///{Path(folder) / 'kita.sqlite'}")
        upgrade_engine(engine)
        with open_session(engine) as session:
            fetch = keep_snapshot(
                session,
                source=REGION[0],
                url="",
                status=200,
                headers={},
                content=b"",
                fetched_at=datetime.now(UTC),
            )
            rows = make_rows(list(series_ids(session, keys()).values()), fetch.id or 0)
        ours: list[tuple[float, Stored]] = []
        for _ in range(2):
            started = time.process_time()
            with open_session(engine) as session:
                stored = store_prices(session, rows)
            ours.append((time.process_time() - started, stored))
        started = time.process_time()
        with open_session(engine, read_only=True) as session:
            read = sum(len(s.days) for s in read_prices(session, [REGION], FIRST, date(2024, 12, 31)))
        reading = time.process_time() - started
        in_order = store_plainly(Path(folder) / "urut.sqlite", sorted(rows))
        peer = store_plainly(Path(folder) / "biasa.sqlite", rows)
        engine.dispose()
    (first, stored), (again, repeated) = ours
    print("| Langkah | Detik prosesor | Kali executemany menurut hari | Kali executemany yang terurut |")
    print("|---|---:|---:|---:|")
    for name, seconds in (
        ("executemany biasa, menurut hari", peer),
        ("executemany biasa, baris diurutkan dahulu (di luar hitungan)", in_order),
        (f"store_prices: {stored.new} baru", first),
        (f"store_prices lagi: {repeated.new} baru, {repeated.changed} berubah", again),
        (f"read_prices: {read} harga", reading),
    ):
        ratios = f"{seconds / peer:.2f} | {seconds / in_order:.2f}"
        print(f"| {name} | {seconds:.2f} | {ratios} |".replace(".", ","))
    kept = stored == Stored(PRICES, 0, 0) and repeated == Stored(0, 0, PRICES) and read == PRICES
    return int(not kept or first > LIMIT * peer or again > first)


if __name__ == "__main__":
    sys.exit(main())
