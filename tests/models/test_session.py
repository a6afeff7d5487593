"""Sessions keep all or nothing, and say in Indonesian what is wrong with the database."""

# ruff: noqa: PT012  the block that raises is a transaction of several statements

import sqlite3
import threading

import psycopg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import select

import models.session
from core.errors import SettingsError, StorageError
from models.bps.tables import Poll
from models.faults import storage_error
from models.locks import lock_for_writing
from models.migrations import upgrade_database, upgrade_engine
from models.session import open_engine, open_session
from models.tables import Fetch


def chain(error):
    """What every exception behind ``error`` says, as a log would show it."""
    said = []
    while error is not None:
        said.append(repr(error) + str(error))
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(said)


def poll(moment):
    return Poll(source="bps", domain="3529", started_at=moment())


def count(engine):
    with open_session(engine, read_only=True) as session:
        return len(session.exec(select(Poll)).all())


def test_what_was_added_is_kept_and_stays_readable(engine, moment):
    with open_session(engine) as session:
        row = poll(moment)
        session.add(row)
    assert (row.id, row.domain, count(engine)) == (1, "3529", 1)


def test_exception_rolls_everything_back(engine, moment):
    with pytest.raises(KeyError), open_session(engine) as session:
        session.add(poll(moment))
        session.flush()
        raise KeyError  # what a program that breaks in the middle does
    assert count(engine) == 0


def test_reading_session_refuses_to_write(engine, moment):
    with (
        pytest.raises(StorageError, match="hanya boleh dibaca"),
        open_session(engine, read_only=True) as session,
    ):
        session.add(poll(moment))
        session.flush()
    with open_session(engine) as session:
        session.add(poll(moment))
    assert count(engine) == 1


def test_foreign_keys_are_enforced(engine, moment):
    with pytest.raises(StorageError, match="bertentangan dengan isinya"), open_session(engine) as session:
        session.add(Fetch(snapshot_sha256="0" * 64, source="bps", url="", status=200, headers={},
                          content_type="", fetched_at=moment()))  # fmt: skip


def test_error_of_a_column_type_arrives_as_itself(engine, moment):
    naive = moment().replace(tzinfo=None)
    with pytest.raises(StorageError, match="zona waktunya"), open_session(engine) as session:
        session.add(Poll(source="bps", domain="3529", started_at=naive))


def test_reader_is_not_held_up_by_a_writer(engine, moment):
    with open_session(engine) as session:
        session.add(poll(moment))
        session.flush()
        assert count(engine) == 0
    assert count(engine) == 1


def test_second_writer_waits_then_says_who_holds_it_up(empty_url, monkeypatch):
    monkeypatch.setattr(models.session, "BUSY_SECONDS", 0.05)
    engine = open_engine(empty_url)
    upgrade_engine(engine)
    with open_session(engine) as first:
        lock_for_writing(first, "bps")
        with (
            pytest.raises(StorageError, match="dikunci oleh proses lain") as caught,
            open_session(engine) as second,
        ):
            lock_for_writing(second, "bps")
    assert "tunggu sampai proses lkjip yang lain selesai" in caught.value.todo
    engine.dispose()


