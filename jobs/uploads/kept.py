"""Where sent files lie until somebody decides: a folder of their own, for their owner and purpose alone.

The folder's name is the hash of a token that nobody guesses; the token itself is written nowhere. Nothing of
a path comes from the visitor: what leads to a folder is looked at before the disk is, and the files' names
are made harmless.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from core.errors import AgencyDataError, BusyError, StorageError, explain_os_error
from jobs.file_moves import MAX_BYTES
from jobs.users.accounts import new_token
from jobs.workspace import if_free

FOLDER = "unggahan"
LASTS = timedelta(days=1)
"""What nobody decided on is removed after that, and what is left of the others."""
MOST_UNDECIDED = 20
"""So many uploads of one person may wait for a decision, and as many of forms."""
MOST_BYTES = 10 * MAX_BYTES
"""Of all files of all people together."""
_LONGEST_NAME, _LONGEST_SUFFIX = 150, 20
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_PLACE = re.compile(r"[0-9a-f]{64}")
_NOT_SHOWN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
"""Categories of signs that control, turn round or hide what is written."""
_NOTE, _INSIDE, _LOCK = "keterangan.json", "berkas", "kunci"


class Purpose(StrEnum):
    """What files are sent for."""

    INBOX = "kiriman"
    FIGURE = "angka"
    WORKBOOK = "buku-kerja"
    SIGNED = "tanda-tangan"

    @property
    def listed(self) -> bool:
        """Whether the sender sees what waits and decides on it; else the oldest make room for new ones."""
        return self is Purpose.INBOX


@dataclass(frozen=True)
class Owner:
    """Whose files they are, and what for: nobody else, and no other form, finds them."""

    user: str
    office: str
    purpose: Purpose


@dataclass(frozen=True)
class Kept:
    """Files that came together.

    Attributes:
        folder: Of their own; its name is what tells them from others.
        files: In the order they came, under cleaned names.
        sha256: Of each of them.
        size: Of all of them, in bytes.
        at: When they came.
        waiting: Whether they wait for a decision.
        said: What else is known of them, fit for JSON.
        token: By which a form finds them again; empty where they were found otherwise.
    """

    folder: Path
    owner: Owner
    files: tuple[Path, ...]
    sha256: tuple[str, ...]
    size: int
    at: datetime
    waiting: bool = True
    said: Mapping[str, Any] = field(default_factory=dict)
    token: str = ""


def clean_name(given: str) -> str:
    """The name of a file as it can be shown, stored and be one: without a path, and not too long.

    Args:
        given: As the browser says it, which may be anything.
    """
    last = re.split(r"[\\/]", given)[-1]
    signs = ("\N{REPLACEMENT CHARACTER}" if unicodedata.category(c) in _NOT_SHOWN else c for c in last)
    text = "".join(signs).strip(" ").lstrip(".~$ ")
    suffix = PurePosixPath(text).suffix
    if len(suffix.encode()) > _LONGEST_SUFFIX:
        suffix = ""
    room = _LONGEST_NAME - len(suffix.encode())
    stem = text.removesuffix(suffix).encode()[:room].decode("utf-8", "ignore")
    return f"{stem}{suffix}" if stem else f"berkas{suffix}"


def keep_files(home: Path, owner: Owner, files: Sequence[tuple[str, BinaryIO]], now: datetime) -> Kept:
    """Put files aside until somebody decides.

    Args:
        home: The working folder.
        owner: Whose they are, and what for.
        files: Name, as the browser says it, and content of each; one at least.
        now: The present moment.

    Raises:
        BusyError: The person, or all together, have too many undecided files.
        StorageError: The disk refuses.
    """
    forget_old(home, now)
    _make_room(home, owner)
    token = new_token()
    folder = _folder(home, token)
    try:
        _make_private(home / FOLDER)
        inside = _make_private(_make_private(folder) / _INSIDE)
        written = [_copy(file, _free_path(inside, name)) for name, file in files]
        paths, sizes, digests = zip(*written, strict=True)
        kept = Kept(folder, owner, paths, digests, sum(sizes), now, token=token)
        save_kept(kept)
    except OSError as cause:
        shutil.rmtree(folder, ignore_errors=True)
        raise StorageError(
            f"Berkas yang dikirim tidak dapat disimpan ({explain_os_error(cause)}).",
            todo="beri tahu teknisi: periksa ruang cakram dan hak tulis atas LKJIP_HOME.",
        ) from cause
    return kept


def find_kept(home: Path, owner: Owner, token: str, now: datetime) -> Kept:
    """The files that an owner sent with a form before.

    Raises:
        AgencyDataError: They are no longer there, were taken in already, or are not this owner's.
    """
    place = _folder(home, token).name if _TOKEN.fullmatch(token) else ""
    kept = find_place(home, owner, place, now)
    if kept is None:
        raise AgencyDataError(
            "Berkas yang diperiksa tadi sudah tidak ada: sudah diambil, atau lebih dari sehari yang lalu.",
            todo="lihat apakah isinya sudah masuk; bila belum, kirim lagi berkasnya.",
        )
    return replace(kept, token=token)


def find_place(home: Path, owner: Owner, place: str, now: datetime) -> Kept | None:
    """The files in a folder of that name; None of what is another's, too old, or nothing."""
    kept = _load(home / FOLDER / place) if _PLACE.fullmatch(place) else None
    return kept if kept and kept.owner == owner and kept.at + LASTS > now else None


