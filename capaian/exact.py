"""Division and roots that are exact enough that no rounding for display can ever be wrong.

A quotient of two figures as offices write them (at most some twenty digits) has either a short
decimal form, kept whole, or an endless one that cannot lie within 10^-50 of a rounding boundary.
"""

from __future__ import annotations

from decimal import Context, Decimal

_CONTEXT = Context(prec=60)
_SETTLED = Context(prec=50)


def ratio(numerator: Decimal, denominator: Decimal) -> Decimal:
    """``numerator / denominator``; the caller has excluded zero."""
    return _CONTEXT.divide(numerator, denominator)


def percent(numerator: Decimal, denominator: Decimal) -> Decimal:
    """``numerator / denominator x 100``; the caller has excluded zero."""
    return _CONTEXT.divide(_CONTEXT.multiply(numerator, Decimal(100)), denominator)


def settled(value: Decimal) -> Decimal:
    """A quotient of quotients without the error that the inner ones' last digit leaves.

    70 / 60 x 100 divided by 400 / 3 is 0,875, and with sixty digits of each 0,87499... with a nine in every
    place, which rounds the other way.
    """
    return _SETTLED.plus(value)


def difference(one: Decimal, other: Decimal) -> Decimal:
    """``one - other``."""
    return _CONTEXT.subtract(one, other)


def total(values: list[Decimal]) -> Decimal:
    """The sum of the values."""
    found = Decimal(0)
    for value in values:
        found = _CONTEXT.add(found, value)
    return found


def mean(values: list[Decimal]) -> Decimal:
    """The arithmetic mean of at least one value."""
    return _CONTEXT.divide(total(values), Decimal(len(values)))


def sqrt_ratio(numerator: int, denominator: int) -> Decimal:
    """The square root of a fraction of whole numbers, right to more than 50 digits.

    Args:
        numerator: Zero or more, of any length.
        denominator: Above zero.
    """
    return _CONTEXT.sqrt(_CONTEXT.divide(Decimal(numerator), Decimal(denominator)))
