"""What an office holds, so that it can be compared with that of another run."""

from __future__ import annotations

import hashlib
import re
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlmodel import Session, select

from core.settings import Settings
from jobs.backup.verify import verify_stored
from jobs.remains import OLD_SECONDS, clear_remains
from jobs.workspace import Workspace
from models.session import open_session
from models.tables import Table
from models.types import UtcDateTime

_NOT_CONTENT = (".kunci", ".lock", ".sqlite", ".sqlite-wal", ".sqlite-shm")
"""Files that hold nothing: locks; and the database, whose rows are compared."""

_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[\d.]*(?:\+00:00|Z)?|'date': '[^']*'")
"""Inside a column of many things: of ourselves, and in the headers of an answer."""


@dataclass(frozen=True)
class State:
    """Everything but numbers of rows and moments.

    Attributes:
        rows: Of each table, in an order of their own.
        files: Everything below the root, by the hash of its content.
    """

    rows: dict[str, list[str]]
    files: dict[str, str]

    def differences(self, other: State) -> list[str]:
        """What the other has otherwise."""
        told = []
        for table, rows in self.rows.items():
            told += [f"{table}: lacks {row[:300]}" for row in _without(other.rows[table], rows)]
            told += [f"{table}: has too much {row[:300]}" for row in _without(rows, other.rows[table])]
        for name in sorted({*self.files, *other.files}):
            if self.files.get(name) != other.files.get(name):
                told.append(f"{name}: {self.files.get(name)} instead of {other.files.get(name)}")
        return told


def _without(rows: list[str], others: list[str]) -> list[str]:
    return list((Counter(rows) - Counter(others)).elements())


def read_state(workspace: Workspace, root: Path) -> State:
    """The rows and files of an office."""
    return State(_rows(workspace.engine), _files(root))


def clear_as_a_day_later(settings: Settings, temporary: Path) -> None:
    """What the program itself removes of what killed ones left, once nothing can be under way."""
    before, tempfile.tempdir = tempfile.tempdir, str(temporary)
    try:
        clear_remains(settings, time.time() + 2 * OLD_SECONDS)
    finally:
        tempfile.tempdir = before


def unverified(workspace: Workspace) -> list[str]:
    """What ``lkjip verify --look`` finds."""
    return [fault.as_text() for fault in verify_stored(workspace, mend=False).faults]


def _files(root: Path) -> dict[str, str]:
    found = {}
    for path in sorted(root.rglob("*")):
        name = str(path.relative_to(root))
        if path.is_symlink():
            found[name] = f"link to {path.readlink()}"
        elif path.is_file() and not path.name.endswith(_NOT_CONTENT):
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def _rows(engine: Engine) -> dict[str, list[str]]:
    """Rows without the numbers that a database gives out; a row is named by its content instead."""
    named: dict[tuple[str, Any], str] = {}
    found: dict[str, list[str]] = {}
    with open_session(engine, read_only=True) as session:
        for table in Table.metadata.sorted_tables:
            found[table.name] = sorted(_as_texts(session, table, named))
    return found


def _as_texts(session: Session, table: Any, named: dict[tuple[str, Any], str]) -> list[str]:
    own = table.autoincrement_column
    texts = []
    for row in session.execute(select(table)).mappings():
        told = {}
        for column in table.columns:
            value = row[column.name]
            if column is own or isinstance(column.type, UtcDateTime):
                continue
            for key in column.foreign_keys:
                value = named.get((key.column.table.name, value), value)
            told[column.name] = value
        text = _MOMENT.sub("MOMENT", repr(told))
        texts.append(text)
        if own is not None:
            digest = hashlib.sha256(text.encode()).hexdigest()[:12]
            named[table.name, row[own.name]] = f"{table.name} {digest}"
    return texts
