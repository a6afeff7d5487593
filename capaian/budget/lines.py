"""What a budget export says: its rows as a tree, and the whole as one statement.

Codes follow Kepmendagri 050-5889/2021 and 900.1.15.5-1317/2023: urusan.bidang.program.2.kegiatan.sub
kegiatan, and below that the account (rekening). Amounts are exact rupiah.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum, auto
from typing import Literal


class Level(StrEnum):
    """Of a row that has amounts; rows of urusan and bidang only lead to these."""

    PROGRAM = auto()
    KEGIATAN = auto()
    SUB_KEGIATAN = auto()
    REKENING = auto()

    @property
    def words(self) -> str:
        """As people write it."""
        return self.value.replace("_", " ")


class Stage(StrEnum):
    """Which budget a document states: as first adopted, or after the revision of the year."""

    MURNI = auto()
    PERUBAHAN = auto()


@dataclass(frozen=True)
class Problem:
    """Something a person must look at.

    Attributes:
        place: ``lembar 'Juni', baris 17``, with the column where it is about one cell.
        message: In Indonesian: what stands there, what was expected, what to do or which figure counts.
        stops: Whether the report must not use the statement because of it.
        kind: Whether it is about a figure, or about how a name is spelt.
    """

    place: str
    message: str
    stops: bool = False
    kind: Literal["angka", "nama"] = "angka"


@dataclass(frozen=True)
class Line:
    """One row with amounts.

    Attributes:
        place: ``lembar 'Juni', baris 17``.
        code: As the file has it, parts joined with points (``2.17.03.2.01``); empty where it has none.
        name: As the file has it, spaces made single.
        level: Its place in the tree.
        parent: Index of the line above it in the tree, in the same statement; None at the top.
        budget: What counts: after revision where the file states it, else the only or the first one.
        initial, revised: As first adopted and after revision, where the file says which is which.
        spent: Realisasi from January up to the end of the statement's month.
        spent_in_month: Realisasi of that month alone, where stated.
        percent, remaining: As the file states them, in per cent and rupiah; checked, never used.
    """

    place: str
    code: str
    name: str
    level: Level
    parent: int | None = None
    budget: Decimal | None = None
    initial: Decimal | None = None
    revised: Decimal | None = None
    spent: Decimal | None = None
    spent_in_month: Decimal | None = None
    percent: Decimal | None = None
    remaining: Decimal | None = None


@dataclass(frozen=True)
class Known:
    """A program, kegiatan or sub kegiatan that the office has (``programs.csv``).

    Attributes:
        key: ``1``, ``1.2``, ``1.2.3``.
        code: Of the nomenclature; empty where the office's data have none.
    """

    key: str
    level: Level
    name: str
    code: str = ""


@dataclass(frozen=True)
class Match:
    """Which row of the office a line is.

    Attributes:
        line: Index in the statement.
        key: Of the office's row.
        distance: Letters by which the names differ after case, punctuation and spaces are set aside.
        by: What decided.
    """

    line: int
    key: str
    distance: int
    by: Literal["nama", "kode"]


@dataclass(frozen=True)
class OfficeWords:
    """How files may name the office.

    Attributes:
        names: Its full name and others; compared without case and punctuation.
        region: ``Kabupaten Sumenep``; stands behind or without the name.
    """

    names: tuple[str, ...]
    region: str = ""


@dataclass(frozen=True)
class Statement:
    """The office's part of one export.

    Attributes:
        sheet: Name of the sheet it stands on.
        office: As the file names it; empty where it names none.
        offices: All offices that the file names.
        year: Budget year; None where not stated.
        month: Realisasi is stated up to the end of this month; None where not stated.
        stage: Of the only budget column, from title or heading; None where not stated or both stand there.
        lines: In the order of the file, parents first.
        matches: Lines that are programs, kegiatan or sub kegiatan of the office.
        total: The file's own total row, a program-like line without parent; None where it has none.
        problems: With those that stop.
        remarks: What was understood that a person should know (slips in names with their distance, …).
        illustrative: Whether the file says that its figures are an illustration.
    """

    sheet: str
    lines: tuple[Line, ...]
    matches: tuple[Match, ...] = ()
    office: str = ""
    offices: tuple[str, ...] = ()
    year: int | None = None
    month: int | None = None
    stage: Stage | None = None
    total: Line | None = None
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    illustrative: bool = False

    @property
    def usable(self) -> bool:
        """Whether the report may use it."""
        return not any(problem.stops for problem in self.problems)

    @property
    def programs(self) -> tuple[Line, ...]:
        """The lines of programs."""
        return tuple(line for line in self.lines if line.level is Level.PROGRAM)

    @property
    def budget(self) -> Decimal:
        """Sum of the programs' budgets, in rupiah; programs without a readable one are left out."""
        return sum((line.budget for line in self.programs if line.budget is not None), Decimal(0))

    @property
    def spent(self) -> Decimal:
        """Sum of the programs' realisasi, in rupiah; as above."""
        return sum((line.spent for line in self.programs if line.spent is not None), Decimal(0))
