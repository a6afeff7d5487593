"""Pictures of rows: so many that each finds room on a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from reports.charts.picture import Picture
from reports.charts.rows import ChartRow, Column, Field, RowChart, in_parts

Shown = TypeVar("Shown")


@dataclass(frozen=True)
class Entry(Generic[Shown]):
    """What a row shows, the row, the same in words, and to which cards its figures lead."""

    shown: Shown
    row: ChartRow
    told: str
    traces: tuple[tuple[str, str], ...] = ()


def row_pictures(
    chart: RowChart,
    caption: str,
    entries: Sequence[Entry[Shown]],
    notes: Callable[[Sequence[Shown], Sequence[str]], Sequence[str]],
    remarks: Sequence[str] = (),
) -> tuple[Picture, ...]:
    """The pictures of some rows.

    Args:
        chart: All but its rows, words and notes.
        caption: Of the first; the others say that they go on.
        entries: At least one.
        notes: What stands below some of them, by what they show and the texts in them.
        remarks: How all of them are read; below the notes.
    """
    pictures, start = [], 0
    for number, rows in enumerate(in_parts([entry.row for entry in entries], chart.slots)):
        chosen = entries[start : start + len(rows)]
        start += len(rows)
        texts = [cell for row in rows for cell in row.cells if isinstance(cell, str)]
        part = replace(
            chart,
            identifier=f"{chart.identifier}-{number + 1}" if number else chart.identifier,
            described=f"{'; '.join(entry.told for entry in chosen)}.",
            rows=rows,
            notes=(*notes([entry.shown for entry in chosen], texts), *remarks),
        )
        more = " (lanjutan)" if number else ""
        traces = tuple(trace for entry in chosen for trace in entry.traces)
        pictures.append(Picture("", f"{caption}{more}", (part,), traces))
    return tuple(pictures)


def empty_chart(identifier: str, title: str, slots: tuple[Field | Column, ...]) -> RowChart:
    """A chart that has no rows yet."""
    return RowChart(identifier, title, "", slots, ())
