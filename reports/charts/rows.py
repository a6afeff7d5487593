"""A chart of rows: a name, bars in one or more fields, and the figures beside them as in a table.

With a scale behind the bars it is a bullet chart: bands in grey, the bar, and a mark for the target.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reports.charts.canvas import HATCH, INK, LIGHT, LINE_COLOUR, PAPER, SOFT, WIDE, Canvas
from reports.charts.letters import breadth, wrap

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_HEIGHT = 700
"""Of the rows of one chart, in pixels, so that it finds room on a page with its caption."""
SIZE, SMALL, LINE = 10, 9, 12
_TOP, _GAP, _EDGE, _BAR = 24, 10, 4, 9
_DARKEST, _LIGHTEST = 0.72, 0.94
"""Greys of the bands, from the worst category to the best."""


class Kind(Enum):
    """What a bar stands for, and how it says so without colours."""

    REACHED = "target tercapai"
    MISSED = "target belum tercapai"
    WAITING = "menunggu"
    PLAIN = "bagian"


_LOOKS: Mapping[Kind, dict[str, Any]] = {
    Kind.REACHED: {"facecolor": LINE_COLOUR, "edgecolor": LINE_COLOUR},
    Kind.MISSED: {"facecolor": PAPER, "edgecolor": LINE_COLOUR, "hatch": HATCH},
    Kind.WAITING: {"facecolor": "none", "edgecolor": INK, "linestyle": (0, (3, 2))},
    Kind.PLAIN: {"facecolor": SOFT, "edgecolor": SOFT},
}


@dataclass(frozen=True)
class Bar:
    """A bar in per cent; None where there is no number."""

    percent: Decimal | None
    kind: Kind


@dataclass(frozen=True)
class Band:
    """A part of the scale behind the bars: from where it reaches, and what it is called."""

    lower: Decimal
    name: str


@dataclass(frozen=True)
class Field:
    """Where bars stand.

    Attributes:
        width: In pixels.
        farthest: Per cent at its right end; a bar beyond it is cut off with an arrow.
        ticks: Whole per cents that are named below.
        bands: Ascending, the first from zero; none is a field without a scale.
        mark: Per cent of the target; None where there is none.
    """

    head: str
    width: int
    farthest: Decimal
    ticks: tuple[int, ...] = (0, 50, 100, 150)
    bands: tuple[Band, ...] = ()
    mark: Decimal | None = Decimal(100)


@dataclass(frozen=True)
class Column:
    """Where figures stand, to the right; ``width`` in pixels."""

    head: str
    width: int
    bold: bool = False


@dataclass(frozen=True)
class ChartRow:
    """A name, and for each slot of the chart a bar or a figure."""

    name: str
    cells: tuple[Bar | str, ...]


@dataclass(frozen=True)
class RowChart:
    """The chart.

    Attributes:
        identifier: Unlike all others of a report.
        described: For those who cannot see it.
        slots: From left to right, beside the names.
        notes: Lines below it: what signs mean, and the source.
    """

    identifier: str
    title: str
    described: str
    slots: tuple[Field | Column, ...]
    rows: tuple[ChartRow, ...]
    notes: tuple[str, ...] = ()

    def draw(self) -> str:
        """The chart as SVG."""
        return _Drawing(self).svg()


def row_height(row: ChartRow, slots: Sequence[Field | Column]) -> int:
    """How high a row is, in pixels: as high as its name or its longest figure needs."""
    lines = [len(wrap(row.name, _name_width(slots), SIZE))]
    for cell, slot in zip(row.cells, slots, strict=True):
        if isinstance(cell, str):
            lines.append(len(wrap(cell, slot.width, SIZE)))
    return max(22, LINE * max(lines) + 8)


def in_parts(rows: Sequence[ChartRow], slots: Sequence[Field | Column]) -> list[tuple[ChartRow, ...]]:
    """The rows in as few parts as pages can hold, so that no part is a small rest of another."""
    heights = [row_height(row, slots) for row in rows]
    least = -(-sum(heights) // MOST_HEIGHT)
    limit = min(MOST_HEIGHT, sum(heights) / max(least, 1) + max(heights, default=0))
    parts: list[list[ChartRow]] = [[]]
    used = 0
    for row, height in zip(rows, heights, strict=True):
        if parts[-1] and used + height > limit:
            parts.append([])
            used = 0
        parts[-1].append(row)
        used += height
    return [tuple(part) for part in parts if part]


def _name_width(slots: Sequence[Field | Column]) -> float:
    return WIDE - 2 * _EDGE - sum(slot.width + _GAP for slot in slots)


class _Drawing:
    """The places of everything in one chart, and the chart drawn."""

    def __init__(self, chart: RowChart) -> None:
        self.chart = chart
        heights = [row_height(row, chart.slots) for row in chart.rows]
        heads = max(len(wrap(slot.head, slot.width + _GAP / 2, SMALL)) for slot in chart.slots)
        self.top = _TOP + 8 + heads * (LINE - 1) + 4
        edges = [self.top]
        for height in heights:
            edges.append(edges[-1] + height)
        self.edges, self.bottom = edges, edges[-1]
        self.middles = [(above + below) / 2 for above, below in pairwise(edges)]
        has_ticks = any(isinstance(slot, Field) for slot in chart.slots)
        self.legend = self.bottom + (18 if has_ticks else 6)
        self.entries = _place(_entries(chart), self.legend)
        after = self.entries[-1][1] + LINE + 4 if self.entries else self.legend + 2
        self.notes = [line for note in chart.notes for line in wrap(note, WIDE - 2 * _EDGE, SMALL)]
        self.notes_from = after
        self.canvas = Canvas(chart.identifier, WIDE, round(after + LINE * len(self.notes) + 4))

    def svg(self) -> str:
        chart, canvas = self.chart, self.canvas
        for edge in self.edges:
            canvas.line([_EDGE, WIDE - _EDGE], [edge, edge], color=LIGHT, linewidth=0.6)
        canvas.write(WIDE / 2, 16, chart.title, size=12.5, anchor="middle", bold=True)
        width = _name_width(chart.slots)
        for row, middle in zip(chart.rows, self.middles, strict=True):
            self._write(wrap(row.name, width, SIZE), _EDGE, middle, "start", width)
        left = _EDGE + width + _GAP
        for number, slot in enumerate(chart.slots):
            if isinstance(slot, Field):
                self._head(slot.head, slot.width, left + slot.width / 2, "middle")
                self._bars(number, slot, left)
            else:
                self._head(slot.head, slot.width, left + slot.width, "end")
                for row, middle in zip(chart.rows, self.middles, strict=True):
                    text = str(row.cells[number])
                    lines = wrap(text, slot.width, SIZE)
                    self._write(lines, left + slot.width, middle, "end", slot.width, bold=slot.bold)
            left += slot.width + _GAP
        for x, y, look, text in self.entries:
            canvas.box(x, y - 7.5, 14, 8, linewidth=0.7, **look)
            canvas.write(x + 19, y, text, size=SMALL)
        for place, line in enumerate(self.notes):
            canvas.write(_EDGE, self.notes_from + LINE * place + 8, line, size=SMALL)
        return canvas.svg(chart.title, chart.described)

    def _head(self, text: str, width: float, x: float, anchor: str) -> None:
        lines = wrap(text, width + _GAP / 2, SMALL)
        for place, line in enumerate(reversed(lines)):
            y = self.top - 5 - place * (LINE - 1)
            self.canvas.write(x, y, line, size=SMALL, anchor=anchor, bold=True)

    def _write(
        self,
        lines: Sequence[str],
        x: float,
        middle: float,
        anchor: str,
        room: float,
        *,
        bold: bool = False,
    ) -> None:
        first = middle + 3.5 - LINE * (len(lines) - 1) / 2
        for place, line in enumerate(lines):
            # A number that no break can shorten is written smaller, before it runs into the bars.
            size = min(SIZE, SIZE * room / breadth(line, SIZE))
            self.canvas.write(x, first + LINE * place, line, size=size, anchor=anchor, bold=bold)

    def _bars(self, number: int, field: Field, left: float) -> None:
        far = float(field.farthest)
        box = (left, self.top, left + field.width, self.bottom)
        axes = self.canvas.axes(box, across=(0, far), up=(self.bottom, self.top))
        for band, after in pairwise([*field.bands, Band(field.farthest, "")]):
            axes.axvspan(float(band.lower), float(after.lower), color=_grey(field, band), linewidth=0)
        bars = [
            (row.cells[number], middle) for row, middle in zip(self.chart.rows, self.middles, strict=True)
        ]
        for kind, look in _LOOKS.items():
            chosen = [(bar, y) for bar, y in bars if isinstance(bar, Bar) and bar.kind is kind]
            chosen = [(bar, y) for bar, y in chosen if bar.percent is not None]
            if chosen:
                lengths = [min(max(float(bar.percent or 0), 0.0), far) for bar, _ in chosen]
                axes.barh([y for _, y in chosen], lengths, height=_BAR, linewidth=0.8, **look)
                self._arrows(axes, chosen, far)
        if field.mark is not None:
            ends = [(y - _BAR, y + _BAR) for y in self.middles]
            low, high = [end[0] for end in ends], [end[1] for end in ends]
            axes.vlines([float(field.mark)] * len(ends), low, high, colors=INK, linewidths=2)
        self.canvas.name_across(axes, field.ticks, [str(tick) for tick in field.ticks], size=SMALL, below=2)

    def _arrows(self, axes: Axes, bars: Sequence[tuple[Bar, float]], far: float) -> None:
        """What goes on beyond the field, and below zero."""
        beyond = [y for bar, y in bars if bar.percent is not None and bar.percent > Decimal(str(far))]
        below = [y for bar, y in bars if bar.percent is not None and bar.percent < 0]
        for places, x, marker in ((beyond, far, ">"), (below, 0.0, "<")):
            if places:
                xs = [x] * len(places)
                axes.plot(xs, places, marker, color=INK, markersize=9, markeredgewidth=0, clip_on=False)


def _grey(field: Field, band: Band) -> str:
    place, last = field.bands.index(band), max(len(field.bands) - 1, 1)
    return str(round(_DARKEST + (_LIGHTEST - _DARKEST) * place / last, 3))


_Entry = tuple[dict[str, Any], str]


def _entries(chart: RowChart) -> list[_Entry]:
    """What the legend explains: the kinds of bars that there are, and the bands."""
    fields = [(n, slot) for n, slot in enumerate(chart.slots) if isinstance(slot, Field)]
    kinds = {
        bar.kind
        for n, _ in fields
        for row in chart.rows
        if isinstance(bar := row.cells[n], Bar) and bar.percent is not None and bar.kind is not Kind.PLAIN
    }
    found: list[_Entry] = [(dict(_LOOKS[kind]), kind.value) for kind in Kind if kind in kinds]
    for _, field in fields:
        for band in reversed(field.bands):
            found.append(({"facecolor": _grey(field, band), "edgecolor": SOFT}, band.name))
    return found


def _place(entries: Sequence[_Entry], top: float) -> list[tuple[float, float, dict[str, Any], str]]:
    placed: list[tuple[float, float, dict[str, Any], str]] = []
    x, y = float(_EDGE), top + 8
    for look, text in entries:
        width = 19 + breadth(text, SMALL) + 12
        if placed and x + width > WIDE:
            x, y = float(_EDGE), y + LINE + 2
        placed.append((x, y, look, text))
        x += width
    return placed
