"""Files that a person drops into a folder of the office."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from jobs.workspace import Workspace

Drop = Callable[..., Path]


def dropping(workspace: Workspace, kind: str) -> Drop:
    """Puts a file into ``masuk/<kind>`` as if it had been there for a while: ``drop(name, content)``."""

    def put(name: str, content: bytes, age: float = 60, below: str = "") -> Path:
        path = workspace.settings.home / "masuk" / kind / below / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        moment = path.stat().st_mtime - age
        os.utime(path, (moment, moment))
        return path

    return put
