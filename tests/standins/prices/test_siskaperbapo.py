"""The stand-in for Siskaperbapo: a page like the site's, prices like a market's, faults that end."""

from __future__ import annotations

import csv
import statistics
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
import requests

from standins.own_process import own_process
from standins.prices.siskaperbapo import SiskaperbapoStandin
from standins.prices.siskaperbapo.commodities import GROUPS, Commodity, commodities
from standins.prices.siskaperbapo.figures import FIRST_DAY, MARKETS, is_quiet, market_price, prices_of
from standins.prices.siskaperbapo.server import FAULTS

DAY, TODAY = date(2023, 7, 27), date(2023, 7, 28)
KOTA = MARKETS["sumenepkab"][0]
NAMES = Path(__file__).parents[2] / "connectors" / "prices" / "siskaperbapo" / "names.csv"


@pytest.fixture
def site() -> Iterator[SiskaperbapoStandin]:
    with SiskaperbapoStandin(today=TODAY) as standin:
        yield standin


@pytest.fixture
def visitor(site: SiskaperbapoStandin) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.get(f"{site.url}/harga/tabel", timeout=5)
        yield session


def table(site: SiskaperbapoStandin, visitor: requests.Session, day: date = DAY, **form: object) -> str:
    sent = {"tanggal": day.isoformat(), "kabkota": "sumenepkab", "pasar": KOTA.id, **form}
    return visitor.post(f"{site.url}/harga/tabel.nodesign/", sent, timeout=5).text


def prices(day: date, *, late: bool = False) -> list[int]:
    return list(prices_of("sumenepkab", KOTA, day, late=late).values())


def year_of(item: str, year: int = 2023) -> list[int]:
    (commodity,) = [c for c in commodities() if c.item == item]
    days = (date(year, 1, 1) + timedelta(days=n) for n in range(365))
    return [price for day in days if (price := market_price(commodity, KOTA, day))]


def test_the_table_needs_the_cookie_of_the_first_page(site: SiskaperbapoStandin) -> None:
    bare = requests.post(f"{site.url}/harga/tabel.nodesign/", {"tanggal": "2023-07-27"}, timeout=5)
    assert bare.status_code == 403
    assert "PHPSESSID=" in requests.get(f"{site.url}/harga/tabel", timeout=5).headers["Set-Cookie"]


def test_the_fragment_has_the_size_and_the_marks_of_the_sites(
    site: SiskaperbapoStandin, visitor: requests.Session
) -> None:
    text = table(site, visitor)
    assert text.count("<tr>") == 87
    assert 26_000 < len(text.encode()) < 34_000
    assert "<span class=\"price-tooltip-enabled\" data-commodity-id='2'>Beras Premium</span>" in text
    assert '<td class="right sekarang">12.200</td>' in text


def test_the_page_says_that_its_prices_are_invented(
    site: SiskaperbapoStandin, visitor: requests.Session
) -> None:
    before = table(site, visitor).partition("<table")[0]
    assert ">Ilustrasi: halaman ini dibuat oleh server tiruan." in before


def test_names_ids_groups_and_units_are_those_that_were_seen() -> None:
    """Ids from 900 on are the stand-in's own: the true ones were not found."""
    with NAMES.open(encoding="utf-8", newline="") as file:
        seen = {(row["group"], row["id"], row["name"], row["unit"]) for row in csv.DictReader(file)}
    listed = {
        (group.heading, "" if int(part.item) >= 900 else part.item, part.name, part.unit)
        for group in GROUPS
        for part in group.parts
        if isinstance(part, Commodity)
    }
    assert listed == seen
    assert len(listed) == 67


def test_market_names_are_clearly_invented(site: SiskaperbapoStandin) -> None:
    rows = requests.get(f"{site.url}/harga/pasar.json/sumenepkab", timeout=5).json()
    assert [row["psr_nama"] for row in rows] == [
        "Pasar Contoh Kota", "Pasar Contoh Timur", "Pasar Contoh Kepulauan",
    ]  # fmt: skip
    assert requests.get(f"{site.url}/harga/pasar.json/antahkab", timeout=5).json() == []


def test_the_same_question_has_the_same_answer_in_every_run(
    site: SiskaperbapoStandin, visitor: requests.Session
) -> None:
    asked = table(site, visitor)
    with SiskaperbapoStandin(today=TODAY) as other, requests.Session() as again:
        again.get(f"{other.url}/harga/tabel", timeout=5)
        assert table(other, again) == asked


