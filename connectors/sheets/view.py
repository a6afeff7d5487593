"""A sheet as its table is read: days across, turned where they run down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from connectors.prices.sheets.words import tidy
from connectors.sheets.reader import Cell, Grid, Span
from connectors.sheets.workbook_parts import column_letters


@dataclass(frozen=True)
class View:
    """The cells of a sheet.

    Attributes:
        sheet: Name for messages.
        rows: Tidy; all of the same length.
        merged: In the view's own rows and columns.
        turned: Whether the sheet's columns are the view's rows.
    """

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    merged: tuple[Span, ...]
    turned: bool = False

    def turn(self) -> View:
        """The same cells with rows and columns exchanged."""
        merged = tuple((b, a, d, c) for a, b, c, d in self.merged)
        return View(self.sheet, tuple(zip(*self.rows, strict=True)), merged, not self.turned)

    def place(self, row: int, column: int) -> str:
        """What people call a cell: ``lembar 'Pasar Kota', sel D7``."""
        if self.turned:
            row, column = column, row
        return f"lembar {self.sheet!r}, sel {column_letters(column + 1)}{row + 1}"

    def text(self, row: int, column: int) -> str:
        """The text of a cell; empty for numbers, days and cells outside."""
        if not (0 <= row < len(self.rows) and 0 <= column < len(self.rows[row])):
            return ""
        cell = self.rows[row][column]
        return cell if isinstance(cell, str) else ""

    @cached_property
    def _widths(self) -> dict[tuple[int, int], int]:
        return {(top, left): right - left + 1 for top, left, _, right in self.merged}

    def width_of(self, row: int, column: int) -> int:
        """How many columns a merged cell covers; 1 for others."""
        return self._widths.get((row, column), 1)


def view_of(grid: Grid) -> View:
    """The cells of a sheet as they stand."""
    return View(grid.name, tuple(tuple(tidy(cell) for cell in row) for row in grid.rows), grid.merged)


def filled(row: Sequence[Cell]) -> Iterator[tuple[int, Cell]]:
    """The cells of a row in which something stands, with their columns."""
    return ((column, cell) for column, cell in enumerate(row) if cell != "")
