"""What this connector gives: tables of PDRB with every figure's status and origin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from connectors.web.transport import Fetched


@dataclass(frozen=True)
class Series:
    """A table that was chosen for a measure.

    Attributes:
        title: As BPS writes it, cleaned; empty for a pinned table that no list shows.
        reason: Why this one, in Indonesian.
        pinned: Whether the operator chose it.
    """

    measure: str
    var_id: int
    title: str
    unit: str
    reason: str
    pinned: bool = False


@dataclass(frozen=True)
class FoundSeries:
    """The tables of PDRB by lapangan usaha that a region has.

    Attributes:
        domain: ``3529``.
        base_year: Of the constant prices asked for.
        series: By measure; ``adhb`` and ``adhk`` are always there, ``growth`` and ``share`` where
            BPS has them.
        problems: What a person should know about the choice, in Indonesian.
    """

    domain: str
    base_year: int
    series: Mapping[str, Series]
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class PdrbCell:
    """One figure.

    Attributes:
        sector: ``A`` … ``R,S,T,U``, ``TOTAL`` or ``TOTAL_NONMIGAS``, or of a sub-category, ``G.2``.
        label: As BPS writes it, cleaned.
        value: In the table's ``unit``.
        status: ``tetap``, ``sementara`` or ``sangat sementara``.
        illustrative: Whether a stand-in invented it; never so for a figure of BPS.
        fetched_index: Which of the table's ``fetched`` it was read from.
        original: As it came, in the table's ``unit_original``.
    """

    sector: str
    label: str
    year: int
    value: Decimal
    status: str
    illustrative: bool
    fetched_index: int
    original: Decimal


@dataclass(frozen=True)
class PdrbTable:
    """A table of PDRB, read whole and found free of contradictions.

    Attributes:
        measure: ``adhb``, ``adhk``, ``growth`` or ``share``.
        table_id: The table's id in its channel: number of the variable or static table, SIMDASI's
            ``id_tabel``, or name and page of a downloaded file.
        channel: One of :data:`CHANNELS`.
        unit: ``Miliar Rupiah`` or ``Persen``.
        base_year: Of the constant prices; None for current prices.
        last_update: BPS's mark of its last change, aware.
        note: As BPS writes it.
        fetched: The answers it was read from.
        unit_original: As BPS writes it.
        remarks: What is odd but no contradiction, in Indonesian.
    """

    measure: str
    domain: str
    table_id: str
    title: str
    unit: str
    base_year: int | None
    last_update: datetime | None
    note: str
    cells: tuple[PdrbCell, ...]
    fetched: tuple[Fetched, ...]
    unit_original: str = ""
    remarks: tuple[str, ...] = ()
    channel: str = "dynamic"

    def find(self, sector: str, year: int) -> PdrbCell | None:
        """The figure of a category and year, or None."""
        return next((c for c in self.cells if c.sector == sector and c.year == year), None)

    @property
    def years(self) -> tuple[int, ...]:
        """The years that have figures, oldest first."""
        return tuple(sorted({cell.year for cell in self.cells}))


@dataclass(frozen=True)
class Release:
    """A publication or press release about the PDRB of a year, or its announcement.

    Attributes:
        channel: ``publication`` or ``pressrelease``.
        title: As BPS writes it, cleaned.
        released_on: BPS's date; in the future for an announcement.
        url: Its page on the site of BPS; empty when the site is not known.
        announced: Whether it is only announced, not released.
        about_year: The newest year of which it holds annual figures.
        kind: ``book`` (PDRB menurut lapangan usaha), ``news`` (a press release on growth) or
            ``dalam-angka`` (the yearbook, whose PDRB is a first look).
        mark: A hash of what the list says of it; another one when it was changed or replaced.
    """

    channel: str
    identity: str
    title: str
    released_on: date
    url: str
    announced: bool
    about_year: int = 0
    kind: str = ""
    mark: str = ""
