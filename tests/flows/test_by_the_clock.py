"""The schedule as the office has it: the service and commands of the guide, and nobody starts a run.

The story is played once; each test looks at one thing that it left.
"""

from __future__ import annotations

import email
import email.policy
import json
import os
import shutil
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from connectors.prefect_server import Run
from jobs.health.runs import processes_of_runs
from office.loading import EXAMPLES
from standins.bps import BpsStandin
from standins.mail import MailStandin
from standins.office_machine import OfficeMachine, start_command
from tests.flows.given.story import JANUARY, RELEASE_DAY, TECHNICIAN

pytestmark = [pytest.mark.slow, pytest.mark.prefect, pytest.mark.xdist_group("by-the-clock")]

PACE = {"berkala": 40, "kotak-keluar": 30}
"""Seconds between the runs of a deployment; the others keep their schedule."""
NOT_PLANNED = {"banyak-wilayah", "semua-kantor", "kelompok-kantor"}
"""Deployments that people start."""
PATIENCE = 180.0
"""Seconds until something must have happened, on a machine that is busy with other tests."""


@dataclass
class Played:
    """What the story left.

    Attributes:
        complaints: Errors in the logs of all parts while all was well.
        not_due: A run on a day on which BPS need not be looked at.
        during_outage: A run that was to send mails while the mail server was down.
        found: The run that found the release, which fell into the outage.
        sent: The run that sent the mail once the mail server was back.
        status: ``lkjip status --json`` while all was well.
        watched: What ``lkjip watch`` printed while all was well, and when the server was gone.
        reports, notices: Subjects of the mails to the office and to the technician, in their order.
        stopping: Seconds that everything took to end on SIGTERM.
        printed: What the service said from its start to its end.
        left: What was still running with its settings when it had ended: process and command line.
    """

    complaints: list[str]
    not_due: Run
    during_outage: Run
    found: Run
    sent: Run
    status: dict[str, Any]
    watched: tuple[str, str]
    reports: list[str]
    notices: list[str]
    stopping: float
    printed: str
    left: dict[int, str]


def subjects(folder: Path, to: str) -> list[str]:
    mails = [
        email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        for path in sorted(folder.glob("*.eml"))
    ]
    return [str(mail["Subject"]) for mail in mails if to in str(mail["To"])]


def wait_until(reached: Callable[[], object], *, patience: float = PATIENCE) -> None:
    end = time.monotonic() + patience
    while not reached():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.2)


@pytest.fixture(scope="module")
def prefect_database(request: pytest.FixtureRequest) -> str:
    """PostgreSQL as in the guide; empty, which means SQLite, where none answers."""
    try:
        url = make_url(request.getfixturevalue("postgres_url"))
    except pytest.skip.Exception:
        return ""
    return url.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory, prefect_database: str) -> Played:
    folder = tmp_path_factory.mktemp("kantor")
    mails = folder / "surel"
    shutil.copytree(EXAMPLES / "sumenep-dkupp", folder / "kerja" / "kantor" / "sumenep-dkupp")
    with BpsStandin(today=JANUARY, release_date=RELEASE_DAY) as bps:
        with MailStandin(mails) as mail_server:
            smtp = mail_server.url
        settings = {
            "LKJIP_HOME": str(folder / "kerja"),
            "LKJIP_BPS_URL": bps.url,
            "LKJIP_BPS_KEY": bps.key,
            "LKJIP_BPS_REQUESTS_PER_SECOND": "1000",
            "LKJIP_SMTP_URL": smtp,
            "LKJIP_MAIL_TO": "kepala@dkupp.example",
            "LKJIP_TECHNICIAN": TECHNICIAN,
            "LKJIP_TODAY": str(JANUARY),
        }
        with OfficeMachine(folder / "layanan", settings, PACE, database=prefect_database) as machine:
            machine.run("lkjip", "poll")
            machine.run("lkjip", "refresh")
            machine.follow_guide()
            return play(machine, bps, mails, int(smtp.rpartition(":")[2]))


