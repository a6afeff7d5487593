"""How realisasi stands to its target."""

from __future__ import annotations

from enum import StrEnum


class Direction(StrEnum):
    """Whether more or less of the indicator is the better."""

    HIGHER = "higher"
    LOWER = "lower"


class Method(StrEnum):
    """How capaian of a lower-is-better indicator is computed."""

    RATIO = "ratio"
    PERMENPANRB = "permenpanrb"
