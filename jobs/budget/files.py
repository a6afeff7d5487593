"""Budget exports: files that are dropped into ``LKJIP_HOME/masuk/anggaran`` or named.

Each file is kept whole, with its bytes, as a vintage of its month, or not at all: one that the report
must not use goes to ``karantina`` with the reasons.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlmodel import Session

from capaian.budget.lines import Problem, Statement
from connectors.budget.reader import read_budget_file
from core.dates import MONTHS
from core.errors import LkjipError, SourceError
from core.numbers import format_number
from jobs.answers import keep_answer
from jobs.budget.diff import LineChange, compare_lines
from jobs.budget.period import Settled, known_rows, office_words, settle_period
from jobs.budget.table import statement_lines, statement_rows, total_row
from jobs.dropped_file import DropFolder, FileReader
from jobs.inbox import read_dropped
from jobs.offices import served_offices
from jobs.taken_files import FileResult, TakenFiles, outcome_line
from jobs.workspace import Workspace
from models.budget.statements import (
    holds_file,
    lines_of,
    newest_of_months,
    statements_of_year,
    store_statement,
)
from models.budget.tables import BudgetStatement
from models.session import open_session

SOURCE = "anggaran"
FOLDER = DropFolder(
    name="anggaran",
    oversize_todo="simpan bagian kantor ini saja sebagai berkas tersendiri.",
    kept="Angka yang tersimpan sebelumnya tidak berubah karena berkas yang tidak dipakai.",
    used="Berkas {name} dipakai; yang perlu diperiksa:",
    holds=("lampiran",),
)
ATTACHMENTS = replace(FOLDER, name="anggaran/lampiran", holds=())
"""Where a mail program may save what comes with mails."""
_OF_SEVERAL = (
    " Di sini beberapa kantor dilayani: berkas satu kantor taruh di masuk/anggaran/<kode kantor>, karena "
    "berkas di masuk/anggaran dibaca untuk satu kantor saja."
)
SHOWN = 10
"""So many problems or changes of a file people are shown; all stand in the note and in ``--json``."""


@dataclass(frozen=True)
class BudgetFileResult(FileResult):
    """What became of one file.

    Attributes:
        statement: What was understood; None where nothing was.
        year, month, vintage: Under which it is kept; 0 where it is not.
        changes: What it changed in the file of the month before it.
        found: What a person must look at.
        remarks: What else a person should know.
        whole: Whether every row is shown, accounts included.
    """

    statement: Statement | None = None
    year: int = 0
    month: int = 0
    vintage: int = 0
    changes: tuple[LineChange, ...] = ()
    found: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()
    whole: bool = False

    @property
    def problems(self) -> tuple[str, ...]:
        """For the note beside the file."""
        return tuple(f"{problem.place}: {problem.message}" for problem in self.found)

    @property
    def news(self) -> bool:
        """Whether it brought figures that were not known."""
        return self.outcome == "taken"

    @property
    def period(self) -> str:
        """``s.d. Juni 2023``; empty where it is not known."""
        return f"s.d. {MONTHS[self.month - 1]} {self.year}" if self.month else ""

    def as_lines(self) -> list[str]:
        """For people: its rows as a table, what changed, and what was not understood."""
        vintage = f", vintage {self.vintage}" if self.vintage else ""
        lines = [outcome_line(self) + (f" ({self.period}{vintage})" if self.period else "")]
        if self.statement is not None:
            lines += [f"  {line}" for line in statement_lines(self.statement, whole=self.whole)]
            if self.statement.illustrative:
                lines.append("  berkas ini menyebut angkanya ilustrasi")
        lines += self._listed("berubah", [change.as_text() for change in self.changes])
        lines += self._listed("catatan", list(self.remarks))
        stopping = [f"{p.place}: {p.message}" for p in self.found if p.stops]
        lines += self._listed("masalah", stopping)
        return lines + self._listed("periksa", [f"{p.place}: {p.message}" for p in self.found if not p.stops])

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``; amounts as text."""
        rows, total = [], {"budget": "0", "realisasi": "0"}
        if self.statement is not None:
            rows, total = statement_rows(self.statement), total_row(self.statement)
        return {
            "name": self.name,
            "outcome": self.outcome,
            "year": self.year or None,
            "month": self.month or None,
            "vintage": self.vintage or None,
            "rows": rows,
            "total": total,
            "problems": [{"place": p.place, "message": p.message} for p in self.found],
            "remarks": list(self.remarks),
            "changes": [change.as_dict() for change in self.changes],
            "illustrative": self.statement.illustrative if self.statement else False,
            "moved_to": self.moved_to,
            "stuck": self.stuck,
            "news": self.news,
        }

    def _listed(self, word: str, entries: list[str]) -> list[str]:
        lines = [f"  {word}: {entry}" for entry in entries[:SHOWN]]
        more = len(entries) - SHOWN
        return [*lines, f"  … dan {format_number(more)} lain ({word})"] if more > 0 else lines