def list_kept(home: Path, owner: Owner, now: datetime) -> list[Kept]:
    """What an owner sent lately, newest first."""
    forget_old(home, now)
    found = [kept for kept in _all(home) if kept.owner == owner]
    return sorted(found, key=lambda kept: kept.at, reverse=True)


def save_kept(kept: Kept) -> None:
    """Write down what is known of files, whole or not at all."""
    note = {
        "user": kept.owner.user,
        "office": kept.owner.office,
        "purpose": kept.owner.purpose,
        "files": [path.name for path in kept.files],
        "sha256": kept.sha256,
        "size": kept.size,
        "at": kept.at.isoformat(),
        "waiting": kept.waiting,
        "said": dict(kept.said),
    }
    beside = kept.folder / f"{_NOTE}.baru"
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(note, file, ensure_ascii=False)
    beside.replace(kept.folder / _NOTE)


def drop_kept(kept: Kept) -> None:
    """Let go of files that were taken in or are not wanted, and of what is known of them."""
    shutil.rmtree(kept.folder, ignore_errors=True)


def forget_bytes(kept: Kept) -> None:
    """Let go of the bytes; what became of them can still be read for a day."""
    for path in kept.files:
        path.unlink(missing_ok=True)


@contextmanager
def alone_with(kept: Kept) -> Iterator[bool]:
    """Whether nobody else works on the files now; they are held until the end of the block."""
    with if_free(kept.folder / _LOCK) as free:
        yield free


def without_place(text: str, kept: Kept) -> str:
    """A message about a kept file without the folder, which is nobody's business."""
    return text.replace(f"{kept.folder / _INSIDE}{os.sep}", "")


def forget_old(home: Path, now: datetime) -> None:
    """Remove what came more than :data:`LASTS` ago, and what never came whole."""
    for folder in _folders(home):
        kept = _load(folder)
        # Without a note it is still coming, its coming was cut short, or another version wrote it.
        with suppress(OSError):
            old = kept.at + LASTS <= now if kept else _age(folder) > LASTS.total_seconds()
            if old:
                shutil.rmtree(folder)


def _make_room(home: Path, owner: Owner) -> None:
    waiting = [kept for kept in _all(home) if kept.waiting]
    own = [
        k for k in waiting if k.owner.user == owner.user and k.owner.purpose.listed == owner.purpose.listed
    ]
    own.sort(key=lambda kept: kept.at)
    count, size = len(own), sum(kept.size for kept in waiting)
    while not owner.purpose.listed and own and (count >= MOST_UNDECIDED or size >= MOST_BYTES):
        oldest = own.pop(0)
        drop_kept(oldest)
        count, size = count - 1, size - oldest.size
    if count >= MOST_UNDECIDED:
        raise BusyError(
            f"Masih ada {MOST_UNDECIDED} berkas Anda yang belum diputuskan.",
            todo="ambil atau jangan ambil yang ada lebih dahulu.",
        )
    if size >= MOST_BYTES:
        raise BusyError(
            "Terlalu banyak berkas yang menunggu diputuskan.",
            todo="coba lagi nanti; yang lebih lama dari sehari dihapus dengan sendirinya.",
        )


def _folder(home: Path, token: str) -> Path:
    return home / FOLDER / hashlib.sha256(token.encode()).hexdigest()


def _free_path(folder: Path, given: str) -> Path:
    """Where a file of a name goes; two of one name in a form stay two."""
    name = clean_name(given)
    path, number = folder / name, 1
    while path.exists():
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    return path


def _copy(file: BinaryIO, path: Path) -> tuple[Path, int, str]:
    """Where a file is, how many bytes were written, and their SHA-256."""
    digest = hashlib.sha256()
    file.seek(0)
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while piece := file.read(1 << 20):
            digest.update(piece)
            target.write(piece)
        return path, target.tell(), digest.hexdigest()


def _make_private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)  # also of one that was there
    return folder


def _folders(home: Path) -> list[Path]:
    """Every folder of uploads; those of before were called by a token."""
    try:
        names = (_PLACE, _TOKEN)
        return [path for path in (home / FOLDER).iterdir() if any(n.fullmatch(path.name) for n in names)]
    except OSError:  # nothing was ever sent
        return []


def _all(home: Path) -> list[Kept]:
    return [kept for folder in _folders(home) if (kept := _load(folder)) is not None]


def _age(folder: Path) -> float:
    return time.time() - folder.stat().st_mtime


def _load(folder: Path) -> Kept | None:
    """What is written down of files; None where it is not there, or not whole."""
    try:
        note: dict[str, Any] = json.loads((folder / _NOTE).read_bytes())
        return Kept(
            folder,
            Owner(note["user"], note["office"], Purpose(note["purpose"])),
            tuple(folder / _INSIDE / name for name in note["files"]),
            tuple(note["sha256"]),
            note["size"],
            datetime.fromisoformat(note["at"]),
            note["waiting"],
            note["said"],
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
