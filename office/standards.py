"""The figures of others that an office's realisasi are compared with: the nation's, or anybody's."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from typing import Annotated

from pydantic import BeforeValidator

from capaian.values import Bound, Value
from office.fields import Entry, Text, Written
from office.problems import Problems

NATIONAL = "Nasional"
"""The standard of a figure that names no other."""
OWN = "kantor"
"""What a figure of the office itself is called in the workbook; no name of a standard."""
_ALIKE = 0.85
"""From which likeness on a name is taken for a slip in a known word, and asked about."""


def standard_key(name: str) -> str:
    """A standard's name as names are compared, whatever its capitals and spaces; empty is the nation's."""
    return " ".join((name or NATIONAL).split()).casefold()


def _standard(raw: object) -> object:
    if not isinstance(raw, str):
        return raw
    return NATIONAL if standard_key(raw) == NATIONAL.casefold() else " ".join(raw.split())


class StandardFigure(Entry):
    """A figure of others and the year it is for (``national.csv``, table ``standar``).

    Attributes:
        standard: Whose it is: ``Nasional``, or any other name (``Provinsi Jawa Timur``, ``SPM``).
    """

    indicator: Text
    year: int
    value: Written
    source: Text
    standard: Annotated[Text, BeforeValidator(_standard)] = NATIONAL

    @property
    def is_national(self) -> bool:
        """Whether it is the nation's."""
        return self.standard == NATIONAL

    @property
    def key(self) -> str:
        """What its standard is recognised by, see :func:`standard_key`."""
        return standard_key(self.standard)

    @property
    def spoken(self) -> str:
        """Whose it is within a sentence, behind ``angka``: ``nasional``, ``Provinsi Jawa Timur``."""
        return self.key if self.is_national else self.standard


def newest_of_each(
    figures: Iterable[StandardFigure], indicator: str, year: int
) -> tuple[StandardFigure, ...]:
    """Of each standard of an indicator the figure of a year, or the newest before it; the nation's first."""
    newest: dict[str, StandardFigure] = {}
    for figure in figures:
        known = newest.get(figure.key)
        if figure.indicator == indicator and figure.year <= year and (not known or known.year < figure.year):
            newest[figure.key] = figure
    return tuple(sorted(newest.values(), key=lambda figure: not figure.is_national))


def figure_named(target: Value, figures: Sequence[StandardFigure]) -> Value | None:
    """The figure that a target like ``< inflasi nasional`` is relative to; None where there is none for sure.

    Args:
        target: Of any kind.
        figures: Those of the target's indicator and year.

    Returns:
        That of the standard which the target names; one whose name the target does not have only where it
        is the nation's and stands alone.
    """
    words = standard_key(target.name) if isinstance(target, Bound) and target.name else ""
    named = [figure for figure in figures if figure.key in words]
    if named:
        return max(named, key=lambda figure: len(figure.key)).value
    return figures[0].value if len(figures) == 1 and figures[0].is_national else None


def check_standards(figures: Iterable[tuple[str, StandardFigure]], problems: Problems) -> None:
    """Note names of standards that look like a slip in another word, since any name is one.

    Args:
        figures: Each with its place.
        problems: Where what is doubtful is noted.
    """
    for place, figure in figures:
        alike = (SequenceMatcher(None, figure.key, word).ratio() for word in (NATIONAL.casefold(), OWN))
        if not figure.is_national and max(alike) >= _ALIKE:
            problems.add(
                place,
                f"kolom 'standard' berisi '{figure.standard}', yang mirip kata lain",
                f"tulis {NATIONAL}, atau nama standarnya, misalnya Provinsi Jawa Timur; realisasi kantor "
                "sendiri ditulis di realisasi.csv tanpa standar",
            )
