"""The same tests on SQLite and on PostgreSQL, each on a database of its own."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlmodel import Session

from models.migrations import upgrade_database
from models.session import open_engine, open_session
from models.tables import Table
from tests.given.postgres import new_postgres

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> str:
    """Which of the two databases a test runs on."""
    return str(request.param)


def _cleared(url: str, statement: str) -> str:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()
    return url


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The url of a database without tables."""
    if kind == "sqlite":
        return f"sqlite:///{tmp_path / 'uji.sqlite'}"
    url: str = request.getfixturevalue("postgres_url")
    return _cleared(url, "DROP SCHEMA public CASCADE; CREATE SCHEMA public")


@pytest.fixture(scope="session")
def postgres_with_tables() -> Iterator[str]:
    """The url of another database on PostgreSQL, which has all tables."""
    with new_postgres() as url:
        upgrade_database(url)
        yield url


@pytest.fixture
def url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The url of a database with all tables and no row."""
    if kind == "sqlite":
        return f"sqlite:///{shutil.copy(request.getfixturevalue('empty_database'), tmp_path / 'uji.sqlite')}"
    made: str = request.getfixturevalue("postgres_with_tables")
    names = ", ".join(f'"{table.name}"' for table in Table.metadata.sorted_tables)
    return _cleared(made, f"TRUNCATE {names} RESTART IDENTITY CASCADE")


@pytest.fixture
def engine(url: str) -> Iterator[Engine]:
    """The same, opened."""
    opened = open_engine(url)
    yield opened
    opened.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """One transaction on it."""
    with open_session(engine) as opened:
        yield opened


@pytest.fixture
def moment() -> Callable[..., datetime]:
    """``moment(4, 30)``: half past four in the morning, UTC, of a fixed day."""
    return lambda hour=0, minute=0: datetime(2024, 4, 4, hour, minute, tzinfo=UTC)
