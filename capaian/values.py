"""Targets and realisasi as the report writes them: ``7%``, ``18 dokumen``, ``5-6%``, ``A``, ``≥ 80%``."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from capaian.readings import refuse_second_number, refuse_unclear
from core.numbers import format_number, parse_number

_NUMBER = r"[+-]?\d[\d.,]*"
_QUANTITY = re.compile(rf"({_NUMBER})\s*(\S.*)?")
_RANGE = re.compile(rf"({_NUMBER})\s*(?:-|–|s\.?d\.?)\s*({_NUMBER})\s*(\S.*)?")
_BOUND = re.compile(r"(<=|>=|<|>|≤|≥)\s*(\S.*)")
_GRADE = re.compile(r"[A-Z][A-Za-z]{0,19}(?: [A-Z][A-Za-z]{0,19})?")


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
    """A grade of an ordinal scale (:class:`capaian.rules.Ordinal`): ``A``, ``WTP``, ``III``."""

    letter: str

    def __str__(self) -> str:
        return self.letter


class Relation(StrEnum):
    """How a realisasi must stand to a bound."""

    BELOW = "<"
    AT_MOST = "≤"
    ABOVE = ">"
    AT_LEAST = "≥"

    @property
    def upwards(self) -> bool:
        """Whether the realisasi must lie above the bound."""
        return self in (Relation.ABOVE, Relation.AT_LEAST)

    def holds(self, realisasi: Decimal, bound: Decimal) -> bool:
        """Whether a realisasi stands so to the bound."""
        if realisasi == bound:
            return self in (Relation.AT_MOST, Relation.AT_LEAST)
        return (realisasi > bound) == self.upwards


@dataclass(frozen=True)
class Bound:
    """A target relative to another figure: ``≥ 80%``, ``< inflasi nasional``.

    Attributes:
        figure: The bound, where the target names a number.
        name: Of the other figure, where it names that.
    """

    relation: Relation
    figure: Quantity | None = None
    name: str = ""

    def __str__(self) -> str:
        return f"{self.relation.value} {self.figure or self.name}"


Value = Quantity | Range | Grade | Bound
_WRITTEN_OTHERWISE = {"<=": "≤", ">=": "≥"}


def parse_value(text: str) -> Value:
    """Read a target or realisasi as a person writes it.

    Args:
        text: ``7%``, ``5.1%``, ``14,8 %``, ``18 dokumen``, ``200orang``, ``5-6%``, ``≥ 80%``,
            ``< inflasi nasional``, or a grade (``A``, ``WTP``), whose scale is checked with the rules.

    Raises:
        ValueError: It is none of these, or may be read in two ways; the message says so in Indonesian.
    """
    cleaned = " ".join(text.split())
    if match := _BOUND.fullmatch(cleaned):
        return _parse_bound(Relation(_WRITTEN_OTHERWISE.get(match[1], match[1])), match[2])
    if _GRADE.fullmatch(cleaned):
        return Grade(cleaned)
    refuse_unclear(cleaned)
    if match := _RANGE.fullmatch(cleaned):
        low, high = sorted((parse_number(match[1]), parse_number(match[2])))
        return Range(low, high, match[3] or "", f"{match[1]}-{match[2]}")
    if match := _QUANTITY.fullmatch(cleaned):
        refuse_second_number(cleaned, match[1], match[2] or "")
        return Quantity(parse_number(match[1]), match[2] or "", match[1])
    raise ValueError(f"{text!r} bukan nilai yang dikenal; tulis misalnya 7%, 18 dokumen, 5-6%, ≥ 80% atau A")


def _parse_bound(relation: Relation, text: str) -> Bound:
    if match := _QUANTITY.fullmatch(text):
        return Bound(relation, figure=Quantity(parse_number(match[1]), match[2] or ""))
    return Bound(relation, name=text)
