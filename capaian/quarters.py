"""How the realisasi of a year follows from those of its quarters (triwulan I to IV)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from capaian.exact import mean, total
from capaian.formulas import sum_text
from capaian.values import Quantity, Value
from core.lists import join_words

QUARTERS = (1, 2, 3, 4)
ROMAN = ("I", "II", "III", "IV")


class Quarters(StrEnum):
    """How an indicator's year follows from its quarters."""

    SUM = "sum"
    LAST = "last"
    MEAN = "mean"


@dataclass(frozen=True)
class YearOfQuarters:
    """The year's realisasi as its quarters have it.

    Attributes:
        value: Exact; None while a quarter that it needs has none.
        formula: In Indonesian, with the numbers put in; empty while there is no value.
        missing: Of a sum or mean, the quarters that lack; of the last one filled, those before it that
            are empty, or the first where nothing is filled.
        last: The quarter that was taken, where the last one filled counts.
    """

    value: Value | None
    formula: str
    missing: tuple[int, ...]
    last: int | None = None


def year_of_quarters(way: Quarters, realisasi: Mapping[int, Value]) -> YearOfQuarters:
    """Take the year's realisasi out of its quarters.

    Args:
        way: The indicator's.
        realisasi: By quarter, 1 to 4; all of one unit, and quantities unless the last one counts.
    """
    if way is Quarters.LAST:
        return _last(realisasi)
    amounts = [value for n in QUARTERS if isinstance(value := realisasi.get(n), Quantity)]
    missing = tuple(n for n in QUARTERS if not isinstance(realisasi.get(n), Quantity))
    if missing:
        return YearOfQuarters(None, "", missing)
    numbers = [quantity.amount for quantity in amounts]
    terms = sum_text(numbers)
    if way is Quarters.SUM:
        return YearOfQuarters(Quantity(total(numbers), amounts[0].unit), terms, ())
    return YearOfQuarters(Quantity(mean(numbers), amounts[0].unit), f"({terms}) / {len(numbers)}", ())


def _last(realisasi: Mapping[int, Value]) -> YearOfQuarters:
    filled = [n for n in QUARTERS if n in realisasi]
    if not filled:
        return YearOfQuarters(None, "", QUARTERS[:1])
    last = filled[-1]
    before = tuple(n for n in QUARTERS if n < last and n not in realisasi)
    return YearOfQuarters(realisasi[last], f"{quarter_name(last)}, yang terakhir terisi", before, last)


def quarter_name(quarter: int) -> str:
    """``Triwulan II``."""
    return f"Triwulan {ROMAN[quarter - 1]}"


def quarter_names(quarters: Iterable[int]) -> str:
    """``Triwulan I, III, dan IV``."""
    numerals = [ROMAN[quarter - 1] for quarter in quarters]
    return f"Triwulan {join_words(numerals)}"
