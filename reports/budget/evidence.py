"""What the report knows of budget exports: the figures of programs and kegiatan, and where they stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from core.dates import MONTHS
from office.schema import Agency, Level, ProgramRow


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

    @property
    def illustrative(self) -> bool:
        """Whether the figures of programs and kegiatan are an illustration."""
        return self.source.illustrative

    @property
    def period(self) -> str:
        """``s.d. Desember 2023``."""
        return f"s.d. {MONTHS[self.source.month - 1]} {self.year}"

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``report.json``; the day of taking in is the database's and no content."""
        return {
            "file": self.source.file,
            "snapshot": self.source.snapshot,
            "month": self.source.month,
            "illustrative": self.illustrative,
            "initial_file": self.initial_source.file if self.initial_source else "",
            "initial_snapshot": self.initial_source.snapshot if self.initial_source else "",
            "figures": {
                key: {
                    "budget": format(f.budget, "f"),
                    "spent": format(f.spent, "f"),
                    "initial": None if f.initial is None else format(f.initial, "f"),
                    "revised": None if f.revised is None else format(f.revised, "f"),
                    "place": f.place,
                }
                for key, f in sorted(self.figures.items())
            },
            "months": [
                {
                    "month": total.month,
                    "budget": format(total.budget, "f"),
                    "spent": format(total.spent, "f"),
                    "illustrative": total.illustrative,
                }
                for total in self.months
            ],
        }


@dataclass(frozen=True)
class OfficeDifference:
    """An amount that the office's own data and the file give differently; the file's is used.

    Attributes:
        what: ``anggaran awal``, ``anggaran setelah perubahan`` or ``realisasi``.
    """

    key: str
    name: str
    what: str
    office: Decimal
    file: Decimal


def with_budget(agency: Agency, evidence: BudgetEvidence | None) -> Agency:
    """The office's data with the amounts of a file that covers the whole year; without one as they are.

    The budget after revision is the one that counts at the end of the year, where the agreement was
    revised; otherwise there is only one budget.
    """
    if evidence is None or not evidence.complete:
        return agency
    revised = agency.year.revision is not None
    rows = [_with_figure(row, evidence.figures.get(row.key), revised=revised) for row in agency.programs]
    return agency.model_copy(update={"programs": rows})


def differences_from_office(agency: Agency, evidence: BudgetEvidence | None) -> tuple[OfficeDifference, ...]:
    """Where the office's own figures (``programs.csv``) differ from those of the file.

    Args:
        agency: The office's data as loaded.
        evidence: Of the year; one that does not cover it differs in nothing.
    """
    found = []
    used = with_budget(agency, evidence)
    for own, row in zip(agency.programs, used.programs, strict=True):
        for what, office, file in (
            ("anggaran awal", own.budget_initial, row.budget_initial),
            ("anggaran setelah perubahan", own.budget_revised, row.budget_revised),
            ("realisasi", own.spent, row.spent),
        ):
            if office is not None and file is not None and office != file:
                found.append(OfficeDifference(row.key, row.name, what, office, file))
    return tuple(found)


def _with_figure(row: ProgramRow, figure: BudgetFigure | None, *, revised: bool) -> ProgramRow:
    if figure is None or row.level is Level.SUB_KEGIATAN:
        return row
    if not revised:
        return row.model_copy(update={"budget_initial": figure.budget, "spent": figure.spent})
    initial = figure.initial if figure.initial is not None else row.budget_initial
    counted = figure.revised if figure.revised is not None else figure.budget
    return row.model_copy(
        update={"budget_initial": initial, "budget_revised": counted, "spent": figure.spent}
    )
