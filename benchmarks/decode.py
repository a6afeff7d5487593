"""How long decoding a table takes at 20.000, 60.000 and 200.000 cells, against the public client stadata.

    python -m benchmarks.decode

Ours reads the bytes of an answer (JSON with exact numbers, then every key resolved); best of three. stadata
runs in its own environment on the same payload and is timed from the parsed JSON on, so its time is
without the JSON. It searches all keys anew for every row, so it gets small tables, and a larger one only
to show how it grows. ``banding`` is the time per cell against the first line of the same reader; for ours
beside stadata it is our time against its. Seconds are those of the processor. Every cell that either gives
is compared with the one that was put in: ``salah`` counts those that are lost or another's. The table is
made up (ilustrasi): regions with numbers of different lengths, whose keys begin alike.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import product
from pathlib import Path
from typing import Any

from connectors.bps.answers import read_answer
from connectors.bps.dynamic.decode import decode
from connectors.web.transport import Fetched

ROOT = Path(__file__).resolve().parents[1]
STADATA = ROOT / ".venv-stadata" / "bin" / "python"
SIZES = (20_000, 60_000, 200_000)
PEER_TABLES: tuple[tuple[str, int, Sequence[int]], ...] = (
    ("", 1_000, (0,)), ("", 2_000, (0,)), ("", 4_000, (0,)), (", triwulanan", 2_000, (31, 32, 33, 34, 35)),
)  # fmt: skip
YEARS, COLUMNS = range(120, 124), ("5", "50")
LIMIT_SECONDS, LIMIT_GROWTH = 2.0, 2.0
ROUNDS = 3
VAR = 2533
PEER = """
import json, sys, time, types, warnings
warnings.simplefilter("ignore")
from stadata import main as stadata
payload = json.load(open(sys.argv[1]))
payload["status"] = "OK"
client = object.__new__(stadata.Client)
setattr(client, "_Client__get_list", lambda **_: payload)
start = time.process_time()
table = client.view_dynamictable("0000", payload["var"][0]["val"], "x")
seconds = time.process_time() - start
part = payload["turtahun"][0]["label"]
cells = {
    f"{row['id_var']}|{row['id_tur_var']}|{year['label']}|{part}": row[year["label"]]
    for row in table.to_dict("records") for year in payload["tahun"] if row[year["label"]] != ""
}
print(json.dumps({"seconds": seconds, "cells": cells}, default=float))
"""


def table(cells: int, parts: Sequence[int] = (0,)) -> tuple[dict[str, Any], dict[str, float]]:
    """An answer with so many cells, every twentieth place empty, and what each place holds."""
    content: dict[str, float] = {}
    places: dict[str, float] = {}
    rows: list[int] = []
    for count, (row, column, year, part) in enumerate(
        product(range(1, cells), COLUMNS, YEARS, parts), start=1
    ):
        if len(places) == cells:
            break
        if not rows or rows[-1] != row:
            rows.append(row)
        if count % 20:
            # Rows and columns of one and of more digits: keys begin alike, and none is twice.
            content[f"{row}{VAR}{column}{year}{part}"] = round(count * 1.37 + 0.01, 2)
            places[f"{row}|{column}|{year + 1900}|{part}"] = round(count * 1.37 + 0.01, 2)
    return {
        "status": "OK",
        "data-availability": "available",
        "last_update": "2026-06-10 08:00:00",
        "var": [{"val": VAR, "label": "Tabel ilustrasi", "unit": "Miliar Rupiah", "note": ""}],
        "vervar": [{"val": row, "label": f"Wilayah {row}"} for row in rows],
        "turvar": [{"val": column, "label": f"Kolom {column}"} for column in COLUMNS],
        "tahun": [{"val": year, "label": str(year + 1900)} for year in YEARS],
        "turtahun": [{"val": part, "label": str(part)} for part in parts],
        "datacontent": content,
        "related": [],
    }, places


def ours(payload: dict[str, Any], places: dict[str, float]) -> tuple[float, int, int]:
    """Seconds, cells, and how many places were got wrong."""
    body = json.dumps(payload).encode()
    fetched = Fetched("https://bps.example", 200, {}, body, datetime(2026, 6, 10, tzinfo=UTC))
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.process_time()
        decoded = decode(read_answer(fetched).payload)
        best = min(best, time.process_time() - start)
    got = {f"{c.vervar.val}|{c.turvar.val}|{c.year.label}|{c.turth.label}": c.value for c in decoded.cells}
    expected = {place: Decimal(str(value)) for place, value in places.items()}
    return best, len(got), _wrong(got, expected)


def _wrong(got: dict[str, Any], expected: dict[str, Any]) -> int:
    """Places with another figure than was put in, figures out of nothing, and figures lost."""
    return sum(got.get(place) != expected.get(place) for place in got.keys() | expected.keys())


def stadata(payload: dict[str, Any], places: dict[str, float]) -> tuple[float, int, int] | None:
    """The same of the public client; None where it is not installed."""
    if not STADATA.exists():
        return None
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "jawaban.json"
        file.write_text(json.dumps(payload), encoding="utf-8")
        done = subprocess.run(
            [str(STADATA), "-c", PEER, str(file)], capture_output=True, text=True, check=True, timeout=600
        )
    measured = json.loads(done.stdout)
    return measured["seconds"], len(measured["cells"]), _wrong(measured["cells"], places)


def main() -> int:
    """Print the table; 1 when a limit is missed."""
    print(f"{'pembacaan tabel dinamis':<28}{'sel':>9}{'detik':>9}{'us/sel':>9}{'banding':>9}{'salah':>8}")
    each: list[float] = []
    last = 0.0
    for size in SIZES:
        last, cells, wrong = ours(*table(size))
        each.append(last / cells)
        _print("lkjip", cells, last, each[-1] / each[0], wrong)
    first = 0.0
    for name, size, parts in PEER_TABLES:
        measured = stadata(*table(size, parts))
        if measured is None:
            print("stadata tidak terpasang (make bench memasangnya)")
            break
        seconds, cells, wrong = measured
        first = first or seconds / size
        _print(f"stadata{name}", size, seconds, seconds / size / first, wrong)
        mine, _, wrong = ours(*table(size, parts))
        _print(f"lkjip{name}", size, mine, mine / seconds, wrong)
    kept = last <= LIMIT_SECONDS and max(each) <= LIMIT_GROWTH * min(each)
    print(
        f"Batas {LIMIT_SECONDS:.0f} detik untuk {SIZES[-1]} sel dan waktu per sel paling banyak "
        f"{LIMIT_GROWTH:.0f} kali: {'terpenuhi' if kept else 'TERLAMPAUI'}"
    )
    return 0 if kept else 1


def _print(name: str, cells: int, seconds: float, growth: float, wrong: int) -> None:
    print(f"{name:<28}{cells:>9}{seconds:>9.3f}{seconds / cells * 1e6:>9.2f}{growth:>8.3f}x{wrong:>8}")


if __name__ == "__main__":
    sys.exit(main())
