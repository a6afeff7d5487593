"""The rows of a dynamic table: which category or sub-category each of them is, with proof and doubts.

A row's label alone says what it is. Two labels that changed places would go unseen by any sum, so the
numbers of the rows are looked at too: BPS numbers them in the order of its list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from connectors.bps import labels
from connectors.bps.dynamic.decode import DynamicTable, Item
from connectors.bps.labels.industries import TOTAL, TOTAL_NONMIGAS, order_of
from core.errors import ImplausibleFigureError

MOST_EXCHANGED = 6
"""Rows out of their order, three exchanges, up to which labels are held to be exchanged."""
_ADVICE = "angka yang tersimpan tetap dipakai; laporkan tulisan kategori itu kepada pembuat program."


@dataclass(frozen=True)
class Rows:
    """What the rows of a table are.

    Attributes:
        codes: By row; empty for a row that is no figure of ours.
        by_context: Codes of sub-categories that only the row before them tells.
        exchanged: The labels of rows whose numbers stand in each other's place; else none.
        remarks: What is odd, in Indonesian.
    """

    codes: Mapping[Item, str]
    by_context: frozenset[str]
    exchanged: tuple[str, ...]
    remarks: tuple[str, ...]


def read_rows(title: str, parts: Sequence[DynamicTable]) -> Rows:
    """Tell what every row of a table is, whose answers may be several.

    Raises:
        ImplausibleFigureError: A category is unknown, or a row is another one in another answer.
    """
    codes: dict[Item, str] = {}
    by_number: dict[str, str] = {}
    by_context: set[str] = set()
    exchanged: tuple[str, ...] = ()
    remarks: dict[str, None] = {}
    for part in parts:
        found = _codes_of(title, part.vervar, by_context, remarks)
        for item, code in found.items():
            if code and by_number.setdefault(item.val, code) != code:
                raise ImplausibleFigureError(
                    f"Tabel {title!r} dari BPS menamai baris {item.val} {item.label!r}, padahal pada jawaban "
                    "sebelumnya baris itu kategori lain.",
                    todo="angka yang tersimpan tetap dipakai; periksa tabel itu di laman BPS.",
                )
        codes.update(found)
        exchanged = exchanged or _exchanged(found)
    return Rows(codes, frozenset(by_context), exchanged, tuple(remarks))


def _codes_of(
    title: str, items: Sequence[Item], by_context: set[str], remarks: dict[str, None]
) -> dict[Item, str]:
    found: dict[Item, str] = {}
    categories = labels.read_categories(item.label for item in items)
    times = Counter(c.code for c in categories if c and c.is_subcategory and c.code)
    for item, category in zip(items, categories, strict=True):
        if category is None:
            raise ImplausibleFigureError(
                f"Tabel {title!r} dari BPS memuat kategori yang tidak dikenal: {item.label!r}.", todo=_ADVICE
            )
        code = category.code
        if category.slip:
            remarks[f"Tulisan {item.label!r} dibaca sebagai {category.slip!r} ({code})."] = None
        if category.is_subcategory and (not code or times[code] > 1):
            why = "tertulis lebih dari sekali" if code else "tidak dikenal"
            remarks[f"Subkategori {item.label!r} {why}, jadi tidak dipakai."] = None
            code = ""
        if category.by_context and code:
            by_context.add(code)
        found[item] = code
    return found


def _exchanged(codes: Mapping[Item, str]) -> tuple[str, ...]:
    """The labels of a few rows that do not stand in BPS's order while all others do.

    A row that was added later moves all rows behind it, and a table numbered in quite another way tells
    nothing; only exchanged labels leave few rows in the wrong place. Which of the two totals comes first
    differs between tables.
    """
    rows = sorted(((item, code) for item, code in codes.items() if code), key=lambda row: int(row[0].val))
    numbered = [order_of(code) for _, code in rows]
    pairs = zip(rows, numbered, sorted(numbered), strict=True)
    wrong = [row for row, place, right in pairs if place != right]
    if len(wrong) > MOST_EXCHANGED or all(code in (TOTAL, TOTAL_NONMIGAS) for _, code in wrong):
        return ()
    return tuple(item.label for item, _ in wrong)
