"""Upright bars over time: the months of a year, or the years of an indicator with one that is still open."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

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
from reports.charts.letters import wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MONTHS_HEIGHT = 250
YEARS_TOP, YEARS_FIELD = 44, 104
FEWEST = 4
"""Bars are as slender as if there were so many."""
_SMALL, _LINE, _STEP = 9, 12, 20


@dataclass(frozen=True)
class Upright:
    """One bar.

    Attributes:
        name: Below it: a month, or a year.
        value: In per cent; None draws none.
        text: The figure above it, with its signs; what is waited for where it is open.
        hollow: Outlined only: an illustration.
        open: Not known yet: a dashed outline without a value.
        target: In per cent, as a short line; None where there is none.
    """

    name: str
    value: Decimal | None
    text: str = ""
    hollow: bool = False
    open: bool = False
    target: Decimal | None = None


@dataclass(frozen=True)
class MonthChart:
    """The level of each month in per cent; months without a value stay empty."""

    identifier: str
    title: str
    described: str
    bars: tuple[Upright, ...]

    def draw(self) -> str:
        """The chart as SVG."""
        values = [bar.value for bar in self.bars if bar.value is not None]
        last = -(-int(max([Decimal(100), *values]).to_integral_value(ROUND_CEILING)) // _STEP) * _STEP
        canvas = Canvas(self.identifier, WIDE, MONTHS_HEIGHT)
        canvas.write(WIDE / 2, 18, self.title, size=12.5, anchor="middle", bold=True)
        across = (-0.5, len(self.bars) - 0.5)
        top, bottom = 40, MONTHS_HEIGHT - 26
        axes = canvas.axes((44, top, WIDE - 12, bottom), across=across, up=(0, last))
        levels = range(0, last + 1, _STEP)
        for level in levels:
            colour = SOFT if level in (0, 100) else LIGHT
            axes.axhline(level, color=colour, linewidth=0.7, zorder=0, clip_on=False)
        canvas.name_up(axes, levels, [str(level) for level in levels], size=10.5)
        canvas.name_across(axes, range(len(self.bars)), [bar.name for bar in self.bars], size=10.5)
        for place, bar in enumerate(self.bars):
            if bar.value is None:
                continue
            height = max(float(bar.value), 0.0)
            face = PAPER if bar.hollow else LINE_COLOUR
            axes.bar([place], [height], width=0.62, facecolor=face, edgecolor=LINE_COLOUR, linewidth=1)
            canvas.write_in(axes, (place, height), (0, -4), bar.text, 10)
        return canvas.svg(self.title, self.described)


@dataclass(frozen=True)
class YearChart:
    """An indicator over the years, with its target of each as a short line.

    Attributes:
        title: The indicator with its unit.
        notes: Lines below it.
    """

    identifier: str
    title: str
    described: str
    bars: tuple[Upright, ...]
    notes: tuple[str, ...] = ()

    def draw(self) -> str:
        """The chart as SVG."""
        titles = wrap(self.title, NARROW - 12, 11.5)
        top = YEARS_TOP - _LINE + _LINE * len(titles)
        bottom = top + YEARS_FIELD
        notes = [line for note in self.notes for line in wrap(note, NARROW - 8, _SMALL)]
        height = bottom + 24 + _LINE * len(notes) + 6
        canvas = Canvas(self.identifier, NARROW, height)
        for number, line in enumerate(titles):
            canvas.write(NARROW / 2, 15 + number * 13, line, size=11.5, anchor="middle", bold=True)
        low, high = self._bounds()
        box = (10, top, NARROW - 10, bottom)
        spare = max(FEWEST - len(self.bars), 0) / 2
        across = (-0.5 - spare, len(self.bars) - 0.5 + spare)
        axes = canvas.axes(box, across=across, up=(float(low), float(high)))
        axes.axhline(0, color=SOFT, linewidth=0.8)
        for place, bar in enumerate(self.bars):
            self._bar(canvas, axes, place, bar, high)
        canvas.name_across(axes, range(len(self.bars)), [bar.name for bar in self.bars], size=10)
        for number, line in enumerate(notes):
            canvas.write(4, bottom + 30 + _LINE * number, line, size=_SMALL)
        return canvas.svg(self.title, self.described)

    def _bounds(self) -> tuple[Decimal, Decimal]:
        """From below the lowest to above the highest, with room for the figures; zero lies between."""
        known = [each for bar in self.bars for each in (bar.value, bar.target) if each is not None]
        low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
        span = (high - low) or Decimal(1)
        return low - span * (Decimal("0.16") if low < 0 else 0), high + span * Decimal("0.2")

    def _bar(self, canvas: Canvas, axes: Axes, place: int, bar: Upright, high: Decimal) -> None:
        known = [each.target for each in self.bars if each.target is not None]
        height = float(bar.target or max(known, default=high / 2)) if bar.open else 0.0
        if bar.open:
            axes.bar(
                [place],
                [height],
                width=0.6,
                facecolor="none",
                edgecolor=INK,
                linestyle=(0, (3, 2)),
                linewidth=0.8,
            )
        elif bar.value is not None:
            face = PAPER if bar.hollow else LINE_COLOUR
            axes.bar(
                [place], [float(bar.value)], width=0.6, facecolor=face, edgecolor=LINE_COLOUR, linewidth=1
            )
        if bar.target is not None:
            target = float(bar.target)
            # White around it, so that it is seen within a dark bar.
            axes.hlines([target], place - 0.42, place + 0.42, colors=PAPER, linewidths=4.4)
            axes.hlines([target], place - 0.42, place + 0.42, colors=INK, linewidths=2.2)
        if not bar.text:
            return
        if bar.value is not None and bar.value < 0:
            where, offset = float(bar.value), 11
        else:
            where, offset = max(float(max(bar.value or 0, bar.target or 0)), height), -5
        canvas.write_in(axes, (place, where), (0, offset), bar.text, 9)
