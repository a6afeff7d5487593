"""Which days of a market are to be read: those never read, and those that were read too early."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from statistics import median

from core.dates import JAKARTA

RECENT_DAYS = 7
"""Days up to today that are read each time: prices of a day arrive until the afternoon, and later."""
RECHECK_DAYS = 30
"""How far back a day is read again that seems to have been read too early."""
FEW = 0.8
"""A day with less than this share of its weekday's usual number of prices is read again."""

Known = Mapping[date, tuple[int, datetime]]
"""How many prices a day had, and when it was read last."""


def days_to_read(known: Known, first: date, last: date, today: date) -> list[date]:
    """The days from ``first`` to ``last`` that are to be read, the newest first.

    The newest come first because a run that is stopped then lacks the oldest ones, which nobody waits
    for; the next run goes on with them.

    Args:
        known: The days of the market that were read.
        first: Of the wanted period.
        last: Of the wanted period; days after ``today`` are never read.
        today: In Jakarta.
    """
    usual = _usual(known)
    wanted = []
    day = min(last, today)
    while day >= first:
        age = (today - day).days
        if day not in known or age < RECENT_DAYS or (age < RECHECK_DAYS and _too_early(day, known, usual)):
            wanted.append(day)
        day -= timedelta(days=1)
    return wanted


def _usual(known: Known) -> Mapping[int, float]:
    """The usual number of prices by weekday: markets list fewer on Sundays, each week anew."""
    counts: dict[int, list[int]] = {}
    for day, (observed, _) in known.items():
        counts.setdefault(day.weekday(), []).append(observed)
    return {weekday: median(_recent(values)) for weekday, values in counts.items()}


def _recent(values: Sequence[int]) -> Sequence[int]:
    return values[-26:]


def _too_early(day: date, known: Known, usual: Mapping[int, float]) -> bool:
    observed, read_at = known[day]
    return read_at.astimezone(JAKARTA).date() <= day or observed < FEW * usual[day.weekday()]
