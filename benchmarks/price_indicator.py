"""How long the yearly indicator takes from 1.000.000 prices, with all doubts, and how exact it is.

    python -m benchmarks.price_indicator

The prices are made up and lie in memory as they are loaded: Decimals, a series for each market and
commodity, no two of them sharing a price. A tenth of the series has a slip in it, a fifth varies as chilli
does, every market misses some days. The peers compute the mean of the markets of each
day and its standard deviation in float, from the same prices as arrays and as a table that are made
before the clock starts; they look for no doubts, so they get the prices without those in doubt. Seconds
are those of the processor.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from capaian.prices.fluctuation import Fluctuation, measure_fluctuation
from capaian.prices.series import Bounds, Doubt, MarketSeries, Rules

LIMIT_SECONDS = 1.0
LIMIT_DIFFERENCE = 1e-9
ROUNDS = 5
COMMODITIES = tuple(f"komoditas-{number:02}" for number in range(60))
BOUNDS = {commodity: Bounds(Decimal(3000), Decimal(200_000)) for commodity in COMMODITIES}
RULES = Rules(COMMODITIES)


@dataclass(frozen=True)
class Case:
    """How many markets are observed for how many years, and with how many decimals."""

    name: str
    markets: int
    first: date
    days: int
    decimals: int = 0


CASES = (
    Case("5 tahun, 10 pasar", 10, date(2019, 1, 1), 1826),
    Case("1 tahun, 46 pasar", 46, date(2023, 1, 1), 365),
    Case("idem, 12 desimal", 46, date(2023, 1, 1), 365, decimals=12),
)


def make_series(case: Case, rng: random.Random) -> list[MarketSeries]:
    """All prices, invented."""
    return [
        _one_series(case, commodity, number, f"Pasar {market:02}", rng)
        for number, commodity in enumerate(COMMODITIES)
        for market in range(case.markets)
    ]


def _one_series(case: Case, commodity: str, number: int, market: str, rng: random.Random) -> MarketSeries:
    step = 0.04 if number % 5 == 0 else 0.005
    price, days, prices = 12_000.0 + 500 * number, [], []
    spoilt = rng.randrange(20, case.days - 20) if rng.random() < 0.1 else None
    for offset in range(case.days):
        price = min(max(price * (1 + rng.uniform(-step, step)), 6_000.0), 90_000.0)
        seen = price / 1000 if offset == spoilt else price
        if rng.random() < 0.995:
            days.append(case.first + timedelta(offset))
            prices.append(Decimal(f"{seen:.{case.decimals or (3 if offset == spoilt else 0)}f}"))
    return MarketSeries(commodity, market, tuple(days), tuple(prices), illustrative=True)


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor in the quickest of some rounds, and the answer."""
    seconds = []
    for _ in range(ROUNDS):
        gc.collect()
        start = time.process_time()
        answer = work()
        seconds.append(time.process_time() - start)
    return min(seconds), answer


def believed(series: list[MarketSeries], measured: Fluctuation) -> pd.DataFrame:
    """The prices that the indicator used, as a table for the peers."""
    left_out = {
        (flag.commodity, flag.market, flag.day)
        for commodity in measured.commodities
        for flag in commodity.flags
        if flag.doubt in (Doubt.SLIP, Doubt.RANGE)
    }
    rows = [
        (COMMODITIES.index(one.commodity), one.market, day.toordinal(), float(price))
        for one in series
        for day, price in zip(one.days, one.prices, strict=True)
        if day.year == measured.year and (one.commodity, one.market, day) not in left_out
    ]
    return pd.DataFrame(rows, columns=["commodity", "market", "day", "price"])


def with_pandas(table: pd.DataFrame) -> list[float]:
    """The coefficients of variation, by group of commodity and day."""
    daily = table.groupby(["commodity", "day"])["price"].mean().groupby("commodity")
    return list(daily.std() / daily.mean() * 100)


def with_numpy(commodity: np.ndarray, day: np.ndarray, price: np.ndarray) -> list[float]:
    """The same by sums over one number for commodity and day."""
    length = int(day.max()) + 1
    cell = commodity * length + day
    counts = np.bincount(cell, minlength=len(COMMODITIES) * length)
    sums = np.bincount(cell, weights=price, minlength=len(COMMODITIES) * length)
    answers = []
    for number in range(len(COMMODITIES)):
        part = slice(number * length, (number + 1) * length)
        there = counts[part] > 0
        daily = sums[part][there] / counts[part][there]
        answers.append(float(daily.std(ddof=1) / daily.mean() * 100))
    return answers


def compare(case: Case) -> bool:
    """Print the lines of one case; whether it kept to the limits."""
    series = make_series(case, random.Random(1))
    year = case.first.year + case.days // 366
    seconds, measured = timed(lambda: measure_fluctuation(series, year, RULES, BOUNDS))
    table = believed(series, measured)
    arrays = [table["commodity"].to_numpy(), (table["day"] - table["day"].min()).to_numpy()]
    peers = {
        "numpy": timed(lambda: with_numpy(*arrays, table["price"].to_numpy())),
        "pandas": timed(lambda: with_pandas(table)),
    }
    loaded = sum(len(one.days) for one in series)
    flags = sum(len(commodity.flags) for commodity in measured.commodities)
    print(f"{case.name:<20}{'lkjip':<8}{loaded:>11}{measured.observations:>11}{flags:>7}{seconds:>9.3f}")
    kept = seconds <= LIMIT_SECONDS
    for name, (peer_seconds, values) in peers.items():
        apart = max(
            abs(float(ours.value or 0) - theirs)
            for ours, theirs in zip(measured.commodities, values, strict=True)
        )
        kept = kept and apart <= LIMIT_DIFFERENCE
        print(f"{case.name:<20}{name:<8}{'':>11}{len(table):>11}{'-':>7}{peer_seconds:>9.3f}", end="")
        print(f"{seconds / peer_seconds:>9.1f}{apart:>13.1e}")
    return kept


def main() -> None:
    """Print the table."""
    heads = f"{'harga':>11}{'dipakai':>11}{'ragu':>7}{'detik':>9}{'kali':>9}{'beda terbesar':>15}"
    print(f"{'kasus':<20}{'cara':<8}{heads}")
    outcomes = [compare(case) for case in CASES]
    state = "terpenuhi" if all(outcomes) else "TERLAMPAUI"
    print(f"Batas {LIMIT_SECONDS:g} detik untuk setahun, beda paling besar {LIMIT_DIFFERENCE:g}: {state}")


if __name__ == "__main__":
    main()
