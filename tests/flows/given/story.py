"""A running Prefect server and the office with its stand-ins, as the tests of the flows use them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from core.settings import PROJECT
from standins.bps import BpsStandin
from standins.mail import MailStandin

JANUARY = date(2024, 1, 31)
RELEASE_DAY = date(2024, 4, 4)
LIFTED = 1000
"""Requests a second that all workers may make of a stand-in."""
TECHNICIAN = "teknisi@dkupp.example"
PREFECT, LKJIP = (Path(sys.executable).with_name(name) for name in ("prefect", "lkjip"))


@dataclass(frozen=True)
class PrefectServer:
    """A running server: its pages, its API, and the folder that holds its database."""

    ui: str
    api: str
    home: Path

    @property
    def environment(self) -> dict[str, str]:
        return {
            "PREFECT_HOME": str(self.home),
            "PREFECT_API_URL": self.api,
            "DO_NOT_TRACK": "1",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "PREFECT_SERVER_UI_API_URL": self.api,
        }

    def deploy(self) -> str:
        """Run ``lkjip deploy``, the polite rate lifted for all workers; what it printed."""
        names = ("LKJIP_BPS_REQUESTS_PER_SECOND", "LKJIP_PRICES_REQUESTS_PER_SECOND")
        lifted = dict.fromkeys(names, str(LIFTED))
        return self._run([LKJIP, "deploy"], LKJIP_HOME=str(self.home), **lifted)

    def run(self, *words: str, **more: str) -> str:
        """Run the command ``prefect`` in the project's folder; what it printed."""
        return self._run([PREFECT, "--no-prompt", *words], **more)

    def _run(self, command: list[Path | str], **more: str) -> str:
        done = subprocess.run(
            command,
            cwd=PROJECT,
            env={**os.environ, **self.environment, **more},
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@dataclass
class Story:
    """The office with its stand-ins; ``on`` moves the clock of all of them."""

    bps: BpsStandin
    mail: MailStandin
    folder: Path
    environment: dict[str, str]
    use: Callable[[str, str], None]

    @property
    def reports(self) -> list[Path]:
        """The mails that brought a report, oldest first; those to the technician are no such mails."""
        return [path for path in self.mail.files if TECHNICIAN.encode() not in path.read_bytes()]

    def drop(self, kind: str, name: str, content: bytes) -> None:
        """Put a file into ``masuk/<kind>`` as if it had been there for long."""
        path = self.folder / "kerja" / "masuk" / kind / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (1, 1))

    def on(self, day: date) -> None:
        self.bps.set_today(day)
        self.environment["LKJIP_TODAY"] = str(day)
        self.use("LKJIP_TODAY", str(day))


def artifacts(key: str) -> list[Any]:
    """The artifacts of a name, newest first."""
    from prefect.client.orchestration import get_client
    from prefect.client.schemas.filters import ArtifactFilter, ArtifactFilterKey
    from prefect.client.schemas.sorting import ArtifactSort

    wanted = ArtifactFilter(key=ArtifactFilterKey(any_=[key]))
    with get_client(sync_client=True) as client:
        return client.read_artifacts(artifact_filter=wanted, sort=ArtifactSort.CREATED_DESC)