class BudgetFilesResult(TakenFiles[BudgetFileResult]):
    """What became of every budget export."""

    NONE = "Tidak ada berkas anggaran yang menunggu dibaca."
    TAKEN = "Anggaran diambil dari berkas"
    NOTHING_NEW = "Berkas anggaran sudah dibaca; tidak ada angka baru."

    @property
    def message(self) -> str:
        """One sentence for the office; after a dry run that nothing was stored."""
        if self.files and all(file.outcome == "read" for file in self.files):
            return "Berkas anggaran dibaca untuk dilihat saja; tidak ada yang disimpan."
        return super().message

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``: the rows of the only file, or of that of the newest month, and every file."""
        files = [file.as_dict() for file in self.files]
        newest = max(files, key=lambda file: (bool(file["rows"]), file["month"] or 0), default=None)
        return {
            "rows": newest["rows"] if newest else [],
            "total": newest["total"] if newest else {"budget": "0", "realisasi": "0"},
            "problems": newest["problems"] if newest else [],
            "news": self.news,
            "message": self.message,
            "remarks": list(self.remarks),
            "files": files,
        }


@dataclass(frozen=True)
class Reading:
    """How files are read.

    Attributes:
        dry_run: Store nothing.
        month: What a person says of the month; None leaves it to the file.
        whole: Show every row.
    """

    dry_run: bool = False
    month: int | None = None
    whole: bool = False


# --- the folder ---------------------------------------------------------------------------------


def read_budget_files(
    workspace: Workspace, files: Iterable[Path] | None = None, how: Reading | None = None
) -> BudgetFilesResult:
    """Take every file that waits in ``LKJIP_HOME/masuk/anggaran`` and in ``lampiran`` below it.

    Where several offices are served, each has a folder of its own beside these, by its id. A file goes to
    the open year that it speaks of. See :func:`jobs.inbox.read_dropped`, and :class:`Reading` for ``how``.
    """
    how = how or Reading()
    folders, reader = _folders(workspace), _reader(workspace, how)
    return BudgetFilesResult(*read_dropped(workspace, folders, reader, files, dry_run=how.dry_run))


def _folders(workspace: Workspace) -> list[DropFolder]:
    offices = served_offices(workspace.settings)
    if len(offices) < 2:
        return [FOLDER, ATTACHMENTS]
    shared = replace(FOLDER, kept=FOLDER.kept + _OF_SEVERAL, holds=(*FOLDER.holds, *offices))
    own = replace(FOLDER, name=f"{FOLDER.name}/{workspace.office_id}", holds=())
    return [own, shared, replace(ATTACHMENTS, kept=shared.kept)]


def _reader(workspace: Workspace, how: Reading) -> FileReader[BudgetFileResult]:
    def plain(name: str, outcome: str, problems: tuple[str, ...]) -> BudgetFileResult:
        found = tuple(Problem(f"berkas {name!r}", problem, stops=True) for problem in problems)
        return BudgetFileResult(name, outcome, found=found)

    return FileReader(
        settle=lambda name, content: _settle(workspace, name, content, how),
        plain=plain,
        source=SOURCE,
        origin=FOLDER,
        took=holds_file,  # an export of many offices is new to each of them
    )


# --- one file -----------------------------------------------------------------------------------


def _settle(workspace: Workspace, name: str, content: bytes, how: Reading) -> BudgetFileResult:
    statement = _read(workspace, name, content)
    if statement.year != workspace.year and statement.year in workspace.years:
        return _settle(workspace.of_year(statement.year), name, content, how)
    agency = workspace.agency
    result = BudgetFileResult(
        name,
        "read",
        statement,
        agency.year.year,
        found=statement.problems,
        remarks=statement.remarks,
        whole=how.whole,
    )
    try:
        _require_year(statement, name, workspace)
        settled = settle_period(
            statement, name, agency.year.year, workspace.settings.current_day(), how.month
        )
    except LkjipError as error:
        problem = Problem(f"berkas {name!r}", str(error), stops=True)
        return replace(result, outcome="read" if how.dry_run else "refused", found=(problem, *result.found))
    result = replace(result, month=settled.month, remarks=(*settled.remarks, *result.remarks))
    if how.dry_run:
        return result
    if not statement.usable:
        return replace(result, outcome="refused")
    return _keep(workspace, content, result, statement, settled)


def _read(workspace: Workspace, name: str, content: bytes) -> Statement:
    return read_budget_file(content, name, office_words(workspace.agency), known_rows(workspace.agency))


def _require_year(statement: Statement, name: str, workspace: Workspace) -> None:
    """Where several years are open, a file must say of which it is: nobody could guess.

    Raises:
        SourceError: It does not.
    """
    if statement.year is None and len(workspace.years) > 1:
        raise SourceError(
            f"Berkas {name!r} tidak menyebut tahun anggarannya, sedangkan beberapa tahun terbuka: "
            f"{', '.join(map(str, workspace.years))}.",
            todo='sebut tahunnya di judul ("Tahun Anggaran 2023") atau di nama berkas '
            '("realisasi-2023-06.xlsx").',
        )


def _keep(
    workspace: Workspace, content: bytes, result: BudgetFileResult, statement: Statement, settled: Settled
) -> BudgetFileResult:
    agency, month, now = workspace.agency, settled.month, workspace.settings.current_time()
    fetched = FOLDER.answer(result.name, content, now)
    with open_session(workspace.engine) as session:
        earlier = newest_of_months(statements_of_year(session, agency.office.id, agency.year.year))
        changes: list[LineChange] = []
        if month in earlier:
            changes = compare_lines(lines_of(session, earlier[month]), statement.lines, statement.matches)
            if not changes:
                return replace(result, outcome="unchanged", vintage=earlier[month].vintage)
        falling = _falling(session, earlier, month, statement)
        noted = replace(
            statement,
            problems=(*statement.problems, *falling),
            remarks=(*settled.remarks, *statement.remarks),
        )
        fetch_id = keep_answer(session, SOURCE, fetched)
        kept = store_statement(
            session, agency.office.id, agency.year.year, month, noted, fetch_id=fetch_id, at=now
        )
    return replace(
        result, outcome="taken", vintage=kept.vintage, changes=tuple(changes), found=noted.problems
    )


def _falling(
    session: Session, earlier: dict[int, BudgetStatement], month: int, statement: Statement
) -> list[Problem]:
    """Programs and kegiatan of which less is spent than up to the month before: a correction, or a slip."""
    before = max((m for m in earlier if m < month), default=None)
    if before is None:
        return []
    spent = {line.key: line.spent for line in lines_of(session, earlier[before]) if line.key}
    problems = []
    for match in statement.matches:
        line, was = statement.lines[match.line], spent.get(match.key)
        if was is not None and line.spent is not None and line.spent < was and match.key.count(".") < 2:
            problems.append(
                Problem(
                    line.place,
                    f"Realisasi {line.name!r} sampai {MONTHS[month - 1]} {format_number(line.spent)}, "
                    "lebih kecil "
                    f"daripada sampai {MONTHS[before - 1]} {format_number(was)}; yang dipakai berkas ini.",
                )
            )
    return problems
