"""Numbers as formulas show them."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from core.numbers import format_number

_PLACES = 4


def number_text(number: Decimal) -> str:
    """A number with its own decimals; of one with more than four, or an endless one, four."""
    places = max(0, -int(number.as_tuple().exponent))
    return format_number(number, places) if places <= _PLACES else format_number(number, _PLACES, trim=True)


def sum_text(numbers: Iterable[Decimal]) -> str:
    """``24 + 31 + (-2)``: the terms of a sum."""
    return " + ".join(f"({text})" if text.startswith("-") else text for text in map(number_text, numbers))
