"""Prices as whole numbers: sums and sums of squares of them are exact at any length, and quick."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow, localcontext
from itertools import repeat
from operator import mul

from capaian.exact import ratio

_EXACT = Context(prec=2000, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
"""Refuses to round; no price has so many digits."""


def exact_total(prices: Sequence[Decimal]) -> Decimal:
    """The sum of prices, never rounded, with as many digits after the comma as the longest of them."""
    with localcontext(_EXACT):
        return sum(prices, Decimal(0))


def decimals_of(total: Decimal) -> int:
    """How many digits after the comma the prices of an :func:`exact_total` have at most.

    An exact sum keeps the smallest exponent of its terms, so one number answers for all of them.
    """
    exponent = total.as_tuple().exponent
    if not isinstance(exponent, int):
        raise ValueError("ada harga yang bukan bilangan")
    return -exponent


def whole_amounts(prices: Sequence[Decimal], total: Decimal, decimals: int) -> list[int]:
    """The prices times ``10 ** decimals``.

    Args:
        prices: Any number.
        total: Their :func:`exact_total`.
        decimals: At least :func:`decimals_of` the total.

    Raises:
        ValueError: A price is not above zero: that is no observation, and no price.
    """
    own = decimals_of(total)
    with localcontext(_EXACT):
        scale = Decimal(10**own)
        scaled = list(map(mul, prices, repeat(scale))) if own else prices
        # Python hashes a whole number below the modulus to itself, whatever its type (language reference,
        # "Hashing of numeric types"), and hashing a Decimal takes a third of the time of int().
        convert = hash if total * scale < sys.hash_info.modulus else int
    amounts = list(map(convert, scaled))
    if decimals > own:  # one slip with decimals must not make the other series dear
        amounts = list(map(mul, amounts, repeat(10 ** (decimals - own))))
    if amounts and min(amounts) <= 0:
        raise ValueError("ada harga nol atau di bawah nol; itu bukan pengamatan")
    return amounts


def as_price(amount: int, unit: int) -> Decimal:
    """The rupiah of an amount, ``amount / unit``."""
    return ratio(Decimal(amount), Decimal(unit))


def thousandth(price: Decimal) -> Decimal:
    """A thousandth of a price, exactly."""
    return price.scaleb(-3, _EXACT)


def thousandfold(price: Decimal) -> Decimal:
    """A thousand times a price, exactly."""
    return price.scaleb(3, _EXACT)


def at_least(bound: Decimal, decimals: int) -> int:
    """The smallest whole amount that is not below a bound."""
    numerator, denominator = _fraction(bound, decimals)
    return -(-numerator // denominator)


def at_most(bound: Decimal, decimals: int) -> int:
    """The largest whole amount that is not above a bound."""
    numerator, denominator = _fraction(bound, decimals)
    return numerator // denominator


def _fraction(bound: Decimal, decimals: int) -> tuple[int, int]:
    numerator, denominator = bound.as_integer_ratio()
    return numerator * int(10**decimals), denominator
