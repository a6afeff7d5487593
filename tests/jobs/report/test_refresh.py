"""Making issues: what January holds, what the release changes, and that nothing is made twice."""

from __future__ import annotations

import email
import email.policy
import hashlib
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from core.errors import LkjipError, StorageError
from jobs.bps.poll import poll_bps
from jobs.mail.send import send_outbox
from jobs.report.issued.compared import compare_chosen
from jobs.report.refresh import OTHER_CAUSE, PROGRAM_CAUSE, refresh
from jobs.report.render import render_to
from jobs.report.state.status import read_status
from jobs.report.trace import trace_indicator
from jobs.workspace import Workspace
from models.report.issues import list_issues
from models.report.realisasi import list_realisasi
from models.report.tables import IssueFile
from models.session import open_session
from models.snapshots import read_snapshot
from office.loading import EXAMPLES
from tests.jobs.given.days import JANUARY, RELEASE_DAY

PDRB = {"kontribusi-industri", "kontribusi-perdagangan", "pertumbuhan-industri", "pertumbuhan-perdagangan"}
WAITING = "Menunggu Rilis PDRB oleh BPS 2024"


def states(workspace) -> dict[str, str]:
    return {row["id"]: row["state"] for row in read_status(workspace).as_rows()}


@pytest.mark.usefixtures("unrendered")
def test_january_has_exactly_four_indicators_waiting_wherever_the_print_has_them(at):
    issued = refresh(at(JANUARY))
    tables = issued.report.as_json()["tables"]
    places = {number for number, table in tables.items() if WAITING in json.dumps(table, ensure_ascii=False)}
    assert places == {"capaian", "tahun-lalu", "akhir-renstra", "standar", "penunjang", "efisiensi"}
    assert {name for name, state in states(at(JANUARY)).items() if state == "waiting"} == PDRB
    averages = " ".join(issued.report.sentences["rata-rata"])
    assert averages.count("masih menunggu rilis PDRB dari BPS") == 2


@pytest.mark.usefixtures("unrendered")
def test_after_the_release_none_waits_and_the_averages_appear(at):
    refresh(at(JANUARY))
    workspace = at(RELEASE_DAY)
    result = refresh(workspace, poll_bps(workspace).message)
    assert result.issue is not None
    assert result.issue.number == 2
    text = result.report.json_text()
    assert WAITING not in json.dumps(result.report.as_json()["tables"], ensure_ascii=False)
    assert "belum bisa dihitung" not in text
    rows = {row["id"]: row for row in read_status(workspace).as_rows()}
    assert rows["kontribusi-industri"]["realisasi"] == "6.35"
    assert rows["kontribusi-perdagangan"]["realisasi"] == "12.5"
    assert {rows[name]["state"] for name in PDRB} == {"provisional"}


