"""A workbook of sheets that are read on a screen, changed, and printed: looks, cells, and their values.

Figures are written as decimals, never as binary numbers; Excel keeps fifteen digits of each. A formula bears
the value that the report has, so that it is seen where nothing recalculates.
"""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Context, Decimal
from fractions import Fraction
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from core.numbers import round_half_up
from reports.live_workbook.formulas import PLACES

Shown = Decimal | int | str | None
WHOLE, TWO, EXACT = "[$-421]#,##0", "[$-421]#,##0.00", "[$-421]#,##0.00######"
"""Numbers as Indonesians write them: whole, with two decimals, with as many as there are."""
INPUT, HEAD, RESULT = "#FFF4CC", "#DDE5EE", "#F4F6F8"
"""The colours of cells that may be changed, of headings, and of results."""
NOTICE = "#9C1C1C"
A4 = 9
_LINE, _HIGHEST, _FILLED, _CAPITAL = 12.75, 400, 1.0, 1.2
"""Height of a line and the most of a row, in points; how much of a line words fill before they break; how
broad a capital is beside the digits by which a column is measured."""
_DIGITS = Context(prec=15)
Style = Mapping[str, Any]
PLAIN: Style = {
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": "#B8C0C8",
    "font_size": 10,
}
MIDDLE: Style = {"align": "center"}
BOLD: Style = {"bold": True}


def as_kept(number: Decimal) -> Decimal:
    """A number with the fifteen digits that a spreadsheet keeps."""
    return _DIGITS.plus(number)


def as_result(number: Decimal | None) -> Shown:
    """A computed number as its formula gives it; empty text where there is none."""
    return "" if number is None else _plain(as_kept(round_half_up(number, PLACES)))


def _plain(number: Decimal) -> Decimal:
    """Without zeros behind it, and never with an exponent above nought."""
    text = format(number, "f")
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def places_of(number: Decimal) -> str:
    """The format of a number as a person wrote it: whole, or with decimals."""
    return WHOLE if number == number.to_integral_value() else EXACT


@dataclass(frozen=True)
class Column:
    """A column of a table: its heading, and its width in characters."""

    heading: str
    width: float


class Book:
    """A workbook that is being written."""

    def __init__(self, title: str, author: str, moment: datetime) -> None:
        self._out = io.BytesIO()
        self._book = Workbook(self._out, {"in_memory": True})
        self._book.set_properties({"title": title, "author": author, "created": moment.astimezone(UTC)})
        self._book.set_calc_mode("auto")
        self.names: list[str] = []
        self._styles: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, *parts: Style) -> Format:
        """The look that some parts make together; later ones win."""
        joined: dict[str, Any] = {}
        for part in parts:
            joined.update(part)
        key = tuple(sorted(joined.items()))
        if key not in self._styles:
            self._styles[key] = self._book.add_format(joined)
        return self._styles[key]

    def add(self, name: str) -> Page:
        """A new sheet behind the others."""
        self.names.append(name)
        return Page(self, self._book.add_worksheet(name), name)

    def close(self) -> bytes:
        """The bytes of the workbook; nothing can be written after."""
        self._book.close()
        return self._out.getvalue()


