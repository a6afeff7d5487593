"""SP2KP's means of the province: a day a month, for comparison only, each day whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.settings import load_settings
from jobs.prices.compare import take_in_comparison
from jobs.prices.show import show_commodity
from jobs.prices.year import price_regions
from jobs.workspace import Workspace
from standins.prices.sp2kp import Sp2kpStandin
from tests.jobs.given.days import AUGUST


@pytest.fixture
def office(service: Sp2kpStandin, tmp_path: Path) -> Workspace:
    """The office in a year that SP2KP's archive reaches."""
    settings = load_settings(
        home=tmp_path / "kerja", sp2kp_url=service.url, prices_requests_per_second=100_000, today=AUGUST
    )
    workspace = Workspace(settings)
    agency = workspace.agency
    year = agency.year.model_copy(update={"year": 2024})
    workspace.__dict__["agency"] = agency.model_copy(update={"year": year})
    return workspace


def test_a_day_of_every_month_of_the_archive_is_read_the_newest_first(office: Workspace) -> None:
    read = take_in_comparison(office)
    assert read.problems == ()
    assert read.days == tuple(date(2024, month, 15) for month in range(8, 1, -1))
    assert read.new > 0


def test_months_that_were_read_cost_no_request(office: Workspace, service: Sp2kpStandin) -> None:
    take_in_comparison(office)
    service.requests.clear()
    assert take_in_comparison(office).days == ()
    assert service.requests == []


def test_a_year_before_the_archive_has_nothing_to_read(service: Sp2kpStandin, tmp_path: Path) -> None:
    workspace = Workspace(load_settings(home=tmp_path, sp2kp_url=service.url, today=date(2023, 12, 1)))
    assert take_in_comparison(workspace).days == ()
    assert service.requests == []


def test_a_service_that_fails_is_only_remarked(office: Workspace, service: Sp2kpStandin) -> None:
    service.fail_with("html_200")
    read = take_in_comparison(office)
    assert read.days == ()
    assert len(read.problems) == 1


def test_a_day_that_fails_half_way_is_read_whole_the_next_time(
    office: Workspace, service: Sp2kpStandin
) -> None:
    asked: list[str] = []

    def third_commodity(request: object) -> bool:
        asked.append(str(request))
        return len(asked) > 3

    service.fail_with("html_200", when=third_commodity)
    assert take_in_comparison(office).days == ()
    service.behave()
    assert date(2024, 8, 15) in take_in_comparison(office).days


def test_the_mean_is_shown_beside_and_never_measured(office: Workspace) -> None:
    take_in_comparison(office)
    shown = show_commodity(office, "beras-premium", date(2024, 7, 15))
    assert [price.series.key.source for price in shown.prices] == ["sp2kp"]
    assert "SP2KP Kementerian Perdagangan, angka ilustrasi" in shown.as_text()
    assert office.agency.prices is not None
    assert "sp2kp" not in dict(price_regions(office.agency, office.agency.prices))


def test_an_empty_address_is_only_remarked(office: Workspace) -> None:
    office.settings.sp2kp_url = ""
    assert take_in_comparison(office).problems[0].startswith("Pengaturan LKJIP_SP2KP_URL kosong")
