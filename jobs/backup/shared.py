"""What a backup takes out of the store: it comes back as files of a working folder."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from sqlalchemy import Engine

from connectors.store.files import Store
from core.settings import Settings
from jobs.report.keeping import FOLDER, name_in_store
from models.report.issues import every_issue, files_of
from models.session import open_session

_DROPPED = ("masuk", "arsip", "karantina")


def fetch_shared(store: Store, engine: Engine, settings: Settings, folder: Path) -> dict[str, Path]:
    """Copy what the store holds into ``folder``.

    Args:
        store: Of the installation.
        engine: Of the copied database: only files that its issues name are taken of theirs.
        settings: Of the working folder, whose own files keep their names.
        folder: Empty.

    Returns:
        Where each file is now, by the name that it has in a working folder without a store.

    Raises:
        StorageError: The store cannot be read.
    """
    found: dict[str, Path] = {}
    for name, in_store in (*_of_issues(engine), *_dropped(store, settings)):
        content = store.read(in_store)
        if content is None:  # an issue of before the store, or a file that was read and put away meanwhile
            continue
        path = folder / hashlib.sha256(name.encode()).hexdigest()
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
        found[name] = path
    return found


def _of_issues(engine: Engine) -> Iterator[tuple[str, str]]:
    with open_session(engine, read_only=True) as session:
        for issue in every_issue(session):
            folder = f"{FOLDER}/{issue.agency}/{issue.year}/terbitan-{issue.number}"
            for file in files_of(session, issue):
                yield f"{folder}/{file.name}", name_in_store(issue, file)


def _dropped(store: Store, settings: Settings) -> Iterator[tuple[str, str]]:
    for folder in _DROPPED:
        for below in store.find(folder):
            name = f"{folder}/{below}"
            yield _free(settings.home, name), name


def _free(home: Path, name: str) -> str:
    """A name that no file of the working folder itself has."""
    path, number, free = PurePosixPath(name), 1, name
    while (home / free).exists():
        number += 1
        free = str(path.with_name(f"{path.stem} ({number}){path.suffix}"))
    return free
