"""``lkjip page`` and ``lkjip user`` as a technician types them."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from pathlib import Path

import pytest

from core.settings import PROJECT
from tests.commands.given.command_line import Lkjip

RUN = """
import sys
from commands import main
sys.argv = ["lkjip", "page"]
try:
    main.run()
finally:
    print([name for name in ("pandas", "numpy", "prefect", "alembic") if name in sys.modules])
"""


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def test_people_are_added_listed_given_a_link_and_removed(lkjip: Lkjip) -> None:
    url = "https://lkjip.kantor.example/"
    added = lkjip("user", "add", "Siti.Aminah", "--role", "isi", "--office", "sumenep-dkupp", PAGE_URL=url)
    assert re.search(r"^https://lkjip\.kantor\.example/tautan/[\w-]{43}$", added.out, re.MULTILINE)
    again = lkjip("user", "reset", "siti.aminah", "--json").json
    assert again["link"] not in added.out
    [listed] = lkjip("user", "list", "--json").json
    assert (listed["name"], listed["role"], listed["office"]) == ("siti.aminah", "isi", "sumenep-dkupp")
    assert listed["link_until"] == again["until"]
    assert lkjip("user", "remove", "siti.aminah").code == 0
    assert lkjip("user", "list").out == "Belum ada pengguna.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["add", "siti"], "--role wajib diisi"),
        (["add", "siti", "--role", "raja"], "--role"),
        (["add", "Siti Aminah", "--role", "lihat"], "tidak dapat dipakai"),
        (["add", "../x", "--role", "lihat"], "tidak dapat dipakai"),
        (["add", "siti", "--role", "lihat", "--office", "tidak-ada"], "Kantor 'tidak-ada' tidak ada"),
        (["reset", "siti"], "Pengguna 'siti' tidak ada"),
        (["remove", "siti"], "Pengguna 'siti' tidak ada"),
    ],
)
def test_a_slip_is_told(lkjip: Lkjip, words: list[str], said: str) -> None:
    assert said in lkjip("user", *words).err


def test_a_port_in_use_is_told(lkjip: Lkjip) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        said = lkjip("page", PAGE_PORT=port).err
    assert f"Porta {port} tidak dapat dipakai (sedang dipakai)" in said
    assert "LKJIP_PAGE_PORT" in said


@pytest.mark.parametrize(
    "settings",
    [
        {"PAGE_PORT": "70000"},
        {"PAGE_PORT": "0"},
        {"PAGE_URL": "lkjip.example"},
        {"PAGE_URL": "https://a.b/lkjip"},
    ],
)
def test_a_wrong_setting_is_told(lkjip: Lkjip, settings: dict[str, str]) -> None:
    [name] = settings
    assert f"Pengaturan LKJIP_{name} tidak dapat dipakai" in lkjip("page", **settings).err


def test_the_page_is_served_without_pandas_or_prefect_and_ends_when_told(
    empty_database: Path, tmp_path: Path
) -> None:
    (tmp_path / "kerja").mkdir()
    (tmp_path / "kerja" / "lkjip.sqlite").write_bytes(empty_database.read_bytes())
    port = str(free_port())
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("LKJIP_")},
        "PYTHONPATH": str(PROJECT),
        "LKJIP_ENV_FILE": "",
        "LKJIP_HOME": str(tmp_path / "kerja"),
        "LKJIP_PAGE_PORT": port,
    }
    command = [sys.executable, "-c", RUN]
    served = subprocess.Popen(command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert served.stdout is not None
        assert served.stdout.readline() == f"Halaman LKjIP: http://127.0.0.1:{port}\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/masuk", timeout=60) as answer:
            assert "<h1>Masuk</h1>" in answer.read().decode()
        served.send_signal(signal.SIGTERM)
        assert served.communicate(timeout=60)[0] == "[]\n"
        assert served.returncode == 0
    finally:
        served.kill()
        served.wait()
