"""Static tables: HTML escaped inside JSON, found by title and read like any printed table."""

from __future__ import annotations

import html
import json
from contextlib import suppress
from datetime import date, datetime
from typing import Any

import pytest

from connectors.bps import BpsClient, search_series
from connectors.bps.printed.html_tables import read_html, tables_of_html
from connectors.bps.printed.table import PrintedTable, measure_of
from connectors.bps.static_tables import StaticTable, find_static_tables, read_static_table
from connectors.bps.tables import PdrbTable
from core.dates import JAKARTA
from core.errors import ImplausibleFigureError, LkjipError, NothingFoundError, SourceError
from standins.bps import BpsStandin, static_pdrb
from standins.bps.catalogue import Timeline
from standins.bps.faults import Asked
from tests.connectors.given.reading import read_pdrb
from tests.connectors.given.recorded import payload

RELEASED = Timeline(date(2024, 4, 4))


def figures(table: PdrbTable) -> dict[tuple[str, int], Any]:
    return {(c.sector, c.year): (c.value, c.status, c.illustrative) for c in table.cells}


def test_only_tables_of_pdrb_by_lapangan_usaha_are_found(client: BpsClient) -> None:
    found = find_static_tables(client, "3529")
    assert {table.measure for table in found} == {"adhb", "adhk", "growth", "share"}
    assert all(table.updated_on == date(2024, 4, 4) for table in found)
    assert not any("Pengeluaran" in table.title for table in found)


def test_a_region_without_such_tables_has_none(client: BpsClient) -> None:
    assert find_static_tables(client, "3528") == ()


@pytest.mark.parametrize("measure", ["adhb", "adhk", "growth", "share"])
def test_a_static_table_says_what_the_dynamic_one_says(client: BpsClient, measure: str) -> None:
    found = find_static_tables(client, "3529")
    static = read_static_table(client, "3529", next(t for t in found if t.measure == measure), 2010)
    dynamic = read_pdrb(client, search_series(client, "3529"), range(2019, 2024))
    (same,) = [table for table in dynamic if table.measure == measure]
    assert figures(static) == figures(same)
    assert (static.channel, static.base_year, static.unit) == ("static", same.base_year, same.unit)
    assert static.last_update == datetime(2024, 4, 4, tzinfo=JAKARTA)
    assert len(static.fetched) == 1


def test_the_table_in_juta_rupiah_keeps_what_was_printed(client: BpsClient) -> None:
    (adhb,) = [t for t in find_static_tables(client, "3529") if t.measure == "adhb"]
    read = read_static_table(client, "3529", adhb, 2010)
    cell = read.find("C", 2023)
    assert cell is not None
    assert read.unit_original == "Juta Rupiah"
    assert cell.original == cell.value * 1000


def test_a_table_that_was_taken_away_is_told_as_that(client: BpsClient) -> None:
    with pytest.raises(NothingFoundError, match="tidak ada lagi"):
        read_static_table(client, "3529", StaticTable("999", "PDRB", None, "adhb"), 2010)


def test_another_base_year_is_refused(client: BpsClient) -> None:
    (adhk,) = [t for t in find_static_tables(client, "3529") if t.measure == "adhk"]
    with pytest.raises(SourceError, match="tahun dasar 2010"):
        read_static_table(client, "3529", adhk, 2025)


