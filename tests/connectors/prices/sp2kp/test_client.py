"""SP2KP: what is asked, and what the answers say."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.prices.quotes import REGION, Quote, Quotes, Unread
from connectors.prices.register import Recognised, load_register
from connectors.prices.sp2kp import answers as sp2kp_answers
from connectors.prices.sp2kp.client import Sp2kpClient, Variant
from connectors.web.transport import Fetched
from core.errors import NothingFoundError, SourceError
from standins.prices.sp2kp import Sp2kpStandin

TODAY = date(2026, 7, 28)
RICE = Variant("51", "Beras Premium", "kg")

# As a client noted it on 28 July 2026 (SOURCES.md, 3).
NOTED = (
    b'{"status":"success","data":{"tanggal":"2026-07-28","tanggal_sebelumnya":"2026-06-26","variant_id":51,'
    b'"variant_nama":"Beras Premium","items":[{"kode_provinsi":"11","nama_provinsi":"Aceh",'
    b'"harga":16236.727272727272,"harga_sebelumnya":15914.77,"disparitas_pct":2.02}]}}'
)


def came(body: bytes, status: int = 200) -> Fetched:
    return Fetched("https://sp2kp.example", status, {}, body, datetime(2026, 7, 28, tzinfo=UTC))


Read = tuple[dict[str, Quote], tuple[Unread, ...]]


def read(items: str) -> Read:
    """An answer with these items, as JSON."""
    body = NOTED.decode().partition('"items":')[0] + f'"items":{items}}}}}'
    return sp2kp_answers.read_provinces(came(body.encode()), "51", "kg", TODAY)


def item(code: str, price: object) -> dict[str, object]:
    return {"kode_provinsi": code, "nama_provinsi": "Contoh", "harga": price}


def test_the_noted_answer_is_read_to_the_last_digit() -> None:
    found, unread = sp2kp_answers.read_provinces(came(NOTED), "51", "kg", TODAY)
    assert found["11"].price == Decimal("16236.727272727272")
    assert (found["11"].item, found["11"].name, found["11"].unit) == ("51", "Beras Premium", "kg")
    assert (found["11"].market, found["11"].market_name, found["11"].day) == (REGION, "Aceh", TODAY)
    assert not found["11"].illustrative
    assert unread == ()


def test_variants_come_with_their_units(client: Sp2kpClient, sp2kp: Sp2kpStandin) -> None:
    variants = client.variants()
    assert variants.rows[0] == RICE
    assert {variant.unit for variant in variants.rows} == {"kg", "lt"}
    assert sp2kp.requests[-1].params == {"take": "99999", "tipe_komoditas_id": "1", "is_active": "true"}
    assert variants.fetched.content.startswith(b'{"status"')


def test_every_variant_of_the_stand_in_is_in_the_register(client: Sp2kpClient) -> None:
    register = load_register()
    for variant in client.variants().rows:
        known = register.recognise("sp2kp", variant.id, variant.name, variant.unit)
        assert isinstance(known, Recognised), known


def test_the_prices_of_a_day_come_by_province(client: Sp2kpClient) -> None:
    prices = client.province_prices(RICE, TODAY)
    (quote,) = prices.of("35").quotes
    assert (quote.market_name, quote.day, quote.market) == ("Jawa Timur", TODAY, REGION)
    assert prices.of("99") == Quotes(())


def test_a_day_without_prices_gives_none(client: Sp2kpClient) -> None:
    assert client.province_prices(RICE, date(2026, 7, 26)).provinces == {}  # A Sunday.


def test_the_stand_ins_prices_are_marked_as_illustrative(client: Sp2kpClient) -> None:
    prices = client.province_prices(RICE, TODAY).provinces.values()
    assert prices
    assert all(quote.illustrative for quote in prices)


def test_the_same_question_has_the_same_answer(client: Sp2kpClient) -> None:
    first = client.province_prices(RICE, TODAY)
    assert client.province_prices(RICE, TODAY).fetched.content == first.fetched.content


def test_what_lies_before_the_archive_is_not_asked_for(client: Sp2kpClient, sp2kp: Sp2kpStandin) -> None:
    said = "tidak mempunyai harga 31 Januari 2024: arsipnya baru mulai 1 Februari 2024"
    with pytest.raises(NothingFoundError, match=said):
        client.province_prices(RICE, date(2024, 1, 31))
    assert sp2kp.requests == []


def test_a_variant_that_the_service_does_not_have_is_refused(client: Sp2kpClient) -> None:
    with pytest.raises(SourceError, match="HTTP 422"):
        client.province_prices(Variant("999", "Beras Raja", "kg"), TODAY)


def test_the_name_is_the_answers_own_so_that_a_renumbered_variant_shows() -> None:
    found, _ = sp2kp_answers.read_provinces(came(NOTED.replace(b"Premium", b"Medium")), "51", "kg", TODAY)
    known = load_register().recognise("sp2kp", found["11"].item, found["11"].name, found["11"].unit)
    assert not isinstance(known, Recognised)


def test_a_time_behind_the_day_does_not_matter() -> None:
    timed = NOTED.replace(b'"tanggal":"2026-07-28"', b'"tanggal":"2026-07-28T00:00:00.000Z"')
    found, _ = sp2kp_answers.read_provinces(came(timed), "51", "kg", TODAY)
    assert found["11"].day == TODAY


def test_yes_is_no_price() -> None:
    found, unread = read(json.dumps([item("11", True)]))
    assert found == {}
    assert unread[0].message == "items baris 1: harga 'True' bukan angka"


def test_the_same_row_twice_is_one() -> None:
    found, unread = read(json.dumps([item("11", 13801), item("11", 13801)]))
    assert (len(found), unread) == (1, ())


@given(
    st.dictionaries(st.sampled_from(["11", "12", "35"]), st.decimals("0.01", "999999", places=9), max_size=3)
)
def test_every_price_is_kept_as_it_stands(prices: dict[str, Decimal]) -> None:
    rows = ",".join(
        f'{{"kode_provinsi":"{code}","nama_provinsi":"Contoh","harga":{price:f}}}'
        for code, price in prices.items()
    )
    found, unread = read(f"[{rows}]")
    assert {code: quote.price for code, quote in found.items()} == prices
    assert unread == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_a_row_of_any_shape_is_put_aside_and_never_lost(row: object) -> None:
    found, unread = read(json.dumps([row]))
    assert len(found) + len(unread) == 1


@given(JSON)
def test_an_answer_of_any_shape_is_refused_in_our_own_words(payload: object) -> None:
    body = json.dumps(payload).encode()
    with pytest.raises(SourceError):
        sp2kp_answers.read_provinces(came(body), "51", "kg", TODAY)
