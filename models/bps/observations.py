"""Observations in vintages: what a table of a source said, and every state it ever had."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import insert
from sqlmodel import Session, col, select

from core.errors import StorageError
from models.bps.tables import Observation, Vintage
from models.locks import lock_for_writing
from models.tables import Fetch
from models.types import canonical_decimal, canonical_json

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class CellRow:
    """One figure of a table as it was read.

    Attributes:
        fetch_index: Which of the table's fetches it was read from.
    """

    sector: str
    label: str
    year: int
    value: Decimal
    status: str
    illustrative: bool = False
    fetch_index: int = 0


@dataclass(frozen=True)
class TableState:
    """What tells the states of one series from those of another, and a newer from an older one.

    Attributes:
        source: ``bps``; with ``domain``, ``measure`` and ``base_year`` it names the series.
        domain: Of the source, ``3529``.
        measure: ``adhb``, ``adhk``, ``growth``, ``share``.
        channel: By which way of the source it came; states of different channels are kept apart.
        base_year: Of constant prices; None where there is none.
        table_id: The table's id at the source.
        unit: Of the values.
        last_update: The source's own mark of its last change.
    """

    source: str
    domain: str
    measure: str
    channel: str
    base_year: int | None
    table_id: str
    unit: str
    last_update: datetime | None


def record_table(
    session: Session,
    state: TableState,
    cells: Iterable[CellRow],
    fetches: Sequence[Fetch],
    *,
    title: str,
    released_on: date | None,
    note: str,
    at: datetime,
) -> tuple[Vintage, bool]:
    """Keep a table as a new vintage if it says anything new.

    It says nothing new when every figure in it stands alike in the newest vintage that has them all
    (an answer that lacks years takes none away), or when the source marks it as older than that
    vintage: such an answer comes from a stale copy.

    Args:
        session: Of the caller's transaction.
        state: Which table it is.
        cells: The figures.
        fetches: What they were read from, in the order of ``fetch_index``.
        title: As the source writes it.
        released_on: The source's date of the release.
        note: As the source writes it.
        at: The present moment.

    Returns:
        The vintage that holds the figures now, and whether it is new.

    Raises:
        StorageError: The table is empty or has two figures for one category and year.
    """
    rows = list(cells)
    _check(title, rows, fetches)
    lock_for_writing(session, f"{state.source}/{state.domain}/{state.measure}/{state.base_year}")
    kept = _kept(session, state, rows)
    if kept is not None:
        return kept, False
    vintage = Vintage(
        **asdict(state),
        title=title,
        released_on=released_on,
        content_hash=content_hash(state.table_id, state.unit, state.base_year, rows),
        created_at=at,
        note=note,
    )
    session.add(vintage)
    session.flush()
    session.execute(insert(Observation), [_row(vintage, fetches, cell) for cell in rows])
    return vintage, True


def is_kept(session: Session, state: TableState, cells: Iterable[CellRow]) -> bool:
    """Whether :func:`record_table` would find nothing new in a table; a session that only reads will do."""
    return _kept(session, state, list(cells)) is not None


def vintages(
    session: Session,
    source: str,
    domain: str,
    measure: str,
    *,
    base_year: int | None = None,
    channel: str = "",
) -> list[Vintage]:
    """Every state of a series, oldest first; of one base of constant prices or channel if it is named."""
    query = select(Vintage).where(
        Vintage.source == source, Vintage.domain == domain, Vintage.measure == measure
    )
    if base_year is not None:
        query = query.where(Vintage.base_year == base_year)
    if channel:
        query = query.where(Vintage.channel == channel)
    return list(session.exec(query.order_by(col(Vintage.id))))


def holds_year(
    session: Session, source: str, domain: str, measure: str, year: int, *, channels: Sequence[str] = ()
) -> bool:
    """Whether any vintage of a series has a figure of ``year``; of certain channels if they are named."""
    query = (
        select(Observation.id)
        .join(Vintage, col(Observation.vintage_id) == col(Vintage.id))
        .where(
            Vintage.source == source,
            Vintage.domain == domain,
            Vintage.measure == measure,
            Observation.year == year,
        )
    )
    if channels:
        query = query.where(col(Vintage.channel).in_(channels))
    return session.exec(query.limit(1)).first() is not None


def values(session: Session, vintage: Vintage) -> dict[tuple[str, int], Observation]:
    """The observations of a vintage, by category and year."""
    rows = session.exec(select(Observation).where(Observation.vintage_id == vintage.id))
    return {(row.sector, row.year): row for row in rows}


def content_hash(table_id: str, unit: str, base_year: int | None, cells: Iterable[CellRow]) -> str:
    """SHA-256 over what makes a vintage another one; the order of cells does not count."""
    canonical = sorted([cell.sector, cell.year, *_identity(cell)] for cell in cells)
    text = canonical_json([table_id, unit, base_year, canonical])
    return hashlib.sha256(text.encode()).hexdigest()


def _identity(cell: CellRow | Observation) -> tuple[str, str, bool]:
    return canonical_decimal(cell.value), cell.status, cell.illustrative


def _kept(session: Session, state: TableState, rows: Sequence[CellRow]) -> Vintage | None:
    """The vintage that says already what ``state`` says, or says it newer."""
    known = vintages(
        session,
        state.source,
        state.domain,
        state.measure,
        base_year=state.base_year,
        channel=state.channel,
    )
    if known and _is_stale(known[-1], state):
        return known[-1]
    return _holding(session, known, state, rows)


def _is_stale(latest: Vintage, state: TableState) -> bool:
    """Whether the source itself marks an answer as older than what is kept: it comes from a stale copy."""
    if (latest.table_id, latest.unit) != (state.table_id, state.unit):
        return False
    if not state.last_update or not latest.last_update or state.last_update >= latest.last_update:
        return False
    logger.warning(
        "Tabel %r (%s) yang diterima lebih lama daripada yang sudah tersimpan; diabaikan.",
        latest.title,
        state.table_id,
    )
    return True


def _holding(
    session: Session, known: Sequence[Vintage], state: TableState, rows: Sequence[CellRow]
) -> Vintage | None:
    """The newest vintage that has a figure in every place of ``rows``, if they are the same figures.

    Offices of several years ask for different years of one table in turn, so the newest vintage of all
    may lack some.
    """
    for vintage in reversed(known):
        held = values(session, vintage)
        if any((row.sector, row.year) not in held for row in rows):
            continue
        same_table = (vintage.table_id, vintage.unit) == (state.table_id, state.unit)
        equal = all(_identity(held[row.sector, row.year]) == _identity(row) for row in rows)
        return vintage if same_table and equal else None
    return None


def _check(title: str, rows: Sequence[CellRow], fetches: Sequence[Fetch]) -> None:
    if not rows:
        raise StorageError(
            f"Tabel {title!r} tidak berisi angka, jadi tidak disimpan.",
            todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman sumbernya.",
        )
    seen: set[tuple[str, int]] = set()
    for cell in rows:
        if (cell.sector, cell.year) in seen:
            raise StorageError(
                f"Tabel {title!r} memuat dua angka untuk kategori {cell.sector} tahun {cell.year}.",
                todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman sumbernya.",
            )
        seen.add((cell.sector, cell.year))
        if not 0 <= cell.fetch_index < len(fetches):
            raise StorageError(
                f"Angka {cell.sector} {cell.year} dari tabel {title!r} tidak menyebut asal jawabannya.",
                todo="laporkan kepada pembuat program.",
            )


def _row(vintage: Vintage, fetches: Sequence[Fetch], cell: CellRow) -> dict[str, object]:
    return {
        "vintage_id": vintage.id,
        "fetch_id": fetches[cell.fetch_index].id,
        "sector": cell.sector,
        "label": cell.label,
        "year": cell.year,
        "value": cell.value,
        "status": cell.status,
        "illustrative": cell.illustrative,
    }
