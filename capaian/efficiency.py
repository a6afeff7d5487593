"""Serapan, efisiensi and averages."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from capaian.exact import mean, percent, ratio


def absorption(spent: Decimal, budget: Decimal) -> Decimal | None:
    """Serapan: spent / budget x 100 (table 3.8); None without a budget."""
    return percent(spent, budget) if budget > 0 else None


def efficiency(capaian: Decimal, absorbed: Decimal) -> Decimal | None:
    """Tingkat efisiensi: capaian kinerja / capaian anggaran (table 3.9); None when nothing was spent."""
    return ratio(capaian, absorbed) if absorbed > 0 else None


EFFICIENT_FROM = Decimal(1)


def is_efficient(level: Decimal) -> bool:
    """Whether a tingkat efisiensi counts as efisien: at least 1 (the note under table 3.9)."""
    return level >= EFFICIENT_FROM


def average(values: Iterable[Decimal | None]) -> Decimal | None:
    """The mean, which exists only when no value is missing (and there is one at all)."""
    given = list(values)
    known = [value for value in given if value is not None]
    return mean(known) if known and len(known) == len(given) else None
