"""A run whose process died: it is ended, and the technician hears of it as of any run that failed."""

from __future__ import annotations

from datetime import timedelta

import pytest

from core import dates
from jobs.health.dead_runs import tell_dead_run
from jobs.health.troubles import known_keys
from standins.prefect_server import PrefectStandin
from tests.jobs.health.conftest import Space

FLOW = "serap-anggaran"


def run_of(prefect: PrefectStandin, kind: str, deployment: str = "") -> str:
    started = dates.now() - timedelta(minutes=9)
    of = deployment or prefect.add_deployment(FLOW, "anggaran", planned=None)
    return prefect.add_run(of, kind, expected=started, started=started, parameters={"year": 2023})


def test_it_is_ended_and_told_under_the_key_that_its_hooks_would_use(
    space: Space, prefect: PrefectStandin
) -> None:
    number = run_of(prefect, "RUNNING")
    found = tell_dead_run(space(), f"prefect.flow-run.{number}")
    assert found.told
    assert f"Alur {FLOW} gagal" in found.said
    assert prefect.state_of(number) == "CRASHED"
    assert known_keys(space()) == {f"alur/{FLOW}/{space().office_id}/2023"}


def test_told_twice_it_makes_one_trouble(space: Space, prefect: PrefectStandin) -> None:
    number = run_of(prefect, "RUNNING")
    assert tell_dead_run(space(), number).told
    assert "sudah berakhir" in tell_dead_run(space(), number).said
    second = run_of(prefect, "RUNNING", prefect.deployments[0]["id"])
    assert not tell_dead_run(space(), second).told


@pytest.mark.parametrize("kind", ["COMPLETED", "FAILED", "CANCELLED"])
def test_one_that_ended_meanwhile_is_left_as_it_is(space: Space, prefect: PrefectStandin, kind: str) -> None:
    number = run_of(prefect, kind)
    assert not tell_dead_run(space(), number).told
    assert prefect.state_of(number) == kind
    assert not known_keys(space())
