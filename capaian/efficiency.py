"""Serapan, efisiensi and averages."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from capaian.exact import difference, mean, percent, ratio, settled
from capaian.rules import Meaning, Over


def absorption(spent: Decimal, budget: Decimal) -> Decimal | None:
    """Serapan: spent / budget x 100 (table ``anggaran``); None without a budget."""
    return percent(spent, budget) if budget > 0 else None


def efficiency(capaian: Decimal, absorbed: Decimal, meaning: Meaning = Meaning.RATIO) -> Decimal | None:
    """Tingkat efisiensi: capaian kinerja / capaian anggaran (table ``efisiensi``), or 100 - capaian anggaran.

    Args:
        capaian: Of the performance, in per cent.
        absorbed: Serapan, in per cent.
        meaning: Which of the two an office calls so.

    Returns:
        A ratio or per cent; None where a ratio would divide by a budget of which nothing was spent.
    """
    if meaning is Meaning.SAVED:
        return difference(HUNDRED, absorbed)
    return settled(ratio(capaian, absorbed)) if absorbed > 0 else None


HUNDRED = Decimal(100)
EFFICIENT_FROM = Decimal(1)


def is_efficient(level: Decimal, meaning: Meaning = Meaning.RATIO, *, reached: bool = True) -> bool:
    """Whether a tingkat efisiensi counts as efisien.

    Args:
        level: From :func:`efficiency`.
        meaning: A ratio is efisien from 1 (the note under ``efisiensi``); of what was saved something must be
            left, and the target be reached: money that is left where the target is missed saved nothing.
        reached: Whether the target is reached.
    """
    return level >= EFFICIENT_FROM if meaning is Meaning.RATIO else level > 0 and reached


def average(values: Iterable[Decimal | None], over: Over = Over.ALL) -> Decimal | None:
    """The mean; None where there is nothing to take it of.

    Args:
        values: None for each that is not known.
        over: All of them, so that it exists only when no value is missing; or the known ones.
    """
    given = list(values)
    known = [value for value in given if value is not None]
    complete = len(known) == len(given) or over is Over.COMPUTABLE
    return settled(mean(known)) if known and complete else None
