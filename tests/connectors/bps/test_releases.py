from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.bps import BpsClient, Release
from connectors.bps.releases import first_about, read_releases, read_row, read_title, site_of, with_url
from standins.bps import BpsStandin, answering
from standins.bps.catalogue import Row
from standins.bps.faults import Asked
from tests.connectors.given.recorded import payload

DAY = date(2024, 4, 4)


def find_release(client: BpsClient, year: int, today: date = DAY) -> Release | None:
    """What is out, or announced, about a year in the year after it."""
    return first_about(read_releases(client, "3529", released_in=year + 1, today=today), year)


def look(bps: BpsStandin, client: BpsClient, today: date) -> object:
    bps.set_today(today)
    return find_release(client, 2023, today)


def book(**changed: Any) -> dict[str, Any]:
    """A row as BPS lists a book (constructed after publikasi_daftar.json)."""
    row = {
        "pub_id": "9b58feb2f32b167766d36655",
        "title": "Produk Domestik Regional Bruto Kabupaten X Menurut Lapangan Usaha 2019-2023",
        "abstract": "",
        "issn": "-",
        "sch_date": "2024-04-04",
        "rl_date": "2024-04-04",
        "updt_date": "2024-03-28",
        "cover": "https://webapi.bps.go.id/cover.php?f=satu",
        "pdf": "https://webapi.bps.go.id/download.php?f=satu",
        "size": "10.42 MB",
    }
    return {**row, **changed}


def test_in_january_there_is_neither_release_nor_announcement(bps: BpsStandin, client: BpsClient) -> None:
    assert look(bps, client, date(2024, 1, 31)) is None
    assert len(bps.requests) == 2


def test_a_future_date_is_an_announcement(bps: BpsStandin, client: BpsClient) -> None:
    bps.set_today(DAY - timedelta(days=1))
    release = find_release(client, 2023, DAY - timedelta(days=1))
    assert release is not None
    assert release.announced
    assert release.released_on == DAY


def test_on_its_day_the_book_is_out(bps: BpsStandin, client: BpsClient) -> None:
    release = find_release(client, 2023)
    assert release is not None
    assert not release.announced
    assert (release.channel, release.released_on) == ("publication", DAY)
    assert "Menurut Lapangan Usaha 2019-2023" in release.title
    assert release.url == ""
    url = with_url(release, site_of(client, "3529")).url
    assert url.startswith(f"{bps.site}/id/publication/2024/04/04/")
    assert url.endswith("-menurut-lapangan-usaha-2019-2023.html")


def test_an_older_year_has_its_own_release(client: BpsClient) -> None:
    release = find_release(client, 2022)
    assert release is not None
    assert release.released_on == date(2023, 4, 5)


def test_the_site_of_a_region_that_bps_does_not_name_is_empty(bps: BpsStandin, client: BpsClient) -> None:
    assert site_of(client, "3529") == bps.site
    assert site_of(client, "9999") == ""


def test_a_year_brings_its_book_and_its_press_release_for_two_requests(
    bps: BpsStandin, client: BpsClient
) -> None:
    releases = read_releases(client, "3529", released_in=2024, today=DAY)
    assert [(r.channel, r.kind, r.about_year, r.announced) for r in releases] == [
        ("publication", "book", 2023, False),
        ("pressrelease", "news", 2023, False),
    ]
    assert len(bps.requests) == 2


