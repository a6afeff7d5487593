"""The commodities that Siskaperbapo lists, in its order, and how the stand-in lets their prices move.

Names, groups and units are the site's own, as public clients of it show them; so are the ids below 900
(tests/connectors/prices/siskaperbapo/names.csv names the client of each). Ids from 900 on are invented,
since the true ones were not found. Levels and movements are invented too.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple


class Movement(NamedTuple):
    """How prices of a kind of goods move.

    Attributes:
        wildness: Up to which part of the level they wander.
        season: Part of the level by which they swing within a year.
        peak: Day of the year on which the season is highest.
        feast: Part of the level by which they rise before Idulfitri; half of it at the end of the year.
        every: So many days pass on average until a price changes.
        trend: Part of the level by which they rise in a year.
    """

    wildness: float
    season: float
    peak: int
    feast: float
    every: int
    trend: float


MOVEMENTS = {
    "rice": Movement(0.03, 0.05, 20, 0.01, 5, 0.05),
    "sugar": Movement(0.03, 0.01, 150, 0.02, 7, 0.05),
    "oil": Movement(0.04, 0.01, 100, 0.02, 6, 0.03),
    "beef": Movement(0.02, 0.01, 120, 0.06, 8, 0.02),
    "chicken": Movement(0.08, 0.04, 180, 0.14, 3, 0.02),
    "eggs": Movement(0.08, 0.04, 170, 0.08, 2, 0.03),
    "chilli": Movement(0.35, 0.32, 15, 0.18, 1, 0.04),
    "onion": Movement(0.18, 0.15, 110, 0.1, 2, 0.04),
    "vegetable": Movement(0.12, 0.1, 30, 0.05, 3, 0.03),
    "fish": Movement(0.08, 0.06, 20, 0.04, 3, 0.03),
    "crop": Movement(0.04, 0.03, 60, 0.01, 8, 0.03),
    "factory": Movement(0.01, 0.0, 1, 0.0, 30, 0.03),
    "regulated": Movement(0.005, 0.0, 1, 0.0, 60, 0.01),
}


class Commodity(NamedTuple):
    """A commodity.

    Attributes:
        item: ``data-commodity-id``.
        level: Rupiah about which its price moved in 2023; illustrative.
    """

    item: str
    name: str
    unit: str
    level: int
    movement: Movement


@dataclass(frozen=True)
class Group:
    """A numbered line of the table: a heading with commodities, or one commodity that stands for itself.

    Attributes:
        heading: Empty for a commodity that stands for itself.
        parts: Sub-headings and commodities below, in order.
    """

    heading: str
    parts: tuple[str | Commodity, ...]


def _read_groups() -> Iterator[Group]:
    """The groups of ``commodities.csv``; without an id a line is a sub-heading, without a heading alone."""
    text = Path(__file__).with_name("commodities.csv").read_text(encoding="utf-8")
    for heading, rows in groupby(csv.DictReader(text.splitlines()), itemgetter("heading")):
        parts = tuple(_part(row) for row in rows)
        yield from (Group(heading, parts),) if heading else (Group("", (part,)) for part in parts)


def _part(row: Mapping[str, str]) -> str | Commodity:
    if not row["item"]:
        return row["name"]
    movement = MOVEMENTS[row["movement"]]
    return Commodity(row["item"], row["name"], row["unit"], int(row["level"]), movement)


GROUPS = tuple(_read_groups())


def commodities() -> Iterator[Commodity]:
    """All commodities, in the order of the table."""
    for group in GROUPS:
        yield from (part for part in group.parts if isinstance(part, Commodity))
