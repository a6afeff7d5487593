"""From the bytes of a dynamic table to the figures that an indicator needs of it, checked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from connectors.bps import labels
from connectors.bps.client import BpsClient, snapshots
from connectors.bps.dynamic.decode import Cell, DynamicTable, Item, decode, year_of
from connectors.bps.statistic.places import choose_characteristic, choose_period, choose_row
from connectors.bps.statistic.titles import FoundTable, fits
from connectors.web.transport import Fetched
from core.errors import ImplausibleFigureError, NothingFoundError, SourceError
from core.numbers import format_number
from office.bps import Statistic

_PART_OF_HUNDRED = re.compile(r"^(?:\[[^]]*\]\s*)?(?:persentase|tingkat)\b", re.IGNORECASE)
_MAY_BE_BELOW_ZERO = re.compile(r"inflasi|pertumbuhan|perubahan|laju|kenaikan", re.IGNORECASE)


@dataclass(frozen=True)
class StatisticCell:
    """One figure.

    Attributes:
        place: As :meth:`office.bps.Statistic.place` names it.
        label: Row, column and part of the year as BPS writes them.
        status: ``tetap``, ``sementara`` or ``sangat sementara``.
        illustrative: Whether a stand-in invented it; never so for a figure of BPS.
        fetched_index: Which of the table's ``fetched`` it was read from.
    """

    place: str
    label: str
    year: int
    value: Decimal
    status: str
    illustrative: bool
    fetched_index: int


@dataclass(frozen=True)
class StatisticTable:
    """A dynamic table as BPS gave it for some years; none of its figures is taken yet.

    Attributes:
        found: By which number it was asked for.
        parts: The answers in the order of their years.
        fetched: The bytes behind each part.
    """

    found: FoundTable
    parts: tuple[DynamicTable, ...]
    fetched: tuple[Fetched, ...]

    @property
    def title(self) -> str:
        """As the answer writes it; that of the list where BPS has no figures."""
        return self.parts[-1].title if self.parts else self.found.title

    @property
    def unit(self) -> str:
        """As the answer writes it."""
        return self.parts[-1].unit if self.parts else self.found.unit

    @property
    def last_update(self) -> datetime | None:
        """BPS's mark of the table's last change."""
        return self.parts[-1].last_update if self.parts else None

    @property
    def note(self) -> str:
        """As BPS writes it."""
        return self.parts[-1].note if self.parts else ""


def read_table(client: BpsClient, found: FoundTable, years: Sequence[int]) -> StatisticTable:
    """Read a dynamic table. One that changes while it is read is read again once.

    Raises:
        SourceError: No usable answer, another table than was asked for, or it keeps changing.
        ImplausibleFigureError: A key of it may mean two places.
    """
    for _ in range(2):
        answers = client.data(found.domain, found.var_id, years)
        parts = tuple(decode(answer.payload) for answer in answers)
        other = next((part.var_id for part in parts if part.var_id != found.var_id), None)
        if other is not None:
            raise SourceError(
                f"BPS memberi tabel {other} padahal yang diminta {found.var_id}.",
                todo="angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat "
                "program.",
            )
        if len({(t.last_update, t.unit, t.title, t.note) for t in parts}) <= 1:
            return StatisticTable(found, parts, snapshots(answers))
    raise SourceError(
        f"Tabel {found.var_id} di BPS berubah selagi dibaca, dua kali berturut-turut.",
        todo="tidak perlu apa-apa sekarang, permintaan akan diulang pada jadwal berikut.",
        retryable=True,
    )


def take_cells(table: StatisticTable, statistic: Statistic) -> list[StatisticCell]:
    """The figures that a statistic needs: its row, and for a share the row of the whole, in every year read.

    Returns:
        Those that BPS has; a missing cell is a figure that is not released.

    Raises:
        NothingFoundError: The table has not the row, column or part of the year, or has it twice, or its
            title is not the one that is wanted.
        ImplausibleFigureError: A figure of it is no number, or cannot be one of its kind.
    """
    if statistic.var_id is None and table.parts and not fits(table.title, statistic.table):
        raise NothingFoundError(
            f"Tabel {table.found.var_id} di BPS kini berjudul {table.title!r}, tanpa {statistic.table!r}.",
            todo="angka yang tersimpan tetap dipakai; perbaiki bps.table di indicators.yaml.",
        )
    rows = [statistic.row, statistic.of] if statistic.of else [statistic.row]
    return [
        cell
        for index, part in enumerate(table.parts)
        for row in rows
        for cell in _cells_of_row(part, index, statistic, row)
    ]


def _cells_of_row(part: DynamicTable, index: int, statistic: Statistic, wanted: str) -> list[StatisticCell]:
    row = choose_row(part.vervar, wanted, part.title)
    column = choose_characteristic(part.turvar, statistic.characteristic, part.title)
    season = choose_period(part.turth, statistic.period, part.title)
    _check_readable(part, row, column, season)
    statuses = labels.read_statuses(part.note)
    # A table of PDRB marks its categories one by one; here a year counts if any of them is invented.
    invented = set[int]().union(*labels.read_illustrative(part.note).values())
    made = []
    for cell in part.cells:
        if (cell.vervar, cell.turvar, cell.turth) != (row, column, season):
            continue
        year, status = year_of(cell.year, part.title)
        _check_kind(part, cell)
        made.append(
            StatisticCell(
                place=statistic.place(wanted),
                label=_label(part, cell),
                year=year,
                value=cell.value,
                status=statuses.get(year, status),
                illustrative=year in invented,
                fetched_index=index,
            )
        )
    return made


def _label(part: DynamicTable, cell: Cell) -> str:
    """Row, column and part of the year, as far as the table has a choice of them."""
    named = [cell.vervar.label]
    named += [cell.turvar.label] if len(part.turvar) > 1 else []
    named += [cell.turth.label] if len(part.turth) > 1 else []
    return ", ".join(named)


def _check_readable(part: DynamicTable, row: Item, column: Item, season: Item) -> None:
    for year in part.years:
        key = row.val + str(part.var_id) + column.val + year.val + season.val
        if key in part.unreadable:
            raise ImplausibleFigureError(
                f"Tabel {part.title!r} dari BPS memuat isian yang bukan angka untuk {row.label} tahun "
                f"{year.label}.",
                todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS.",
            )


def _check_kind(part: DynamicTable, cell: Cell) -> None:
    """A part of a hundred lies between 0 and 100."""
    whole = labels.is_percent(part.unit) and _PART_OF_HUNDRED.search(part.title)
    if whole and not _MAY_BE_BELOW_ZERO.search(part.title) and not 0 <= cell.value <= 100:
        raise ImplausibleFigureError(
            f"Tabel {part.title!r} dari BPS menyebut {format_number(cell.value, 2)} persen untuk "
            f"{cell.vervar.label} tahun {cell.year.label}; persentase tidak dapat di luar 0 sampai 100.",
            todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS.",
        )
