"""What an indicator takes as its realisasi, or why it waits, with where it comes from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from capaian.values import Value

REVISED = "Angka direvisi"
"""How the note begins that says what a figure was before its source revised it."""


class State(StrEnum):
    """How far the realisasi is."""

    WAITING = "waiting"
    PROVISIONAL = "provisional"
    FINAL = "final"
    REPORTED = "reported"
    NOT_COMPUTABLE = "not_computable"


@dataclass(frozen=True)
class Input:
    """One figure that a realisasi is computed from, back to the bytes it was read from.

    Attributes:
        name: For people, ``PDRB ADHK Industri Pengolahan 2023``.
        symbol: Its place in the formula, ``ADHK C 2023``.
        status: BPS's own word: ``tetap``, ``sementara``, ``sangat sementara``.
        snapshot: SHA-256 of the answer; empty where the office's own file is the source.
        url: Without the key.
        fetched_at: When the answer was fetched; None where that is not known. It is the database's, and no
            content of a report.
    """

    name: str
    symbol: str
    value: Decimal
    unit: str
    status: str
    vintage: str
    released_on: date | None
    snapshot: str
    url: str
    illustrative: bool = False
    fetched_at: datetime | None = None


@dataclass(frozen=True)
class CourseYear:
    """The same figure of another year, as the same state of the source gives it.

    Attributes:
        value: In per cent, exact.
        status: BPS's own word; empty where it says none.
    """

    year: int
    value: Decimal
    status: str = ""
    illustrative: bool = False


@dataclass(frozen=True)
class Evidence:
    """The file that stands behind a figure which a person entered.

    Attributes:
        file: Its name, without its folder.
        snapshot: SHA-256 of its bytes.
        size: In bytes.
    """

    file: str
    snapshot: str
    size: int
    entered_at: datetime
    entered_by: str


@dataclass(frozen=True)
class Realisasi:
    """The realisasi of one indicator in one year.

    Attributes:
        value: None while waiting, and where none can be computed of the figures that are there.
        reason: Why it waits, or cannot be computed, in Indonesian; empty otherwise.
        source: For the column "Sumber Data", ``BPS, 4 April 2024``.
        formula: With the numbers put in, ``(1.690,12 - 1.606,58) / 1.606,58 x 100``.
        notes: Remarks for the reader (published rate agrees; revised by BPS; illustrative).
        institution: Whose figure it is, or who is waited for; empty where the office itself is.
        due: When a figure that is waited for is due, ``April 2024``.
        status: Of a reported figure, whether its source may still revise it.
        stated: The capaian in per cent that the office states instead of having it computed.
        evidence: Of a figure that a person entered.
        of_quarters: Whether it follows from the quarters of the year.
        course: Of a figure taken of PDRB, also while it waits: the years before, oldest first.
    """

    indicator: str
    year: int
    state: State
    value: Value | None = None
    reason: str = ""
    source: str = ""
    source_url: str = ""
    released_on: date | None = None
    formula: str = ""
    inputs: tuple[Input, ...] = field(default=())
    notes: tuple[str, ...] = field(default=())
    illustrative: bool = False
    institution: str = ""
    due: str = ""
    status: str = ""
    stated: Decimal | None = None
    evidence: Evidence | None = None
    of_quarters: bool = False
    course: tuple[CourseYear, ...] = field(default=())

    @property
    def revision(self) -> str:
        """The note that the source revised the figure, with the former one; empty where it did not."""
        return next((note for note in self.notes if note.startswith(REVISED)), "")
