"""Every way in which SP2KP may misbehave, and what is seen of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from connectors.prices.quotes import Quotes
from connectors.prices.sp2kp.client import ProvincePrices, Sp2kpClient, Variant
from core.errors import SourceError
from standins.prices.sp2kp import Sp2kpStandin
from standins.prices.sp2kp.faults import FAULTS

DAY = date(2026, 7, 28)
RICE = Variant("51", "Beras Premium", "kg")
ATTEMPTS = 3


def everywhere(client: Sp2kpClient) -> ProvincePrices:
    return client.province_prices(RICE, DAY)


def observed(prices: ProvincePrices) -> int:
    return Quotes(tuple(prices.provinces.values())).observed


def first_unit(client: Sp2kpClient) -> str:
    return client.variants().rows[0].unit


READINGS: tuple[Callable[[Sp2kpClient], object], ...] = (everywhere, Sp2kpClient.variants)

# What spoils every answer: what is said, whether it may pass, and how often it was asked.
OF_THE_WIRE = {
    "server_500": ("sedang terganggu (HTTP 500)", True, ATTEMPTS),
    "too_many_429": ("sedang terganggu (HTTP 429)", True, ATTEMPTS),
    "unauthorized_401": ("menolak alamat yang diminta (HTTP 401)", False, 1),
    "not_found_404": ("menolak alamat yang diminta (HTTP 404)", False, ATTEMPTS),
    "waf_403": ("halaman web (HTML, HTTP 403)", True, ATTEMPTS),
    "html_200": ("halaman web (HTML, HTTP 200)", True, ATTEMPTS),
    "challenge": ("bukti bahwa pengunjungnya manusia", False, 1),
    "truncated": ("terpotong atau rusak", True, 1),
    "cut_off": ("terputus", True, ATTEMPTS),
    "reset": ("memutus sambungan", True, ATTEMPTS),
    "empty": ("jawaban kosong", True, 1),
    "not_success": ("menjawab dengan galat: 'SQLSTATE[08006] connection refused'", False, 1),
    "bare_list": ("jawabannya bukan objek JSON", False, 1),
    "null_body": ("jawabannya bukan objek JSON", False, 1),
    "no_data": ("isian 'data' tidak ada", False, 1),
    "data_is_text": ("tidak dikenal", False, 1),
}

# What spoils one kind of answer.
REFUSED = {
    "another_day": (everywhere, "dijawab varian 51 untuk 2 Januari 2026"),
    "another_variant": (everywhere, "ditanya varian 51 untuk 28 Juli 2026, dijawab varian 52"),
    "variant_without_name": (first_unit, "daftar varian baris 1: isian 'nama' tidak ada"),
    "not_a_number": (everywhere, "terpotong atau rusak"),
}

# What spoils rows: how many prices are left, how many rows say that there is none, what is put aside.
PUT_ASIDE = {
    "text_price": (1, 0, ["items baris 1: harga '16.236' bukan angka"]),
    "negative_price": (1, 0, ["items baris 1: harga -1 tidak mungkin"]),
    "absurd_price": (1, 0, ["items baris 1: harga 1000000000000.0 tidak mungkin"]),
    "no_price": (1, 0, ["items baris 1: isian 'harga' tidak ada"]),
    "row_twice": (1, 0, ["harga yang berbeda", "harga yang berbeda"]),
    "zero_prices": (None, None, []),
    "null_prices": (None, None, []),
    "no_rows": (None, 0, []),
}


@pytest.mark.parametrize("reading", READINGS)
@pytest.mark.parametrize(("fault", "expected"), OF_THE_WIRE.items())
def test_a_spoiled_answer_is_refused_in_words(
    sp2kp: Sp2kpStandin,
    client: Sp2kpClient,
    fault: str,
    expected: tuple[str, bool, int],
    reading: Callable[[Sp2kpClient], object],
) -> None:
    message, may_pass, asked = expected
    sp2kp.fail_with(fault)
    with pytest.raises(SourceError) as raised:
        reading(client)
    assert message in raised.value.message
    assert raised.value.retryable is may_pass
    assert raised.value.todo
    assert len(sp2kp.requests) == asked


@pytest.mark.parametrize(("fault", "expected"), REFUSED.items())
def test_an_answer_to_another_question_is_refused(
    sp2kp: Sp2kpStandin,
    client: Sp2kpClient,
    fault: str,
    expected: tuple[Callable[[Sp2kpClient], object], str],
) -> None:
    reading, message = expected
    sp2kp.fail_with(fault)
    with pytest.raises(SourceError) as raised:
        reading(client)
    assert message in raised.value.message


@pytest.mark.parametrize(("fault", "expected"), PUT_ASIDE.items())
def test_a_spoiled_row_costs_that_row_alone(
    sp2kp: Sp2kpStandin,
    client: Sp2kpClient,
    fault: str,
    expected: tuple[int | None, int | None, list[str]],
) -> None:
    lost, silent, messages = expected
    honest = observed(everywhere(client))
    sp2kp.fail_with(fault)
    spoiled = everywhere(client)
    assert observed(spoiled) == (0 if lost is None else honest - lost)
    assert len(spoiled.provinces) - observed(spoiled) == (honest if silent is None else silent)
    assert len(spoiled.unread) == len(messages)
    for unread, message in zip(spoiled.unread, messages, strict=True):
        assert message in unread.message
        assert unread.text


def test_a_province_whose_rows_contradict_each_other_has_no_price(
    sp2kp: Sp2kpStandin, client: Sp2kpClient
) -> None:
    sp2kp.fail_with("row_twice")
    prices = client.province_prices(RICE, DAY)
    assert "11" not in prices.provinces
    assert [unread.place for unread in prices.unread] == ["items baris 1", "items baris 20"]


def test_a_variant_without_a_unit_is_read_without(sp2kp: Sp2kpStandin, client: Sp2kpClient) -> None:
    sp2kp.fail_with("variant_without_unit")
    assert first_unit(client) == ""


def test_an_empty_list_of_variants_is_refused(sp2kp: Sp2kpStandin, client: Sp2kpClient) -> None:
    sp2kp.fail_with("no_rows")
    with pytest.raises(SourceError, match="daftar varian tidak berisi baris"):
        client.variants()


def test_every_fault_stands_in_a_table() -> None:
    told = {*OF_THE_WIRE, *REFUSED, *PUT_ASIDE, "variant_without_unit"}
    assert told == FAULTS.keys()


def test_a_fault_comes_as_often_as_was_said(sp2kp: Sp2kpStandin, client: Sp2kpClient) -> None:
    sp2kp.fail_with("reset", times=1)
    assert observed(everywhere(client)) > 0
    sp2kp.fail_with("variant_without_unit", when=lambda asked: "variant" in asked.path)
    assert first_unit(client) == ""
    assert observed(everywhere(client)) > 0
    sp2kp.behave()
    assert first_unit(client) == "kg"


def test_an_unknown_fault_is_a_slip(sp2kp: Sp2kpStandin) -> None:
    with pytest.raises(KeyError, match="known: "):
        sp2kp.fail_with("hujan")


def test_prices_are_never_floats(client: Sp2kpClient) -> None:
    assert {type(quote.price) for quote in everywhere(client).provinces.values()} == {Decimal}
