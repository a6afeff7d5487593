"""Databases on the local PostgreSQL that live as long as a test session."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

ADMINISTRATOR = os.environ.get("LKJIP_TEST_POSTGRES", "postgresql+psycopg://postgres@127.0.0.1:5432/postgres")


@contextmanager
def new_postgres() -> Iterator[str]:
    """The url of an empty database, dropped at the end; without PostgreSQL the test is skipped."""
    admin = create_engine(ADMINISTRATOR, isolation_level="AUTOCOMMIT", connect_args={"connect_timeout": 3})
    name = f"lkjip_test_{uuid.uuid4().hex[:12]}"
    try:
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name}"))
    except OperationalError:
        pytest.skip("no PostgreSQL answers (set LKJIP_TEST_POSTGRES to an administrator's url)")
    yield admin.url.set(database=name).render_as_string(hide_password=False)
    with admin.connect() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    admin.dispose()
