from __future__ import annotations

from datetime import date, timedelta

import pytest

from connectors.bps import BpsClient, find_release
from connectors.bps.releases import _is_book, _is_news
from standins.bps import BpsStandin

DAY = date(2024, 4, 4)


def look(bps: BpsStandin, client: BpsClient, today: date) -> object:
    bps.set_today(today)
    return find_release(client, "3529", 2023, today=today)


def test_in_january_there_is_neither_release_nor_announcement(bps: BpsStandin, client: BpsClient) -> None:
    assert look(bps, client, date(2024, 1, 31)) is None
    assert len(bps.requests) == 2


def test_a_future_date_is_an_announcement(bps: BpsStandin, client: BpsClient) -> None:
    bps.set_today(DAY - timedelta(days=1))
    release = find_release(client, "3529", 2023, today=DAY - timedelta(days=1))
    assert release is not None
    assert release.announced
    assert release.released_on == DAY


def test_on_its_day_the_book_is_out(bps: BpsStandin, client: BpsClient) -> None:
    release = find_release(client, "3529", 2023, today=DAY)
    assert release is not None
    assert not release.announced
    assert (release.channel, release.released_on) == ("publication", DAY)
    assert "Menurut Lapangan Usaha 2019-2023" in release.title
    assert release.url.startswith(f"{bps.site}/id/publication/2024/04/04/")
    assert release.url.endswith("-menurut-lapangan-usaha-2019-2023.html")


def test_an_older_year_has_its_own_release(client: BpsClient) -> None:
    release = find_release(client, "3529", 2022, today=DAY)
    assert release is not None
    assert release.released_on == date(2023, 4, 5)


@pytest.mark.parametrize(
    ("title", "is_book"),
    [
        ("Produk Domestik Regional Bruto Kabupaten X Menurut Lapangan Usaha 2019-2023", True),
        ("Produk Domestik Regional Bruto Kabupaten X Menurut Lapangan Usaha 2019 – 2023", True),
        ("PDRB Kabupaten X Menurut Lapangan Usaha 2019---2023", True),
        ("PDRB Kabupaten X Menurut Lapangan Usaha 2018-2022", False),
        ("PDRB Kabupaten X Menurut Pengeluaran 2019-2023", False),
        ("PDRB Triwulanan Kabupaten X Menurut Lapangan Usaha 2019-2023", False),
        ("Kabupaten X Dalam Angka 2023", False),
    ],
)
def test_books_are_told_by_their_titles(title: str, is_book: bool) -> None:
    assert _is_book(title, 2023) is is_book


@pytest.mark.parametrize(
    ("title", "is_news"),
    [
        ("Pertumbuhan Ekonomi Kabupaten Sumenep Tahun 2023", True),
        ("Pertumbuhan Ekonomi Kabupaten Sumenep Triwulan IV-2023", False),
        ("Pertumbuhan Ekonomi Kabupaten Sumenep Tahun 2022", False),
        ("Kemiskinan Kabupaten Sumenep 2023", False),
    ],
)
def test_press_releases_are_told_by_their_titles(title: str, is_news: bool) -> None:
    assert _is_news(title, 2023) is is_news
