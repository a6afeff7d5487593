"""Answers of BPS changed at random, byte by byte or in their structure."""

from __future__ import annotations

import copy
import random
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from core.errors import LkjipError

ODD: tuple[Any, ...] = (
    None, True, "", "-", "x", 0, -1, 10**30, 1.5, [], {}, [1], {"val": 1}, {"value": 1}, "9" * 400, "<b>",
    "１２",
)  # fmt: skip
"""What may stand where something else should."""


def change_structure(payload: dict[str, Any], dice: random.Random) -> None:
    """Break one thing that is not a figure: drop, double, swap, replace."""
    name = dice.choice([n for n in payload if payload[n]])
    part = payload[name]
    match dice.randrange(5):
        case 0:
            del payload[name]
        case 1:
            payload[name] = dice.choice(ODD)
        case 2 if isinstance(part, list):
            part.insert(dice.randrange(len(part) + 1), copy.deepcopy(dice.choice(part)))
        case 3 if isinstance(part, list):
            del part[dice.randrange(len(part))]
        case _ if isinstance(part, dict):
            del part[dice.choice(list(part))]
        case _ if isinstance(part, list) and isinstance(row := dice.choice(part), dict) and row:
            field = dice.choice(list(row))
            row[field] = dice.choice([*ODD, f"{row[field]} "])


def change_bytes(body: bytes, data: st.DataObject) -> bytes:
    """Put other bytes in the place of one to four."""
    content = bytearray(body)
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    return bytes(content)


def is_read_or_refused(read: Callable[[], object]) -> bool:
    """Whether reading ends well or in an error of ours that says something; others fall through."""
    try:
        read()
    except LkjipError as error:
        return bool(str(error))
    return True
