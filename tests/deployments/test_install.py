"""``deployments/install.sh`` into an empty folder, with commands that only write down what they are asked."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from core.settings import PROJECT, Settings, variable_of
from core.settings_file import parse

SCRIPT = PROJECT / "deployments" / "install.sh"
NOTED = ("groupadd", "useradd", "chown", "runuser", "systemctl", "createdb")
FAKES = {name: f'echo {name} "$@" >>"$CALLS"' for name in NOTED} | {
    "id": "echo ${ROOT_ID:-0}",
    "getent": 'grep -qs "add .*$2" "$CALLS"',
    # As runuser and without the owners, which only root may give.
    "install": 'case "$*" in *"-o lkjip"*) shift 5; set -- -d "$@" ;; esac\n/usr/bin/install "$@"',
}
Install = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def install(tmp_path: Path) -> Install:
    commands = tmp_path / "perintah"
    commands.mkdir()
    for name, does in FAKES.items():
        (commands / name).write_text(f"#!/bin/sh\n{does}\n")
        (commands / name).chmod(0o755)
    (tmp_path / "mesin" / "etc" / "systemd" / "system").mkdir(parents=True)

    def run(*words: str, **more: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": f"{commands}:{os.environ['PATH']}",
            "DESTDIR": str(tmp_path / "mesin"),
            "CALLS": str(tmp_path / "panggilan"),
            **more,
        }
        return subprocess.run([SCRIPT, *words], env=environment, capture_output=True, text=True, check=False)

    return run


def calls(tmp_path: Path) -> list[str]:
    return (tmp_path / "panggilan").read_text().splitlines()


def test_it_makes_user_folders_settings_database_command_and_unit(install: Install, tmp_path: Path):
    done = install()
    assert done.returncode == 0, done.stderr
    machine = tmp_path / "mesin"
    home = machine / "var" / "lib" / "lkjip"
    assert (home / "masuk" / "anggaran" / "lampiran").stat().st_mode & 0o7777 == 0o2770
    assert (home / "karantina" / "bps").stat().st_mode & 0o7777 == 0o2750
    assert home.stat().st_mode & 0o7777 == 0o710
    assert (machine / "etc" / "lkjip.env").stat().st_mode & 0o777 == 0o640
    assert (machine / "usr" / "local" / "bin" / "lkjip").stat().st_mode & 0o777 == 0o755
    unit = (machine / "etc" / "systemd" / "system" / "lkjip.service").read_text()
    assert "ExecStart=/opt/lkjip/.venv/bin/lkjip serve\n" in unit
    said = calls(tmp_path)
    assert (
        "runuser -u postgres -- createdb --owner=lkjip --encoding=UTF8 --template=template0 lkjip_prefect"
        in said
    )
    assert said[-2:] == ["systemctl daemon-reload", "systemctl try-restart lkjip"]


def test_what_is_there_stays_as_it_is_when_it_is_run_again(install: Install, tmp_path: Path):
    install()
    settings = tmp_path / "mesin" / "etc" / "lkjip.env"
    settings.write_text("LKJIP_HOME=/var/lib/lkjip\n")
    inbox = tmp_path / "mesin" / "var" / "lib" / "lkjip" / "masuk" / "bps"
    inbox.chmod(0o2775)
    before = calls(tmp_path)
    done = install()
    assert done.returncode == 0
    assert "LKJIP_PREFECT_DATABASE_URL kosong" in done.stderr
    assert settings.read_text() == "LKJIP_HOME=/var/lib/lkjip\n"
    assert inbox.stat().st_mode & 0o7777 == 0o2775
    again = calls(tmp_path)[len(before) :]
    assert not [line for line in again if line.startswith(("groupadd", "useradd", "chown"))]


def test_a_second_office_has_its_own_folder_settings_database_and_unit(install: Install, tmp_path: Path):
    assert install("b").returncode == 0
    machine = tmp_path / "mesin"
    unit = (machine / "etc" / "systemd" / "system" / "lkjip-b.service").read_text()
    assert "Environment=LKJIP_ENV_FILE=/etc/lkjip-b.env\n" in unit
    values = parse((machine / "etc" / "lkjip-b.env").read_text(), machine)
    assert values["LKJIP_HOME"] == "/var/lib/lkjip-b"
    assert values["LKJIP_PREFECT_DATABASE_URL"] == "postgresql:///lkjip_b_prefect?host=/var/run/postgresql"
    assert (machine / "var" / "lib" / "lkjip-b" / "masuk" / "bps").is_dir()


def test_units_of_before_serve_are_taken_away(install: Install, tmp_path: Path):
    old = tmp_path / "mesin" / "etc" / "systemd" / "system" / "lkjip-worker.service"
    old.write_text("")
    assert install().returncode == 0
    assert not old.exists()
    assert "systemctl disable --now lkjip-worker.service" in calls(tmp_path)


@pytest.mark.parametrize(("words", "more"), [(("../b",), {}), ((), {"ROOT_ID": "1000"})])
def test_a_wrong_name_and_anybody_but_root_are_refused(
    install: Install, tmp_path: Path, words: tuple[str, ...], more: dict[str, str]
):
    done = install(*words, **more)
    assert done.returncode == 1
    assert done.stderr.startswith("Galat: ")
    assert not (tmp_path / "panggilan").exists()


def test_the_example_of_the_settings_names_only_settings():
    example = PROJECT / "deployments" / "lkjip.env.example"
    assert set(parse(example.read_text(), example)) <= {variable_of(field) for field in Settings.model_fields}
