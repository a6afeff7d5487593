"""Two machines that share PostgreSQL and a bucket, and nothing else: what one has, the other has."""

from __future__ import annotations

import email
import email.policy
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.settings import PROJECT, load_settings
from jobs.backup.pack import make_backup
from jobs.mail.send import send_outbox
from jobs.report.issues import read_file, read_issue
from jobs.store.offices import share_office
from jobs.workspace import Workspace
from standins.mail import MailStandin
from tests.given.object_store import Bucket
from tests.given.postgres import new_postgres
from tests.jobs.given.days import JANUARY

pytestmark = pytest.mark.slow

DEADLINE = 120


class Machine:
    """A working folder of its own, and ``lkjip`` as a process of its own in it."""

    def __init__(self, home: Path, shared: dict[str, str]) -> None:
        self.home = home
        self.environment = {"LKJIP_HOME": str(home), "LKJIP_TODAY": JANUARY.isoformat(), **shared}

    def lkjip(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", "from commands.main import run; run()", *words],
            capture_output=True,
            text=True,
            cwd=PROJECT,
            env={**os.environ, **self.environment},
            check=False,
            timeout=DEADLINE,
        )


@pytest.fixture
def postgres() -> Iterator[str]:
    with new_postgres() as url:
        yield url


@pytest.mark.postgres
def test_what_one_machine_issues_the_other_proves_shows_sends_and_backs_up(
    postgres: str, bucket: Bucket, mail: MailStandin, tmp_path: Path
) -> None:
    shared = {
        **bucket.environment,
        "LKJIP_DATABASE_URL": postgres,
        "LKJIP_MAIL_TO": "kepala@dkupp.example",
    }
    one, other = (Machine(tmp_path / name, shared) for name in ("satu", "dua"))

    settings = load_settings(
        home=one.home,
        database_url=postgres,
        smtp_url=mail.url,
        mail_to="kepala@dkupp.example",
        today=JANUARY,
        **bucket.settings,
    )
    office = settings.offices_folder / "sumenep-dkupp"
    shutil.copytree(PROJECT / "agencies" / "sumenep-dkupp", office)
    share_office(settings, office)

    issued = other.lkjip("refresh", "--json")
    assert issued.returncode == 0, issued.stderr
    assert json.loads(issued.stdout)["issue"]["folder"].startswith(f"s3://{bucket.name}/dinas/laporan/")
    assert (other.home / "kantor" / "sumenep-dkupp" / "office.yaml").is_file()
    proved = one.lkjip("verify", "--look", "--json")
    assert proved.returncode == 0, proved.stderr
    assert {name: json.loads(proved.stdout)[name] for name in ("issues", "files", "faults")} == {
        "issues": 1,
        "files": 9,
        "faults": [],
    }
    assert bucket.secret not in "".join((issued.stdout, issued.stderr, proved.stdout, proved.stderr))

    seen = Workspace(settings)
    stored = read_issue(seen, 1)
    assert stored is not None
    page = {kind: read_file(seen, 1, kind) for kind in stored.sizes}
    assert page["pdf"].content.startswith(b"%PDF")
    send_outbox(seen)
    message = email.message_from_bytes(mail.files[-1].read_bytes(), policy=email.policy.default)
    attached = [part.get_payload(decode=True) for part in message.iter_attachments()]
    assert attached == [page[kind].content for kind in ("pdf", "docx", "lampiran-perbedaan.pdf")]

    backup = make_backup(seen.settings, tmp_path / "cadangan.tar.gz")
    seen.engine.dispose()
    assert backup.files >= 1 + len(page)
    assert not [path for home in (one.home, other.home) for path in home.rglob("lkjip.pdf")]
