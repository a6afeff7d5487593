"""The office's rules of measuring: ``rules.yaml`` of a year, and what must fit them.

What the file leaves out follows :data:`capaian.rules.DEFAULT`, and says so. Every rule may name its
source; one without is said to be of unknown origin.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, TypeVar

from pydantic import Field, model_validator

from capaian.rules import (
    DEFAULT,
    ORDINALS,
    UNKNOWN_SOURCE,
    Absorption,
    Averages,
    Cap,
    Categories,
    Category,
    Efficiency,
    Meaning,
    Ordinal,
    Over,
    Print,
    Rules,
    Zero,
)
from office.fields import Entry, Percent, Text

Source = Annotated[str, Field(min_length=1)]
_Rule = TypeVar("_Rule", Categories, Cap, Averages, Efficiency, Absorption)


def _of_program(rule: _Rule) -> _Rule:
    return replace(rule, source=f"bawaan program, dari {rule.source}")


OF_PROGRAM = replace(
    DEFAULT,
    categories=_of_program(DEFAULT.categories),
    cap=_of_program(DEFAULT.cap),
    averages=_of_program(DEFAULT.averages),
    efficiency=_of_program(DEFAULT.efficiency),
    absorption=_of_program(DEFAULT.absorption),
)
"""What an office with rules of its own leaves out: the program's rules, which say whose they were first."""


class CategoryEntry(Entry):
    """A category: from its bound on (``at_least``), or only above it (``above``); the lowest has neither."""

    name: Text
    at_least: Percent | None = None
    above: Percent | None = None
    printed: str = ""

    @property
    def lower(self) -> Decimal | None:
        """Its lower bound."""
        return self.at_least if self.above is None else self.above

    def as_category(self) -> Category:
        """For measuring."""
        return Category(self.name, self.lower, self.above is None, self.printed or self._range())

    def _range(self) -> str:
        if self.lower is None:
            return ""
        return f"{'≥' if self.above is None else '>'} {self.lower}".replace(".", ",")


class CategoriesEntry(Entry):
    """The scale of categories, best first; ``places`` are the decimals of the rounding before it."""

    rows: Annotated[list[CategoryEntry], Field(min_length=1)]
    places: Annotated[int, Field(ge=0, le=4)] | None = None
    source: Source = UNKNOWN_SOURCE

    @model_validator(mode="after")
    def _descends(self) -> CategoriesEntry:
        for row in self.rows[:-1]:
            if (row.at_least is None) == (row.above is None):
                raise ValueError(f"kategori '{row.name}' perlu satu batas bawah: at_least atau above")
        if self.rows[-1].lower is not None:
            raise ValueError(f"kategori terakhir, '{self.rows[-1].name}', tidak boleh berbatas bawah")
        for upper, lower in pairwise(self.rows[:-1]):
            highest, next_one = upper.lower, lower.lower
            if highest is None or next_one is None or highest < next_one:
                raise ValueError(f"tulis terbaik dulu: batas '{upper.name}' di bawah batas '{lower.name}'")
            if highest == next_one and (upper.above is None or lower.at_least is None):
                raise ValueError(f"batas '{upper.name}' dan '{lower.name}' sama")
        return self


class CapEntry(Entry):
    """See :class:`capaian.rules.Cap`."""

    limit: Annotated[Percent, Field(ge=100)]
    shown: bool = True
    averaged: bool = True
    source: Source = UNKNOWN_SOURCE


class ZeroEntry(Entry):
    """See :class:`capaian.rules.Zero`; a value that is left out is not computable."""

    reached: Annotated[Percent, Field(ge=100)] | None = None
    missed: Annotated[Percent, Field(lt=100)] | None = None
    source: Source = UNKNOWN_SOURCE


class AveragesEntry(Entry):
    """See :class:`capaian.rules.Averages`."""

    over: Over
    source: Source = UNKNOWN_SOURCE


class EfficiencyEntry(Entry):
    """See :class:`capaian.rules.Efficiency`."""

    meaning: Meaning
    source: Source = UNKNOWN_SOURCE


class AbsorptionEntry(Entry):
    """See :class:`capaian.rules.Absorption`."""

    low: Annotated[Percent, Field(ge=0)]
    good: Annotated[Percent, Field(ge=0)]
    source: Source = UNKNOWN_SOURCE


class OrdinalEntry(Entry):
    """See :class:`capaian.rules.Ordinal`."""

    id: Text
    best_first: Annotated[list[Text], Field(min_length=2)]
    source: Source = UNKNOWN_SOURCE

    @model_validator(mode="after")
    def _once(self) -> OrdinalEntry:
        twice = [grade for grade, count in Counter(self.best_first).items() if count > 1]
        if twice:
            raise ValueError(f"predikat '{twice[0]}' ditulis dua kali")
        return self


class PrintEntry(Entry):
    """See :class:`capaian.rules.Print`."""

    truncated: bool
    source: Source = UNKNOWN_SOURCE


class RulesFile(Entry):
    """``rules.yaml``.

    Attributes:
        formulas: Where the office's formulas of capaian stand.
    """

    categories: CategoriesEntry | None = None
    cap: CapEntry | None = None
    zero: ZeroEntry | None = None
    averages: AveragesEntry | None = None
    efficiency: EfficiencyEntry | None = None
    absorption: AbsorptionEntry | None = None
    ordinals: list[OrdinalEntry] = Field(default_factory=list)
    printed: PrintEntry | None = None
    formulas: Source = UNKNOWN_SOURCE

    def as_rules(self) -> Rules:
        """For measuring: what is written, and the default for the rest."""
        categories = self.categories
        return Rules(
            categories=Categories(
                tuple(row.as_category() for row in categories.rows), categories.places, categories.source
            )
            if categories
            else OF_PROGRAM.categories,
            cap=Cap(**dict(self.cap)) if self.cap else OF_PROGRAM.cap,
            zero=Zero(**dict(self.zero)) if self.zero else DEFAULT.zero,
            averages=Averages(**dict(self.averages)) if self.averages else OF_PROGRAM.averages,
            efficiency=Efficiency(**dict(self.efficiency)) if self.efficiency else OF_PROGRAM.efficiency,
            absorption=Absorption(**dict(self.absorption)) if self.absorption else OF_PROGRAM.absorption,
            ordinals=self._ordinals(),
            printed=Print(**dict(self.printed)) if self.printed else DEFAULT.printed,
            formulas=self.formulas,
        )

    def _ordinals(self) -> tuple[Ordinal, ...]:
        own = tuple(Ordinal(entry.id, tuple(entry.best_first), entry.source) for entry in self.ordinals)
        names = {scale.id for scale in own}
        return (*own, *(scale for scale in ORDINALS if scale.id not in names))


NESTED = (
    RulesFile, CategoriesEntry, CategoryEntry, CapEntry, ZeroEntry, AveragesEntry, EfficiencyEntry,
    AbsorptionEntry, OrdinalEntry, PrintEntry,
)  # fmt: skip
"""The entries whose fields a message may suggest for a slip."""
