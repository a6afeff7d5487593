"""The place of each row in the tree: by code, column, indent, words, capitals and the office's own names."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from capaian.budget.codes import CodeLevel
from capaian.budget.lines import Known, Level
from capaian.budget.matching import bare_name, find_known
from connectors.budget.rows import Row

_OF_CODE = {
    CodeLevel.PROGRAM: Level.PROGRAM,
    CodeLevel.KEGIATAN: Level.KEGIATAN,
    CodeLevel.SUB_KEGIATAN: Level.SUB_KEGIATAN,
    CodeLevel.REKENING: Level.REKENING,
}
_WORDS = (
    (Level.SUB_KEGIATAN, re.compile(r"^sub\s*(?:keg\.?|kegiatan)\b", re.IGNORECASE)),
    (Level.KEGIATAN, re.compile(r"^(?:keg\.?|kegiatan)\s*[:\-]?\s+\S", re.IGNORECASE)),
    (Level.PROGRAM, re.compile(r"^(?:prog\.?|program)\s*[:\-]?\s+\S", re.IGNORECASE)),
    (Level.REKENING, re.compile(r"^belanja\b", re.IGNORECASE)),
)
ORDER = (Level.PROGRAM, Level.KEGIATAN, Level.SUB_KEGIATAN, Level.REKENING)


def assign_levels(rows: Sequence[Row], known: Sequence[Known], indents: Mapping[int, int]) -> None:
    """Give each row its level where anything tells it.

    Args:
        rows: Of one office, in order; those whose level is told get it.
        known: The office's programs, kegiatan and sub kegiatan.
        indents: Of Excel's cell formats, by number of the row.
    """
    for row in rows:
        if row.code is not None:
            row.level = _OF_CODE.get(row.code.level)
        elif row.hint is not None:
            row.level = row.hint
    open_ = [row for row in rows if row.level is None and row.code is None]
    if not open_:
        return
    _by_names(rows, known)
    _by_words(open_)
    _by_indent(rows, indents)


def _by_names(rows: Sequence[Row], known: Sequence[Known]) -> None:
    """The office's own names; the same name on two levels is first the upper one, then the lower one."""
    exact: dict[str, list[Level]] = defaultdict(list)
    for entry in known:
        levels = exact[bare_name(entry.name)]
        if entry.level not in levels:
            levels.append(entry.level)
    last: Level | None = None
    for row in rows:
        if row.level is None and row.code is None and row.name:
            levels = exact.get(bare_name(row.name), [])
            if not levels:
                found = [
                    (near[1], level) for level in ORDER[:3]
                    if (near := find_known(row.name, [k for k in known if k.level is level]))
                ]  # fmt: skip
                levels = [min(found, key=lambda entry: entry[0])[1]] if found else []
            if len(levels) > 1:
                levels = sorted(levels, key=ORDER.index)
                levels = levels[1:] if last is levels[0] else levels
            row.level = levels[0] if levels else None
        last = row.level or last


def _by_words(rows: Sequence[Row]) -> None:
    for row in rows:
        if row.level is None:
            row.level = next((level for level, pattern in _WORDS if pattern.match(row.name)), None)


def _by_indent(rows: Sequence[Row], indents: Mapping[int, int]) -> None:
    """What rows of known level show of indents and capitals, for the others."""
    votes: dict[tuple[int, int, bool], Counter[Level]] = defaultdict(Counter)
    for row in rows:
        if row.level is not None and row.code is None:
            votes[_look(row, indents)][row.level] += 1
    for row in rows:
        if row.level is None and row.code is None and row.amounts:
            seen = votes.get(_look(row, indents))
            if seen and len(seen) == 1:
                row.level = next(iter(seen))


def _look(row: Row, indents: Mapping[int, int]) -> tuple[int, int, bool]:
    return row.indent, indents.get(row.number, 0), row.name.isupper()
