"""The flows on a real Prefect server: what they do, what they say, and what the office sees."""

from __future__ import annotations

import email
import email.policy
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from standins.bps import BpsStandin
from tests.flows.given.story import RELEASE_DAY, TECHNICIAN, PrefectServer, Story, artifacts

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]


@pytest.fixture
def flows(prefect_server: PrefectServer) -> Any:
    import importlib

    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

    updates = {PREFECT_API_URL: prefect_server.api, PREFECT_HOME: prefect_server.home}
    with temporary_settings(updates=updates):
        yield importlib.import_module("flows.bps"), importlib.import_module("flows.report")


def subjects(story: Story) -> list[str]:
    return [
        str(email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["Subject"])
        for path in story.mail.files
    ]


def test_the_whole_story_from_january_to_the_release(flows, story: Story):
    pantau, segarkan = flows
    state = segarkan.segarkan_laporan(return_state=True)
    assert state.is_completed(), state.message
    assert "terbitan 1" in state.message
    state = pantau.pantau_rilis_bps(return_state=True)
    assert state.message.startswith("BPS belum merilis PDRB 2023.")
    story.on(RELEASE_DAY)
    state = pantau.pantau_rilis_bps(return_state=True)
    assert state.is_completed(), state.message
    assert "BPS merilis PDRB 2023 pada 4 April 2024." in state.message
    assert len(story.reports) == 2
    assert "4 indikator terisi (terbitan 2)" in subjects(story)[1]
    folder = story.folder / "kerja" / "laporan" / "sumenep-dkupp" / "2023"
    assert sorted(path.name for path in folder.iterdir()) == ["terbitan-1", "terbitan-2"]

    table = artifacts("indikator-sebelum-dan-sesudah")[0].data
    assert "6,35%" in table
    assert "menunggu BPS" in table
    assert "(http://127.0.0.1:8000/kantor/sumenep-dkupp/2023/terbitan/2)" in artifacts("laporan")[0].data
    standing = artifacts("keadaan-indikator")
    assert "11 indikator: 4 belum tercapai, 7 tercapai." in standing[0].description
    assert any("4 menunggu" in one.description for one in standing)
    assert "- BPS: 4 April 2024" in standing[0].description, "the age of what each source gave"

    state = pantau.pantau_rilis_bps(return_state=True)
    assert "tidak berubah" in state.message
    assert len(story.reports) == 2, "a second look sends nothing twice"


@pytest.mark.usefixtures("unrendered")
def test_a_refused_key_fails_the_flow_in_indonesian_and_is_written_nowhere(
    flows, story: Story, prefect_server: PrefectServer
):
    pantau, segarkan = flows
    segarkan.segarkan_laporan(return_state=True)
    story.on(RELEASE_DAY)
    story.bps.fail_with("bad_key")
    state = pantau.pantau_rilis_bps(return_state=True)
    assert state.is_failed()
    assert "menolak kunci" in state.message
    assert "Yang perlu dilakukan" in state.message
    assert len(story.reports) == 1, "no new issue, no new mail"
    for path in Path(prefect_server.home).rglob("*"):
        if path.is_file():
            assert story.bps.key.encode() not in path.read_bytes(), path.name


@pytest.mark.usefixtures("unrendered")
def test_on_a_day_that_is_not_due_only_a_run_of_the_scheduler_asks_bps_nothing(
    flows, story: Story, monkeypatch: pytest.MonkeyPatch
):
    pantau, _ = flows
    story.on(date(2024, 1, 30))
    assert pantau.pantau_rilis_bps(return_state=True).is_completed()
    asked = len(story.bps.requests)
    assert asked
    story.on(date(2024, 1, 31))
    with monkeypatch.context() as patch:
        patch.setattr(pantau, "made_by_schedule", lambda: True)
        state = pantau.pantau_rilis_bps(return_state=True)
    assert state.message == (
        "BPS tidak diperiksa hari ini: bukan hari pemeriksaan; berikutnya 1 Februari 2024."
    )
    assert len(story.bps.requests) == asked
    pantau.pantau_rilis_bps(return_state=True)
    assert len(story.bps.requests) > asked, "a person's run looks at once"


