"""From the days of a sheet to its prices: which column holds names, which units, which rows count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from connectors.prices.quotes import Quote, Unread
from connectors.prices.sheets.amounts import ENOUGH, read_price
from connectors.prices.sheets.lines import DayLine
from connectors.prices.sheets.words import (
    is_aggregate,
    is_beside_prices,
    is_footer,
    is_head,
    is_unit,
    is_unit_head,
    name_rank,
    split_unit,
    unit_of,
)
from connectors.sheets.days import NoDay
from connectors.sheets.numbers import NotANumber, Signs, decide_signs, looks_like_number
from connectors.sheets.reader import Cell
from connectors.sheets.view import View, filled
from core.errors import SourceError

_HEAD_ROWS = 3
"""Rows above the days in which headings of the other columns may stand."""


@dataclass(frozen=True)
class Misread:
    """Something that could not be read, and whose it is.

    Attributes:
        market: Of its sheet.
        day: For which it stood; None where that is not known.
    """

    market: str
    day: date | None
    unread: Unread


@dataclass(frozen=True)
class Table:
    """The prices of a sheet.

    Attributes:
        quotes: One for each commodity and day.
        misread: What stood where a price should stand.
        evidence: How a doubtful sign was decided; empty where none was.
    """

    quotes: tuple[Quote, ...]
    misread: tuple[Misread, ...]
    evidence: str


class _Row(NamedTuple):
    """A commodity's row within a block."""

    number: int
    name: str
    unit: str


@dataclass(frozen=True)
class _Block:
    """A line of days with the rows that belong to it."""

    line: DayLine
    heads: dict[int, str]
    names: int
    rows: tuple[_Row, ...]
    unnamed: tuple[int, ...]


def read_table(view: View, lines: Sequence[DayLine], market: str, *, is_csv: bool = False) -> Table:
    """Read the prices of a sheet.

    Args:
        view: Turned so that days run across.
        lines: Of its days.
        market: Whose prices they are.
        is_csv: Whether an unquoted comma may have torn prices apart, so that rows longer than the
            headings cannot be used.

    Raises:
        SourceError: The sheet has no names of commodities, or repeats them in another order.
    """
    blocks = [
        _block(view, line, following)
        for line, following in zip(lines, [*(line.row for line in lines[1:]), len(view.rows)], strict=True)
    ]
    signs = decide_signs(
        (view.rows[row.number][column] for b in blocks for row in b.rows for column in b.line.days), ENOUGH
    )
    quotes: list[Quote] = []
    misread: list[Misread] = []
    for block in blocks:
        _see_names_agree(view, block)
        torn = _torn_rows(view, block) if is_csv else {}
        beside = (*torn.values(), *_unread_columns(view, block), *_unnamed_prices(view, block))
        misread += (Misread(market, None, unread) for unread in beside)
        for row in block.rows:
            if row.number not in torn:
                _read_row(view, block, row, market, signs, quotes, misread)
    return Table(tuple(quotes), tuple(misread), signs.evidence)


# --- what stands where --------------------------------------------------------------------------


def _block(view: View, line: DayLine, following: int) -> _Block:
    heads = {column: _head(view, line, column) for column in range(len(view.rows[0]))}
    candidates = [*range(line.row + 1, following)]
    if view.turned:
        candidates = [*range(line.row), *candidates]
    names = _name_column(view, line, heads, candidates)
    units = _unit_column(view, line, heads, names, candidates)
    rows: list[_Row] = []
    unnamed: list[int] = []
    for number in _rows_of_table(view, line, names, candidates):
        text = view.text(number, names)
        if not text or looks_like_number(text):
            unnamed.append(number)
        elif not _is_no_commodity(view, line, number, text):
            name, unit = split_unit(text)
            rows.append(_Row(number, name, unit_of(view.text(number, units)) if units >= 0 else unit))
    return _Block(line, heads, names, tuple(rows), tuple(unnamed))


def _rows_of_table(view: View, line: DayLine, names: int, candidates: Sequence[int]) -> Iterator[int]:
    """The rows down to the notes and signatures, which begin after the last price with an empty row."""
    last = max((number for number in candidates if _has_price(view, line, number)), default=line.row)
    for number in candidates:
        empty = not any(cell != "" for cell in view.rows[number])
        if number > last and (empty or is_footer(view.text(number, names))):
            return
        yield number


def _is_no_commodity(view: View, line: DayLine, number: int, text: str) -> bool:
    """Whether a row with a text at its head is a group, an average, or a heading."""
    if is_aggregate(text) or (view.turned and is_beside_prices(text)):
        return True
    if _has_price(view, line, number):
        return False
    return is_head(text) or is_footer(text) or not any(view.rows[number][c] != "" for c in line.days)


def _has_price(view: View, line: DayLine, number: int) -> bool:
    return any(looks_like_number(view.rows[number][column]) for column in line.days)


def _head(view: View, line: DayLine, column: int) -> str:
    """The heading of a column: in the line itself or, merged over several rows, just above."""
    if column in line.days:
        return ""
    for row in range(line.row, max(-1, line.row - 1 - _HEAD_ROWS), -1):
        text = view.text(row, column)
        if text and (row == line.row or is_head(text)):
            return text
    return ""


