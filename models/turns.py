"""Who may go on alone, over all machines that share a PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, text

from models.locks import lock_number
from models.session import translated_errors


@contextmanager
def hold_if_free(engine: Engine, name: str) -> Iterator[bool]:
    """Whether nobody on any machine holds ``name``; who got it holds it until the end of the block.

    PostgreSQL ends the lock with the connection, however its program ends. For a database that only one
    machine can use, a lock on a file does the same (:func:`jobs.workspace.if_free`).
    """
    with translated_errors(engine), engine.connect() as connection:
        free = connection.execute(text("SELECT pg_try_advisory_lock(:number)"), {"number": lock_number(name)})
        got = bool(free.scalar())
        connection.commit()
        try:
            yield got
        finally:
            if got:
                connection.execute(text("SELECT pg_advisory_unlock(:number)"), {"number": lock_number(name)})
                connection.commit()
