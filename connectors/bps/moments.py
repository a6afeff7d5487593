"""Days and moments as BPS writes them; what is no date (``null``, ``0000-00-00``) is None, never today."""

from __future__ import annotations

import re
from datetime import date, datetime

from core.dates import JAKARTA

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:Z|[+-]\d\d:?\d\d)?)?")


def read_day(value: object) -> date | None:
    """The day at the start of ``value``: ``2024-04-04``, with or without a time behind it."""
    match = _DAY.match(value.strip()) if isinstance(value, str) else None
    try:
        return date.fromisoformat(match[0]) if match else None
    except ValueError:
        return None


def read_moment(value: object) -> datetime | None:
    """A moment, aware: ``2024-04-04 08:00:00`` or only its day, which counts as midnight.

    BPS names no zone; Waktu Indonesia Barat is assumed unless the text says another.
    """
    text = value.strip() if isinstance(value, str) else ""
    if not _MOMENT.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=JAKARTA)
