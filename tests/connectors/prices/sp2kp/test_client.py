"""SP2KP: what is asked, and what the answers say."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.prices.quotes import REGION, Quotes
from connectors.prices.register import Recognised, load_register
from connectors.prices.sp2kp import answers as sp2kp_answers
from connectors.prices.sp2kp.client import Sp2kpClient, Variant
from connectors.web.session import PoliteSession
from connectors.web.transport import Fetched
from core.errors import NothingFoundError, SourceError
from standins.prices.sp2kp import Sp2kpStandin
from tests.connectors.given.recorded import AGENT, Clock

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


def series(*rows: object) -> Quotes:
    body = json.dumps({"status": "success", "data": rows}).encode()
    return sp2kp_answers.read_history(came(body), "51", "Beras Premium", "kg", date(2026, 1, 1), TODAY)


@pytest.fixture
def sp2kp() -> Iterator[Sp2kpStandin]:
    with Sp2kpStandin(TODAY) as standin:
        yield standin


@pytest.fixture
def client(sp2kp: Sp2kpStandin) -> Iterator[Sp2kpClient]:
    clock = Clock()
    session = PoliteSession(AGENT, clock=clock, sleep=clock.sleep, jitter=lambda: 0.0)
    yield Sp2kpClient(sp2kp.url, session)
    session.close()


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


def test_provinces_come_with_their_codes(client: Sp2kpClient) -> None:
    assert ("35", "Jawa Timur") in [(province.code, province.name) for province in client.provinces().rows]


def test_the_newest_day_comes_with_the_one_before(client: Sp2kpClient, sp2kp: Sp2kpStandin) -> None:
    latest = client.latest_dates()
    assert latest.compared_with < latest.day <= TODAY
    sp2kp.set_today(date(2026, 6, 1))
    assert client.latest_dates().day <= date(2026, 6, 1)


def test_the_prices_of_a_day_come_by_province(client: Sp2kpClient) -> None:
    day = client.latest_dates().day
    prices = client.province_prices(RICE, day)
    (quote,) = prices.of("35").quotes
    assert (quote.market_name, quote.day, quote.market) == ("Jawa Timur", day, REGION)
    assert prices.of("99") == Quotes(())


def test_a_day_without_prices_gives_none(client: Sp2kpClient) -> None:
    assert client.province_prices(RICE, date(2026, 7, 26)).provinces == {}  # A Sunday.


def test_the_nations_series_comes_by_day_with_its_gaps(client: Sp2kpClient) -> None:
    quotes = client.history(RICE, date(2026, 7, 1), TODAY).quotes.quotes
    days = [quote.day for quote in quotes]
    assert days == sorted(set(days))
    assert 0 < len(days) < 28
    assert all(quote.price for quote in quotes)
    assert {quote.market_name for quote in quotes} == {"Nasional (harga tertimbang)"}


def test_the_stand_ins_prices_are_marked_as_illustrative(client: Sp2kpClient) -> None:
    quotes = client.history(RICE, date(2026, 7, 1), TODAY).quotes
    assert all(quote.illustrative for quote in quotes.quotes)
    day = client.latest_dates().day
    assert all(quote.illustrative for quote in client.province_prices(RICE, day).of("35").quotes)


def test_the_same_question_has_the_same_answer(client: Sp2kpClient) -> None:
    first = client.history(RICE, date(2025, 1, 1), TODAY)
    assert client.history(RICE, date(2025, 1, 1), TODAY).fetched.content == first.fetched.content


def test_what_lies_before_the_archive_is_not_asked_for(client: Sp2kpClient, sp2kp: Sp2kpStandin) -> None:
    with pytest.raises(NothingFoundError, match="arsipnya baru mulai 1 Februari 2024"):
        client.history(RICE, date(2023, 1, 1), date(2023, 12, 31))
    with pytest.raises(NothingFoundError, match="tidak mempunyai harga 31 Januari 2024"):
        client.province_prices(RICE, date(2024, 1, 31))
    assert sp2kp.requests == []


def test_a_series_that_begins_before_the_archive_is_asked_for_from_its_start(
    client: Sp2kpClient, sp2kp: Sp2kpStandin, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    found = client.history(RICE, date(2023, 1, 1), date(2024, 2, 29)).quotes
    assert sp2kp.requests[-1].params["tanggal_start"] == "2024-02-01"
    assert min(quote.day for quote in found.quotes) >= date(2024, 2, 1)
    assert "Arsip SP2KP baru mulai 1 Februari 2024" in caplog.text


def test_a_series_that_ends_before_it_begins_is_a_slip_of_the_program(client: Sp2kpClient) -> None:
    with pytest.raises(ValueError, match="before"):
        client.history(RICE, TODAY, date(2026, 1, 1))


def test_a_variant_that_the_service_does_not_have_is_refused(client: Sp2kpClient) -> None:
    with pytest.raises(SourceError, match="HTTP 422"):
        client.province_prices(Variant("999", "Beras Raja", "kg"), TODAY)


def test_the_name_is_the_answers_own_so_that_a_renumbered_variant_shows() -> None:
    found, _ = sp2kp_answers.read_provinces(came(NOTED.replace(b"Premium", b"Medium")), "51", "kg", TODAY)
    known = load_register().recognise("sp2kp", found["11"].item, found["11"].name, found["11"].unit)
    assert not isinstance(known, Recognised)


def test_a_time_behind_the_day_does_not_matter() -> None:
    (quote,) = series({"tanggal_data": "2026-06-09T00:00:00.000Z", "harga": 13801}).quotes
    assert quote.day == date(2026, 6, 9)


def test_yes_is_no_price() -> None:
    read = series({"tanggal_data": "2026-06-09", "harga": True})
    assert read.quotes == ()
    assert read.unread[0].message == "data baris 1: harga 'True' bukan angka"


def test_the_same_row_twice_is_one() -> None:
    row = {"tanggal_data": "2026-06-09", "harga": 13801}
    assert len(series(row, row).quotes) == 1


@given(
    st.dictionaries(st.dates(date(2026, 1, 1), TODAY), st.decimals("0.01", "999999", places=9), max_size=9)
)
def test_every_price_is_kept_as_it_stands(prices: dict[date, Decimal]) -> None:
    rows = ",".join(f'{{"tanggal_data":"{day}","harga":{price:f}}}' for day, price in prices.items())
    body = f'{{"status":"success","data":[{rows}]}}'.encode()
    read = sp2kp_answers.read_history(came(body), "51", "Beras", "kg", date(2026, 1, 1), TODAY)
    assert {quote.day: quote.price for quote in read.quotes} == prices
    assert read.unread == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(JSON)
def test_a_row_of_any_shape_is_put_aside_and_never_lost(row: object) -> None:
    read = series(row)
    assert len(read.quotes) + len(read.unread) == 1


@given(JSON)
def test_an_answer_of_any_shape_is_refused_in_our_own_words(payload: object) -> None:
    body = json.dumps(payload).encode()
    with pytest.raises(SourceError):
        sp2kp_answers.read_provinces(came(body), "51", "kg", TODAY)
