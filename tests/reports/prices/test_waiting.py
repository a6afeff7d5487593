"""An indicator that waits for market prices says so, and never that it waits for BPS."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from office.schema import Agency
from reports.changes import compare_reports
from reports.content import IssueInfo, Report, build_report
from reports.realisasi import Realisasi, State
from reports.reported import reported_realisasi
from tests.reports.conftest import Filler
from tests.reports.given.year_of_prices import INDICATOR, YEAR

REASON = "Menunggu harga pasar tahun 2023"


def without_prices(agency: Agency, realisasi: dict[tuple[str, int], Realisasi]) -> Report:
    taken = realisasi[INDICATOR, YEAR]
    realisasi[INDICATOR, YEAR] = replace(
        taken, state=State.WAITING, value=None, reason=REASON, source="DKUPP"
    )
    return build_report(agency, realisasi, issue=IssueInfo(1, date(2024, 1, 31)))


@pytest.fixture(scope="module")
def only_prices(agency: Agency, filled: Filler) -> Report:
    """BPS has released; the prices are not there."""
    return without_prices(agency, filled())


@pytest.fixture(scope="module")
def both(agency: Agency) -> Report:
    """Neither BPS's release nor the prices are there."""
    return without_prices(agency, reported_realisasi(agency))


@pytest.mark.parametrize("place", ["ringkasan", "akhir-renstra", "efisiensi", "rata-rata", "pencapaian"])
def test_its_sentences_name_the_prices_and_not_bps(only_prices: Report, place: str) -> None:
    said = " ".join(only_prices.sentences[place])
    assert "menunggu harga pasar tahun 2023" in said
    assert "menunggu rilis" not in said.casefold()


def test_an_average_names_everything_it_waits_for(both: Report) -> None:
    goals, objectives = both.sentences["rata-rata"]
    assert goals.endswith("karena masih menunggu rilis PDRB dari BPS.")
    assert "menunggu rilis PDRB dari BPS" in objectives
    assert "menunggu harga pasar tahun 2023" in objectives


def test_the_foreword_counts_each_reason_for_itself(both: Report) -> None:
    (foreword,) = both.sentences["ringkasan"]
    assert "4 indikator masih menunggu rilis PDRB oleh BPS 2024" in foreword
    assert "1 indikator masih menunggu harga pasar tahun 2023 (Fluktuasi harga Bapokti)" in foreword


def test_the_notice_of_bab_iii_counts_each_reason_for_itself(both: Report, waiting_report: Report) -> None:
    title, text = both.waiting_notice
    assert title == "Masih menunggu."
    assert "1 indikator laporan ini masih menunggu harga pasar tahun 2023" in text
    assert waiting_report.waiting_notice[0] == "Menunggu rilis BPS."


def test_the_first_issue_does_not_lay_all_waiting_to_bps(both: Report) -> None:
    assert compare_reports(None, both.as_json())["summary"] == "terbitan pertama, 5 indikator menunggu"


def test_the_audit_does_not_lay_all_waiting_to_bps(both: Report) -> None:
    found = next(f for f in both.findings if f.place == "Kata Pengantar")
    assert found.ours == "5 indikator masih menunggu"
