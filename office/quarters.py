"""The quarters of an indicator's year (``<year>/triwulan.csv``)."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator

from capaian.quarters import QUARTERS, quarter_name
from office.fields import Entry, Text, Written

QUARTERS_FILE = "triwulan.csv"
"""Of a year in which an indicator has quarters."""


def _quarter(raw: object) -> object:
    if str(raw) not in map(str, QUARTERS):
        raise ValueError(f"'{raw}' bukan triwulan; tulis 1, 2, 3 atau 4")
    return int(str(raw))


class QuarterRow(Entry):
    """One quarter of an indicator.

    Attributes:
        quarter: 1 to 4.
        target: Of the quarter alone where the year is the sum of its quarters, else up to its end.
        realisasi: Left out until it is known.
    """

    indicator: Text
    quarter: Annotated[int, BeforeValidator(_quarter)]
    target: Written | None = None
    realisasi: Written | None = None
    source: Text
    note: str = ""

    @property
    def name(self) -> str:
        """``Triwulan II``."""
        return quarter_name(self.quarter)
