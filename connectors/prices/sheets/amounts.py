"""Prices in cells: numbers above zero; a dash or a zero says that there was none."""

from __future__ import annotations

from decimal import Decimal

from connectors.sheets.numbers import WORDS, NotANumber, Signs, read_number
from connectors.sheets.reader import Cell

ENOUGH = 20
"""Prices of the form ``12,500``, and no other, that show without more that the comma marks thousands:
rupiah are not counted in thousandths."""
_NO_PRICE = NotANumber("bukan harga; tulis angka saja, atau tanda '-' bila tidak ada harga")
_BELOW_ZERO = NotANumber("harga di bawah nol")


def read_price(cell: Cell, signs: Signs) -> Decimal | NotANumber | None:
    """The price of a cell, in rupiah.

    Args:
        cell: As it stands.
        signs: Of its sheet.

    Returns:
        None where nothing, a dash or a zero stands, which is no observation.
    """
    value = read_number(cell, signs)
    if value is WORDS:
        return _NO_PRICE
    if isinstance(value, Decimal) and value < 0:
        return _BELOW_ZERO
    return value or None
