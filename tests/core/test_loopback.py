"""With ``LKJIP_LOOPBACK_ONLY=1`` nothing leaves this machine, wherever it would leave from."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from connectors.web.session import PoliteSession
from core.errors import SettingsError
from core.loopback import check_host, is_loopback, stay_on_this_machine
from core.settings import PROJECT
from jobs.mail.server import read_smtp_url
from jobs.mail.smtp import connect
from models.session import open_engine

REFUSED = r"surel\.instansi\.example tidak dihubungi: LKJIP_LOOPBACK_ONLY"


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.0.1.1", "::1", "[::1]"])
def test_this_machine_may_be_contacted(host: str) -> None:
    assert is_loopback(host)
    check_host(host)


@pytest.mark.parametrize("host", ["surel.instansi.example", "192.168.1.10", "localhost.example", ""])
def test_other_hosts_may_not(host: str) -> None:
    assert not is_loopback(host)
    with pytest.raises(SettingsError, match="LKJIP_LOOPBACK_ONLY"):
        check_host(host)


@pytest.mark.parametrize("value", [None, "", "0"])
def test_without_the_variable_every_host_may(monkeypatch: pytest.MonkeyPatch, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv("LKJIP_LOOPBACK_ONLY")
    else:
        monkeypatch.setenv("LKJIP_LOOPBACK_ONLY", value)
    check_host("surel.instansi.example")


def test_a_session_asks_no_other_host() -> None:
    session = PoliteSession("LKJIP/uji")
    with pytest.raises(SettingsError, match=REFUSED):
        session.get("https://surel.instansi.example/v1/api")


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
def test_no_mail_goes_to_another_host(scheme: str) -> None:
    with pytest.raises(SettingsError, match=REFUSED):
        connect(read_smtp_url(f"{scheme}://surel.instansi.example"))


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@surel.instansi.example/nama",
        "postgresql://u:p@/nama?host=surel.instansi.example",
        "postgresql://u:p@/nama?host=127.0.0.1:5432&host=surel.instansi.example:5432",
    ],
)
def test_no_database_of_another_host_is_opened(url: str) -> None:
    with pytest.raises(SettingsError, match=REFUSED):
        open_engine(url)


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@127.0.0.1/nama",
        "postgresql://u:p@/nama?host=/var/run/postgresql",
        "postgresql://u:p@/nama?host=127.0.0.1:5432",
        "postgresql:///nama",
        "sqlite://",
    ],
)
def test_a_database_of_this_machine_is(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.delenv("PGHOST", raising=False)
    open_engine(url).dispose()


def test_the_host_may_stand_in_libpqs_own_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGHOST", "surel.instansi.example")
    with pytest.raises(SettingsError, match=REFUSED):
        open_engine("postgresql:///nama")


def test_the_settings_of_this_machine_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LKJIP_BPS_KEY", "kunci-sungguhan")
    monkeypatch.setenv("LKJIP_SMPT_URL", "smtp://surel.instansi.example")
    monkeypatch.setenv("PREFECT_API_URL", "https://prefect.instansi.example/api")
    monkeypatch.setenv("LKJIP_GOLDEN", "")
    stay_on_this_machine()
    mine = {name for name in os.environ if name.startswith(("LKJIP_", "PREFECT_API_URL"))}
    assert {"LKJIP_BPS_KEY", "LKJIP_SMPT_URL", "PREFECT_API_URL"}.isdisjoint(mine)
    assert "LKJIP_GOLDEN" in mine


def test_a_benchmark_stays_on_this_machine_too() -> None:
    show = (
        "import benchmarks, os; print(os.environ['LKJIP_LOOPBACK_ONLY'], repr(os.environ['LKJIP_ENV_FILE']))"
    )
    environment = {n: v for n, v in os.environ.items() if not n.startswith("LKJIP_")}
    done = subprocess.run(
        [sys.executable, "-c", show], cwd=PROJECT, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "1 ''"
