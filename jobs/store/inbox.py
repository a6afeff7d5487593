"""Files that people dropped into the store of many machines: read by one of them, then put away there.

An object is whole when it is there, so none has to stand still first. Of all machines one at a time takes the
objects of a folder, held by the database that they share. What a file says and becomes is the business of
:mod:`jobs.inbox`, which hands in what it does with one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from connectors.store.files import Store
from core.errors import StorageError
from jobs.file_moves import MAX_BYTES, MovedOnError, Note, shown_name
from jobs.store.moves import Dropped, list_objects, put_object_away
from jobs.taken_files import FileResult, listed_names
from jobs.workspace import Workspace, one_at_a_time
from models.turns import hold_if_free

Result = TypeVar("Result", bound=FileResult)


@dataclass(frozen=True)
class Handling(Generic[Result]):
    """What is done with a file, wherever it lay.

    Attributes:
        settle: What becomes of a file of this name and content.
        plain: A result without content: name, outcome and problems.
        too_large: Why a file of this name is not read.
        note: What is written beside it.
        probe: Raises StorageError where the database cannot be used at all.
    """

    settle: Callable[[str, bytes], Result]
    plain: Callable[[str, str, tuple[str, ...]], Result]
    too_large: Callable[[str], str]
    note: Callable[[Result], Note]
    probe: Callable[[], None]


@dataclass(frozen=True)
class SharedFolder(Generic[Result]):
    """A folder of the store into which people drop files of one kind.

    Attributes:
        name: Below ``masuk``, ``arsip`` and ``karantina``.
        holds: Names of folders in it that are known.
    """

    store: Store
    name: str
    holds: tuple[str, ...]
    handling: Handling[Result]

    def take_all(self, workspace: Workspace, *, dry_run: bool) -> tuple[list[Result], list[str]]:
        """What became of every file, and what people should know of the folder, in Indonesian.

        Args:
            workspace: Whose database holds the turn.
            dry_run: Move nothing, and wait for nobody.

        Raises:
            StorageError: The store cannot be reached, or the database be used for none of the files.
        """
        if dry_run:
            return self._take_listed(dry_run=True)
        with _turn(workspace, f"{self.store.place}/masuk/{self.name}") as mine:
            if not mine:
                return [], [f"masuk/{self.name} di penyimpanan bersama sedang dibaca komputer lain."]
            return self._take_listed(dry_run=False)

    def _take_listed(self, *, dry_run: bool) -> tuple[list[Result], list[str]]:
        objects, folders = list_objects(self.store, f"masuk/{self.name}")
        results: list[Result] = []
        failures: list[StorageError] = []
        for dropped in objects:
            try:
                if failures:
                    self.handling.probe()
                results.append(self._take(dropped, dry_run=dry_run))
            except StorageError as error:
                failures.append(error)
                name = shown_name(Path(dropped.name))
                results.append(self.handling.plain(name, "delayed", (str(error),)))
        if failures and len(failures) == len(results):
            raise failures[0]
        odd = [f"map {shown_name(Path(name))!r}" for name in folders if name not in self.holds]
        if not odd:
            return results, []
        return results, [
            f"Bukan berkas, jadi dilewati di {self.store.address_of('masuk')}/{self.name}: "
            f"{listed_names(odd)}. Yang perlu dilakukan: taruh berkasnya sendiri langsung di map itu."
        ]

    def _take(self, dropped: Dropped, *, dry_run: bool) -> Result:
        name = shown_name(Path(dropped.name))
        if dropped.entry.size > MAX_BYTES:
            content, result = None, self.handling.plain(name, "refused", (self.handling.too_large(name),))
        else:
            content = self.store.read(dropped.lies)
            if content is None:
                return self.handling.plain(name, "gone", ())
            result = self.handling.settle(name, content)
        return result if dry_run or result.outcome == "delayed" else self._put_away(dropped, content, result)

    def _put_away(self, dropped: Dropped, content: bytes | None, result: Result) -> Result:
        refused = result.outcome == "refused"
        name = result.name
        if not refused and content is not None:
            name = f"{hashlib.sha256(content).hexdigest()[:12]}-{name}"
        folder = f"{'karantina' if refused else 'arsip'}/{self.name}"
        try:
            target = put_object_away(self.store, dropped, content, folder, name, self.handling.note(result))
        except MovedOnError:
            stuck = "berganti isi atau diambil sewaktu dibaca; yang baru dibaca pada giliran berikut"
            return replace(result, stuck=stuck)
        except StorageError as error:
            return replace(result, stuck=str(error))
        return replace(result, moved_to=target)


@contextmanager
def _turn(workspace: Workspace, name: str) -> Iterator[bool]:
    """Whether no other machine is at it; on one machine the others wait."""
    if workspace.engine.dialect.name == "postgresql":
        with hold_if_free(workspace.engine, name) as free:
            yield free
    else:
        with one_at_a_time(workspace.settings.home / "masuk" / ".bersama.lock"):
            yield True
