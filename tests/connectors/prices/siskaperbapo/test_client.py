"""The client against the stand-in: its session, its markets, a day, and what it makes of each fault."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from connectors.prices.quotes import REGION
from connectors.prices.siskaperbapo.client import (
    ACCEPT,
    PROVINCE,
    WHOLE_REGION,
    DayTable,
    Market,
    SiskaperbapoClient,
)
from connectors.web.session import PoliteSession
from core.errors import NothingFoundError, SourceError
from standins.prices.siskaperbapo import SiskaperbapoStandin
from standins.prices.siskaperbapo.server import FAULTS
from tests.connectors.given.recorded import AGENT, Clock

DAY = date(2023, 7, 27)
TODAY = date(2023, 7, 28)
KOTA = Market("9001", "Pasar Contoh Kota")
MARKETS = (KOTA, Market("9002", "Pasar Contoh Timur"), Market("9003", "Pasar Contoh Kepulauan"))


@pytest.fixture
def site() -> Iterator[SiskaperbapoStandin]:
    with SiskaperbapoStandin(today=TODAY) as standin:
        yield standin


@pytest.fixture
def session(clock: Clock) -> Iterator[PoliteSession]:
    made = PoliteSession(
        AGENT,
        cookies=True,
        accept=ACCEPT,
        clock=clock,
        sleep=clock.sleep,
        jitter=lambda: 0.0,
        requests_per_second=1e6,
    )
    yield made
    made.close()


@pytest.fixture
def client(site: SiskaperbapoStandin, session: PoliteSession) -> SiskaperbapoClient:
    return SiskaperbapoClient(site.url, session)


def kinds(site: SiskaperbapoStandin) -> list[str]:
    return [request.kind for request in site.requests]


def quote_of(table: DayTable, item: str) -> tuple[str, str, Decimal | None]:
    (quote,) = [quote for quote in table.quotes.quotes if quote.item == item]
    return quote.name, quote.unit, quote.price


def test_the_markets_of_a_region(client: SiskaperbapoClient) -> None:
    found = client.markets("sumenepkab")
    assert (found.region, found.markets) == ("sumenepkab", MARKETS)
    assert found.fetched.url_redacted.endswith("/harga/pasar.json/sumenepkab")


def test_a_day_of_a_market(client: SiskaperbapoClient) -> None:
    table = client.read_day("sumenepkab", KOTA, DAY)
    assert (table.region, table.market, table.day) == ("sumenepkab", KOTA, DAY)
    assert len(table.quotes.quotes) == len(table.rows) == 67
    assert table.quotes.unread == ()
    quote = table.quotes.quotes[0]
    assert (quote.item, quote.name, quote.unit, quote.day) == ("2", "Beras Premium", "kg", DAY)
    assert (quote.market, quote.market_name, quote.place) == ("9001", "Pasar Contoh Kota", "baris 2")
    assert quote.price == Decimal(12200)
    assert table.fetched.url_redacted.endswith("#tanggal=2023-07-27&kabkota=sumenepkab&pasar=9001")


def test_what_a_stand_in_invents_is_marked(client: SiskaperbapoClient) -> None:
    assert all(quote.illustrative for quote in client.read_day("sumenepkab", KOTA, DAY).quotes.quotes)


def test_the_province_on_28_july_2023_has_its_real_prices(client: SiskaperbapoClient) -> None:
    table = client.read_day(PROVINCE, WHOLE_REGION, TODAY)
    assert quote_of(table, "2") == ("Beras Premium", "kg", Decimal(12506))
    assert quote_of(table, "12") == ("Daging Sapi Paha Belakang", "kg", Decimal(116461))
    assert {(quote.market, quote.market_name) for quote in table.quotes.quotes} == {(REGION, "")}


def test_the_mean_of_a_region_is_asked_for_without_a_market(
    client: SiskaperbapoClient, site: SiskaperbapoStandin
) -> None:
    table = client.read_day("sumenepkab", WHOLE_REGION, DAY)
    assert table.quotes.observed > 50
    assert site.requests[-1].params["pasar"] == ""


def test_prices_of_the_day_before_are_a_check_and_no_observation(client: SiskaperbapoClient) -> None:
    table, earlier = (client.read_day("sumenepkab", KOTA, date(2023, 7, n)) for n in (27, 26))
    assert {quote.day for quote in table.quotes.quotes} == {DAY}
    before = {quote.item: (quote.day, quote.price) for quote in table.before()}
    assert before == {quote.item: (quote.day, quote.price) for quote in earlier.quotes.quotes}


def test_prices_of_today_come_later(client: SiskaperbapoClient, site: SiskaperbapoStandin) -> None:
    early = client.read_day("sumenepkab", KOTA, TODAY)
    site.set_today(date(2023, 7, 29))
    late = client.read_day("sumenepkab", KOTA, TODAY)
    assert 0 < early.quotes.observed < late.quotes.observed
    assert len(early.quotes.quotes) == len(late.quotes.quotes) == 67


def test_the_session_is_opened_once(client: SiskaperbapoClient, site: SiskaperbapoStandin) -> None:
    for market in client.markets("sumenepkab").markets:
        client.read_day("sumenepkab", market, DAY)
    assert kinds(site) == ["sesi", "pasar", "tabel", "tabel", "tabel"]
    assert all(request.in_session for request in site.requests[1:])
    assert {request.accept for request in site.requests} == {ACCEPT}


def test_a_session_that_the_site_forgot_is_opened_again(
    client: SiskaperbapoClient, site: SiskaperbapoStandin
) -> None:
    client.read_day("sumenepkab", KOTA, DAY)
    site.fail_with("session_expired", times=1)
    assert len(client.read_day("sumenepkab", KOTA, DAY).rows) == 67
    assert kinds(site) == ["sesi", "tabel", "tabel", "sesi", "tabel"]


def test_a_first_page_without_cookie_is_asked_for_once_more(
    client: SiskaperbapoClient, site: SiskaperbapoStandin
) -> None:
    site.fail_with("cookie_lost", times=1)
    assert len(client.read_day("sumenepkab", KOTA, DAY).rows) == 67


def test_a_firewall_that_keeps_refusing_opens_the_circuit(
    client: SiskaperbapoClient, site: SiskaperbapoStandin
) -> None:
    client.read_day("sumenepkab", KOTA, DAY)
    site.fail_with("waf_403", only="tabel")
    messages = []
    for _ in range(9):
        with pytest.raises(SourceError) as caught:
            client.read_day("sumenepkab", KOTA, DAY)
        messages.append(caught.value.message)
    assert "menolak permintaan (HTTP 403)" in messages[0]
    assert "dijeda" in messages[-1]


@pytest.mark.parametrize("region", ["Sumenep", "sumenep", "3529", "../rahasia", "sumenepkab/..", ""])
def test_what_is_no_region_is_not_asked_for(
    client: SiskaperbapoClient, site: SiskaperbapoStandin, region: str
) -> None:
    with pytest.raises(SourceError, match="bukan nama wilayah Siskaperbapo") as caught:
        client.markets(region)
    assert not caught.value.retryable
    assert site.requests == []


def test_a_region_without_markets_is_said(client: SiskaperbapoClient) -> None:
    with pytest.raises(NothingFoundError, match=r"tidak menyebut satu pasar pun untuk wilayah 'antahkab'"):
        client.markets("antahkab")


def test_a_day_to_come_has_an_empty_table(client: SiskaperbapoClient) -> None:
    with pytest.raises(
        NothingFoundError, match=r"Pasar Contoh Kota \(sumenepkab\) tanggal 1 Januari 2024 kosong"
    ):
        client.read_day("sumenepkab", KOTA, date(2024, 1, 1))


def test_nobody_there_is_a_failure_that_may_pass(session: PoliteSession) -> None:
    with pytest.raises(SourceError, match="tidak dapat dihubungi") as caught:
        SiskaperbapoClient("http://127.0.0.1:9", session).markets("sumenepkab")
    assert caught.value.retryable


@dataclass(frozen=True)
class Refused:
    """An error with these words."""

    words: str
    retryable: bool = True


@dataclass(frozen=True)
class Aside:
    """A row kept aside: its place, what stands there, and words of the message."""

    place: str
    text: str
    words: str


LATER = "terganggu (HTTP {})"
ON_BOTH = {
    "waf_403": Refused("menolak permintaan (HTTP 403)"),
    "cut_off": Refused("terputus di tengah jalan"),
    "not_found_404": Refused("menjawab HTTP 404", retryable=False),
    "teapot_418": Refused("tidak dikenal (HTTP 418)", retryable=False),
    "error_500": Refused(LATER.format(500)),
    "bad_gateway_502": Refused(LATER.format(502)),
    "unavailable_503": Refused(LATER.format(503)),
    "too_many_429": Refused(LATER.format(429)),
    "reset": Refused("memutus sambungan"),
}
ON_TABLES: dict[str, Refused | Aside | str] = {
    "html_200": Refused("tidak memuat tabel harga"),
    "login_page": Refused("meminta masuk dengan kata sandi", retryable=False),
    "sent_to_login": Refused("tidak memuat tabel harga"),
    "redirect_elsewhere": Refused("pengalihan ke server lain", retryable=False),
    "json_instead": Refused("menjawab dengan JSON, bukan tabel", retryable=False),
    "truncated": Refused("terpotong di tengah tabel"),
    "empty": Refused("jawaban kosong"),
    **ON_BOTH,
    "cookie_lost": Refused("menolak permintaan (HTTP 403)"),
    "session_expired": Refused("menolak permintaan (HTTP 403)"),
    "no_rows": Refused("tanggal 27 Juli 2023 kosong"),
    "wrong_columns": Refused("Kolom tabel Siskaperbapo tidak dikenal", retryable=False),
    "two_price_columns": Refused("Kolom tabel Siskaperbapo tidak dikenal", retryable=False),
    "reordered_columns": "alike",
    "extra_column": "alike",
    "name_drift": "2 Beras Premium (Lokal) kg 12200",
    "id_drift": "2 Gula Kristal Putih kg 12200",
    "no_ids": "without ids",
    "unknown_commodity": "999 Beras Contoh Baru kg 12200",
    "unknown_unit": "2 Beras Premium gantang 12200",
    "no_unit": "2 Beras Premium  12200",
    "lost_row_marks": Aside("baris 2", "12.200", "satuannya tidak disebut"),
    "zero_prices": "2 Beras Premium kg None",
    "dashes": "2 Beras Premium kg None",
    "thousandfold": "2 Beras Premium kg 12.51",
    "comma_for_thousands": Aside("baris 2", "12,200", "dapat berarti dua angka"),
    "garbage_price": Aside("baris 2", "12.50x", "bukan angka"),
    "decimal_comma": "2 Beras Premium kg 12506.50",
    "duplicate_row": Aside("baris 3", "12200", "sama dengan baris 2"),
    "contradicting_row": Aside("baris 3", "15000", "tidak satu pun dipakai"),
    "double_escaped": "alike",
    "yesterday_repeated": "repeated",
    "short_row": Aside("baris 2", "- Beras Premium | kg | 12.200", "terpotong"),
}
"""What is seen of each fault in the table of a day: an error, a row kept aside, a quote (id, name, unit and
price), or a word: ``alike`` (nothing is lost), ``without ids`` (names alone), ``repeated`` (the prices of
the day before)."""

ON_MARKETS: dict[str, Refused | tuple[str, ...]] = {
    "html_200": Refused("tidak terbaca sebagai JSON"),
    "truncated": Refused("tidak terbaca sebagai JSON"),
    "empty": Refused("tidak terbaca sebagai JSON"),
    **ON_BOTH,
    "markets_empty": Refused("tidak menyebut satu pasar pun"),
    "markets_html": Refused("tidak terbaca sebagai JSON"),
    "markets_object": Refused("bukan daftar", retryable=False),
    "markets_without_name": Refused("baris yang tidak dikenal", retryable=False),
    "markets_same_id": Refused("baris yang tidak dikenal", retryable=False),
    "markets_changed": (
        "9001 Pasar Contoh Kota Baru", "9002 Pasar Contoh Timur", "9099 Pasar Contoh Tambahan",
    ),
    "markets_ids_as_text": tuple(f"{market.id} {market.name}" for market in MARKETS),
}  # fmt: skip
TIME_ONLY = {"stall", "slow_drip"}


def test_every_fault_stands_in_a_table() -> None:
    assert set(FAULTS) == ON_TABLES.keys() | ON_MARKETS.keys() | TIME_ONLY
    assert len(FAULTS) >= 25


def refused(expected: Refused, ask: Callable[[], object]) -> None:
    with pytest.raises(SourceError) as caught:
        ask()
    assert expected.words in caught.value.message
    assert caught.value.retryable is expected.retryable
    assert caught.value.todo


@pytest.mark.parametrize("name", sorted(ON_TABLES))
def test_each_fault_of_a_day_is_seen(
    site: SiskaperbapoStandin, client: SiskaperbapoClient, name: str
) -> None:
    expected = ON_TABLES[name]
    if name != "cookie_lost":
        honest = client.read_day("sumenepkab", KOTA, DAY)
    site.fail_with(name)
    if isinstance(expected, Refused):
        refused(expected, lambda: client.read_day("sumenepkab", KOTA, DAY))
        return
    table = client.read_day("sumenepkab", KOTA, DAY)
    quotes = table.quotes
    if isinstance(expected, Aside):
        (aside,) = [u for u in quotes.unread if (u.place, u.text) == (expected.place, expected.text)]
        assert expected.words in aside.message
        assert len(quotes.quotes) + len(quotes.unread) >= 67
    elif expected == "alike":
        assert quotes == honest.quotes
    elif expected == "without ids":
        assert [(q.item, q.name) for q in quotes.quotes] == [("", q.name) for q in honest.quotes.quotes]
    elif expected == "repeated":
        assert [q.price for q in quotes.quotes] == [q.price for q in honest.before()]
    else:
        assert expected in [f"{q.item} {q.name} {q.unit} {q.price}" for q in quotes.quotes]


@pytest.mark.parametrize("name", sorted(ON_MARKETS))
def test_each_fault_of_the_markets_is_seen(
    site: SiskaperbapoStandin, client: SiskaperbapoClient, name: str
) -> None:
    expected = ON_MARKETS[name]
    site.fail_with(name)
    if isinstance(expected, Refused):
        refused(expected, lambda: client.markets("sumenepkab"))
        return
    found = client.markets("sumenepkab").markets
    assert tuple(f"{market.id} {market.name}" for market in found) == expected


@pytest.mark.parametrize("name", ["error_500", "truncated", "empty", "cut_off", "reset", "unavailable_503"])
def test_what_passes_is_read_on_a_further_attempt(
    site: SiskaperbapoStandin, client: SiskaperbapoClient, name: str
) -> None:
    site.fail_with(name, times=2, only="tabel")
    assert len(client.read_day("sumenepkab", KOTA, DAY).rows) == 67


def test_a_site_that_stalls_is_given_up(site: SiskaperbapoStandin, clock: Clock) -> None:
    site.fail_with("stall", only="tabel")
    session = PoliteSession(
        AGENT, cookies=True, read_timeout=0.05, attempts=1, clock=clock, sleep=clock.sleep
    )
    with pytest.raises(SourceError, match="tidak menjawab dalam batas waktu") as caught:
        SiskaperbapoClient(site.url, session).read_day("sumenepkab", KOTA, DAY)
    session.close()
    assert caught.value.retryable


def test_a_site_that_drips_is_given_up(site: SiskaperbapoStandin) -> None:
    site.fail_with("slow_drip", only="tabel")
    session = PoliteSession(AGENT, cookies=True, total_timeout=0.3, attempts=1)
    with pytest.raises(SourceError, match="tidak menjawab dalam batas waktu"):
        SiskaperbapoClient(site.url, session).read_day("sumenepkab", KOTA, DAY)
    session.close()
