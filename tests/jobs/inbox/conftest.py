from __future__ import annotations

import os
from pathlib import Path

import pytest

from jobs.workspace import Workspace
from tests.jobs.given.dropping import Drop
from tests.jobs.given.shop import OLD, Shop


@pytest.fixture
def shop(workspace: Workspace) -> Shop:
    return Shop(workspace)


@pytest.fixture
def drop(workspace: Workspace) -> Drop:
    """Puts a file into a folder as if it had been there for a while."""

    def put(name: str | bytes, content: bytes = b"baik", folder: str = "coba", at: float = OLD) -> Path:
        inbox = workspace.settings.home / "masuk" / folder
        inbox.mkdir(parents=True, exist_ok=True)
        path = inbox / os.fsdecode(name)
        path.write_bytes(content)
        os.utime(path, (at, at))
        return path

    return put
