"""How long the yearly indicator takes from 1.000.000 prices, with all doubts, and how exact it is.

    python -m benchmarks.price_indicator

The prices are made up and lie in memory as a table: whole numbers at the decimals of each commodity, as
they are loaded. A tenth of the series has a slip in it, a fifth varies as chilli does, every market misses
some days. The peers have the same prices as floats. ``pandas`` flags the same doubts as one would plainly
write it, leaves out those that the rules leave out, and computes the coefficients of variation of the
daily means; the last two look for no doubts and get only the prices that were used. Seconds are those of
the processor; how long the table of whole numbers takes to make of Decimals is printed beside.
"""

from __future__ import annotations

import gc
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from capaian.prices.fluctuation import measure_fluctuation
from capaian.prices.results import Fluctuation
from capaian.prices.rules import LASTS_AFTER, Bounds, Doubt, Rules
from capaian.prices.table import PriceTable, price_table

LIMIT_SECONDS, LIMIT_TIMES = 1.0, 2.5
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


def make_prices(case: Case, rng: random.Random) -> pd.DataFrame:
    """All prices, invented, as Decimals."""
    rows = [
        (commodity, f"Pasar {market:02}", day, price, True)
        for number, commodity in enumerate(COMMODITIES)
        for market in range(case.markets)
        for day, price in _one_series(case, number, rng)
    ]
    return pd.DataFrame(rows, columns=["commodity", "market", "day", "price", "illustrative"])


