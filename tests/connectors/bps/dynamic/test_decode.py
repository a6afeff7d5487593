from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.bps.dynamic.decode import decode
from core.errors import ImplausibleFigureError, LkjipError, SourceError
from tests.connectors.given.recorded import payload
from tests.given.examples import examples


def test_a_recorded_table_of_growth() -> None:
    table = decode(payload("data_0000_var291_th124.json"))
    by_region = {cell.vervar.label: cell.value for cell in table.cells}
    assert len(table.cells) == 39
    assert by_region["JAWA TIMUR"] == Decimal("4.93")
    assert by_region["INDONESIA"] == Decimal("5.03")
    assert (table.var_id, table.unit) == (291, "Persen")
    assert table.title.endswith("Harga Konstan 2010 Menurut Provinsi"), "the double space is gone"


def test_last_update_is_read_as_jakarta_time() -> None:
    moment = decode(payload("data_0000_var291_th124.json")).last_update
    assert moment is not None
    assert moment.isoformat() == "2026-02-19 10:27:07+07:00".replace(" ", "T")


def test_keys_in_any_order_with_several_years() -> None:
    table = decode(payload("data_0000_1804.json"))
    value = {(c.vervar.label, c.year.label): c.value for c in table.cells}
    assert value["Menderita dan Mengungsi", "2019"] == 5188077
    assert len(value) == 9


def test_an_absent_month_is_absent_and_not_taken_from_october() -> None:
    """A pattern without an end would read January as 1218012210, which is October."""
    recorded = payload("ambon_inflasi_var218_full_with_related.json")
    del recorded["datacontent"]["121801221"]
    cells = decode(recorded).cells
    months = {c.turth.label: c.value for c in cells if c.vervar.label == "Ambon" and c.year.label == "2022"}
    assert "Januari" not in months
    assert months["Oktober"] == Decimal("4.61")


def test_keys_that_no_dimension_explains_are_listed() -> None:
    recorded = payload("data_31_2023_2024.json")
    recorded["datacontent"]["77777"] = 1
    assert decode(recorded).unmatched == ("77777",)


@pytest.mark.parametrize("sign", [None, "", "-", " ... ", "NA"])
def test_signs_for_nothing_are_no_figure_and_no_zero(sign: object) -> None:
    recorded = payload("data_31_2023_2024.json")
    recorded["datacontent"]["103101230"] = sign
    table = decode(recorded)
    assert len(table.cells) == 17
    assert table.unreadable == ()


@pytest.mark.parametrize(
    "value",
    [
        True, "1.078,61", "2,5", [], {}, "1e5", Decimal("Infinity"), Decimal("NaN"), 10**40,
        Decimal("1E+300"), Decimal("1E-300"), Decimal("1.1234567890123456789012345678901234567890"),
        "9" * 400, "１２", "5*", "(5)",
    ],
)  # fmt: skip
def test_what_is_no_plain_number_is_listed_as_unreadable(value: object) -> None:
    recorded = payload("data_31_2023_2024.json")
    recorded["datacontent"]["103101230"] = value
    assert decode(recorded).unreadable == ("103101230",)


@pytest.mark.parametrize("value", ["-1.13", " 5.35 ", Decimal("1.5E+3"), 3, Decimal("26244.800000000003")])
def test_a_number_with_one_meaning_is_read_exactly(value: object) -> None:
    recorded = payload("data_31_2023_2024.json")
    recorded["datacontent"]["103101230"] = value
    values = {cell.value for cell in decode(recorded).cells}
    assert Decimal(str(value).strip()) in values


@pytest.mark.parametrize("name", ["vervar", "turvar", "tahun", "turtahun", "var"])
@pytest.mark.parametrize("value", [None, True, "", "x", "１２", -1, 1.5, 10**12, "9" * 400, [1]])
def test_an_id_that_no_key_could_be_made_of_is_refused(name: str, value: object) -> None:
    recorded = payload("data_31_2023_2024.json")
    recorded[name][0]["val"] = value
    with pytest.raises(SourceError, match=name):
        decode(recorded)


def test_dimensions_that_promise_billions_of_places_are_refused() -> None:
    recorded = payload("data_31_2023_2024.json")
    for name in ("vervar", "turvar", "tahun", "turtahun"):
        recorded[name] = [{"val": number, "label": str(number)} for number in range(10_000)]
    with pytest.raises(ImplausibleFigureError, match=r"10\.000 x 10\.000 .* batas 2\.000\.000"):
        decode(recorded)


