"""The schedule as the office has it: services and commands of the guide, and nobody starts a run by hand."""

from __future__ import annotations

import email
import email.policy
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from story import RELEASE_DAY, TECHNICIAN

from standins.bps import BpsStandin
from standins.mail import MailStandin
from standins.office_machine import OfficeMachine, start_commands

pytestmark = [pytest.mark.prefect, pytest.mark.xdist_group("by-the-clock")]

EVERY = {"berkala": 8, "kotak-keluar": 10, "harian": 3600}
"""Seconds; the others keep the schedule they have."""


class Office:
    """A machine that was set up by the guide, with BPS and a mail server on the other side."""

    def __init__(self, machine: OfficeMachine, bps: BpsStandin, folder: Path) -> None:
        self.machine, self.bps, self.folder = machine, bps, folder

    def subjects(self, to: str = "") -> list[str]:
        mails = [
            email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            for path in sorted((self.folder / "surel").glob("*.eml"))
        ]
        return [str(mail["Subject"]) for mail in mails if to in str(mail["To"])]

    def wait_for(self, reached: Callable[[], bool], *, patience: float = 60) -> None:
        end = time.monotonic() + patience
        while not reached():
            assert time.monotonic() < end, (self.subjects(), self.machine.complaints())
            time.sleep(0.2)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("kantor")
    with (
        BpsStandin(today=RELEASE_DAY - timedelta(days=1), release_date=RELEASE_DAY) as bps,
        MailStandin(folder / "surel") as mail,
    ):
        settings = {
            "LKJIP_HOME": str(folder / "kerja"),
            "LKJIP_BPS_URL": bps.url,
            "LKJIP_BPS_KEY": bps.key,
            "LKJIP_BPS_REQUESTS_PER_SECOND": "1000",
            "LKJIP_SMTP_URL": mail.url,
            "LKJIP_MAIL_TO": "kepala@dkupp.example",
            "LKJIP_TECHNICIAN": TECHNICIAN,
            "LKJIP_TODAY": str(RELEASE_DAY),
        }
        with OfficeMachine(folder / "layanan", settings, EVERY) as machine:
            machine.run("lkjip", "refresh")
            machine.follow_guide()
            yield Office(machine, bps, folder)


def test_the_guide_starts_server_schedule_and_worker_in_this_order():
    assert start_commands() == [
        "sudo systemctl enable --now lkjip-prefect",
        "lkjip deploy",
        "sudo systemctl enable --now lkjip-worker lkjip-watch.timer",
    ]


def test_a_release_leads_to_the_mail_without_anybody_starting_a_run(office: Office):
    office.wait_for(lambda: len(office.subjects("kepala")) == 1)
    assert "(terbitan 1)" in office.subjects("kepala")[0]
    office.bps.set_today(RELEASE_DAY)
    office.wait_for(lambda: len(office.subjects("kepala")) == 2)
    assert "4 indikator terisi (terbitan 2)" in office.subjects("kepala")[1]
    run = office.machine.wait_for_run("berkala", "terbitan 2", patience=30)
    assert run.by_schedule
    assert run.kind == "COMPLETED"
