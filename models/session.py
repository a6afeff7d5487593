"""The database: SQLite by default, PostgreSQL by another url, and what may go wrong with either.

A session that may write takes SQLite's write lock at its first statement, so that two processes
queue for it instead of failing half-way (a transaction that reads first and writes later cannot be
retried by SQLite's busy time-out). Keep it short; for reading alone say so.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

from core.errors import LkjipError, SettingsError
from core.loopback import check_host
from models.faults import name_of, storage_error

BUSY_SECONDS = 30
"""How long a writer waits for another one before it gives up."""

READ_ONLY = {"lkjip_read_only": True, "postgresql_readonly": True}
"""Execution options of a connection that will not write, on either database."""
REPEATABLE = {"lkjip_repeatable": True}
"""Execution option of a connection whose work is done again when it is lost."""


def open_engine(url: str) -> Engine:
    """The engine for ``url``; nothing is connected yet.

    Args:
        url: ``sqlite:///path``, or ``postgresql://user:password@host/name``.

    Raises:
        SettingsError: The url cannot be read or names another kind of database, or only this machine may
            be contacted and it names another.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite_engine(parsed)
    for host in _hosts(parsed):
        check_host(host)
    return create_engine(
        parsed,
        pool_pre_ping=True,
        connect_args={
            "connect_timeout": 10,
            "application_name": "lkjip",
            "options": f"-c lock_timeout={int(BUSY_SECONDS * 1000)}",
        },
    )


def describe_database(url: str) -> str:
    """Which database a url names, as a person knows it, without its password.

    Raises:
        SettingsError: As :func:`open_engine`.
    """
    return name_of(_parse(url)).removeprefix("Basis data ")


def sqlite_file(url: str) -> Path | None:
    """The file that holds the database of ``url``; None for PostgreSQL and for SQLite in memory.

    Raises:
        SettingsError: The url cannot be read.
    """
    parsed = _parse(url)
    if parsed.get_backend_name() != "sqlite" or _in_memory(parsed):
        return None
    return Path(str(parsed.database))


@contextmanager
def open_session(engine: Engine, *, read_only: bool = False, repeatable: bool = False) -> Iterator[Session]:
    """A session that commits at the end, or rolls all back when an exception leaves it.

    Rows stay readable after the end.

    Args:
        engine: From :func:`open_engine`.
        read_only: Nothing will be written: the session takes no lock and is rolled back.
        repeatable: What is written is read again from its source when it is lost whole, so SQLite need not
            wait for the disk: a power cut may undo the last commits, a killed program never does.

    Raises:
        StorageError: The database cannot be reached, is locked or full, or does not fit the program.
    """
    options = READ_ONLY if read_only else REPEATABLE if repeatable else {}
    bound = engine.execution_options(**options) if options else engine
    with translated_errors(engine), Session(bound, expire_on_commit=False) as session:
        yield session
        if read_only:
            session.expunge_all()
            session.rollback()
        else:
            session.commit()


@contextmanager
def translated_errors(engine: Engine) -> Iterator[None]:
    """Turn what SQLAlchemy and SQLite raise into a :class:`StorageError` in Indonesian."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as cause:
        own = getattr(cause, "orig", None)
        if isinstance(own, LkjipError):  # raised by a column type; SQLAlchemy wrapped it
            raise own from None
        error = storage_error(cause, engine.url)
        password = engine.url.password
        raise error from (None if password and str(password) in str(cause) else cause)


def _parse(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise _unusable() from None  # the cause may hold the password
    if parsed.drivername in ("postgres", "postgresql"):
        parsed = parsed.set(drivername="postgresql+psycopg")
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql+psycopg"):
        raise _unusable()
    if "@" in (parsed.host or ""):
        raise _unusable()  # an "@" of the password that was not written as %40
    return parsed


def _hosts(url: URL) -> list[str]:
    """Where libpq would connect to; a folder with the server's socket is no host."""
    query = url.normalized_query
    asked = query.get("hostaddr") or query.get("host") or (url.host or os.environ.get("PGHOST", ""),)
    named = [host for entry in asked for host in entry.split(",")]
    return [
        host.partition(":")[0] if host.count(":") == 1 else host
        for host in named
        if host[:1] not in ("", "/", "@")
    ]


def _unusable() -> SettingsError:
    return SettingsError(
        "Pengaturan LKJIP_DATABASE_URL tidak dapat dibaca sebagai alamat basis data.",
        todo="tulis sqlite:///alamat/berkas atau postgresql://pengguna:sandi@host:5432/nama; "
        "tanda khusus di dalam sandi ditulis sebagai %40 untuk @, %2F untuk /, %3A untuk :.",
    )


def _in_memory(url: URL) -> bool:
    return url.database in (None, "", ":memory:")


def _sqlite_engine(url: URL) -> Engine:
    how: dict[str, Any] = {"poolclass": StaticPool} if _in_memory(url) else {}
    # The pool hands a connection to one thread at a time, but not always to the same.
    arguments: dict[str, Any] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    closed = None if _in_memory(url) else _as_closed_file(Path(str(url.database)))
    if closed:
        how["creator"] = lambda: sqlite3.connect(closed, uri=True, **arguments)
    engine = create_engine(url, connect_args=arguments, **how)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _as_closed_file(file: Path) -> str:
    """The address of a file in a folder where this user may not write, for reading alone; else empty.

    A file in WAL mode wants other files beside it. Where they are, somebody who may write has it open, and
    shares them; where they are not, nobody changes it.
    """
    if not file.exists() or os.access(file.parent, os.W_OK):
        return ""
    shared = file.with_name(f"{file.name}-wal").exists()
    return f"{file.absolute().as_uri()}?mode=ro{'' if shared else '&immutable=1'}"


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        with suppress(sqlite3.OperationalError):  # who may only read leaves it as it is
            cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    read_only, repeatable = (options.get(name, False) for name in ("lkjip_read_only", "lkjip_repeatable"))
    connection.exec_driver_sql(f"PRAGMA synchronous = {'NORMAL' if repeatable else 'FULL'}")
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if read_only else "BEGIN IMMEDIATE")
