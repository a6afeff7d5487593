"""The composite keys of ``datacontent``: built from the dimensions, never split.

A key is ``vervar + var + turvar + th + turth`` without any sign between them (bps.md, 1.2), so
``1181`` may be read in several ways; only the dimensions of the same answer say which ways exist.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import product
from typing import Any, NamedTuple

from connectors.bps.labels.marks import read_year
from connectors.bps.labels.text import clean, without_unseen
from core.dates import JAKARTA
from core.errors import ImplausibleFigureError, SourceError
from core.numbers import format_number

MOST_PLACES = 2_000_000
"""Combinations of the dimensions that are looked at; the largest known table of BPS (514 regions, 41
rows, 3 years, 5 parts) has some 320.000."""
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_EMPTY = {"", "-", "–", "...", "…", "na", "n/a", "null"}
_PLAUSIBLE_YEARS = range(1990, 2200)
_ID = re.compile(r"[0-9]{1,12}")
_LARGEST_ID = 10**12
_LARGEST = 18
_MOST_DIGITS = 26
"""Signs of a number; with more of them sums would no longer be exact, and no statistic has them."""
_LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True)
class Item:
    """One value of a dimension: its id as keys write it, and its label as people read it."""

    val: str
    label: str


class Cell(NamedTuple):
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
        ImplausibleFigureError: A key fits two places of the table, or the dimensions make more than
            :data:`MOST_PLACES` of them.
    """
    variable = _first_variable(payload)
    content = payload.get("datacontent")
    if not isinstance(content, dict):
        raise _shape("datacontent")
    vervar, turvar = _items(payload, "vervar"), _items(payload, "turvar")
    years, turth = _items(payload, "tahun"), _items(payload, "turtahun")
    var = _id_text(variable.get("val"), "var")
    _check_size(clean(variable.get("label", "")), (vervar, turvar, years, turth))
    seen: set[str] = set()
    cells, unreadable = [], []
    for row, column in product(vervar, turvar):
        start = row.val + var + column.val
        for year, part in product(years, turth):
            key = start + year.val + part.val
            if key not in content:
                continue
            if key in seen:
                places = [p for p in product(vervar, turvar, years, turth) if _key(p, var) == key]
                raise _ambiguous(clean(variable.get("label", "")), key, places[0], places[1])
            seen.add(key)
            value = _number(content[key])
            if value is None:
                unreadable.append(key)
            elif value is not _NOTHING:
                cells.append(Cell(row, column, year, part, value))
    return DynamicTable(
        var_id=int(var),
        title=clean(variable.get("label", "")),
        unit=clean(variable.get("unit", "")),
        note=without_unseen(str(variable.get("note") or "")),
        last_update=_moment(payload.get("last_update")),
        vervar=vervar,
        turvar=turvar,
        years=years,
        turth=turth,
        cells=tuple(cells),
        unmatched=tuple(key for key in content if key not in seen),
        unreadable=tuple(unreadable),
    )


def year_of(item: Item, title: str) -> tuple[int, str]:
    """The year of a column and the status that its label marks: ``2024*``.

    Args:
        item: One of a table's years.
        title: Of the table, for the message.

    Raises:
        SourceError: The label is no year.
        ImplausibleFigureError: Label and number say different years.
    """
    year = read_year(item.label)
    if year is None:
        raise SourceError(
            f"Tabel {title!r} dari BPS memuat tahun yang tidak terbaca: {item.label!r}.",
            todo="angka yang tersimpan tetap dipakai; laporkan kepada pembuat program.",
        )
    if int(item.val) + 1900 != year[0]:
        raise ImplausibleFigureError(
            f"Tabel {title!r} dari BPS menamai tahun {int(item.val) + 1900} sebagai {year[0]}.",
            todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS.",
        )
    return year


_NOTHING = Decimal("NaN")


def _key(place: tuple[Item, Item, Item, Item], var: str) -> str:
    row, column, year, part = place
    return row.val + var + column.val + year.val + part.val


def _number(value: object) -> Decimal | None:
    """The number, ``_NOTHING`` for a sign that says there is none, None for anything else."""
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, int):
        return None if isinstance(value, bool) else _plain(Decimal(value))
    if value is None:
        return _NOTHING
    if not isinstance(value, str):
        return None
    text = value.strip()
    if text.lower() in _EMPTY:
        return _NOTHING
    # Text with a comma could be thousands or decimals; only what has one meaning is read.
    return _plain(Decimal(text)) if len(text) <= _LONGEST_TEXT and _NUMBER.fullmatch(text) else None


def _plain(number: Decimal) -> Decimal | None:
    """A number of a size and with as many digits as statistics have."""
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST:
        return None
    return number if len(str(number)) <= _MOST_DIGITS else None


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
    if isinstance(value, int) and not isinstance(value, bool) and value < _LARGEST_ID:
        value = str(value)
    if isinstance(value, str) and _ID.fullmatch(value.strip()):
        return value.strip()
    raise _shape(name)


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.strptime(str(value), "%Y-%m-%d %H:%M:%S").replace(tzinfo=JAKARTA)
    except ValueError:
        return None
    return moment if moment.year in _PLAUSIBLE_YEARS else None


def _shape(name: str) -> SourceError:
    return SourceError(
        f"Tabel dari BPS tidak berbentuk seperti biasanya: bagian {name!r} tidak ada atau lain.",
        todo="angka yang tersimpan tetap dipakai; bila terus terjadi, laporkan kepada pembuat program.",
    )


def _check_size(title: str, dimensions: tuple[tuple[Item, ...], ...]) -> None:
    places = math.prod(len(items) for items in dimensions)
    if places > MOST_PLACES:
        sizes = " x ".join(format_number(len(items)) for items in dimensions)
        raise ImplausibleFigureError(
            f"Tabel {title!r} dari BPS menyebut {sizes} = {format_number(places)} tempat angka, lebih dari "
            f"batas {format_number(MOST_PLACES)}; tabel sebesar itu tidak dibaca.",
            todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS.",
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
