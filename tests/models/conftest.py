"""The same tests on SQLite and on PostgreSQL, each on a database of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine, text
from sqlmodel import Session

from models.migrations import upgrade_engine
from models.session import open_engine, open_session

KINDS = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The url of a database without tables."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'uji.sqlite'}"
    url: str = request.getfixturevalue("postgres_url")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return url


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """A database with all tables."""
    opened = open_engine(empty_url)
    upgrade_engine(opened)
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
