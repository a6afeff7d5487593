"""What the report knows of budget exports: the figures of programs and kegiatan, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class BudgetFigure:
    """Amounts of one program or kegiatan, in rupiah.

    Attributes:
        budget: The budget that counts at the end of the statement's month.
        spent: Realisasi from January up to there.
        initial: As first adopted; None where no file states it.
        revised: After the year's revision; None where no file states it as such.
        place: Where in the file it stands, ``lembar 'Desember', baris 17``.
    """

    budget: Decimal
    spent: Decimal
    initial: Decimal | None
    revised: Decimal | None
    place: str


@dataclass(frozen=True)
class BudgetSource:
    """A file whose figures are used.

    Attributes:
        file: Its name.
        snapshot: SHA-256 of its bytes.
        taken_on: The day on which it was taken in.
        month: Realisasi is stated up to the end of this month.
        vintage: 1 for the first file of the month, one more for each that replaced it.
        illustrative: Whether the file says so.
    """

    file: str
    snapshot: str
    taken_on: date
    month: int
    vintage: int
    illustrative: bool


@dataclass(frozen=True)
class MonthTotal:
    """The office's sum at the end of a month, from the newest file of that month, in rupiah."""

    month: int
    budget: Decimal
    spent: Decimal
    illustrative: bool


@dataclass(frozen=True)
class NameSlip:
    """A name that a file spells otherwise than the office's data, and by how many letters."""

    key: str
    written: str
    name: str
    distance: int


@dataclass(frozen=True)
class BudgetEvidence:
    """The budget of the reporting year as the newest statement of its latest month has it.

    Attributes:
        figures: By key of program and kegiatan (``1``, ``1.2``), all of them.
        source: The file behind them.
        initial_source: The file behind the first budgets where it is another one.
        months: The sum of every month that has a file, ascending.
        differences: Sums, percentages and remainders that do not fit in the file, in Indonesian, with
            both figures and which one is used.
        slips: Names that the file spells otherwise.
        remarks: What else a reader should know of the file.
    """

    year: int
    figures: Mapping[str, BudgetFigure]
    source: BudgetSource
    initial_source: BudgetSource | None
    months: tuple[MonthTotal, ...]
    differences: tuple[str, ...] = ()
    slips: tuple[NameSlip, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether the statement covers the whole year."""
        return self.source.month == 12
