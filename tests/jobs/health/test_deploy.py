"""Applying deployments: what is refused, and that only planned runs count as done."""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from connectors.prefect_server import PrefectServer
from core import dates
from core.errors import ScheduleError
from jobs.health import deploy as deploying
from jobs.health.deploy import deploy
from standins.prefect_server import PrefectStandin

HOUR = timedelta(hours=1)
TWO = """
deployments:
  - {name: kotak-keluar, entrypoint: "flows/mail.py:kirim_laporan", work_pool: {name: lkjip}}
  - {name: harian, entrypoint: "flows/report.py:segarkan_laporan", work_pool: {name: laporan}}
"""


@pytest.fixture
def empty_server():
    with PrefectStandin() as standin:
        standin.pools.clear()
        yield standin


@pytest.fixture
def commands(tmp_path, monkeypatch):
    """``prefect`` that writes down what it was asked; returns those words, a line for each command."""
    log = tmp_path / "perintah"

    def set_up(*, ends: str = "raise SystemExit(0)"):
        script = tmp_path / "prefect"
        script.write_text(
            f"#!{sys.executable}\n"
            "import os, sys\n"
            f"print(os.environ['PREFECT_API_URL'], *sys.argv[1:], file=open({str(log)!r}, 'a'))\n"
            f"{ends}\n"
        )
        script.chmod(0o755)
        monkeypatch.setattr(deploying, "PREFECT", script)
        return lambda: log.read_text().splitlines() if log.exists() else []

    return set_up


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "prefect.yaml"
    path.write_text(TWO)
    return path


def run(standin, file, **options):
    return deploy(PrefectServer(standin.api_url), file, patience=0.0, **options)


def test_pools_are_made_and_the_file_is_applied_on_the_server_of_the_settings(empty_server, commands, file):
    asked = commands()
    empty_server.pools["lkjip"] = []
    empty_server.add_deployment("kirim-laporan", "kotak-keluar", planned=dates.now() + HOUR)
    empty_server.add_deployment("segarkan-laporan", "harian", planned=dates.now() + HOUR)
    said = []
    run(empty_server, file, say=said.append)
    start = f"{empty_server.api_url} --no-prompt"
    assert asked() == [
        f"{start} work-pool create laporan --type process",
        f"{start} deploy --all --prefect-file {file}",
    ]
    assert said[1:3] == ["Membuat kolam kerja laporan …", f"Menerapkan 2 deployment dari {file} …"]


def test_it_says_when_each_deployment_runs_next(empty_server, commands, file):
    commands()
    soon = dates.now() + HOUR
    empty_server.add_deployment("kirim-laporan", "kotak-keluar", planned=soon)
    empty_server.add_deployment("segarkan-laporan", "harian", planned=None, active=False)
    empty_server.add_deployment("alur-lain", "bukan-dari-berkas", planned=None)
    planned = run(empty_server, file)
    assert [entry.next_run for entry in planned] == [soon, None]
    assert planned[0].as_text().startswith("kirim-laporan (kotak-keluar): berikutnya ")
    assert planned[1].as_text() == "segarkan-laporan (harian): tanpa jadwal"
    assert planned[1].as_dict() == {"flow": "segarkan-laporan", "deployment": "harian", "next_run": ""}


def test_without_a_server_it_gives_up_after_its_patience(commands, file):
    asked = commands()
    with PrefectStandin() as standin:
        url = standin.api_url
    began = time.monotonic()
    with pytest.raises(ScheduleError, match="tidak menjawab"):
        deploy(PrefectServer(url), file, patience=0.6)
    assert 0.6 <= time.monotonic() - began < 5
    assert asked() == []


def test_a_plan_that_comes_a_little_later_is_waited_for(empty_server, commands, file, monkeypatch):
    commands()
    empty_server.add_deployment("segarkan-laporan", "harian", planned=dates.now() + HOUR)
    late = empty_server.add_deployment("kirim-laporan", "kotak-keluar", planned=None)
    soon = dates.now() + HOUR
    monkeypatch.setattr(time, "sleep", lambda _: empty_server.add_run(late, "SCHEDULED", expected=soon))
    planned = deploy(PrefectServer(empty_server.api_url), file, patience=30)
    assert soon in [entry.next_run for entry in planned]


def test_deployments_that_were_taken_but_not_planned_are_named(empty_server, commands, file):
    commands()
    empty_server.add_deployment("kirim-laporan", "kotak-keluar", planned=None)
    empty_server.add_deployment("segarkan-laporan", "harian", planned=dates.now() + HOUR)
    with pytest.raises(
        ScheduleError, match=r"tidak merencanakan satu pun.*kirim-laporan \(kotak-keluar\)\."
    ) as e:
        run(empty_server, file)
    assert "harian" not in e.value.message
    assert "requirements.lock" in e.value.todo


def test_deployments_that_the_server_does_not_have_afterwards_are_named(empty_server, commands, file):
    commands()
    empty_server.add_deployment("segarkan-laporan", "harian", planned=dates.now() + HOUR)
    with pytest.raises(ScheduleError, match="tidak memiliki deployment kotak-keluar sesudah diterapkan"):
        run(empty_server, file)


def test_what_prefect_refuses_is_told_in_its_last_words(empty_server, commands, file):
    commands(ends="print('Traceback'); sys.exit('Flow function tidak_ada not found \\n')")
    empty_server.pools.update({"lkjip": [], "laporan": []})
    with pytest.raises(ScheduleError, match=r"Prefect menolak `prefect deploy .*: Flow function tidak_ada"):
        run(empty_server, file)


def test_a_silent_refusal_is_told_as_such(empty_server, commands, file):
    commands(ends="sys.exit(3)")
    with pytest.raises(ScheduleError, match=r"work-pool create lkjip .*tanpa penjelasan"):
        run(empty_server, file)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "tidak dapat dibaca (tidak ada)"),
        (b"deployments: [", "baris 1 tidak ditulis sebagaimana mestinya"),
        (b"deployments:\n  - {name: a}\n", "tidak ditulis sebagaimana mestinya"),
        (b"deployments:\n  - a\n", "tidak ditulis sebagaimana mestinya"),
        (b"deployments:\n", "tidak ditulis sebagaimana mestinya"),
        (b"- a\n", "tidak ditulis sebagaimana mestinya"),
        (b"\xff\xfe\x00", "tidak ditulis sebagaimana mestinya"),
        (b"deployments: []\n", "tidak memuat satu pun deployment"),
    ],
)
def test_a_file_that_cannot_be_used_is_named_before_the_server_is_asked(
    empty_server, tmp_path, content, said
):
    path = tmp_path / "jadwal.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ScheduleError) as told:
        run(empty_server, path)
    assert told.value.message.startswith(f"Berkas deployment {path} ")
    assert said in told.value.message
    assert empty_server.asked == []


def test_the_program_has_the_command_it_runs():
    assert Path(deploying.PREFECT).is_file()
    assert deploying.DEPLOYMENTS.is_file()
