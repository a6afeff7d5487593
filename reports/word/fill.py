"""The present figures in the office's own Word report, as tracked changes; what is not sure is left.

A table of the office's is found by its headings and its caption, a row by the names in it, a column by its
heading; the target of the row must be ours. A cell is filled only where it says that its figure is awaited,
or says what an issue before or the print said at that place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from typing import Any

from lxml import etree

from reports.audit.texts import waits
from reports.content import Report
from reports.word.cells import STILL_AWAITED, Decision, decide, is_bare
from reports.word.grids import GridCell, WordTable, tables_of
from reports.word.known import called, known_tables
from reports.word.lines import FALLBACK, Line, Story, W
from reports.word.placing import Placement, caption_of, placements
from reports.word.rows import doubt_of, holds_figures, is_title, names_of, why_not_ours
from reports.word.sentences import (
    Renewed,
    Squeezed,
    find_sentences,
    renewed_sentences,
    sentence_edits,
    waiting_words,
)
from reports.word.tracked import Edit, Reviser

AUTHOR = "LKjIP"
PENDING = "paragraf ini memuat perubahan terlacak yang belum diterima atau ditolak"
FIXED = "isinya ditulis Word sendiri (bidang, daftar pilihan, atau isian berdata)"
_NUMBERED = tuple(
    W + name for name in ("ins", "del", "moveFrom", "moveTo", "bookmarkStart", "commentRangeStart")
)
_SHOWN = 100
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Where something stands in the office's file, for people.

    Attributes:
        table: Its caption; empty for running text.
        row: What names the row.
        column: Its heading.
    """

    table: str = ""
    row: str = ""
    column: str = ""

    def __str__(self) -> str:
        if not self.table and not self.row and not self.column:
            return "teks"
        parts = [f'tabel "{self.table}"' if self.table else "tabel tanpa judul"]
        parts += [f'baris "{self.row}"'] if self.row else []
        parts += [f'kolom "{self.column}"'] if self.column else []
        return ", ".join(parts)


@dataclass(frozen=True)
class Filled:
    """A change that was written."""

    place: Place
    before: str
    after: str


@dataclass(frozen=True)
class Left:
    """Something that may want a figure and was left, and why."""

    place: Place
    text: str
    reason: str


@dataclass
class Result:
    """What was done to a file.

    Attributes:
        parts: The parts that were changed, as written, by name.
    """

    filled: list[Filled] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    parts: dict[str, bytes] = field(default_factory=dict)


def fill(
    stories: Mapping[str, etree._Element], report: Report, earlier: Sequence[Json], moment: datetime
) -> Result:
    """Put the present figures into the parts of a Word file.

    Args:
        stories: The parts that hold text, by name; changed in place.
        report: The present one.
        earlier: The ``report.json`` of the issues that were kept.
        moment: Of the changes.
    """
    used = (_ids(root) for root in stories.values())
    filling = _Filling(report, earlier, Reviser(AUTHOR, moment, chain.from_iterable(used)))
    for name, root in stories.items():
        if filling.fill(Story(root)):
            tree = root.getroottree()
            filling.result.parts[name] = etree.tostring(
                tree, xml_declaration=True, encoding="UTF-8", standalone=tree.docinfo.standalone
            )
    return filling.result


def _ids(root: etree._Element) -> Iterator[int]:
    for element in root.iter(*_NUMBERED):
        said = element.get(f"{W}id", "")
        if said.isdecimal() and len(said) < 10:
            yield int(said)


