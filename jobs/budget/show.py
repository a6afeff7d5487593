"""How the budget stood: every month and file that is kept, one of them in full, and what a file changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from capaian.budget.lines import Level, Line, Match, Stage, Statement
from capaian.efficiency import absorption
from core.dates import MONTHS, format_date, format_time
from core.errors import StorageError
from core.numbers import format_number, format_percent
from jobs.budget.diff import LineChange, compare_lines
from jobs.budget.table import statement_lines, statement_rows, total_row
from jobs.budget.year import source_of
from jobs.workspace import Workspace
from models.budget.statements import lines_of, newest_of_months, statements_of_year
from models.budget.tables import BudgetLine, BudgetStatement
from models.session import open_session
from models.types import canonical_decimal
from reports.budget.evidence import BudgetSource


@dataclass(frozen=True)
class KeptStatement:
    """A statement as it is kept, with its file.

    Attributes:
        counts: Whether it is the newest of its month.
    """

    kept: BudgetStatement
    source: BudgetSource
    counts: bool

    @property
    def period(self) -> str:
        """``s.d. Juni 2023, vintage 2``."""
        return f"s.d. {MONTHS[self.kept.month - 1]} {self.kept.year}, vintage {self.kept.vintage}"

    def as_text(self) -> str:
        """One line for people."""
        kept = self.kept
        absorbed = absorption(kept.spent, kept.budget)
        level = f" ({format_percent(absorbed)})" if absorbed is not None else ""
        marks = (", ilustrasi" if kept.illustrative else "") + ("" if self.counts else ", sudah diganti")
        return (
            f"{self.period}: anggaran {format_number(kept.budget)}, realisasi "
            f"{format_number(kept.spent)}{level}; "
            f"berkas {self.source.file!r}, diambil {format_time(kept.taken_at)}{marks}; "
            f"{len(kept.problems)} hal perlu diperiksa"
        )

    def problem_lines(self) -> list[str]:
        """What a person must look at in it; nothing where there is nothing."""
        problems = [f"- {p['place']}: {p['message']}" for p in self.kept.problems]
        return [f"Perlu diperiksa pada {self.period}:", *problems] if problems else []

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``; amounts as text."""
        kept = self.kept
        return {
            "year": kept.year,
            "month": kept.month,
            "vintage": kept.vintage,
            "counts": self.counts,
            "stage": kept.stage,
            "budget": canonical_decimal(kept.budget),
            "realisasi": canonical_decimal(kept.spent),
            "file": self.source.file,
            "snapshot": self.source.snapshot,
            "taken_at": kept.taken_at.isoformat(),
            "illustrative": kept.illustrative,
            "problems": kept.problems,
            "remarks": kept.remarks,
        }


@dataclass(frozen=True)
class BudgetStatus:
    """Every statement of the year."""

    year: int
    statements: tuple[KeptStatement, ...]

    def as_text(self) -> str:
        """For people."""
        if not self.statements:
            return f"Belum ada berkas anggaran {self.year}; taruh di LKJIP_HOME/masuk/anggaran."
        lines = [f"Anggaran {self.year}, {len(self.statements)} berkas tersimpan:"]
        lines += [f"- {statement.as_text()}" for statement in self.statements]
        latest = [s for s in self.statements if s.counts][-1]
        return "\n".join([*lines, *latest.problem_lines()])

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"year": self.year, "statements": [s.as_dict() for s in self.statements]}


@dataclass(frozen=True)
class ShownStatement:
    """One statement in full."""

    head: KeptStatement
    statement: Statement
    whole: bool = False

    def as_text(self) -> str:
        """For people: its file, a table, and what must be looked at in it."""
        lines = [self.head.as_text(), f"snapshot {self.head.source.snapshot}"]
        table = statement_lines(self.statement, whole=self.whole)
        return "\n".join([*lines, *table, *self.head.problem_lines()])

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        rows, total = statement_rows(self.statement), total_row(self.statement)
        return {**self.head.as_dict(), "rows": rows, "total": total}


@dataclass(frozen=True)
class ShownChanges:
    """What a file changed against the one before it in the same month."""

    head: KeptStatement
    before: KeptStatement | None
    changes: tuple[LineChange, ...]

    def as_text(self) -> str:
        """For people."""
        if self.before is None:
            return f"{self.head.period} adalah berkas pertama bulan itu; tidak ada pembanding."
        start = f"{self.head.source.file!r} terhadap {self.before.source.file!r} ({self.head.period}):"
        listed = [f"- {change.as_text()}" for change in self.changes] or ["- tidak ada angka yang berubah"]
        return "\n".join([start, *listed])

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "statement": self.head.as_dict(),
            "before": self.before.as_dict() if self.before else None,
            "changes": [change.as_dict() for change in self.changes],
        }


