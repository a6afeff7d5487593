"""What stands in one cell: how an entry is written into it, and how it is read back."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from capaian.values import Bound, Quantity, Range, Value
from core.dates import MONTHS
from core.numbers import format_number

Cell = str | Decimal | date
"""Text (empty where nothing stands), an exact number, or a day; one shown in per cent is text, ``7%``."""
Shown = str | int | Decimal | date | None
"""What is written into a cell."""

_MOST_DIGITS = 15
"""Of a number in Excel; it writes zeros for the others."""
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_WORDS = re.compile(r"(\d{1,2}) ([A-Za-z]+) (\d{4})")
_PIN = re.compile(r"([a-z]+)\s*:\s*(\d+)")


class Kind(StrEnum):
    """What a cell holds."""

    TEXT = "text"
    WHOLE = "whole"
    VALUE = "value"
    AMOUNT = "amount"
    PERCENT = "percent"
    NUMBERS = "numbers"
    LINES = "lines"
    PINS = "pins"
    DAY = "day"


@dataclass(frozen=True)
class Column:
    """A column of a table, or a cell of a form's line.

    Attributes:
        field: Of the entry, dotted where it stands deeper (``bps.table``); empty where the cell is the entry.
        heading: What stands above it.
        note: What is told about it.
        choices: The words of its drop-down, and what each means.
        open_choice: Whether other words may be written as well.
        unless: Of a required one: the fields of which any, filled, lets all such columns of the row be empty.
        added: Whether workbooks of older versions lack it; to them it is empty.
        example: Of the row that shows how.
    """

    field: str
    heading: str
    note: str = ""
    kind: Kind = Kind.TEXT
    choices: Mapping[str, Any] = dataclasses.field(default_factory=dict)
    open_choice: bool = False
    width: int = 16
    required: bool = False
    unless: tuple[str, ...] = ()
    added: bool = False
    example: str = ""


def shown(column: Column, raw: Any) -> Shown:
    """What a cell shows of an entry's field."""
    if raw is None or raw in ("", [], {}):
        return None
    if column.choices:
        return next((word for word, meant in column.choices.items() if meant == raw), raw)
    if written := _WRITERS.get(column.kind):
        return written(raw)
    return raw if isinstance(raw, (int, date)) else str(raw)


def _amount(raw: Decimal) -> Shown:
    return raw if len(raw.as_tuple().digits) <= _MOST_DIGITS else format_number(raw, 2, trim=True)


def value_text(value: Value | None, unit: str | None = None) -> str | None:
    """A target or realisasi as a person writes it, exact; plain where its indicator states the unit."""
    if isinstance(value, Quantity):
        return _number_text(value.amount) + ("" if unit else _unit_text(value.unit))
    if isinstance(value, Range):
        bounds = f"{_number_text(value.low)}-{_number_text(value.high)}"
        return bounds + ("" if unit else _unit_text(value.unit))
    if isinstance(value, Bound) and value.figure is not None:
        return f"{value.relation.value} {value_text(value.figure)}"
    return None if value is None else str(value)


def _unit_text(unit: str) -> str:
    return unit if unit == "%" else f" {unit}" if unit else ""


def _number_text(number: Decimal) -> str:
    """With thousands points and all decimals; a fourth one, so that three do not look like thousands."""
    places = max(0, -int(number.as_tuple().exponent))
    return format_number(number, 4 if places == 3 else places)


def plain_text(number: Decimal) -> str:
    """A number that Excel holds, exact and unmistakable in the office's own writing: ``202955``, ``14,8``."""
    text = format(number, "f").replace(".", ",")
    return f"{text}0" if len(text.partition(",")[2]) == 3 else text


def percent_text(number: Decimal) -> str:
    """A number that Excel shows in per cent: ``0.07`` is ``7%``."""
    hundredfold = number.scaleb(2).normalize()
    return f"{plain_text(hundredfold)}%"


def read_cell(column: Column, cell: Cell) -> Any:
    """Take an entry's field out of a cell; None where nothing stands in it.

    Raises:
        ValueError: The cell holds something else; the message says so in Indonesian, without the cell's name.
    """
    if isinstance(cell, str):
        cell = cell.replace("\r\n", "\n").strip()
        if not cell:
            return None
        if cell.startswith("="):
            raise ValueError("berisi rumus, bukan isinya; salin lalu tempel nilainya saja")
    if column.choices:
        return _choice(column, cell)
    return _READERS[column.kind](cell)


