"""The rows of Siskaperbapo's table of a day: commodities, headings, and what cannot be read.

Columns are found by their headings. A row with neither a commodity's id nor a unit is a heading: with
a number it opens a group (``01 BERAS``), without one it is a sub-heading inside it (``Kental Manis``).
Names stay as the site writes them: in the group of salt they are ``Bata`` and ``Halus``.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from connectors.prices.quotes import Unread
from core.errors import SourceError

MAX_SPAN = 20
_NOTHING = frozenset({"", "-", "--", "–", "—"})
_ZERO = re.compile(r"0+(?:,0+)?")
_PRICE = re.compile(r"(?:[1-9]\d{0,2}(?:\.\d{3}){1,3}|[1-9]\d{0,11})(?:,\d{1,12})?")
_EITHER = re.compile(r"\d{1,3},\d{3}")
"""``12,508`` is twelve and a half in Indonesian and twelve thousand in English."""
_LIST_MARK = re.compile(r"^[-–—•\s]+")
_REPORT = "laporkan kepada pembuat program; harga yang tersimpan tetap dipakai."


class PriceRow(NamedTuple):
    """One commodity of the table.

    Attributes:
        group: The heading above, ``BERAS``; empty for a commodity that stands for itself.
        item: The site's id of the commodity; empty where it gives none.
        name: As written, without the mark of the list before it.
        unit: As written.
        price: Of the day asked; None where there is a dash, a zero or nothing.
        before: Of the day before, as this table says it; None likewise, and where it cannot be read.
        place: ``baris 12``, counted below the headings of the columns.
    """

    group: str
    item: str
    name: str
    unit: str
    price: Decimal | None
    before: Decimal | None
    place: str


@dataclass(frozen=True)
class PriceTable:
    """What a table says.

    Attributes:
        unread: Rows that were set aside and why.
        illustrative: Whether a stand-in says that it invented the prices.
    """

    rows: tuple[PriceRow, ...]
    unread: tuple[Unread, ...]
    illustrative: bool


class Cell(NamedTuple):
    """A cell: its text, and the id and the text of the commodity marked in it."""

    text: str
    item: str = ""
    label: str = ""


class Columns(NamedTuple):
    """Where the columns are; None for those that a table may lack."""

    name: int
    unit: int
    price: int
    before: int | None
    number: int | None


def find_columns(headings: Sequence[str]) -> Columns | None:
    """Where the columns stand in a row of headings; None when it is no such row.

    Raises:
        SourceError: It is one, but a column is missing or there twice.
    """
    texts = [text.lower() for text in headings]
    found = {
        "name": [i for i, text in enumerate(texts) if text.startswith("nama")],
        "unit": [i for i, text in enumerate(texts) if text.startswith("satuan")],
        "price": [i for i, text in enumerate(texts) if "sekarang" in text],
        "before": [i for i, text in enumerate(texts) if "kemarin" in text],
        "number": [i for i, text in enumerate(texts) if text in ("no", "no.", "nomor")],
    }
    if not (found["name"] and (found["unit"] or found["price"])):
        return None
    if any(len(places) > 1 for places in found.values()) or not (found["unit"] and found["price"]):
        raise SourceError(
            f"Kolom tabel Siskaperbapo tidak dikenal: {', '.join(filter(None, headings))}. Yang diharapkan: "
            "No, Nama Bahan Pokok, Satuan, Harga Kemarin, Harga Sekarang, masing-masing satu.",
            todo=_REPORT,
        )
    first = {column: places[0] if places else None for column, places in found.items()}
    return Columns(
        name=found["name"][0],
        unit=found["unit"][0],
        price=found["price"][0],
        before=first["before"],
        number=first["number"],
    )


def interpret(columns: Columns, rows: Sequence[Sequence[Cell]], illustrative: bool) -> PriceTable:
    """Make the rows below the headings into commodities and what could not be read.

    Args:
        columns: By :func:`find_columns`.
        rows: The cells of each row, a cell over several columns followed by empty ones.
        illustrative: Of the whole table.
    """
    read: list[PriceRow] = []
    unread: list[Unread] = []
    group = ""
    for number, cells in enumerate(rows, start=1):
        place = f"baris {number}"
        heading = _is_heading(columns, cells)
        if _is_numbered(columns, cells):
            group = _text(cells, columns.name) if heading else ""
        if heading:
            unread += _price_of_heading(columns, cells, place)
            continue
        found = _read_row(columns, cells, group, place)
        if isinstance(found, PriceRow):
            read.append(found)
        else:
            unread.append(found)
    kept, twice = _without_doubles(read)
    return PriceTable(tuple(kept), (*unread, *twice), illustrative)


@lru_cache(maxsize=8192)
def read_price(text: str) -> Decimal | None:
    """Read a price as Indonesians write it: ``12.508``, ``12.506,50``.

    Returns:
        None for a dash, a zero or nothing, which are no observation.

    Raises:
        ValueError: It is something else, or could be read in two ways; the message says so.
    """
    if text in _NOTHING or _ZERO.fullmatch(text):
        return None
    if _EITHER.fullmatch(text):
        raise ValueError(f"harga {text!r} dapat berarti dua angka, ribuan atau pecahan")
    if not (text.isascii() and _PRICE.fullmatch(text)):
        raise ValueError(f"harga {text!r} bukan angka; yang diharapkan seperti 12.508 atau 12.506,50")
    return Decimal(text.replace(".", "").replace(",", "."))


def _read_row(columns: Columns, cells: Sequence[Cell], group: str, place: str) -> PriceRow | Unread:
    """A commodity, or why it cannot be read."""
    if len(cells) <= max(columns.name, columns.unit, columns.price):
        shown = " | ".join(cell.text for cell in cells if cell.text)
        return Unread(place, shown, "Baris ini terpotong sebelum kolom nama, satuan, atau harga.")
    named = cells[columns.name]
    name = _LIST_MARK.sub("", named.label or named.text)
    text = cells[columns.price].text
    if not name:
        return Unread(place, text, "Baris ini tidak menyebut nama bahan pokok.")
    try:
        price = read_price(text)
    except ValueError as cause:
        return Unread(place, text, f"{name}: {cause}.")
    try:
        before = read_price(_text(cells, columns.before))
    except ValueError:
        before = None
    return PriceRow(group, named.item, name, cells[columns.unit].text, price, before, place)


def _is_heading(columns: Columns, cells: Sequence[Cell]) -> bool:
    """Whether a row says what follows: it names neither a commodity's id nor a unit."""
    return not _text(cells, columns.unit) and not any(cell.item for cell in cells)