class _Filling:
    def __init__(self, report: Report, earlier: Sequence[Json], reviser: Reviser) -> None:
        self._year = report.agency.year.year
        self._known = known_tables(report, earlier)
        self._renewed = renewed_sentences(report.sentences, earlier)
        self._still_waiting = [
            " ".join(sentence.split())
            for sentences in report.sentences.values()
            for sentence in sentences
            if waiting_words(sentence)
        ]
        self._reviser = reviser
        self._institutions = " ".join(
            dict.fromkeys(m.realisasi.institution for m in report.measured.indicators.values())
        )
        self.result = Result()

    def fill(self, story: Story) -> bool:
        """Fill one part; whether anything changed in it."""
        changed = False
        in_cells: set[etree._Element] = set()
        for table in list(tables_of(story)):
            in_cells.update(line.paragraph for cell in table.own_cells() for line in cell.lines)
            changed |= self._fill_table(table)
        for paragraph in list(story.paragraphs()):
            if paragraph not in in_cells:
                changed |= self._fill_text(story.line(paragraph), Place())
        return changed

    # ---- tables

    def _fill_table(self, table: WordTable) -> bool:
        found = placements(table, self._known, self._year)
        decided = self._decisions(table, found)
        changed = False
        for cell in table.own_cells():
            decision = decided.get((cell.row, cell.column), Decision())
            if not (decision.text or decision.reason):
                if not waits(cell.text) or len(cell.text) > _SHOWN or (cell.row, cell.column) in decided:
                    place = Place() if not cell.text else _place(table, found, cell)
                    changed |= bool(sum(self._fill_text(line, place) for line in cell.lines))
                    continue
                decision = Decision(reason=_why_unknown(found, cell))
            changed |= self._carry_out(decision, cell, _place(table, found, cell), table.element)
        return changed

    def _carry_out(self, decision: Decision, cell: GridCell, place: Place, table: etree._Element) -> bool:
        """Write into a cell or tell why it is left; whether anything was written."""
        reason = self._write(cell, decision.text) if decision.text else decision.reason
        if reason:
            self._leave(table, Left(place, _short(cell.text), reason))
        elif not _is_twin(table):
            self.result.filled.append(Filled(place, _flat(cell), decision.text))
        return not reason

    def _decisions(self, table: WordTable, found: Sequence[Placement]) -> dict[tuple[int, int], Decision]:
        """What to do with each cell; where two tables of ours fit and differ, it is left."""
        decided: dict[tuple[int, int], Decision] = {}
        for rank, placement in enumerate(found):
            for cell, decision in self._decide(table, placement):
                key = (cell.row, cell.column)
                known = decided.get(key)
                if known is None and rank == 0:
                    decided[key] = decision
                elif known is not None and known.text and decision.text and known.text != decision.text:
                    names = " atau ".join(f'"{called(each.known)}"' for each in found[:2])
                    decided[key] = Decision(reason=f"tabel ini dapat berarti tabel {names}")
        return decided

    def _decide(self, table: WordTable, placement: Placement) -> Iterator[tuple[GridCell, Decision]]:
        known, columns = placement.known, placement.columns
        bare = self._bare_columns(table, placement)
        for number in range(placement.body, len(table.rows)):
            row = table.rows[number]
            found = dict(self._decide_row(table, placement, number, bare))
            why = why_not_ours(placement, row)
            for own, decision in found.items():
                doubt = why or doubt_of(known.columns, own, found)
                yield row[columns[own]], Decision(reason=doubt) if doubt and decision.text else decision

    def _decide_row(
        self, table: WordTable, placement: Placement, number: int, bare: Mapping[int, bool]
    ) -> Iterator[tuple[int, Decision]]:
        """What to do with the cells of a row, by our columns, each by itself."""
        known, row = placement.known, table.rows[number]
        texts = names_of(placement, row)
        for own, their in placement.columns.items():
            cell = row.get(their)
            if own not in known.values or cell is None or (cell.row, cell.column) != (number, their):
                continue
            if cell.span > 1 and is_title(row):
                continue
            figure = known.find(own, texts)
            decision = decide(_flat(cell), figure, self._institutions, bare=bare[own])
            if decision.text and (why_merged := self._merged(table, placement, cell, own)):
                decision = Decision(reason=why_merged)
            if decision.reason.startswith("angka lain") and not holds_figures(known.columns[own]):
                continue
            yield own, decision

    def _merged(self, table: WordTable, placement: Placement, cell: GridCell, own: int) -> str:
        """Why a merged cell is left: it stands for figures that differ."""
        known, columns = placement.known, placement.columns
        within = range(cell.column, cell.column + cell.span)
        if any(their in within for ours, their in columns.items() if ours != own):
            return "sel ini digabung untuk beberapa kolom"
        said = set()
        for row in table.rows[cell.row :]:
            if row.get(cell.column) is not cell:
                break
            figure = known.find(own, names_of(placement, row))
            said.add(figure.now if figure else None)
        return "sel ini digabung untuk beberapa baris yang angkanya berbeda" if len(said) > 1 else ""

    def _bare_columns(self, table: WordTable, placement: Placement) -> dict[int, bool]:
        """For each of our columns whether the office's writes figures without their units."""
        known, columns = placement.known, placement.columns
        seen: dict[int, list[bool]] = {}
        for row in table.rows[placement.body :]:
            texts = names_of(placement, row)
            for own in (*known.values, *known.targets):
                figure = known.find(own, texts) if columns.get(own) in row else None
                for ours in (figure.now, *figure.before) if figure else ():
                    shown = is_bare(row[columns[own]].text, ours) if ours else None
                    if shown is not None:
                        seen.setdefault(own, []).append(shown)
        by_targets = [shown for own in known.targets for shown in seen.get(own, ())]
        return {own: all(seen.get(own) or by_targets or [False]) for own in known.values}

    def _write(self, cell: GridCell, text: str) -> str:
        """Write into a cell; why not, where that cannot be."""
        lines = [line for line in cell.lines if Squeezed.of(line).text]
        if any(line.pending for line in cell.lines):
            return PENDING
        whole = [Squeezed.of(line) for line in lines]
        edits: list[Edit] = []
        for line, squeezed in zip(lines, whole, strict=True):
            edits.append(Edit(squeezed.stretches(line, 0, len(squeezed.text)), "" if edits else text))
            if any(line.is_fixed(*stretch) for stretch in edits[-1].stretches):
                return FIXED
        if not lines:
            return "sel ini kosong"
        for line, edit in zip(lines, edits, strict=True):
            self._reviser.revise(line, [edit])
        places = [cell.lines.index(line) for line in lines]
        for line in cell.lines[places[0] : places[-1]]:
            self._reviser.join_with_next(line.paragraph)
        return ""

    # ---- running text

    def _fill_text(self, line: Line, place: Place) -> bool:
        squeezed = Squeezed.of(line)
        found = find_sentences(squeezed, self._renewed)
        edits: list[Edit] = []
        before: list[str] = []
        for start, end, entry in found:
            why = self._why_not(line, squeezed, start, end, entry)
            if why:
                self._leave(line.paragraph, Left(place, _short(entry.before), why))
                continue
            last = " ".join(entry.now)
            if len(entry.now) > 1 and (start, end) == (0, len(squeezed.text)):
                *before, last = entry.now
            edits += sentence_edits(line, squeezed, start, end, last)
            if not _is_twin(line.paragraph):
                self.result.filled.append(Filled(place, entry.before, " ".join(entry.now)))
        if edits:
            for text in before:
                self._reviser.new_paragraph_before(line, text)
            self._reviser.revise(line, edits)
        elif not found and (said := waiting_words(squeezed.text)):
            still = any(sentence in squeezed.text for sentence in self._still_waiting)
            why = STILL_AWAITED if still else "kalimat ini tidak ada di terbitan sebelumnya; sunting sendiri"
            self._leave(line.paragraph, Left(place, _short(said), why))
        return bool(edits)

    def _why_not(self, line: Line, squeezed: Squeezed, start: int, end: int, entry: Renewed) -> str:
        if not entry.now:
            return "bentuk baru kalimat ini di laporan kini tidak pasti; sunting sendiri"
        if line.pending:
            return PENDING
        stretches = squeezed.stretches(line, start, end)
        return FIXED if any(line.is_fixed(*stretch) for stretch in stretches) else ""

    def _leave(self, element: etree._Element, left: Left) -> None:
        if not _is_twin(element):
            self.result.left.append(left)


