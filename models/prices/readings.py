"""Keeping market prices: stored once, re-read as often as one likes, a changed one beside the old."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby, islice, pairwise
from operator import attrgetter, eq, itemgetter
from typing import Any, TypeVar

from sqlalchemy import Connection, Date, bindparam, text
from sqlalchemy import select as core_select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from core.dates import format_date
from core.errors import StorageError
from models.locks import lock_for_writing
from models.prices.tables import Price, PriceDay, PriceSeries
from models.tables import Fetch
from models.types import JsonText, UtcDateTime, canonical_decimal

_LATEST = text(
    "SELECT series_id, day, price FROM prices WHERE series_id IN :series AND day BETWEEN :first AND :last"
    " ORDER BY series_id, day, reading"
).bindparams(bindparam("series", expanding=True))


_KNOWN = text(
    "SELECT series_id, day, price, reading FROM prices"
    " WHERE series_id IN :series AND day BETWEEN :first AND :last ORDER BY series_id, day, reading"
).bindparams(bindparam("series", expanding=True))

_ANY_KNOWN = text(
    "SELECT 1 FROM prices WHERE series_id IN :series AND day BETWEEN :first AND :last LIMIT 1"
).bindparams(bindparam("series", expanding=True))

_ADD = "INSERT INTO prices (series_id, day, reading, price, fetch_id) VALUES (?, ?, ?, ?, ?)"
_ADD_FIRST = "INSERT INTO prices (series_id, day, reading, price, fetch_id) VALUES (?, ?, 0, ?, ?)"

_NOTE = text(
    "INSERT INTO price_days (source, region, market, day, fetch_id, read_at, rows, observed, unread)"
    " VALUES (:source, :region, :market, :day, :fetch_id, :read_at, :rows, :observed, :unread)"
    " ON CONFLICT (source, region, market, day) DO UPDATE SET fetch_id = excluded.fetch_id,"
    " read_at = excluded.read_at, rows = excluded.rows, observed = excluded.observed,"
    " unread = excluded.unread"
).bindparams(
    bindparam("day", type_=Date),
    bindparam("read_at", type_=UtcDateTime),
    bindparam("unread", type_=JsonText),
)
"""As text: SQLAlchemy puts a statement with ON CONFLICT together anew each time, which costs more than to
run it."""

_AT_ONCE = 20_000
"""Rows that are compared and added together, so that a million need no more memory than this."""

_Plain = tuple[int, str | date, str, int]
"""Series, day, price and fetch (or reading) as the database holds them."""

_LATEST_OF = itemgetter(0, 1, 2)
"""What must be the same for a price to be known: series, day and price."""


_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


@dataclass(frozen=True)
class SeriesKey:
    """What makes a series one (see :class:`models.prices.tables.PriceSeries`)."""

    source: str
    region: str
    market: str
    market_name: str
    item: str
    name: str
    unit: str
    illustrative: bool = False


_IDENTITY = attrgetter("source", "region", "market", "item", "name", "unit", "illustrative")
"""What makes a series one: all but the name of its market."""
_COLUMNS: Any = PriceSeries.__table__.c  # type: ignore[attr-defined]
_IDS = core_select(
    _COLUMNS.id, *(_COLUMNS[part.name] for part in fields(SeriesKey) if part.name != "market_name")
).where(
    _COLUMNS.source == bindparam("of_source"),
    _COLUMNS.region == bindparam("of_region"),
    _COLUMNS.market == bindparam("of_market"),
)
"""Made once: to put a statement together costs more than to answer it, and this one is asked each day."""

_SERIES = core_select(
    PriceSeries.__table__.c["id", *(part.name for part in fields(SeriesKey))]  # type: ignore[attr-defined]
)
"""Plain rows: as objects of the session they would cost each day more than its prices."""


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
    wanted = list(dict.fromkeys(keys))
    known = _known_ids(session, wanted)
    missing = {_IDENTITY(key): key for key in wanted if _IDENTITY(key) not in known}
    if missing:
        insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
        rows = [dict(vars(key)) for key in missing.values()]
        session.execute(insert(PriceSeries).on_conflict_do_nothing(), rows)
        known = _known_ids(session, wanted)
    return {key: known[_IDENTITY(key)] for key in wanted}


def store_prices(session: Session, rows: Sequence[tuple[int, date, Decimal, int]]) -> Stored:
    """Keep prices: series id, day, price, fetch id; at most one row for a series and day.

    A price that is known is left alone; one that differs from the latest reading becomes the next.

    Raises:
        StorageError: A price is not above zero, or a series has two of one day.
    """
    lock_for_writing(session, "prices")
    connection = session.connection()
    plain = _plain(rows, as_text=connection.dialect.name == "sqlite")
    places = list(map(itemgetter(0, 1), plain))
    if any(map(eq, places, islice(places, 1, None))):
        raise _twice(plain)
    if not plain:
        return Stored(0, 0, 0)
    if not _any_known(connection, plain):
        _add(connection, _ADD_FIRST, plain)
        return Stored(len(plain), 0, 0)
    new = changed = 0
    for part in _parts(plain):
        known = _known_prices(connection, part)
        # Most often a day is read again that has not changed: then both lists are the same.
        if list(map(_LATEST_OF, known)) == list(map(_LATEST_OF, part)):
            continue
        readings = _next_readings(part, known)
        _add(connection, _ADD, readings)
        first = sum(1 for reading in readings if not reading[2])
        new, changed = new + first, changed + len(readings) - first
    return Stored(new, changed, len(plain) - new - changed)


def read_prices(
    session: Session,
    regions: Sequence[tuple[str, str]],
    first: date,
    last: date,
    *,
    wanted: Callable[[SeriesKey], bool] = lambda _: True,
) -> list[StoredSeries]:
    """The latest readings of the series of some ``(source, region)``, from ``first`` to ``last``.

    Series without a price in that time are left out.

    Args:
        session: Where they are.
        regions: Sources, each with its name of the region.
        first: Of the days.
        last: Of the days.
        wanted: Which series; an office counts a third of what a market lists.
    """
    found = []
    as_day, as_price = _Once(_as_day), _Once[str, Decimal](Decimal)
    for source, region in regions:
        known = _SERIES.where(col(PriceSeries.source) == source, col(PriceSeries.region) == region)
        keys = ((row[0], _key(row)) for row in session.connection().execute(known))
        series = {number: key for number, key in keys if wanted(key)}
        bounds = {"series": list(series), "first": first.isoformat(), "last": last.isoformat()}
        rows = session.connection().execute(_LATEST, bounds).all() if series else []
        for number, readings in groupby(rows, key=itemgetter(0)):
            latest = {day: price for _, day, price in readings}  # a later reading replaces the one before
            days = tuple(as_day[day] for day in latest)
            prices = tuple(as_price[price] for price in latest.values())
            found.append(StoredSeries(number, series[number], days, prices))
    return found


def read_readings(session: Session, series_id: int, day: date) -> list[Reading]:
    """Every reading of one day's price, the oldest first."""
    rows = session.exec(
        select(Price, Fetch)
        .join(Fetch, col(Price.fetch_id) == col(Fetch.id))
        .where(Price.series_id == series_id, Price.day == day)
        .order_by(col(Price.reading))
    )
    return [
        Reading(price.reading, price.price, fetch.fetched_at, fetch.url, fetch.snapshot_sha256)
        for price, fetch in rows
    ]


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
    note = {
        "fetch_id": fetch_id,
        "read_at": read_at,
        "rows": rows,
        "observed": observed,
        "unread": list(unread),
    }
    key = {"source": source, "region": region, "market": market, "day": day}
    session.connection().execute(_NOTE, {**key, **note})


