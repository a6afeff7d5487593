"""A report that waits for approval: the run ends, says so, and leads to the page."""

from __future__ import annotations

import pytest

from core.settings import load_settings
from jobs.report.approval.deciding import approve, reject
from jobs.users.audit import Actor
from jobs.workspace import Workspace
from tests.flows.given.story import Story, artifacts
from tests.jobs.given.approval import Approving

INSPECTOR = Actor("Ibu Inspektur")
pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("prefect")]


@pytest.mark.usefixtures("unrendered")
def test_the_whole_story_of_a_draft_from_its_rejection_to_the_mail_of_the_issue(
    flow_of, story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = Approving(story.folder / "kerja", {})
    monkeypatch.setenv("LKJIP_AGENCY", office.office)
    monkeypatch.setenv("LKJIP_YEAR", str(office.year))
    segarkan, kirim = flow_of("flows.report", "segarkan_laporan"), flow_of("flows.mail", "kirim_laporan")
    state = segarkan(return_state=True)
    assert (state.is_completed(), state.name) == (True, "Menunggu persetujuan")
    assert "Rancangan 1-1 untuk terbitan 1" in state.message
    assert len(story.mail.files) == 1
    assert "menunggu persetujuan" in story.mail.files[0].read_text()
    shown = artifacts("menunggu-persetujuan")[0]
    assert "(http://127.0.0.1:8000/kantor/jabar-inspektorat/2016/rancangan/1-1)" in shown.data
    assert "lkjip approve 1-1 --year 2016" in shown.description
    reject(Workspace(load_settings()), "1-1", INSPECTOR, "Nama penanda tangan belum diisi.")
    state = segarkan(return_state=True)
    assert state.name == "Completed"
    assert "ditolak Ibu Inspektur: Nama penanda tangan belum diisi" in state.message
    office.signed_by("Dra. SITI")
    assert "Rancangan 1-2 untuk terbitan 1" in segarkan(return_state=True).message
    approve(Workspace(load_settings()), "1-2", INSPECTOR, "Sudah benar.")
    assert kirim(return_state=True).message == "1 surel terkirim."
    assert len(story.mail.files) == 3
    assert "(terbitan 1)" in story.mail.files[2].read_text()
