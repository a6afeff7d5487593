"""The office's own words on an indicator: why its target was reached or missed, and what is done about it."""

from __future__ import annotations

from collections.abc import Mapping

from office.fields import Entry, Text


class Explanation(Entry):
    """A row of ``realisasi.csv`` without a figure: words on an indicator whose figure comes otherwise.

    Attributes:
        cause: Why the target of the reporting year was reached or missed.
        solution: What was or will be done.
    """

    indicator: Text
    year: int
    cause: str = ""
    solution: str = ""


def has_words_alone(row: Mapping[str, str]) -> bool:
    """Whether a row of realisasi.csv, without its blank cells, has words and neither figure nor source."""
    return bool({"cause", "solution"} & set(row)) and not {"value", "source"} & set(row)
