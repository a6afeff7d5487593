"""A table for readers: cells with spans and marks, checked to be whole."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any, Literal

from office.book.names import TABLES

Align = Literal["left", "center", "right"]
Mark = Literal["", "waiting", "provisional", "illustrative", "differs"]
Kind = Literal["", "program", "kegiatan", "sub_kegiatan", "total"]

_NUMBER = ("no", "")
_LEADING, _MOST_SPANNED = 5, 2


@dataclass(frozen=True)
class Cell:
    """One cell.

    Attributes:
        mark: What a reader must know of the figure.
        figure: Id of the figure in the appendix "Asal-usul angka".
        card: The name of its card on the page (:mod:`reports.traced`), where it is no figure of the appendix.
        note: Remark shown as a footnote of the table.
    """

    text: str = ""
    colspan: int = 1
    rowspan: int = 1
    align: Align = "left"
    bold: bool = False
    mark: Mark = ""
    figure: str = ""
    note: str = ""
    card: str = ""


@dataclass(frozen=True)
class Row:
    """A row; cells hidden by a row span above are left out, as in HTML."""

    cells: tuple[Cell, ...]
    header: bool = False
    kind: Kind = ""


@dataclass(frozen=True)
class Table:
    """A table with caption.

    Attributes:
        name: By which chapters show it; empty in appendices.
        number: ``3.2``, ``Lampiran 4.1`` or ``Gambar 1.1``; empty until the book gives it one.
        caption: May have several lines.
        header: Repeated on every page.
        widths: Of the columns in per cent; they sum to 100.
        source: The line below, without "Sumber : ".

    Raises:
        ValueError: A row does not fill the columns, or the widths do not sum to 100.
    """

    caption: str
    header: tuple[Row, ...]
    rows: tuple[Row, ...]
    widths: tuple[int, ...]
    name: str = ""
    number: str = ""
    source: str = ""
    landscape: bool = False
    notes: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if sum(self.widths) != 100:
            raise ValueError(f"Tabel {self._called}: lebar kolom berjumlah {sum(self.widths)}, bukan 100")
        for part, rows in (("kepala", self.header), ("isi", self.rows)):
            grid(rows, len(self.widths), f"Tabel {self._called}, {part}")

    @property
    def _called(self) -> str:
        return self.number or self.name

    @property
    def label(self) -> str:
        """``Tabel 3.2``; a number that begins with a letter says itself what it is."""
        return f"Tabel {self.number}" if self.number[:1].isdigit() else self.number

    @property
    def anchor(self) -> str:
        """Its id in the document, ``tabel-3-2``."""
        return self.label.lower().replace(".", "-").replace(" ", "-")

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``report.json``."""
        return asdict(self)

    def headings(self) -> list[str]:
        """The lowest heading of each column; headings are bold, the numbers of columns below them are not."""
        lines = grid(self.header, len(self.widths), f"Tabel {self._called}, kepala")
        columns = zip(*lines, strict=True)
        return [next((c.text for c in reversed(cells) if c and c.bold), "") for cells in columns]

    @cached_property
    def kept(self) -> int:
        """The column by which a row is known, where only some are seen at once: that of its indicator or
        program, else the first that does not number the rows.
        """
        named = [heading.casefold() for heading in self.headings()]
        naming = [place for place, heading in enumerate(named) if heading.rstrip(".") not in _NUMBER]
        telling = [place for place in naming if self._tells(place)] or naming
        for place in telling:
            if place >= _LEADING or "program" in named[place]:
                break
            if named[place].startswith("indikator"):
                return place
        return telling[0] if telling else 0

    def _tells(self, column: int) -> bool:
        """Whether a column says something in most rows; what a span covers is said above."""
        cells = [line[column] for line in grid(self.rows, len(self.widths), f"Tabel {self._called}")]
        blank = [cell for cell in cells if cell is not None and not cell.text]
        return len(blank) * 2 <= len(cells)

    @cached_property
    def kept_header(self) -> frozenset[tuple[int, int]]:
        """The headings of that column: number of the row and of the cell in it."""
        return _at_column(self.header, len(self.widths), self.kept)

    @cached_property
    def kept_rows(self) -> frozenset[tuple[int, int]]:
        """Its cells likewise."""
        return _at_column(self.rows, len(self.widths), self.kept)

    def columns(self) -> list[str]:
        """What each column is called, the headings above it before its own: ``Capaian / 2023``."""
        lines = grid(self.header, len(self.widths), f"Tabel {self._called}, kepala")
        columns = zip(*_spread(lines), strict=True)
        named = ([" ".join(c.text.split()) for c in cells if c and c.bold and c.text] for cells in columns)
        return [" / ".join(dict.fromkeys(names)) for names in named]

    def flat_rows(self) -> list[list[str]]:
        """The texts of the body by column, spans left blank after their first cell."""
        return [
            [cell.text if cell else "" for cell in line]
            for line in grid(self.rows, len(self.widths), f"Tabel {self._called}")
        ]


def _at_column(rows: tuple[Row, ...], columns: int, column: int) -> frozenset[tuple[int, int]]:
    """The cells that cover a column: row and place in it; not those that cover most of the table."""
    found = []
    for number, line in enumerate(grid(rows, columns, "Tabel")):
        starts = [place for place, cell in enumerate(line) if cell is not None]
        for index, place in enumerate(starts):
            cell = line[place]
            if cell is not None and place <= column < place + cell.colspan and cell.colspan <= _MOST_SPANNED:
                found.append((number, index))
    return frozenset(found)


def _spread(lines: list[list[Cell | None]]) -> list[list[Cell | None]]:
    """With each cell at every column that it spans, in the line where it begins."""
    spread = []
    for line in lines:
        whole = list(line)
        for place, cell in enumerate(line):
            if cell is not None:
                whole[place : place + cell.colspan] = [cell] * cell.colspan
        spread.append(whole)
    return spread


def call_table(tables: Mapping[str, Table], name: str) -> str:
    """How a sentence names a table: ``tabel 3.7``, or by its caption where the book does not show it."""
    table = tables.get(name)
    if table is not None and table.number:
        return f"tabel {table.number}"
    return f"tabel {TABLES[name]}"


def grid(rows: tuple[Row, ...], columns: int, place: str) -> list[list[Cell | None]]:
    """Lay the cells out on a grid; a place covered by a span is None.

    Raises:
        ValueError: A row has too few or too many cells.
    """
    covered = [0] * columns
    lines: list[list[Cell | None]] = []
    for number, row in enumerate(rows, start=1):
        line: list[Cell | None] = [None] * columns
        position = 0
        for cell in row.cells:
            while position < columns and covered[position]:
                position += 1
            if position + cell.colspan > columns or any(covered[position : position + cell.colspan]):
                raise ValueError(f"{place} baris {number}: sel terlalu banyak untuk {columns} kolom")
            line[position] = cell
            for place_in_row in range(position, position + cell.colspan):
                covered[place_in_row] = cell.rowspan
            position += cell.colspan
        if not all(covered):
            raise ValueError(f"{place} baris {number}: sel kurang untuk {columns} kolom")
        covered = [left - 1 for left in covered]
        lines.append(line)
    if any(covered):
        raise ValueError(f"{place}: sebuah sel merentang melewati baris terakhir")
    return lines
