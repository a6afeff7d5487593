"""The flow that takes in market prices, on a real Prefect server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from standins.prices.sheets import make_office_sheet
from standins.prices.siskaperbapo import SiskaperbapoStandin
from tests.flows.given.story import JANUARY, PrefectServer, Story, artifacts

pytestmark = [
    pytest.mark.slow,
    pytest.mark.prefect,
    pytest.mark.xdist_group("prefect"),
    pytest.mark.usefixtures("unrendered"),
]

EARLY = date(2023, 1, 4)


@pytest.fixture
def site(story: Story) -> Iterator[SiskaperbapoStandin]:
    with SiskaperbapoStandin(today=EARLY) as standin:
        story.use("LKJIP_SISKAPERBAPO_URL", standin.url)
        story.use("LKJIP_PRICES_REQUESTS_PER_SECOND", "100000")
        yield standin


@pytest.fixture
def absorb(prefect_server: PrefectServer, site: SiskaperbapoStandin) -> Any:
    import importlib

    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

    updates = {PREFECT_API_URL: prefect_server.api, PREFECT_HOME: prefect_server.home}
    with temporary_settings(updates=updates):
        yield importlib.import_module("flows.prices").serap_harga


def drop_sheet(story: Story) -> None:
    folder = story.folder / "kerja" / "masuk" / "harga"
    folder.mkdir(parents=True, exist_ok=True)
    make_office_sheet(folder / "harga.xlsx", 2023)
    os.utime(folder / "harga.xlsx", (1, 1))


def test_while_the_year_runs_prices_are_kept_and_no_issue_is_made(absorb: Any, story: Story) -> None:
    story.on(EARLY)
    state = absorb(return_state=True)
    assert state.is_completed(), state.message
    assert state.message.startswith("Siskaperbapo: 12 hari dari 3 pasar dibaca; ")
    assert story.reports == []
    markets = artifacts("harga-pasar")[0].data
    assert "Pasar Contoh Kota" in markets
    assert "1 Januari 2023 - 4 Januari 2023" in markets
    assert artifacts("kemajuan-harga")[0].data == 100.0
    assert "Harga pasar 2023, fluktuasi berjalan: " in artifacts("keadaan-harga")[0].data


def test_names_that_nobody_knows_are_shown_as_a_list(
    absorb: Any, story: Story, site: SiskaperbapoStandin
) -> None:
    story.on(EARLY)
    site.fail_with("unknown_commodity")
    absorb(return_state=True)
    listed = artifacts("harga-belum-dikenal")[0].data
    assert listed.startswith("## Belum dikenal\n\n- Siskaperbapo Jawa Timur: ")
    assert "belum ada di daftar komoditas" in listed


@pytest.fixture
def whole_year(absorb: Any, story: Story, site: SiskaperbapoStandin) -> Any:
    """The flow on a day after the year, with a sheet of the whole year; the site itself gives nothing."""
    story.on(JANUARY)
    site.set_today(JANUARY)
    site.fail_with("waf_403")  # so that only the sheet speaks; reading a year is tested elsewhere
    drop_sheet(story)
    return absorb


def test_prices_of_a_whole_year_make_no_first_issue_but_wait_for_it(whole_year: Any, story: Story) -> None:
    state = whole_year(return_state=True)
    assert "Harga itu masuk ke terbitan pertama." in state.message
    assert story.reports == []


def test_a_whole_year_makes_one_issue_and_the_same_year_no_second_one(whole_year: Any, story: Story) -> None:
    from flows.report import segarkan_laporan

    segarkan_laporan(return_state=True)
    assert len(story.reports) == 1
    state = whole_year(return_state=True)
    assert state.is_failed(), "the site gave nothing, and somebody should know"
    assert state.message.startswith("Harga diambil dari berkas harga.xlsx.")
    assert "HTTP 403" in state.message
    assert len(story.reports) == 2
    again = whole_year(return_state=True)
    assert "Isi laporan tidak berubah" in again.message
    assert len(story.reports) == 2


def test_without_an_address_of_the_site_the_sheets_are_taken_all_the_same(
    absorb: Any, story: Story, site: SiskaperbapoStandin
) -> None:
    story.on(JANUARY)
    story.use("LKJIP_SISKAPERBAPO_URL", "")
    drop_sheet(story)
    state = absorb(return_state=True)
    assert state.is_failed()
    assert state.message.startswith("Harga diambil dari berkas harga.xlsx.")
    assert "LKJIP_SISKAPERBAPO_URL kosong" in state.message
    assert site.requests == []
