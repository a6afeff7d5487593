"""What the server does by itself, kept as a file: applied again it changes nothing, and only ours."""

from __future__ import annotations

import pytest

from connectors.prefect_server import PrefectServer
from jobs.health.automations import keep_automations
from jobs.health.deploy import DEPLOYMENTS
from standins.prefect_server import PrefectStandin

NAME = "lkjip jalan mati"


@pytest.fixture
def server(prefect: PrefectStandin) -> PrefectServer:
    prefect.add_deployment("catat-jalan-mati", "jalan-mati", planned=None)
    return PrefectServer(prefect.api_url)


def apply(server: PrefectServer) -> list[str]:
    return keep_automations(server, server.deployments())


def test_it_runs_the_deployment_of_its_flow(server: PrefectServer, prefect: PrefectStandin) -> None:
    assert apply(server) == [NAME]
    [kept] = prefect.automations.values()
    [action] = kept["actions"]
    ours = next(d for d in server.deployments() if d.flow == "catat-jalan-mati")
    assert (action["type"], action["deployment_id"]) == ("run-deployment", ours.id)
    assert "mati" in kept["description"]


def test_applied_again_it_is_brought_to_the_file_and_surplus_ones_of_its_name_go(
    server: PrefectServer, prefect: PrefectStandin
) -> None:
    apply(server)
    [number] = prefect.automations
    prefect.automations[number]["enabled"] = False
    prefect.automations["lagi"] = {**prefect.automations[number], "id": "lagi"}
    prefect.automations["orang"] = {"id": "orang", "name": "buatan orang"}
    apply(server)
    assert set(prefect.automations) == {number, "orang"}
    assert prefect.automations[number]["enabled"]


def test_without_the_deployment_it_is_left_out(server: PrefectServer, prefect: PrefectStandin) -> None:
    prefect.deployments.clear()
    assert apply(server) == []
    assert not prefect.automations


def test_the_deployment_that_it_runs_is_among_ours() -> None:
    assert "flows/health.py:catat_jalan_mati" in DEPLOYMENTS.read_text(encoding="utf-8")
