"""Targets and realisasi as the report writes them: ``7%``, ``18 dokumen``, ``5-6%``, ``A``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from capaian.readings import refuse_second_number, refuse_unclear
from core.numbers import format_number, parse_number

GRADES = ("AA", "A", "BB", "B", "CC", "C", "D")
"""Letter grades of the SAKIP evaluation, best first (PermenPANRB 88/2021, lampiran)."""

_NUMBER = r"[+-]?\d[\d.,]*"
_QUANTITY = re.compile(rf"({_NUMBER})\s*(\S.*)?")
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|–|s\.?d\.?)\s*({_NUMBER})\s*(\S.*)?")


@dataclass(frozen=True)
class Quantity:
    """A number with its unit, ``%`` or a counted thing (``dokumen``, ``Unit Usaha``).

    ``written`` is the number as a person wrote it; empty where it was computed.
    """

    amount: Decimal
    unit: str = "%"
    written: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        places = max(0, -int(self.amount.as_tuple().exponent))
        text = format_number(self.amount, min(places, 2))
        return text + (self.unit if self.unit == "%" else f" {self.unit}" if self.unit else "")


@dataclass(frozen=True)
class Range:
    """A target between two bounds, ``written`` so; the bound on the near side counts."""

    low: Decimal
    high: Decimal
    unit: str = "%"
    written: str = field(default="", compare=False, repr=False)

    def __str__(self) -> str:
        return f"{Quantity(self.low, '')}-{Quantity(self.high, self.unit)}"


@dataclass(frozen=True)
class Grade:
    """A letter grade of :data:`GRADES`."""

    letter: str

    def __str__(self) -> str:
        return self.letter


Value = Quantity | Range | Grade


def parse_value(text: str) -> Value:
    """Read a target or realisasi as a person writes it.

    Args:
        text: ``7%``, ``5.1%``, ``14,8 %``, ``18 dokumen``, ``200orang``, ``5-6%`` or ``A``.

    Raises:
        ValueError: It is none of these, or may be read in two ways; the message says so in Indonesian.
    """
    cleaned = " ".join(text.split())
    if cleaned in GRADES:
        return Grade(cleaned)
    refuse_unclear(cleaned)
    if match := _RANGE.fullmatch(cleaned):
        low, high = sorted((parse_number(match[1]), parse_number(match[2])))
        return Range(low, high, match[3] or "", f"{match[1]}-{match[2]}")
    if match := _QUANTITY.fullmatch(cleaned):
        refuse_second_number(cleaned, match[1], match[2] or "")
        return Quantity(parse_number(match[1]), match[2] or "", match[1])
    raise ValueError(
        f"{text!r} bukan nilai yang dikenal; tulis misalnya 7%, 18 dokumen, 5-6% atau {', '.join(GRADES)}"
    )
