"""Many regencies and long lists: consistent, told apart, marked as invented, and cheap to serve."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import requests

from connectors.bps import BpsClient, search_series
from connectors.bps.labels import read_illustrative
from connectors.bps.releases import first_about, read_releases
from connectors.web.session import PoliteSession
from standins.bps import BpsStandin
from standins.bps.answering import answer
from standins.bps.catalogue import find_variable, variables
from standins.bps.faults import Asked
from standins.bps.figures import CATEGORIES, TOTAL, growth_of
from standins.bps.regions import EAST_JAVA, STYLES, regencies, region_name, region_tables, style_of
from standins.bps.timeline import RELEASE_DAY, Size, Timeline
from tests.connectors.given.reading import read_pdrb

COUNTRY = Timeline(RELEASE_DAY, size=Size(regencies=514))
ONE_OF_EACH_STYLE = [
    next(code for code in EAST_JAVA if code != "3529" and style_of(code) is s) for s in STYLES
]


@pytest.fixture(scope="module")
def bps() -> Iterator[BpsStandin]:
    with BpsStandin(RELEASE_DAY, domains=38) as standin:
        yield standin


@pytest.fixture
def client(bps: BpsStandin) -> Iterator[BpsClient]:
    session = PoliteSession("LKJIP/0.1 (uji)", secret=bps.key, requests_per_second=1000)
    yield BpsClient(bps.url, bps.key, session)
    session.close()


def domains(bps: BpsStandin, **params: str) -> list[dict[str, Any]]:
    answer = requests.get(f"{bps.url}/domain", {**params, "key": bps.key}, timeout=5).json()
    assert answer["data"][0]["total"] == len(answer["data"][1])
    return answer["data"][1]


def test_the_country_has_549_regions() -> None:
    with BpsStandin(RELEASE_DAY, domains=514) as bps:
        rows = domains(bps, type="all")
        assert len(rows) == 549
        assert len({row["domain_id"] for row in rows}) == 549
        assert len(domains(bps, type="prov")) == 34
        assert len(domains(bps, type="kab")) == 514


def test_a_province_lists_its_regencies(bps: BpsStandin) -> None:
    rows = domains(bps, type="kabbyprov", prov="3500")
    assert tuple(row["domain_id"] for row in rows) == EAST_JAVA
    names = {row["domain_id"]: row["domain_name"] for row in rows}
    assert (names["3501"], names["3529"]) == ("Kabupaten Contoh 3501 (ilustrasi)", "Sumenep")
    assert domains(bps, type="kabbyprov", prov="1100") == []


def test_more_regencies_than_there_are_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="not 515"):
        BpsStandin(RELEASE_DAY, domains=515)


def test_every_regency_has_its_own_numbers_and_values_that_add_up() -> None:
    first_ids, totals = Counter[int](), Counter[Decimal]()
    for code in regencies(514):
        if code == "3529":
            continue
        adhb, adhk, growth, share = region_tables(code, COUNTRY.series)[1:5]
        main = [r for r, label in adhk.vervar if r < 100]
        *categories, total = main
        for table in (adhb, adhk):
            for year in table.years:
                value = {r: table.cells[r, "0", year, 0] for r in main}
                assert sum(value[r] for r in categories) == value[total]
        for (row, _, year, _), rate in growth.cells.items():
            assert rate == growth_of(adhk.cells[row, "0", year, 0], adhk.cells[row, "0", year - 1, 0])
        assert abs(sum(share.cells[r, "0", 2023, 0] for r in categories) - 100) < Decimal("0.1")
        first_ids[adhb.var_id] += 1
        totals[adhb.cells[total, "0", 2023, 0]] += 1
    assert len(first_ids) > 100
    assert len(totals) > 300


@pytest.mark.parametrize("code", ONE_OF_EACH_STYLE)
def test_the_connector_reads_every_way_of_writing(client: BpsClient, code: str) -> None:
    found = search_series(client, code)
    assert set(found.series) == {"adhb", "adhk", "growth", "share"}
    tables = read_pdrb(client, found, [2022, 2023])
    assert [sum(c.sector in (*CATEGORIES, TOTAL) for c in table.cells) for table in tables] == [36] * 4
    sumenep = {"adhb": Decimal("42847.97"), "adhk": Decimal("26244.80")}
    ratios = {
        round(cell.value / sumenep[t.measure], 3)
        for t in tables[:2]
        if (cell := t.find(TOTAL, 2023)) is not None
    }
    assert len(ratios) == 1, "both tables are those of 3529 times the same factor"
    assert all(cell.illustrative for table in tables for cell in table.cells)
    assert not [remark for table in tables for remark in table.remarks]


def test_ways_of_writing_differ_in_title_unit_and_labels() -> None:
    tables = [region_tables(code, COUNTRY.series)[1] for code in ONE_OF_EACH_STYLE]
    assert {table.unit for table in tables} == {
        "Miliar Rupiah", "Milyar Rupiah", "Juta Rupiah", "Tidak Ada Satuan",
    }  # fmt: skip
    assert len({table.title for table in tables}) == len(STYLES)
    assert [len(table.vervar) > 18 for table in tables].count(True) == 1, "one shows sub-categories"


def test_sub_categories_make_their_category() -> None:
    code = next(c for c in ONE_OF_EACH_STYLE if style_of(c).parts)
    adhb = region_tables(code, COUNTRY.series)[1]
    for category in style_of(code).parts:
        row = list(CATEGORIES).index(category) + 1
        parts = [adhb.cells[r, "0", 2023, 0] for r, _ in adhb.vervar if r // 100 == row]
        assert abs(sum(parts) - adhb.cells[row, "0", 2023, 0]) <= Decimal("0.02")


def test_every_regency_announces_and_releases(client: BpsClient) -> None:
    release = first_about(read_releases(client, "3501", released_in=2024, today=RELEASE_DAY), 2023)
    assert release is not None
    assert region_name("3501") in release.title
    assert release.released_on == RELEASE_DAY


def test_every_figure_of_a_regency_says_that_it_is_invented() -> None:
    for table in region_tables("3501", COUNTRY.series)[1:5]:
        marks = read_illustrative(table.note)
        years = {year for _, _, year, _ in table.cells}
        assert all(marks[code] == years for code in CATEGORIES)


def test_without_size_other_regions_have_no_pdrb() -> None:
    assert not [v for v in variables("3501", Timeline(RELEASE_DAY)) if "PDRB" in v.title]
    assert not [v for v in variables("1101", Timeline(RELEASE_DAY, size=Size(38))) if "PDRB" in v.title]


def test_a_list_of_thousands_is_whole_and_every_table_in_it_can_be_read() -> None:
    timeline = Timeline(RELEASE_DAY, size=Size(filler=5000))
    ids = [v.var_id for v in variables("3529", timeline)]
    assert len(ids) == len(set(ids)) == 5000 + 8
    table = find_variable("3529", "25000", timeline)
    assert table is not None
    assert (table.title, table.years[0]) == ("Tabel Pengisi Halaman Nomor 5000 (ilustrasi)", 2023)
    last = Asked("", {"model": "var", "domain": "3529", "page": "501"})
    assert b'"count":8,' in answer(last, "list", timeline, "").body


def test_many_callers_may_knock_before_the_first_is_let_in() -> None:
    """With the usual backlog of five the seventh would have to knock again a second later."""
    standin = BpsStandin(RELEASE_DAY)
    address = ("127.0.0.1", int(standin.site.rpartition(":")[2]))
    callers = [socket.create_connection(address, timeout=0.5) for _ in range(64)]
    assert len(callers) == 64
    for caller in callers:
        caller.close()
    standin.stop()


def test_old_requests_are_forgotten(bps: BpsStandin, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standins.bps.server._REMEMBERED", 10)
    for _ in range(50):
        bps.reply_to("list", {"model": "unit"}, "/", "uji/1")
    assert 10 <= len(bps.requests) <= 20
