"""Figures in formulas are written whole."""

from decimal import Decimal

import pytest

from core.numbers import format_exact


@pytest.mark.parametrize(
    ("value", "written"),
    [("1559.38", "1.559,38"), ("1482.3", "1.482,30"), ("2720.85123", "2.720,85123"), ("26244", "26.244,00")],
)
def test_no_decimal_is_lost_and_two_are_always_there(value: str, written: str):
    assert format_exact(Decimal(value)) == written
