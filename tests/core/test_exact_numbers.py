"""Figures in formulas are written whole."""

from decimal import Decimal

import pytest

from core.numbers import format_exact, format_number, format_percent, parse_number


@pytest.mark.parametrize(
    ("value", "written"),
    [("1559.38", "1.559,38"), ("1482.3", "1.482,30"), ("2720.85123", "2.720,85123"), ("26244", "26.244,00")],
)
def test_no_decimal_is_lost_and_two_are_always_there(value: str, written: str):
    assert format_exact(Decimal(value)) == written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("(1.000)", "-1000"), ("( 1.000,50 )", "-1000.50"), ("-1.000", "-1000"), ("−5,1", "-5.1"),
        ("Rp (1.000)", "-1000"), ("(Rp 1.000)", "-1000"), ("+5", "5"), ("-0,00", "0"), ("5,35%", "5.35"),
    ],
)  # fmt: skip
def test_a_number_may_be_below_zero_in_many_ways(text: str, value: str) -> None:
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["(1.000", "12.345)", ")1.000(", "((5))", "(-5)", "--5", "-", "()", "- 5"])
def test_a_bracket_or_sign_too_much_makes_no_number(text: str) -> None:
    with pytest.raises(ValueError, match="bukan angka"):
        parse_number(text)


@pytest.mark.parametrize("value", ["-0", "-0.00", "-0.004", "0.004"])
def test_nothing_is_never_written_with_a_minus(value: str) -> None:
    assert format_number(Decimal(value), 2) == "0,00"
    assert format_percent(Decimal(value)) == "0,00%"
