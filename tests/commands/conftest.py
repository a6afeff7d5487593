"""The command in an office of its own, and a stand-in of BPS with its key."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from commands import main
from office.loading import EXAMPLES
from standins.bps import BpsStandin
from tests.commands.given.command_line import KEY, Answer, Lkjip


@pytest.fixture
def lkjip(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Lkjip]:
    """The command in an office of its own, with no server to speak to; keywords set ``LKJIP_*``."""
    environment = {
        "HOME": str(tmp_path / "kerja"),
        "TODAY": "2024-04-05",
        "BPS_URL": "http://127.0.0.1:1/v1/api",
        "BPS_KEY": KEY,
        "BPS_REQUESTS_PER_SECOND": "1000",
        "SMTP_URL": "smtp://127.0.0.1:1",
        "MAIL_TO": "kepala@dkupp.example",
    }
    for name, value in environment.items():
        monkeypatch.setenv(f"LKJIP_{name}", value)
    mask = os.umask(0o022)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys.modules["__main__"], "__package__", None)  # else its usage names python -m pytest

    def run(*words: str, **settings: str) -> Answer:
        for name, value in settings.items():
            monkeypatch.setenv(f"LKJIP_{name}", value)
        monkeypatch.setattr(sys, "argv", ["lkjip", *words])
        with pytest.raises(SystemExit) as ended:
            main.run()
        captured = capsys.readouterr()
        assert KEY not in captured.out + captured.err
        assert isinstance(ended.value.code, int)
        return Answer(ended.value.code, captured.out, captured.err)

    yield run
    os.umask(mask)
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert KEY.encode() not in path.read_bytes(), f"the key stands in {path.name}"


@pytest.fixture
def own_office(tmp_path: Path) -> Path:
    """The office's data where they belong, below ``LKJIP_OFFICES``."""
    return shutil.copytree(EXAMPLES / "sumenep-dkupp", tmp_path / "kerja" / "kantor" / "sumenep-dkupp")


@pytest.fixture
def bps() -> Iterator[BpsStandin]:
    with BpsStandin(today=date(2024, 4, 5), key=KEY) as standin:
        yield standin
