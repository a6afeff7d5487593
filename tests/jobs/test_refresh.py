"""Making issues: what January holds, what the release changes, and that nothing is made twice."""

from __future__ import annotations

import email
import email.policy
import json
from pathlib import Path

import pytest
from days import JANUARY, RELEASE_DAY

from core.errors import LkjipError, StorageError
from jobs.poll import poll_bps
from jobs.refresh import refresh
from jobs.render import render_to
from jobs.send import send_outbox
from jobs.status import read_status
from jobs.trace import trace_indicator
from models.session import open_session
from models.snapshots import read_snapshot

PDRB = {"kontribusi-industri", "kontribusi-perdagangan", "pertumbuhan-industri", "pertumbuhan-perdagangan"}
WAITING = "Menunggu Rilis PDRB oleh BPS 2024"


def states(workspace) -> dict[str, str]:
    return {row["id"]: row["state"] for row in read_status(workspace).as_rows()}


def test_january_has_exactly_four_indicators_waiting_wherever_the_print_has_them(at):
    issued = refresh(at(JANUARY))
    tables = issued.report.as_json()["tables"]
    places = {number for number, table in tables.items() if WAITING in json.dumps(table, ensure_ascii=False)}
    assert places == {"3.2", "3.3", "3.4", "3.5", "3.7", "3.9"}
    assert {name for name, state in states(at(JANUARY)).items() if state == "waiting"} == PDRB
    averages = " ".join(issued.report.sentences["bab-4.rata-rata"])
    assert averages.count("masih menunggu rilis PDRB dari BPS") == 2


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
    assert [name.rpartition(".")[2] for name in names] == ["pdf", "docx"]
    assert message.get_payload()[1].get_payload(decode=True).startswith(b"%PDF")


def test_rendering_twice_gives_the_same_bytes(at, tmp_path: Path):
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    one, other = (render_to(workspace, tmp_path / name) for name in ("satu", "dua"))
    for first, second in zip(one, other, strict=True):
        assert first.read_bytes() == second.read_bytes(), first.name


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
