"""Dates and times: aware, UTC in storage, Asia/Jakarta and Indonesian words for people."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

JAKARTA = ZoneInfo("Asia/Jakarta")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip


def format_date(day: date) -> str:
    """Write a day as ``2 November 2023``."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def format_time(moment: datetime) -> str:
    """Write a moment as ``2 November 2023 pukul 08.15 WIB``."""
    local = moment.astimezone(JAKARTA)
    return f"{format_date(local.date())} pukul {local:%H.%M} WIB"


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC)


def start_of_day(day: date) -> datetime:
    """Midnight of ``day`` in Jakarta, as UTC."""
    return datetime(day.year, day.month, day.day, tzinfo=JAKARTA).astimezone(UTC)
