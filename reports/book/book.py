"""The book of a year: its chapters drafted and everything in them numbered."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from office.schema import Agency
from reports.book.drafts import Draft, draft_chapter
from reports.book.numbers import number_chapters, number_things
from reports.charts.picture import Picture
from reports.table import Table

Pictures = Mapping[str, tuple[Picture | Table, ...]]
"""By the name of a chart; a table may stand for a picture."""


@dataclass(frozen=True)
class Book:
    """The chapters of a year's report, numbered.

    Attributes:
        drafts: In order, those with nothing to show left out.
        chapters: The numbers of those that count as BAB, by name.
        tables: What the chapters show, by name and in their order, each with its number.
        pictures: The same of charts.
        hidden: Names of tables that have something to show and that no chapter shows.
    """

    drafts: tuple[Draft, ...]
    chapters: Mapping[str, int]
    tables: Mapping[str, Table]
    pictures: Pictures
    hidden: frozenset[str]


def compose_book(
    agency: Agency, tables: Mapping[str, Table], pictures: Pictures, others: Collection[str]
) -> Book:
    """Draft the office's chapters and number what they show.

    Args:
        agency: The office with its chapters.
        tables: Those that have something to show, by name.
        pictures: The same of charts.
        others: Names of lists and sentences that have something to show.

    Raises:
        RenderError: A chapter cannot be composed; the message names its file and line.
    """
    available = {*tables, *pictures, *others}
    drafts = [draft_chapter(chapter, agency, available) for chapter in agency.chapters]
    drafts = [draft for draft in drafts if draft.has_content(available)]
    chapters = number_chapters(drafts, available)
    of_tables = number_things(drafts, chapters, "table", dict.fromkeys(tables, 1))
    of_charts = number_things(drafts, chapters, "chart", {name: len(all_) for name, all_ in pictures.items()})
    return Book(
        tuple(drafts),
        chapters,
        {name: replace(tables[name], number=number) for name, (number,) in of_tables.items()},
        {name: _numbered(pictures[name], numbers) for name, numbers in of_charts.items()},
        frozenset(tables.keys() - of_tables.keys()),
    )


def _numbered(pictures: Sequence[Picture | Table], numbers: Sequence[str]) -> tuple[Picture | Table, ...]:
    return tuple(
        replace(picture, number=number if isinstance(picture, Picture) else f"Gambar {number}")
        for picture, number in zip(pictures, numbers, strict=True)
    )
