"""A file of SQLite in a folder where this user may not write: read as it is, and nothing is written."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, text

from core.errors import StorageError
from models.migrations import upgrade_database
from models.session import open_engine, open_session


@pytest.fixture
def closed(tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], Engine]:
    """Opens a database in a folder that this user may only read (root may write anywhere)."""
    file = Path(shutil.copy(empty_database, tmp_path / "lkjip.sqlite"))
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, how: how != os.W_OK and may(path, how))
    return lambda: open_engine(f"sqlite:///{file}")


def test_it_is_read_and_nothing_is_made_beside_it(closed: Callable[[], Engine], tmp_path: Path) -> None:
    upgrade_database(f"sqlite:///{tmp_path / 'lkjip.sqlite'}")
    engine = closed()
    with open_session(engine, read_only=True) as session:
        assert session.execute(text("SELECT count(*) FROM snapshots")).scalar() == 0
        assert [path.name for path in tmp_path.iterdir()] == ["lkjip.sqlite"]
    engine.dispose()


def test_to_write_is_refused_with_what_to_do(closed: Callable[[], Engine]) -> None:
    engine = closed()
    with pytest.raises(StorageError, match="hanya boleh dibaca") as told, open_session(engine) as session:
        session.execute(text("DELETE FROM snapshots"))
    assert "hak tulis" in told.value.todo
    engine.dispose()


def test_what_somebody_with_more_rights_writes_meanwhile_is_seen(
    closed: Callable[[], Engine], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(os, "access", lambda *_: True)
        writer = open_engine(f"sqlite:///{tmp_path / 'lkjip.sqlite'}")
        with open_session(writer) as session:
            session.execute(text("INSERT INTO snapshots VALUES ('ab', x'00', 1, '2024-01-01 00:00:00')"))
    engine = closed()
    with open_session(engine, read_only=True) as session:
        assert session.execute(text("SELECT count(*) FROM snapshots")).scalar() == 1
    engine.dispose()
    writer.dispose()
