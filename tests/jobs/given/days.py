"""The two days of the story."""

from datetime import date

JANUARY = date(2024, 1, 31)
RELEASE_DAY = date(2024, 4, 4)
