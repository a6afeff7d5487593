"""How long reading a day's table of Siskaperbapo takes, against BeautifulSoup and pandas.read_html.

    python -m benchmarks.price_table

All read the same tables of the stand-in (28 kilobytes, 87 rows, illustrative prices), in turns; best of
several rounds, seconds of the processor. Each round has other days, as a backfill has: what our reader
remembers of cells that it has read stems from other tables. ``pola`` are the patterns that read regular
tables, ``tanpa ingatan`` the same with nothing remembered, ``pohon`` is the tree that reads all other
tables. ``banding`` is the time of pandas over ours. ``salah`` counts the prices
that a reader gives otherwise than they were put in; of pandas only the column of today is compared, with
Indonesian signs made known to it.
"""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pandas as pd
from bs4 import BeautifulSoup

from connectors.prices.siskaperbapo import scan as siskaperbapo_scan
from connectors.prices.siskaperbapo.rows import read_price
from connectors.prices.siskaperbapo.table import read_table, read_tree
from standins.prices.siskaperbapo.figures import MARKETS, prices_of
from standins.prices.siskaperbapo.pages import day_page

REGION, LAST_DAY, DAYS = "sumenepkab", date(2023, 12, 31), 20
ROUNDS = 5
LEAST = 5.0
Prices = list[Decimal | None]


def pages(number: int) -> list[tuple[bytes, Prices]]:
    """Tables of several days and markets, other ones in each round, and the prices in them."""
    made = []
    for market in MARKETS[REGION]:
        for back in range(DAYS):
            day = LAST_DAY - timedelta(days=11 * back + number)
            before = prices_of(REGION, market, day - timedelta(days=1), late=False)
            now = prices_of(REGION, market, day, late=False)
            content = day_page(REGION, market.name, day, before, now).render()
            made.append((content, [Decimal(price) if price else None for price in now.values()]))
    return made


def ours(content: bytes) -> Prices:
    """As the product reads it."""
    return [row.price for row in read_table(content).rows]


def forgetful(content: bytes) -> Prices:
    """The same, as if it were the first table of all."""
    for remembered in (siskaperbapo_scan._cell, siskaperbapo_scan._named_cell, read_price):
        remembered.cache_clear()
    return ours(content)


def tree(content: bytes) -> Prices:
    """As the product reads an irregular table."""
    return [row.price for row in read_tree(content.decode()).rows]


def beautiful_soup(content: bytes) -> Prices:
    """As public clients of the site do it: the rows that have a commodity's id."""
    found: Prices = []
    for row in BeautifulSoup(content, "lxml").find_all("tr"):
        if row.find(attrs={"data-commodity-id": True}) is None:
            continue
        cells = row.find_all("td")
        cells[2].get_text(strip=True)
        read_price(cells[3].get_text(strip=True))
        found.append(read_price(cells[4].get_text(strip=True)))
    return found


def pandas(content: bytes) -> Any:
    """The table as pandas gives it; its prices are taken out afterwards and not timed."""
    return pd.read_html(io.BytesIO(content), thousands=".", decimal=",")[0]


def prices_of_frame(frame: Any) -> Prices:
    """Today's prices of the rows with a unit."""
    values = pd.to_numeric(frame.loc[frame["Satuan"].notna(), "Harga Sekarang"])
    return [Decimal(int(value)) if value else None for value in values]


def measure(readers: dict[str, Callable[[bytes], Any]]) -> dict[str, float]:
    """Seconds of one table by reader, the best of the rounds; in turns, so that all meet the same machine."""
    best = dict.fromkeys(readers, float("inf"))
    for number in range(ROUNDS):
        made = pages(number)
        for name, read in readers.items():
            start = time.process_time()
            for content, _ in made:
                read(content)
            best[name] = min(best[name], (time.process_time() - start) / len(made))
    return best


def main() -> int:
    """Print the table; 1 when the limit is missed or a price is wrong."""
    readers: dict[str, Callable[[bytes], Any]] = {
        "lkjip (pola)": ours,
        "lkjip (pola, tanpa ingatan)": forgetful,
        "lkjip (pohon)": tree,
        "BeautifulSoup": beautiful_soup,
        "pandas.read_html": pandas,
    }
    best = measure(readers)
    made = pages(ROUNDS)
    peer = best["pandas.read_html"]
    wrong = 0
    print(f"{f'tabel sehari ({len(made)} tabel)':<28}{'ms':>9}{'banding':>10}{'salah':>8}")
    for name, read in readers.items():
        mistakes = 0
        for content, expected in made:
            got = read(content)
            got = prices_of_frame(got) if name.startswith("pandas") else got
            mistakes += sum(a != b for a, b in zip(got, expected, strict=True))
        wrong += mistakes
        print(f"{name:<28}{best[name] * 1000:>9.2f}{peer / best[name]:>9.1f}x{mistakes:>8}")
    kept = peer / best["lkjip (pola)"] >= LEAST and not wrong
    print(
        f"Batas: paling sedikit {LEAST:.0f} kali secepat pandas.read_html, harga yang sama: "
        f"{'terpenuhi' if kept else 'TERLAMPAUI'}"
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
