"""The rules by which an office measures, as data: each names its source or says that it is not known.

:data:`DEFAULT` are the rules of the report of Kabupaten Sumenep for 2023; another office writes its own in
``rules.yaml``. What regulation and arithmetic fix is no rule and stands in :mod:`capaian.measure`.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from core.numbers import round_half_up

UNKNOWN_SOURCE = "asal tidak diketahui"


@dataclass(frozen=True)
class Category:
    """A row of table ``kategori``.

    Attributes:
        lower: The capaian in per cent from which it counts; None for the lowest, which has no bound.
        included: Whether the bound itself belongs to it (``80 sampai 100``) or not (``> 100``).
        printed: The range as table ``kategori`` prints it.
    """

    name: str
    lower: Decimal | None
    included: bool = True
    printed: str = ""

    def holds(self, percent: Decimal) -> bool:
        """Whether a capaian lies above its lower bound."""
        if self.lower is None:
            return True
        return percent >= self.lower if self.included else percent > self.lower


@dataclass(frozen=True)
class Categories:
    """The scale of categories, best first; the last has no lower bound.

    Attributes:
        places: Decimals to which a capaian is rounded (half up) before it is put into a category, where
            the printed ranges leave gaps between whole numbers; None compares the exact capaian.
    """

    rows: tuple[Category, ...]
    places: int | None = None
    source: str = UNKNOWN_SOURCE

    def find(self, percent: Decimal) -> Category:
        """The category of a capaian in per cent; there always is exactly one."""
        compared = percent if self.places is None else round_half_up(percent, self.places)
        return next(row for row in self.rows if row.holds(compared))


@dataclass(frozen=True)
class Cap:
    """The most that a capaian counts.

    Attributes:
        limit: In per cent; None means that there is no cap.
        shown: Whether the capaian itself, its category and its efficiency are capped.
        averaged: Whether averages take the capped capaian.
    """

    limit: Decimal | None = None
    shown: bool = True
    averaged: bool = True
    source: str = UNKNOWN_SOURCE

    def apply(self, percent: Decimal) -> Decimal:
        """The capaian, at most the limit."""
        return percent if self.limit is None else min(percent, self.limit)


@dataclass(frozen=True)
class Zero:
    """What a zero (or, where less is better, a realisasi below it) gives where it would divide.

    Attributes:
        reached: Capaian of a target that is reached all the same, in per cent.
        missed: Of one that is not. Both are None where such a capaian counts as not computable.
    """

    reached: Decimal | None = Decimal(100)
    missed: Decimal | None = Decimal(0)
    source: str = UNKNOWN_SOURCE

    def answer(self, *, reached: bool) -> Decimal | None:
        """The capaian, or None."""
        return self.reached if reached else self.missed


class Over(StrEnum):
    """Over which indicators an average is taken."""

    ALL = "all"
    COMPUTABLE = "computable"


@dataclass(frozen=True)
class Averages:
    """How averages are taken: only when every capaian is known, or over the known ones, telling how many."""

    over: Over = Over.ALL
    source: str = UNKNOWN_SOURCE


class Meaning(StrEnum):
    """What tingkat efisiensi is."""

    RATIO = "ratio"
    SAVED = "saved"


@dataclass(frozen=True)
class Efficiency:
    """Tingkat efisiensi: capaian / serapan, efisien from 1; or 100 - serapan, efisien where the target is
    reached and something is left of the budget.
    """

    meaning: Meaning = Meaning.RATIO
    source: str = UNKNOWN_SOURCE


@dataclass(frozen=True)
class Absorption:
    """Limits of serapan in per cent: kegiatan below ``low`` are listed, the total should exceed ``good``."""

    low: Decimal
    good: Decimal
    source: str = UNKNOWN_SOURCE


@dataclass(frozen=True)
class Ordinal:
    """An ordinal scale, best first: letters, opinions, levels."""

    id: str
    grades: tuple[str, ...]
    source: str = UNKNOWN_SOURCE


@dataclass(frozen=True)
class Print:
    """How the office's print shortened its figures; ours always rounds half up."""

    truncated: bool = False
    source: str = UNKNOWN_SOURCE


@dataclass(frozen=True)
class Rules:
    """All rules of an office's year.

    Attributes:
        formulas: Where the office's formulas of capaian stand.
    """

    categories: Categories
    absorption: Absorption
    ordinals: tuple[Ordinal, ...]
    cap: Cap = Cap()
    zero: Zero = Zero()
    averages: Averages = Averages()
    efficiency: Efficiency = Efficiency()
    printed: Print = Print()
    formulas: str = UNKNOWN_SOURCE

    def ordinal(self, name: str) -> Ordinal | None:
        """The ordinal scale of that name."""
        return next((scale for scale in self.ordinals if scale.id == name), None)

    def ordinal_of(self, *grades: str) -> Ordinal | None:
        """The first ordinal scale that has all of some grades."""
        return next((scale for scale in self.ordinals if set(grades) <= set(scale.grades)), None)


_SUMENEP = "LKjIP 2023 DKUPP Kabupaten Sumenep"

ORDINALS = (
    Ordinal("sakip", ("AA", "A", "BB", "B", "CC", "C", "D")),
    Ordinal("opini", ("WTP", "WDP", "TW", "TMP")),
    Ordinal("level", ("V", "IV", "III", "II", "I")),
)
"""Ordinal scales that every office has; those of the same name in ``rules.yaml`` replace them."""

DEFAULT = Rules(
    categories=Categories(
        (
            Category("Sangat Tinggi", Decimal(91), printed="91 ≤ 100"),
            Category("Tinggi", Decimal(76), printed="76 ≤ 90"),
            Category("Sedang", Decimal(66), printed="66 ≤ 75"),
            Category("Rendah", Decimal(51), printed="51 ≤ 65"),
            Category("Sangat Rendah", None, printed="≤ 50"),
        ),
        places=0,
        source=f"{_SUMENEP}, tabel 3.1; pembulatan sebelum kategori: {UNKNOWN_SOURCE}",
    ),
    absorption=Absorption(Decimal(70), Decimal(80), source=f"{_SUMENEP}, uraian tabel 3.8"),
    ordinals=ORDINALS,
    cap=Cap(source=f"{_SUMENEP}, tabel 3.2 (mencetak 232%)"),
    averages=Averages(source=f"{_SUMENEP}, BAB IV"),
    efficiency=Efficiency(source=f"{_SUMENEP}, keterangan tabel 3.9"),
    formulas=f"{_SUMENEP}, tabel 3.2 dan 3.9",
)
