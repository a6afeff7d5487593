"""Prices as whole numbers, whose sums are exact at any length, and quick as long as int64 holds them."""

from __future__ import annotations

from decimal import Context, Decimal, DivisionByZero, Inexact, InvalidOperation, Overflow
from typing import Any

import numpy as np
import pandas as pd

from capaian.exact import ratio

_EXACT = Context(prec=2000, traps=[Inexact, InvalidOperation, DivisionByZero, Overflow])
"""Refuses to round; no price has so many digits."""
LARGEST = 2**63 - 1
"""The largest whole number of an int64; one more becomes negative without a word."""
_HALF = 31
"""Bits of the lower half of an amount, and of an int64 amount's upper one: so many of them add up safely."""


def whole(price: Decimal) -> tuple[int, int]:
    """A price as a whole number and the decimals it is written with: 12,50 is 1250 with two.

    Raises:
        ValueError: It is not above zero: that is no observation, and no price.
    """
    if not price.is_finite() or price <= 0:
        raise ValueError("ada harga nol atau di bawah nol; itu bukan pengamatan")
    numerator, denominator = price.as_integer_ratio()
    decimals = max(-int(price.as_tuple().exponent), 0)
    return numerator * (10**decimals // denominator), decimals


def check_bound(largest: int, terms: int) -> None:
    """Refuse to add up in int64 what may leave it, before it is done.

    Args:
        largest: No term is larger, and none below zero.
        terms: So many of them at most.

    Raises:
        OverflowError: Their sum may be larger than an int64 holds.
    """
    if largest * terms > LARGEST:
        raise OverflowError(f"{terms} bilangan sampai {largest} dapat melampaui int64 bila dijumlahkan")


def sums(amounts: pd.Series[Any], groups: Any) -> list[int]:
    """The exact sum of the amounts of each group, in the order of the groups.

    Args:
        amounts: Zero or more each, int64 or Python's own whole numbers.
        groups: The number of each amount's group, from 0; every number has an amount.
    """
    if amounts.empty:
        return []
    try:
        if amounts.dtype != object:
            check_bound(int(amounts.max()), int(np.bincount(groups).max()))
    except OverflowError:
        lower = sums(amounts % 2**_HALF, groups)
        upper = sums(amounts // 2**_HALF, groups)
        return [(high << _HALF) + low for high, low in zip(upper, lower, strict=True)]
    return list(amounts.groupby(groups, sort=True).sum().tolist())


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