@pytest.mark.usefixtures("unrendered")
def test_a_revision_makes_a_new_issue_that_says_so(flows, story: Story):
    pantau, segarkan = flows
    story.bps.set_scenario("silent_revision")
    segarkan.segarkan_laporan(return_state=True)
    story.on(RELEASE_DAY)
    pantau.pantau_rilis_bps(return_state=True)
    story.on(date(2024, 5, 6))
    state = pantau.pantau_rilis_bps(return_state=True)
    assert state.message.startswith("PDRB 2023: angka direvisi BPS."), state.message
    assert len(story.reports) == 3
    assert "BPS merevisi PDRB" in subjects(story)[2]


@pytest.mark.usefixtures("unrendered")
def test_with_a_dead_mail_server_the_issue_is_made_and_only_its_mail_waits(flows, story: Story):
    _, segarkan = flows
    story.use("LKJIP_SMTP_URL", "smtp://127.0.0.1:9")
    state = segarkan.segarkan_laporan(return_state=True)
    assert state.is_completed()
    assert state.name == "Surel menunggu"
    assert (
        "terbitan 1, 31 Januari 2024 terbit, tetapi belum terkirim. 1 surel belum terkirim" in state.message
    )
    story.use("LKJIP_SMTP_URL", story.mail.url)
    from flows.mail import kirim_laporan

    assert kirim_laporan(return_state=True).name == "Completed"
    assert len(story.reports) == 1


@pytest.mark.usefixtures("unrendered")
def test_a_failure_is_told_to_the_technician_once_and_so_is_its_end(flows, story: Story):
    pantau, _ = flows
    story.bps.fail_with("bad_key")
    assert pantau.pantau_rilis_bps(return_state=True).is_failed()
    assert pantau.pantau_rilis_bps(return_state=True).is_failed()
    assert subjects(story) == ["[LKjIP] Masalah: Alur pantau-rilis-bps gagal (sumenep-dkupp, semua tahun)"]
    told = email.message_from_bytes(story.mail.files[0].read_bytes(), policy=email.policy.default)
    assert told["To"] == TECHNICIAN
    assert "menolak kunci" in told.get_content()
    assert story.bps.key not in told.get_content()
    story.bps.behave()
    assert pantau.pantau_rilis_bps(return_state=True).is_completed()
    assert subjects(story)[1:] == [
        "[LKjIP] Selesai: Alur pantau-rilis-bps gagal (sumenep-dkupp, semua tahun)"
    ]


@pytest.mark.usefixtures("unrendered")
def test_asked_for_now_the_watch_asks_bps_although_it_is_paused(flows, story: Story):
    from core.settings import load_settings
    from jobs.circuits import lasting_circuit
    from jobs.workspace import Workspace

    pantau, _ = flows
    with lasting_circuit(Workspace(load_settings()), story.bps.url) as circuit:
        circuit.leave_alone(3600, "bps")
    state = pantau.pantau_rilis_bps(now=True, return_state=True)
    assert state.message.startswith("BPS belum merilis PDRB 2023.")


@pytest.mark.usefixtures("unrendered")
def test_unusable_settings_fail_the_flow_with_a_sentence(flows, story: Story):
    pantau, _ = flows
    story.use("LKJIP_YEAR", "dua ribu")
    state = pantau.pantau_rilis_bps(return_state=True)
    assert state.is_failed()
    assert "LKJIP_YEAR" in state.message


@pytest.mark.usefixtures("unrendered")
def test_a_release_that_was_kept_but_not_yet_reported_is_made_up_for(flows, story: Story):
    from core.settings import load_settings
    from jobs.bps.poll import poll_bps
    from jobs.workspace import Workspace

    pantau, segarkan = flows
    segarkan.segarkan_laporan(return_state=True)
    story.on(RELEASE_DAY)
    assert poll_bps(Workspace(load_settings())).news
    state = pantau.pantau_rilis_bps(return_state=True)
    assert "terbitan 2" in state.message, state.message
    assert len(story.reports) == 2


