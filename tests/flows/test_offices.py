"""All offices in one go: a batch that stops at no office, and a round that loses none."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from core.settings import load_settings
from jobs.health.troubles import known_keys
from jobs.workspace import Workspace
from office.loading import EXAMPLES
from tests.flows.given.story import TECHNICIAN, Story, artifacts

pytestmark = [pytest.mark.slow, pytest.mark.prefect, pytest.mark.xdist_group("prefect")]

OFFICES = ["dinas-a", "dinas-b", "dinas-c"]
KEY = "alur/segarkan-laporan/dinas-b/semua"


@pytest.fixture
def offices(story: Story, unrendered: None) -> Path:
    """Three offices, copies of the example."""
    folder = story.folder / "kerja" / "kantor"
    for name in OFFICES:
        shutil.copytree(EXAMPLES / "sumenep-dkupp", folder / name)
        file = folder / name / "office.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("id: sumenep-dkupp", f"id: {name}"))
    return folder


@pytest.fixture
def batch(flow_of: Callable[[str, str], Any], offices: Path) -> Any:
    return flow_of("flows.offices", "segarkan_kantor")


@pytest.fixture
def no_news(monkeypatch: pytest.MonkeyPatch) -> None:
    """No office has news, which takes no time to find out."""
    from prefect.states import Completed

    monkeypatch.setattr("flows.offices.segarkan_tahun", lambda *_, **__: {2023: Completed()})


def troubles() -> frozenset[str]:
    return known_keys(Workspace(load_settings()))


def told(story: Story) -> list[str]:
    """The mails to the technician."""
    return [path.name for path in story.mail.files if TECHNICIAN.encode() in path.read_bytes()]


def break_office(offices: Path) -> None:
    (offices / "dinas-b" / "2023" / "indicators.yaml").write_text("- id: [")


def rows(key: str) -> list[dict[str, str]]:
    from flows.reporting import read_rows

    return read_rows(artifacts(key))


def test_one_office_that_fails_stops_no_other_and_is_one_trouble_with_one_mail(
    batch: Any, story: Story, offices: Path, flow_of: Callable[[str, str], Any]
):
    good = (offices / "dinas-b" / "2023" / "indicators.yaml").read_bytes()
    break_office(offices)
    state = batch(OFFICES, return_state=True)
    assert state.is_completed()
    assert state.message.startswith("2 kantor disegarkan, 2 terbitan baru, 1 gagal: dinas-b (")
    assert [row["Hasil"] for row in rows("kelompok-kantor")] == ["terbitan baru", "gagal", "terbitan baru"]
    assert (troubles(), len(told(story)), len(story.reports)) == ({KEY}, 1, 2)

    flow_of("flows.report", "segarkan_laporan")(agency="dinas-b", return_state=True)
    assert (troubles(), len(told(story))) == ({KEY}, 1), "the office's own run means the same trouble"

    (offices / "dinas-b" / "2023" / "indicators.yaml").write_bytes(good)
    again = batch(OFFICES, return_state=True)
    assert again.message == "3 kantor disegarkan, 1 terbitan baru."
    assert (troubles(), len(told(story))) == (frozenset(), 2)


@pytest.mark.usefixtures("no_news")
def test_an_office_that_another_run_refreshes_is_left_to_it(batch: Any):
    from jobs.alone import run_alone

    with run_alone(load_settings(agency="dinas-a"), "segarkan-laporan"):
        state = batch(["dinas-a", "dinas-b"], return_state=True)
    assert state.message == "1 kantor disegarkan, 0 terbitan baru, 1 dilewati."


def test_a_slip_of_the_program_is_the_trouble_of_one_office(batch: Any, monkeypatch: pytest.MonkeyPatch):
    def slip(*_: Any, **__: Any) -> Any:
        raise LookupError

    monkeypatch.setattr("flows.offices.segarkan_tahun", slip)
    state = batch(["dinas-b"], return_state=True)
    assert state.message.endswith("1 gagal: dinas-b (Kesalahan program yang tidak terduga (LookupError)).")
    assert troubles() == {KEY}


class Workers:
    """Carries batches out in this process, as far as each is let go: a worker may die within one."""

    def __init__(self, batch: Any, dies_after: list[int | None]) -> None:
        self._batch, self._dies_after = batch, dies_after
        self.begun: list[list[str]] = []

    def run_deployment(self, name: str, *, parameters: dict[str, Any], **_: Any) -> Any:
        from prefect.client.orchestration import get_client
        from prefect.states import Crashed

        assert name == "segarkan-kantor/kelompok-kantor"
        self.begun.append(parameters["offices"])
        dies_after = self._dies_after.pop(0) if self._dies_after else None
        done = parameters["offices"][:dies_after]
        state = self._batch(**{**parameters, "offices": done}, return_state=True)
        run = state.state_details.flow_run_id
        if dies_after is not None:
            with get_client(sync_client=True) as client:
                client.set_flow_run_state(run, Crashed(message="Prosesnya mati."), force=True)
        return SimpleNamespace(id=run)


@pytest.fixture
def carry_out(
    batch: Any, flow_of: Callable[[str, str], Any], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., tuple[Any, Workers]]:
    """Carries out a round of one batch; says after how many offices each of its workers dies."""
    flow = flow_of("flows.offices", "segarkan_semua_kantor")
    monkeypatch.setattr("flows.offices.LOOK_SECONDS", 0.0)

    def run(*dies_after: int | None, size: int = 3) -> tuple[Any, Workers]:
        workers = Workers(batch, list(dies_after))
        monkeypatch.setattr("flows.offices.run_deployment", workers.run_deployment)
        return flow(batch=size, return_state=True), workers

    return run


def test_a_batch_whose_worker_dies_is_begun_again_for_what_is_left_and_nothing_is_lost(
    carry_out: Any, story: Story
):
    state, workers = carry_out(1)
    assert workers.begun == [OFFICES, OFFICES[1:]]
    assert (state.is_completed(), state.message) == (True, "3 kantor disegarkan, 3 terbitan baru.")
    assert [(row["Kantor"], row["Terbitan"]) for row in rows("semua-kantor")] == [(o, "1") for o in OFFICES]
    assert (len(story.reports), told(story)) == (3, [])

    again, workers = carry_out(size=2)
    assert workers.begun == [OFFICES[:2], OFFICES[2:]]
    assert again.message == "3 kantor disegarkan, 0 terbitan baru."


@pytest.mark.usefixtures("no_news")
def test_a_batch_that_dies_twice_is_given_up_and_the_technician_hears_of_it(carry_out: Any, story: Story):
    state, workers = carry_out(1, 0)
    assert workers.begun == [OFFICES, OFFICES[1:]]
    assert (state.is_failed(), state.name) == (True, "Failed")
    assert state.message.startswith("1 kantor disegarkan, 0 terbitan baru, 2 gagal: dinas-b (Kelompoknya ")
    assert {key for key in troubles() if "segarkan-semua-kantor" in key}
    assert len(told(story)) == 1


def test_a_round_in_which_only_an_office_failed_makes_no_second_trouble(
    carry_out: Any, monkeypatch: pytest.MonkeyPatch, story: Story
):
    from prefect.states import Completed, Failed

    def only_others(agency: str, *_: Any, **__: Any) -> Any:
        return {2023: Failed(message="Rusak.") if agency.endswith("dinas-b") else Completed()}

    monkeypatch.setattr("flows.offices.segarkan_tahun", only_others)
    state, _ = carry_out()
    assert (state.is_failed(), state.name) == (True, "Sebagian gagal")
    assert (troubles(), len(told(story))) == ({KEY}, 1)


@pytest.mark.usefixtures("no_news")
def test_a_batch_that_stands_still_is_stopped_and_begun_again(
    carry_out: Any, monkeypatch: pytest.MonkeyPatch, batch: Any
):
    from prefect.client.orchestration import get_client
    from prefect.states import Running

    monkeypatch.setattr("flows.offices.STILL_SECONDS", 0.0)
    silent: list[Any] = []
    real = Workers.run_deployment

    def stand_still(self: Workers, name: str, **more: Any) -> Any:
        run = real(self, name, **more)
        if not silent:
            silent.append(run.id)
            with get_client(sync_client=True) as client:
                client.set_flow_run_state(run.id, Running(), force=True)
        return run

    monkeypatch.setattr(Workers, "run_deployment", stand_still)
    state, workers = carry_out(2)
    assert workers.begun == [OFFICES, OFFICES[2:]]
    assert state.message == "3 kantor disegarkan, 0 terbitan baru."
    with get_client(sync_client=True) as client:
        assert client.read_flow_run(silent[0]).state.is_cancelled()


def test_a_round_with_an_unknown_office_begins_nothing(offices: Path, flow_of: Callable[[str, str], Any]):
    state = flow_of("flows.offices", "segarkan_semua_kantor")(offices=["dinas-z"], return_state=True)
    assert state.is_failed()
    assert "Kantor 'dinas-z' tidak ada." in state.message


def test_without_the_deployment_of_the_batches_it_says_what_to_do(
    offices: Path, flow_of: Callable[[str, str], Any], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("flows.offices.BATCH_DEPLOYMENT", "yang-tidak-ada")
    state = flow_of("flows.offices", "segarkan_semua_kantor")(return_state=True)
    assert state.is_failed()
    assert "jalankan lkjip deploy" in state.message