def test_html_that_is_escaped_twice_is_read_as_well(
    client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = static_pdrb.static_html
    monkeypatch.setattr(static_pdrb, "static_html", lambda *args: html.escape(once(*args) or ""))
    (share,) = [t for t in find_static_tables(client, "3529") if t.measure == "share"]
    assert read_static_table(client, "3529", share, 2010).years == (2019, 2020, 2021, 2022, 2023)


@pytest.mark.parametrize("fault", ["html_200", "waf_403", "truncated", "bad_key"])
def test_a_failure_of_bps_is_told_like_everywhere(client: BpsClient, bps: BpsStandin, fault: str) -> None:
    found = find_static_tables(client, "3529")
    bps.fail_with(fault, when=lambda asked: asked.params.get("id") == found[0].table_id)
    with pytest.raises(SourceError):
        read_static_table(client, "3529", found[0], 2010)


def test_a_sheet_that_is_no_table_any_more_is_refused(
    client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(static_pdrb, "static_html", lambda *_: "&lt;p&gt;kosong&lt;/p&gt;")
    (adhb,) = [t for t in find_static_tables(client, "3529") if t.measure == "adhb"]
    with pytest.raises(SourceError, match="memuat 0 tabel"):
        read_static_table(client, "3529", adhb, 2010)


def test_a_wrong_digit_in_a_sheet_refuses_it(client: BpsClient, monkeypatch: pytest.MonkeyPatch) -> None:
    made = static_pdrb.static_html("341", RELEASED) or ""
    figure = "2.720.850,00"
    assert figure in made
    monkeypatch.setattr(static_pdrb, "static_html", lambda *_: made.replace(figure, "2.270.850,00"))
    (adhb,) = [t for t in find_static_tables(client, "3529") if t.measure == "adhb"]
    with pytest.raises(ImplausibleFigureError, match="jumlah 17 kategori"):
        read_static_table(client, "3529", adhb, 2010)


# --- HTML as it is recorded and as people keep it -----------------------------------------------


def test_the_recorded_sheet_is_no_table_by_years() -> None:
    recorded = payload("static_table_detail_fixture.json")["data"]["table"]
    assert "Tenaga Kesehatan" in recorded
    assert tables_of_html(html.unescape(recorded), "tabel statis 23") == []


def test_the_recorded_list_holds_no_pdrb() -> None:
    from connectors.bps.static_tables import _read_row

    rows = payload("static_table_list_fixture.json")["data"][1]
    assert rows
    assert [_read_row(row) for row in rows] == [None] * len(rows)


def sheet() -> str:
    return static_pdrb.sheet(
        "adhk", "PDRB Kabupaten Sumenep ADHK 2010 Menurut Lapangan Usaha (Miliar Rupiah)", RELEASED
    )


def test_html_under_the_name_of_a_workbook_is_read() -> None:
    from connectors.bps.printed.xlsx import read_xlsx

    file = read_xlsx(f"<html><body>{sheet()}</body></html>".encode(), "pdrb.xls")
    assert [len(table.parts[0].lines) for table in file.tables] == [20]
    assert "Kabupaten Sumenep" in file.title


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252"])
def test_html_in_the_encodings_of_office_programs_is_read(encoding: str) -> None:
    assert len(read_html(sheet().encode(encoding), "pdrb.xls").tables) == 1


def test_a_page_without_a_table_is_told_as_what_it_mostly_is() -> None:
    with pytest.raises(SourceError, match="pemeriksaan robot"):
        read_html(b"<!doctype html><title>Just a moment...</title>", "pdrb.xls")


@pytest.mark.parametrize(
    "odd",
    [
        "<table><tr><td colspan=99999999 rowspan=99999999>x</td></tr></table>",
        "<table><tr><td rowspan='-1' colspan='x'>2021</td><td>2022</td></tr></table>",
        "<table>" * 3000,
        "<td>" * 3000 + "2021",
        json.dumps({"a": 1}),
    ],
)
def test_odd_html_never_ends_in_another_error(odd: str) -> None:
    tables: tuple[PrintedTable, ...] = ()
    with suppress(LkjipError):
        tables = read_html(odd.encode(), "pdrb.xls").tables
    assert not any(measure_of(table) for table in tables)


def test_the_stand_in_keeps_its_twelve_other_tables_first(bps: BpsStandin) -> None:
    from standins.bps.answering import answer

    asked = Asked("", {"model": "statictable", "domain": "3529"})
    _, rows = json.loads(answer(asked, "list", RELEASED, bps.site).body)["data"]
    assert [row["table_id"] for row in rows] == list(range(12, 2, -1))
