"""Which prices are in doubt, and why; nothing is changed or dropped here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from capaian.prices.series import Bounds, Doubt, MarketSeries, Rules


@dataclass(frozen=True)
class Flag:
    """One price in doubt.

    Attributes:
        explanation: In Indonesian, with the figures: ``12,51 adalah seperseribu dari harga sehari
            sebelumnya, 12.508``.
        days: How many days of observation it concerns (a repeated price is one flag).
    """

    commodity: str
    market: str
    day: date
    price: Decimal
    doubt: Doubt
    explanation: str
    days: int = 1


def find_doubts(series: MarketSeries, bounds: Bounds | None, rules: Rules) -> tuple[Flag, ...]:
    """Check the prices of one commodity in one market, in the order of their days."""
    raise NotImplementedError
