"""Words of headings and titles, which people write in capitals or not."""

from __future__ import annotations

import re


def any_case(pattern: str) -> re.Pattern[str]:
    """A pattern that fits letters of any case."""
    return re.compile(pattern, re.IGNORECASE)
