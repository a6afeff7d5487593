from __future__ import annotations

import base64
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connectors.bps import BpsClient
from connectors.bps.catalogue import PER_PAGE, Catalogue, read_catalogue, read_whole_catalogue, sort_rows
from connectors.bps.lists import MAX_PAGES
from core.dates import JAKARTA
from core.errors import SourceError
from standins.bps import BpsStandin

ILLUSTRATIVE = "UklLSnFZZnMzMlJiSWpMOExJODIrQT09"


def row(**changed: Any) -> dict[str, Any]:
    """A row as dml-bps-mcp's types describe it (constructed)."""
    made = {
        "id": "OTEwMSMy",
        "title": "[Seri 2010] PDRB Menurut Lapangan Usaha ",
        "oldest_period": "2019",
        "latest_period": "2023",
        "id_subject": 531,
        "subject": "Neraca Ekonomi",
        "id_subcat": 515,
        "subcat": "Ekonomi",
        "tablesource": "2",
        "last_update": "2024-04-04 08:00:00",
    }
    return {**made, **changed}


def encoded(identity: str) -> str:
    return base64.b64encode(identity.encode()).decode()


def only(catalogue: Catalogue) -> Any:
    assert catalogue.problems == ()
    assert len(catalogue.entries) == 1
    return catalogue.entries[0]


def test_one_request_shows_every_table_of_the_subject(bps: BpsStandin, client: BpsClient) -> None:
    entries = {entry.identity: entry for entry in read_catalogue(client, "3529")}
    assert len(bps.requests) == 1
    assert bps.requests[0].params["perpage"] == str(PER_PAGE)
    adhk = entries["9102#2"]
    assert (adhk.table_id, adhk.channel, adhk.newest_year) == ("9102", "dynamic", 2023)
    assert adhk.last_update == datetime(2024, 4, 4, 8, tzinfo=JAKARTA)
    assert adhk.title.startswith("[Seri 2010] Produk Domestik Regional Bruto")


def test_before_the_release_the_catalogue_says_so(bps: BpsStandin, client: BpsClient) -> None:
    bps.set_today(date(2024, 1, 31))
    entries = {entry.identity: entry for entry in read_catalogue(client, "3529")}
    assert entries["9102#2"].newest_year == 2022
    assert entries["9102#2"].last_update == datetime(2023, 4, 5, 8, tzinfo=JAKARTA)


def test_more_pages_are_read_to_the_last(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = read_catalogue(client, "3529")
    monkeypatch.setattr("connectors.bps.catalogue.PER_PAGE", 3)
    bps.requests.clear()
    assert read_catalogue(client, "3529") == whole
    assert 1 < len(bps.requests) < MAX_PAGES


def test_a_region_without_a_catalogue_has_none(bps: BpsStandin, client: BpsClient) -> None:
    bps.fail_with("not_available")
    assert read_catalogue(client, "3529") == ()


@pytest.mark.parametrize("fault", ["html_200", "null", "truncated", "waf_403", "error_500", "empty"])
def test_an_answer_that_cannot_be_used_is_said(bps: BpsStandin, client: BpsClient, fault: str) -> None:
    bps.fail_with(fault)
    with pytest.raises(SourceError, match="BPS"):
        read_catalogue(client, "3529")


def test_odd_rows_are_set_aside_and_the_others_kept(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row(), row(id="bukan base64!"), row(id=encoded("9102#1"))]
    monkeypatch.setattr("standins.bps.table_catalogue.table_rows", lambda *_: rows)
    catalogue = read_whole_catalogue(client, "3529")
    assert [entry.identity for entry in catalogue.entries] == ["9101#2"]
    assert len(catalogue.problems) == 2
    assert "tanpa nomor tabel yang terbaca" in catalogue.problems[0]
    assert "dari sumber '2', padahal nomornya menunjuk sumber '1'" in catalogue.problems[1]


@pytest.mark.parametrize(
    ("changed", "identity", "table_id", "channel"),
    [
        ({}, "9101#2", "9101", "dynamic"),
        ({"id": "9101#2"}, "9101#2", "9101", "dynamic"),
        ({"id": "OTEwMSMy\n"}, "9101#2", "9101", "dynamic"),
        ({"tablesource": 2}, "9101#2", "9101", "dynamic"),
        ({"id": encoded("111#1"), "tablesource": 1}, "111#1", "111", "static"),
        ({"id": encoded("111#1").rstrip("="), "tablesource": "1"}, "111#1", "111", "static"),
        (
            {"id": encoded(f"{ILLUSTRATIVE}#3#3529000"), "tablesource": "3"},
            f"{ILLUSTRATIVE}#3#3529000",
            ILLUSTRATIVE,
            "simdasi",
        ),
    ],
)
def test_the_id_says_number_and_channel(
    changed: dict[str, Any], identity: str, table_id: str, channel: str
) -> None:
    entry = only(sort_rows([row(**changed)]))
    assert (entry.identity, entry.table_id, entry.channel) == (identity, table_id, channel)


@pytest.mark.parametrize(
    ("period", "year"),
    [
        ("2023", 2023),
        (2023, 2023),
        ("2019-2023", 2023),
        ("2023**", 2023),
        ("Tahun 2023", 2023),
        ("Triwulan IV 2023", 2023),
        ("2023-12-31", 2023),
        ("202312", 2023),
        ("<b>2023</b>&nbsp;", 2023),
        ("123", None),
        ("20231", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_the_newest_year_is_read_in_every_spelling(period: object, year: int | None) -> None:
    assert only(sort_rows([row(latest_period=period)])).newest_year == year


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-04-04 08:00:00", datetime(2024, 4, 4, 8, tzinfo=JAKARTA)),
        ("2024-04-04", datetime(2024, 4, 4, tzinfo=JAKARTA)),
        ("2024-04-04T01:00:00Z", datetime(2024, 4, 4, 1, tzinfo=UTC)),
        ("0000-00-00 00:00:00", None),
        ("2024-02-30", None),
        ("4 April 2024", None),
        ("", None),
        (None, None),
        (20240404, None),
    ],
)
def test_the_last_change_is_a_day_or_a_moment(text: object, moment: datetime | None) -> None:
    assert only(sort_rows([row(last_update=text)])).last_update == moment


def test_a_table_named_twice_counts_once_with_its_latest_change() -> None:
    catalogue = sort_rows([row(), row(last_update="2024-05-01"), row(last_update=None)])
    assert [entry.last_update for entry in catalogue.entries] == [datetime(2024, 5, 1, tzinfo=JAKARTA)]
    assert len(catalogue.problems) == 2
    assert "9101#2" in catalogue.problems[0]


TEXTS = st.text("OTEwMSMy=#2019-:<&é\x00 ", max_size=12)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS | st.sampled_from(["OTEwMSMy", "9#2"]),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(TEXTS, inner, max_size=2),
    max_leaves=4,
)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(st.sampled_from(sorted(row())), ANYTHING), st.sets(st.sampled_from(sorted(row()))))
def test_no_row_ends_in_an_exception(changed: dict[str, Any], dropped: set[str]) -> None:
    odd = {name: value for name, value in row(**changed).items() if name not in dropped}
    catalogue = sort_rows([odd, row(id=encoded("7#2"))])
    assert "7#2" in {entry.identity for entry in catalogue.entries}
    assert len(catalogue.entries) + len(catalogue.problems) >= 2 - ("7#2" in str(odd.get("id")))
