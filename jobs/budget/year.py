"""The budget of a year as the kept files have it, for the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePosixPath

from sqlmodel import Session

from capaian.budget.lines import Level
from core.dates import JAKARTA
from models.budget.statements import lines_of, newest_of_months, statements_of_year
from models.budget.tables import BudgetLine, BudgetStatement
from models.tables import Fetch
from office.schema import Agency
from reports.budget.evidence import BudgetEvidence, BudgetFigure, BudgetSource, MonthTotal, NameSlip


def gather_budget(session: Session, agency: Agency) -> BudgetEvidence | None:
    """The newest statement of the latest month, with the sums of every month; None without any."""
    months = newest_of_months(statements_of_year(session, agency.office.id, agency.year.year))
    if not months:
        return None
    latest = months[max(months)]
    lines = lines_of(session, latest)
    figures = _figures(lines)
    initial_source = None
    if any(figure.initial is None for figure in figures.values()):
        figures, initial_source = _with_initial(session, figures, months, latest)
    names = {row.key: row.name for row in agency.programs}
    return BudgetEvidence(
        year=agency.year.year,
        figures=figures,
        source=source_of(session, latest),
        initial_source=initial_source,
        months=tuple(
            MonthTotal(month, kept.budget, kept.spent, kept.illustrative) for month, kept in months.items()
        ),
        differences=tuple(
            f"{problem['place']}: {problem['message']}"
            for problem in latest.problems
            if problem.get("kind") != "nama"
        ),
        slips=tuple(
            NameSlip(line.key, line.name, names[line.key], line.distance)
            for line in lines
            if line.distance and line.key in names
        ),
        remarks=tuple(latest.remarks),
    )


def source_of(session: Session, statement: BudgetStatement) -> BudgetSource:
    """The file behind a statement."""
    fetch = session.get_one(Fetch, statement.fetch_id)
    return BudgetSource(
        file=PurePosixPath(fetch.url).name,
        snapshot=fetch.snapshot_sha256,
        taken_on=statement.taken_at.astimezone(JAKARTA).date(),
        month=statement.month,
        vintage=statement.vintage,
        illustrative=statement.illustrative,
    )


def _figures(lines: Sequence[BudgetLine]) -> dict[str, BudgetFigure]:
    return {
        line.key: BudgetFigure(line.budget, line.spent, line.initial, line.revised, line.place)
        for line in lines
        if line.key
        and line.level in (Level.PROGRAM.value, Level.KEGIATAN.value)
        and line.budget is not None
        and line.spent is not None
    }


def _with_initial(
    session: Session,
    figures: Mapping[str, BudgetFigure],
    months: Mapping[int, BudgetStatement],
    latest: BudgetStatement,
) -> tuple[dict[str, BudgetFigure], BudgetSource | None]:
    """First budgets from the newest other month that states them for every row, and invents none."""
    for month in sorted(months, reverse=True):
        kept = months[month]
        if kept is latest or (kept.illustrative and not latest.illustrative):
            continue
        first = {line.key: line.initial for line in lines_of(session, kept) if line.key}
        if all(first.get(key) is not None for key in figures):
            return (
                {
                    key: BudgetFigure(f.budget, f.spent, first[key], f.revised, f.place)
                    for key, f in figures.items()
                },
                source_of(session, kept),
            )
    return dict(figures), None
