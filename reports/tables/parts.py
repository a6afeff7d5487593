"""What several tables share: rows of headings, and the order of tujuan with their sasaran."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from office.schema import Agency, Sasaran, Tujuan
from reports.measured import Measured
from reports.table import Cell, Row, Table
from reports.wording import legends, owners_of


@dataclass(frozen=True)
class Placed:
    """An indicator in the order of the report's tables.

    Attributes:
        number: Of its tujuan, counted in the order of the work plan.
        first: Whether it is the first of its tujuan.
        label: What stands in the column "Tujuan/Sasaran".
    """

    indicator: str
    number: int
    first: bool
    goal: Tujuan | Sasaran

    @property
    def label(self) -> str:
        """The words of the tujuan or sasaran."""
        return self.goal.text


@dataclass(frozen=True)
class OwnAppendix:
    """A lampiran that the program makes itself: parts with a heading, which may be empty, and a table."""

    number: int
    parts: tuple[tuple[str, Table], ...]

    @classmethod
    def of(cls, number: int, made: Iterable[tuple[str, Table | None]]) -> OwnAppendix:
        """Of the tables that there are, numbered in their order."""
        parts = [(title, table) for title, table in made if table is not None]
        return cls(
            number,
            tuple(
                (title, replace(table, number=f"Lampiran {number}.{place}"))
                for place, (title, table) in enumerate(parts, start=1)
            ),
        )


def centred(text: str) -> Cell:
    """A cell whose text stands in the middle."""
    return Cell(text, align="center")


def to_the_right(text: str) -> Cell:
    """A cell whose text stands at the right, as amounts do."""
    return Cell(text, align="right")


def office_lines(agency: Agency) -> str:
    """The office's name for a caption, its region on a line of its own so that no single word hangs over."""
    name, region = agency.office.name, agency.office.region
    return f"{name.removesuffix(region).rstrip()}\n{region}" if name.endswith(f" {region}") else name


def heading(*texts: str) -> Row:
    """A row of headings."""
    return Row(tuple(Cell(text, align="center", bold=True) for text in texts), header=True)


def column_numbers(*texts: str) -> Row:
    """The row under the headings that numbers the columns."""
    return Row(tuple(Cell(text, align="center") for text in texts), header=True)


def plan_order(agency: Agency) -> list[Tujuan]:
    """The tujuan in the order in which the first document of the year names them (``rencana-kerja``)."""
    order = list(agency.year.versions[0].targets)
    places = {indicator: place for place, indicator in enumerate(order)}

    def first_place(tujuan: Tujuan) -> int:
        own = [*tujuan.indicators, *(i for s in tujuan.sasaran for i in s.indicators)]
        return min((places.get(indicator, len(places)) for indicator in own), default=len(places))

    return sorted(agency.renstra.tujuan, key=first_place)


def interleaved(agency: Agency) -> Iterator[Placed]:
    """All indicators, each one of a tujuan followed by the sasaran beside it (``standar``, ``efisiensi``)."""
    for number, tujuan in enumerate(plan_order(agency), start=1):
        own = [(indicator, tujuan) for indicator in tujuan.indicators]
        below = [(indicator, sasaran) for sasaran in tujuan.sasaran for indicator in sasaran.indicators]
        pairs: list[tuple[str, Tujuan | Sasaran]] = [
            entry for pair in zip_longest(own, below) for entry in pair if entry is not None
        ]
        for place, (indicator, goal) in enumerate(pairs):
            yield Placed(indicator, number, place == 0, goal)


def goals_by_indicator(agency: Agency) -> dict[str, tuple[Tujuan, Tujuan | Sasaran]]:
    """For each indicator its tujuan, and the tujuan or sasaran it belongs to."""
    found: dict[str, tuple[Tujuan, Tujuan | Sasaran]] = {}
    for tujuan in agency.renstra.tujuan:
        found.update(dict.fromkeys(tujuan.indicators, (tujuan, tujuan)))
        for sasaran in tujuan.sasaran:
            found.update(dict.fromkeys(sasaran.indicators, (tujuan, sasaran)))
    return found


def texts_of(rows: Sequence[Row]) -> list[str]:
    """The texts of all cells."""
    return [cell.text for row in rows for cell in row.cells]


def legends_of(measured: Measured, rows: Sequence[Row]) -> tuple[str, ...]:
    """The explanations of the signs in some rows, with whose the provisional figures are."""
    shown = {cell.figure for row in rows for cell in row.cells}
    listed = [m for m in measured.indicators.values() if m.id in shown]
    taken = [each for m in listed for each in (m.realisasi, m.previous) if each]
    return legends(texts_of(rows), owners_of(taken))
