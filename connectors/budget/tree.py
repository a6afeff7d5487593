"""The rows of one office as a tree of lines; what has amounts and is no line is told."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from capaian.budget.codes import Code
from capaian.budget.lines import Known, Level, Line, Problem, Stage
from capaian.budget.matching import find_known
from connectors.budget.headings import BUDGETS, Meaning
from connectors.budget.levels import ORDER, assign_levels
from connectors.budget.rows import Row
from core.numbers import format_number

_TOTAL = re.compile(r"^(?:grand\s*total|jumlah|jml|total)\b", re.IGNORECASE)
_SUBTOTAL = re.compile(
    r"^sub\s*(?:total|jumlah)\b|^(?:jumlah|jml|total)\s+(?:program|kegiatan|sub|halaman)\b|pindah",
    re.IGNORECASE,
)
_STRUCTURE = re.compile(
    r"^(?:bidang\s+)?urusan\b|^unsur\b|^surplus\b|^defisit\b|^pembiayaan\b", re.IGNORECASE
)
_INCOME = re.compile(r"^(?:pendapatan|hasil\s+retribusi|retribusi|pajak\s+daerah)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Tree:
    """Lines with links to the line above them, and what was set aside.

    Attributes:
        total: The row that sums all, as a line.
        problems: Rows with amounts that were not understood.
    """

    lines: tuple[Line, ...]
    total: Line | None
    problems: tuple[Problem, ...]
    remarks: tuple[str, ...]


def grow_tree(
    rows: Sequence[Row], known: Sequence[Known], indents: Mapping[int, int], stage: Stage | None
) -> Tree:
    """Turn rows of one office into lines.

    Args:
        rows: In the order of the file.
        known: The office's programs, kegiatan and sub kegiatan.
        indents: Of Excel's cell formats, by number of the row.
        stage: Which budget an only column of budgets states, where the titles say so.
    """
    rows = _joined(_unfolded(rows), known)
    totals = [row for row in rows if row.code is None and _TOTAL.match(row.name) and row.amounts]
    inner = [row for row in rows if not _is_no_entry(row)]
    assign_levels(inner, known, indents)
    lines: list[Line] = []
    problems: list[Problem] = []
    above = _Above()
    outside: list[Row] = []
    for row in inner:
        if row.level is None:
            problems += _not_understood(row)
            continue
        parent = above.parent_of(row)
        if parent is None and row.level is not Level.PROGRAM:
            outside.append(row)
            continue
        above.enter(row, len(lines))
        problems += row.problems()
        lines.append(as_line(row, parent, stage))
    own = [row for row in totals if not _SUBTOTAL.match(row.name)]
    total = as_line(own[-1], None, stage) if own else None
    return Tree(tuple(lines), total, (*problems, *_outside(outside)), _left_aside(outside))


def _is_no_entry(row: Row) -> bool:
    """Whether a row without code is a sum, or names an urusan or another part of the budget."""
    return row.code is None and any(kind.match(row.name) for kind in (_TOTAL, _SUBTOTAL, _STRUCTURE))


def as_line(row: Row, parent: int | None, stage: Stage | None) -> Line:
    """The amounts of a row under the names that the project uses."""
    amounts = row.amounts
    only = amounts.get(Meaning.BUDGET)
    return Line(
        place=row.place,
        code=row.code.text if row.code else "",
        name=row.name,
        level=row.level or Level.PROGRAM,
        parent=parent,
        budget=next((amounts[m] for m in BUDGETS if m in amounts), None),
        initial=amounts.get(Meaning.INITIAL, only if stage is Stage.MURNI else None),
        revised=amounts.get(Meaning.REVISED, only if stage is Stage.PERUBAHAN else None),
        spent=_spent(amounts),
        spent_in_month=amounts.get(Meaning.SPENT_MONTH),
        percent=row.percent,
        remaining=amounts.get(Meaning.REMAINING),
    )


def _spent(amounts: Mapping[Meaning, Decimal]) -> Decimal | None:
    """Realisasi from January on: as stated, or what was before with this month's, or the sum of months."""
    if Meaning.SPENT in amounts:
        return amounts[Meaning.SPENT]
    if Meaning.SPENT_BEFORE in amounts and Meaning.SPENT_MONTH in amounts:
        return amounts[Meaning.SPENT_BEFORE] + amounts[Meaning.SPENT_MONTH]
    return amounts.get(Meaning.SPENT_OF_MONTH)


class _Above:
    """The lines above the next one: the open program, kegiatan, sub kegiatan and accounts."""

    def __init__(self) -> None:
        self._open: dict[Level, tuple[int, Code | None]] = {}
        self._accounts: list[tuple[int, tuple[int | str, ...]]] = []

    def parent_of(self, row: Row) -> int | None:
        """Index of the line above a row; None where the file lacks it."""
        level = row.level
        if level is Level.REKENING:
            account = row.code.account if row.code else ()
            for index, parts in reversed(self._accounts):
                if account[: len(parts)] == parts and len(account) > len(parts):
                    return index
        for upper in reversed(ORDER[: ORDER.index(level)] if level else ()):
            if upper in self._open:
                index, code = self._open[upper]
                return index if _belongs(row.code, code) else None
        return None

    def enter(self, row: Row, index: int) -> None:
        """Open a row; what was open on its level and below is closed."""
        level = row.level
        if level is None:
            return
        if level is Level.REKENING:
            account = row.code.account if row.code else ()
            self._accounts = [
                (i, p) for i, p in self._accounts if account[: len(p)] == p and len(account) > len(p)
            ]
            if account:
                self._accounts.append((index, account))
            return
        self._accounts = []
        for lower in ORDER[ORDER.index(level) :]:
            self._open.pop(lower, None)
        self._open[level] = index, row.code


