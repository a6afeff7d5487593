"""Marks: provisional years in notes and heads, and the stand-in's mark of its own inventions."""

from __future__ import annotations

import re

from connectors.bps.labels.industries import CODES
from connectors.bps.labels.text import note_lines

FINAL, PROVISIONAL, VERY_PROVISIONAL = "tetap", "sementara", "sangat sementara"

_YEARS = r"(?:19|20)\d\d(?:\s*(?:-|–|s\.?\s?d\.?|sampai|dan|,|&)\s*(?:19|20)\d\d){0,30}"
_LONGEST_LINE = 1000
"""Letters of a note's line that are looked at; searching years and marks far apart takes its time."""
_MARK = r"(sangat\s+sementara|sementara|very\s+preliminary|preliminary)"
_YEARS_FIRST = re.compile(rf"({_YEARS})\*{{0,2}}[^0-9;]{{0,40}}?{_MARK}", re.IGNORECASE)
_MARK_FIRST = re.compile(rf"{_MARK}[^0-9;]{{0,20}}({_YEARS})", re.IGNORECASE)
_RANGE = re.compile(r"((?:19|20)\d\d)\s*(?:-|–|s\.?\s?d\.?|sampai)\s*((?:19|20)\d\d)", re.IGNORECASE)


def read_statuses(note: object) -> dict[int, str]:
    """The provisional years of a note: ``Data 2024: Angka sementara``.

    Returns:
        Status by year; a year that is not named is final as far as BPS says.
    """
    found: dict[int, str] = {}
    for line in (line[:_LONGEST_LINE] for line in note_lines(note)):
        pairs = [(m[1], m[2]) for m in _YEARS_FIRST.finditer(line)]
        pairs = pairs or [(m[2], m[1]) for m in _MARK_FIRST.finditer(line)]
        for years, mark in pairs:
            status = VERY_PROVISIONAL if mark.lower().startswith(("sangat", "very")) else PROVISIONAL
            found.update(dict.fromkeys(_expand_years(years), status))
    return found


def _expand_years(text: str) -> set[int]:
    years = {int(year) for year in re.findall(r"\d{4}", text)}
    for first, last in _RANGE.findall(text):
        years.update(range(int(first), int(last) + 1))
    return years


_YEAR_LABEL = re.compile(r"(?:tahun\s+)?((?:19|20)[0-9]{2})\s*(\*{0,2}|x{1,2})\s*\)?", re.IGNORECASE)


def read_year(label: str) -> tuple[int, str] | None:
    """A year's label with the marks that tables put behind it: ``2024*``, ``2025**``, ``2023xx)``.

    Returns:
        The year and its status; None when the label is no single year.
    """
    match = _YEAR_LABEL.fullmatch(label)
    if match is None:
        return None
    return int(match[1]), (FINAL, PROVISIONAL, VERY_PROVISIONAL)[len(match[2])]


def read_illustrative(note: object) -> dict[str, set[int]]:
    """Which figures a stand-in marks as its own invention: ``Ilustrasi: A-U 2019-2023; TOTAL 2019``.

    BPS never writes such a line. ``SEMUA 2019-2023`` marks every row of a table that is not of PDRB.

    Returns:
        Years by category code, or by ``SEMUA``.
    """
    found: dict[str, set[int]] = {}
    for line in note_lines(note):
        marker, _, rest = line.partition(":")
        if marker.strip().lower() != "ilustrasi":
            continue
        for entry in rest.split(";"):
            match = re.fullmatch(r"\s*(\S+)\s+(\d{4})(?:-(\d{4}))?\s*\.?\s*", entry)
            if match:
                codes = CODES if match[1] == "A-U" else (match[1],)
                years = range(int(match[2]), int(match[3] or match[2]) + 1)
                for code in codes:
                    found.setdefault(code, set()).update(years)
    return found
