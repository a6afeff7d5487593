"""The layout of an office's folder before each year owned what can change in it, and its refusal."""

from __future__ import annotations

import re
from pathlib import Path

from core.errors import AgencyDataError

MOVED_FILES = ("renstra.yaml", "indicators.yaml", "prices.yaml")
"""Files that stood in the office's folder and now stand in each year's."""

MOVED_KEYS = ("signatory", "recipients", "structure")
"""Keys of office.yaml that now stand in each year's year.yaml."""

_MOVED_KEY = re.compile(rf"^({'|'.join(MOVED_KEYS)})\s*:", re.MULTILINE)


def misplaced_files(folder: Path) -> list[str]:
    """Files of the old layout that stand in an office's folder."""
    return [name for name in MOVED_FILES if (folder / name).exists()]


def misplaced_keys(text: str) -> list[str]:
    """Keys of the old layout in the text of office.yaml."""
    return list(dict.fromkeys(_MOVED_KEY.findall(text)))


def years_of(folder: Path) -> list[int]:
    """The years that an office's folder has data of, oldest first."""
    return sorted(
        int(path.parent.name) for path in folder.glob("*/year.yaml") if path.parent.name.isdecimal()
    )


def refuse_old_layout(folder: Path) -> None:
    """Refuse a folder whose files still stand as they did before each year owned them.

    Raises:
        AgencyDataError: Naming what stands in the wrong place and where it goes.
    """
    files = misplaced_files(folder)
    keys = misplaced_keys((folder / "office.yaml").read_bytes().decode("utf-8", "replace"))
    if not files and not keys:
        return
    found, moves = [], []
    if files:
        found.append(f"{', '.join(files)} ada di map kantor")
        moves.append(f"salin {', '.join(files)} ke map setiap tahun")
    if keys:
        found.append(f"{', '.join(keys)} ada di office.yaml")
        moves.append(f"pindahkan {', '.join(keys)} ke year.yaml setiap tahun")
    raise AgencyDataError(
        f"Data instansi {folder.name} masih bersusunan lama: {'; '.join(found)}.",
        todo=f"jalankan lkjip office upgrade --agency {folder.name}, atau {', dan '.join(moves)}.",
    )