def _flat(cell: GridCell) -> str:
    return " ".join(cell.text.split())


def _why_unknown(found: Sequence[Placement], cell: GridCell) -> str:
    if not found:
        return "tabel ini tidak dikenali dari judul dan kepala kolomnya"
    if cell.column not in found[0].columns.values():
        return "kolom ini tidak dikenali dari kepalanya"
    return "baris ini tidak cocok dengan satu indikator"


def _place(table: WordTable, found: Sequence[Placement], cell: GridCell) -> Place:
    row = table.rows[cell.row]
    heading, name = "", ""
    if found:
        headings, columns, known = found[0].headings, found[0].columns, found[0].known
        heading = " / ".join(headings[cell.column] if cell.column < len(headings) else ())
        own = next((ours for ours, their in columns.items() if their == cell.column), None)
        names = known.names_of(own) if own is not None else known.naming
        name = next((_flat(row[columns[n]]) for n in reversed(names) if columns.get(n) in row), "")
    elif cell.row and cell.column in table.rows[0]:
        heading = _flat(table.rows[0][cell.column])
    if not name:
        left = [each.text for column, each in row.items() if column < cell.column and _has_letters(each.text)]
        name = left[-1] if left else f"ke-{cell.row + 1}"
    return Place(_short(caption_of(table)), _short(name), _short(heading))


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _is_twin(element: etree._Element) -> bool:
    """Whether this is the second way of drawing a text box; what it says is told once."""
    return next(element.iterancestors(FALLBACK), None) is not None


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1].rstrip()}…"
