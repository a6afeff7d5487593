"""Days and prices come out as they were put in, however they are written."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from connectors.prices.sheets.amounts import ENOUGH, read_price
from connectors.prices.sheets.words import split_unit, unit_of
from connectors.sheets.days import NoDay, read_day
from connectors.sheets.numbers import NotANumber, Signs, decide_signs, looks_like_number
from core.dates import MONTHS, format_date
from core.numbers import format_number

DAYS = st.dates(date(2000, 1, 1), date(2099, 12, 31))
PRICES = st.integers(1, 10**9)
CENTS = st.decimals(Decimal("0.01"), Decimal(10**9), places=2)
SIGNS = st.builds(Signs, english=st.booleans(), mixed=st.booleans())


@given(DAYS)
def test_a_day_comes_out_of_every_way_of_writing_it(day: date) -> None:
    for text in (
        format_date(day), f"{day:%d/%m/%Y}", f"{day:%d-%m-%y}", f"{day.day}.{day.month}.{day.year}",
        day.isoformat(),
        f"{day.day}-{MONTHS[day.month - 1][:3]}-{day:%y}", f"Jumat, {format_date(day).upper()}",
    ):  # fmt: skip
        assert read_day(text, None) == day
    assert read_day(day, None) == day


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1900, 2199))
def test_numbers_are_a_day_in_that_order_or_no_day(one: int, two: int, year: int) -> None:
    read = read_day(f"{one:02}/{two:02}/{year}", None)
    assert isinstance(read, NoDay) or (
        read is not None and (read.day, read.month, read.year) == (one, two, year)
    )


@given(st.text(max_size=12))
def test_no_text_is_a_day_or_a_price_by_accident(text: str) -> None:
    day, price = read_day(text, 2023), read_price(text, Signs())
    assert day is None or isinstance(day, date | NoDay)
    if isinstance(price, Decimal):
        assert price > 0
        assert any(sign.isdigit() for sign in text)


@given(CENTS)
def test_a_price_comes_out_of_every_indonesian_way_of_writing_it(price: Decimal) -> None:
    for text in (format_number(price, 2), f"Rp {format_number(price, 2)}", f"rp.{format_number(price, 2)}"):
        assert read_price(text, Signs()) == price
        assert looks_like_number(text)


@given(PRICES)
def test_whole_prices_come_out_too(price: int) -> None:
    for cell in (Decimal(price), str(price), format_number(price), f"Rp{format_number(price)},-"):
        assert read_price(cell, Signs()) == price


@given(PRICES, SIGNS)
def test_an_english_price_is_read_rightly_or_not_at_all(price: int, signs: Signs) -> None:
    read = read_price(f"{price:,}", signs)
    assert isinstance(read, NotANumber) or read == price


@given(st.lists(PRICES.filter(lambda price: price >= 1000), max_size=40))
def test_a_sheet_of_english_prices_decides_for_all_or_for_none(prices: list[int]) -> None:
    signs = decide_signs([f"{price:,}" for price in prices], ENOUGH)
    assert not signs.mixed
    assert signs.english == (len(prices) >= 20 or any(price >= 10**6 for price in prices))


@given(st.lists(PRICES, max_size=40))
def test_an_indonesian_sheet_never_shows_that_the_comma_marks_thousands(prices: list[int]) -> None:
    assert decide_signs([format_number(price, 2) for price in prices], ENOUGH) == Signs()


@given(
    st.text("abcdefg ", min_size=1).map(str.strip).filter(bool), st.sampled_from(("kg", "liter", "370 gr/kl"))
)
def test_a_unit_in_brackets_comes_out_of_every_name(name: str, unit: str) -> None:
    read, read_unit = split_unit(f"{name} ({unit})")
    assert read_unit == unit
    assert name.endswith(read)


@given(st.text(max_size=20))
def test_no_text_is_too_odd_for_names_and_units(text: str) -> None:
    split_unit(text)
    unit_of(text)
