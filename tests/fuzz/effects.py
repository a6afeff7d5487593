"""What a broken answer may do to figures, and what is needed to break one."""

from __future__ import annotations

import random
from enum import Enum
from typing import Any

Payload = dict[str, Any]


class Effect(Enum):
    """What may come of a mutation.

    HARMLESS: only the writing changed, so the table must be accepted with its figures.
    NONE: no figure changed, so what is accepted must be the original's figures.
    FIGURES: single figures changed, so what is accepted and differs must be small or remarked.
    WHOLE: a year or a table was exchanged in itself consistently; if accepted, something is remarked.
    UNSEEN: rewritten so that no reader could tell; there must only be no other error.
    """

    HARMLESS = "harmless"
    NONE = "none"
    FIGURES = "figures"
    WHOLE = "whole"
    UNSEEN = "unseen"


ODD: list[Any] = [
    None, True, False, "", "-", "x", 0, -1, 10**30, 1.5, 1e300, [], {}, [1], [[]], {"val": 1}, "9" * 400,
    "<b>", "１２", "\ud800", "\x00", "&amp;amp;", "2023", " ", "<" * 50, "((((", "1 = 1",
    [{"val": 1, "label": "C"}],
]  # fmt: skip
DIMENSIONS = ("vervar", "turvar", "tahun", "turtahun")


def one_of(part: list[Any], dice: random.Random) -> dict[str, Any]:
    return dice.choice(part)


def two_of(part: list[Any], dice: random.Random) -> tuple[dict[str, Any], dict[str, Any]]:
    one, other = dice.sample(range(len(part)), 2) if len(part) > 1 else (0, 0)
    return part[one], part[other]