@pytest.fixture
def province(story: Story) -> Iterator[BpsStandin]:
    """BPS with PDRB tables of many regencies, on the day of the release."""
    story.on(RELEASE_DAY)
    with BpsStandin(today=RELEASE_DAY, domains=60) as bps:
        story.use("LKJIP_BPS_URL", bps.url)
        story.use("LKJIP_BPS_KEY", bps.key)
        story.use("LKJIP_BPS_CONCURRENCY", "4")
        yield bps


def results_by_region() -> dict[str, dict[str, str]]:
    return {row["Wilayah"][:4]: row for row in json.loads(artifacts("hasil-wilayah")[0].data)}


@pytest.mark.usefixtures("unrendered")
def test_many_regions_have_each_a_line_and_the_progress_comes_to_its_end(
    flows, story: Story, province: BpsStandin
):
    pantau, _ = flows
    state = pantau.pantau_banyak_wilayah("3526,3527,3529", return_state=True)
    assert state.is_completed(), state.message
    assert state.message == "3 wilayah diperiksa: rilis baru 3."
    rows = results_by_region()
    assert list(rows) == ["3526", "3527", "3529"]
    assert rows["3529"]["Wilayah"] == "3529 Sumenep"
    assert rows["3529"]["Keterangan"].startswith("BPS merilis PDRB 2023 pada 4 April 2024.")
    assert {row["Hasil"] for row in rows.values()} == {"rilis baru"}
    progress = artifacts("kemajuan-wilayah")[0]
    assert (progress.description, progress.data) == ("3 wilayah diperiksa di BPS", 100.0)
    assert not story.reports, "no report is made of them"


@pytest.mark.usefixtures("unrendered")
def test_a_region_that_fails_is_named_with_its_reason_and_stops_no_other(flows, province: BpsStandin):
    pantau, _ = flows
    province.fail_with("text_value", domain="3527")
    state = pantau.pantau_banyak_wilayah("3526,3527,3529", return_state=True)
    assert state.is_completed(), state.message
    assert state.message == "3 wilayah diperiksa: rilis baru 2, gagal 1."
    rows = results_by_region()
    assert {code: row["Hasil"] for code, row in rows.items()} == {
        "3526": "rilis baru",
        "3527": "gagal",
        "3529": "rilis baru",
    }
    assert "Yang perlu dilakukan" in rows["3527"]["Keterangan"]
    assert int(rows["3527"]["Permintaan"]) > 0
    assert "Yang gagal:\n\n- 3527 " in artifacts("hasil-wilayah")[0].description


@pytest.mark.usefixtures("unrendered")
def test_regions_that_bps_does_not_know_fail_the_flow_with_a_sentence(flows, province: BpsStandin):
    pantau, _ = flows
    state = pantau.pantau_banyak_wilayah("Sumenep", return_state=True)
    assert state.is_failed()
    assert state.message.startswith("Wilayah 'Sumenep' tidak dikenal.")


@pytest.mark.usefixtures("unrendered")
def test_a_run_beside_another_of_the_same_office_ends_at_once_and_another_office_s_does_not(
    flows, story: Story
):
    from core.settings import load_settings
    from jobs.alone import run_alone

    pantau, segarkan = flows
    with run_alone(load_settings(), "pantau-rilis-bps"):
        state = pantau.pantau_rilis_bps(return_state=True)
        assert (state.name, state.is_completed()) == ("Dilewati", True)
        assert "masih berlangsung" in state.message
        assert not story.bps.requests
    with run_alone(load_settings(), "segarkan-laporan"):
        other = segarkan.segarkan_laporan(agency="jabar-inspektorat", year=2016, return_state=True)
        assert "terbitan 1" in other.message


@pytest.mark.usefixtures("unrendered")
def test_a_refresh_beside_another_of_the_same_report_waits_for_its_turn(
    flows, story: Story, monkeypatch: pytest.MonkeyPatch
):
    from core.settings import load_settings
    from jobs.alone import run_alone

    _, segarkan = flows
    held = ExitStack()
    held.enter_context(run_alone(load_settings(), "segarkan-laporan"))
    waiting = SimpleNamespace(monotonic=time.monotonic, sleep=lambda _: held.close())
    monkeypatch.setattr("jobs.alone.time", waiting)
    state = segarkan.segarkan_laporan(return_state=True)
    assert "terbitan 1" in state.message, "what it brings may have come after the other had read everything"
