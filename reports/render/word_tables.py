"""Tables in Word's language; the styles are those of ``reference.docx``. Lengths are in twips."""

from __future__ import annotations

from collections.abc import Mapping

from lxml import etree

from reports.render.lifted import LiftedCell, LiftedRow, LiftedTable, Run
from reports.render.word_controls import note_control
from reports.render.word_elements import element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STYLES = {"program": "IsiTabelProgram", "total": "IsiTabelProgram"}


def word_table(table: LiftedTable, width: int, shades: Mapping[str, str]) -> etree._Element:
    """A table of a width, its columns fixed (Word and LibreOffice differ in what they believe).

    Args:
        table: From the report.
        width: In twips.
        shades: Colours behind cells, by the style of their words.
    """
    widths = [int(part * width) for part in table.widths]
    made = element(
        "tbl",
        element(
            "tblPr",
            element("tblStyle", val="Table"),
            element("tblW", type="dxa", w=sum(widths)),
            # Its lines end where those of the text do; else Word lets them stand out at the left.
            element("jc", val="center"),
            element("tblLayout", type="fixed"),
            element("tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0),
        ),
        element("tblGrid", *(element("gridCol", w=size) for size in widths)),
    )
    continued: dict[int, tuple[int, LiftedCell]] = {}
    for number, row in enumerate(table.rows, start=1):
        settings = element("trPr", element("cantSplit"))
        if row.head:
            settings.append(element("tblHeader"))
        line = element("tr", settings)
        cells: dict[int, tuple[LiftedCell, bool]] = {cell.column: (cell, False) for cell in row.cells}
        cells.update({column: (cell, True) for column, (_, cell) in continued.items()})
        # The rows of a small table stay with each other, the last one with nothing.
        kept = table.whole and number < len(table.rows)
        for column in sorted(cells):
            line.append(_cell(*cells[column], row, widths, shades, kept=kept))
        continued = {c: (left - 1, cell) for c, (left, cell) in continued.items() if left > 1}
        continued.update({cell.column: (cell.rowspan - 1, cell) for cell in row.cells if cell.rowspan > 1})
        made.append(line)
    return made


def _cell(
    cell: LiftedCell,
    covered: bool,
    row: LiftedRow,
    widths: list[int],
    shades: Mapping[str, str],
    *,
    kept: bool,
) -> etree._Element:
    size = sum(widths[cell.column : cell.column + cell.colspan])
    settings = element("tcPr", element("tcW", type="dxa", w=size))
    if cell.colspan > 1:
        settings.append(element("gridSpan", val=cell.colspan))
    if cell.rowspan > 1:
        settings.append(element("vMerge", val="continue" if covered else "restart"))
    style = _style(cell, row)
    shade = shades.get(style, "")
    if shade:
        settings.append(element("shd", val="clear", color="auto", fill=shade))
    if row.head:
        settings.append(element("vAlign", val="center"))
    manner = element("pPr", element("pStyle", val=style))
    if kept:
        manner.append(element("keepNext"))
    manner.append(element("jc", val=cell.align))
    paragraph = element("p", manner)
    if not covered:
        runs = [_run(run, bold=run.bold or row.kind == "total") for run in cell.runs]
        paragraph.extend([note_control(cell.note, runs or [element("r")])] if cell.note else runs)
    return element("tc", settings, paragraph)


def _style(cell: LiftedCell, row: LiftedRow) -> str:
    if row.head:
        return "KepalaTabel"
    if cell.mark == "mark-waiting":
        return "IsiTabelMenunggu"
    return _STYLES.get(row.kind, "IsiTabel")


def _run(run: Run, *, bold: bool) -> etree._Element:
    if run.text == "\n":
        return element("r", element("br"))
    manner = element("rPr")
    if run.target:
        manner.append(element("rStyle", val="Hyperlink"))
    if bold:
        manner.extend([element("b"), element("bCs")])
    if run.raised:
        manner.append(element("vertAlign", val="superscript"))
    text = element("t", text=run.text)
    text.set(_XML_SPACE, "preserve")
    made = element("r", *([manner] if len(manner) else []), text)
    return element("hyperlink", made, anchor=run.target) if run.target else made
