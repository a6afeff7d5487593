"""Tables in Typst's language; the functions and colours are those of ``report.typ``."""

from __future__ import annotations

import json
import re

from reports.render.lifted import PLACE, LiftedCell, LiftedRow, LiftedTable, Run
from reports.render.syllables import fit

FONT_SIZE = 8.5
PORTRAIT, LANDSCAPE = 439.0, 686.0
"""Points between the margins, as in ``report.typ``."""

INSET = 8.5
BREAKABLE_FROM = 1000
"""A cell with more letters may go on on the next page."""

_FILLS = {"program": "warna-program", "total": "warna-program", "mark-waiting": "warna-tunggu"}
_SIGNS = re.compile(r"([!-/:-@\[-`{-~])")


def put_tables(source: str, tables: tuple[LiftedTable, ...]) -> str:
    """Put the tables where their words stand in a Typst source."""
    return PLACE.sub(lambda found: write_table(tables[int(found[1])]), source)


def write_table(table: LiftedTable) -> str:
    """One table, as wide as the text of its page."""
    text_width = LANDSCAPE if table.wide else PORTRAIT
    columns = ", ".join(f"{width * 100:.3f}fr" for width in table.widths)
    lines = [f"#tabel-isi(columns: ({columns},),"]
    head = [row for row in table.rows if row.head]
    if head:
        lines.append("table.header(")
        lines += [line for row in head for line in _row(table, row, text_width)]
        lines.append("),")
    lines += [line for row in table.rows if not row.head for line in _row(table, row, text_width)]
    return "\n".join([*lines, ")"])


def _row(table: LiftedTable, row: LiftedRow, text_width: float) -> list[str]:
    lines = []
    for place, cell in enumerate(row.cells):
        anchor = row.anchor if place == 0 else ""
        lines.append(_cell(cell, row, table.room(cell, text_width) - INSET, anchor))
    return lines


def _cell(cell: LiftedCell, row: LiftedRow, room: float, anchor: str) -> str:
    settings = []
    if cell.colspan > 1:
        settings.append(f"colspan: {cell.colspan}")
    if cell.rowspan > 1:
        settings.append(f"rowspan: {cell.rowspan}")
    elif len(cell.text) < BREAKABLE_FROM:
        settings.append("breakable: false")
    settings.append(f"align: {cell.align} + {'horizon' if row.head else 'top'}")
    fill = "warna-kepala" if row.head else _FILLS.get(cell.mark) or _FILLS.get(row.kind)
    if fill:
        settings.append(f"fill: {fill}")
    label = f"#metadata(none)#label({json.dumps(anchor)})" if anchor else ""
    bold = '#set text(weight: "bold");' if row.head or row.kind == "total" else ""
    words = "".join(_write(run, room) for run in cell.runs)
    return f"table.cell({', '.join(settings)})[{label}{bold}{words}],"


def _write(run: Run, room: float) -> str:
    if run.text == "\n":
        return "#linebreak()"
    fitted = " ".join(fit(word, room, FONT_SIZE) for word in run.text.split(" "))
    words = _SIGNS.sub(r"\\\1", fitted)
    if run.raised:
        words = f"#super[{words}]"
    if run.bold:
        words = f"#strong[{words}]"
    return f"#link(label({json.dumps(run.target)}))[{words}]" if run.target else words
