"""The hash by which an answer is known to say nothing new."""

from __future__ import annotations

import copy
import json
import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.bps.canonical import LEFT_OUT, LINKS, canonical_hash
from core.errors import SourceError
from tests.connectors.given.recorded import payload
from tests.given.examples import examples

PDRB = payload("data_0000_var291_th124.json")
BOOKS = payload("publikasi_daftar.json")
RECORDED = [PDRB, BOOKS, payload("ambon_inflasi_var218_full_with_related.json")]

seeds = st.integers(0, 2**32)


def shuffled(value: Any, dice: random.Random) -> Any:
    """The same JSON with the keys of every object in another order."""
    if isinstance(value, dict):
        names = list(value)
        dice.shuffle(names)
        return {name: shuffled(value[name], dice) for name in names}
    return [shuffled(part, dice) for part in value] if isinstance(value, list) else value


def rewrapped(value: Any, dice: random.Random) -> Any:
    """The same thing said again: other tokens, other fields that change by themselves."""
    if isinstance(value, list):
        return [rewrapped(part, dice) for part in value]
    if not isinstance(value, dict):
        return value
    new = {name: rewrapped(part, dice) for name, part in value.items()}
    for name in LEFT_OUT:
        if dice.random() < 0.5:
            new[name] = dice.choice([[], {"1": {"id": dice.random()}}, dice.randrange(9999), None])
        else:
            new.pop(name, None)
    for name in LINKS:
        if isinstance(new.get(name), str):
            new[name] = new[name].partition("?")[0] + f"?f={dice.random()}"
    return new


def places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The places of everything that counts."""
    if isinstance(value, dict):
        return [
            p for name in value if name not in {*LEFT_OUT, *LINKS} for p in places(value[name], (*at, name))
        ]
    if isinstance(value, list):
        return [p for number, part in enumerate(value) for p in places(part, (*at, number))]
    return [at]


def put(value: Any, place: tuple[Any, ...], change: Any) -> Any:
    new = copy.deepcopy(value)
    part = new
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = change(part[place[-1]])
    return new


def other(value: Any) -> Any:
    """Something else in the same place: another figure, another text, nothing instead of something."""
    if isinstance(value, bool) or value is None:
        return "lain"
    if isinstance(value, int | Decimal):
        return value + Decimal("0.01")
    return f"{value}x"


@given(st.sampled_from(RECORDED), seeds)
def test_the_order_of_keys_does_not_count(answer: dict[str, Any], seed: int) -> None:
    assert canonical_hash(shuffled(answer, random.Random(seed))) == canonical_hash(answer)


@given(st.sampled_from(RECORDED), seeds)
def test_what_changes_by_itself_does_not_count(answer: dict[str, Any], seed: int) -> None:
    assert canonical_hash(rewrapped(answer, random.Random(seed))) == canonical_hash(answer)


@examples(200)
@given(st.sampled_from(RECORDED), st.data())
def test_every_figure_label_note_and_date_counts(answer: dict[str, Any], data: st.DataObject) -> None:
    place = data.draw(st.sampled_from(places(answer)))
    assert canonical_hash(put(answer, place, other)) != canonical_hash(answer)


@pytest.mark.parametrize(
    "place",
    [
        ("datacontent", "350029101240"),
        ("last_update",),
        ("var", 0, "note"),
        ("var", 0, "unit"),
        ("vervar", 0, "label"),
        ("tahun", 0, "label"),
    ],
)
def test_the_parts_by_which_a_release_is_known_count(place: tuple[Any, ...]) -> None:
    assert canonical_hash(put(PDRB, place, other)) != canonical_hash(PDRB)


def test_a_vanished_figure_counts() -> None:
    fewer = copy.deepcopy(PDRB)
    del fewer["datacontent"]["350029101240"]
    assert canonical_hash(fewer) != canonical_hash(PDRB)


def test_the_size_of_a_file_counts_and_the_token_of_its_link_does_not() -> None:
    first = BOOKS["data"][1][0]
    assert canonical_hash({**first, "size": "10.43 MB"}) != canonical_hash(first)
    assert canonical_hash({**first, "pdf": first["pdf"] + "lain"}) == canonical_hash(first)
    assert canonical_hash({**first, "pdf": None}) != canonical_hash(first)


@given(
    st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12),
    st.integers(0, 5),
)
def test_a_number_is_the_same_with_more_noughts(number: Decimal, noughts: int) -> None:
    longer = Decimal(f"{number:f}" + "0" * noughts)
    assert canonical_hash({"nilai": longer}) == canonical_hash({"nilai": number})


@given(st.integers(-(10**20), 10**20))
def test_an_id_is_the_same_as_number_and_as_text(number: int) -> None:
    assert canonical_hash({"val": number}) == canonical_hash({"val": str(number)})
    assert canonical_hash({"val": number}) != canonical_hash({"val": number + 1})


@pytest.mark.parametrize(
    ("one", "two"),
    [(Decimal("1.5"), Decimal("1.50")), (100, Decimal("1E+2")), (0, Decimal("-0.00")), (1.5, Decimal("1.5"))],
)
def test_one_value_has_one_hash(one: object, two: object) -> None:
    assert canonical_hash(one) == canonical_hash(two)


@pytest.mark.parametrize(
    ("one", "two"),
    [(None, "null"), (True, "true"), (True, 1), ("1.50", "1.5"), ([1, 2], [2, 1]), ([], {}), ("", None)],
)
def test_different_things_have_different_hashes(one: object, two: object) -> None:
    assert canonical_hash(one) != canonical_hash(two)


def test_a_number_with_a_monstrous_exponent_costs_nothing() -> None:
    huge, larger = (json.loads(text, parse_float=Decimal) for text in ("1e999999998", "1e999999999"))
    assert canonical_hash(huge) == canonical_hash(json.loads("10e999999997", parse_float=Decimal))
    assert canonical_hash(huge) != canonical_hash(larger)


def test_a_bottomless_answer_is_refused() -> None:
    deep: list[Any] = []
    for _ in range(20_000):
        deep = [deep]
    with pytest.raises(SourceError, match="bersarang terlalu dalam"):
        canonical_hash(deep)