class Page:
    """A sheet that is being written; rows and columns count from nought."""

    def __init__(self, book: Book, sheet: Worksheet, name: str) -> None:
        self.book, self.sheet, self.name = book, sheet, name
        self._widths: dict[int, float] = {}
        self._lines: dict[int, int] = {}

    def title(self, title: str, lines: Sequence[tuple[str, bool]] = ()) -> None:
        """What stands above a table; a line is a notice where its second part says so."""
        self.sheet.write_string(0, 0, title, self.book.style({"bold": True, "font_size": 14}))
        for row, (line, notice) in enumerate(lines, start=1):
            look = {"font_color": NOTICE, "bold": True} if notice else {"font_color": "#444444"}
            self.sheet.write_string(row, 0, line, self.book.style({"font_size": 10}, look))

    def begin(
        self,
        title: str,
        lines: Sequence[tuple[str, bool]],
        row: int,
        columns: Sequence[Column],
        *,
        kept: int = 0,
        landscape: bool = True,
    ) -> None:
        """A sheet of one table: its title, its headings, its paper.

        Args:
            title: Of the sheet.
            lines: Above the table, and whether each is a notice.
            row: Of the headings, which stay in view and on every printed page.
            columns: Of the table.
            kept: So many of them stay in view too.
            landscape: How the paper lies.
        """
        self.title(title, lines)
        self.widths([column.width for column in columns])
        self.headings(row, [column.heading for column in columns])
        self.sheet.freeze_panes(row + 1, kept)
        self.sheet.repeat_rows(row)
        self.printed(landscape=landscape)

    def widths(self, widths: Sequence[float]) -> None:
        """How wide the columns are, in characters."""
        for place, width in enumerate(widths):
            self.sheet.set_column(place, place, width)
            self._widths[place] = width

    def headings(self, row: int, texts: Sequence[str]) -> None:
        """Headings of a further table."""
        look = self.book.style(PLAIN, BOLD, MIDDLE, {"bg_color": HEAD})
        for place, heading in enumerate(texts):
            self.sheet.write_string(row, place, heading, look)
            self._take_room(row, place, heading)

    def printed(self, *, landscape: bool = True) -> None:
        """A4, as wide as a page, with the sheet's name and the page's number below."""
        if landscape:
            self.sheet.set_landscape()
        self.sheet.set_paper(A4)
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.sheet.set_footer("&L&9&A&R&9Halaman &P dari &N")

    def words(self, row: int, column: int, words: str, *style: Style) -> None:
        """Text; never taken for a formula."""
        self.sheet.write_string(row, column, words, self.book.style(PLAIN, *style))
        self._take_room(row, column, words)

    def number(self, row: int, column: int, number: Decimal, form: str, *style: Style) -> None:
        """A number that is no result."""
        look = self.book.style(PLAIN, {"num_format": form}, *style)
        self.sheet.write_number(row, column, Fraction(as_kept(number)), look)

    def input(self, row: int, column: int, value: Shown, form: str = WHOLE, *style: Style) -> None:
        """A cell that may be changed: a number, text, or still empty."""
        look = ({"bg_color": INPUT, "num_format": form}, *style)
        if value is None or value == "":
            self.sheet.write_blank(row, column, None, self.book.style(PLAIN, *look))
        elif isinstance(value, str):
            self.words(row, column, value, *look, MIDDLE)
        else:
            self.number(row, column, Decimal(value), form, *look)

    def formula(
        self, row: int, column: int, expression: str, value: Shown, form: str = TWO, *style: Style
    ) -> None:
        """A formula, with the value that the report has."""
        look = self.book.style(PLAIN, {"num_format": form, "bg_color": RESULT}, *style)
        self.sheet.write_formula(row, column, f"={expression}", look, "" if value is None else value)
        self._take_room(row, column, value if isinstance(value, str) else "")

    def hide(self, column: int) -> None:
        """Leave out a column in which nothing stands."""
        self.sheet.set_column(column, column, self._widths.get(column, 8), None, {"hidden": True})

    def _take_room(self, row: int, column: int, words: str) -> None:
        """Make a row high enough for its longest text: not every program does it by itself."""
        width = max(1, self._widths.get(column, 10) * _FILLED)
        lines = sum(_lines_of(line, width) for line in words.split("\n"))
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines
            self.sheet.set_row(row, min(lines * _LINE + 3, _HIGHEST))

    def choice(self, row: int, column: int, choices: Sequence[str]) -> None:
        """Words among which a cell is filled."""
        self.sheet.data_validation(row, column, row, column, {"validate": "list", "source": list(choices)})

    def more_decimals(self, cells: Sequence[str]) -> None:
        """Whole numbers into which a person may write decimals show them then."""
        for cell in cells:
            shows = {"num_format": EXACT}
            self.sheet.conditional_format(
                cell,
                {
                    "type": "formula",
                    "criteria": f"=AND(ISNUMBER({cell}),{cell}<>INT({cell}))",
                    "format": self.book.style(shows),
                },
            )

    def just_below(self, first: str, last: str, bound: int) -> None:
        """A result just below a bound shows the decimals that keep it from looking like it."""
        looks_like_it = f"ISNUMBER({first}),{first}<{bound},ROUND({first},2)>={bound}"
        for third, form in (("<", "[$-421]#,##0.000"), (">=", "[$-421]#,##0.00########")):
            self.sheet.conditional_format(
                f"{first}:{last}",
                {
                    "type": "formula",
                    "criteria": f"=AND({looks_like_it},ROUND({first},3){third}{bound})",
                    "format": self.book.style({"num_format": form}),
                },
            )

    def far(self, row: int, column: int) -> str:
        """How other sheets call a cell."""
        name = self.name if self.name.isalpha() else f"'{self.name}'"
        return f"{name}!{cell(row, column, fixed=True)}"

    def far_range(self, first: tuple[int, int], last: tuple[int, int]) -> str:
        """How other sheets call all cells between two."""
        return f"{self.far(*first)}:{cell(*last, fixed=True)}"


def _lines_of(words: str, width: float) -> int:
    """How many lines some words take, broken between them."""
    lines, used = 1, 0.0
    for word in words.split(" "):
        room = sum(_CAPITAL if letter.isupper() else 1 for letter in word)
        if used and used + 1 + room > width:
            lines, used = lines + 1, 0.0
        used += room + (1 if used else 0)
        while used > width:  # a word longer than a line
            lines, used = lines + 1, used - width
    return lines


def cell(row: int, column: int, *, fixed: bool = False) -> str:
    """The name of a cell, ``C7`` or ``$C$7``."""
    return str(xl_rowcol_to_cell(row, column, row_abs=fixed, col_abs=fixed))
