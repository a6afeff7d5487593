"""The circuit of a host between runs: where it is kept, whose it is, and what a failure to keep it costs."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import text

from connectors.web.circuit import THRESHOLD, Circuit
from core.errors import SourceError
from jobs.bps.poll import poll_bps
from jobs.bps.poll_many import choose_domains, poll_domains
from jobs.circuits import lasting_circuit, restore_circuit
from jobs.report.state.status import read_status
from jobs.workspace import Workspace
from standins.bps import BpsStandin
from tests.jobs.given.days import JANUARY

URL, HOST = "https://kunci:rahasia@webapi.bps.example/v1/api", "webapi.bps.example"

At = Callable[[date], Workspace]


def fail(circuit: Circuit) -> None:
    for _ in range(THRESHOLD):
        circuit.failed(circuit.admit(HOST), HOST)


def fail_in_a_run(workspace: Workspace, url: str = URL) -> None:
    with lasting_circuit(workspace, url) as circuit:
        fail(circuit)


def test_an_open_circuit_stays_open_for_the_next_run(workspace: Workspace) -> None:
    fail_in_a_run(workspace)
    assert restore_circuit(workspace, URL).opened_until is not None


def test_a_run_that_breaks_off_keeps_it_too(workspace: Workspace) -> None:
    def break_off() -> None:
        with lasting_circuit(workspace, URL) as circuit:
            fail(circuit)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        break_off()
    assert restore_circuit(workspace, URL).opened_until is not None


@pytest.mark.parametrize(
    "same",
    ["https://webapi.bps.example:443/lain", "https://WebAPI.BPS.example/v1/api"],
    ids=["the port of the scheme", "other letters"],
)
def test_it_belongs_to_the_host_however_its_address_is_written(workspace: Workspace, same: str) -> None:
    fail_in_a_run(workspace)
    assert restore_circuit(workspace, same).opened_until is not None


@pytest.mark.parametrize(
    "other",
    [
        "https://webapi.bps.example:8443",
        "http://webapi.bps.example",
        "https://webapi-bps.example",
        "http://[",
    ],
)
def test_another_host_or_port_is_not_paused(workspace: Workspace, other: str) -> None:
    fail_in_a_run(workspace)
    assert restore_circuit(workspace, other).opened_until is None


def test_a_slip_in_the_address_does_not_pause_the_right_host(at: At, bps: BpsStandin) -> None:
    right = at(JANUARY)
    wrong = Workspace(right.settings.model_copy(update={"bps_url": "http://127.0.0.1:9/v1/api"}))
    with lasting_circuit(wrong, wrong.settings.bps_url) as circuit:
        fail(circuit)
    assert poll_bps(right).message.startswith("BPS belum merilis PDRB 2023.")


def test_the_status_names_the_paused_host(at: At, bps: BpsStandin) -> None:
    workspace = at(JANUARY)
    poll_bps(workspace)
    paused(workspace, bps)
    host = bps.url.split("/")[2]
    assert any(r.startswith(f"Sambungan ke {host} dijeda sampai ") for r in read_status(workspace).remarks)


def paused(workspace: Workspace, bps: BpsStandin) -> None:
    """Polls that fail until BPS is left alone; it answers again afterwards."""
    bps.fail_with("reset")
    for _ in range(THRESHOLD):
        with pytest.raises(SourceError):
            poll_bps(workspace)
    bps.behave()
    bps.requests.clear()


def test_a_poll_asked_for_now_tries_although_bps_is_paused(workspace: Workspace, bps: BpsStandin) -> None:
    paused(workspace, bps)
    assert poll_bps(workspace, now=True).message.startswith("BPS belum merilis PDRB 2023.")
    assert restore_circuit(workspace, bps.url).opened_until is None


def test_a_poll_asked_for_now_that_fails_pauses_for_longer(workspace: Workspace, bps: BpsStandin) -> None:
    paused(workspace, bps)
    before = restore_circuit(workspace, bps.url).opened_until
    bps.fail_with("reset")
    with pytest.raises(SourceError, match="dijeda setelah 6 permintaan"):
        poll_bps(workspace, now=True)
    assert len({request.path for request in bps.requests}) == 1, "one request on trial, and no other"
    after = restore_circuit(workspace, bps.url).opened_until
    assert before is not None
    assert after is not None
    assert after > before


def test_many_regions_asked_for_now_are_looked_at_although_bps_is_paused(
    workspace: Workspace, bps: BpsStandin
) -> None:
    paused(workspace, bps)
    [result] = poll_domains(workspace, choose_domains(workspace, "3529", now=True)).results
    assert result.result.message.startswith("BPS belum merilis PDRB 2023.")


def test_no_password_of_an_address_is_kept(workspace: Workspace) -> None:
    fail_in_a_run(workspace)
    with workspace.engine.connect() as connection:
        [row] = connection.execute(text("SELECT * FROM circuits")).all()
    assert row.host == f"{HOST}:443"
    assert "rahasia" not in str(row)


def test_a_run_without_trouble_keeps_nothing(workspace: Workspace) -> None:
    with lasting_circuit(workspace, URL) as circuit:
        circuit.succeeded(circuit.admit(HOST))
    with workspace.engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM circuits")).scalar() == 0


def test_failing_to_keep_it_is_a_warning_and_the_run_goes_on(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    with workspace.engine.begin() as connection:
        connection.execute(text("DROP TABLE circuits"))
    with caplog.at_level(logging.WARNING, logger="jobs.circuits"):
        fail_in_a_run(workspace)
    assert f"Keadaan sambungan ke {HOST}:443 tidak dapat disimpan" in caplog.text


def test_a_state_that_cannot_be_read_pauses_nothing(workspace: Workspace) -> None:
    fail_in_a_run(workspace)
    with workspace.engine.begin() as connection:
        connection.execute(text("UPDATE circuits SET state = 'rusak'"))
    assert restore_circuit(workspace, URL).opened_until is None


def test_files_of_earlier_versions_are_deleted(workspace: Workspace) -> None:
    workspace.settings.home.mkdir(parents=True, exist_ok=True)
    old = workspace.settings.home / ".sambungan-bps.json"
    old.write_text("{}")
    with lasting_circuit(workspace, URL):
        assert not old.exists()
