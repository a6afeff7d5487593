"""What was understood of a budget export: its programs, its month, and what it would change."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from capaian.budget.lines import Level, Statement
from capaian.efficiency import absorption
from core.numbers import format_number, format_percent, format_rupiah
from jobs.budget.diff import LineChange
from jobs.budget.files import BudgetFileResult, Reading, read_budget_files
from jobs.budget.show import compare_with_kept
from jobs.uploads.shown import BAD, PLAIN, WAIT, Notes, Shown, Table, make_notes, make_table, refused
from jobs.workspace import Workspace

FEWEST_ROWS = 2
"""So many rows of the office make a file one of its budget; one may be there by chance."""


def read_budget(workspace: Workspace, file: Path, month: int, *, dry_run: bool) -> BudgetFileResult:
    """Read one file; ``month`` is what a person says of it, 0 leaves it to the file."""
    how = Reading(dry_run=dry_run, month=month or None)
    return read_budget_files(workspace, [file], how).files[0]


def is_budget(result: BudgetFileResult) -> bool:
    """Whether it speaks of the office's programs."""
    return result.statement is not None and len(result.statement.matches) >= FEWEST_ROWS


def show_budget_file(workspace: Workspace, result: BudgetFileResult) -> Shown:
    """For the page, after a dry run."""
    statement = result.statement
    if statement is None:
        return refused(problem.message for problem in result.found)
    changes = _changes(workspace, result, statement)
    known = changes is not None and not changes
    stopping = [f"{p.place}: {p.message}" for p in result.found if p.stops]
    return Shown(
        outcome="unchanged" if known and not stopping else result.outcome,
        takable=not (stopping or known),
        asks_month=_lacks_month(workspace, result, statement),
        facts=_facts(result, statement),
        tables=(_programs(statement), *_changed(changes)),
        notes=(
            *make_notes("Yang membuatnya tidak dapat dipakai", BAD, stopping),
            *make_notes(
                "Perlu diperiksa", WAIT, (f"{p.place}: {p.message}" for p in result.found if not p.stops)
            ),
            *(() if stopping else _of_comparison(result, changes)),
            *make_notes("Catatan", PLAIN, result.remarks),
        ),
    )


def tell_budget(result: BudgetFileResult) -> str:
    """One sentence on what was kept."""
    return f"Anggaran {result.period} tersimpan sebagai vintage {result.vintage}."


def years_of_budget(_workspace: Workspace, result: BudgetFileResult) -> tuple[int, ...]:
    """Whose report it concerns."""
    return (result.year,)


def _changes(
    workspace: Workspace, result: BudgetFileResult, statement: Statement
) -> tuple[LineChange, ...] | None:
    if not result.month:
        return None
    return compare_with_kept(workspace.of_year(result.year), statement, result.month)


def _lacks_month(workspace: Workspace, result: BudgetFileResult, statement: Statement) -> bool:
    right_year = statement.year in workspace.years or (statement.year is None and len(workspace.years) == 1)
    return right_year and not result.month and statement.usable


def _facts(result: BudgetFileResult, statement: Statement) -> tuple[tuple[str, str], ...]:
    absorbed = absorption(statement.spent, statement.budget)
    share = f" ({format_percent(absorbed)})" if absorbed is not None else ""
    year = str(statement.year) if statement.year else "tidak disebut"
    return (
        ("Realisasi sampai", result.period.removeprefix("s.d. ") or f"bulannya tidak disebut, tahun {year}"),
        ("Anggaran program", format_rupiah(statement.budget)),
        ("Realisasi program", format_rupiah(statement.spent) + share),
        ("Lembar", statement.sheet),
        *((("Kantor di berkas", statement.office),) if statement.office else ()),
        *((("Sifat", "berkas menyebut angkanya ilustrasi"),) if statement.illustrative else ()),
    )


def _programs(statement: Statement) -> Table:
    """Programs and kegiatan; what stands below is counted."""
    levels = (Level.PROGRAM, Level.KEGIATAN)
    shown = [line for line in statement.lines if line.level in levels]
    rows = [
        (
            line.name,
            line.code or "–",
            _amount(line.budget),
            _amount(line.spent),
            _share(line.spent, line.budget),
        )
        for line in shown
    ]
    total = ("JUMLAH PROGRAM", "–", _amount(statement.budget), _amount(statement.spent))
    rows.append((*total, _share(statement.spent, statement.budget)))
    below = [line.level for line in statement.lines if line.level not in levels]
    counted = [f"{below.count(level)} {level.words}" for level in Level if below.count(level)]
    more = f" (dan {', '.join(counted)})" if counted else ""
    headings = ("Uraian", "Kode", "Anggaran", "Realisasi", "%")
    return make_table(f"Program dan kegiatan yang terbaca{more}", headings, rows)


def _changed(changes: tuple[LineChange, ...] | None) -> tuple[Table, ...]:
    """The rows that the file would change against the one that is kept."""
    if not changes:
        return ()
    rows = [
        (
            change.name,
            {"baru": "baris baru", "hilang": "baris hilang"}.get(change.kind, "berubah"),
            _step(change.budget_before, change.budget),
            _step(change.spent_before, change.spent),
        )
        for change in changes
    ]
    headings = ("Uraian", "Apa", "Anggaran", "Realisasi")
    return (make_table(f"Yang berubah terhadap yang tersimpan ({len(rows)})", headings, rows),)


def _of_comparison(result: BudgetFileResult, changes: tuple[LineChange, ...] | None) -> tuple[Notes, ...]:
    if not result.month:
        return ()
    if changes is None:
        return make_notes(
            "Dibandingkan dengan yang tersimpan",
            PLAIN,
            [f"Belum ada berkas {result.period}; ini yang pertama."],
        )
    if not changes:
        return make_notes(
            "Dibandingkan dengan yang tersimpan",
            PLAIN,
            [f"Angkanya sama dengan yang tersimpan {result.period}."],
        )
    return ()


def _amount(amount: Decimal | None) -> str:
    if amount is None:
        return "?"
    return format_number(amount, 0 if amount == amount.to_integral_value() else 2)


def _share(spent: Decimal | None, budget: Decimal | None) -> str:
    absorbed = absorption(spent, budget) if budget and spent is not None else None
    return "–" if absorbed is None else format_number(absorbed, 2)


def _step(before: Decimal | None, now: Decimal | None) -> str:
    if before == now:
        return _amount(now) if now is not None else "–"
    return f"{'–' if before is None else _amount(before)} → {'–' if now is None else _amount(now)}"
