"""Keeping market prices: stored once, re-read as often as one likes, a changed one beside the old."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session


@dataclass(frozen=True)
class SeriesKey:
    """What makes a series one (see :class:`models.price_tables.PriceSeries`)."""

    source: str
    region: str
    market: str
    market_name: str
    item: str
    name: str
    unit: str
    illustrative: bool = False


@dataclass(frozen=True)
class Stored:
    """What storing prices did.

    Attributes:
        new: First readings.
        changed: Readings that differ from the one before.
        unchanged: Prices that were known.
    """

    new: int
    changed: int
    unchanged: int


@dataclass(frozen=True)
class StoredSeries:
    """A series with its latest readings.

    Attributes:
        days: Ascending.
        prices: As many as days.
    """

    id: int
    key: SeriesKey
    days: tuple[date, ...]
    prices: tuple[Decimal, ...]


@dataclass(frozen=True)
class Reading:
    """One reading of one day's price, back to its bytes."""

    reading: int
    price: Decimal
    fetched_at: datetime
    url: str
    snapshot: str


def series_ids(session: Session, keys: Iterable[SeriesKey]) -> dict[SeriesKey, int]:
    """The ids of series; those not there yet are made. The name of a market is not part of its identity."""
    raise NotImplementedError


def store_prices(session: Session, rows: Sequence[tuple[int, date, Decimal, int]]) -> Stored:
    """Keep prices: series id, day, price, fetch id; at most one row for a series and day.

    A price that is known is left alone; one that differs from the latest reading becomes the next.
    """
    raise NotImplementedError


def read_prices(
    session: Session, regions: Sequence[tuple[str, str]], first: date, last: date
) -> list[StoredSeries]:
    """The latest readings of the series of some ``(source, region)``, from ``first`` to ``last``."""
    raise NotImplementedError


def read_readings(session: Session, series_id: int, day: date) -> list[Reading]:
    """Every reading of one day's price, the oldest first."""
    raise NotImplementedError


def record_day(
    session: Session,
    *,
    source: str,
    region: str,
    market: str,
    day: date,
    fetch_id: int,
    read_at: datetime,
    rows: int,
    observed: int,
    unread: Sequence[Any],
) -> None:
    """Note that a market's day was read; the note of an earlier reading is replaced."""
    raise NotImplementedError


def days_read(session: Session, source: str, region: str, market: str) -> dict[date, tuple[int, datetime]]:
    """The days that were read: how many prices each had, and when it was read last."""
    raise NotImplementedError