def test_writers_that_read_first_queue_up(engine, moment):
    """Each reads how many there are and adds one; without a queue two would read the same."""
    together = threading.Barrier(4)

    def run():
        together.wait()
        for _ in range(3):
            with open_session(engine) as session:
                lock_for_writing(session, "polls")
                number = len(session.exec(select(Poll)).all())
                session.add(Poll(source="bps", domain=str(number), started_at=moment()))

    threads = [threading.Thread(target=run) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_session(engine, read_only=True) as session:
        assert sorted(int(row.domain) for row in session.exec(select(Poll))) == list(range(12))


def test_sqlite_is_in_wal_mode(tmp_path):
    engine = open_engine(f"sqlite:///{tmp_path / 'uji.sqlite'}")
    with engine.connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar() == "wal"
    engine.dispose()


def test_database_in_memory_keeps_its_tables(moment):
    engine = open_engine("sqlite://")
    upgrade_engine(engine)
    with open_session(engine) as session:
        session.add(poll(moment))
    assert count(engine) == 1
    engine.dispose()


class TestSqliteFaults:
    """Each is made to happen for real."""

    def read(self, path):
        engine = open_engine(f"sqlite:///{path}")
        try:
            count(engine)
        finally:
            engine.dispose()

    def test_folder_is_missing(self, tmp_path):
        with pytest.raises(StorageError, match=r"Basis data .*tiada/uji\.sqlite tidak dapat dibuka"):
            self.read(tmp_path / "tiada" / "uji.sqlite")

    def test_file_is_something_else(self, tmp_path):
        (tmp_path / "uji.sqlite").write_bytes(b"ini bukan basis data" * 100)
        with pytest.raises(StorageError, match="bukan basis data SQLite"):
            self.read(tmp_path / "uji.sqlite")

    def test_tables_are_not_there_yet(self, tmp_path):
        with pytest.raises(StorageError, match="belum memiliki susunan tabel versi ini"):
            self.read(tmp_path / "uji.sqlite")

    def test_column_is_missing(self, tmp_path):
        upgrade_database(f"sqlite:///{tmp_path / 'uji.sqlite'}")
        with sqlite3.connect(tmp_path / "uji.sqlite") as connection:
            connection.execute("ALTER TABLE polls DROP COLUMN message")
        with pytest.raises(StorageError, match="belum memiliki susunan tabel versi ini"):
            self.read(tmp_path / "uji.sqlite")

    def test_disk_is_full(self, tmp_path, moment):
        url = f"sqlite:///{tmp_path / 'uji.sqlite'}"
        upgrade_database(url)
        engine = open_engine(url)
        with pytest.raises(StorageError, match="cakram penuh") as caught, open_session(engine) as session:
            pages = session.connection().execute(text("PRAGMA page_count")).scalar()
            session.connection().execute(text(f"PRAGMA max_page_count = {pages}"))
            session.add(Poll(source="bps", domain="x" * 100_000, started_at=moment()))
        assert "kosongkan ruang cakram" in caught.value.todo
        engine.dispose()


@pytest.mark.postgres
class TestPostgresFaults:
    """Against the local server; what it never says is made by hand."""

    def connect(self, url):
        engine = open_engine(str(url))
        try:
            count(engine)
        finally:
            engine.dispose()

    def test_server_does_not_answer_and_the_password_stays_hidden(self):
        with pytest.raises(
            StorageError, match=r"Basis data lkjip di 127\.0\.0\.1:1 tidak dapat dihubungi"
        ) as caught:
            self.connect("postgresql://dinas:rahasia2024@127.0.0.1:1/lkjip")
        assert "rahasia2024" not in chain(caught.value)

    def test_database_does_not_exist(self, postgres_url):
        url = make_url(postgres_url).set(database="tiada_sama_sekali")
        with pytest.raises(StorageError, match=r"tiada_sama_sekali di .* tidak ada di server itu"):
            self.connect(url)

    def test_user_does_not_exist(self, postgres_url):
        url = make_url(postgres_url).set(username="tiada_sama_sekali")
        with pytest.raises(StorageError, match="tidak mengenal penggunanya"):
            self.connect(url)

    @pytest.mark.parametrize(
        ("original", "words"),
        [
            (
                psycopg.OperationalError("FATAL: password authentication failed"),
                "menolak pengguna atau sandinya",
            ),
            (psycopg.OperationalError("fe_sendauth: no password supplied"), "menolak pengguna atau sandinya"),
            (psycopg.errors.InvalidPassword(), "menolak pengguna atau sandinya"),
            (psycopg.errors.DiskFull(), "cakram server penuh"),
            (psycopg.errors.TooManyConnections(), "kehabisan sumber daya"),
            (psycopg.errors.DeadlockDetected(), "dipakai bersamaan"),
            (psycopg.errors.UndefinedTable(), "belum memiliki susunan tabel"),
            (psycopg.errors.InsufficientPrivilege(), "tidak mengizinkan"),
            (psycopg.errors.AdminShutdown(), "sedang dimatikan atau dinyalakan"),
            (psycopg.DataError("apa saja"), r"tidak dapat dipakai \(DataError\)"),
        ],
    )
    def test_what_the_server_says_is_explained(self, original, words):
        error = storage_error(OperationalError("", {}, original), make_url("postgresql://a:b@server/lkjip"))
        with pytest.raises(StorageError, match=words):
            raise error
        assert error.todo


def test_contradiction_is_not_blamed_on_the_disk():
    error = storage_error(IntegrityError("", {}, sqlite3.IntegrityError()), make_url("sqlite://"))
    assert "bertentangan dengan isinya" in error.message


@pytest.mark.parametrize(
    "url",
    [
        "",
        "rahasia",
        "mysql://a:rahasia@server/x",
        "postgresql://a:ra@hasia@server/x",
        "postgresql://a:b@s:rahasia/x",
    ],
)
def test_unreadable_url_is_refused_without_repeating_it(url):
    with pytest.raises(SettingsError, match="LKJIP_DATABASE_URL") as caught:
        open_engine(url)
    assert "hasia" not in chain(caught.value)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_common_way_to_write_postgresql_works(scheme):
    engine = open_engine(f"{scheme}://a@localhost/x")
    assert (engine.dialect.name, engine.dialect.driver) == ("postgresql", "psycopg")


def test_only_what_is_repeatable_does_not_wait_for_the_disk(engine):
    """SQLite's NORMAL (1) may lose commits in a power cut, FULL (2) never; the connection is the same one."""
    if engine.dialect.name != "sqlite":
        pytest.skip("a setting of SQLite")

    def synchronous(**options):
        with open_session(engine, **options) as session:
            return int(session.connection().exec_driver_sql("PRAGMA synchronous").scalar_one())

    assert [synchronous(), synchronous(repeatable=True), synchronous()] == [2, 1, 2]
