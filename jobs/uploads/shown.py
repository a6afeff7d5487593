"""What was understood of a file, as the page shows it: facts, tables and notes, all bounded.

It goes from the process that reads a file to the page, and lies beside the file until somebody decides.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

MOST_ROWS, MOST_LINES = 120, 40
LONGEST_CELL, LONGEST_LINE = 200, 1000
BAD, WAIT, PLAIN = "bad", "wait", "plain"
"""Tones of notes: what makes a file unusable, what a person must look at, what else is good to know."""
_FIGURES = frozenset("0123456789.,%-–→? ")


@dataclass(frozen=True)
class Table:
    """Rows under headings; ``more`` is how many were left out."""

    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    more: int = 0

    @property
    def amounts(self) -> frozenset[int]:
        """The columns in which nothing but figures stands, by their index."""
        columns = enumerate(zip(*self.rows, strict=True))
        return frozenset(n for n, cells in columns if all(set(cell) <= _FIGURES for cell in cells))


@dataclass(frozen=True)
class Notes:
    """Sentences of one tone; ``more`` is how many were left out."""

    title: str
    tone: str
    lines: tuple[str, ...]
    more: int = 0


@dataclass(frozen=True)
class Shown:
    """What was understood of a file, or what became of it.

    Attributes:
        outcome: One of :data:`jobs.taken_files.OUTCOMES`.
        takable: Whether it can be taken in as it is.
        asks_month: Whether only the month is lacking, which a person can say.
    """

    outcome: str
    takable: bool = False
    asks_month: bool = False
    facts: tuple[tuple[str, str], ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[Notes, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it cannot be used."""
        return tuple(line for notes in self.notes if notes.tone == BAD for line in notes.lines)

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Shown:
        """Out of what ``dataclasses.asdict`` made of one, by way of JSON."""
        return cls(
            outcome=data["outcome"],
            takable=data["takable"],
            asks_month=data["asks_month"],
            facts=tuple((word, value) for word, value in data["facts"]),
            tables=tuple(
                Table(t["caption"], tuple(t["headings"]), tuple(map(tuple, t["rows"])), t["more"])
                for t in data["tables"]
            ),
            notes=tuple(Notes(n["title"], n["tone"], tuple(n["lines"]), n["more"]) for n in data["notes"]),
        )


def make_table(
    caption: str, headings: Iterable[str], rows: Iterable[Iterable[str]], longest: int = LONGEST_CELL
) -> Table:
    """A table with at most :data:`MOST_ROWS` rows, and cells of at most ``longest`` letters."""
    listed = [tuple(_cut(cell, longest) for cell in row) for row in rows]
    kept, more = tuple(listed[:MOST_ROWS]), max(0, len(listed) - MOST_ROWS)
    return Table(_cut(caption, LONGEST_LINE), tuple(headings), kept, more)


def make_notes(title: str, tone: str, lines: Iterable[str]) -> tuple[Notes, ...]:
    """Notes with at most :data:`MOST_LINES` lines; none where there are no lines."""
    listed = list(lines)
    if not listed:
        return ()
    kept = tuple(_cut(line, LONGEST_LINE) for line in listed[:MOST_LINES])
    return (Notes(title, tone, kept, max(0, len(listed) - MOST_LINES)),)


def refused(reasons: Iterable[str]) -> Shown:
    """Of a file that cannot be used."""
    return Shown("refused", notes=make_notes("Sebabnya", BAD, reasons))


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1]}…"