def _name_column(view: View, line: DayLine, heads: dict[int, str], rows: Sequence[int]) -> int:
    """The column before the days in which the names stand: by its heading, else the one with most words.

    Turned, the columns are rows of titles and headings, of which the names' is the fullest.
    """
    words = {column: sum(_is_word(view.text(row, column)) for row in rows) for column in range(line.first)}
    ranked = [(rank, column) for column in words if (rank := name_rank(heads[column])) is not None]
    headed = [column for _, column in sorted(ranked) if words[column]]
    if headed and not view.turned:
        return headed[0]
    beside = [c for c in words if is_unit_head(heads[c]) or (is_beside_prices(heads[c]) and c not in headed)]
    fullest = max(
        (column for column in words if words[column] and column not in beside),
        key=lambda column: (words[column], column if view.turned else -column),
        default=None,
    )
    if fullest is None:
        raise SourceError(
            f"Nama komoditas tidak ditemukan di sebelah tanggal ({view.place(line.row, line.first)}).",
            todo="tulis nama komoditas di sebelah kiri harganya, atau di atasnya.",
        )
    return fullest


def _is_word(text: str) -> bool:
    return bool(text) and not is_unit(text.strip("()[]")) and not looks_like_number(text)


def _unit_column(view: View, line: DayLine, heads: dict[int, str], names: int, rows: Sequence[int]) -> int:
    """The column of units; -1 when there is none."""
    for column in range(line.first):
        if column == names:
            continue
        texts = [text for row in rows if (text := view.text(row, column))]
        if is_unit_head(heads[column]) and texts:
            return column
        if texts and sum(is_unit(text.strip("()[]")) for text in texts) * 5 >= len(texts) * 4:
            return column
    return -1


# --- prices -------------------------------------------------------------------------------------


def _read_row(
    view: View,
    block: _Block,
    row: _Row,
    market: str,
    signs: Signs,
    quotes: list[Quote],
    misread: list[Misread],
) -> None:
    for column, day in block.line.days.items():
        cell = view.rows[row.number][column]
        if isinstance(day, NoDay) or cell == "":
            continue
        place = view.place(row.number, column)
        price = read_price(cell, signs)
        if view.width_of(row.number, column) > 1:
            price = NotANumber("satu sel digabung untuk beberapa tanggal; tulis harga setiap tanggal")
        if isinstance(price, NotANumber):
            message = f"{row.name}, {market}, {day:%d/%m/%Y}: {price.reason}."
            misread.append(Misread(market, day, Unread(place, _shown(cell), message)))
            continue
        quotes.append(Quote("", row.name, row.unit, market, market, day, price, place))


def _shown(cell: Cell) -> str:
    return cell if isinstance(cell, str) else f"{cell:%d/%m/%Y}" if isinstance(cell, date) else f"{cell:f}"


def _unread_columns(view: View, block: _Block) -> Iterator[Unread]:
    """Columns with prices of which no day is known."""
    rows = [row.number for row in block.rows]
    for column, day in block.line.days.items():
        count = _count_prices(view, rows, column)
        if isinstance(day, NoDay) and count:
            yield Unread(
                view.place(block.line.row, column),
                _shown(view.rows[block.line.row][column]),
                f"{day.reason[0].upper()}{day.reason[1:]}; {count} harga di bawahnya tidak diambil.",
            )
    for column in range(block.names + 1, len(view.rows[block.line.row])):
        head = block.heads[column]
        if column in block.line.days or is_beside_prices(head) or is_unit_head(head):
            continue
        count = _count_prices(view, rows, column)
        if count and not _numbers_columns([row[column] for row in view.rows]):
            yield Unread(
                view.place(block.line.row, column),
                head,
                f"Judul kolom atau baris ini bukan tanggal; {count} angka di dalamnya tidak diambil.",
            )


def _count_prices(view: View, rows: Iterable[int], column: int) -> int:
    cells = [view.rows[row][column] for row in rows]
    return sum(looks_like_number(cell) and any(sign.isdigit() for sign in _shown(cell)) for cell in cells)


def _unnamed_prices(view: View, block: _Block) -> Iterator[Unread]:
    for number in block.unnamed:
        if view.turned and any(is_beside_prices(view.text(number, c)) for c in range(block.line.first)):
            continue
        prices = [column for column in block.line.days if _count_prices(view, [number], column)]
        if prices and not _numbers_columns(view.rows[number]):
            yield Unread(
                view.place(number, prices[0]),
                _shown(view.rows[number][prices[0]]),
                f"{len(prices)} harga tanpa nama komoditas tidak diambil.",
            )


def _numbers_columns(row: Sequence[Cell]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3, … as tables of offices have under their heads."""
    numbers = [str(cell).strip("()") for _, cell in filled(row)]
    return numbers == [str(number) for number in range(1, len(numbers) + 1)]


def _torn_rows(view: View, block: _Block) -> dict[int, Unread]:
    """Rows longer than the headings: an unquoted comma inside prices was taken for a separator."""
    width = max(column for column, _ in filled(view.rows[block.line.row]))
    longer = {}
    for row in block.rows:
        last = max(column for column, _ in filled(view.rows[row.number]))
        if last > width:
            longer[row.number] = Unread(
                view.place(row.number, last),
                row.name,
                f"Baris {row.name} lebih panjang daripada judulnya, mungkin karena koma di dalam angka; "
                "seluruh baris tidak diambil.",
            )
    return longer


def _see_names_agree(view: View, block: _Block) -> None:
    """See that names repeated between the days are those of their own rows."""
    last = max(block.line.days)
    for column in range(block.line.first, last):
        if column in block.line.days or is_beside_prices(block.heads[column]):
            continue
        texts = [(row, text) for row in block.rows if (text := view.text(row.number, column))]
        words = [(row, text) for row, text in texts if not looks_like_number(text) and not is_unit(text)]
        if 2 * len(words) < len(block.rows) or len(words) < 2:
            continue
        for row, text in words:
            if split_unit(text)[0].casefold() != row.name.casefold():
                raise SourceError(
                    f"Nama komoditas berulang dengan urutan lain ({view.place(row.number, column)}: "
                    f"{text!r}, padahal {row.name!r}).",
                    todo="taruh setiap tabel pada lembar tersendiri.",
                )
