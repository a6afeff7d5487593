"""Which table of ours a table of the office's is, and which of its columns are ours; nothing is guessed."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from rapidfuzz import fuzz

from reports.word.grids import WordTable
from reports.word.known import FACTS, KnownTable
from reports.word.names import heading_likeness, letters, years_in

_MOST_COLUMNS, _MOST_ROWS = 40, 3_000
"""Of a table that may be one of ours."""
_FIRST_ROWS, _HEIGHTS = range(3), range(1, 4)
_CAPTION_ALIKE = 85
_SHARE_WITH_CAPTION, _SHARE_WITHOUT = 0.5, 0.8
_NEAR = 0.25
"""A table of ours that fits worse than the best by less than this is a rival."""
_NUMBER = re.compile(r"^\s*(?:lanjutan\s+)?(?:tabel|table)\s*[\dIVXivx.\-]+\s*[.:]?\s*", re.IGNORECASE)
_PERIOD = re.compile(r"20\d\d\s*[-–]\s*20\d\d")
_OTHER_THINGS = re.compile(
    r"standar|nasional|provinsi|akhir|kemajuan|triwulan|semester|bulan|anggaran|rp|program|kegiatan|\btw\b",
    re.IGNORECASE,
)
"""Headings of tables whose realisasi and capaian may be something else than those of the year."""


@dataclass(frozen=True)
class Placement:
    """A table of ours that one of the office's may be.

    Attributes:
        body: The first row below its head.
        columns: The office's for each of ours.
        headings: Of the office's columns, from above.
        score: How well it fits; only to be compared.
    """

    known: KnownTable
    body: int
    columns: Mapping[int, int]
    headings: Sequence[tuple[str, ...]]
    score: float


def placements(table: WordTable, known: Sequence[KnownTable], year: int) -> list[Placement]:
    """The tables of ours that a table may be, the best first; none where none fits surely enough."""
    if not 2 <= table.columns <= _MOST_COLUMNS or len(table.rows) > _MOST_ROWS:
        return []
    heads = [
        (first + height, table.headings(first, height))
        for first, height in product(_FIRST_ROWS, _HEIGHTS)
        if first + height < len(table.rows)
    ]
    found = [best for each in known if (best := _best(table, heads, each, year)) is not None]
    named = [placement for placement in found if placement.known.name != FACTS]
    found = sorted(named or found, key=lambda placement: -placement.score)
    return [placement for placement in found if placement.score > found[0].score - _NEAR]


def _best(
    table: WordTable, heads: Sequence[tuple[int, list[tuple[str, ...]]]], known: KnownTable, year: int
) -> Placement | None:
    said = caption_of(table)
    spoken = years_in(_PERIOD.sub("", said))
    if spoken and not spoken & known.years:
        return None
    alike = _caption_likeness(said, known.caption)
    needed = _SHARE_WITH_CAPTION if alike >= _CAPTION_ALIKE else _SHARE_WITHOUT
    best: Placement | None = None
    for body, headings in heads:
        columns = _columns(headings, known.columns, str(year))
        if not any(place in columns for place in known.values) or not _named(known, columns):
            continue
        shares = len(columns) / len(known.columns), len(columns) / max(1, sum(map(bool, headings)))
        if known.name == FACTS:
            if not {1, 2} <= columns.keys() or any(_OTHER_THINGS.search(" ".join(h)) for h in headings):
                continue
        elif shares[0] < needed or (alike < _CAPTION_ALIKE and shares[1] < needed):
            continue
        score = shares[0] + shares[1] + alike / 100
        if best is None or score > best.score:
            best = Placement(known, body, columns, headings, score)
    return best


def caption_of(table: WordTable) -> str:
    """The line above a table that is its caption, without number; the nearest where none says so."""
    lines = list(table.caption)
    for place, line in enumerate(lines):
        if _NUMBER.match(line):
            return " ".join([_NUMBER.sub("", line), *reversed(lines[:place])]).strip()
    return lines[0] if lines else ""


def _caption_likeness(theirs: str, ours: str) -> float:
    one, others = letters(theirs), {letters(ours), letters(ours.split("\n", maxsplit=1)[0])} - {""}
    return max((fuzz.ratio(one, other) for other in others), default=0.0) if one else 0.0


def _named(known: KnownTable, columns: Mapping[int, int]) -> bool:
    """Whether the column that names the rows of a figure is there, for one figure at least."""
    return any(known.names_of(place)[-1] in columns for place in known.values if place in columns)


def _columns(theirs: Sequence[tuple[str, ...]], ours: Sequence[tuple[str, ...]], year: str) -> dict[int, int]:
    """The office's column for each of ours; those that bear one heading meet in their order."""
    wanted: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for place, own in enumerate(ours):
        likeness = [heading_likeness(heading, own, year) for heading in theirs]
        most = max(likeness, default=0)
        if most:
            wanted[tuple(p for p, each in enumerate(likeness) if each == most)].append(place)
    found = dict(_paired(wanted))
    taken = list(found.values())
    return {own: their for own, their in found.items() if taken.count(their) == 1}


def _paired(wanted: Mapping[tuple[int, ...], Sequence[int]]) -> Iterator[tuple[int, int]]:
    for theirs, ours in wanted.items():
        if len(theirs) == len(ours):
            yield from zip(ours, theirs, strict=True)
