"""``lkjip doctor``: each look tells fine from broken, says what to do, changes nothing and ends in time."""

from __future__ import annotations

import shutil
import sqlite3
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from connectors.web.transport import Fetched
from jobs.health.doctor import bps as bps_check
from jobs.health.doctor import examine, files, mail, program
from jobs.health.doctor.checks import Verdict, fine
from jobs.health.doctor.database import check_database
from jobs.health.doctor.schedule import check_schedule
from jobs.health.doctor.store import check_store
from jobs.mail.send import send_outbox
from jobs.workspace import store_of
from models.migrations import SCHEMA
from office.loading import find_agency
from office.reference import REFERENCE
from tests.jobs.given.mail_server import scripted
from tests.reports.given.office_word import office_word

from .conftest import KEY
from .test_troubles import queue_report

FINE, WARNING, BROKEN = Verdict.FINE, Verdict.WARNING, Verdict.BROKEN


def verdicts(checks):
    return [check.verdict for check in checks]


class TestDatabase:
    def test_one_that_is_whole_and_current_is_fine(self, space):
        assert verdicts(check_database(space().settings)) == [FINE, FINE]

    def test_one_that_is_not_there_is_told_and_not_made(self, space, tmp_path):
        [check] = check_database(space(home=tmp_path / "baru").settings)
        assert (check.verdict, (tmp_path / "baru").exists()) == (WARNING, False)

    @pytest.mark.parametrize(("version", "verdict"), [("0008", WARNING), ("9999", BROKEN)])
    def test_tables_of_another_version_are_told_and_left_alone(self, space, database, version, verdict):
        with sqlite3.connect(database) as connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", [version])
        assert verdicts(check_database(space().settings)) == [FINE, verdict]
        with sqlite3.connect(database) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (version,)
        assert version != SCHEMA

    def test_a_damaged_file_is_broken_and_the_backup_is_named(self, space, database):
        content = bytearray(database.read_bytes())
        content[8192:20480] = b"\xff" * 12288
        database.write_bytes(content)
        checks = check_database(space().settings)
        assert BROKEN in verdicts(checks)
        assert "cadangan" in next(check.todo for check in checks if check.verdict is BROKEN)


class TestFiles:
    def test_a_file_of_secrets_that_everybody_may_read_is_broken(self, tmp_path, monkeypatch):
        file = tmp_path / "lkjip.env"
        file.write_text("LKJIP_HOME=/x\n")
        monkeypatch.setenv("LKJIP_ENV_FILE", str(file))
        for mode, verdict in ((0o644, BROKEN), (0o660, WARNING), (0o640, FINE)):
            file.chmod(mode)
            assert files.check_secrets().verdict is verdict

    def test_a_working_folder_open_to_everybody_is_told(self, space, database):
        database.parent.chmod(0o755)
        told = [c for c in files.check_files(space().settings) if c.verdict is WARNING]
        assert ["chmod o=" in check.todo for check in told] == [True]
        database.parent.chmod(0o710)
        assert set(verdicts(files.check_files(space().settings))) == {FINE}

    @pytest.mark.parametrize(("free", "verdict"), [(5 * 10**9, FINE), (5 * 10**8, WARNING), (10**7, BROKEN)])
    def test_little_room_is_told_and_too_little_is_broken(self, space, monkeypatch, free, verdict):
        monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
        assert files.check_files(space().settings)[0].verdict is verdict


class TestStore:
    def test_without_one_nothing_is_looked_at(self, space):
        assert check_store(space().settings) == []

    def test_one_that_can_be_written_and_read_is_fine_and_keeps_nothing(self, space, bucket):
        settings = space(**bucket.settings).settings
        assert verdicts(check_store(settings)) == [FINE]
        assert store_of(settings).find("") == {}

    def test_one_that_is_not_there_is_broken_and_neither_key_nor_secret_is_told(
        self, space, bucket, monkeypatch
    ):
        wrong = {**bucket.settings, "store": "s3://tidak-ada-embernya/x"}
        for name, value in wrong.items():
            monkeypatch.setenv(f"LKJIP_{name.upper()}", value)
        monkeypatch.setattr(
            examine, "_of_settings", lambda s: {"Penyimpanan bersama": lambda: check_store(s)}
        )
        monkeypatch.setenv("LKJIP_HOME", str(space().settings.home))
        told = examine.examine(60).as_text()
        assert "tidak-ada-embernya" in told
        assert "RUSAK  Penyimpanan bersama" in told
        assert bucket.secret not in told


class TestBps:
    def test_its_answer_proves_key_and_clock_with_one_request(self, space, bps):
        checks = bps_check.check_bps(space(bps_url=bps.url, bps_key=bps.key).settings)
        assert (verdicts(checks), len(bps.requests)) == ([FINE, FINE], 1)

    def test_a_key_that_is_refused_is_broken(self, space, bps):
        [check] = bps_check.check_bps(space(bps_url=bps.url).settings)
        assert (check.verdict, KEY in check.said) == (BROKEN, False)

    def test_without_a_key_it_is_not_asked(self, space, bps):
        [check] = bps_check.check_bps(space(bps_url=bps.url, bps_key="").settings)
        assert (check.verdict, bps.requests) == (WARNING, [])

    def test_when_it_does_not_answer_that_may_pass(self, space):
        assert verdicts(bps_check.check_bps(space().settings)) == [WARNING, WARNING]

    @pytest.mark.parametrize(("off", "verdict"), [(5, FINE), (-600, WARNING), (90_000, BROKEN)])
    def test_a_clock_that_goes_wrong_is_told(self, off, verdict):
        theirs = datetime(2026, 1, 5, 3, tzinfo=UTC)
        headers = {"date": "Mon, 05 Jan 2026 03:00:00 GMT"}
        fetched = Fetched("http://x", 200, headers, b"", theirs + timedelta(seconds=off))
        assert bps_check._clock(fetched).verdict is verdict
        assert bps_check._clock(replace(fetched, headers={})).verdict is WARNING


