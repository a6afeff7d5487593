"""Reading and moving files that other people named: no link is followed, nothing is overwritten."""

from __future__ import annotations

import os
import stat
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

MAX_BYTES = 100 * 1024 * 1024
_LONGEST_SUFFIX = 20
HIDDEN = (".", "~$")
PARTIAL = (".crdownload", ".part", ".tmp", ".download")
NOTE = ".txt"
"""What a note's name has more than that of its file."""
_OPEN = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC  # a pipe without a writer would hold for ever
_MAKE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
_NAME_TAKEN = "/dev/null/lkjip-sedang-memindahkan"
"""Where a link leads that keeps a name for a file under way: nowhere, whatever is made there."""
_KINDS = {
    stat.S_IFLNK: "tautan",
    stat.S_IFDIR: "map",
    stat.S_IFIFO: "pipa",
    stat.S_IFSOCK: "soket",
    stat.S_IFCHR: "perangkat",
    stat.S_IFBLK: "perangkat",
}


class MovedOnError(Exception):
    """A file is not, or no longer, what it was when it was looked at."""


@dataclass(frozen=True)
class Stamp:
    """What tells one state of a file from another.

    Attributes:
        changed_at: Seconds since 1970, by the clock of whoever wrote the file.
        touched_ns: By this machine's clock, which no copying program sets.
    """

    inode: int
    size: int
    changed_ns: int
    touched_ns: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Of a file as the system tells it."""
        return cls(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)

    @property
    def changed_at(self) -> float:
        """See above."""
        return self.changed_ns / 1e9


@dataclass(frozen=True)
class Content:
    """A file as it was read.

    Attributes:
        data: None of a file of more than :data:`MAX_BYTES`.
    """

    stamp: Stamp
    data: bytes | None


@dataclass(frozen=True)
class Note:
    """What is written beside a file.

    Attributes:
        text: Empty for none.
        ending: How every note of this kind ends, by which one of an earlier run is known.
    """

    text: str
    ending: str


def shown_name(path: Path) -> str:
    """The name of a file as it can be shown, stored and sent; with a mark for what is no text."""
    text = os.fsencode(path.name).decode("utf-8", "replace")
    return "".join(
        "\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in ("Cc", "Zl", "Zp") else c for c in text
    )


def list_files(folder: Path) -> tuple[dict[Path, Stamp], dict[Path, str]]:
    """The files of a folder, and what else lies there, in Indonesian; no folder has none.

    What other programs keep there or have not finished, which they show by its name, is left out.

    Raises:
        OSError: The folder cannot be read.
    """
    files: dict[Path, Stamp] = {}
    others: dict[Path, str] = {}
    if not os.path.lexists(folder):
        return files, others
    for path in sorted(folder.iterdir()):
        if path.name.startswith(HIDDEN) or path.suffix.lower() in PARTIAL:
            continue
        with suppress(FileNotFoundError):  # taken away meanwhile
            status = path.lstat()
            if kind := _kind_of(status):
                others[path] = kind
            else:
                files[path] = Stamp.of(status)
    return files, others


def _kind_of(status: os.stat_result) -> str:
    return "" if stat.S_ISREG(status.st_mode) else _KINDS.get(stat.S_IFMT(status.st_mode), "perangkat")


def read_content(path: Path, *, follow: bool = False) -> Content:
    """Read a file whole.

    Raises:
        OSError: The system refuses; also for a link unless links are to be followed.
        MovedOnError: It changed meanwhile, or is no file.
    """
    with open(os.open(path, _OPEN if follow else _OPEN | os.O_NOFOLLOW), "rb") as file:
        before = os.fstat(file.fileno())
        if stat.S_ISDIR(before.st_mode) or (_kind_of(before) and not follow):
            raise MovedOnError(f"{path.name!r} is no file")
        stamp = Stamp.of(before)
        if before.st_size > MAX_BYTES:
            return Content(stamp, None)
        data = file.read(MAX_BYTES + 1)
        if Stamp.of(os.fstat(file.fileno())) != stamp:
            raise MovedOnError(f"{path.name!r} changed")
    return Content(stamp, data if len(data) <= MAX_BYTES else None)


def put_away(path: Path, content: Content, folder: Path, name: str, note: Note) -> Path:
    """Move a file into a folder under ``name``, or one like it that is free, with a note beside it.

    A file that lies there already with the same bytes is left as it is, and its note is written anew. What
    a run that was killed had begun is done again.

    Args:
        path: Where it lies.
        content: As it was read.
        folder: Where it goes; on the same disk.
        name: Text; shortened where the system does not allow so long a one.
        note: To be written.

    Returns:
        Where it lies now.

    Raises:
        OSError: The system refuses; the file lies where it was.
        MovedOnError: The file is another one by now; likewise.
    """
    if Stamp.of(path.lstat()) != content.stamp:
        raise MovedOnError(f"{path.name!r} changed")
    for candidate in _names(folder, name):
        target, beside = folder / candidate, folder / f"{candidate}{NOTE}"
        own_note = _is_note(beside, note)
        if _is_name_taken(target):
            if own_note:
                beside.unlink()
            target.unlink()
        if _holds(target, content) and (own_note or not os.path.lexists(beside)):
            if note.text:
                with suppress(FileNotFoundError):
                    beside.unlink()
                _write(beside, note.text)
            path.unlink()
            return target
        if os.path.lexists(target) or os.path.lexists(beside):
            continue
        with suppress(FileExistsError):  # somebody took the name meanwhile
            _move(path, target, beside, note.text)
            return target
    raise AssertionError("there is always one more name")


def _move(path: Path, target: Path, beside: Path, note: str) -> None:
    """Move a file to a name that is taken first, so that it never falls on another's."""
    _take_name(target)
    made = [target]
    try:
        if note:
            _write(beside, note)
            made.append(beside)
        os.replace(path, target)
    except BaseException:
        for own in made:
            own.unlink(missing_ok=True)
        raise


