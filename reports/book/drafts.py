"""Chapters as drafts: Markdown in which each thing to be shown holds a place until its number is known."""

from __future__ import annotations

import re
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Literal

from jinja2 import TemplateError, pass_context

from core.errors import RenderError
from core.lists import join_words
from office.book.chapters import Chapter
from office.book.language import PASSAGE, PLACE, nearest, sandbox
from office.book.names import CHARTS, FUNCTIONS, PARTS, TABLES
from office.book.passages import Passage, marked, passages_of
from office.schema import Agency

Kind = Literal["table", "chart", "explain", "list", "signature", "vision", "notices", "ref", "value", "words"]
BLOCKS = frozenset({"table", "chart", "explain", "list", "signature", "vision", "notices"})
"""Kinds that stand on a line of their own; the others are words within a line."""
_MARKED = re.compile(f"{PASSAGE[0]}(\\d+){PASSAGE[1]}")
_PLACES = re.compile(f"{PLACE[0]}(\\d+){PLACE[1]}")
_TITLE = re.compile(r"\A#[ \t]+(.*?)[ \t]*(\{-\})?[ \t]*$", re.MULTILINE)
_MOST_PIECES = 10_000


@dataclass(frozen=True)
class Piece:
    """A thing that a chapter shows.

    Attributes:
        name: Of the table, the chart, the indicator, or the words themselves.
        part: Of the indicator.
        inserted: Whether a table bears the number before it with a letter, so that the others keep theirs.
    """

    kind: Kind
    name: str = ""
    part: str = ""
    inserted: bool = False

    def __str__(self) -> str:
        """Refused: what is put in later cannot be part of other words."""
        raise TypeError(f"{self.kind}({self.name!r}) tidak dapat digabung atau disaring; tulis sendiri")


@dataclass(frozen=True)
class Draft:
    """A chapter whose places are not filled yet.

    Attributes:
        title: Markdown of its heading.
        numbered: Whether it counts as a BAB.
        text: Markdown below the title; a piece is its number between :data:`PLACE`.
        passages: By the line of the text, from 0, at which each begins.
    """

    name: str
    title: str
    numbered: bool
    text: str
    pieces: tuple[Piece, ...]
    passages: Mapping[int, Passage] = field(default_factory=dict)

    def shown(self) -> Iterator[Piece]:
        """The pieces in the order of the text."""
        for found in _PLACES.finditer(self.text):
            yield self.pieces[int(found[1])]

    def has_content(self, available: Collection[str]) -> bool:
        """Whether anything stands below the title, where only some tables and charts are there."""
        lines = [
            line for line in self.text.splitlines() if line.strip() and not line.startswith(("#", ":::"))
        ]
        bare = _PLACES.sub(lambda m: self._weight(int(m[1]), available), "\n".join(lines))
        return bool(bare.strip())

    def _weight(self, place: int, available: Collection[str]) -> str:
        piece = self.pieces[place]
        return "" if piece.kind in ("table", "chart", "list") and piece.name not in available else "x"


@dataclass(frozen=True)
class _Named:
    """Words of the office under a name that a chapter writes."""

    def __str__(self) -> str:
        return " ".join(str(getattr(self, field.name)) for field in fields(self))


@dataclass(frozen=True)
class _Office(_Named):
    name: str
    short_name: str
    region: str
    town: str


@dataclass(frozen=True)
class _Renstra(_Named):
    first_year: int
    last_year: int
    period: str
    ordinal: int
    source: str


@dataclass(frozen=True)
class _Signatory(_Named):
    name: str
    rank: str