def budget_status(workspace: Workspace) -> BudgetStatus:
    """Every file that is kept of the reporting year, by month."""
    agency = workspace.agency
    with open_session(workspace.engine, read_only=True) as session:
        statements = statements_of_year(session, agency.office.id, agency.year.year)
        return BudgetStatus(agency.year.year, tuple(_heads(session, statements)))


def show_budget(
    workspace: Workspace,
    month: int | None = None,
    *,
    vintage: int | None = None,
    as_of: datetime | None = None,
    whole: bool = False,
) -> ShownStatement:
    """How the budget stood at the end of a month.

    Args:
        workspace: Office, year and database.
        month: The latest when left out.
        vintage: That file; the one that counts when left out.
        as_of: The one that counted at that moment.
        whole: Show every row as text, accounts included.

    Raises:
        StorageError: No such file is kept; the message lists those that are.
    """
    with open_session(workspace.engine, read_only=True) as session:
        head = _find(session, workspace, month, vintage, as_of)
        return ShownStatement(head, _statement(head.kept, lines_of(session, head.kept)), whole)


def show_changes(workspace: Workspace, month: int | None = None, vintage: int | None = None) -> ShownChanges:
    """What a file of a month changed against the one before it.

    Raises:
        StorageError: No such file is kept.
    """
    with open_session(workspace.engine, read_only=True) as session:
        head = _find(session, workspace, month, vintage, None)
        if head.kept.vintage == 1:
            return ShownChanges(head, None, ())
        before = _find(session, workspace, head.kept.month, head.kept.vintage - 1, None)
        now = lines_of(session, head.kept)
        statement = _statement(head.kept, now)
        changes = compare_lines(lines_of(session, before.kept), statement.lines, statement.matches)
        return ShownChanges(head, before, tuple(changes))


def compare_with_kept(
    workspace: Workspace, statement: Statement, month: int
) -> tuple[LineChange, ...] | None:
    """What a statement says otherwise than the one that counts for its month; None where none is kept."""
    agency = workspace.agency
    with open_session(workspace.engine, read_only=True) as session:
        kept = newest_of_months(statements_of_year(session, agency.office.id, agency.year.year)).get(month)
        if kept is None:
            return None
        return tuple(compare_lines(lines_of(session, kept), statement.lines, statement.matches))


def _heads(session: Session, statements: list[BudgetStatement]) -> list[KeptStatement]:
    counting = {id(kept) for kept in newest_of_months(statements).values()}
    return [KeptStatement(kept, source_of(session, kept), id(kept) in counting) for kept in statements]


def _find(
    session: Session, workspace: Workspace, month: int | None, vintage: int | None, as_of: datetime | None
) -> KeptStatement:
    agency = workspace.agency
    statements = statements_of_year(session, agency.office.id, agency.year.year)
    heads = _heads(session, statements)
    known = newest_of_months(statements, as_of)
    wanted = month or max(known, default=0)
    found = [
        head
        for head in heads
        if head.kept.month == wanted
        and (head.kept.vintage == vintage if vintage else head.kept is known.get(wanted))
    ]
    if found:
        return found[0]
    listed = "; ".join(head.period for head in heads) or "belum ada satu pun"
    when = f" menurut yang diketahui pada {format_date(as_of.date())}" if as_of else ""
    what = f"sampai {MONTHS[wanted - 1]} {agency.year.year}" if wanted else f"tahun {agency.year.year}"
    raise StorageError(
        f"Tidak ada berkas anggaran {what}{f' vintage {vintage}' if vintage else ''}{when}.",
        todo=f"yang tersimpan: {listed}.",
    )


def _line(row: BudgetLine) -> Line:
    level, amounts = Level(row.level), (row.budget, row.initial, row.revised, row.spent)
    return Line(row.place, row.code, row.name, level, row.parent, *amounts)


def _statement(kept: BudgetStatement, rows: list[BudgetLine]) -> Statement:
    """A kept statement as it was read, as far as it is kept."""
    return Statement(
        sheet=kept.sheet,
        lines=tuple(_line(row) for row in rows),
        matches=tuple(Match(row.number, row.key, row.distance, "nama") for row in rows if row.key),
        year=kept.year,
        month=kept.month,
        stage=Stage(kept.stage) if kept.stage else None,
        illustrative=kept.illustrative,
    )