def known_markets(session: Session, source: str, region: str) -> dict[str, str]:
    """The markets that have series: by id their names, as they were first read."""
    rows = session.exec(
        select(PriceSeries.market, PriceSeries.market_name)
        .where(PriceSeries.source == source, PriceSeries.region == region)
        .order_by(col(PriceSeries.id).desc())
    )
    return dict(sorted(dict(iter(rows)).items()))


def last_read(session: Session, source: str, region: str) -> datetime | None:
    """When anything of a region was read last; None when nothing ever was."""
    return session.exec(
        select(PriceDay.read_at)
        .where(PriceDay.source == source, PriceDay.region == region)
        .order_by(col(PriceDay.read_at).desc())
        .limit(1)
    ).first()


def unread_days(session: Session, source: str, region: str, first: date, last: date) -> list[PriceDay]:
    """The days of which something could not be read, ascending."""
    rows = session.exec(
        select(PriceDay)
        .where(PriceDay.source == source, PriceDay.region == region)
        .where(col(PriceDay.day).between(first, last))
        .order_by(col(PriceDay.day), col(PriceDay.market))
    )
    return [row for row in rows if row.unread]


def days_read(session: Session, source: str, region: str, market: str) -> dict[date, tuple[int, datetime]]:
    """The days that were read: how many prices each had, and when it was read last."""
    rows = session.exec(
        select(PriceDay).where(
            PriceDay.source == source, PriceDay.region == region, PriceDay.market == market
        )
    )
    return {row.day: (row.observed, row.read_at) for row in rows}


