"""Lines over a year: a commodity's daily means, and several commodities as an index of monthly means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Any

from core.dates import MONTHS, format_date
from core.numbers import format_number
from reports.charts.canvas import (
    INK,
    LIGHT,
    LINE_COLOUR,
    NARROW,
    PAPER,
    SOFT,
    WIDE,
    Canvas,
)

HEIGHT, INDEX_HEIGHT = 150, 320
LONGEST_GAP = 7
"""Days without a price over which the line still goes on; over more it breaks, since nobody knows."""
STEPS = tuple(Decimal(step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000))
MOST_LINES = 8
"""Horizontal lines of the index chart."""

_COLOURS = ("#1f4e79", "#b03a2e", "#1e7145", "#7d5a00", "#6c3483", "#000000", "#0b7a8f", "#8a4b08")
_DASHES: tuple[str | tuple[int, tuple[int, ...]], ...] = ("-", (0, (7, 3)), (0, (2, 3)), (0, (9, 3, 2, 3)))
_MARKERS = (
    ("o", True),
    ("s", False),
    ("^", True),
    ("o", False),
    ("s", True),
    ("^", False),
    ("x", True),
    ("+", True),
)
"""Shape, and whether it is filled: eight lines differ without their colours."""


@dataclass(frozen=True)
class DailyPrices:
    """The daily means of a commodity over a year, between the lowest and the highest price.

    Attributes:
        identifier: Unlike all others of a report.
        name: With the dagger where prices are illustrative.
        unit: Of the prices, ``kg``.
        points: Days of ``year``, ascending, each with its mean in rupiah; at least one.
    """

    identifier: str
    name: str
    unit: str
    year: int
    points: tuple[tuple[date, Decimal], ...]

    @property
    def title(self) -> str:
        """``Beras Medium (Rp/kg)``."""
        return f"{self.name} (Rp/{self.unit})"

    def draw(self) -> str:
        """The chart as SVG."""
        lowest = min(self.points, key=lambda point: point[1])
        highest = max(self.points, key=lambda point: point[1])
        described = (
            f"Harga rata-rata harian tahun {self.year}: terendah {format_number(lowest[1])} pada "
            f"{format_date(lowest[0])}, tertinggi {format_number(highest[1])} pada {format_date(highest[0])}."
        )
        first = date(self.year, 1, 1)
        days = (date(self.year, 12, 31) - first).days
        canvas = Canvas(self.identifier, NARROW, HEIGHT)
        canvas.write(NARROW / 2, 15, self.title, size=11.5, anchor="middle", bold=True)
        flat = lowest[1] == highest[1]
        up = (float(lowest[1]) - flat, float(highest[1]) + flat)
        axes = canvas.axes((46, 30, NARROW - 8, HEIGHT - 22), across=(0, days), up=up)
        starts = [(date(self.year, month, 1) - first).days for month in range(1, 13)]
        axes.vlines(starts, *up, colors=LIGHT, linewidths=0.7)
        levels = [lowest] if flat else [highest, lowest]
        axes.hlines([float(price) for _, price in levels], 0, days, colors=LIGHT, linewidths=0.7)
        prices = [float(price) for _, price in levels]
        canvas.name_up(axes, prices, [format_number(price) for _, price in levels], size=10)
        canvas.name_across(axes, [start + 15 for start in starts], [month[0] for month in MONTHS], size=10)
        runs = unbroken(self.points)
        axes.plot(*_places(runs, first), color=LINE_COLOUR, linewidth=1.4, clip_on=False)
        lone = [run for run in runs if len(run) == 1]
        if lone:
            axes.plot(*_places(lone, first), ".", color=LINE_COLOUR, markersize=3, clip_on=False)
        ends = [(day - first).days for day, _ in levels]
        axes.plot(ends, [float(price) for _, price in levels], "o", color=INK, markersize=4.8, clip_on=False)
        return canvas.svg(self.title, described)


def unbroken(points: Sequence[tuple[date, Decimal]]) -> list[list[tuple[date, Decimal]]]:
    """The days in runs without a longer gap than :data:`LONGEST_GAP`."""
    runs = [[points[0]]]
    for before, after in pairwise(points):
        if (after[0] - before[0]) > timedelta(days=LONGEST_GAP):
            runs.append([])
        runs[-1].append(after)
    return runs


def _places(runs: Sequence[Sequence[tuple[date, Decimal]]], first: date) -> tuple[list[float], list[float]]:
    """The points of one line; what is no number lies between two runs, where the line breaks."""
    across: list[float] = []
    up: list[float] = []
    for run in runs:
        across += [*((day - first).days for day, _ in run), float("nan")]
        up += [*(float(price) for _, price in run), float("nan")]
    return across, up


@dataclass(frozen=True)
class MonthlyIndex:
    """A line of the index chart: by number of the month, ascending, the first month being 100."""

    name: str
    points: tuple[tuple[int, Decimal], ...]


@dataclass(frozen=True)
class IndexChart:
    """Several commodities, with a legend from the highest end down; each with at least one month."""

    identifier: str
    title: str
    lines: tuple[MonthlyIndex, ...]

    def draw(self) -> str:
        """The chart as SVG."""
        right, top = WIDE - 190, 34
        values = [value for line in self.lines for _, value in line.points]
        levels = round_levels(min(values), max(values))
        ordered = sorted(enumerate(self.lines), key=lambda entry: (-entry[1].points[-1][1], entry[0]))
        canvas = Canvas(self.identifier, WIDE, INDEX_HEIGHT)
        canvas.write(WIDE / 2, 18, self.title, size=12.5, anchor="middle", bold=True)
        up = (float(levels[0]), float(levels[-1]))
        axes = canvas.axes((44, top, right, INDEX_HEIGHT - 26), across=(0.5, 12.5), up=up)
        for level in levels:
            axes.axhline(float(level), color=SOFT if level == 100 else LIGHT, linewidth=0.7)
        canvas.name_up(
            axes, [float(level) for level in levels], [format_number(level) for level in levels], size=10.5
        )
        canvas.name_across(axes, range(1, 13), [month[0] for month in MONTHS], size=10.5)
        for place, (number, line) in enumerate(ordered):
            colour, (marker, filled) = _COLOURS[number % len(_COLOURS)], _MARKERS[number % len(_MARKERS)]
            dash = _DASHES[number % len(_DASHES)]
            dots: dict[str, Any] = {
                "marker": marker,
                "markersize": 6,
                "markeredgewidth": 1.2,
                "markerfacecolor": colour if filled else PAPER,
            }
            for run in _joined(line.points):
                across, heights = [month for month, _ in run], [float(value) for _, value in run]
                axes.plot(across, heights, color=colour, linestyle=dash, linewidth=1.5, clip_on=False, **dots)
            height = top + 8 + place * 19
            xs, ys = [right + 14, right + 29, right + 44], [height] * 3
            canvas.line(xs, ys, color=colour, linestyle=dash, linewidth=1.5, markevery=[1], **dots)
            canvas.write(right + 50, height + 3.5, line.name, size=10.5)
        described = "; ".join(
            f"{line.name}: {format_number(line.points[-1][1], 1)} pada {MONTHS[line.points[-1][0] - 1]}"
            for _, line in ordered
        )
        return canvas.svg(self.title, f"Nilai terakhir: {described}.")


def round_levels(lowest: Decimal, highest: Decimal) -> list[Decimal]:
    """Round values around all others, at most :data:`MOST_LINES` and at least two."""
    for step in STEPS:
        first = (lowest / step).to_integral_value(ROUND_FLOOR)
        last = (highest / step).to_integral_value(ROUND_CEILING)
        if last - first < MOST_LINES:
            break
    last = max(last, first + 1)
    return [step * number for number in range(int(first), int(last) + 1)]


def _joined(points: Sequence[tuple[int, Decimal]]) -> list[list[tuple[int, Decimal]]]:
    """The months in runs; one without prices breaks the line."""
    runs = [[points[0]]]
    for before, after in pairwise(points):
        if after[0] != before[0] + 1:
            runs.append([])
        runs[-1].append(after)
    return runs
