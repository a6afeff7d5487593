"""At most one run of a kind at a time for an office: by a file, or by the database over several machines."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from core.settings import Settings
from jobs.workspace import if_free
from models.session import open_engine, sqlite_file
from models.turns import hold_if_free

FOLDER = ".jalan"


@contextmanager
def run_alone(settings: Settings, kind: str, engine: Engine | None = None) -> Iterator[bool]:
    """Whether no other run of this kind goes on for the office and year; it is held until the block ends.

    Other offices, other years and other kinds of run do not matter. A run that was killed holds nothing.

    Args:
        settings: Of the office; a run without a year stands for all of the office.
        kind: ``serap-anggaran``.
        engine: Of the database of ``settings``, where it is open already.

    Raises:
        StorageError: The working folder or the database cannot be used.
    """
    office = Path(settings.agency).name or "satu-satunya"
    name = f"{kind}/{office}/{settings.year or 'semua'}"
    if sqlite_file(settings.database) is not None:
        with if_free(settings.home / FOLDER / f"{name.replace('/', '-')}.kunci") as free:
            yield free
        return
    opened = engine or open_engine(settings.database)
    try:
        with hold_if_free(opened, name) as free:
            yield free
    finally:
        if engine is None:
            opened.dispose()
