"""Finding tables in the lists of a region, and the region of a site."""

from __future__ import annotations

import pytest

from connectors.bps import BpsClient
from connectors.bps.statistic.find import domain_of, find_table, search_tables
from connectors.bps.statistic.read import read_table
from connectors.bps.statistic.titles import FoundTable
from core.errors import NothingFoundError, SourceError
from standins.bps import BpsStandin


def find(client: BpsClient, domain: str, wanted: str) -> int:
    return find_table(client, domain, wanted, region="Kabupaten Sumenep", year=2023).var_id


@pytest.mark.parametrize(
    ("domain", "wanted", "var_id"),
    [
        ("3529", "tingkat pengangguran terbuka", 9601),
        ("3500", "tingkat pengangguran terbuka", 9611),
        ("3500", "indeks pembangunan manusia", 9612),
        ("3500", "persentase penduduk miskin", 9613),
        ("3500", "inflasi tahun ke tahun", 9617),
        ("3500", "nilai tukar petani", 9615),
        ("3500", "PDRB per kapita", 9616),
    ],
)
def test_the_statistics_that_offices_wait_for_are_found(
    client: BpsClient, domain: str, wanted: str, var_id: int
) -> None:
    assert find(client, domain, wanted) == var_id


def test_one_request_finds_what_bps_finds_by_keyword(client: BpsClient, bps: BpsStandin) -> None:
    find(client, "3500", "nilai tukar petani")
    assert len(bps.requests) == 1


def test_words_in_another_order_are_found_in_the_catalogue(client: BpsClient, bps: BpsStandin) -> None:
    assert find(client, "3500", "NTP subsektor") == 9615
    assert [entry.params["model"] for entry in bps.requests] == ["var", "tablestatistic"]


def test_two_tables_of_inflation_are_both_named(client: BpsClient) -> None:
    with pytest.raises(NothingFoundError, match=r"9614 .*; 9617 "):
        find(client, "3500", "inflasi")
    assert [table.var_id for table in search_tables(client, "3500", "inflasi")] == [9614, 9617]


def test_the_region_of_a_site_is_that_of_its_host(client: BpsClient) -> None:
    assert domain_of(client, "www.bps.go.id") == "0000"
    with pytest.raises(NothingFoundError, match=r"tidak menyebut situs pringsewukab\.bps\.go\.id"):
        domain_of(client, "pringsewukab.bps.go.id")


def test_a_table_without_figures_of_the_years_is_empty(client: BpsClient) -> None:
    table = read_table(client, FoundTable("3529", 9601, "TPT", "Persen"), [1998, 1999])
    assert (table.parts, table.title, table.unit) == ((), "TPT", "Persen")


@pytest.mark.parametrize("fault", ["waf_403", "html_200", "error_500", "truncated", "empty", "reset"])
def test_a_fault_of_the_way_is_an_error_that_says_so_without_the_key(
    client: BpsClient, bps: BpsStandin, fault: str
) -> None:
    bps.fail_with(fault)
    with pytest.raises(SourceError) as failed:
        read_table(client, FoundTable("3529", 9601), [2022, 2023])
    assert failed.value.retryable
    assert bps.key not in str(failed.value)
