"""The mail that an issue leaves in the outbox: whom it answers, what it waits for, and where it leads."""

from __future__ import annotations

import email
import re
import shutil
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from sqlmodel import col, select

from core.loopback import is_loopback
from jobs.bps.poll import poll_bps
from jobs.report.refresh import refresh
from jobs.workspace import Workspace
from models.bps.tables import Release
from models.mail.tables import OutboxMail
from models.session import open_session
from office.loading import find_agency
from tests.jobs.conftest import At
from tests.jobs.given.days import JANUARY, RELEASE_DAY

PAGE = "https://sumenepkab.bps.go.id/id/pressrelease/2024/04/04/1/pdrb-2023.html"


def queued(workspace: Workspace) -> list[EmailMessage]:
    with open_session(workspace.engine, read_only=True) as session:
        raw = session.exec(select(OutboxMail.message).order_by(col(OutboxMail.id))).all()
    return [email.message_from_bytes(each, policy=default) for each in raw]


def words_of(mail: EmailMessage) -> str:
    """Headers and bodies as a person gets them."""
    texts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *texts])


def hosts_of(mail: EmailMessage) -> set[str]:
    found = re.findall(r"https?://(\[[^\]]*\]|[^/:\s\"<]+)", words_of(mail))
    return {host.strip("[]") for host in found}


@pytest.mark.usefixtures("unrendered")
def test_every_later_mail_of_a_year_answers_the_first(at: At) -> None:
    refresh(at(JANUARY))
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    refresh(workspace)
    first, later = queued(workspace)
    assert first["In-Reply-To"] is None
    assert later["In-Reply-To"] == later["References"] == first["Message-ID"]
    assert later["Message-ID"] != first["Message-ID"]
    assert later["List-Id"] == first["List-Id"]


@pytest.mark.usefixtures("unrendered")
def test_what_waits_for_bps_is_told_until_the_day_that_bps_announced(at: At) -> None:
    workspace = at(RELEASE_DAY - timedelta(days=20))
    poll_bps(workspace)
    refresh(workspace)
    (mail,) = queued(workspace)
    assert words_of(mail).count("4 April 2024, menurut pengumuman BPS") == 2 * 4


@pytest.mark.usefixtures("unrendered")
def test_no_mail_leads_to_a_server_that_stands_in(at: At) -> None:
    refresh(at(JANUARY))
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    refresh(workspace)
    for mail in queued(workspace):
        assert [host for host in hosts_of(mail) if is_loopback(host)] == []


@pytest.mark.usefixtures("unrendered")
def test_the_mail_of_a_real_run_leads_to_bps(at: At) -> None:
    refresh(at(JANUARY))
    workspace = at(RELEASE_DAY)
    poll_bps(workspace)
    with open_session(workspace.engine) as session:
        for release in session.exec(select(Release)):
            release.url = PAGE
            session.add(release)
    refresh(workspace)
    mail = queued(workspace)[-1]
    assert words_of(mail).count(PAGE) == 2 * 4
    assert hosts_of(mail) == {"sumenepkab.bps.go.id"}


@pytest.mark.usefixtures("unrendered")
def test_an_issue_goes_to_the_roles_that_the_year_names(at: At, tmp_path: Path) -> None:
    office = Path(shutil.copytree(find_agency("sumenep-dkupp"), tmp_path / "sumenep-dkupp"))
    with (office / "2023" / "year.yaml").open("a", encoding="utf-8") as file:
        file.write("mail: {release: [Inspektorat]}\n")
    changed = {"mail_to": "", "agency": str(office), "year": 2023}
    workspace = Workspace(at(JANUARY).settings.model_copy(update=changed))
    refresh(workspace)
    (mail,) = queued(workspace)
    assert mail["To"] == "sakip@inspektorat-sumenep.example"
