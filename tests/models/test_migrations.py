"""A database is made, kept current, and refused when it is newer than the program."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text

import models.migrations
from core.errors import StorageError
from models.migrations import SCHEMA, empty_engine, has_schema, upgrade_database
from models.session import open_engine, sqlite_file
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
    upgrade_database(url)
    assert [path.name for path in tmp_path.iterdir() if "sebelum" in path.name] == []
    engine = open_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '0007'"))
        connection.execute(text("DROP TABLE entered_figures"))
    engine.dispose()
    upgrade_database(url)
    kept = tmp_path / f"lkjip.sqlite.sebelum-{SCHEMA}"
    assert kept.stat().st_mode & 0o077 == 0
    with sqlite3.connect(kept) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0007",)]
    assert has_schema(url)
