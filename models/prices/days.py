"""Which days were read of a source, over all years at once."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import extract, func
from sqlmodel import Session, col, select

from models.prices.tables import PriceDay


def last_days(session: Session, source: str, region: str) -> dict[int, tuple[datetime, date]]:
    """Of each year when a day with prices was read last, and the last such day."""
    year = extract("year", col(PriceDay.day))
    query = select(year, func.max(col(PriceDay.read_at)), func.max(col(PriceDay.day))).where(
        PriceDay.source == source, PriceDay.region == region, col(PriceDay.observed) > 0
    )
    return {int(of): (read_at, day) for of, read_at, day in session.exec(query.group_by(year))}
