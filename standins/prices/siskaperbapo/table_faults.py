"""Misbehaviour inside the table of a day: other columns, other names, prices that are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from standins.misbehaving import registering
from standins.prices.siskaperbapo.pages import FIELDS, HEADINGS, Page, Row

SPOILED = "2"
"""Beras Premium, whose row most faults spoil."""

TableFault = Callable[[Page], Page]
TABLE_FAULTS: dict[str, TableFault] = {}


fault = registering(TABLE_FAULTS)


def _each(page: Page, change: Callable[[Row], Row]) -> Page:
    return replace(page, rows=tuple(change(row) if row.is_commodity else row for row in page.rows))


def _one(page: Page, change: Callable[[Row], Row]) -> Page:
    return _each(page, lambda row: change(row) if row.item == SPOILED else row)


def _beside(page: Page, made: Callable[[Row], Row]) -> Page:
    """Another row below the spoiled one."""
    rows: list[Row] = []
    for row in page.rows:
        rows += [row, made(row)] if row.item == SPOILED else [row]
    return replace(page, rows=tuple(rows))


@fault("no_rows")
def _no_rows(page: Page) -> Page:
    return replace(page, rows=())


@fault("wrong_columns")
def _wrong_columns(page: Page) -> Page:
    """A week's mean in place of the day's price."""
    return replace(page, headings=tuple(h.replace("Harga Sekarang", "Rata-Rata Sepekan") for h in HEADINGS))


@fault("two_price_columns")
def _two_price_columns(page: Page) -> Page:
    headings = (*HEADINGS[:5], "Harga Sekarang (Grosir)", *HEADINGS[5:])
    return replace(page, headings=headings, fields=(*FIELDS[:5], "9.999", *FIELDS[5:]))


@fault("reordered_columns")
def _reordered_columns(page: Page) -> Page:
    order = (0, 2, 1, 4, 3, 6, 5)
    return replace(page, headings=tuple(HEADINGS[i] for i in order), fields=tuple(FIELDS[i] for i in order))


@fault("extra_column")
def _extra_column(page: Page) -> Page:
    return replace(page, headings=("HET", *HEADINGS), fields=("9.999", *FIELDS))


@fault("name_drift")
def _name_drift(page: Page) -> Page:
    return _one(page, lambda row: replace(row, name="Beras Premium (Lokal)"))


@fault("id_drift")
def _id_drift(page: Page) -> Page:
    """An id with another commodity's name."""
    return _one(page, lambda row: replace(row, name="Gula Kristal Putih"))


@fault("no_ids")
def _no_ids(page: Page) -> Page:
    return _each(page, lambda row: replace(row, item=""))


@fault("unknown_commodity")
def _unknown_commodity(page: Page) -> Page:
    return _beside(page, lambda row: replace(row, item="999", name="Beras Contoh Baru"))


@fault("unknown_unit")
def _unknown_unit(page: Page) -> Page:
    return _one(page, lambda row: replace(row, unit="gantang"))


@fault("no_unit")
def _no_unit(page: Page) -> Page:
    return _one(page, lambda row: replace(row, unit=""))


@fault("lost_row_marks")
def _lost_row_marks(page: Page) -> Page:
    """A price with neither id nor unit."""
    return _one(page, lambda row: replace(row, unit="", item=""))


@fault("zero_prices")
def _zero_prices(page: Page) -> Page:
    return _each(page, lambda row: replace(row, now="0"))


@fault("dashes")
def _dashes(page: Page) -> Page:
    return _each(page, lambda row: replace(row, now="-"))


@fault("thousandfold")
def _thousandfold(page: Page) -> Page:
    """A price typed in thousands: 12,51 for 12.508."""
    return _one(page, lambda row: replace(row, now="12,51"))


@fault("comma_for_thousands")
def _comma_for_thousands(page: Page) -> Page:
    return _one(page, lambda row: replace(row, now=row.now.replace(".", ",")))


@fault("garbage_price")
def _garbage_price(page: Page) -> Page:
    return _one(page, lambda row: replace(row, now="12.50x"))


@fault("decimal_comma")
def _decimal_comma(page: Page) -> Page:
    return _one(page, lambda row: replace(row, now="12.506,50"))


@fault("duplicate_row")
def _duplicate_row(page: Page) -> Page:
    return _beside(page, lambda row: row)


@fault("contradicting_row")
def _contradicting_row(page: Page) -> Page:
    return _beside(page, lambda row: replace(row, now="15.000"))


@fault("double_escaped")
def _double_escaped(page: Page) -> Page:
    return _one(page, lambda row: replace(row, name="Beras&amp;nbsp;Premium", now=f"&amp;nbsp;{row.now}"))


@fault("yesterday_repeated")
def _yesterday_repeated(page: Page) -> Page:
    return _each(page, lambda row: replace(row, now=row.before, change="0", percent="0,00%"))


@fault("short_row")
def _short_row(page: Page) -> Page:
    """Cells are missing at the end of all rows, not in the headings."""
    return replace(page, fields=FIELDS[:4])