def play(machine: OfficeMachine, bps: BpsStandin, mails: Path, port: int) -> Played:
    not_due = machine.wait_for_run("berkala", "bukan hari pemeriksaan", patience=PATIENCE)
    machine.set(LKJIP_TODAY=str(RELEASE_DAY))
    bps.set_today(RELEASE_DAY)
    found = machine.wait_for_run("berkala", "terbitan 2", patience=PATIENCE)
    during_outage = machine.wait_for_run("kotak-keluar", "belum terkirim", patience=PATIENCE)
    with MailStandin(mails, port=port):
        sent = machine.wait_for_run("kotak-keluar", "surel terkirim", patience=PATIENCE)
        wait_until(lambda: len(subjects(mails, TECHNICIAN)) == 1)
        status = json.loads(machine.run("lkjip", "status", "--json"))
        well = machine.watch("--confirm", "0")
        complaints = machine.complaints()
        wait_until(lambda: not processes_of_runs(machine.server.api_url))  # which would crash with it
        [killed] = machine.workers()
        os.kill(killed, signal.SIGKILL)
        wait_until(lambda: machine.workers() - {killed}, patience=60)
        machine.kill_a_run("berkala", patience=PATIENCE)
        wait_until(lambda: any("gagal" in subject for subject in subjects(mails, TECHNICIAN)))
        stopping = machine.stop()
        gone = machine.watch("--confirm", "0")
        return Played(
            complaints,
            not_due,
            during_outage,
            found,
            sent,
            status,
            (well, gone),
            subjects(mails, "kepala"),
            subjects(mails, TECHNICIAN),
            stopping,
            machine.printed,
            machine.processes(),
        )


def test_the_guide_starts_everything_with_one_line():
    assert start_command() == "sudo systemctl enable --now lkjip"


def test_on_a_day_that_is_not_due_a_run_of_the_scheduler_leaves_bps_alone(played: Played):
    assert played.not_due.by_schedule
    assert played.not_due.message == (
        "BPS tidak diperiksa hari ini: bukan hari pemeriksaan; berikutnya 1 Februari 2024."
    )


def test_a_run_that_the_scheduler_made_finds_the_release(played: Played):
    assert played.found.by_schedule
    assert played.found.kind == "COMPLETED"
    assert "BPS merilis PDRB 2023 pada 4 April 2024." in played.found.message


def test_with_the_mail_server_down_the_issue_is_made_and_only_its_mail_waits(played: Played):
    assert played.found.state == "Surel menunggu"
    assert played.during_outage.state == "Surel menunggu"


def test_after_the_outage_the_next_planned_run_sends_every_mail_once(played: Played):
    assert played.sent.by_schedule
    assert [subject.rpartition(" (")[2] for subject in played.reports] == ["terbitan 1)", "terbitan 2)"]
    assert "4 indikator terisi" in played.reports[1]


def test_the_technician_hears_once_of_each_trouble_and_of_what_is_over(played: Played):
    outage, alive, crash, *_, gone = played.notices
    assert outage.startswith("[LKjIP] Selesai: Surel")
    assert alive == "[LKjIP] Masih hidup: sumenep-dkupp, semua tahun yang terbuka"
    assert crash == "[LKjIP] Masalah: Alur pantau-rilis-bps gagal (sumenep-dkupp, semua tahun)"
    assert gone == "[LKjIP] Masalah: Server Prefect tidak menjawab"
    assert len(set(played.notices)) == len(played.notices)


def test_the_logs_hold_no_error(played: Played, prefect_database: str):
    if not prefect_database:
        pytest.skip("no PostgreSQL answers, and on SQLite Prefect's server now and then finds itself locked")
    assert played.complaints == []


def test_status_says_when_each_flow_runs_next_and_warns_of_nothing(played: Played):
    planned = {entry["deployment"]: entry["next_run"] for entry in played.status["schedule"]}
    assert {name for name, next_run in planned.items() if not next_run} == NOT_PLANNED
    assert played.status["troubles"] == []
    of_people = ("Pengaturan", "Tahun 2023: 4 indikator belum mencapai target tanpa catatan penyebab")
    assert [warning for warning in played.status["warnings"] if not warning.startswith(of_people)] == []


def test_watch_finds_nothing_wrong_and_then_the_server_gone(played: Played):
    well, gone = played.watched
    assert well.startswith("Semua berjalan.")
    assert gone.startswith("Server Prefect tidak menjawab.")


def test_everything_ends_on_sigterm_once_the_runs_under_way_have_ended(played: Played):
    assert played.stopping < 75


def test_a_worker_that_was_killed_is_started_again(played: Played):
    assert "Pekerja: " in played.printed.partition("Semuanya berjalan.")[2]


def test_the_service_leaves_nothing_behind(played: Played):
    assert played.printed.endswith("Server Prefect: berhenti.\nSemuanya sudah berhenti.\n")
    assert played.left == {}
