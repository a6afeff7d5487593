"""Two ``report.json`` in depth: what :mod:`reports.changes` sums up, with every cell and sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from office.book.names import SENTENCES, TABLES
from reports.changes import changed_places, compare_reports, tables_by_name
from reports.comparison.chapters import compare_chapters
from reports.comparison.tables import ChangedTable, compare_tables
from reports.comparison.words import ChangedPassage, compare_sentences

Json = Mapping[str, Any]
_PLACES = ("ringkasan", *TABLES, *(place for place in SENTENCES if place != "ringkasan"))
"""Those of ``report.json``, which has them by the alphabet, in the order of the book."""


@dataclass(frozen=True)
class Side:
    """One of the two issues.

    Attributes:
        issued: The day, in words.
    """

    number: int
    issued: str
    cause: str


@dataclass(frozen=True)
class Deep:
    """How two issues differ.

    Attributes:
        changes: As :func:`reports.changes.compare_reports` gives them.
    """

    changes: Json
    tables: tuple[ChangedTable, ...]
    passages: tuple[ChangedPassage, ...]

    @property
    def same(self) -> bool:
        """Whether nothing that a reader sees is different."""
        return not (self.changes["indicators"] or self.tables or self.passages or self.changes["renewed"])

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for programs."""
        return {
            "summary": self.changes["summary"],
            "indicators": self.changes["indicators"],
            "renewed": self.changes["renewed"],
            "tables": [asdict(table) for table in self.tables],
            "passages": [asdict(passage) for passage in self.passages],
        }


def compare_deeply(
    before: Json, after: Json, chapters: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {})
) -> Deep:
    """Compare two ``report.json``, of whichever program; the same two give the same answer.

    Args:
        before: Of the older issue, as parsed JSON.
        after: Of the newer one.
        chapters: Markdown of the office's own chapters of both, by name.
    """
    old, new = (
        tables_by_name(before.get("tables", {})),
        tables_by_name(after.get("tables", {})),
    )
    passages = [
        ChangedPassage(place, _words(place, new), compare_sentences(then, now))
        for place, then, now in sorted(changed_places(before, after), key=lambda changed: _order(changed[0]))
    ]
    told = (*passages, *compare_chapters(*chapters))
    return Deep(compare_reports(before, after), compare_tables(old, new), told)


def _order(place: str) -> int:
    """Where a reader of the report meets a place; what no book of this program knows comes last."""
    return _PLACES.index(place) if place in _PLACES else len(_PLACES)


def _words(place: str, tables: Json) -> str:
    """What the sentences of a place are about: ``Penjelasan tabel 3.2, capaian terhadap target``."""
    if place in TABLES:
        number = tables.get(place, {}).get("number", "")
        return f"Penjelasan tabel {number}, {TABLES[place]}" if number else f"Penjelasan {TABLES[place]}"
    said = SENTENCES.get(place, place)
    return f"{said[:1].upper()}{said[1:]}"
