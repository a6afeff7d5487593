"""Sizes of paper, in points; the margins are those of an office that binds at the left."""

from __future__ import annotations

from dataclasses import dataclass

_POINTS_PER_MILLIMETRE = 72 / 25.4
LEFT, RIGHT, TOP, BOTTOM = (length * _POINTS_PER_MILLIMETRE for length in (30, 25, 30, 25))
_SIZES = {"A4": (210, 297), "F4": (215, 330)}
"""In millimetres; F4 is what offices here call folio."""


@dataclass(frozen=True)
class Paper:
    """A sheet, upright."""

    width: float
    height: float

    @property
    def text_width(self) -> float:
        """Between the margins of an upright page."""
        return self.width - LEFT - RIGHT

    @property
    def text_height(self) -> float:
        """Between the margins of an upright page."""
        return self.height - TOP - BOTTOM

    @property
    def turned_width(self) -> float:
        """Between the margins at the sides of a page on its side."""
        return self.height - LEFT - RIGHT

    @property
    def turned_height(self) -> float:
        """Between the margins above and below of a page on its side."""
        return self.width - TOP - BOTTOM


def paper_of(name: str) -> Paper:
    """The paper that an office's form names, ``A4`` or ``F4``."""
    width, height = _SIZES[name]
    return Paper(width * _POINTS_PER_MILLIMETRE, height * _POINTS_PER_MILLIMETRE)
