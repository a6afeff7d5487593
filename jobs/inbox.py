"""Files that a person drops into a folder of the workspace: read once whole, then put away.

A file that was used goes to ``arsip/…``, one that cannot be used to ``karantina/…`` with a note beside
it that says why and what to do. What a file says is the business of :mod:`jobs.bps.downloads`,
:mod:`jobs.prices.files` and :mod:`jobs.budget.files`.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from sqlmodel import col, select

from core.errors import SourceError, StorageError, explain_os_error
from jobs.workspace import Workspace, make_folder, one_at_a_time
from models.session import open_session
from models.tables import Fetch

STILL = 2.0
"""Seconds for which a file must not have changed; one that is still being copied waits."""
MAX_BYTES = 100 * 1024 * 1024
MOST_NAMES = 5
"""So many names of files stand in a sentence."""

OUTCOMES = {
    "taken": "diambil",
    "known": "sudah pernah diambil, tidak ada yang berubah",
    "unchanged": "angkanya sudah tersimpan",
    "read": "dibaca, tidak disimpan",
    "refused": "tidak dapat dipakai",
    "waiting": "masih disalin, ditunggu",
}
"""What can become of a file, and how people are told."""


class FileResult(Protocol):
    """What became of one file; a frozen dataclass with more beside these.

    Attributes:
        outcome: One of :data:`OUTCOMES`.
        problems: What could not be used, in Indonesian; for a refused file the reason.
        moved_to: Where it lies now; empty while it was not moved.
    """

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def name(self) -> str:
        """Of the file."""

    @property
    def outcome(self) -> str:
        """See above."""

    @property
    def problems(self) -> tuple[str, ...]:
        """See above."""

    @property
    def moved_to(self) -> str:
        """See above."""

    @property
    def news(self) -> bool:
        """Whether it brought figures that were not known."""

    def as_lines(self) -> list[str]:
        """For people: what was understood of it, and what was not."""


Result = TypeVar("Result", bound=FileResult)


@dataclass(frozen=True)
class DropFolder:
    """A folder into which people drop files of one kind.

    Attributes:
        name: Below ``masuk``, ``arsip`` and ``karantina``.
        oversize_todo: What to do with a file that is too large.
        kept: Last sentence of the note beside a file that was put aside.
        used: First sentence of the note beside a file that was used and has problems.
    """

    name: str
    oversize_todo: str
    kept: str
    used: str = "Sebagian isi berkas {name} tidak dipakai."

    @property
    def inbox(self) -> PurePosixPath:
        """Where files are dropped; under this name a file is known as a source, wherever it lay."""
        return PurePosixPath("masuk") / self.name


@dataclass(frozen=True)
class FileReader(Generic[Result]):
    """How the files of a folder are read.

    Attributes:
        settle: What becomes of a file of this name and content.
        plain: A result without content: name, outcome and problems.
    """

    settle: Callable[[str, bytes], Result]
    plain: Callable[[str, str, tuple[str, ...]], Result]


def read_folder(
    workspace: Workspace,
    folder: DropFolder,
    reader: FileReader[Result],
    *,
    dry_run: bool = False,
    still: float = STILL,
    clock: Callable[[], float] = time.time,
) -> tuple[Result, ...]:
    """Take every file of a folder that stands still, one run at a time.

    Args:
        workspace: In whose home the folder is.
        folder: Which one.
        reader: Of its files.
        dry_run: Move nothing.
        still: Seconds since its last change after which a file counts as whole.
        clock: Seconds since 1970.

    Raises:
        StorageError: The folders or the database cannot be used; files that were not taken stay.
    """
    home = workspace.settings.home
    latest = clock() - still
    if dry_run:  # nothing is made, not even the folder
        return tuple(_take(home, folder, reader, path, dry_run, latest) for path in _candidates(home, folder))
    make_folder(home / folder.inbox)
    with one_at_a_time(home / "masuk" / f".{folder.name.replace('/', '-')}.lock"):
        return tuple(_take(home, folder, reader, path, dry_run, latest) for path in _candidates(home, folder))


def read_named(folder: DropFolder, reader: FileReader[Result], files: Iterable[Path]) -> tuple[Result, ...]:
    """Read files from where they are; they are not moved.

    Raises:
        SourceError: A file cannot be read from the disk.
    """
    return tuple(reader.settle(path.name, _content(folder, path)) for path in files)


def is_known(workspace: Workspace, folder: DropFolder, source: str, content: bytes) -> bool:
    """Whether the same bytes were taken before, under whatever name."""
    query = select(Fetch.id).where(
        Fetch.snapshot_sha256 == hashlib.sha256(content).hexdigest(),
        Fetch.source == source,
        col(Fetch.url).startswith(f"{folder.inbox}/"),
    )
    with open_session(workspace.engine, read_only=True) as session:
        return session.exec(query.limit(1)).first() is not None


@dataclass(frozen=True)
class TakenFiles(Generic[Result]):
    """What became of every file of a folder; each kind of files has words of its own.

    Attributes:
        NONE: Said when no file was there.
        TAKEN: What was taken; the names of the files follow.
        NOTHING_NEW: Said when all were read and brought nothing.
    """

    NONE: ClassVar[str]
    TAKEN: ClassVar[str]
    NOTHING_NEW: ClassVar[str]

    files: tuple[Result, ...]

    @property
    def news(self) -> bool:
        """Whether there is something new to put into the report."""
        return any(file.news for file in self.files)

    @property
    def refused(self) -> tuple[Result, ...]:
        """Files that could not be used."""
        return tuple(file for file in self.files if file.outcome == "refused")

    @property
    def message(self) -> str:
        """One sentence for the office."""
        if not self.files:
            return self.NONE
        taken = [file.name for file in self.files if file.news]
        parts = [f"{self.TAKEN} {_listed(taken)}."] if taken else []
        if self.refused:
            names = _listed([file.name for file in self.refused])
            parts.append(f"Berkas yang tidak dapat dipakai: {names}.")
        return " ".join(parts) or self.NOTHING_NEW

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "news": self.news,
            "message": self.message,
            "files": [{**asdict(file), "news": file.news} for file in self.files],
        }

    def as_text(self) -> str:
        """For people: each file with what was understood of it, and what was not."""
        return "\n".join([self.message, *(line for file in self.files for line in file.as_lines())])


def outcome_line(file: FileResult) -> str:
    """One line for people: what became of a file, and where it is."""
    return f"{file.name}: {OUTCOMES[file.outcome]}" + (f"; kini di {file.moved_to}" if file.moved_to else "")


def _listed(names: list[str]) -> str:
    """Names of files in a sentence; of many only the first, the last and how many."""
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return f"{names[0]} sampai {names[-1]} ({len(names)} berkas)"


def _candidates(home: Path, folder: DropFolder) -> list[Path]:
    return sorted(path for path in _list(home / folder.inbox) if _is_candidate(path))


def _list(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as cause:
        raise StorageError(
            f"Map {folder} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="periksa hak baca atas LKJIP_HOME.",
        ) from cause


def _is_candidate(path: Path) -> bool:
    partial = path.suffix.lower() in (".crdownload", ".part", ".tmp", ".download")
    return path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$")) and not partial


def _take(
    home: Path, folder: DropFolder, reader: FileReader[Result], path: Path, dry_run: bool, latest: float
) -> Result:
    """Read a file and put it away; one that changed meanwhile stays for the next time."""
    waiting = reader.plain(path.name, "waiting", ())
    try:
        before = path.stat()
        if before.st_mtime > latest:
            return waiting
        content = _content(folder, path)
        after = path.stat()
    except OSError:  # Taken away meanwhile.
        return waiting
    except SourceError as error:
        content, result = b"", reader.plain(path.name, "refused", (str(error),))
    else:
        if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
            return waiting
        result = reader.settle(path.name, content)
    return result if dry_run else _put_away(home, folder, path, content, result)


def _content(folder: DropFolder, path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SourceError(
                f"Berkas {path.name!r} lebih besar dari {MAX_BYTES // 2**20} MB.", todo=folder.oversize_todo
            )
        return path.read_bytes()
    except OSError as cause:
        raise SourceError(
            f"Berkas {path} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="periksa nama berkas dan hak bacanya.",
        ) from cause


def _put_away(home: Path, folder: DropFolder, path: Path, content: bytes, result: Result) -> Result:
    refused = result.outcome == "refused"
    target_folder = make_folder(home / ("karantina" if refused else "arsip") / folder.name)
    sha12 = hashlib.sha256(content).hexdigest()[:12]
    target = target_folder / (path.name if refused else f"{sha12}-{path.name}")
    if target.exists() and refused:
        target = target_folder / f"{sha12}-{path.name}"
    try:
        if result.problems:
            note = target.with_name(f"{target.name}.txt")
            note.write_text("\n\n".join(_note(folder, result)) + "\n", encoding="utf-8")
        os.replace(path, target)
    except OSError as cause:
        raise StorageError(
            f"Berkas {path} tidak dapat dipindahkan ke {target_folder} ({explain_os_error(cause)}).",
            todo="periksa hak tulis atas LKJIP_HOME dan ruang cakram; isi berkas yang sudah diambil tidak "
            "akan diambil dua kali.",
        ) from cause
    return replace(result, moved_to=target.relative_to(home).as_posix())


def _note(folder: DropFolder, result: FileResult) -> list[str]:
    start = (
        f"Berkas {result.name} tidak dipakai."
        if result.outcome == "refused"
        else folder.used.format(name=result.name)
    )
    return [start, *result.problems, folder.kept]
