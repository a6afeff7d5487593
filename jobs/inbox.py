"""Files that a person drops into a folder of the workspace: read once whole, then put away.

A file that was used goes to ``arsip/…``, one that cannot be used to ``karantina/…`` with a note beside
it that says why and what to do. No file stops another: whatever its name, its content or its reader does,
it alone is kept aside or waits, and the run goes on and tells. What a file says is the business of
:mod:`jobs.bps.downloads`, :mod:`jobs.prices.files` and :mod:`jobs.budget.files`.
"""

from __future__ import annotations

import errno
import hashlib
import logging
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Generic, TypeVar

from sqlmodel import Session, col, select

from connectors.web.transport import Fetched
from core.dates import format_time
from core.errors import (
    AgencyDataError,
    LkjipError,
    SettingsError,
    SourceError,
    StorageError,
    explain_os_error,
)
from jobs.file_moves import (
    MAX_BYTES,
    Content,
    MovedOnError,
    Note,
    Stamp,
    list_files,
    put_away,
    read_content,
    shown_name,
)
from jobs.store.inbox import Handling, SharedFolder
from jobs.taken_files import FileResult, listed_names
from jobs.workspace import Workspace, make_folder, one_at_a_time
from models.session import open_session
from models.tables import Fetch

logger = logging.getLogger(__name__)

STILL = 2.0
"""Seconds for which a file must not have changed; one that is still being copied waits."""
_OF_THE_MACHINE = (
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOMEM,
    errno.EIO,
    errno.ENOSPC,
    errno.EDQUOT,
    errno.EROFS,
    errno.ESTALE,
)
"""What the system says of itself, not of the file; the file waits."""

Result = TypeVar("Result", bound=FileResult)
Took = Callable[[Session, str, str], bool]
"""Says of an office's id and the SHA-256 of some bytes whether that office took them."""


@dataclass(frozen=True)
class DropFolder:
    """A folder into which people drop files of one kind.

    Attributes:
        name: Below ``masuk``, ``arsip`` and ``karantina``.
        oversize_todo: What to do with a file that is too large.
        kept: Last sentence of the note beside a file that was put aside.
        used: First sentence of the note beside a file that was used and has problems.
        holds: Names of folders in it that are known.
    """

    name: str
    oversize_todo: str
    kept: str
    used: str = "Sebagian isi berkas {name} tidak dipakai."
    holds: tuple[str, ...] = ()

    @property
    def inbox(self) -> PurePosixPath:
        """Where files are dropped; under this name a file is known as a source, wherever it lay."""
        return PurePosixPath("masuk") / self.name

    def answer(self, name: str, content: bytes, at: datetime, kind: str = "octet-stream") -> Fetched:
        """A file as an answer of its source, to be kept as a snapshot."""
        return Fetched(
            url_redacted=str(self.inbox / name),
            status=200,
            headers={"content-type": f"application/{kind}"},
            content=content,
            fetched_at=at,
        )


@dataclass(frozen=True)
class FileReader(Generic[Result]):
    """How the files of a folder are read.

    Attributes:
        settle: What becomes of a file of this name and content. What it raises concerns this file alone,
            unless the office's data, the settings or the program are broken.
        plain: A result without content: name, outcome and problems.
        source: Under which its files are kept.
        origin: Under whose name they are kept.
        took: Whether an office itself took some bytes; None where what one office took holds for all.
    """

    settle: Callable[[str, bytes], Result]
    plain: Callable[[str, str, tuple[str, ...]], Result]
    source: str
    origin: DropFolder
    took: Took | None = None


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
        _settle(workspace, reader, shown_name(path), _named_content(folders[0], path), dry_run)
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
        settle=lambda name, content: _settle(run.workspace, reader, name, content, run.dry_run),
        plain=reader.plain,
        too_large=lambda name: str(_too_large(folder, name)),
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
            return self._unreadable(path, listed, cause)
        if content.data is None:
            reason = str(_too_large(self.folder, name))
            return self._put_away(path, content, self.reader.plain(name, "refused", (reason,)))
        result = _settle(self.workspace, self.reader, name, content.data, self.dry_run)
        return self._put_away(path, content, result)

    def _unreadable(self, path: Path, listed: Stamp, cause: OSError) -> Result:
        reason = str(_unreadable(shown_name(path), cause))
        if cause.errno in _OF_THE_MACHINE:
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


