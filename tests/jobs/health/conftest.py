"""An office whose technician is told, a Prefect server with a schedule that runs, and a mail server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

import pytest

from core import dates
from core.settings import load_settings
from jobs.workspace import Workspace
from standins.mail import MailStandin
from standins.prefect_server import PrefectStandin

TECHNICIAN = "teknisi@dkupp.example"
KEY = "kunci-yang-tidak-boleh-terlihat"

Space = Callable[..., Workspace]
Mails = Callable[[], list[EmailMessage]]


@pytest.fixture
def prefect() -> Iterator[PrefectStandin]:
    """All is well: one deployment with a planned run, and a worker."""
    with PrefectStandin() as standin:
        standin.deployment = standin.add_deployment(
            "kirim-laporan", "kotak-keluar", planned=dates.now() + timedelta(hours=1)
        )
        yield standin


@pytest.fixture
def space(prefect: PrefectStandin, mail: MailStandin, database: Path) -> Space:
    """The Sumenep office on a day; keywords are settings."""

    def on(day: date = date(2024, 4, 5), **changes: object) -> Workspace:
        given = {
            "home": database.parent,
            "bps_url": "http://127.0.0.1:1/v1/api",
            "bps_key": KEY,
            "smtp_url": mail.url,
            "technician": TECHNICIAN,
            "prefect_api_url": prefect.api_url,
            "today": day,
        }
        return Workspace(load_settings(**{**given, **changes}))

    return on


@pytest.fixture
def mails(mail: MailStandin) -> Mails:
    """Reads what the mail server got, oldest first."""
    return lambda: [message_from_bytes(p.read_bytes(), policy=policy.default) for p in mail.files]
