"""The history of what each indicator took as its realisasi; only ever added to."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.locks import lock_for_writing
from models.report.tables import RealisasiRecord
from models.types import canonical_json


def record_realisasi(
    session: Session,
    *,
    agency: str,
    indicator: str,
    year: int,
    state: str,
    value: str | None = None,
    reason: str = "",
    formula: str = "",
    inputs: Sequence[Mapping[str, Any]] = (),
    notes: Sequence[str] = (),
    source: str = "",
    source_url: str = "",
    released_on: date | None = None,
    illustrative: bool = False,
    at: datetime,
) -> tuple[RealisasiRecord, bool]:
    """Write down what an indicator takes now, if that is anything else than before.

    Args:
        session: Of the caller's transaction.
        agency: The office's id.
        indicator: The indicator's id.
        year: Which the realisasi is of.
        state: ``waiting``, ``provisional``, ``final`` or ``reported``.
        value: As the report writes it; None while waiting.
        reason: Why it waits.
        formula: With the numbers put in.
        inputs: The figures it was computed from; numbers and dates in it become strings.
        notes: Remarks for the reader.
        source: For the column "Sumber Data".
        source_url: Without the key.
        released_on: When the source released it.
        illustrative: Whether a figure of the demonstration stands in it.
        at: The present moment.

    Returns:
        The record that holds now, and whether it is new.
    """
    record = RealisasiRecord(
        agency=agency,
        indicator=indicator,
        year=year,
        state=str(state),
        value=value,
        reason=reason,
        formula=formula,
        inputs=json.loads(canonical_json(list(inputs))),
        notes=list(notes),
        source=source,
        source_url=source_url,
        released_on=released_on,
        illustrative=illustrative,
        created_at=at,
    )
    lock_for_writing(session, f"realisasi/{agency}/{indicator}/{year}")
    query = _of(agency).where(RealisasiRecord.indicator == indicator, RealisasiRecord.year == year)
    latest = session.exec(query.order_by(col(RealisasiRecord.id).desc()).limit(1)).first()
    if latest is not None and _content(latest) == _content(record):
        return latest, False
    session.add(record)
    session.flush()
    return record, True


def current_realisasi(
    session: Session, agency: str, *, year: int | None = None
) -> dict[tuple[str, int], RealisasiRecord]:
    """What each indicator has now, by indicator and year.

    Args:
        session: To read with.
        agency: The office's id.
        year: Only that year; None takes all.
    """
    newest = select(func.max(RealisasiRecord.id)).group_by(
        col(RealisasiRecord.agency), col(RealisasiRecord.indicator), col(RealisasiRecord.year)
    )
    query = _of(agency).where(col(RealisasiRecord.id).in_(newest))
    if year is not None:
        query = query.where(RealisasiRecord.year == year)
    return {(record.indicator, record.year): record for record in session.exec(query)}


def history(session: Session, agency: str, indicator: str, year: int) -> list[RealisasiRecord]:
    """All that an indicator ever had for a year, oldest first."""
    query = _of(agency).where(RealisasiRecord.indicator == indicator, RealisasiRecord.year == year)
    return list(session.exec(query.order_by(col(RealisasiRecord.id))))


def _of(agency: str) -> Any:
    return select(RealisasiRecord).where(RealisasiRecord.agency == agency)


def _content(record: RealisasiRecord) -> dict[str, Any]:
    return record.model_dump(exclude={"id", "created_at"})
