"""Units as sources write them, and what may be made of a price."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.prices.units import Unit, conversion, parse_unit

KG = Unit(Decimal(1), "mass")
LITER = Unit(Decimal(1), "volume")
EKOR = Unit(Decimal(1), "piece", "ekor")

WRITTEN = {
    "kg": KG,
    "Kg": KG,
    " KG. ": KG,
    "kilo": KG,
    "kilogram": KG,
    "/kg": KG,
    "Rp/kg": KG,
    "Rp. / Kg": KG,
    "per kg": KG,
    "(kg)": KG,
    "1 kg": KG,
    "gr": Unit(Decimal("0.001"), "mass"),
    "g": Unit(Decimal("0.001"), "mass"),
    "gram": Unit(Decimal("0.001"), "mass"),
    "ons": Unit(Decimal("0.1"), "mass"),
    "kwintal": Unit(Decimal(100), "mass"),
    "500 gr": Unit(Decimal("0.5"), "mass"),
    "400gr": Unit(Decimal("0.4"), "mass"),
    "1.000 gr": KG,
    "1/2 kg": Unit(Decimal("0.5"), "mass"),
    "½ kg": Unit(Decimal("0.5"), "mass"),
    "0,25 kg": Unit(Decimal("0.25"), "mass"),
    "0.250 kg": Unit(Decimal("0.25"), "mass"),
    "3Kg": Unit(Decimal(3), "mass"),
    "1 liter": LITER,
    "liter": LITER,
    "lt": LITER,
    "ltr": LITER,
    "l": LITER,
    "370 gr/kl": Unit(Decimal("0.37"), "mass", "kaleng"),
    "400 gr/dos": Unit(Decimal("0.4"), "mass", "dos"),
    "620ml/btl": Unit(Decimal("0.62"), "volume", "botol"),
    "50 kg/zak": Unit(Decimal(50), "mass", "zak"),
    "sak (50 kg)": Unit(Decimal(50), "mass", "zak"),
    "3 kg/tabung": Unit(Decimal(3), "mass", "tabung"),
    "ekor": EKOR,
    "bks": Unit(Decimal(1), "piece", "bungkus"),
    "bungkus": Unit(Decimal(1), "piece", "bungkus"),
    "butir": Unit(Decimal(1), "piece", "butir"),
    "10 butir": Unit(Decimal(10), "piece", "butir"),
    "ikat": Unit(Decimal(1), "piece", "ikat"),
    "sachet": Unit(Decimal(1), "piece", "sachet"),
    "Lembar": Unit(Decimal(1), "piece", "lembar"),
    "Batang": Unit(Decimal(1), "piece", "batang"),
    "tabung": Unit(Decimal(1), "piece", "tabung"),
}


@pytest.mark.parametrize(("text", "unit"), WRITTEN.items())
def test_a_unit_is_read_as_sources_write_it(text: str, unit: Unit) -> None:
    assert parse_unit(text) == unit


NOT_KNOWN = {
    "": "nothing is written",
    "blek": "a tin of no stated size",
    "kl": "a tin or a kiloliter",
    "1½ kg": "not eleven halves",
    "10² kg": "not 102",
    "1/3 kg": "no decimal holds it",
    "0 kg": "a price for nothing",
    "-1 kg": "less than nothing",
    "kg/karung": "how many is not said",
    "1 kg/ekor": "what an ekor weighs is only about",
    "kg liter": "two measures",
    "1.00.0 kg": "no number",
    "Rp 500/kg": "a price, not a unit",
}


@pytest.mark.parametrize("text", NOT_KNOWN, ids=NOT_KNOWN.values())
def test_a_unit_that_cannot_be_told_is_not_guessed(text: str) -> None:
    assert parse_unit(text) is None


def converted(source: str, target: str, density: Decimal | None = None) -> Decimal | None:
    units = parse_unit(source), parse_unit(target)
    assert units[0] is not None
    assert units[1] is not None
    return conversion(units[0], units[1], density)


FACTORS = {
    ("kg", "kg"): Decimal("1"),
    ("500 gr", "kg"): Decimal("2"),
    ("ons", "kg"): Decimal("10"),
    ("kwintal", "kg"): Decimal("0.01"),
    ("620 ml/btl", "620 ml/btl"): Decimal("1"),
    ("400 gr/dos", "kg"): Decimal("2.5"),
    ("400 gr/dos", "400 gr"): Decimal("1"),
    ("400 gr/kl", "370 gr/kl"): Decimal("0.925"),
    ("10 butir", "butir"): Decimal("0.1"),
    ("85 gr/bks", "bungkus"): Decimal("1"),
}


@pytest.mark.parametrize(("source", "target"), FACTORS)
def test_a_price_for_one_unit_becomes_one_for_another(source: str, target: str) -> None:
    assert converted(source, target) == FACTORS[source, target]


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("ekor", "kg"),
        ("kg", "ekor"),
        ("kaleng", "370 gr/kl"),
        ("ikat", "kg"),
        ("butir", "kg"),
        ("dus", "dos"),
    ],
)
def test_what_is_in_a_piece_is_not_guessed(source: str, target: str) -> None:
    assert converted(source, target) is None


def test_oil_by_kg_and_by_liter_do_not_mix() -> None:
    assert converted("kg", "liter") is None
    assert converted("liter", "kg") is None


def test_with_a_stated_density_a_liter_weighs_it() -> None:
    # A liter of 0,8 kg at Rp 16.000 costs Rp 20.000 a kilogram.
    assert converted("liter", "kg", Decimal("0.8")) == Decimal("1.25")
    assert converted("kg", "liter", Decimal("0.8")) == Decimal("0.8")


amounts = st.decimals("0.001", "1000", places=3, allow_nan=False).filter(lambda amount: amount > 0)
measured = st.builds(Unit, amounts, st.sampled_from(["mass", "volume"]), st.sampled_from(["", "kaleng"]))


@given(measured, measured, st.decimals("0.5", "1.5", places=3))
def test_there_and_back_is_where_one_was(source: Unit, target: Unit, density: Decimal) -> None:
    there, back = conversion(source, target, density), conversion(target, source, density)
    assert there is not None
    assert back is not None
    assert abs(there * back - 1) < Decimal("1e-25")
    assert isinstance(there, Decimal)


@given(amounts, st.sampled_from(["kg", "gr", "liter", "ml", "ons"]), st.booleans())
def test_an_amount_written_either_way_is_read_exactly(amount: Decimal, measure: str, comma: bool) -> None:
    plain = f"{amount:f}"
    # "1.250" would be a thousand two hundred and fifty.
    text = plain.replace(".", ",") if comma or amount >= 1 else plain
    read, one = parse_unit(f"{text} {measure}"), parse_unit(measure)
    assert read is not None
    assert one is not None
    assert read.amount == amount * one.amount
    assert read.dimension == one.dimension


@given(st.text(max_size=20))
def test_no_text_makes_the_parser_fail(text: str) -> None:
    unit = parse_unit(text)
    assert unit is None or unit.amount > 0
