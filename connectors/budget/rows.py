"""The rows of a budget table as they stand: codes, names and amounts, before anyone says what they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property, partial

from capaian.budget.codes import Code, join_parts, parse_code, split_code
from capaian.budget.lines import Level, Problem
from connectors.budget.amounts import read_amount, read_percent
from connectors.budget.columns import Column, Table, is_column_numbers
from connectors.budget.headings import MONEY, Meaning
from connectors.sheets.numbers import NotANumber, Signs, decide_signs, text_of
from connectors.sheets.reader import Cell, Grid

_LIST_MARK = re.compile(r"^(?:[-•*–▪]+\s*|[a-z0-9]{1,3}[.)]\s+)", re.IGNORECASE)
_COLUMN_INDENT = 20
"""By how much a name counts as indented for each column further right."""
_MOST_COLUMNS = 100
"""A larger number numbers no column."""
_TWO_COLUMNS = (
    "kolom lain dengan arti yang sama berisi angka lain; hapus yang tidak berlaku atau perjelas judulnya"
)
_FRACTION_AT_MOST = Decimal("1.5")
_PERCENT_DECIMALS = 6


@dataclass(frozen=True)
class Figures:
    """What stands in the columns of amounts of a row.

    Attributes:
        amounts: By meaning of the column; missing where the cell is empty.
        unreadable: Cells that hold no amount where one should stand: heading, text and reason.
    """

    amounts: Mapping[Meaning, Decimal] = field(default_factory=dict)
    percent: Decimal | None = None
    unreadable: tuple[tuple[str, str, str], ...] = ()


@dataclass
class Row:
    """One row that says something.

    Attributes:
        number: As Excel counts.
        indent: Spaces before the name, and columns to the right.
        hint: The level that the name's own column names.
        names, codes: Of a flat table, where each row names everything above it: by level.
        office: What the office's column says.
        source: Reads its figures, which is done when they are first needed: of a whole regency only one
            office's are.
    """

    number: int
    place: str
    code: Code | None
    name: str
    indent: int = 0
    hint: Level | None = None
    names: dict[Level, str] = field(default_factory=dict)
    codes: dict[Level, Code] = field(default_factory=dict)
    office: str = ""
    level: Level | None = None
    source: Callable[[], Figures] = Figures

    @cached_property
    def figures(self) -> Figures:
        """Its amounts."""
        return self.source()

    @property
    def amounts(self) -> Mapping[Meaning, Decimal]:
        """See :class:`Figures`."""
        return self.figures.amounts

    @property
    def percent(self) -> Decimal | None:
        """See :class:`Figures`."""
        return self.figures.percent

    @property
    def unreadable(self) -> tuple[tuple[str, str, str], ...]:
        """See :class:`Figures`."""
        return self.figures.unreadable

    def problems(self) -> Iterator[Problem]:
        """The cells that could not be read."""
        for heading, text, reason in self.unreadable:
            yield Problem(
                f"{self.place}, kolom {heading!r}",
                f"{self.name!r}: {text!r} tidak terbaca: {reason}.",
                stops=True,
            )


def read_rows(table: Table) -> list[Row]:
    """Every row below the header that is not empty, a repeated header or a line of column numbers."""
    reader = _RowReader(table)
    return [
        row for index in range(table.first, len(table.grid.rows)) if (row := reader.read(index)) is not None
    ]


class _RowReader:
    """Reads rows of one table; equal texts are read once."""

    def __init__(self, table: Table) -> None:
        grid = table.grid
        self.grid = grid
        self.sheet = f"lembar {grid.name!r}"
        self.money = [c for c in table.columns if c.meaning in MONEY]
        self.percent = next(iter(table.of(Meaning.PERCENT)), None)
        self.office = next(iter(table.of(Meaning.OFFICE)), None)
        self.names = table.of(Meaning.NAME)
        codes = table.of(Meaning.CODE)
        self.parts = [c.index for c in codes if c.part]
        self.codes = [c for c in codes if not c.part]
        self.signs = _signs_of(grid, table.first, self.money)
        self.fractions = self.percent is not None and _are_fractions(grid, table.first, self.percent.index)
        self.headings = _heading_texts(table)
        self.flat = _is_flat(grid, table.first, self.names)
        self.known: dict[str, Decimal | NotANumber | None] = {}

    def read(self, index: int) -> Row | None:
        """The row at an index of the grid, or None where it says nothing."""
        cells = self.grid.rows[index]
        if not any(cells) or self._is_heading(cells):
            return None
        code, name, indent, hint = self._names(cells)
        row = Row(index + 1, f"{self.sheet}, baris {index + 1}", code, name, indent, hint)
        if self.flat:
            self._read_levels(cells, row)
        row.source = partial(self._figures, cells)
        if self.office is not None:
            row.office = text_of(cells[self.office.index]).strip()
        return row

    def _is_heading(self, cells: Sequence[Cell]) -> bool:
        first = cells[self.money[0].index] if self.money else ""
        if isinstance(first, Decimal) and first > _MOST_COLUMNS:
            return False
        same = 0
        for place, texts in self.headings.items():
            cell = cells[place] if place < len(cells) else ""
            same += isinstance(cell, str) and " ".join(cell.split()) in texts
        return same >= 2 or (same == 0 and is_column_numbers(cells))

    def _names(self, cells: Sequence[Cell]) -> tuple[Code | None, str, int, Level | None]:
        name, indent, hint = "", 0, None
        for column in self.names:
            cell = cells[column.index]
            if isinstance(cell, str) and cell.strip():
                raw = cell.replace("\t", "    ").replace("\u00a0", " ")
                offset = column.index - self.names[0].index
                indent = len(raw) - len(raw.lstrip()) + _COLUMN_INDENT * offset
                name = " ".join(raw.split())
                if len(self.names) > 1 and len(column.levels) == 1:
                    hint = column.levels[0]
                if not self.flat:
                    break
        code = self._code(cells)
        if code is None and name:
            code, name = split_code(name)
        if code is None and not name and self.codes:
            name = " ".join(text_of(cells[self.codes[0].index]).split())
            code, name = split_code(name)
        return code, _LIST_MARK.sub("", name) if code is None else name, indent, hint

    def _code(self, cells: Sequence[Cell]) -> Code | None:
        if self.parts:
            found = join_parts([c if isinstance(c := cells[i], str | Decimal) else "" for i in self.parts])
            if found is not None:
                return found
        for column in reversed(self.codes):
            text = text_of(cells[column.index]).strip()
            if text and (code := parse_code(text)) is not None:
                return code
        return None

    def _read_levels(self, cells: Sequence[Cell], row: Row) -> None:
        for column in self.names:
            text = " ".join(text_of(cells[column.index]).split())
            if text and len(column.levels) == 1:
                code, rest = split_code(text)
                row.names[column.levels[0]] = rest
                if code is not None:
                    row.codes[column.levels[0]] = code
        for column in self.codes:
            found = parse_code(text_of(cells[column.index]).strip())
            if found is not None and len(column.levels) == 1:
                row.codes[column.levels[0]] = found

    def _figures(self, cells: Sequence[Cell]) -> Figures:
        unreadable: list[tuple[str, str, str]] = []
        amounts: dict[Meaning, Decimal] = {}
        for column in self.money:
            cell = cells[column.index]
            if isinstance(cell, str):
                if not cell:
                    continue
                if cell not in self.known:
                    self.known[cell] = read_amount(cell, self.signs)
                amount = self.known[cell]
            else:
                amount = read_amount(cell, self.signs)
            if isinstance(amount, NotANumber):
                unreadable.append((column.heading, text_of(cell).strip(), amount.reason))
            elif amount is not None:
                meaning = column.meaning
                if meaning is Meaning.SPENT_OF_MONTH:
                    amount += amounts.get(meaning, Decimal(0))
                elif amounts.get(meaning, amount) != amount:
                    unreadable.append((column.heading, text_of(cell).strip(), _TWO_COLUMNS))
                    continue
                amounts[meaning] = amount
        percent = None if self.percent is None else self._read_percent(cells[self.percent.index])
        return Figures(amounts, percent, tuple(unreadable))

    def _read_percent(self, cell: Cell) -> Decimal | None:
        value = read_percent(cell)
        if value is None:
            return None
        if self.fractions and isinstance(cell, Decimal):
            value *= 100
        decimals = -int(value.as_tuple().exponent)
        return round(value, _PERCENT_DECIMALS) if decimals > _PERCENT_DECIMALS else value


def _signs_of(grid: Grid, first: int, columns: Sequence[Column]) -> Signs:
    return decide_signs(row[column.index] for row in grid.rows[first:] for column in columns)


def _are_fractions(grid: Grid, first: int, index: int) -> bool:
    """Whether Excel shows fractions as per cent: 0,8493 for 84,93%."""
    numbers = [cell for row in grid.rows[first:] if isinstance(cell := row[index], Decimal)]
    return bool(numbers) and max(map(abs, numbers)) <= _FRACTION_AT_MOST


def _heading_texts(table: Table) -> dict[int, set[str]]:
    """By column, the words that stand above it, by which a repeated header is known."""
    texts: dict[int, set[str]] = {}
    for index in table.header:
        for place, cell in enumerate(table.grid.rows[index]):
            if isinstance(cell, str) and cell.strip():
                texts.setdefault(place, set()).add(" ".join(cell.split()))
    return texts


def _is_flat(grid: Grid, first: int, names: Sequence[Column]) -> bool:
    """Whether every row names its program and its kegiatan, each in a column of its own."""
    single = [c for c in names if len(c.levels) == 1]
    if len({c.levels for c in single}) < 2:
        return False
    rows = [[bool(text_of(row[c.index]).strip()) for c in single] for row in grid.rows[first : first + 200]]
    filled = [row for row in rows if any(row)]
    return sum(sum(row) > 1 for row in filled) > len(filled) / 2
