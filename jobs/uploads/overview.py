"""What lies in the folders for dropped files, and what became of the last ones, dropped or sent."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from jobs.file_moves import list_files, shown_name
from jobs.uploads.deeds import REFUSED, TAKEN, Deed, read_deeds
from jobs.uploads.names import NAMES, UNKNOWN
from jobs.workspace import Workspace

MOST = 10
"""So many of each are shown, the newest."""
_LONGEST_NOTE = 4000
_BUDGET = "anggaran"
_BELOW = {_BUDGET: ("", "lampiran")}
"""Folders below that of a kind into which files may be dropped too, besides that of an office."""
_HASHED = re.compile(r"[0-9a-f]{12}-(.+)")
"""How a file that was taken is called in its archive."""
_NOTE = ".txt"


@dataclass(frozen=True)
class Past:
    """A file that was taken or could not be used.

    Attributes:
        who: Who sent it; empty for one that was dropped into a folder.
        place: Where it lies now, below the working folder; empty where it does not.
        said: What became of it, line by line.
    """

    name: str
    at: datetime
    who: str
    place: str
    said: tuple[str, ...]


@dataclass(frozen=True)
class Overview:
    """What is known of an office's files.

    Attributes:
        waiting: Files that were dropped and not read yet: name, and the folder they lie in.
        folders: Whether the folders that belong to all offices of the installation were looked at.
    """

    waiting: tuple[tuple[str, str], ...]
    taken: tuple[Past, ...]
    unusable: tuple[Past, ...]
    folders: bool


def read_overview(workspace: Workspace, *, folders: bool) -> Overview:
    """What waits, what was taken last and what could not be used.

    Args:
        workspace: The office.
        folders: Also what lies in the folders for dropped files that all offices share.
    """
    office, engine, home = workspace.office_id, workspace.engine, workspace.settings.home
    taken = [_of_deed(deed) for deed in read_deeds(engine, office, TAKEN, MOST)]
    unusable = [_of_deed(deed) for deed in read_deeds(engine, office, REFUSED, MOST)]
    places = [f"{_BUDGET}/{office}", *(_shared() if folders else ())]
    waiting = [(shown_name(path), place) for place, path in _files(home, "masuk", places)]
    taken += [_archived(place, path) for place, path in _newest(home, "arsip", places)]
    told = {past.place for past in unusable}
    aside = [_aside(place, path) for place, path in _newest(home, "karantina", places)]
    unusable += [past for past in aside if past.place not in told]
    return Overview(tuple(waiting), _last(taken), _last(unusable), folders)


def _last(found: list[Past]) -> tuple[Past, ...]:
    return tuple(sorted(found, key=lambda past: past.at, reverse=True)[:MOST])


def _of_deed(deed: Deed) -> Past:
    return Past(deed.name, deed.at, deed.who, deed.place, (deed.said,))


def _shared() -> list[str]:
    """The folders of all offices, below each of those for what waits, was taken or put aside."""
    kinds = (*NAMES, UNKNOWN)
    return ["/".join(filter(None, (kind, below))) for kind in kinds for below in _BELOW.get(kind, ("",))]


def _files(home: Path, top: str, places: Iterable[str]) -> list[tuple[str, Path]]:
    """Every file in some folders with the folder it lies in; what cannot be read has none."""
    found: list[tuple[str, Path]] = []
    for place in (f"{top}/{below}" for below in places):
        with suppress(OSError):
            found += [(place, path) for path in list_files(home / place)[0]]
    return found


def _newest(home: Path, top: str, places: Iterable[str]) -> list[tuple[str, Path]]:
    """The newest files that were put away, without the notes beside them."""
    files = _files(home, top, places)
    names = {path for _, path in files}
    notes = {path for path in names if path.suffix == _NOTE and path.with_suffix("") in names}
    dated = [(_moved_at(path), place, path) for place, path in files if path not in notes]
    return [(place, path) for _, place, path in sorted(dated, reverse=True)[:MOST]]


def _moved_at(path: Path) -> datetime:
    """When a file was put where it is: moving it changes that moment and no other."""
    try:
        return datetime.fromtimestamp(path.lstat().st_ctime, UTC)
    except OSError:
        return datetime.fromtimestamp(0, UTC)


def _archived(place: str, path: Path) -> Past:
    name = shown_name(path)
    match = _HASHED.fullmatch(name)
    said = _note_of(path) or ("Dibaca menurut jadwal.",)
    return Past(match[1] if match else name, _moved_at(path), "", f"{place}/{name}", said)


def _aside(place: str, path: Path) -> Past:
    return Past(shown_name(path), _moved_at(path), "", f"{place}/{shown_name(path)}", _note_of(path))


def _note_of(path: Path) -> tuple[str, ...]:
    """The lines of the note beside a file."""
    try:
        with open(path.with_name(f"{path.name}{_NOTE}"), encoding="utf-8", errors="replace") as file:
            text = file.read(_LONGEST_NOTE)
    except OSError:
        return ()
    return tuple(line for line in text.splitlines() if line.strip())
