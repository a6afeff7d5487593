"""A numbered picture of the report, and the charts in it, which are drawn when they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from threading import Lock
from typing import Protocol

KEPT = 64
"""Drawings of one process that are not made twice; an issue has about fifteen."""
_DRAWING = Lock()


class Chart(Protocol):
    """What is drawn: plain data that can be hashed, and so the same drawing for the same data."""

    def draw(self) -> str:
        """The chart as SVG, with its words for those who cannot see it."""
        ...

    def __hash__(self) -> int: ...


@dataclass(frozen=True)
class Picture:
    """One numbered picture of several charts.

    Attributes:
        number: ``3.1``; empty until the book gives it one.
        charts: Not drawn yet: who only asks for figures (``lkjip status``) needs no drawing.
        traces: The cards of its figures, each with whose it is; the page lists them below the picture.
    """

    number: str
    caption: str
    charts: tuple[Chart, ...]
    traces: tuple[tuple[str, str], ...] = ()

    @property
    def drawn(self) -> tuple[str, ...]:
        """The charts as SVG."""
        return tuple(draw(chart) for chart in self.charts)


def draw(chart: Chart) -> str:
    """A chart as SVG; matplotlib is not made for several threads, so one at a time."""
    with _DRAWING:
        return _drawn(chart)


@lru_cache(maxsize=KEPT)
def _drawn(chart: Chart) -> str:
    return chart.draw()
