"""Every way in which SP2KP may misbehave, and what is seen of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

import pytest

from connectors.prices.quotes import Quotes
from connectors.prices.sp2kp.client import Sp2kpClient, Variant
from connectors.web.session import PoliteSession
from core.errors import SourceError
from standins.prices.sp2kp import Sp2kpStandin
from standins.prices.sp2kp.faults import FAULTS
from tests.connectors.given.recorded import AGENT, Clock

FIRST, DAY = date(2026, 7, 1), date(2026, 7, 28)
RICE = Variant("51", "Beras Premium", "kg")
ATTEMPTS = 3


def history(client: Sp2kpClient) -> Quotes:
    return client.history(RICE, FIRST, DAY).quotes


def east_java(client: Sp2kpClient) -> Quotes:
    return client.province_prices(RICE, DAY).of("35")


def first_unit(client: Sp2kpClient) -> str:
    return client.variants().rows[0].unit


@pytest.fixture
def sp2kp() -> Iterator[Sp2kpStandin]:
    with Sp2kpStandin(DAY) as standin:
        yield standin


@pytest.fixture
def client(sp2kp: Sp2kpStandin) -> Iterator[Sp2kpClient]:
    clock = Clock()
    session = PoliteSession(AGENT, attempts=ATTEMPTS, clock=clock, sleep=clock.sleep, jitter=lambda: 0.0)
    yield Sp2kpClient(sp2kp.url, session)
    session.close()


READINGS: tuple[Callable[[Sp2kpClient], object], ...] = (
    history, east_java, Sp2kpClient.variants, Sp2kpClient.provinces, Sp2kpClient.latest_dates,
)  # fmt: skip

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
    "another_day": (east_java, "dijawab varian 51 untuk 2 Januari 2026"),
    "another_variant": (east_java, "ditanya varian 51 untuk 28 Juli 2026, dijawab varian 52"),
    "variant_without_name": (first_unit, "daftar varian baris 1: isian 'nama' tidak ada"),
    "not_a_number": (history, "terpotong atau rusak"),
}

# What spoils rows: how many prices are left, how many rows say that there is none, what is put aside.
PUT_ASIDE = {
    "text_price": (1, 0, ["data baris 1: harga '16.236' bukan angka"]),
    "negative_price": (1, 0, ["data baris 1: harga -1 tidak mungkin"]),
    "absurd_price": (1, 0, ["data baris 1: harga 1000000000000.0 tidak mungkin"]),
    "no_price": (1, 0, ["data baris 1: isian 'harga' tidak ada"]),
    "day_of_another_kind": (
        1,
        0,
        ["data baris 1: tanggal_data '28/07/2026' bukan tanggal seperti 2026-07-28"],
    ),
    "day_not_asked": (1, 0, ["data baris 1: 1 Februari 2024 tidak diminta"]),
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
    honest = history(client)
    sp2kp.fail_with(fault)
    spoiled = history(client)
    assert spoiled.observed == (0 if lost is None else honest.observed - lost)
    assert len(spoiled.quotes) - spoiled.observed == (honest.observed if silent is None else silent)
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
    assert history(client).observed > 0
    sp2kp.fail_with("zero_prices", when=lambda asked: "hnt" in asked.path)
    assert history(client).observed == 0
    assert east_java(client).quotes[0].price is not None
    sp2kp.behave()
    assert history(client).observed > 0


def test_an_unknown_fault_is_a_slip(sp2kp: Sp2kpStandin) -> None:
    with pytest.raises(KeyError, match="known: "):
        sp2kp.fail_with("hujan")


def test_prices_are_never_floats(client: Sp2kpClient) -> None:
    assert {type(quote.price) for quote in history(client).quotes} == {Decimal}