@pytest.mark.usefixtures("unrendered")
def test_another_form_alone_is_another_issue_which_says_so(at, mail, tmp_path: Path):
    refresh(at(JANUARY))
    office = tmp_path / "kerja" / "kantor" / "sumenep-dkupp"
    shutil.copytree(EXAMPLES / "sumenep-dkupp", office)
    assert refresh(at(JANUARY)).issue is None
    (office / "2023" / "form.yaml").write_text("paper: A4  # seperti bawaan\n")
    assert refresh(at(JANUARY)).issue is None, "what is written out as it was by default changes nothing"
    (office / "2023" / "form.yaml").write_text("paper: F4\n")
    (office / "lambang.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>')
    made = refresh(at(RELEASE_DAY))
    assert made.issue is not None
    assert (made.issue.cause, made.changes["summary"]) == (OTHER_CAUSE, "bentuk laporan diperbarui")
    send_outbox(at(RELEASE_DAY))
    message = email.message_from_bytes(mail.files[-1].read_bytes(), policy=email.policy.default)
    told = " ".join(message.get_body(("plain",)).get_content().split())
    assert "Tidak ada indikator yang berubah; bentuk laporan diperbarui." in told


@pytest.mark.usefixtures("unrendered")
def test_the_difference_of_two_issues_tells_what_the_office_wrote_otherwise(at, tmp_path: Path):
    office = tmp_path / "kerja" / "kantor" / "sumenep-dkupp"
    shutil.copytree(EXAMPLES / "sumenep-dkupp", office)
    refresh(at(JANUARY))
    chapter = office / "2023" / "buku" / "penutup.md"
    chapter.write_text(
        chapter.read_text(encoding="utf-8").replace("langkah yang baik", "langkah baik"), "utf-8"
    )
    made = refresh(at(JANUARY))
    assert made.changes["summary"] == "kata-kata dan identitas kantor diperbarui"
    told = compare_chosen(at(JANUARY), 2, 1).as_text()
    assert "Bab PENUTUP" in told
    assert "langkah [-yang-] baik" in told


@pytest.mark.usefixtures("unrendered")
def test_what_a_newer_program_shows_otherwise_is_not_told_as_a_change_of_the_office(at, monkeypatch):
    refresh(at(JANUARY))
    monkeypatch.setattr("reports.data._templates_hash", lambda: "f" * 64)
    made = refresh(at(RELEASE_DAY))
    assert made.issue is not None
    said = "bab dan bentuk baku program diperbarui"
    assert (made.issue.cause, made.changes["summary"]) == (PROGRAM_CAUSE, said)


@pytest.mark.usefixtures("unrendered")
def test_the_changes_name_the_four_indicators_before_and_after(at):
    refresh(at(JANUARY))
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    changes = refresh(workspace).changes
    assert {row["id"] for row in changes["indicators"]} == PDRB
    for row in changes["indicators"]:
        assert row["before"] == WAITING
        assert row["after"]
        assert row["capaian"]
        assert row["category"]
    assert changes["waiting"] == []


@pytest.mark.usefixtures("unrendered")
def test_the_same_data_make_no_second_issue_and_no_second_mail(at, mail):
    refresh(at(JANUARY))
    assert refresh(at(JANUARY)).issue is None
    send_outbox(at(JANUARY))
    send_outbox(at(JANUARY))
    assert len(mail.files) == 1


def test_the_mail_brings_the_table_of_changes_with_pdf_and_word(at, mail):
    refresh(at(JANUARY))
    workspace = at(RELEASE_DAY)
    refresh(workspace, poll_bps(workspace).message)
    send_outbox(workspace)
    message = email.message_from_bytes(mail.files[-1].read_bytes(), policy=email.policy.default)
    assert message["Subject"] == (
        "LKjIP 2023 DKUPP Sumenep: BPS merilis PDRB, 4 indikator terisi (terbitan 2)"
    )
    for kind in ("html", "plain"):
        body = message.get_body((kind,)).get_content()
        assert "6,35%" in body
        assert WAITING in body
        assert "ilustrasi" in body
    names = [part.get_filename() for part in message.iter_attachments()]
    assert [name.rpartition(".")[2] for name in names] == ["pdf", "docx", "docx", "pdf"]
    assert message.get_payload()[1].get_payload(decode=True).startswith(b"%PDF")


def test_rendering_twice_gives_the_same_bytes(at, tmp_path: Path):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    one, other = (render_to(workspace, tmp_path / name) for name in ("satu", "dua"))
    for first, second in zip(one, other, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


@pytest.mark.usefixtures("unrendered")
def test_a_report_that_cannot_be_written_leaves_no_issue_behind(at, tmp_path: Path):
    workspace = at(JANUARY)
    workspace.engine.dispose()
    (tmp_path / "kerja" / "laporan").write_text("sebuah berkas di tempat map")
    with pytest.raises(StorageError) as caught:
        refresh(workspace)
    assert "LKJIP_HOME" in str(caught.value)
    (tmp_path / "kerja" / "laporan").unlink()
    issued = refresh(workspace)
    assert issued.issue is not None
    assert issued.issue.number == 1


@pytest.mark.usefixtures("unrendered")
def test_when_an_input_was_fetched_is_known_to_the_report_and_is_no_news_of_it(at):
    poll_bps(at(RELEASE_DAY))
    report = refresh(at(RELEASE_DAY)).report
    inputs = [each for m in report.measured.indicators.values() for each in m.realisasi.inputs]
    assert len(inputs) == 8
    assert all(each.fetched_at for each in inputs)
    assert "fetched_at" not in report.json_text()
    with open_session(at(RELEASE_DAY).engine, read_only=True) as session:
        kept = list_realisasi(session, report.agency.office.id, 2023, "pertumbuhan-industri")
    assert len(kept[0].inputs) == 2
    assert not any("fetched_at" in each for each in kept[0].inputs)


def test_a_trace_leads_from_the_growth_to_bytes_that_hold_it(at):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    traced = trace_indicator(workspace, "pertumbuhan-industri").as_dict()
    assert traced["realisasi"] == "5,20%"
    assert traced["formula"] == "(1.559,38 - 1.482,30) / 1.482,30 x 100"
    assert traced["released_on"] == "2024-04-04"
    with open_session(workspace.engine, read_only=True) as session:
        for entry in traced["inputs"]:
            assert len(read_snapshot(session, entry["snapshot"])) == entry["snapshot_bytes"]


def test_an_indicator_can_be_named_by_words_and_an_unclear_name_is_answered(at):
    workspace = at(JANUARY)
    assert trace_indicator(workspace, "fluktuasi bapokti").measured.id == "fluktuasi-bapokti"
    with pytest.raises(LkjipError, match="pertumbuhan-industri"):
        trace_indicator(workspace, "pertumbuhan")


def test_two_refreshes_at_once_make_one_issue_and_both_end_well(at):
    workspaces = [at(JANUARY), at(JANUARY)]
    workspaces[0].engine.connect().close()
    with ThreadPoolExecutor(2) as both:
        results = list(both.map(refresh, workspaces))
    assert sorted(result.issue is not None for result in results) == [False, True]
    with open_session(workspaces[0].engine, read_only=True) as session:
        (issue,) = list_issues(session, "sumenep-dkupp", 2023)
        recorded = {file.name: file.sha256 for file in session.exec(select(IssueFile))}
    folder = Path(issue.folder)
    assert {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()} == recorded


@pytest.mark.usefixtures("unrendered")
def test_an_issue_that_the_database_does_not_take_leaves_no_folder(at, monkeypatch):
    def refuse(*_args: object, **_named: object) -> None:
        raise StorageError("Basis data penuh.")

    monkeypatch.setattr("jobs.report.refresh.enqueue", refuse)
    workspace = at(JANUARY)
    with pytest.raises(StorageError):
        refresh(workspace)
    assert not (workspace.reports_folder / "terbitan-1").exists()
    with open_session(workspace.engine, read_only=True) as session:
        assert list_issues(session, "sumenep-dkupp", 2023) == []


def test_a_refresh_killed_while_it_wrote_is_made_up_for_by_the_next(at):
    workspace = at(JANUARY)
    for name in ("terbitan-1.sementara", "terbitan-1"):
        (workspace.reports_folder / name).mkdir(parents=True)
        (workspace.reports_folder / name / "lkjip.pdf").write_bytes(b"setengah")
    refresh(workspace)
    assert (workspace.reports_folder / "terbitan-1" / "lkjip.pdf").read_bytes().startswith(b"%PDF")
    assert not (workspace.reports_folder / "terbitan-1.sementara").exists()


@pytest.mark.usefixtures("unrendered")
def test_the_work_folder_may_be_moved_with_all_in_it(at, tmp_path: Path):
    refresh(at(JANUARY))
    (tmp_path / "kerja").rename(tmp_path / "pindah")
    workspace = at(RELEASE_DAY)
    moved = Workspace(workspace.settings.model_copy(update={"home": tmp_path / "pindah"}))
    poll_bps(moved)
    assert len(refresh(moved).changes["indicators"]) == len(PDRB)


def test_a_file_that_cannot_be_replaced_is_named_and_leaves_nothing_half_written(at, tmp_path: Path):
    (tmp_path / "hasil" / "lkjip.pdf").mkdir(parents=True)
    with pytest.raises(StorageError, match=r"lkjip\.pdf tidak dapat ditulis"):
        render_to(at(JANUARY), tmp_path / "hasil")
    assert sorted(path.name for path in (tmp_path / "hasil").iterdir()) == ["lkjip.html", "lkjip.pdf"]


@pytest.mark.usefixtures("unrendered")
def test_the_next_issue_is_compared_with_the_last_even_when_its_files_are_gone(at, tmp_path: Path):
    refresh(at(JANUARY))
    shutil.rmtree(tmp_path / "kerja" / "laporan")
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    issued = refresh(workspace)
    assert issued.issue is not None
    assert issued.issue.number == 2
    assert {row["id"] for row in issued.changes["indicators"]} == PDRB


@pytest.mark.usefixtures("unrendered")
def test_an_issue_made_early_in_the_morning_carries_the_day_of_jakarta(at, monkeypatch: pytest.MonkeyPatch):
    workspace = at(RELEASE_DAY)
    dawn = datetime(2024, 4, 3, 18, 30, tzinfo=UTC)  # half past one on the 4th in Jakarta
    monkeypatch.setattr(type(workspace.settings), "current_time", lambda _: dawn)
    issued = refresh(workspace)
    assert issued.issue is not None
    assert issued.issue.title.endswith("4 April 2024")
