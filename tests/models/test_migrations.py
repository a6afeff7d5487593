"""A database is made, kept current, and refused when it is newer than the program."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlmodel import select

import models.migrations
from core.errors import StorageError
from models.mail.tables import TroubleMail
from models.migrations import SCHEMA, empty_engine, has_schema, upgrade_database, upgrade_engine
from models.session import open_engine, open_session, sqlite_file
from models.tables import Table


def test_migrations_and_models_describe_the_same_tables(engine):
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []


def test_program_works_with_the_newest_revision():
    config = Config()
    config.set_main_option("script_location", str(Path(models.migrations.__file__).parent))
    assert ScriptDirectory.from_config(config).get_heads() == [SCHEMA]


def test_upgrading_twice_changes_nothing(empty_url):
    upgrade_database(empty_url)
    upgrade_database(empty_url)
    engine = open_engine(empty_url)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [SCHEMA]
        assert set(Table.metadata.tables) <= set(inspect(connection).get_table_names())
    engine.dispose()


def made_at(url, revision):
    """The engine of a database as an older version of the program made it."""
    config = Config()
    config.set_main_option("script_location", str(Path(models.migrations.__file__).parent))
    engine = open_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, revision)
    return engine


def test_mails_of_revision_0008_keep_who_was_served_and_who_was_refused(empty_url):
    moment = "2024-04-04 02:00:00+00:00"
    rows = [
        ('["b@x","a@x"]', '["a@x"]', r'{"b@x":"550 \u001b[2Jno"}', "b@x: 550 no", moment, None),
        ('["a@x"]', "[]", "{}", "554 spam", None, moment),
        ('["a@x"]', "[]", "{}", "tidak menjawab", None, None),
    ]
    insert = text(
        "INSERT INTO trouble_outbox (id, message_id, subject, sender, recipients, accepted, refused, message,"
        " created_at, attempts, last_attempt_at, last_error, next_attempt_at, claimed_by, sent_at,"
        " abandoned_at) VALUES (:id, :name, 's', 'a@b', :to, :ok, :no, 'x', :at, 1, :at, :error, :at, '',"
        " :sent, :gone)"
    )
    engine = made_at(empty_url, "0008")
    with engine.begin() as connection:
        for number, (to, ok, no, error, sent, gone) in enumerate(rows, 1):
            values = {"id": number, "name": str(number), "to": to, "ok": ok, "no": no, "error": error}
            connection.execute(insert, {**values, "at": moment, "sent": sent, "gone": gone})
    upgrade_engine(engine)
    with open_session(engine, read_only=True) as session:
        mails = session.exec(select(TroubleMail).order_by(TroubleMail.id)).all()
    engine.dispose()
    assert [[(r.address, r.state.value, r.answer) for r in mail.everybody] for mail in mails] == [
        [("b@x", "refused", "550 [2Jno"), ("a@x", "served", "")],
        [("a@x", "refused", "554 spam")],
        [("a@x", "waiting", "")],
    ]
    assert {one.at.isoformat() for mail in mails for one in mail.everybody} == {moment.replace(" ", "T")}
    assert [mail.lacking for mail in mails] == [1, 1, 0]


def test_asking_whether_there_are_tables_makes_none(empty_url):
    assert not has_schema(empty_url)
    assert not has_schema(empty_url)
    if (file := sqlite_file(empty_url)) is not None:
        assert not file.exists()
    upgrade_database(empty_url)
    assert has_schema(empty_url)


def test_an_empty_database_in_memory_has_every_table():
    with empty_engine().connect() as connection:
        assert set(Table.metadata.tables) <= set(inspect(connection).get_table_names())


def test_database_of_a_newer_program_is_refused_and_left_alone(empty_url):
    upgrade_database(empty_url)
    engine = open_engine(empty_url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match=r"versi lkjip yang lebih baru \(susunan 9999") as caught:
        upgrade_database(empty_url)
    assert "pasang versi lkjip yang terbaru" in caught.value.todo
    with engine.connect() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalar() == "9999"
    engine.dispose()


def test_failed_migration_leaves_no_table_behind(tmp_path, monkeypatch):
    url = f"sqlite:///{tmp_path / 'uji.sqlite'}"
    monkeypatch.setattr(models.migrations, "SCHEMA", "9999")
    with sqlite3.connect(tmp_path / "uji.sqlite") as connection:
        connection.execute("CREATE TABLE observations (id INTEGER)")  # in the way of the first revision
    with pytest.raises(StorageError):
        upgrade_database(url)
    with sqlite3.connect(tmp_path / "uji.sqlite") as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert names == ["observations"]


def test_current_database_does_not_import_alembic(tmp_path):
    url = f"sqlite:///{tmp_path / 'uji.sqlite'}"
    upgrade_database(url)
    program = (
        "import sys; from models.migrations import upgrade_database; "
        f"upgrade_database({url!r}); print('alembic' in sys.modules)"
    )
    root = Path(models.migrations.__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root
    )
    assert done.stdout.strip() == "False"


def test_a_file_of_an_older_version_is_kept_beside_before_it_is_brought_up(tmp_path):
    url = f"sqlite:///{tmp_path / 'lkjip.sqlite'}"
    made_at(url, "0007").dispose()
    upgrade_database(url)
    kept = tmp_path / f"lkjip.sqlite.sebelum-{SCHEMA}"
    assert kept.stat().st_mode & 0o077 == 0
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0007",)]
    assert has_schema(url)
