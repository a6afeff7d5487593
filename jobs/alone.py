"""At most one run of a kind at a time for an office: by a file, or by the database over several machines."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from sqlalchemy import Engine

from core.settings import Settings
from jobs.workspace import if_free
from models.session import open_engine, sqlite_file
from models.turns import hold_if_free

FOLDER = ".jalan"
_BETWEEN_TRIES = 0.3


@contextmanager
def run_alone(
    settings: Settings, kind: str, *, patience: float = 0.0, engine: Engine | None = None
) -> Iterator[bool]:
    """Whether no other run of this kind goes on for the office and year; it is held until the block ends.

    Other offices, other years and other kinds of run do not matter. A run that was killed holds nothing.

    Args:
        settings: Of the office; a run without a year stands for all of the office.
        kind: ``serap-anggaran``.
        patience: So many seconds it waits for the end of another one.
        engine: Of the database of ``settings``, where it is open already.

    Raises:
        StorageError: The working folder or the database cannot be used.
    """
    office = Path(settings.agency).name or "satu-satunya"
    name = f"{kind}/{office}/{settings.year or 'semua'}"
    end = time.monotonic() + patience
    with ExitStack() as opened:
        hold = _holder(settings, name, engine, opened)
        while True:
            with hold() as free:
                if free or time.monotonic() >= end:
                    yield free
                    return
            time.sleep(_BETWEEN_TRIES)


def _holder(
    settings: Settings, name: str, engine: Engine | None, opened: ExitStack
) -> Callable[[], AbstractContextManager[bool]]:
    """What tries to hold a name, by a file where only one machine can use the database."""
    if sqlite_file(settings.database) is not None:
        return lambda: if_free(settings.home / FOLDER / f"{name.replace('/', '-')}.kunci")
    if engine is None:
        engine = open_engine(settings.database)
        opened.callback(engine.dispose)
    return lambda: hold_if_free(engine, name)
