"""The composite keys of ``datacontent``: built from the dimensions, never split.

A key is ``vervar + var + turvar + th + turth`` without any sign between them (bps.md, 1.2), so
``1181`` may be read in several ways; only the dimensions of the same answer say which ways exist.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from itertools import product
from typing import Any

from connectors.bps.labels import clean
from core.dates import JAKARTA
from core.errors import ImplausibleFigureError, SourceError

_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_EMPTY = {"", "-", "–", "...", "…", "na", "n/a", "null"}
_LARGEST = 18


@dataclass(frozen=True)
class Item:
    """One value of a dimension: its id as keys write it, and its label as people read it."""

    val: str
    label: str


@dataclass(frozen=True)
class Cell:
    """One figure with its place in the table."""

    vervar: Item
    turvar: Item
    year: Item
    turth: Item
    value: Decimal


@dataclass(frozen=True)
class DynamicTable:
    """A dynamic table of BPS with its keys resolved.

    Attributes:
        note: As BPS writes it, HTML and all.
        last_update: Of the whole variable, aware (BPS names no zone; Waktu Indonesia Barat is
            assumed); None when absent or unreadable.
        cells: In the order of the dimensions; a missing cell is absent.
        unmatched: Keys that no combination of the dimensions explains.
        unreadable: Keys whose value is neither a number nor one of the signs for "none".
    """

    var_id: int
    title: str
    unit: str
    note: str
    last_update: datetime | None
    vervar: tuple[Item, ...]
    turvar: tuple[Item, ...]
    years: tuple[Item, ...]
    turth: tuple[Item, ...]
    cells: tuple[Cell, ...]
    unmatched: tuple[str, ...]
    unreadable: tuple[str, ...]


def decode(payload: Mapping[str, Any]) -> DynamicTable:
    """Resolve the keys of an answer to ``model=data``.

    Args:
        payload: The JSON object, its numbers with a point read as Decimal.

    Raises:
        SourceError: A part is missing or has another shape.
        ImplausibleFigureError: A key fits two places of the table.
    """
    variable = _first_variable(payload)
    content = payload.get("datacontent")
    if not isinstance(content, dict):
        raise _shape("datacontent")
    vervar, turvar = _items(payload, "vervar"), _items(payload, "turvar")
    years, turth = _items(payload, "tahun"), _items(payload, "turtahun")
    var = _id_text(variable.get("val"), "var")
    places: dict[str, tuple[Item, Item, Item, Item]] = {}
    for place in product(vervar, turvar, years, turth):
        row, column, year, part = place
        key = row.val + var + column.val + year.val + part.val
        if key in places and key in content:
            raise _ambiguous(clean(variable.get("label", "")), key, places[key], place)
        places[key] = place
    cells, unreadable = [], []
    for key, place in places.items():
        if key not in content:
            continue
        value = _number(content[key])
        if value is None:
            unreadable.append(key)
        elif value is not _NOTHING:
            cells.append(Cell(*place, value))
    return DynamicTable(
        var_id=_var_number(var),
        title=clean(variable.get("label", "")),
        unit=clean(variable.get("unit", "")),
        note=str(variable.get("note") or ""),
        last_update=_moment(payload.get("last_update")),
        vervar=vervar,
        turvar=turvar,
        years=years,
        turth=turth,
        cells=tuple(cells),
        unmatched=tuple(key for key in content if key not in places),
        unreadable=tuple(unreadable),
    )


_NOTHING = Decimal("NaN")


def _number(value: object) -> Decimal | None:
    """The number, ``_NOTHING`` for a sign that says there is none, None for anything else."""
    if value is None or (isinstance(value, str) and value.strip().lower() in _EMPTY):
        return _NOTHING
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        # Text with a comma could be thousands or decimals; only what has one meaning is read.
        if not _NUMBER.fullmatch(value.strip()):
            return None
        value = value.strip()
    if not isinstance(value, int | str | Decimal):
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _LARGEST else None


def _first_variable(payload: Mapping[str, Any]) -> Mapping[str, Any]:
    variables = payload.get("var")
    if isinstance(variables, list) and len(variables) == 1 and isinstance(variables[0], dict):
        return variables[0]
    raise _shape("var")


def _items(payload: Mapping[str, Any], name: str) -> tuple[Item, ...]:
    rows = payload.get(name)
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise _shape(name)
    return tuple(Item(_id_text(row.get("val"), name), clean(row.get("label", ""))) for row in rows)


def _id_text(value: object, name: str) -> str:
    """An id as keys write it; it comes as a number or as text (``turvar`` "0")."""
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str) and value.strip():
        return value.strip()
    raise _shape(name)


def _var_number(text: str) -> int:
    if not text.isdecimal():
        raise _shape("var")
    return int(text)


def _moment(value: object) -> datetime | None:
    try:
        return datetime.strptime(str(value), "%Y-%m-%d %H:%M:%S").replace(tzinfo=JAKARTA)
    except ValueError:
        return None


def _shape(name: str) -> SourceError:
    return SourceError(
        f"Tabel dari BPS tidak berbentuk seperti biasanya: bagian {name!r} tidak ada atau lain.",
        todo="angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
    )


def _ambiguous(
    title: str, key: str, one: tuple[Item, ...], other: tuple[Item, ...]
) -> ImplausibleFigureError:
    def place(items: tuple[Item, ...]) -> str:
        return " / ".join(item.label for item in items)

    return ImplausibleFigureError(
        f"Tabel {title!r} dari BPS memuat kunci {key} yang berarti dua hal: {place(one)} "
        f"atau {place(other)}.",
        todo="angka yang tersimpan tetap dipakai; tanyakan tabel itu kepada BPS.",
    )