def _price_of_heading(columns: Columns, cells: Sequence[Cell], place: str) -> list[Unread]:
    """A heading has no price; one that has is a commodity that lost its unit and its id."""
    text = _text(cells, columns.price)
    if text in _NOTHING or _ZERO.fullmatch(text):
        return []
    name = _text(cells, columns.name) or "Baris tanpa nama"
    return [Unread(place, text, f"{name}: ada harga, tetapi satuannya tidak disebut.")]


def _is_numbered(columns: Columns, cells: Sequence[Cell]) -> bool:
    return any(map(str.isdigit, _text(cells, columns.number)))


def _text(cells: Sequence[Cell], column: int | None) -> str:
    return "" if column is None or column >= len(cells) else cells[column].text


def _without_doubles(rows: Sequence[PriceRow]) -> tuple[list[PriceRow], list[Unread]]:
    """Each commodity once; one that stands there with two prices has none that can be believed."""
    by_key: dict[tuple[str, str], list[PriceRow]] = defaultdict(list)
    for row in rows:
        by_key[row.item or row.name.lower(), row.unit].append(row)
    if len(by_key) == len(rows):
        return list(rows), []
    kept: list[PriceRow] = []
    aside: list[Unread] = []
    for same in by_key.values():
        agree = len({(row.name, row.price) for row in same}) == 1
        kept += same[:1] if agree else []
        why = (
            f"baris ini sama dengan {same[0].place}; yang pertama dipakai"
            if agree
            else "ada beberapa baris dengan nomor bahan pokok dan satuan yang sama tetapi isinya berbeda; "
            "tidak satu pun dipakai"
        )
        for row in same[1:] if agree else same:
            text = "" if row.price is None else str(row.price)
            aside.append(Unread(row.place, text, f"{row.name}: {why}."))
    return kept, aside


def span(text: str) -> int:
    """How many columns a cell covers; 1 for what is no such number."""
    plain = text.strip()
    if not (plain.isascii() and plain.isdecimal() and len(plain) < 5):
        return 1
    return min(max(int(plain), 1), MAX_SPAN)


def clean(text: str) -> str:
    """Text as a person reads it: what was escaped twice or thrice unescaped, with single spaces."""
    for _ in range(3):
        if "&" not in text:
            break
        text = html.unescape(text)
    return " ".join(text.split())
