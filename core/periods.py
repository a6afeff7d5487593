"""Parts of a year as tables name them: ``Tahunan``, ``Semester 1 (Maret)``, ``Triwulan IV``, ``Agustus``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from core.dates import MONTHS


class Part(StrEnum):
    """What a year is divided into."""

    YEAR = "tahun"
    HALF = "semester"
    QUARTER = "triwulan"
    MONTH = "bulan"


@dataclass(frozen=True)
class Period:
    """A part of a year; ``number`` counts from 1 and is 1 for the whole year."""

    part: Part
    number: int = 1

    def __str__(self) -> str:
        if self.part is Part.YEAR:
            return "tahun"
        if self.part is Part.MONTH:
            return MONTHS[self.number - 1]
        return f"Semester {self.number}" if self.part is Part.HALF else f"Triwulan {_ROMAN[self.number - 1]}"


YEAR = Period(Part.YEAR)
_ROMAN = ("I", "II", "III", "IV")
_WHOLE = {"tahun", "tahunan", "setahun", "jumlah", "total", "tidak ada", "annual", "year"}
"""How tables name the whole year; ``tidak ada`` is BPS's word where a year is not divided at all."""
_SPELLINGS = {"pebruari": 2, "nopember": 11} | {m.casefold(): n for n, m in enumerate(MONTHS, start=1)}
_MONTH = re.compile(rf"\b({'|'.join(_SPELLINGS)})\b")
_COUNTED = re.compile(
    r"\b(?:(?P<quarter>tri\s?wulan|kuartal|tw|quarter)|(?P<half>semester|smt))\.?[\s-]*"
    r"(?P<number>iv|iii|ii|i|[1-4])\b(?!\s*(?:-|–|s\.?\s?d|sampai)\s*(?:i|[1-4]))"
)


def periods_in(label: str) -> frozenset[Period]:
    """Every part of a year that a label names.

    ``Semester 1 (Maret)`` names the half and the month. A span, ``Januari-Juni``, names none: what a
    table means by it is not known.
    """
    text = " ".join(label.casefold().split())
    if text in _WHOLE:
        return frozenset({YEAR})
    months = {_SPELLINGS[name] for name in _MONTH.findall(text)}
    found = {Period(Part.MONTH, months.pop())} if len(months) == 1 else set[Period]()
    counted = list(_COUNTED.finditer(text))
    if len(counted) == 1:
        part, number = _counted(counted[0])
        if part is Part.QUARTER or number <= 2:
            found.add(Period(part, number))
    return frozenset(found)


def _counted(match: re.Match[str]) -> tuple[Part, int]:
    word = match["number"]
    number = int(word) if word.isdecimal() else _ROMAN.index(word.upper()) + 1
    return (Part.QUARTER if match["quarter"] else Part.HALF), number


def read_period(text: str) -> Period:
    """The one part of a year that a person names: ``tahun``, ``Semester 2``, ``triwulan IV``, ``Agustus``.

    Raises:
        ValueError: It names none, or two; the message says so in Indonesian.
    """
    found = periods_in(text)
    if len(found) == 1:
        return next(iter(found))
    raise ValueError(
        f"{text!r} bukan satu bagian tahun; tulis tahun, Semester 1, Triwulan IV, atau nama bulan seperti "
        "Agustus"
    )