def test_a_server_that_ignores_the_year_gives_the_same_releases(
    bps: BpsStandin, client: BpsClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_year = read_releases(client, "3529", released_in=2024, today=DAY)

    def matching_any_year(asked: Asked, rows: Sequence[Row]) -> list[Row]:
        word = asked.params["keyword"].lower()
        return [row for row in rows if word in str(row["title"]).lower()]

    monkeypatch.setattr(answering, "_matching", matching_any_year)
    assert len(client.list_all("publication", domain="3529", year=2024, keyword="Lapangan Usaha")) == 2
    assert read_releases(client, "3529", released_in=2024, today=DAY) == by_year


def test_a_year_without_releases_is_empty(client: BpsClient) -> None:
    assert read_releases(client, "3529", released_in=2019, today=DAY) == ()


BOOKS: dict[str, int | None] = {
    "Produk Domestik Regional Bruto Kabupaten X Menurut Lapangan Usaha 2019-2023": 2023,
    "Produk Domestik Regional Bruto Kabupaten X Menurut Lapangan Usaha 2019 – 2023": 2023,
    "PDRB Kabupaten X Menurut Lapangan Usaha 2019---2023": 2023,
    "PDRB Kabupaten X Menurut Lapangan Usaha 2019 — 2023": 2023,
    "PDRB Kabupaten X Menurut Lapangan Usaha 2019 s.d. 2023": 2023,
    "PDRB Kabupaten X Menurut Lapangan Usaha Tahun 2023": 2023,
    "PDRB Kabupaten X Menurut Lapangan Usaha 2019-2023 (2010=100)": 2023,
    "[Seri 2010] PDRB Kabupaten X Menurut Lapangan Usaha 2019-2023": 2023,
    "PDRB Kabupaten X Atas Dasar Harga Konstan 2010 Menurut Lapangan Usaha": None,
    "Gross Regional Domestic Product of X Regency by Industry 2019-2023": 2023,
    "PDRB Kabupaten X Menurut Lapangan Usaha/GRDP of X Regency by Industry 2019-2023": 2023,
    "PDRB Kabupaten X Menurut Lapangan Usaha 2018-2022": 2022,
    "PDRB Kabupaten X Menurut Lapangan Usaha": None,
    "PDRB Kabupaten X Menurut Pengeluaran 2019-2023": None,
    "GRDP of X Regency by Expenditure 2019-2023": None,
    "PDRB Triwulanan Kabupaten X Menurut Lapangan Usaha 2019-2023": None,
    "PDRB Kabupaten/Kota di Provinsi Jawa Timur Menurut Lapangan Usaha 2019-2023": None,
    "Indikator Ekonomi Kabupaten X 2023": None,
}
YEARBOOKS: dict[str, int | None] = {
    "Kabupaten X Dalam Angka 2024": 2023,
    "Kabupaten X Dalam Angka 2024, Penyediaan Data Untuk Perencanaan Pembangunan": 2023,
    "Kabupaten X Dalam Angka / X Regency in Figures 2024": 2023,
    "X Regency in Figures 2024": 2023,
    "Kota X Dalam Angka 2024": 2023,
    "Kecamatan Kota X Dalam Angka 2024": None,
    "Kabupaten X Dalam Angka": None,
}


@pytest.mark.parametrize("title", BOOKS)
def test_books_are_told_by_their_titles(title: str) -> None:
    assert read_title("publication", title) == (("book", year) if (year := BOOKS[title]) else None)


@pytest.mark.parametrize("title", YEARBOOKS)
def test_yearbooks_hold_the_year_before_the_one_in_their_title(title: str) -> None:
    assert read_title("publication", title) == (("dalam-angka", year) if (year := YEARBOOKS[title]) else None)


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("Pertumbuhan Ekonomi Kabupaten Sumenep Tahun 2023", 2023),
        ("Ekonomi Kabupaten Sumenep Tahun 2023 Tumbuh 5,35 Persen", 2023),
        ("Economic Growth of Sumenep Regency 2023", 2023),
        ("PDRB Kabupaten Sumenep 2023", 2023),
        ("Pertumbuhan Ekonomi Kabupaten Sumenep Tahun 2022", 2022),
        ("Pertumbuhan Ekonomi Kabupaten Sumenep Triwulan IV-2023", None),
        ("Economic Growth of Sumenep Regency, Fourth Quarter 2023", None),
        ("Sensus Ekonomi 2026", None),
        ("Kemiskinan Kabupaten Sumenep 2023", None),
    ],
)
def test_press_releases_are_told_by_their_titles(title: str, year: int | None) -> None:
    assert read_title("pressrelease", title) == (("news", year) if year else None)


@pytest.mark.parametrize(
    ("changed", "day", "announced"),
    [
        ({}, DAY, False),
        ({"updt_date": "2023-12-30"}, DAY, False),
        ({"updt_date": None, "sch_date": None}, DAY, False),
        ({"rl_date": "2024-04-04 09:00:00"}, DAY, False),
        ({"rl_date": "2024-04-05", "updt_date": "2024-03-01"}, date(2024, 4, 5), True),
        ({"rl_date": None, "sch_date": "2024-04-11"}, date(2024, 4, 11), True),
        ({"rl_date": None, "sch_date": "2024-04-01"}, date(2024, 4, 1), True),
        ({"rl_date": "0000-00-00", "sch_date": "2024-04-11"}, date(2024, 4, 11), True),
    ],
)
def test_only_the_release_date_says_that_a_book_is_out(
    changed: dict[str, Any], day: date, announced: bool
) -> None:
    release = read_row("publication", book(**changed), DAY)
    assert release is not None
    assert (release.released_on, release.announced) == (day, announced)


@pytest.mark.parametrize(
    "changed",
    [
        {"rl_date": None, "sch_date": None},
        {"rl_date": "0000-00-00", "sch_date": "0000-00-00"},
        {"rl_date": "segera", "sch_date": ""},
        {"pub_id": None},
        {"title": None},
        {"rl_date": "2023-12-01"},
    ],
)
def test_a_row_without_day_number_or_title_or_before_its_years_end_is_no_release(
    changed: dict[str, Any],
) -> None:
    assert read_row("publication", book(**changed), DAY) is None


def test_a_replaced_file_gives_another_mark_and_another_token_does_not() -> None:
    first = read_row("publication", book(), DAY)
    token = read_row("publication", book(pdf="https://webapi.bps.go.id/download.php?f=dua"), DAY)
    size = read_row("publication", book(size="10.44 MB"), DAY)
    touched = read_row("publication", book(updt_date="2024-06-01"), DAY)
    assert first is not None
    assert token is not None
    assert size is not None
    assert touched is not None
    assert first.mark == token.mark
    assert len({first.mark, size.mark, touched.mark}) == 3


ODD = st.sampled_from([None, True, 0, -1, "", "-", "x", "0000-00-00", "9999-99-99", [], {}, "9" * 400, "<b>"])


@given(st.dictionaries(st.sampled_from(sorted(book())), ODD))
def test_an_odd_row_is_a_release_only_by_its_own_title_number_and_day(changed: dict[str, Any]) -> None:
    row = book(**changed)
    release = read_row("publication", row, DAY)
    if release is not None:
        assert "title" not in changed
        assert release.identity == str(row["pub_id"])
        assert "2024-04-04" in (row["rl_date"], row["sch_date"])
        assert release.announced is (row["rl_date"] != "2024-04-04")


def test_recorded_books_about_other_things_are_no_releases() -> None:
    rows = payload("publikasi_daftar.json")["data"][1]
    assert [read_row("publication", row, date(2026, 12, 31)) for row in rows] == [None, None]
