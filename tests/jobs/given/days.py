"""The two days of the story, and those on which market prices are read."""

from datetime import date

JANUARY = date(2024, 1, 31)
RELEASE_DAY = date(2024, 4, 4)
FRIDAY = date(2023, 7, 28)
AUGUST = date(2024, 8, 20)
"""In a year that SP2KP's archive reaches."""
