"""One Prefect server for all flow tests, in a folder of its own."""

from __future__ import annotations

import importlib
import os
import shutil
import subprocess
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from standins.bps import BpsStandin
from standins.mail import MailStandin
from standins.office_machine import free_port
from tests.flows.given.story import JANUARY, PREFECT, RELEASE_DAY, TECHNICIAN, PrefectServer, Story


def wait_until_up(process: subprocess.Popen[bytes], url: str) -> None:
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail("the Prefect server ended while starting")
        try:
            with urllib.request.urlopen(f"{url}/health", timeout=1):
                return
        except OSError:
            try:
                process.wait(0.2)
            except subprocess.TimeoutExpired:
                continue
    pytest.fail("the Prefect server did not start within two minutes")


@pytest.fixture(scope="package")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrefectServer]:
    home = tmp_path_factory.mktemp("prefect")
    port = free_port()
    server = PrefectServer(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{port}/api", home)
    environment = {**os.environ, **server.environment}
    environment.pop("PREFECT_API_URL")
    with (home / "server.log").open("wb") as log:
        process = subprocess.Popen(
            [PREFECT, "server", "start", "--host", "127.0.0.1", "--port", str(port)],
            env=environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until_up(process, server.api)
            yield server
        finally:
            process.terminate()
            process.wait(30)


@pytest.fixture
def flow_of(prefect_server: PrefectServer) -> Iterator[Callable[[str, str], Any]]:
    """``flow_of(module, name)``: a flow as this process runs it, with that server."""
    from prefect.settings import PREFECT_API_URL, PREFECT_HOME, temporary_settings

    updates = {PREFECT_API_URL: prefect_server.api, PREFECT_HOME: prefect_server.home}
    with temporary_settings(updates=updates):
        yield lambda module, name: getattr(importlib.import_module(module), name)


@pytest.fixture
def story(tmp_path: Path, prefect_server: PrefectServer, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    with (
        BpsStandin(today=JANUARY, release_date=RELEASE_DAY) as bps,
        MailStandin(tmp_path / "surel") as mail,
    ):
        environment = {
            "LKJIP_HOME": str(tmp_path / "kerja"),
            "LKJIP_BPS_URL": bps.url,
            "LKJIP_BPS_KEY": bps.key,
            "LKJIP_BPS_REQUESTS_PER_SECOND": "1000",
            "LKJIP_SMTP_URL": mail.url,
            "LKJIP_MAIL_TO": "kepala@dkupp.example",
            "LKJIP_TECHNICIAN": TECHNICIAN,
            "LKJIP_TODAY": str(JANUARY),
        }
        for name, value in {**prefect_server.environment, **environment}.items():
            monkeypatch.setenv(name, value)
        yield Story(bps, mail, tmp_path, environment, monkeypatch.setenv)


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("Chromium is not on this machine; .ci/run installs it where it can")
    return found
