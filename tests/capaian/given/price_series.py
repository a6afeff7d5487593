"""Short ways to write prices down for the tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from capaian.prices.series import MarketSeries, Rules

D = Decimal
FIRST = date(2023, 1, 1)
SHORT = Rules(("beras",), least_days=2, least_months=1)
"""Rules under which a few days are enough."""


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
