"""Names of months as sheets write them: ``Pebruari``, ``Nop``, ``Agt``, and the English ones of Excel."""

from __future__ import annotations

from core.dates import MONTHS

NUMBERS = (
    {name.casefold(): number for number, name in enumerate(MONTHS, start=1)}
    | {name.casefold()[:3]: number for number, name in enumerate(MONTHS, start=1)}
    | {
        "january": 1, "february": 2, "peb": 2, "pebruari": 2, "march": 3, "mrt": 3, "may": 5, "june": 6,
        "july": 7, "aug": 8, "august": 8, "agt": 8, "ags": 8, "agst": 8, "agust": 8, "sept": 9, "oct": 10,
        "october": 10, "nop": 11, "nopember": 11, "dec": 12, "december": 12,
    }
)  # fmt: skip
"""By name, in small letters."""
ANY = "|".join(sorted(NUMBERS, key=len, reverse=True))
"""Alternatives of a pattern, the longest first."""
LONG = "|".join((*(name.casefold() for name in MONTHS), "pebruari", "nopember"))
"""The names that are nothing else inside a sentence."""


def month_number(name: str) -> int:
    """The number of a month that :data:`ANY` matches."""
    return NUMBERS[name.casefold()]
