"""Amounts and percentages of budget exports: rupiah to the sen, which Excel keeps as binary fractions."""

from __future__ import annotations

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from connectors.sheets.numbers import NotANumber, Signs, read_number
from connectors.sheets.reader import Cell

_PERCENT = re.compile(r"(-?\d{1,6})(?:[.,](\d+))?\s*%?")
_NEARLY = Decimal("0.000001")


def read_amount(cell: Cell, signs: Signs) -> Decimal | NotANumber | None:
    """The amount of a cell, in rupiah; None where it is empty, zero where a dash stands.

    Args:
        cell: As it stands.
        signs: Of its table.
    """
    return _rounded(cell) if isinstance(cell, Decimal) else read_number(cell, signs)


def read_percent(cell: Cell) -> Decimal | None:
    """A percentage with the decimals that were written; None where there is none to check."""
    if isinstance(cell, Decimal):
        return cell
    if isinstance(cell, date):
        return None
    found = _PERCENT.fullmatch(cell.strip())
    return Decimal(f"{found[1]}.{found[2]}" if found[2] else found[1]) if found else None


def _rounded(number: Decimal) -> Decimal | NotANumber:
    """A number of Excel in sen: what binary fractions leave behind is no amount."""
    if number == number.to_integral_value():
        return number.to_integral_value()
    in_sen = number.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    if abs(number - in_sen) <= _NEARLY:
        return in_sen
    return NotANumber(f"{number} lebih halus daripada sen; bulatkan ke rupiah")