def _take_name(target: Path) -> None:
    """Take a name that is free by something that nobody takes for a file should the program be killed now."""
    try:
        os.symlink(_NAME_TAKEN, target)
    except FileExistsError:
        raise
    except OSError:  # there are disks without links
        os.close(os.open(target, _MAKE, 0o600))


def _is_name_taken(path: Path) -> bool:
    return path.is_symlink() and os.readlink(path) == _NAME_TAKEN


def _write(path: Path, text: str) -> None:
    try:
        with open(os.open(path, _MAKE, 0o600), "wb") as file:
            # Whoever may read the folder may read the note, though the program makes its files for itself.
            os.fchmod(file.fileno(), 0o600 | (path.parent.stat().st_mode & 0o044))
            file.write(_encoded(text))
    except FileExistsError:
        raise
    except OSError:
        path.unlink(missing_ok=True)
        raise


def _holds(path: Path, content: Content) -> bool:
    """Whether a file with the same bytes lies there."""
    if content.data is None:
        return False
    try:
        return path.lstat().st_size == content.stamp.size and read_content(path).data == content.data
    except (OSError, MovedOnError):
        return False


def _is_note(path: Path, note: Note) -> bool:
    """Whether a note of this kind lies there, or the beginning of this one, left by a kill."""
    try:
        data = read_content(path).data
    except (OSError, MovedOnError):
        return False
    if data is None:
        return False
    begun = bool(note.text) and _encoded(note.text).startswith(data)
    return begun or data.decode("utf-8", "replace").rstrip().endswith(note.ending)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _names(folder: Path, name: str) -> Iterator[str]:
    """Names as long as the system allows with a note's name beside it."""
    return names_like(name, os.pathconf(folder, "PC_NAME_MAX") - len(NOTE))


def names_like(name: str, room: int) -> Iterator[str]:
    """``harga.csv``, ``harga (2).csv``, …: each of at most ``room`` bytes."""
    suffix = Path(name).suffix
    if len(suffix.encode()) > _LONGEST_SUFFIX:
        suffix = ""
    stem = name.removesuffix(suffix)
    for number in count(1):
        tail = (f" ({number})" if number > 1 else "") + suffix
        yield stem.encode()[: room - len(tail.encode())].decode("utf-8", "ignore") + tail