def test_a_last_update_that_no_calendar_takes_is_none() -> None:
    recorded = payload("data_31_2023_2024.json")
    for moment in ("0001-01-01 00:00:00", "9999-12-31 23:59:59", "2024-02-30 00:00:00", None, "kemarin"):
        recorded["last_update"] = moment
        assert decode(recorded).last_update is None


def test_a_key_with_two_meanings_is_refused() -> None:
    """vervar 1 + var 1 + turvar 11 reads like vervar 11 + var 1 + turvar 1 (all "1111")."""
    recorded: dict[str, Any] = {
        "var": [{"val": 1, "label": "Contoh", "unit": "Orang"}],
        "vervar": [{"val": 1, "label": "Satu"}, {"val": 11, "label": "Sebelas"}],
        "turvar": [{"val": "1", "label": "Kolom 1"}, {"val": "11", "label": "Kolom 11"}],
        "tahun": [{"val": 123, "label": "2023"}],
        "turtahun": [{"val": 0, "label": "Tahun"}],
        "datacontent": {"11111230": 5},
    }
    with pytest.raises(ImplausibleFigureError, match=r"berarti dua hal: Satu / Kolom 11.*Sebelas / Kolom 1"):
        decode(recorded)
    recorded["datacontent"] = {"1111230": 5}
    assert [c.value for c in decode(recorded).cells] == [5], "an ambiguity that no key meets does no harm"


@pytest.mark.parametrize("name", ["var", "vervar", "turvar", "tahun", "turtahun", "datacontent"])
def test_a_missing_part_is_named(name: str) -> None:
    recorded = payload("data_31_2023_2024.json")
    for broken in (None, [], "x", [{"label": "tanpa val"}], [1]):
        recorded[name] = broken
        with pytest.raises(SourceError, match=name):
            decode(recorded)


ids = st.integers(1, 99999).map(str)
numbers = st.decimals(-(10**9), 10**9, places=2, allow_nan=False)


@st.composite
def tables(draw: st.DrawFn) -> tuple[dict[str, Any], dict[tuple[str, str, str, str], Decimal]]:
    """A random table: its dimensions, the cells that are there, the keys in random order."""
    rows = draw(st.lists(ids, min_size=1, max_size=6, unique=True))
    columns = draw(st.lists(st.integers(0, 999).map(str), min_size=1, max_size=3, unique=True))
    years = draw(st.lists(st.integers(100, 140).map(str), min_size=1, max_size=3, unique=True))
    parts = draw(st.lists(st.integers(0, 63).map(str), min_size=1, max_size=4, unique=True))
    var = draw(ids)
    places = [(r, c, y, p) for r in rows for c in columns for y in years for p in parts]
    cells = draw(st.dictionaries(st.sampled_from(places), numbers, max_size=len(places)))
    keys = [(f"{r}{var}{c}{y}{p}", value) for (r, c, y, p), value in cells.items()]
    random.Random(draw(st.integers())).shuffle(keys)
    payload = {
        "var": [{"val": int(var), "label": "x", "unit": "y"}],
        "vervar": [{"val": int(r), "label": r} for r in rows],
        "turvar": [{"val": c, "label": c} for c in columns],
        "tahun": [{"val": int(y), "label": y} for y in years],
        "turtahun": [{"val": int(p), "label": p} for p in parts],
        "datacontent": dict(keys),
    }
    return payload, cells


@examples(300)
@given(tables())
def test_decoding_gives_back_exactly_the_cells_or_refuses(
    made: tuple[dict[str, Any], dict[tuple[str, str, str, str], Decimal]],
) -> None:
    recorded, cells = made
    try:
        table = decode(recorded)
    except ImplausibleFigureError:
        every = [
            r["val"].__str__() + str(recorded["var"][0]["val"]) + c["val"] + str(y["val"]) + str(p["val"])
            for r in recorded["vervar"]
            for c in recorded["turvar"]
            for y in recorded["tahun"]
            for p in recorded["turtahun"]
        ]
        assert len(every) > len(set(every)), "refused without an ambiguity"
        return
    got = {(c.vervar.val, c.turvar.val, c.year.val, c.turth.val): c.value for c in table.cells}
    assert got == cells
    assert table.unmatched == ()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-300, 300) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@examples(200)
@given(st.sampled_from(["var", "vervar", "turvar", "tahun", "turtahun", "datacontent"]), json_values)
def test_a_mutated_answer_gives_no_figure_that_was_not_there(name: str, value: object) -> None:
    recorded = payload("data_31_2023_2024.json")
    original = {Decimal(v) for v in recorded["datacontent"].values()}
    recorded[name] = value
    try:
        table = decode(recorded)
    except LkjipError:
        return
    assert name == "datacontent" or {cell.value for cell in table.cells} <= original