def _belongs(code: Code | None, upper: Code | None) -> bool:
    """Whether a code stands below another one; where one is missing or an account alone, its place tells."""
    if code is None or upper is None or code.owner == code.account or not code.owner:
        return True
    return code.owner[: len(upper.parts)] == upper.parts or _is_support(code, upper)


def _is_support(code: Code, upper: Code) -> bool:
    """*Penunjang* is written ``X.XX.01`` and ``2.17.01`` in one file."""
    return len(upper.parts) > 2 and len(code.owner) > 2 and code.owner[2] == upper.parts[2] == 1


def _unfolded(rows: Sequence[Row]) -> list[Row]:
    """Rows of a flat table, each naming everything above it, as rows below rows."""
    unfolded: list[Row] = []
    last: dict[Level, str] = {}
    for row in rows:
        levels = [level for level in ORDER if row.names.get(level)]
        if len(levels) < 2 or _TOTAL.match(row.name):
            unfolded.append(row)
            continue
        for level in levels[:-1]:
            if last.get(level) != row.names[level]:
                last = {upper: last[upper] for upper in ORDER[: ORDER.index(level)] if upper in last}
                last[level] = row.names[level]
                code = row.codes.get(level)
                unfolded.append(Row(row.number, row.place, code, row.names[level], hint=level))
        row.name, row.hint = row.names[levels[-1]], levels[-1]
        row.code = row.codes.get(levels[-1], row.code)
        unfolded.append(row)
    return unfolded


def _joined(rows: Sequence[Row], known: Sequence[Known]) -> list[Row]:
    """Rows whose name goes on in the next one, as one; only where the office knows the whole name better."""
    joined: list[Row] = []
    for row in rows:
        before = joined[-1] if joined else None
        if before is not None and row.code is None and row.name:
            if _is_bare(row) and not _is_bare(before) and _goes_on(before.name, row.name, known):
                before.name = f"{before.name} {row.name}"
                continue
            if _is_bare(before) and row.amounts and _goes_on(before.name, row.name, known):
                row.name = f"{before.name} {row.name}"
                joined.pop()
        joined.append(row)
    return joined


def _is_bare(row: Row) -> bool:
    """Whether a row is a text and nothing else."""
    return bool(row.name) and row.code is None and not row.amounts and not row.unreadable


def _goes_on(start: str, rest: str, known: Sequence[Known]) -> bool:
    whole = find_known(f"{start} {rest}", known)
    alone = find_known(start, known)
    return whole is not None and (alone is None or whole[1] < alone[1]) and find_known(rest, known) is None


def _not_understood(row: Row) -> list[Problem]:
    """A row with amounts that nobody can place; one without amounts is a note."""
    if not row.amounts or (row.code is not None and row.level is None and _is_structure(row)):
        return []
    amounts = ", ".join(f"{meaning.value} {format_number(amount)}" for meaning, amount in row.amounts.items())
    if not row.name and row.code is None:
        return [Problem(row.place, f"Ada angka tanpa uraian ({amounts}); tidak dipakai.")]
    if _INCOME.match(row.name):
        return [
            Problem(row.place, f"{row.name!r} ({amounts}) adalah pendapatan, bukan belanja; tidak dipakai.")
        ]
    return [
        Problem(
            row.place,
            f"{row.name!r} ({amounts}): tidak dapat ditentukan apakah ini program, kegiatan, sub kegiatan "
            "atau rekening. Beri kodenya, atau samakan namanya dengan programs.csv.",
            stops=True,
        )
    ]


def _is_structure(row: Row) -> bool:
    return row.code is not None and len(row.code.parts) <= 2


def _outside(rows: Sequence[Row]) -> list[Problem]:
    """Rows below a program or kegiatan that the file does not have; sums of accounts above all are none."""
    return [
        Problem(
            row.place,
            f"{row.code.text + ' ' if row.code else ''}{row.name!r} tidak berada di bawah program atau "
            "kegiatan mana pun di berkas. Periksa urutan baris dan kodenya.",
            stops=True,
        )
        for row in rows
        if row.level is not Level.REKENING and row.amounts
    ]


def _left_aside(rows: Sequence[Row]) -> tuple[str, ...]:
    accounts = [row for row in rows if row.level is Level.REKENING and row.amounts]
    if not accounts:
        return ()
    return (
        f"{accounts[0].place}: {len(accounts)} baris rekening di luar program (rekapitulasi belanja) tidak "
        "dipakai.",
    )
