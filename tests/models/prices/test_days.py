"""Which days were read of a source, over all years at once."""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlmodel import Session

from models.prices.days import last_days
from models.prices.readings import record_day
from models.snapshots import keep_snapshot
from models.tables import identity

AT = datetime(2024, 7, 4, 9, tzinfo=UTC)


def test_of_each_year_the_last_day_with_prices_and_the_last_reading_are_found(session: Session) -> None:
    kept = keep_snapshot(
        session,
        source="siskaperbapo",
        url="https://contoh.example/harga",
        status=200,
        headers={},
        content=b"tabel",
        fetched_at=AT,
    )
    read = (
        ("sumenepkab", "satu", date(2023, 12, 31), AT.replace(month=2), 5),
        ("sumenepkab", "dua", date(2023, 7, 1), AT.replace(month=3), 5),
        ("sumenepkab", "satu", date(2024, 1, 2), AT, 5),
        ("sumenepkab", "satu", date(2024, 1, 3), AT.replace(month=8), 0),  # a day without prices
        ("pamekasankab", "satu", date(2025, 1, 1), AT, 5),
    )
    for region, market, day, read_at, observed in read:
        record_day(
            session,
            source="siskaperbapo",
            region=region,
            market=market,
            day=day,
            fetch_id=identity(kept.id),
            read_at=read_at,
            rows=5,
            observed=observed,
            unread=[],
        )
    assert last_days(session, "siskaperbapo", "sumenepkab") == {
        2023: (AT.replace(month=3), date(2023, 12, 31)),
        2024: (AT, date(2024, 1, 2)),
    }
