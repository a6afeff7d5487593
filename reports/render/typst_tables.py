"""Tables in Typst's language; the functions and colours are those of ``report.typ``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.render.lifted import PLACE, LiftedCell, LiftedRow, Run
from reports.render.pages.columns import INSET, SetTable
from reports.render.pages.commas import Padding, paddings
from reports.render.pages.letters import Letters
from reports.render.syllables import fit

BREAKABLE_PART = 0.33
"""A row that is at least so much of a page high may go on on the next."""

_FILLS = {"program": "warna-program", "total": "warna-program", "mark-waiting": "warna-tunggu"}
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Fits:
    """The room in a cell, in points, for letters of a size, all of them bold or not."""

    letters: Letters
    size: float
    room: float
    bold: bool

    def broken(self, word: str, *, bold: bool) -> str:
        """A word, with places to break where it is too long for the cell."""
        if self.letters.width(word, self.size, bold=self.bold or bold) <= self.room:
            return word
        return fit(word, self.room, self.size)


def put_tables(source: str, tables: Sequence[SetTable], letters: Letters, page: float) -> str:
    """Put the tables where their words stand in a Typst source.

    Args:
        source: Typst's, with a word in place of each table.
        tables: In their order.
        letters: Of the font of tables.
        page: Height of the text on a page, in points.
    """
    return PLACE.sub(lambda found: write_table(tables[int(found[1])], letters, page), source)


def write_table(set_: SetTable, letters: Letters, page: float) -> str:
    """One table, as wide as the text of its page."""
    table = set_.table
    written = _Written(set_, letters, page, paddings(table, letters, set_.size, set_.width, INSET))
    ties = {} if set_.is_low(page) else _ties(set_, page)
    columns = ", ".join(f"{width * 100:.3f}fr" for width in table.widths)
    behind, count, last = "", 0, 0
    if ties:
        behind, count, last = ", 0pt", len(table.widths), ties[max(ties)]
    lines = [
        f"#tabel-isi(besar: {set_.size}pt, lewat: {set_.overhang}pt, kolom: {count}, ikat: {last}, "
        f"sesudah: sesudah, columns: ({columns}{behind},),"
    ]
    head = sum(row.head for row in table.rows)
    if head:
        lines += ["table.header(", *(written.row(number, reaches=bool(ties)) for number in range(head)), "),"]
    tied = 0
    for number in range(head, len(table.rows)):
        length = ties.get(number, 0)
        tied = max(tied, length)
        lines.append(written.row(number, reaches=bool(ties) and not tied))
        if length:
            more = " + if sesudah == none { 0 } else { 1 }" if number + length == len(table.rows) else ""
            lines.append(f"ikatan({length}{more}),")
        tied = max(tied - 1, 0)
    return "\n".join([*lines, ")"])


def _ties(set_: SetTable, page: float) -> dict[int, int]:
    """How many rows from one on must not be parted, by the number of the first.

    The first row of a table stays with the second, the heading of a group with the row below it, and the last
    two with each other and the words below the table. None where a cell of the last column spans rows: there
    is no place behind it for what ties them.
    """
    rows = set_.table.rows
    first, last, end = sum(row.head for row in rows), len(rows) - 1, len(set_.table.widths)
    spanned = any(
        cell.rowspan > 1 and cell.column + cell.colspan == end for row in rows[first:] for cell in row.cells
    )
    if spanned or last < first:
        return {}
    ties, number = dict[int, int](), first
    while number <= last:
        length, high = 1, set_.heights[number]
        while number + length <= last and (
            number + length - 1 in (first, last - 1) or rows[number + length - 1].kind == "program"
        ):
            high += set_.heights[number + length]
            if high > page * BREAKABLE_PART:
                break
            length += 1
        if length > 1 or number == last:
            ties[number] = length
        number += length
    return ties


@dataclass(frozen=True)
class _Written:
    """What the rows of one table have in common."""

    set_: SetTable
    letters: Letters
    page: float
    paddings: Mapping[int, Padding]

    def row(self, number: int, *, reaches: bool) -> str:
        """A row; its last cell may take in the column behind the others."""
        row, table = self.set_.table.rows[number], self.set_.table
        whole = self.set_.heights[number] < self.page * BREAKABLE_PART
        lines = []
        for place, cell in enumerate(row.cells):
            room = table.room(cell, self.set_.width) - INSET
            fits = Fits(self.letters, self.set_.size, room, row.head or row.kind == "total")
            span = cell.colspan + (reaches and cell.column + cell.colspan == len(table.widths))
            anchor = row.anchor if place == 0 else ""
            lines.append(_cell(cell, row, fits, anchor, self.paddings.get(id(cell)), whole=whole, span=span))
        return "".join(lines)


def _cell(
    cell: LiftedCell,
    row: LiftedRow,
    fits: Fits,
    anchor: str,
    padding: Padding | None,
    *,
    whole: bool,
    span: int,
) -> str:
    settings = []
    if span > 1:
        settings.append(f"colspan: {span}")
    if cell.rowspan > 1:
        settings.append(f"rowspan: {cell.rowspan}")
    elif whole:
        settings.append("breakable: false")
    settings.append(f"align: {cell.align} + {'horizon' if row.head else 'top'}")
    fill = "warna-kepala" if row.head else _FILLS.get(cell.mark) or _FILLS.get(row.kind)
    if fill:
        settings.append(f"fill: {fill}")
    label = f"#metadata(none)#label({json.dumps(anchor)})" if anchor else ""
    bold = '#set text(weight: "bold");' if row.head or row.kind == "total" else ""
    words = _number(cell, padding, fits) if padding else "".join(_write(run, fits) for run in cell.runs)
    return f"table.cell({', '.join(settings)})[{label}{bold}{words}],"


def _number(cell: LiftedCell, padding: Padding, fits: Fits) -> str:
    """A number whose comma stands below that of the number above; what is raised behind it takes no room."""
    number, *raised = (_write(run, fits) for run in cell.runs)
    behind = f"#box(width: 0pt)[{''.join(raised)}]" if raised else ""
    return f"#h({padding.before:.2f}pt){number}{behind}#h({padding.behind:.2f}pt)"


def _write(run: Run, fits: Fits) -> str:
    if run.text == "\n":
        return "#linebreak()"
    fitted = " ".join(fits.broken(word, bold=run.bold) for word in run.text.split(" "))
    return _dressed(_SIGNS.sub(r"\\\1", fitted), run)


def _dressed(words: str, run: Run) -> str:
    if run.raised:
        words = f"#super[{words}]"
    if run.bold:
        words = f"#strong[{words}]"
    return f"#link(label({json.dumps(run.target)}))[{words}]" if run.target else words
