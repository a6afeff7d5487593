"""Files that a person drops into a folder of the workspace: read once whole, then put away.

A file that was used goes to ``arsip/…``, one that cannot be used to ``karantina/…`` with a note beside
it that says why and what to do. No file stops another: whatever its name, its content or its reader does,
it alone is kept aside or waits, and the run goes on and tells. What a file says is the business of
:mod:`jobs.bps.downloads`, :mod:`jobs.prices.files` and :mod:`jobs.budget.files`.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Generic

from sqlmodel import select

from core.dates import format_time
from core.errors import StorageError, explain_os_error
from jobs.dropped_file import (
    OF_THE_MACHINE,
    DropFolder,
    FileReader,
    Result,
    named_content,
    settle,
    too_large,
    unreadable,
)
from jobs.file_moves import Content, MovedOnError, Note, Stamp, list_files, put_away, read_content, shown_name
from jobs.store.inbox import Handling, SharedFolder
from jobs.taken_files import listed_names
from jobs.workspace import Workspace, make_folder, one_at_a_time
from models.session import open_session

STILL = 2.0
"""Seconds for which a file must not have changed; one that is still being copied waits."""

# --- the folder ---------------------------------------------------------------------------------


def read_dropped(
    workspace: Workspace,
    folders: Sequence[DropFolder],
    reader: FileReader[Result],
    files: Iterable[Path] | None = None,
    *,
    dry_run: bool = False,
) -> tuple[tuple[Result, ...], tuple[str, ...]]:
    """Take named files from where they are, or else all of some folders, as :func:`read_folders`.

    Args:
        workspace: Whose folders, office and database.
        folders: Of the files' kind.
        reader: Of their files.
        files: Take these instead, from where they are; they are not moved.
        dry_run: Only show what would be understood; nothing is stored or moved.

    Raises:
        SourceError: A named file cannot be read from the disk.
        StorageError: As :func:`read_folders`.
    """
    if files is None:
        return read_folders(workspace, folders, reader, dry_run=dry_run)
    return tuple(
        settle(workspace, reader, shown_name(path), named_content(folders[0], path), dry_run)
        for path in files
    ), ()


def read_folders(
    workspace: Workspace,
    folders: Sequence[DropFolder],
    reader: FileReader[Result],
    *,
    dry_run: bool = False,
    clock: Callable[[], float] = time.time,
    pause: Callable[[float], None] = time.sleep,
) -> tuple[tuple[Result, ...], tuple[str, ...]]:
    """Take every file of some folders that stands still, one run at a time.

    A file counts as still :data:`STILL` seconds after its last change. No clock says that of one dated in
    the future: it is looked at twice, as many seconds apart, and read when it did not change.

    Args:
        workspace: In whose home, and store if there is one, the folders are.
        folders: Which ones.
        reader: Of their files.
        dry_run: Move nothing.
        clock: Seconds since 1970.
        pause: Waits so many seconds.

    Returns:
        What became of each file, and what people should know of the folders, in Indonesian.

    Raises:
        StorageError: A folder cannot be used, or the database for none of the files; what was not taken
            stays. A store that cannot be reached is a remark where other files were taken.
    """
    results: list[Result] = []
    remarks: list[str] = []
    for folder in folders:
        for home in _homes(workspace):
            run = _Run(workspace, home, folder, reader, dry_run, clock, pause)
            if dry_run:  # nothing is made, not even the folder
                taken, said = run.take_all()
            else:
                make_folder(run.inbox, shared=True)
                lock = home / "masuk" / f".{folder.name.replace('/', '-')}.lock"
                with one_at_a_time(lock):
                    taken, said = run.take_all()
            results += taken
            remarks += said
        try:
            taken, said = _take_shared(run)
        except StorageError as error:
            if not results:
                raise
            taken, said = [], [f"Berkas di penyimpanan bersama belum dibaca. {error}"]
        results += taken
        remarks += said
    return tuple(results), tuple(remarks)


def _homes(workspace: Workspace) -> list[Path]:
    """Where people drop files on this machine: the working folder, and a store that is a folder here too."""
    home, store = workspace.settings.home, workspace.store
    return [home] if store is None or store.folder is None else list(dict.fromkeys([home, store.folder]))


def _take_shared(run: _Run[Result]) -> tuple[list[Result], list[str]]:
    """What lies in the same folder of a store that is asked over the network."""
    store, folder, reader = run.workspace.store, run.folder, run.reader
    if store is None or store.folder is not None:
        return [], []
    handling = Handling(
        settle=lambda name, content: settle(run.workspace, reader, name, content, run.dry_run),
        plain=reader.plain,
        too_large=lambda name: str(too_large(folder, name)),
        note=run.note,
        probe=run.try_database,
    )
    shared = SharedFolder(store, folder.name, folder.holds, handling)
    return shared.take_all(run.workspace, dry_run=run.dry_run)


# --- one run ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Run(Generic[Result]):
    """One run over one folder of ``home``."""

    workspace: Workspace
    home: Path
    folder: DropFolder
    reader: FileReader[Result]
    dry_run: bool
    clock: Callable[[], float]
    pause: Callable[[float], None]

    @property
    def inbox(self) -> Path:
        return self.home / self.folder.inbox

    def take_all(self) -> tuple[list[Result], list[str]]:
        """What became of every file, and what is odd about the folder.

        Raises:
            StorageError: The database could be used for none of the files.
        """
        files, remarks = self._list()
        now = self.clock()
        ahead = {path for path, stamp in files.items() if stamp.changed_at > now + STILL}
        if ahead:
            self.pause(STILL)
        results: list[Result] = []
        failures: list[StorageError] = []
        for path, stamp in sorted(files.items()):
            try:
                if failures:
                    self.try_database()
                result = self._take(path, stamp, dated_ahead=path in ahead, now=now)
            except StorageError as error:
                failures.append(error)
                result = self.reader.plain(shown_name(path), "delayed", (str(error),))
            if path in ahead and result.outcome not in ("waiting", "gone"):
                remarks.append(_dated_ahead(shown_name(path), stamp, now))
            results.append(result)
        if failures and len(failures) == len(results):
            raise failures[0]
        return results, remarks

    def try_database(self) -> None:
        """Whether what failed was a file and not the database, for which each further one would wait long.

        Raises:
            StorageError: It was the database.
        """
        with open_session(self.workspace.engine, read_only=self.dry_run) as session:
            session.exec(select(1))

    def _list(self) -> tuple[dict[Path, Stamp], list[str]]:
        """The files to take, and a sentence on what else lies there."""
        try:
            files, others = list_files(self.inbox)
        except OSError as cause:
            raise StorageError(
                f"Map {self.inbox} tidak dapat dibaca ({explain_os_error(cause)}).",
                todo="periksa hak baca atas LKJIP_HOME.",
            ) from cause
        known = self.folder.holds
        odd = [f"{kind} {shown_name(path)!r}" for path, kind in others.items() if path.name not in known]
        if not odd:
            return files, []
        return files, [
            f"Bukan berkas, jadi dilewati di {self.folder.inbox}: {listed_names(odd)}. "
            "Yang perlu dilakukan: taruh berkasnya sendiri langsung di map itu."
        ]

    def _take(self, path: Path, listed: Stamp, *, dated_ahead: bool, now: float) -> Result:
        """Read a file and put it away; one that changed meanwhile stays for the next time."""
        name = shown_name(path)
        if not dated_ahead and listed.changed_at > now - STILL:
            return self.reader.plain(name, "waiting", ())
        try:
            content = read_content(path)
            if content.stamp != listed:
                raise MovedOnError(f"{name} changed")
        except FileNotFoundError:
            return self.reader.plain(name, "gone", ())
        except MovedOnError:
            return self.reader.plain(name, "waiting", ())
        except OSError as cause:
            return self._cannot_read(path, listed, cause)
        if content.data is None:
            reason = str(too_large(self.folder, name))
            return self._put_away(path, content, self.reader.plain(name, "refused", (reason,)))
        result = settle(self.workspace, self.reader, name, content.data, self.dry_run)
        return self._put_away(path, content, result)

    def _cannot_read(self, path: Path, listed: Stamp, cause: OSError) -> Result:
        reason = str(unreadable(shown_name(path), cause))
        if cause.errno in OF_THE_MACHINE:
            return self.reader.plain(shown_name(path), "delayed", (reason,))
        refused = self.reader.plain(shown_name(path), "refused", (reason,))
        return self._put_away(path, Content(listed, None), refused)

    def _put_away(self, path: Path, content: Content, result: Result) -> Result:
        if self.dry_run or result.outcome == "delayed":
            return result
        refused = result.outcome == "refused"
        name = result.name
        if not refused and content.data is not None:
            name = f"{hashlib.sha256(content.data).hexdigest()[:12]}-{name}"
        try:
            target_folder = make_folder(self.home / ("karantina" if refused else "arsip") / self.folder.name)
            target = put_away(path, content, target_folder, name, self.note(result))
        except FileNotFoundError:
            return replace(result, stuck="sudah tidak ada di map masuk ketika akan dipindahkan")
        except MovedOnError:
            return replace(
                result, stuck="berganti isi sewaktu dibaca; isi barunya dibaca pada giliran berikut"
            )
        except StorageError as error:
            return replace(result, stuck=str(error))
        except OSError as cause:
            return replace(
                result,
                stuck=f"tidak dapat dipindahkan dari map masuk ({explain_os_error(cause)}). Yang perlu "
                "dilakukan: periksa hak tulis atas LKJIP_HOME dan ruang cakram; isi yang sudah diambil tidak "
                "akan diambil dua kali.",
            )
        return replace(result, moved_to=target.relative_to(self.home).as_posix())

    def note(self, result: Result) -> Note:
        """What is written beside a file."""
        if not result.problems:
            return Note("", self.folder.kept)
        refused = f"Berkas {result.name} tidak dipakai."
        start = refused if result.outcome == "refused" else self.folder.used.format(name=result.name)
        return Note("\n\n".join([start, *result.problems, self.folder.kept]) + "\n", self.folder.kept)


def _dated_ahead(name: str, stamp: Stamp, now: float) -> str:
    try:
        when = format_time(datetime.fromtimestamp(stamp.changed_at, UTC))
    except (OverflowError, ValueError, OSError):
        when = "tahun yang tidak mungkin"
    here = format_time(datetime.fromtimestamp(now, UTC))
    return (
        f"Berkas {name!r} bertanggal {when}, padahal jam mesin ini {here}; berkas itu tetap dibaca karena "
        f"tidak berubah selama {STILL:.0f} detik. Yang perlu dilakukan: cocokkan jam komputer yang "
        "menyalinnya dan jam mesin ini."
    )
