"""Bringing a database to the schema of this program, and refusing one that is newer.

A database that is current costs one small query: Alembic is imported only when there is work.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

import models.bps.tables  # every table must be known to the metadata
import models.budget.tables
import models.health.troubles
import models.mail.tables
import models.prices.tables
import models.report.draft_tables
import models.report.tables
import models.users.tables  # noqa: F401
from core.errors import StorageError, explain_os_error
from models.faults import name_of
from models.session import READ_ONLY, open_engine, sqlite_file, translated_errors
from models.tables import Table

SCHEMA = "0012"
"""The revision this program works with: the newest file in ``versions/``."""

_LOCK = 3529_2023
"""PostgreSQL's advisory lock held while migrating; SQLite's write lock does the same."""


def upgrade_database(url: str) -> None:
    """Make the tables, or bring those of an older version up to date.

    Args:
        url: As for :func:`models.session.open_engine`.

    Raises:
        StorageError: The database cannot be used, or belongs to a newer version of the program.
    """
    engine = open_engine(url)
    try:
        upgrade_engine(engine)
    finally:
        engine.dispose()


def upgrade_engine(engine: Engine) -> None:
    """The same for an engine that is open already (needed for SQLite in memory)."""
    with translated_errors(engine):
        with engine.execution_options(**READ_ONLY).connect() as connection:
            version = _version(connection)
        if version == SCHEMA:
            return
        _lay_aside(engine, version)
        with engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
            version = _version(connection)  # another process may have been faster
            if version != SCHEMA:
                _migrate(connection, version, name_of(engine.url))


def _lay_aside(engine: Engine, version: str | None) -> None:
    """Keep a copy of a file of SQLite that is of an older version, ``lkjip.sqlite.sebelum-0009``."""
    file = sqlite_file(engine.url.render_as_string(hide_password=False))
    if file is None or version is None or version > SCHEMA:
        return
    kept = file.with_name(f"{file.name}.sebelum-{SCHEMA}")
    if kept.exists():
        return
    part = kept.with_name(f".{kept.name}.{os.getpid()}")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(part)) as copy:
        source.backup(copy)
    part.replace(kept)


def has_schema(url: str) -> bool:
    """Whether tables were made in the database of ``url``; to ask makes neither them nor a file.

    Raises:
        StorageError: The database may not be read, or does not answer.
    """
    file = sqlite_file(url)
    try:
        if file is not None and not file.exists():
            return False
    except OSError as cause:
        raise StorageError(
            f"Basis data {file} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="jalankan sebagai pengguna layanan: sudo lkjip … atau sudo -u lkjip lkjip …",
        ) from cause
    engine = open_engine(url)
    try:
        with translated_errors(engine), engine.execution_options(**READ_ONLY).connect() as connection:
            return _version(connection) is not None
    finally:
        engine.dispose()


def present_schema(engine: Engine) -> str | None:
    """The revision that a database has now, which this changes not; None where it has no tables.

    Raises:
        StorageError: It cannot be read.
    """
    with translated_errors(engine), engine.execution_options(**READ_ONLY).connect() as connection:
        return _version(connection)


def known_revisions() -> frozenset[str]:
    """The revisions that this program can bring up to date."""
    return frozenset(
        path.name.partition("_")[0] for path in (Path(__file__).parent / "versions").glob("0*.py")
    )


def empty_engine() -> Engine:
    """A database in memory that has every table and no row."""
    engine = open_engine("sqlite://")
    Table.metadata.create_all(engine)
    return engine


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _migrate(connection: Connection, version: str | None, name: str) -> None:
    from alembic import command  # noqa: PLC0415  slow to import, seldom needed
    from alembic.config import Config  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        raise StorageError(
            f"{name} dibuat oleh versi lkjip yang lebih baru (susunan {version}; program ini {SCHEMA}).",
            todo="pasang versi lkjip yang terbaru; basis data tidak diubah.",
        )
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
