"""The rate of all workers together is kept in runs of flows, and by them alone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from connectors.prefect_limits import set_rates
from core.settings import load_settings
from jobs.bps.session import open_client
from jobs.rates import pace_of, shared_rates
from jobs.workspace import Workspace
from office.loading import EXAMPLES
from standins.bps import BpsStandin
from standins.prefect_server import PrefectStandin
from tests.jobs.given.days import JANUARY


@pytest.fixture
def prefect() -> Iterator[PrefectStandin]:
    with PrefectStandin() as standin:
        yield standin


def space(tmp_path: Path, prefect: PrefectStandin, bps: BpsStandin, *, in_flow: bool) -> Workspace:
    settings = load_settings(
        home=tmp_path, agency=str(EXAMPLES / "sumenep-dkupp"), year=2023, prefect_api_url=prefect.api_url,
        bps_url=bps.url, bps_key=bps.key, bps_requests_per_second=1000.0,
    )  # fmt: skip
    return Workspace(settings, in_flow=in_flow)


@pytest.mark.parametrize("in_flow", [True, False])
def test_only_a_run_of_a_flow_asks_the_server_before_each_request(
    tmp_path: Path, prefect: PrefectStandin, in_flow: bool
) -> None:
    with BpsStandin(today=JANUARY) as bps:
        workspace = space(tmp_path, prefect, bps, in_flow=in_flow)
        set_rates(prefect.api_url, shared_rates(workspace.settings))
        prefect.asked.clear()
        with open_client(workspace.of_year(2023)) as client:
            client.list_all("var", domain="3529")
            sent = client.requests
    assert sent > 0
    assert len(prefect.asked) == (sent if in_flow else 0)


def test_other_offices_and_years_of_a_run_keep_the_rate_too(tmp_path: Path, prefect: PrefectStandin) -> None:
    with BpsStandin(today=JANUARY) as bps:
        workspace = space(tmp_path, prefect, bps, in_flow=True)
    beside = workspace.of_office(EXAMPLES / "jabar-disperindag").of_year(2016)
    assert pace_of(beside, "siskaperbapo") is not None


def test_each_source_has_a_limit_of_its_own_from_the_settings(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path, bps_requests_per_second=0.5, prices_requests_per_second=2.0)
    assert shared_rates(settings) == {"lkjip-bps": 0.5, "lkjip-siskaperbapo": 2.0, "lkjip-sp2kp": 2.0}
