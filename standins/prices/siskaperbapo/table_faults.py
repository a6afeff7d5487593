"""Misbehaviour inside the table of a day: other columns, other names, prices that are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from standins.misbehaving import registering
from standins.prices.siskaperbapo.pages import FIELDS, HEADINGS, Page, Row

SPOILED = "2"
"""Beras Premium, whose row most faults spoil."""

TableFault = Callable[[Page], Page]


def _each(change: Callable[[Row], Row]) -> TableFault:
    """Every commodity spoiled."""
    return lambda page: replace(page, rows=tuple(change(r) if r.is_commodity else r for r in page.rows))


def _one(change: Callable[[Row], Row]) -> TableFault:
    """One commodity spoiled."""
    return _each(lambda row: change(row) if row.item == SPOILED else row)


def _beside(**values: str) -> TableFault:
    """Another row below the spoiled one, which differs by these values."""

    def spoil(page: Page) -> Page:
        rows: list[Row] = []
        for row in page.rows:
            rows += [row, replace(row, **values)] if row.item == SPOILED else [row]
        return replace(page, rows=tuple(rows))

    return spoil


def _with(**values: str) -> Callable[[Row], Row]:
    return lambda row: replace(row, **values)


TABLE_FAULTS: dict[str, TableFault] = {
    "no_rows": lambda page: replace(page, rows=()),
    "name_drift": _one(_with(name="Beras Premium (Lokal)")),
    # An id with another commodity's name.
    "id_drift": _one(_with(name="Gula Kristal Putih")),
    "no_ids": _each(_with(item="")),
    "unknown_commodity": _beside(item="999", name="Beras Contoh Baru"),
    "unknown_unit": _one(_with(unit="gantang")),
    "no_unit": _one(_with(unit="")),
    # A price with neither id nor unit.
    "lost_row_marks": _one(_with(unit="", item="")),
    "zero_prices": _each(_with(now="0")),
    "dashes": _each(_with(now="-")),
    # A price typed in thousands: 12,51 for 12.508.
    "thousandfold": _one(_with(now="12,51")),
    "comma_for_thousands": _one(lambda row: replace(row, now=row.now.replace(".", ","))),
    "garbage_price": _one(_with(now="12.50x")),
    "decimal_comma": _one(_with(now="12.506,50")),
    "duplicate_row": _beside(),
    "contradicting_row": _beside(now="15.000"),
    "double_escaped": _one(
        lambda row: replace(row, name="Beras&amp;nbsp;Premium", now=f"&amp;nbsp;{row.now}")
    ),
    "yesterday_repeated": _each(lambda row: replace(row, now=row.before, change="0", percent="0,00%")),
    # Cells are missing at the end of all rows, not in the headings.
    "short_row": lambda page: replace(page, fields=FIELDS[:4]),
    # A week's mean in place of the day's price.
    "wrong_columns": lambda page: replace(
        page, headings=tuple(h.replace("Harga Sekarang", "Rata-Rata Sepekan") for h in HEADINGS)
    ),
    "extra_column": lambda page: replace(page, headings=("HET", *HEADINGS), fields=("9.999", *FIELDS)),
}
fault = registering(TABLE_FAULTS)


@fault("two_price_columns")
def _two_price_columns(page: Page) -> Page:
    headings = (*HEADINGS[:5], "Harga Sekarang (Grosir)", *HEADINGS[5:])
    return replace(page, headings=headings, fields=(*FIELDS[:5], "9.999", *FIELDS[5:]))


@fault("reordered_columns")
def _reordered_columns(page: Page) -> Page:
    order = (0, 2, 1, 4, 3, 6, 5)
    return replace(page, headings=tuple(HEADINGS[i] for i in order), fields=tuple(FIELDS[i] for i in order))
