"""Short ways to write prices down for the tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import pandas as pd

from capaian.prices import doubts, fluctuation
from capaian.prices.results import Flag, Fluctuation
from capaian.prices.rules import Bounds, Rules
from capaian.prices.table import PriceTable, price_table

D = Decimal
FIRST = date(2023, 1, 1)
SHORT = Rules(("beras",), least_days=2, least_months=1)
"""Rules under which a few days are enough."""


@dataclass(frozen=True)
class MarketSeries:
    """The prices of one commodity in one market."""

    commodity: str
    market: str
    days: tuple[date, ...]
    prices: tuple[Decimal, ...]
    illustrative: bool = False


def table_of(series: Iterable[MarketSeries]) -> PriceTable:
    """Some series as the table that is measured."""
    rows = [
        (one.commodity, one.market, day, price, one.illustrative)
        for one in series
        for day, price in zip(one.days, one.prices, strict=True)
    ]
    return price_table(
        pd.DataFrame(rows, columns=["commodity", "market", "day", "price", "illustrative"], dtype=object)
    )


def measure_fluctuation(
    series: Iterable[MarketSeries], year: int, rules: Rules, bounds: Mapping[str, Bounds]
) -> Fluctuation:
    """Measure a year of some series."""
    return fluctuation.measure_fluctuation(table_of(series), year, rules, bounds)


def find_doubts(series: MarketSeries, bounds: Bounds | None, rules: Rules) -> tuple[Flag, ...]:
    """The doubts of one series."""
    by_commodity = {series.commodity: bounds} if bounds else {}
    table = table_of([series])
    return tuple(
        flag for part in table.parts for _, flag in doubts.flags_of(part, table, by_commodity, rules)
    )


def day(number: int) -> date:
    """The ``number``-th day of 2023, from 1."""
    return FIRST + timedelta(number - 1)


def daily(
    *prices: str | int | Decimal | None,
    market: str = "Pasar Anom",
    commodity: str = "beras",
    start: date = FIRST,
) -> MarketSeries:
    """Prices of successive days; None is a day without observation."""
    there = [(start + timedelta(i), D(price)) for i, price in enumerate(prices) if price is not None]
    return MarketSeries(commodity, market, tuple(d for d, _ in there), tuple(p for _, p in there))


def on(days: Sequence[date], *prices: str | int, market: str = "Pasar Anom") -> MarketSeries:
    """Prices of some days."""
    return MarketSeries("beras", market, tuple(days), tuple(D(price) for price in prices))
