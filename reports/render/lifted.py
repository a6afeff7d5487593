"""The tables of the report, taken out of the HTML before pandoc reads it.

Pandoc needs more time for some thousand cells than for all the rest, in reading as in writing. The
tables have a simple form of their own (``_macros.html.j2``), so they are read here once and written
straight into Typst and Word; a paragraph with a word of its own keeps their place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from lxml import etree, html

from office.book.language import PASSAGE

Align = Literal["left", "center", "right"]
PLACE = re.compile(r"tabelterangkat(\d+)x")
SMALL_ROWS, SMALL_TEXT = 16, 1600
"""A table of so many rows with so few letters stays on one page, but not in a division ``flowing``."""

_NOTE = re.compile(f"{PASSAGE[0]}([^{PASSAGE[1]}]*){PASSAGE[1]}")
_WIDTH = re.compile(r"width:\s*([\d.]+)%")
_ALIGN = re.compile(r"text-align:\s*(left|center|right)")


@dataclass(frozen=True)
class Run:
    """Words of a cell in one manner; ``target`` is the id a link leads to, ``text`` "\\n" a new line."""

    text: str
    bold: bool = False
    raised: bool = False
    target: str = ""


@dataclass(frozen=True)
class LiftedCell:
    """A cell at its column, counted from 0 with spans regarded.

    Attributes:
        note: The name of the office's own words that it holds, if it may be changed in Word.
    """

    runs: tuple[Run, ...]
    column: int
    colspan: int
    rowspan: int
    align: Align
    mark: str
    note: str = ""

    @property
    def text(self) -> str:
        """The words without their manner."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True)
class LiftedRow:
    """A row; ``kind`` is ``program``, ``kegiatan``, ``sub-kegiatan``, ``total`` or empty."""

    cells: tuple[LiftedCell, ...]
    head: bool
    kind: str
    anchor: str


@dataclass(frozen=True)
class LiftedTable:
    """A table with the widths of its columns as parts of the whole.

    Attributes:
        place: The word that keeps its place.
        wide: It stands on a landscape page.
        whole: It is so small that it stays on one page.
    """

    place: str
    wide: bool
    whole: bool
    widths: tuple[float, ...]
    rows: tuple[LiftedRow, ...]

    def room(self, cell: LiftedCell, width: float) -> float:
        """How wide a cell is in a table of a width."""
        return sum(self.widths[cell.column : cell.column + cell.colspan]) * width


def lift_tables(body: str) -> tuple[str, tuple[LiftedTable, ...]]:
    """Take the tables out.

    Args:
        body: The report's HTML.

    Returns:
        The HTML with a paragraph ``tabelterangkat0x`` in place of each table (and the class ``utuh``
        on the figures of small ones), and the tables in order.
    """
    root = html.fragment_fromstring(body, create_parent="div")
    lifted: list[LiftedTable] = []
    for table in list(root.iter("table")):
        above = table.getparent()
        if above is None:
            continue
        around = " ".join(outer.get("class", "") for outer in table.iterancestors("div")).split()
        notes = _take_notes(table)
        whole = "flowing" not in around and _is_small(table, above)
        read = _read(
            table, f"tabelterangkat{len(lifted)}x", wide="landscape" in around, whole=whole, notes=notes
        )
        lifted.append(read)
        if above.tag == "figure" and read.whole:
            above.set("class", f"{above.get('class', '')} utuh")
        place = html.Element("p")
        place.text = read.place
        place.tail = table.tail
        above.replace(table, place)
    text = (root.text or "") + "".join(html.tostring(child, encoding="unicode") for child in root)
    return text, tuple(lifted)


def _take_notes(table: etree._Element) -> dict[etree._Element, str]:
    """Take the marks out of the cells of a table, and give them by cell."""
    notes = {}
    for cell in table.iter("td"):
        words = (cell[-1].tail if len(cell) else cell.text) or ""  # a mark stands at the end
        found = _NOTE.search(words)
        if found:
            notes[cell] = found[1]
            if len(cell):
                cell[-1].tail = _NOTE.sub("", words)
            else:
                cell.text = _NOTE.sub("", words)
    return notes


def _is_small(table: etree._Element, figure: etree._Element) -> bool:
    rows = len(table.findall("tbody/tr"))
    return rows <= SMALL_ROWS and len("".join(figure.itertext())) < SMALL_TEXT


def _read(
    table: etree._Element, place: str, *, wide: bool, whole: bool, notes: Mapping[etree._Element, str]
) -> LiftedTable:
    found = [_WIDTH.search(col.get("style", "")) for col in table.iter("col")]
    widths = [float(width[1]) if width else 1.0 for width in found]
    if not widths:  # a table of the narrative says nothing of widths
        widths = [1.0] * max(len(row) for row in table.iter("tr"))
    rows: list[LiftedRow] = []
    for part in table:
        if part.tag in ("thead", "tbody"):
            rows += _read_rows(part, len(widths), notes, head=part.tag == "thead")
    return LiftedTable(place, wide, whole, tuple(width / sum(widths) for width in widths), tuple(rows))


def _read_rows(
    part: etree._Element, columns: int, notes: Mapping[etree._Element, str], *, head: bool
) -> Iterator[LiftedRow]:
    covered = [0] * columns
    for row in part.iter("tr"):
        cells = []
        column = 0
        for cell in row:
            while column < columns and covered[column]:
                column += 1
            colspan, rowspan = int(cell.get("colspan", "1")), int(cell.get("rowspan", "1"))
            align = _ALIGN.search(cell.get("style", ""))
            cells.append(
                LiftedCell(
                    tuple(_runs(cell)),
                    column,
                    colspan,
                    rowspan,
                    align[1] if align else "left",  # type: ignore[arg-type]
                    cell.get("class", ""),
                    notes.get(cell, ""),
                )
            )
            covered[column : column + colspan] = [rowspan] * colspan
            column += colspan
        covered = [max(left - 1, 0) for left in covered]
        yield LiftedRow(tuple(cells), head, row.get("class", ""), row.get("id", ""))


def _runs(
    element: etree._Element, *, bold: bool = False, raised: bool = False, target: str = ""
) -> Iterator[Run]:
    def words(text: str | None) -> Iterator[Run]:
        joined = re.sub(r"\s+", " ", text or "")
        if joined:
            yield Run(joined, bold, raised, target)

    yield from words(element.text)
    for child in element:
        if child.tag == "br":
            yield Run("\n")
        else:
            yield from _runs(
                child,
                bold=bold or child.tag in ("strong", "b"),
                raised=raised or child.tag == "sup",
                target=child.get("href", "").removeprefix("#") or target,
            )
        yield from words(child.tail)