def _choice(column: Column, cell: Cell) -> Any:
    text = _text(cell)
    found = {word.casefold(): meant for word, meant in column.choices.items()}
    if text.casefold() in found:
        return found[text.casefold()]
    if column.open_choice:
        return text
    raise ValueError(f"berisi '{text}'; pilih salah satu dari {', '.join(column.choices)}")


def _text(cell: Cell) -> str:
    if isinstance(cell, date):
        raise ValueError("berisi tanggal, seharusnya teks; ubah format selnya menjadi Teks, lalu tulis ulang")
    if isinstance(cell, Decimal):
        if cell != cell.to_integral_value():
            raise ValueError(
                f"berisi bilangan pecahan {plain_text(cell)}, seharusnya teks; ubah format selnya menjadi "
                "Teks, lalu tulis ulang"
            )
        if len(format(cell, "f").lstrip("-")) > _MOST_DIGITS:
            raise ValueError(
                "berisi bilangan yang terlalu panjang untuk Excel, angka belakangnya hilang; ubah format "
                "selnya menjadi Teks, lalu tulis ulang"
            )
        return format(cell.to_integral_value(), "f")
    return cell


def _whole(cell: Cell) -> int:
    text = _text(cell)
    if not re.fullmatch(r"\d{1,9}", text):
        raise ValueError(f"berisi '{text}', harus bilangan bulat")
    return int(text)


def _value(cell: Cell) -> str:
    if isinstance(cell, date):
        raise ValueError(
            "berisi tanggal; Excel mengubah tulisan seperti 5-6 menjadi tanggal. Ubah format selnya menjadi "
            "Teks, lalu tulis ulang"
        )
    return plain_text(cell) if isinstance(cell, Decimal) else cell


def _numbers(cell: Cell) -> list[int]:
    parts = [part for part in re.split(r"[;,\s]+", _text(cell)) if part]
    if not all(re.fullmatch(r"\d{1,4}", part) for part in parts):
        raise ValueError(f"berisi '{cell}'; tulis nomor-nomornya, misalnya 6; 7")
    return list(map(int, parts))


def _lines(cell: Cell) -> list[str]:
    return [line.strip() for line in _text(cell).split("\n") if line.strip()]


def _pins(cell: Cell) -> dict[str, int]:
    found = [(line, _PIN.fullmatch(line)) for line in _lines(cell)]
    for line, match in found:
        if match is None:
            raise ValueError(f"berisi '{line}'; tulis misalnya adhb: 123")
    return {match[1]: int(match[2]) for _, match in found if match}


def _day(cell: Cell) -> date:
    if isinstance(cell, date):
        return cell
    text = _text(cell)
    try:
        if match := _ISO.fullmatch(text):
            return date(int(match[1]), int(match[2]), int(match[3]))
        if (match := _WORDS.fullmatch(text)) and match[2].capitalize() in MONTHS:
            return date(int(match[3]), MONTHS.index(match[2].capitalize()) + 1, int(match[1]))
    except ValueError:
        pass
    raise ValueError(f"berisi '{text}', harus tanggal; tulis misalnya 2 November 2023")


_WRITERS: dict[Kind, Callable[[Any], Shown]] = {
    Kind.PERCENT: _number_text,
    Kind.AMOUNT: _amount,
    Kind.NUMBERS: lambda raw: "; ".join(map(str, raw)),
    Kind.LINES: "\n".join,
    Kind.PINS: lambda raw: "\n".join(f"{name}: {number}" for name, number in raw.items()),
}
_READERS: dict[Kind, Callable[[Cell], Any]] = {
    Kind.TEXT: _text,
    Kind.WHOLE: _whole,
    Kind.VALUE: _value,
    Kind.AMOUNT: _value,
    Kind.PERCENT: _value,
    Kind.NUMBERS: _numbers,
    Kind.LINES: _lines,
    Kind.PINS: _pins,
    Kind.DAY: _day,
}
