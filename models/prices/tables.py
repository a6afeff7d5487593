"""The tables of market prices; like all others, readings are added and never altered."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import SmallInteger, UniqueConstraint
from sqlmodel import Field

from models.tables import Table
from models.types import DecimalText, JsonText, UtcDateTime


class PriceSeries(Table, table=True):
    """One commodity in one market as a source names both; names drift, so each spelling is its own.

    Attributes:
        source: ``siskaperbapo``, ``sp2kp``, ``lembar``.
        region: The source's name of the region, ``sumenepkab``.
        market: The source's id of the market; empty for the mean of the region.
        item: The source's id of the commodity; empty where it has none.
        illustrative: Whether a stand-in invented the prices.
    """

    __tablename__ = "price_series"
    __table_args__ = (UniqueConstraint("source", "region", "market", "item", "name", "unit", "illustrative"),)

    id: int | None = Field(default=None, primary_key=True)
    source: str
    region: str
    market: str
    market_name: str
    item: str
    name: str
    unit: str
    illustrative: bool = False


class Price(Table, table=True):
    """One reading of one price; the highest reading of a day counts, the earlier ones stay.

    Attributes:
        reading: 0 for the first, one more for each value that differed from the one before.
        price: Rupiah for the unit of the series.
    """

    __tablename__ = "prices"
    __table_args__ = ({"sqlite_with_rowid": False},)

    series_id: int = Field(primary_key=True, foreign_key="price_series.id")
    day: date = Field(primary_key=True)
    reading: int = Field(primary_key=True, sa_type=SmallInteger)
    price: Decimal = Field(sa_type=DecimalText)
    fetch_id: int = Field(foreign_key="fetches.id")


class PriceDay(Table, table=True):
    """That a source was asked for a market and a day, and what was found last.

    Attributes:
        rows: Commodities listed.
        observed: Those with a price.
        unread: What stood where a price should stand: place, text and message of each.
    """

    __tablename__ = "price_days"
    __table_args__ = ({"sqlite_with_rowid": False},)

    source: str = Field(primary_key=True)
    region: str = Field(primary_key=True)
    market: str = Field(primary_key=True)
    day: date = Field(primary_key=True)
    fetch_id: int = Field(foreign_key="fetches.id")
    read_at: datetime = Field(sa_type=UtcDateTime)
    rows: int
    observed: int
    unread: list[Any] = Field(default_factory=list, sa_type=JsonText)
