from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from capaian.values import Quantity
from office.loading import find_agency, load_agency
from office.schema import Agency
from reports.content import IssueInfo, Report, build_report
from reports.prices.evidence import PriceEvidence
from reports.realisasi import Input, Realisasi, State
from reports.reported import reported_realisasi
from tests.reports.given.year_of_budget import budget_evidence
from tests.reports.given.year_of_prices import evidence, report_with

RELEASED = date(2024, 4, 4)
Rates = dict[str, tuple[str, bool]]
# The contributions are BPS's own (SOURCES.md); both growths are illustrative.
PUBLISHED: Rates = {
    "kontribusi-industri": ("6.3512", False),
    "kontribusi-perdagangan": ("12.4978", False),
    "pertumbuhan-industri": ("6.2011", True),
    "pertumbuhan-perdagangan": ("4.8000", True),
}
Filler = Callable[..., dict[tuple[str, int], Realisasi]]
Maker = Callable[..., Report]


def _released(identifier: str, value: str, illustrative: bool, state: State, status: str) -> Realisasi:
    used = Input(
        name="PDRB ADHK Industri Pengolahan 2023",
        symbol="ADHK C 2023",
        value=Decimal("1690.12"),
        unit="Miliar Rupiah",
        status=status,
        vintage="1",
        released_on=RELEASED,
        snapshot="ab" * 32,
        url="https://webapi.bps.go.id/v1/api/list",
        illustrative=illustrative,
    )
    return Realisasi(
        indicator=identifier,
        year=2023,
        state=state,
        value=Quantity(Decimal(value)),
        source="BPS, 4 April 2024",
        source_url="https://webapi.bps.go.id/v1/api/list",
        released_on=RELEASED,
        formula="(1.690,12 - 1.606,58) / 1.606,58 x 100",
        inputs=(used,),
        illustrative=illustrative,
        institution="BPS",
    )


@pytest.fixture(scope="session")
def agency() -> Agency:
    return load_agency(find_agency("sumenep-dkupp"), 2023)


@pytest.fixture(scope="session")
def filled(agency: Agency) -> Filler:
    """All realisasi, with BPS's figures put in."""

    def fill(
        rates: Rates | None = None, state: State = State.PROVISIONAL, status: str = "sementara"
    ) -> dict[tuple[str, int], Realisasi]:
        chosen = reported_realisasi(agency)
        for identifier, (value, illustrative) in (PUBLISHED if rates is None else rates).items():
            chosen[identifier, 2023] = _released(identifier, value, illustrative, state, status)
        return chosen

    return fill


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
