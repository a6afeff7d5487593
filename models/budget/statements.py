"""Keeping budget statements: every file of a month stays, the newest counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import func, insert
from sqlmodel import Session, col, select

from capaian.budget.lines import Line, Match, Statement
from models.budget.tables import BudgetLine, BudgetStatement
from models.locks import lock_for_writing
from models.tables import Fetch, identity


def store_statement(
    session: Session, agency: str, year: int, month: int, statement: Statement, *, fetch_id: int, at: datetime
) -> BudgetStatement:
    """Keep a statement as the next vintage of its month.

    Args:
        session: One that writes.
        agency: Id of the office.
        year: Budget year.
        month: Up to whose end realisasi is stated.
        statement: As read.
        fetch_id: Of the file's bytes.
        at: When it was taken in.
    """
    lock_for_writing(session, f"{agency}-{year}-{month}-anggaran")
    newest = session.exec(
        select(func.max(BudgetStatement.vintage)).where(
            BudgetStatement.agency == agency, BudgetStatement.year == year, BudgetStatement.month == month
        )
    ).one()
    kept = BudgetStatement(
        agency=agency,
        year=year,
        month=month,
        vintage=(newest or 0) + 1,
        stage=statement.stage.value if statement.stage else "",
        fetch_id=fetch_id,
        taken_at=at,
        sheet=statement.sheet,
        budget=statement.budget,
        spent=statement.spent,
        problems=[asdict(problem) for problem in statement.problems],
        remarks=list(statement.remarks),
        illustrative=statement.illustrative,
    )
    session.add(kept)
    session.flush()
    matches = {match.line: match for match in statement.matches}
    rows = [_values(identity(kept.id), n, line, matches) for n, line in enumerate(statement.lines)]
    if rows:
        session.connection().execute(insert(BudgetLine), rows)
    return kept


def statements_of_year(session: Session, agency: str, year: int) -> list[BudgetStatement]:
    """Every statement of a year, by month and vintage."""
    query = select(BudgetStatement).where(BudgetStatement.agency == agency, BudgetStatement.year == year)
    return list(session.exec(query.order_by(col(BudgetStatement.month), col(BudgetStatement.vintage))))


def newest_of_years(session: Session, agency: str) -> dict[int, BudgetStatement]:
    """The statement that was taken in last for each year of an office, of whichever month."""
    newest = select(func.max(BudgetStatement.id)).where(BudgetStatement.agency == agency)
    query = select(BudgetStatement).where(
        col(BudgetStatement.id).in_(newest.group_by(col(BudgetStatement.year)))
    )
    return {statement.year: statement for statement in session.exec(query)}


def newest_of_months(
    statements: Sequence[BudgetStatement], as_of: datetime | None = None
) -> dict[int, BudgetStatement]:
    """The statement that counts for each month, as it was known at a moment."""
    known = [s for s in statements if as_of is None or s.taken_at <= as_of]
    return {s.month: s for s in sorted(known, key=lambda s: (s.month, s.vintage))}


def holds_file(session: Session, agency: str, sha256: str) -> bool:
    """Whether a statement of an office was read from the bytes of a SHA-256."""
    query = select(BudgetStatement.id).join(Fetch, col(Fetch.id) == BudgetStatement.fetch_id)
    found = query.where(BudgetStatement.agency == agency, Fetch.snapshot_sha256 == sha256)
    return session.exec(found.limit(1)).first() is not None


def lines_of(session: Session, statement: BudgetStatement) -> list[BudgetLine]:
    """The rows of a statement, in the order of its file."""
    query = select(BudgetLine).where(BudgetLine.statement_id == statement.id)
    return list(session.exec(query.order_by(col(BudgetLine.number))))


def _values(statement_id: int, number: int, line: Line, matches: Mapping[int, Match]) -> dict[str, object]:
    match = matches.get(number)
    return {
        "statement_id": statement_id,
        "number": number,
        "parent": line.parent,
        "key": match.key if match else "",
        "distance": match.distance if match else 0,
        "code": line.code,
        "name": line.name,
        "level": line.level.value,
        "place": line.place,
        "budget": line.budget,
        "initial": line.initial,
        "revised": line.revised,
        "spent": line.spent,
    }
