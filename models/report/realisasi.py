"""The history of what each indicator took as its realisasi; only ever added to."""

from __future__ import annotations

import json
from typing import Any

from sqlmodel import Session, col, select

from models.locks import lock_for_writing
from models.report.tables import RealisasiRecord
from models.types import canonical_json


def record_realisasi(session: Session, record: RealisasiRecord) -> tuple[RealisasiRecord, bool]:
    """Write down what an indicator takes now, if that is anything else than before.

    Args:
        session: Of the caller's transaction.
        record: Numbers and dates in its inputs become strings.

    Returns:
        The record that holds now, and whether it is new.
    """
    record.inputs = json.loads(canonical_json(record.inputs))
    agency, indicator, year = record.agency, record.indicator, record.year
    lock_for_writing(session, f"realisasi/{agency}/{indicator}/{year}")
    query = _of(agency).where(RealisasiRecord.indicator == indicator, RealisasiRecord.year == year)
    latest = session.exec(query.order_by(col(RealisasiRecord.id).desc()).limit(1)).first()
    if latest is not None and _content(latest) == _content(record):
        return latest, False
    session.add(record)
    session.flush()
    return record, True


def list_realisasi(session: Session, agency: str, year: int, indicator: str = "") -> list[RealisasiRecord]:
    """What the indicators of a year took from when on, oldest first; with ``indicator`` only that one's."""
    query = _of(agency).where(RealisasiRecord.year == year)
    if indicator:
        query = query.where(RealisasiRecord.indicator == indicator)
    return list(session.exec(query.order_by(col(RealisasiRecord.id))))


def _of(agency: str) -> Any:
    return select(RealisasiRecord).where(RealisasiRecord.agency == agency)


def _content(record: RealisasiRecord) -> dict[str, Any]:
    return record.model_dump(exclude={"id", "created_at"})
