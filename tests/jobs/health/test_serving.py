"""What ``lkjip serve`` starts, in which surroundings, and what it refuses before it starts anything."""

from __future__ import annotations

import configparser
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import ScheduleError, SettingsError, StorageError
from core.settings import Settings
from jobs.health.runs import end_runs, processes_of_runs
from jobs.health.serving.configuration import configuration
from jobs.health.serving.parts import parts_of
from jobs.health.serving.preparing import prepare
from jobs.health.serving.surroundings import require_free_port, variables

SECRET = "sandi-rahasia"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "map 100%", smtp_url=f"smtp://a:{SECRET}@host", bps_key=SECRET)


def configured(settings: Settings) -> configparser.RawConfigParser:
    text = configuration(parts_of(settings), settings.home / ".serve", settings.home / "log")
    assert SECRET not in text
    parser = configparser.RawConfigParser()
    parser.read_string(text)
    return parser


def test_every_part_and_the_supervisor_have_a_log_that_is_turned_over(settings: Settings):
    sections = configured(settings)
    own = sections["supervisord"]
    assert (own["logfile_maxbytes"], own["logfile_backups"]) == ("1MB", "3")
    for part in parts_of(settings):
        program = sections[f"program:{part.name}"]
        assert program["stdout_logfile"] == f"{settings.home}/log/{part.name}.log".replace("%", "%%%%")
        assert (program["stdout_logfile_maxbytes"], program["stdout_logfile_backups"]) == ("5MB", "3")


def test_the_server_is_started_first_and_what_carries_out_the_schedule_waits_for_it(settings: Settings):
    assert [(part.name, part.waits) for part in parts_of(settings)] == [
        ("prefect", False),
        ("jadwal", False),
        ("pekerja", True),
        ("halaman", True),
        ("penjaga", True),
    ]


@pytest.mark.parametrize(("days", "events"), [(2, "P2D"), (30, "P7D")])
def test_prefect_forgets_runs_after_the_days_of_the_setting_and_events_after_a_week(
    settings: Settings, days: int, events: str
):
    told = variables(settings.model_copy(update={"prefect_keep_days": days}), "sqlite+aiosqlite:///x")
    assert told["PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED"] == "true"
    assert told["PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD"] == str(days * 86_400)
    assert told["PREFECT_SERVER_EVENTS_RETENTION_PERIOD"] == events


def test_the_office_s_settings_are_left_to_each_run(settings: Settings):
    assert not [name for name in variables(settings, "") if name.startswith("LKJIP_")]


def test_a_port_that_is_taken_is_named_with_a_way_out(settings: Settings):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        taken = settings.model_copy(update={"prefect_api_url": f"http://127.0.0.1:{port}/api"})
        with pytest.raises(ScheduleError, match=f"Porta {port} di 127.0.0.1 sudah dipakai") as caught:
            require_free_port(taken)
    assert "systemctl stop lkjip" in caught.value.todo


def test_a_server_on_another_machine_is_not_started_here(settings: Settings):
    elsewhere = settings.model_copy(update={"prefect_api_url": "http://10.0.0.9:4200/api"})
    with pytest.raises(ScheduleError, match="di komputer ini") as caught:
        require_free_port(elsewhere)
    assert "lkjip worker" in caught.value.todo


def test_sqlite_for_prefect_is_warned_of_with_the_remedy_and_our_tables_are_made(settings: Settings):
    prepared = prepare(settings)
    assert (settings.home / "lkjip.sqlite").is_file()
    assert prepared.prefect_url == f"sqlite+aiosqlite:///{settings.home}/.prefect/prefect.db"
    assert "terkunci" in prepared.warning
    assert "createdb" in prepared.warning
    assert "LKJIP_PREFECT_DATABASE_URL" in prepared.warning


def with_prefect_database(settings: Settings, url: str) -> Settings:
    return Settings(home=settings.home, prefect_database_url=url)


@pytest.mark.parametrize("url", ["mysql://a/b", "bukan alamat", f"postgresql://u:{SECRET}@x@host/d"])
def test_another_kind_of_database_is_refused_without_its_password(settings: Settings, url: str):
    with pytest.raises(SettingsError, match="bukan alamat PostgreSQL") as caught:
        prepare(with_prefect_database(settings, url))
    assert SECRET not in str(caught.value)


def test_a_postgresql_that_does_not_answer_is_said_with_what_to_create(settings: Settings):
    url = f"postgresql://lkjip:{SECRET}@127.0.0.1:1/lkjip_prefect"
    with pytest.raises(StorageError, match="Basis data Prefect lkjip_prefect") as caught:
        prepare(with_prefect_database(settings, url))
    assert "createdb" in caught.value.todo
    assert SECRET not in str(caught.value)


@pytest.mark.postgres
def test_postgresql_is_handed_to_prefect_as_it_wants_it(settings: Settings, postgres_url: str):
    prepared = prepare(with_prefect_database(settings, postgres_url.replace("+psycopg", "")))
    assert prepared.prefect_url == postgres_url.replace("+psycopg", "+asyncpg")
    assert prepared.warning == ""


API = f"http://127.0.0.1:1/api-of-{os.getpid()}"
"""Of this test process alone: others of the same kind run beside it."""


@pytest.fixture
def a_run() -> Iterator[subprocess.Popen[bytes]]:
    """Looks like the process of a run, and does not listen to SIGTERM."""
    deaf = "signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"
    marks = {**os.environ, "PREFECT__FLOW_RUN_ID": "1", "PREFECT_API_URL": API}
    process = subprocess.Popen(
        [sys.executable, "-c", f"import signal, time; {deaf}"], env=marks, stdout=subprocess.PIPE
    )
    assert process.stdout
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_runs_of_this_server_alone_are_found(a_run: subprocess.Popen[bytes]):
    assert processes_of_runs(API) == [a_run.pid]
    assert processes_of_runs(f"{API}/other") == []


def test_a_run_that_does_not_end_in_time_is_ended(
    a_run: subprocess.Popen[bytes], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("jobs.health.runs._OBEY_SECONDS", 0.1)
    said: list[str] = []
    end_runs(API, said.append, patience=0.1)
    assert a_run.wait(5) == -9
    assert said[-1] == "Jalan yang belum selesai dihentikan."