class TestMail:
    def test_greeting_and_login_are_tried_and_no_mail_is_sent(self, space):
        with scripted(EHLO="250-surat.example\r\n250 AUTH PLAIN", AUTH="235 2.7.0 welcome") as server:
            url = f"smtp://dinas:rahasia@127.0.0.1:{server.port}"
            assert verdicts(mail.check_mail_server(space(smtp_url=url).settings)) == [FINE]
        assert {line.split()[0].upper() for line in server.commands} == {"EHLO", "AUTH", "QUIT"}

    def test_a_password_that_is_refused_is_broken_and_not_shown(self, space):
        with scripted(EHLO="250-surat.example\r\n250 AUTH PLAIN", AUTH="535 5.7.8 bad rahasia") as server:
            url = f"smtp://dinas:rahasia@127.0.0.1:{server.port}"
            [check] = mail.check_mail_server(space(smtp_url=url).settings)
        assert (check.verdict, "rahasia" in check.said + check.todo) == (BROKEN, False)
        assert "pengguna dan sandi" in check.todo

    def test_a_server_that_drips_is_left_in_time(self, space, monkeypatch):
        monkeypatch.setattr(mail, "_SECONDS", 0.2)
        with scripted(drips="HELLO") as server:
            assert verdicts(mail.check_mail_server(space(smtp_url=server.url).settings)) == [BROKEN]

    def test_what_is_stuck_is_counted(self, space):
        office = space(smtp_url="smtp://127.0.0.1:1")
        assert verdicts(mail.check_outbox(office.settings)) == [FINE]
        queue_report(office)
        send_outbox(office)
        [check] = mail.check_outbox(office.settings)
        assert (check.verdict, check.todo) == (WARNING, "lihat sebabnya dengan lkjip outbox list.")


class TestPrefect:
    def test_a_schedule_that_runs_is_fine(self, space):
        assert verdicts(check_schedule(space().settings)) == [FINE, FINE]

    def test_without_a_worker_the_work_is_broken_and_without_a_server_all_is(self, space, prefect):
        prefect.pools["lkjip"] = ["OFFLINE"]
        assert verdicts(check_schedule(space().settings)) == [FINE, BROKEN]
        prefect.stop()
        assert verdicts(check_schedule(space().settings)) == [BROKEN]


class TestProgram:
    @pytest.mark.parametrize(
        ("locked", "verdict"),
        [
            ("prefect==0.1 \\\n", BROKEN),
            ("jinja2==0.1 \\\n", WARNING),
            ('tidak-ada==1 ; sys_platform == "win32" \\\n', FINE),
        ],
    )
    def test_packages_that_differ_from_the_lock_are_named(self, tmp_path, monkeypatch, locked, verdict):
        lock = tmp_path / "requirements.lock"
        lock.write_text(locked)
        monkeypatch.setattr(program, "LOCK", lock)
        check = program._packages()
        assert check.verdict is verdict
        assert (locked.partition("=")[0] in check.said) is (verdict is not FINE)

    def test_a_missing_font_is_broken(self, monkeypatch):
        assert program._typst().verdict is FINE
        monkeypatch.setattr(program, "FONT", "Huruf Yang Tidak Ada")
        assert program._typst().verdict is BROKEN


def test_a_look_that_hangs_or_fails_does_not_hide_the_others():
    looks = {
        "lambat": lambda: time.sleep(5) or [],
        "gagal": lambda: {}["tidak ada"],
        "baik": lambda: [fine("baik", "ada")],
    }
    began = time.monotonic()
    checks = examine._look(looks, 0.2)
    assert time.monotonic() - began < 2
    assert [(check.subject, check.verdict) for check in checks] == [
        ("lambat", BROKEN), ("gagal", BROKEN), ("baik", FINE),
    ]  # fmt: skip


class TestOfficeData:
    def test_what_the_offices_word_document_lacks_is_told(self, space, tmp_path):
        folder = office_in(tmp_path)
        (folder / REFERENCE).write_bytes(office_word(foot="Kaki"))
        [found, remark] = examine._office(space(offices=tmp_path, agency=folder.name).settings)
        assert (found.verdict, remark.verdict) == (FINE, WARNING)
        assert remark.said == "rujukan.docx mempunyai kaki halaman tanpa nomor halaman (bidang PAGE)."

    def test_a_word_document_that_cannot_be_used_is_named(self, space, tmp_path):
        folder = office_in(tmp_path)
        (folder / REFERENCE).write_bytes(b"bukan zip")
        looks = {"Data kantor": lambda: examine._office(space(offices=tmp_path, agency=folder.name).settings)}
        [check] = examine._look(looks, 30)
        assert (check.verdict, "rujukan.docx: rusak" in check.said) == (BROKEN, True)


def office_in(home):
    folder = home / "sumenep-dkupp"
    shutil.copytree(find_agency("sumenep-dkupp"), folder)
    return folder


def test_control_characters_do_not_reach_the_terminal():
    assert fine("a", "nama\x1b[2Jberkas\nbaru").printable().said == "nama [2Jberkas baru"