def _one_series(case: Case, number: int, rng: random.Random) -> Iterator[tuple[date, Decimal]]:
    step = 0.04 if number % 5 == 0 else 0.005
    price = 12_000.0 + 500 * number
    spoilt = rng.randrange(20, case.days - 20) if rng.random() < 0.1 else None
    for offset in range(case.days):
        price = min(max(price * (1 + rng.uniform(-step, step)), 6_000.0), 90_000.0)
        seen = price / 1000 if offset == spoilt else price
        if rng.random() < 0.995:
            places = case.decimals or (3 if offset == spoilt else 0)
            yield case.first + timedelta(offset), Decimal(f"{seen:.{places}f}")


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of the processor in the quickest of some rounds, and the answer."""
    seconds = []
    for _ in range(ROUNDS):
        gc.collect()
        start = time.process_time()
        answer = work()
        seconds.append(time.process_time() - start)
    return min(seconds), answer


def as_floats(prices: PriceTable) -> pd.DataFrame:
    """The prices for the peers: ascending by commodity, market and day."""
    (part,) = prices.parts
    table = part[["commodity", "market", "day"]].copy()
    for name in ("commodity", "market"):
        table[name] = part[name].cat.codes.astype("int64")
    scale = np.array([10.0 ** prices.decimals[name] for name in part["commodity"].cat.categories])
    table["price"] = part["amount"] / scale[table["commodity"]]
    return table.reset_index(drop=True)


def with_doubts(table: pd.DataFrame, year: int) -> tuple[list[float], int]:
    """As one would write it plainly with pandas: the same doubts, the coefficients, how many flags."""
    table = table[table["day"].dt.year == year].reset_index(drop=True)
    price = table["price"]
    series = [table["commodity"], table["market"]]
    outside = (price < 3000) | (price > 200_000)
    reference = price.where(~outside).groupby(series).ffill().groupby(series).shift()
    believed = reference.notna()
    reference = reference.fillna(price.groupby(series).transform("median"))
    ratio = price / reference
    slip = ratio.between(1000 / 3, 3000) | ratio.between(1 / 3000, 3 / 1000)
    slip |= outside & ((price * 1000).between(3000, 200_000) | (price / 1000).between(3000, 200_000))
    jump = believed & ~slip & ((ratio > 1.5) | (ratio < 0.5))
    run = (price != price.groupby(series).shift()).cumsum()
    repeated = int((run.value_counts() >= RULES.repeated_days).sum())
    flags = int(outside.sum() + slip.sum()) + repeated + _jumps(table, jump)
    daily = table[~(slip | outside)].groupby(["commodity", "day"])["price"].mean().groupby("commodity")
    return list(daily.std() / daily.mean() * 100), flags


def _jumps(table: pd.DataFrame, jump: pd.Series[bool]) -> int:
    """How many levels prices jump to: one that does not last ends without a second jump back."""
    count = 0
    for _, rows in table[jump].groupby(["commodity", "market"]):
        until = -1
        for row in rows.index:
            count += row > until
            until = row + LASTS_AFTER if row > until else until
    return count


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
    made = make_prices(case, random.Random(1))
    start = time.process_time()
    prices = price_table(made)
    making = time.process_time() - start
    year = case.first.year + case.days // 366
    seconds, measured = timed(lambda: measure_fluctuation(prices, year, RULES, BOUNDS))
    table = as_floats(prices)
    used = believed(table[table["day"].dt.year == year], measured)
    arrays = [used["commodity"].to_numpy(), ((used["day"] - used["day"].min()).dt.days).to_numpy()]
    flags = sum(len(commodity.flags) for commodity in measured.commodities)
    print(f"{case.name:<20}{'lkjip':<16}{measured.observations:>9}{flags:>7}{seconds:>9.3f}")
    peer_seconds, (values, peer_flags) = timed(lambda: with_doubts(table, year))
    kept = seconds <= LIMIT_SECONDS and seconds <= LIMIT_TIMES * peer_seconds and peer_flags == flags
    kept &= _show(case, "pandas", peer_flags, seconds, peer_seconds, apart(measured, values))
    for name, work in (
        ("pandas, polos", lambda: with_pandas(used)),
        ("numpy, polos", lambda: with_numpy(*arrays, used["price"].to_numpy())),
    ):
        peer_seconds, values = timed(work)
        kept &= _show(case, name, 0, seconds, peer_seconds, apart(measured, values))
    print(f"{case.name:<20}{'tabel bulat':<16}{len(prices):>9}{'':>7}{making:>9.3f}")
    return kept


def believed(table: pd.DataFrame, measured: Fluctuation) -> pd.DataFrame:
    """The prices that the indicator used."""
    left_out = {
        (number, int(flag.market[-2:]), pd.Timestamp(flag.day))
        for number, commodity in enumerate(measured.commodities)
        for flag in commodity.flags
        if flag.doubt in (Doubt.SLIP, Doubt.RANGE)
    }
    places = pd.MultiIndex.from_frame(table[["commodity", "market", "day"]])
    return table[~places.isin(left_out)] if left_out else table


def apart(measured: Fluctuation, values: Sequence[float]) -> float:
    """By how much the peer differs at most."""
    return max(
        abs(float(ours.value or 0) - theirs)
        for ours, theirs in zip(measured.commodities, values, strict=True)
    )


def _show(case: Case, name: str, flags: int, ours: float, seconds: float, difference: float) -> bool:
    times = ours / seconds
    print(f"{case.name:<20}{name:<16}{'':>9}{flags or '-':>7}{seconds:>9.3f}{times:>9.1f}{difference:>13.1e}")
    return difference <= LIMIT_DIFFERENCE


def main() -> None:
    """Print the table."""
    heads = f"{'harga':>9}{'ragu':>7}{'detik':>9}{'kali':>9}{'beda terbesar':>15}"
    print(f"{'kasus':<20}{'cara':<16}{heads}")
    outcomes = [compare(case) for case in CASES]
    state = "terpenuhi" if all(outcomes) else "TERLAMPAUI"
    print(
        f"Batas {LIMIT_SECONDS:g} detik untuk setahun, {LIMIT_TIMES:g} kali pandas yang menandai keraguan "
        f"yang sama, beda paling besar {LIMIT_DIFFERENCE:g}: {state}"
    )


if __name__ == "__main__":
    main()