def test_half_of_todays_prices_come_the_day_after(
    site: SiskaperbapoStandin, visitor: requests.Session
) -> None:
    early = table(site, visitor, TODAY)
    site.late = False
    whole = table(site, visitor, TODAY)
    site.late = True
    site.set_today(TODAY + timedelta(days=1))
    assert table(site, visitor, TODAY) == whole
    zero = '<td class="right sekarang">0</td>'
    assert early.count(zero) > whole.count(zero) + 20


@pytest.mark.parametrize("day", [FIRST_DAY - timedelta(days=1), TODAY + timedelta(days=1)])
def test_other_days_have_an_empty_table(
    site: SiskaperbapoStandin, visitor: requests.Session, day: date
) -> None:
    text = table(site, visitor, day)
    assert "Harga Sekarang" in text
    assert "<tr>" not in text


def test_sundays_and_feasts_have_fewer_prices() -> None:
    sunday, monday = date(2023, 7, 30), date(2023, 7, 31)
    assert is_quiet(sunday)
    assert is_quiet(date(2023, 4, 22))
    assert prices(sunday).count(0) > 25 > 10 > prices(monday).count(0)


def test_a_price_stays_for_some_days_and_then_moves() -> None:
    rice = year_of("2")
    moves = sum(a != b for a, b in pairwise(rice))
    assert 20 < moves < len(rice) / 2


def test_chilli_is_wilder_than_rice_and_rice_than_regulated_gas() -> None:
    chilli, rice, gas = (
        statistics.stdev(year) / statistics.mean(year) for year in map(year_of, ("50", "2", "82"))
    )
    assert chilli > 4 * rice > 8 * gas


def test_chicken_is_dearest_before_idulfitri() -> None:
    def mean_around(day: date) -> float:
        (chicken,) = [c for c in commodities() if c.item == "13"]
        found = (market_price(chicken, KOTA, day + timedelta(days=n)) for n in range(-8, 0))
        return statistics.mean(price for price in found if price)

    for year, feast in ((2022, date(2022, 5, 2)), (2023, date(2023, 4, 22))):
        assert mean_around(feast) > 1.05 * statistics.mean(year_of("13", year))


def test_markets_differ_a_little() -> None:
    days = [DAY - timedelta(days=n) for n in range(30)]
    means = []
    for market in MARKETS["sumenepkab"]:
        found = [price for day in days if (price := prices_of("sumenepkab", market, day, late=False)["12"])]
        means.append(statistics.mean(found))
    assert len(set(means)) == 3
    assert max(means) < 1.1 * min(means)


def test_a_fault_comes_so_often_and_where_it_was_asked_for(
    site: SiskaperbapoStandin, visitor: requests.Session
) -> None:
    honest = table(site, visitor)
    site.fail_with("error_500", times=1, only="tabel")
    assert requests.get(f"{site.url}/harga/pasar.json/sumenepkab", timeout=5).status_code == 200
    assert "PHP Error" in table(site, visitor)
    assert table(site, visitor) == honest


def test_misbehaviour_ends(site: SiskaperbapoStandin, visitor: requests.Session) -> None:
    honest = table(site, visitor)
    site.fail_with("dashes")
    assert table(site, visitor) != honest
    site.behave()
    assert table(site, visitor) == honest


def test_a_fault_that_is_none_is_refused(site: SiskaperbapoStandin) -> None:
    with pytest.raises(KeyError, match="known: bad_gateway_502"):
        site.fail_with("tidak-ada")


def test_requests_are_noted(site: SiskaperbapoStandin, visitor: requests.Session) -> None:
    table(site, visitor)
    assert [(request.kind, request.in_session) for request in site.requests] == [
        ("sesi", False), ("tabel", True),
    ]  # fmt: skip
    assert site.requests[-1].params == {"tanggal": "2023-07-27", "kabkota": "sumenepkab", "pasar": "9001"}


def test_it_runs_from_the_shell_with_faults_that_pass() -> None:
    words = ("--today", "2023-07-28", "--fault", "waf_403@sesi*1")
    with own_process("standins.prices.siskaperbapo", *words) as site:
        assert site.told["today"] == "2023-07-28"
        asked = [requests.get(f"{site.told['url']}/harga/tabel", timeout=5).status_code for _ in range(2)]
    assert asked[0] == 403
    assert asked[1] != 403


def test_there_are_many_ways_to_misbehave() -> None:
    assert len(FAULTS) == len(set(FAULTS)) >= 25