# --- one file -----------------------------------------------------------------------------------


def _settle(
    workspace: Workspace, reader: FileReader[Result], name: str, content: bytes, dry_run: bool
) -> Result:
    """What becomes of a file; whatever its reader raises because of it, it is refused and the reason told."""
    try:
        digest = hashlib.sha256(content).hexdigest()
        if not dry_run and was_taken(workspace, reader.source, reader.origin, digest, reader.took):
            return reader.plain(name, "known", ())
        return reader.settle(name, content)
    except (StorageError, AgencyDataError, SettingsError, ImportError):
        raise
    except LkjipError as error:
        return reader.plain(name, "refused", (str(error),))
    except Exception as cause:
        if isinstance(cause, OSError) and cause.errno in _OF_THE_MACHINE:
            return reader.plain(name, "delayed", (str(_unreadable(name, cause)),))
        return reader.plain(name, "refused", (str(_unforeseen(reader, name, cause)),))


def _unforeseen(reader: FileReader[Result], name: str, cause: Exception) -> SourceError:
    """What a person reads of an error that no reader should raise; the log has the rest."""
    if isinstance(cause, MemoryError):
        return SourceError(
            f"Berkas {name!r} memerlukan memori lebih banyak daripada yang ada di mesin ini.",
            todo=reader.origin.oversize_todo,
        )
    places = "".join(traceback.format_tb(cause.__traceback__))
    logger.error("Berkas %s: %s: %s\n%s", name, type(cause).__name__, cause, places)
    return SourceError(
        f"Berkas {name!r} membuat program keliru ({type(cause).__name__}).",
        todo="laporkan kepada pembuat program beserta berkasnya; bila angkanya diperlukan sekarang, simpan "
        "tabelnya sebagai berkas baru (XLSX atau CSV).",
    )


def was_taken(
    workspace: Workspace, source: str, origin: DropFolder, sha256: str, took: Took | None = None
) -> bool:
    """Whether the same bytes were taken before, under whatever name.

    Args:
        workspace: Whose office and database.
        source: Under which files of that kind are kept.
        origin: Under whose name they are kept.
        sha256: Of the bytes, in hexadecimal.
        took: Whether it was this office that took them; None where that does not matter.
    """
    query = select(Fetch.id).where(
        Fetch.snapshot_sha256 == sha256,
        Fetch.source == source,
        col(Fetch.url).startswith(f"{origin.inbox}/"),
    )
    with open_session(workspace.engine, read_only=True) as session:
        if session.exec(query.limit(1)).first() is None:
            return False
        return took is None or took(session, workspace.agency.office.id, sha256)


def _named_content(folder: DropFolder, path: Path) -> bytes:
    try:
        data = read_content(path, follow=True).data
    except OSError as cause:
        raise _unreadable(str(path), cause) from cause
    except MovedOnError as cause:
        raise SourceError(
            f"{str(path)!r} bukan berkas, atau berubah selagi dibaca.", todo="sebut berkas yang utuh."
        ) from cause
    if data is None:
        raise _too_large(folder, shown_name(path))
    return data


def _too_large(folder: DropFolder, name: str) -> SourceError:
    return SourceError(
        f"Berkas {name!r} lebih besar dari {MAX_BYTES // 2**20} MB.", todo=folder.oversize_todo
    )


def _unreadable(name: str, cause: OSError) -> SourceError:
    return SourceError(
        f"Berkas {name} tidak dapat dibaca ({explain_os_error(cause)}).",
        todo="periksa nama berkas, hak bacanya dan keadaan cakram.",
    )