def _key(row: Any) -> SeriesKey:
    """The key in a row of ``price_series`` without its id, which comes first."""
    return SeriesKey(*row[1:])


def _known_ids(session: Session, keys: Sequence[SeriesKey]) -> dict[tuple[Any, ...], int]:
    known: dict[tuple[Any, ...], int] = {}
    for source, region, market in {(key.source, key.region, key.market) for key in keys}:
        asked = {"of_source": source, "of_region": region, "of_market": market}
        known |= {tuple(row[1:]): row[0] for row in session.connection().execute(_IDS, asked)}
    return known


def _plain(rows: Iterable[tuple[int, date, Decimal, int]], *, as_text: bool) -> list[_Plain]:
    """The rows as the database holds them, in the order of its key."""
    prices = _Once(_written)
    days: Mapping[date, str | date] = _Once(date.isoformat if as_text else _same)
    plain = [(series, days[day], prices[price], fetch) for series, day, price, fetch in rows]
    # Two sorts by one column each are three times as fast as one by a pair; they are stable.
    plain.sort(key=itemgetter(1))
    plain.sort(key=itemgetter(0))
    return plain


class _Once(dict[_Given, _Made]):
    """Makes something of each value once: few days and prices are behind many rows."""

    def __init__(self, make: Callable[[_Given], _Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, given: _Given) -> _Made:
        made = self[given] = self._make(given)
        return made


def _same(day: date) -> date:
    return day


def _written(price: Decimal) -> str:
    if not price.is_finite() or price <= 0:
        raise StorageError(
            f"{price} bukan harga, jadi tidak disimpan; harga harus di atas nol.",
            todo="laporkan kepada pembuat program beserta perintah yang dijalankan.",
        )
    return canonical_decimal(price)


def _twice(rows: Sequence[_Plain]) -> StorageError:
    first, second = next((a, b) for a, b in pairwise(rows) if a[:2] == b[:2])
    return StorageError(
        f"Harga tanggal {format_date(_as_day(first[1]))} datang dua kali untuk seri yang sama: "
        f"{first[2]} dan {second[2]}; tidak ada yang disimpan.",
        todo="periksa sumbernya; harga yang tersimpan tetap dipakai.",
    )


def _as_day(day: str | date) -> date:
    """SQLite gives days as text when asked without SQLAlchemy's types, which cost more than the rows."""
    return date.fromisoformat(day) if isinstance(day, str) else day


def _any_known(connection: Connection, rows: Sequence[_Plain]) -> bool:
    """Whether anything was stored of these series between the first and the last of the days."""
    return connection.execute(_ANY_KNOWN, _bounds(rows)).first() is not None


def _parts(rows: list[_Plain]) -> Iterator[list[_Plain]]:
    """The rows in parts that hold whole series."""
    start = 0
    while start < len(rows):
        end = min(start + _AT_ONCE, len(rows))
        while end < len(rows) and rows[end][0] == rows[end - 1][0]:
            end += 1
        yield rows[start:end]
        start = end


def _known_prices(connection: Connection, rows: Sequence[_Plain]) -> Sequence[_Plain]:
    """What was stored before, in the order of the key: series, day, price and reading."""
    # The driver's own rows come three times as fast.
    return connection.execute(_KNOWN, _bounds(rows)).cursor.fetchall()


def _bounds(rows: Sequence[_Plain]) -> dict[str, Any]:
    days = set(map(itemgetter(1), rows))
    return {"series": list(set(map(itemgetter(0), rows))), "first": min(days), "last": max(days)}


def _next_readings(
    rows: Sequence[_Plain], known: Sequence[_Plain]
) -> list[tuple[int, str | date, int, str, int]]:
    """What is to be added: first readings, and those that differ from the latest."""
    # A later reading replaces the one before.
    latest = {(series, day): (price, reading) for series, day, price, reading in known}
    added = []
    for series, day, price, fetch in rows:
        before = latest.get((series, day))
        if before is None:
            added.append((series, day, 0, price, fetch))
        elif before[0] != price:
            added.append((series, day, before[1] + 1, price, fetch))
    return added


def _add(connection: Connection, statement: str, rows: list[Any]) -> None:
    """Insert the rows; through SQLite's own cursor, which takes half the time."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().executemany(statement, rows)
    else:
        connection.exec_driver_sql(statement.replace("?", "%s"), rows)
