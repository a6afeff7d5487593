"""What Word calls a tracked change: who, when, a number of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Literal

from lxml import etree

from reports.render.word_elements import W, element

Kind = Literal["ins", "del"]
FIRST = 1_000_000
"""Numbers of changes stand far above those of bookmarks."""


class Marks:
    """Makes marks of one author and moment, each with the next number."""

    def __init__(self, author: str, moment: datetime) -> None:
        self._author = author
        self._date = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._last = FIRST

    def mark(self, kind: Kind, *children: etree._Element) -> etree._Element:
        """A mark around runs, or an empty one for the end of a paragraph or a row."""
        self._last += 1
        return element(kind, *children, id=self._last, author=self._author, date=self._date)

    def end_of(self, paragraph: etree._Element, kind: Kind) -> None:
        """Mark that the paragraph itself came or went, beside its words."""
        manner = paragraph.find(f"{W}pPr")
        if manner is None:
            manner = element("pPr")
            paragraph.insert(0, manner)
        letters = manner.find(f"{W}rPr")
        if letters is None:
            letters = element("rPr")
            section = manner.find(f"{W}sectPr")
            if section is None:
                manner.append(letters)
            else:
                section.addprevious(letters)
        letters.insert(0, self.mark(kind))

    def row(self, row: etree._Element, kind: Kind) -> None:
        """Mark that a row of a table came or went."""
        settings = row.find(f"{W}trPr")
        if settings is None:
            settings = element("trPr")
            row.insert(0, settings)
        settings.append(self.mark(kind))