def draft_chapter(chapter: Chapter, agency: Agency, available: Collection[str]) -> Draft:
    """Read a chapter of the book.

    Args:
        chapter: As it is written.
        agency: The office whose words it names.
        available: Names of the tables, charts, lists and sentences that have something to show.

    Raises:
        RenderError: Something in it cannot be shown; the message names file and line.
    """
    pieces: list[Piece] = []

    @pass_context
    def keep(_context: Any, value: object) -> str:
        pieces.append(value if isinstance(value, Piece) else Piece("words", str(value)))
        if len(pieces) > _MOST_PIECES:
            raise ValueError(f"lebih dari {_MOST_PIECES} isian dalam satu bab")
        return f"{PLACE[0]}{len(pieces) - 1}{PLACE[1]}"

    environment = sandbox()
    environment.finalize = keep
    passages = passages_of(chapter.text)
    try:
        template = environment.from_string(marked(chapter.text, passages))
        written = template.render(**_words(agency), **_functions(agency, available))
    except (TemplateError, TypeError, ValueError, LookupError, ArithmeticError) as cause:
        raise _told(chapter, cause) from cause
    title = _TITLE.match(written)
    if title is None:
        raise RenderError(
            f"Bab {chapter.name} tidak diawali judulnya ({chapter.place}).",
            todo="tulis '# JUDUL BAB' di baris pertama.",
        )
    text, places = _unmarked(written[title.end() :])
    begun = {line: passages[number] for line, number in places.items()}
    return Draft(chapter.name, title[1], not title[2], text, tuple(pieces), begun)


def _unmarked(written: str) -> tuple[str, dict[int, int]]:
    """The text without its marks, and by line the number of the passage that begins there, met only once."""
    numbers = [int(found[1]) for found in _MARKED.finditer(written)]
    once = {number for number in numbers if numbers.count(number) == 1}
    places = {}
    for line, words in enumerate(written.splitlines()):
        found = _MARKED.match(words)
        if found and int(found[1]) in once:
            places[line] = int(found[1])
    return _MARKED.sub("", written), places


def _told(chapter: Chapter, cause: Exception) -> RenderError:
    frames = [f.lineno for f in traceback.extract_tb(cause.__traceback__) if f.filename == "<template>"]
    line = frames[-1] if frames else getattr(cause, "lineno", None)
    at = f"{chapter.place} baris {line}" if line else chapter.place
    return RenderError(
        f"Bab {chapter.name} tidak dapat disusun ({at}): {cause}.",
        todo="perbaiki baris itu; nama yang dikenal ada di lkjip book --names."
        if chapter.own
        else "pasang ulang program: bab ini milik program.",
    )


def _words(agency: Agency) -> dict[str, Any]:
    office, year, renstra = agency.office, agency.year, agency.renstra
    sasaran = [s for tujuan in renstra.tujuan for s in tujuan.sasaran]
    return {
        "office": _Office(office.name, office.short_name, office.region, office.town),
        "renstra": _Renstra(
            renstra.first_year,
            renstra.last_year,
            f"{renstra.first_year}-{renstra.last_year}",
            year.renstra_year_ordinal,
            renstra.source,
        ),
        "signatory": _Signatory(year.signatory.name, year.signatory.rank),
        "year": year.year,
        "previous_year": year.previous_year,
        "document_year": year.document_year,
        "documents": join_words([version.name for version in year.versions]),
        "tujuan_count": len(renstra.tujuan),
        "sasaran_count": len(sasaran),
        "indicator_count": len(agency.indicators),
    }


def _functions(agency: Agency, available: Collection[str]) -> dict[str, Callable[..., Any]]:
    def table(name: str, inserted: bool = False) -> Piece:
        return Piece("table", _known(name, TABLES), inserted=inserted)

    def value(indicator: str, part: str = "realisasi") -> Piece:
        return Piece("value", _known(indicator, agency.indicators), _known(part, PARTS))

    def named(function: Kind) -> Callable[[str], Piece]:
        return lambda name: Piece(function, _known(name, FUNCTIONS[function]))

    return {
        "table": table,
        "chart": lambda name: Piece("chart", _known(name, CHARTS)),
        "value": value,
        "has": lambda name: _known(name, FUNCTIONS["has"]) in available,
        "vision": lambda: Piece("vision"),
        "notices": lambda: Piece("notices"),
        **{function: named(function) for function in ("explain", "list", "signature", "ref")},
    }


def _known(name: str, known: Collection[str] | Mapping[str, Any]) -> str:
    if name not in known:
        raise ValueError(f"{name!r} tidak dikenal; {nearest(str(name), known)}")
    return name
