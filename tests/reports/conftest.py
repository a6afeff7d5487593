from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

import pytest

from office.loading import find_agency, load_agency
from office.schema import Agency
from reports.content import IssueInfo, Report, build_report
from reports.prices.evidence import PriceEvidence
from reports.realisasi import Realisasi
from reports.reported import reported_realisasi
from tests.reports.given.released import RELEASED, filled_with
from tests.reports.given.year_of_budget import budget_evidence
from tests.reports.given.year_of_prices import evidence, report_with

Filler = Callable[..., dict[tuple[str, int], Realisasi]]
Maker = Callable[..., Report]


@pytest.fixture(scope="session")
def agency() -> Agency:
    return load_agency(find_agency("sumenep-dkupp"), 2023)


@pytest.fixture(scope="session")
def filled(agency: Agency) -> Filler:
    """All realisasi, with BPS's figures put in."""
    return partial(filled_with, agency)


@pytest.fixture(scope="session")
def waiting_report(agency: Agency) -> Report:
    """As it stood in January 2024."""
    issue = IssueInfo(1, date(2024, 1, 31), "Terbitan pertama.")
    return build_report(agency, reported_realisasi(agency), issue=issue)


@pytest.fixture(scope="session")
def make_report(agency: Agency, filled: Filler) -> Maker:
    """A report after the release; every realisasi as ``filled`` takes them."""

    def make(**given: object) -> Report:
        issue = IssueInfo(2, RELEASED, "BPS merilis PDRB Kabupaten Sumenep 2023.")
        return build_report(agency, filled(**given), issue=issue)

    return make


@pytest.fixture(scope="session")
def prices(agency: Agency) -> PriceEvidence:
    """A complete year of illustrative prices."""
    return evidence(agency)


@pytest.fixture(scope="session")
def priced_report(agency: Agency, prices: PriceEvidence) -> Report:
    """As it stands in January 2024 once a year of prices is taken in; BPS has not released yet."""
    return report_with(agency, prices)


@pytest.fixture(scope="session")
def budget_report(agency: Agency, filled: Filler) -> Report:
    """After the release, with the year's budget taken from an export."""
    issue = IssueInfo(2, RELEASED, "Berkas anggaran diambil.")
    return build_report(agency, filled(), issue=issue, budget=budget_evidence(agency))


@pytest.fixture(scope="session")
def filled_report(make_report: Maker) -> Report:
    """After BPS's release."""
    return make_report()
