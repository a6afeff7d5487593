"""A budget export of whatever layout as one statement of the office."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from capaian.budget.codes import CodeLevel
from capaian.budget.lines import Known, Level, Line, OfficeWords, Problem, Statement
from capaian.budget.matching import match_lines
from capaian.budget.sums import check_sums, complete_from_below
from connectors.budget.columns import Table, find_table
from connectors.budget.headings import SPENDINGS, Meaning, says_thousands
from connectors.budget.indents import read_indents
from connectors.budget.offices import Section, is_office, split_sections
from connectors.budget.period import Period, read_period
from connectors.budget.rows import Row, read_rows
from connectors.budget.tree import as_line, grow_tree
from connectors.sheets.reader import open_grids
from core.dates import MONTHS
from core.errors import SourceError

_SHOWN = 10
_ILLUSTRATION = re.compile(r"^\W*ilustrasi\b", re.IGNORECASE)
_NEEDED = (
    "lihat judul kolomnya; yang perlu ada: uraian (atau kode), anggaran atau pagu, dan realisasi sampai "
    "dengan bulan itu."
)


def read_budget_file(content: bytes, name: str, office: OfficeWords, known: Sequence[Known]) -> Statement:
    """Read an export.

    Args:
        content: XLSX, XLS, XLSB, ODS, CSV or HTML.
        name: Of the file, for messages and where it alone names the month.
        office: How files may call the office.
        known: Its programs, kegiatan and sub kegiatan.

    Returns:
        The office's statement; where several sheets have one, that of the newest month.

    Raises:
        SourceError: Nothing of the file can be used; the message says why.
    """
    with _without_collecting():
        return _read(content, name, office, known)


def _read(content: bytes, name: str, office: OfficeWords, known: Sequence[Known]) -> Statement:
    grids = open_grids(content, name)
    tables = [table for grid in grids if grid.rows and (table := find_table(grid))]
    visible = [table for table in tables if table.grid.visible] or tables
    if not visible:
        raise SourceError(
            f"Berkas {name!r} tidak memuat tabel anggaran: tidak ada baris judul dengan uraian dan anggaran.",
            todo=_NEEDED,
        )
    statements = [_read_table(content, name, table, office, known) for table in visible]
    return _choose(statements, name)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Spare Python the search for cycles among a million new cells, which have none."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _read_table(
    content: bytes, name: str, table: Table, office: OfficeWords, known: Sequence[Known]
) -> Statement:
    period = read_period(table.titles, table.grid.name, name)
    rows = read_rows(table)
    sections = split_sections(rows, [*table.titles, table.grid.name])
    chosen = _own_section(sections, office, known)
    tree = grow_tree(chosen.section.rows, known, read_indents(content, table, rows), period.stage)
    completed = complete_from_below(tree.lines)
    lines, spending = _with_spending(completed.lines, table, period, name)
    matching = match_lines(lines, known)
    total = _total(chosen, tree.total, len(sections), period)
    texts = [*table.titles, *(row.name for row in rows)]
    problems = (
        *period.problems,
        *_units(table, name),
        *chosen.problems,
        *tree.problems,
        *spending,
        *_unfilled(lines, tree.problems, spending=not spending),
        *(matching.problems if chosen.own else ()),
        *check_sums(lines, total),
    )
    return Statement(
        sheet=table.grid.name,
        lines=tuple(lines),
        matches=matching.matches,
        office=chosen.section.office,
        offices=tuple(section.office for section in sections if section.office),
        year=period.year,
        month=period.month,
        stage=period.stage,
        total=total,
        problems=problems,
        remarks=(*chosen.remarks, *tree.remarks, *_shortened(completed.remarks), *matching.remarks),
        illustrative=any(_ILLUSTRATION.match(text) for text in texts),
    )


# --- the office's own rows ----------------------------------------------------------------------


@dataclass(frozen=True)
class _Chosen:
    section: Section
    own: bool = True
    problems: tuple[Problem, ...] = ()
    remarks: tuple[str, ...] = ()


def _own_section(sections: Sequence[Section], office: OfficeWords, known: Sequence[Known]) -> _Chosen:
    """The section of the office; where it is not there, all rows with the offices that are."""
    if len(sections) == 1:
        only = sections[0]
        if not only.office or is_office(only.office, office):
            return _Chosen(only)
        return _Chosen(only, remarks=(f"Berkas menyebut kantornya {only.office!r}.",))
    named = [section for section in sections if is_office(section.office, office)]
    if len(named) == 1:
        return _Chosen(named[0], remarks=(f"Diambil bagian {named[0].office!r} saja.",))
    fitting = [section for section in sections if _has_programs(section, known)]
    if len(fitting) == 1:
        return _Chosen(
            fitting[0], remarks=(f"Diambil bagian {fitting[0].office!r}, menurut program-programnya.",)
        )
    names = [section.office for section in sections]
    listed = ", ".join(repr(one) for one in names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    problem = Problem(
        "seluruh berkas",
        f"Berkas memuat {len(names)} kantor ({listed}), dan tidak satu pun dapat dikenali sebagai "
        f"{office.names[0]!r}. Samakan nama kantornya.",
        stops=True,
    )
    everything = tuple(row for section in sections for row in section.rows)
    return _Chosen(Section("", everything), own=False, problems=(problem,))


def _has_programs(section: Section, known: Sequence[Known]) -> bool:
    """Whether most programs of the office stand in a section; *penunjang*, which all have, apart."""
    programs = [row for row in known if row.level is Level.PROGRAM]
    candidates = [
        Line(row.place, row.code.text if row.code else "", row.name, Level.PROGRAM)
        for row in section.rows
        if row.name and (row.code is None or row.code.level is CodeLevel.PROGRAM)
    ]
    if len(candidates) > 50 * max(1, len(programs)):
        return False
    return len(match_lines(candidates, programs).matches) > max(1, len(programs) // 2)


def _total(chosen: _Chosen, last: Line | None, sections: int, period: Period) -> Line | None:
    """What the file itself says of the office as a whole."""
    head: Row | None = chosen.section.head
    if head is not None and head.amounts:
        return as_line(head, None, period.stage)
    return last if sections == 1 else None


# --- amounts that are missing -------------------------------------------------------------------


def _with_spending(
    lines: Sequence[Line], table: Table, period: Period, name: str
) -> tuple[list[Line], list[Problem]]:
    """Lines whose realisasi counts from January on, or why there is none."""
    have = {column.meaning for column in table.of(*SPENDINGS, Meaning.SPENT_BEFORE)}
    if have & {Meaning.SPENT, Meaning.SPENT_OF_MONTH} or {Meaning.SPENT_BEFORE, Meaning.SPENT_MONTH} <= have:
        return list(lines), []
    if Meaning.SPENT_MONTH in have and period.month == 1:
        return [replace(line, spent=line.spent_in_month) for line in lines], []
    what = (
        f"hanya memuat realisasi bulan ini ({_headings(table, Meaning.SPENT_MONTH)})"
        if Meaning.SPENT_MONTH in have
        else f"hanya memuat realisasi sampai bulan lalu ({_headings(table, Meaning.SPENT_BEFORE)})"
        if have
        else "tidak memuat kolom realisasi"
    )
    message = (
        f"Tabelnya {what}; yang diperlukan realisasi sampai dengan bulan itu. Unduh laporan yang kumulatif."
    )
    return list(lines), [Problem(f"berkas {name!r}, lembar {table.grid.name!r}", message, stops=True)]


def _headings(table: Table, meaning: Meaning) -> str:
    return ", ".join(repr(column.heading) for column in table.of(meaning))


def _unfilled(lines: Sequence[Line], told: Sequence[Problem], *, spending: bool) -> list[Problem]:
    """Programs and kegiatan without an amount, where no unreadable cell of the row is told already.

    Args:
        lines: Of the statement.
        told: What was found of its rows.
        spending: Whether the table has a realisasi at all; its lack is told once, not of every row.
    """
    rows = {problem.place.partition(", kolom ")[0] for problem in told}
    words = ("anggaran", "realisasi") if spending else ("anggaran",)
    return [
        Problem(
            line.place,
            f"{line.code + ' ' if line.code else ''}{line.name!r}: {word} kosong dan tidak dapat dijumlahkan "
            "dari baris di bawahnya. Isi angkanya, 0 bila memang tidak ada.",
            stops=True,
        )
        for line in lines
        if line.level in (Level.PROGRAM, Level.KEGIATAN) and line.place not in rows
        for word, amount in zip(words, (line.budget, line.spent), strict=False)
        if amount is None
    ]


def _units(table: Table, name: str) -> list[Problem]:
    said = [text for text in (*table.titles, *(c.heading for c in table.columns)) if says_thousands(text)]
    return [
        Problem(
            f"berkas {name!r}, lembar {table.grid.name!r}",
            f"Angkanya tidak dalam rupiah penuh ({text!r}), sehingga tidak tepat sampai rupiah. Unduh "
            "laporan dalam rupiah penuh.",
            stops=True,
        )
        for text in said[:1]
    ]


def _shortened(remarks: Sequence[str]) -> tuple[str, ...]:
    if len(remarks) <= _SHOWN:
        return tuple(remarks)
    return (
        *remarks[:_SHOWN],
        f"… dan {len(remarks) - _SHOWN} angka lain yang dijumlahkan dari baris di bawahnya.",
    )


# --- one of several sheets ----------------------------------------------------------------------


def _choose(statements: Sequence[Statement], name: str) -> Statement:
    """The statement of the newest month among sheets; the others are named."""
    if len(statements) == 1:
        return statements[0]
    good = [s for s in statements if s.usable and s.matches]
    if not good:
        return max(statements, key=lambda s: (len(s.matches), len(s.lines)))
    spent = [s for s in good if s.spent] or good
    newest = max((s.month or 0) for s in spent)
    latest = [s for s in spent if (s.month or 0) == newest]
    first = latest[0]
    if any(_figures(s) != _figures(first) for s in latest[1:]):
        sheets = " dan ".join(repr(s.sheet) for s in latest)
        month = f" bulan {MONTHS[newest - 1]}" if newest else ""
        raise SourceError(
            f"Berkas {name!r} memuat lebih dari satu tabel{month} dengan angka yang berbeda: lembar "
            f"{sheets}.",
            todo="sisakan lembar yang berlaku, atau sebut bulannya di nama lembar.",
        )
    left = ", ".join(repr(s.sheet) for s in statements if s is not first)
    return replace(
        first, remarks=(f"Dibaca lembar {first.sheet!r}; lembar {left} tidak dipakai.", *first.remarks)
    )


def _figures(statement: Statement) -> list[tuple[object, ...]]:
    return [(line.name, line.budget, line.spent) for line in statement.lines]
