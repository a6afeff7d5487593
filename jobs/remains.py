"""What a program that was killed left behind: folders that were only needed while it worked."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from core.settings import Settings

OLD_SECONDS = 86_400.0
"""Nothing that is under way takes a day."""


def clear_remains(settings: Settings, now: float | None = None) -> list[Path]:
    """Remove the temporary folders of this user's programs that nothing has touched for a day.

    Args:
        settings: Where the office's things are.
        now: Seconds since 1970.

    Returns:
        What was removed; what cannot be is left.
    """
    before = (time.time() if now is None else now) - OLD_SECONDS
    removed = []
    for folder in _temporary(settings):
        with suppress(OSError):
            state = folder.lstat()
            if folder.is_symlink() or not folder.is_dir() or state.st_uid != os.getuid():
                continue
            if state.st_mtime < before:
                shutil.rmtree(folder)
                removed.append(folder)
    return removed


def _temporary(settings: Settings) -> Iterator[Path]:
    """Folders that bear the names which this program gives to those of its work."""
    for place, pattern in (
        (Path(tempfile.gettempdir()), "lkjip-*"),
        (settings.home, ".pemulihan-*"),
        (settings.home / "laporan", "*/*/terbitan-*.sementara"),
        (settings.offices_folder, ".import-*"),
    ):
        with suppress(OSError):
            yield from sorted(place.glob(pattern))
