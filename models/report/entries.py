"""Figures that people entered with their evidence; only ever added to."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func
from sqlmodel import Session, col, select

from models.locks import lock_for_writing
from models.report.tables import EnteredFigure
from models.snapshots import keep_bytes


def record_entry(session: Session, entry: EnteredFigure, evidence: bytes) -> tuple[EnteredFigure, bool]:
    """Write down an entered figure and keep its evidence, if it says anything else than the newest one.

    Args:
        session: Of the caller's transaction.
        entry: Without hash and size of its evidence, which are put in.
        evidence: The bytes of the file.

    Returns:
        The entry that holds now, and whether it is new.
    """
    entry.evidence_size = len(evidence)
    entry.evidence_sha256 = keep_bytes(session, evidence, entry.entered_at)
    lock_for_writing(session, f"entry/{entry.agency}/{entry.indicator}/{entry.year}")
    newest = newest_entries(session, entry.agency, entry.year).get(entry.indicator)
    if newest is not None and _content(newest) == _content(entry):
        return newest, False
    session.add(entry)
    session.flush()
    return entry, True


def list_entries(session: Session, agency: str, year: int) -> list[EnteredFigure]:
    """Every entry of an office and year, oldest first."""
    query = select(EnteredFigure).where(EnteredFigure.agency == agency, EnteredFigure.year == year)
    return list(session.exec(query.order_by(col(EnteredFigure.id))))


def newest_of_years(session: Session, agency: str) -> dict[int, EnteredFigure]:
    """What was entered last for each year of an office, for whichever indicator."""
    newest = select(func.max(EnteredFigure.id)).where(EnteredFigure.agency == agency)
    query = select(EnteredFigure).where(col(EnteredFigure.id).in_(newest.group_by(col(EnteredFigure.year))))
    return {entry.year: entry for entry in session.exec(query)}


def newest_entries(session: Session, agency: str, year: int) -> dict[str, EnteredFigure]:
    """The entry of each indicator that holds."""
    return {entry.indicator: entry for entry in list_entries(session, agency, year)}


def _content(entry: EnteredFigure) -> dict[str, Any]:
    return entry.model_dump(exclude={"id", "entered_by", "entered_at"})
