"""Moving objects of a store as :mod:`jobs.file_moves` moves files: nothing is overwritten.

There is no lock on a single object: whoever moves some holds one over all of them (:mod:`jobs.store.inbox`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath

from connectors.store.files import Entry, Store
from jobs.file_moves import HIDDEN, NOTE, PARTIAL, MovedOnError, Note, names_like

_LONGEST = 200
"""So many bytes of a name are kept; with a note's name it can still be saved as a file anywhere."""


@dataclass(frozen=True)
class Dropped:
    """An object as it was listed.

    Attributes:
        name: In its folder.
        lies: Its whole name in the store.
    """

    name: str
    lies: str
    entry: Entry


def list_objects(store: Store, folder: str) -> tuple[list[Dropped], list[str]]:
    """The objects of a folder, and the names of folders in it.

    What other programs have not finished, which they show by its name, is left out.

    Raises:
        StorageError: The store cannot be reached.
    """
    objects: list[Dropped] = []
    folders = set()
    for name, entry in store.find(folder).items():
        first, _, rest = name.partition("/")
        if first.startswith(HIDDEN) or PurePosixPath(first).suffix.lower() in PARTIAL:
            continue
        if rest:
            folders.add(first)
        else:
            objects.append(Dropped(name, f"{folder}/{name}", entry))
    return objects, sorted(folders)


def put_object_away(
    store: Store, dropped: Dropped, content: bytes | None, folder: str, name: str, note: Note
) -> str:
    """Move an object into a folder under ``name``, or one like it that is free, with a note beside it.

    What was read is written, then the object is taken away unless another took its place meanwhile. One that
    lies there already with the same bytes is left as it is, and its note is written anew.

    Args:
        store: Where it is.
        dropped: As it was listed.
        content: As it was read; None of one too large to be read, which the store copies.
        folder: Where it goes.
        name: Text; shortened where it is very long.
        note: To be written.

    Returns:
        Its whole name now.

    Raises:
        StorageError: The store refuses; the object lies where it was.
        MovedOnError: It is another one by now, or gone; likewise.
    """
    _require_same(store, dropped)
    taken = store.find(folder)
    for candidate in names_like(name, _LONGEST):
        target, beside = f"{folder}/{candidate}", f"{folder}/{candidate}{NOTE}"
        there = candidate in taken
        if there and not _holds(store, target, taken[candidate], content):
            continue
        if f"{candidate}{NOTE}" in taken and not (there and _is_note(store, beside, note.ending)):
            continue
        if not there:
            _write(store, dropped, content, target)
        if note.text:
            store.put(beside, note.text.encode("utf-8", "replace"))
        _require_same(store, dropped)
        store.remove(dropped.lies)
        return target
    raise AssertionError("there is always one more name")


def _write(store: Store, dropped: Dropped, content: bytes | None, target: str) -> None:
    if content is None:
        store.copy(dropped.lies, target)
    else:
        store.put(target, content)


def _require_same(store: Store, dropped: Dropped) -> None:
    if store.entry(dropped.lies) != dropped.entry:
        raise MovedOnError(f"{dropped.name!r} changed")


def _holds(store: Store, target: str, entry: Entry, content: bytes | None) -> bool:
    """Whether an object with the same bytes lies there."""
    return content is not None and entry.size == len(content) and store.read(target) == content


def _is_note(store: Store, name: str, ending: str) -> bool:
    content = store.read(name)
    return content is not None and content.decode("utf-8", "replace").rstrip().endswith(ending)
