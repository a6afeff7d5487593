"""The steps of the BPS flow do as the command's: whatever a side channel does, the main tables are kept."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from core.errors import ImplausibleFigureError
from core.settings import load_settings
from jobs.report.state.status import read_status
from jobs.workspace import Workspace
from models.bps.tables import PollOutcome
from standins.bps import BpsStandin
from tests.flows.given.story import RELEASE_DAY
from tests.jobs.given.statistic_office import office_naming

TASKS = ("periksa_rilis", "baca_tabel", "baca_statistik", "bandingkan_saluran", "simpan_observasi")


@pytest.fixture
def bps() -> Iterator[BpsStandin]:
    with BpsStandin(today=RELEASE_DAY, release_date=RELEASE_DAY) as standin:
        yield standin


@pytest.fixture
def look(bps: BpsStandin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Any]:
    """The flow's look, its tasks called as plain functions: no server is needed."""
    monkeypatch.setenv("PREFECT_HOME", str(tmp_path / "prefect"))
    module = importlib.import_module("flows.bps")
    for name in TASKS:
        monkeypatch.setattr(module, name, getattr(module, name).fn)
    settings = load_settings(
        home=tmp_path / "kerja",
        bps_url=bps.url,
        bps_key=bps.key,
        bps_requests_per_second=1000,
        today=RELEASE_DAY,
    )
    steps = module._look
    return lambda *, accept_revision=False: steps(Workspace(settings), accept_revision, False)


def test_a_key_that_only_simdasi_refuses_costs_no_release(look: Callable[..., Any], bps: BpsStandin) -> None:
    bps.fail_with("simdasi_bad_key")
    result = look()
    assert result.outcome is PollOutcome.RELEASED
    assert any("Saluran SIMDASI" in problem for problem in result.problems)


def test_a_statistic_that_an_indicator_names_is_read_in_the_same_look(
    look: Callable[..., Any], tmp_path: Path
) -> None:
    office_naming(
        tmp_path / "kerja", industry="{table: tingkat pengangguran terbuka, characteristic: Jumlah}"
    )
    assert look().message.endswith("BPS merilis tingkat pengangguran terbuka 2023.")


def test_a_statistic_is_kept_and_reported_although_pdrb_cannot_be_had(
    look: Callable[..., Any], bps: BpsStandin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office_naming(
        tmp_path / "kerja", industry="{table: tingkat pengangguran terbuka, characteristic: Jumlah}"
    )
    bps.fail_with("simdasi_in_juta")
    settings = load_settings(home=tmp_path / "kerja", today=RELEASE_DAY)
    module, refreshed = importlib.import_module("flows.bps"), []
    monkeypatch.setattr(module, "get_run_logger", lambda: None)
    monkeypatch.setattr(module, "segarkan_laporan", lambda *_, **given: refreshed.append(given["cause"]))
    monkeypatch.setattr(module, "_look", lambda *_: look())
    assert module._watch(None, Workspace(settings), False, False).is_failed()
    assert refreshed == ["Angka dari BPS yang belum masuk laporan."]
    remarks = read_status(Workspace(settings)).remarks
    assert any("BPS merilis tingkat pengangguran terbuka" in remark for remark in remarks)


def test_main_tables_that_are_refused_are_stood_in_for(look: Callable[..., Any], bps: BpsStandin) -> None:
    bps.fail_with("wrong_total")
    assert "lewat saluran lain" in look().message


def test_a_doubt_at_first_contact_is_asked_and_may_be_accepted(
    look: Callable[..., Any], bps: BpsStandin
) -> None:
    bps.fail_with("simdasi_in_juta")
    with pytest.raises(ImplausibleFigureError, match="Selisih 10 kali lipat"):
        look()
    assert look(accept_revision=True).outcome is PollOutcome.RELEASED
