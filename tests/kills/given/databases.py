"""Databases of which every victim gets a copy of its own: a file of SQLite, or one on PostgreSQL."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Engine, create_engine, text

from models.session import open_engine
from tests.given.postgres import ADMINISTRATOR


class Database(Protocol):
    """Where an office's rows are.

    Attributes:
        url: For ``LKJIP_DATABASE_URL``; empty for the file of SQLite in the working folder.
    """

    url: str

    def keep(self) -> None:
        """Take the present rows as those that everyone begins with."""

    def renew(self) -> None:
        """Bring those back."""

    def faults(self, home: Path) -> list[str]:
        """What the database itself finds wrong with its files."""


class Sqlite:
    """The file in the working folder, which is copied with it."""

    url = ""

    def keep(self) -> None: ...

    def renew(self) -> None: ...

    def faults(self, home: Path) -> list[str]:
        engine = open_engine(f"sqlite:///{home / 'lkjip.sqlite'}")
        try:
            with engine.connect() as connection:
                said = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
                lost = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        finally:
            engine.dispose()
        return [words for words in said if words != "ok"] + [f"no row for {row}" for row in lost]


class Postgres:
    """A database that is made of another one each time."""

    def __init__(self, admin: Engine) -> None:
        self._admin = admin
        self._name = f"lkjip_kill_{uuid.uuid4().hex[:8]}"
        self._kept = f"{self._name}_kept"
        self.url = admin.url.set(database=self._name).render_as_string(hide_password=False)
        self._say(f"CREATE DATABASE {self._name}")

    def keep(self) -> None:
        self._say(f"DROP DATABASE IF EXISTS {self._kept} WITH (FORCE)")
        self._say(f"CREATE DATABASE {self._kept} TEMPLATE {self._name}")

    def renew(self) -> None:
        self._say(f"DROP DATABASE {self._name} WITH (FORCE)")
        self._say(f"CREATE DATABASE {self._name} TEMPLATE {self._kept}")

    def faults(self, _home: Path) -> list[str]:
        """None: it enforces its keys, and checks its pages as it reads them."""
        return []

    def drop(self) -> None:
        for name in (self._name, self._kept):
            self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    def _say(self, statement: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(statement))


@contextmanager
def database(kind: str) -> Iterator[Database]:
    """``SQLite`` or ``PostgreSQL``; gone at the end."""
    if kind == "SQLite":
        yield Sqlite()
        return
    admin = create_engine(ADMINISTRATOR, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    made = Postgres(admin)
    try:
        yield made
    finally:
        made.drop()
        admin.dispose()
