"""A run whose process died with its worker: watch ends it, and tells it as any run that failed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from connectors.prefect_server import PrefectServer
from core import dates
from jobs.health.dead_runs import SILENT, end_dead_runs
from jobs.health.troubles import known_keys
from jobs.health.watch import watch
from standins.prefect_server import PrefectStandin
from tests.jobs.health.conftest import Space

MINUTE = timedelta(minutes=1)


def run_since(prefect: PrefectStandin, ago: timedelta) -> str:
    """A run that began so long ago and has not ended."""
    started = dates.now() - ago
    deployment = prefect.deployments[0]["id"]
    return prefect.add_run(deployment, "RUNNING", expected=started, started=started)


def sign(prefect: PrefectStandin, ago: timedelta, run: str = "other") -> None:
    """What the server heard so long ago."""
    resource = {"prefect.resource.id": f"prefect.flow-run.{run}"}
    at = (dates.now() - ago).isoformat()
    prefect.events.append({"event": "prefect.flow-run.heartbeat", "occurred": at, "resource": resource})


def test_one_without_any_sign_of_life_is_ended_and_told_under_the_key_of_its_flow(
    space: Space, prefect: PrefectStandin
) -> None:
    number = run_since(prefect, SILENT + MINUTE)
    sign(prefect, MINUTE)
    watched = watch(space(), PrefectServer(prefect.api_url), describe=lambda: "", confirm_after=0)
    assert prefect.state_of(number) == "CRASHED"
    assert [finding.detail for finding in watched.findings if "mati tanpa sempat" in finding.detail]
    assert "alur/kirim-laporan/sumenep-dkupp/semua" in known_keys(space())


@pytest.mark.parametrize("ago", [MINUTE, SILENT - MINUTE])
def test_one_that_gave_a_sign_goes_on(prefect: PrefectStandin, ago: timedelta) -> None:
    number = run_since(prefect, 9 * SILENT)
    sign(prefect, ago, number)
    sign(prefect, MINUTE)
    assert end_dead_runs(PrefectServer(prefect.api_url), dates.now()) == []
    assert prefect.state_of(number) == "RUNNING"


def test_one_that_began_a_while_ago_goes_on(prefect: PrefectStandin) -> None:
    run_since(prefect, SILENT - MINUTE)
    sign(prefect, MINUTE)
    assert end_dead_runs(PrefectServer(prefect.api_url), dates.now()) == []


def test_while_the_server_hears_of_nothing_no_run_is_called_dead(prefect: PrefectStandin) -> None:
    run_since(prefect, 2 * SILENT)
    sign(prefect, SILENT)
    assert end_dead_runs(PrefectServer(prefect.api_url), dates.now()) == []
