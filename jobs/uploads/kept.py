"""Where a sent file lies until somebody decides: a folder of its own, for its sender and office alone.

The folder's name is a token that nobody guesses. Nothing of an address or a path comes from the visitor:
the token is looked at before the disk is, and the file's name is made harmless.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from core.errors import BusyError, StorageError, explain_os_error
from jobs.file_moves import MAX_BYTES
from jobs.uploads.shown import Shown
from jobs.users.accounts import new_token
from jobs.workspace import if_free

FOLDER = "unggahan"
LASTS = timedelta(days=1)
"""What nobody decided on is removed after that, and what is left of the others."""
MOST_UNDECIDED = 20
"""So many files of one person may wait for a decision."""
MOST_BYTES = 10 * MAX_BYTES
"""Of all files of all people together."""
_LONGEST_NAME, _LONGEST_SUFFIX = 150, 20
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_NOT_SHOWN = ("Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp")
"""Categories of signs that control, turn round or hide what is written."""
_META, _INSIDE, _LOCK = "keterangan.json", "berkas", "kunci"


class Step(StrEnum):
    """How far a file is."""

    NEW = "new"
    ASKED = "asked"
    SHOWN = "shown"
    TAKEN = "taken"
    KNOWN = "known"
    WORKBOOK = "workbook"
    REFUSED = "refused"
    DROPPED = "dropped"

    @property
    def open(self) -> bool:
        """Whether the file waits for its sender."""
        return self in (Step.NEW, Step.ASKED, Step.SHOWN)


@dataclass(frozen=True)
class Upload:
    """A file that somebody sent.

    Attributes:
        name: Cleaned, as it is shown, stored and read.
        at: When it came.
        kind: Name of its kind; empty while nobody knows it.
        sure: Whether the program recognised the kind; else a person said it.
        month: What a person said of the month of a budget; 0 leaves it to the file.
        shown: What was understood.
        why_not: By kind, why it is no such file.
        said: What became of it, in Indonesian.
        moved_to: Where it lies now, below the working folder.
    """

    token: str
    user: str
    office: str
    name: str
    sha256: str
    size: int
    at: datetime
    step: Step = Step.NEW
    kind: str = ""
    sure: bool = False
    month: int = 0
    shown: Shown | None = None
    why_not: tuple[tuple[str, str], ...] = ()
    said: str = ""
    moved_to: str = ""


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


def keep_upload(home: Path, user: str, office: str, name: str, file: BinaryIO, now: datetime) -> Upload:
    """Put a file aside until somebody decides.

    Args:
        home: The working folder.
        user: Who sent it.
        office: Of which office.
        name: As the browser says it.
        file: What it holds; at its beginning.
        now: The present moment.

    Raises:
        BusyError: The person, or all together, have too many undecided files.
        StorageError: The disk refuses.
    """
    forget_old(home, now)
    _require_room(home, user)
    token = new_token()
    try:
        folder = _make_private(_make_private(home / FOLDER) / token)
        path = _make_private(folder / _INSIDE) / clean_name(name)
        size, digest = _copy(file, path)
        upload = Upload(token, user, office, path.name, digest, size, now)
        save_upload(home, upload)
    except OSError as cause:
        shutil.rmtree(home / FOLDER / token, ignore_errors=True)
        raise StorageError(
            f"Berkas itu tidak dapat disimpan ({explain_os_error(cause)}).",
            todo="beri tahu teknisi: periksa ruang cakram dan hak tulis atas LKJIP_HOME.",
        ) from cause
    return upload


def find_upload(home: Path, token: str, user: str, office: str, now: datetime) -> Upload | None:
    """The file of a token, for its sender in its office only, and not after :data:`LASTS`."""
    if not _TOKEN.fullmatch(token):
        return None
    upload = _load(home / FOLDER / token)
    if upload is None or upload.at + LASTS <= now or (upload.user, upload.office) != (user, office):
        return None
    return upload


def list_uploads(home: Path, user: str, office: str, now: datetime) -> list[Upload]:
    """What somebody sent for an office lately, newest first."""
    forget_old(home, now)
    found = [u for u in _all(home) if (u.user, u.office) == (user, office)]
    return sorted(found, key=lambda upload: upload.at, reverse=True)


def save_upload(home: Path, upload: Upload) -> Upload:
    """Write down how far a file is, whole or not at all."""
    folder = home / FOLDER / upload.token
    beside = folder / f"{_META}.baru"
    text = json.dumps({**asdict(upload), "at": upload.at.isoformat()}, ensure_ascii=False)
    with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
    beside.replace(folder / _META)
    return upload


def path_of(home: Path, upload: Upload) -> Path:
    """Where its bytes lie."""
    return home / FOLDER / upload.token / _INSIDE / upload.name


def forget_bytes(home: Path, upload: Upload) -> None:
    """Let go of the bytes; what became of them can still be read for a day."""
    path_of(home, upload).unlink(missing_ok=True)


@contextmanager
def alone_with(home: Path, upload: Upload) -> Iterator[bool]:
    """Whether nobody else works on the file now; it is held until the end of the block."""
    with if_free(home / FOLDER / upload.token / _LOCK) as free:
        yield free


def forget_old(home: Path, now: datetime) -> None:
    """Remove what came more than :data:`LASTS` ago, and what never came whole."""
    for folder in _folders(home):
        upload = _load(folder)
        # Without a note it is still coming, or its coming was cut short.
        with suppress(OSError):
            old = upload.at + LASTS <= now if upload else _age(folder) > LASTS.total_seconds()
            if old:
                shutil.rmtree(folder)


def _require_room(home: Path, user: str) -> None:
    waiting = [upload for upload in _all(home) if upload.step.open]
    if sum(upload.user == user for upload in waiting) >= MOST_UNDECIDED:
        raise BusyError(
            f"Masih ada {MOST_UNDECIDED} berkas Anda yang belum diputuskan.",
            todo="ambil atau jangan ambil yang ada lebih dahulu.",
        )
    if sum(upload.size for upload in waiting) >= MOST_BYTES:
        raise BusyError(
            "Terlalu banyak berkas yang menunggu diputuskan.",
            todo="coba lagi nanti; yang lebih lama dari sehari dihapus dengan sendirinya.",
        )


def _copy(file: BinaryIO, path: Path) -> tuple[int, str]:
    """How many bytes were written, and their SHA-256."""
    digest = hashlib.sha256()
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
        while piece := file.read(1 << 20):
            digest.update(piece)
            target.write(piece)
        return target.tell(), digest.hexdigest()


def _make_private(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _folders(home: Path) -> list[Path]:
    try:
        return [path for path in (home / FOLDER).iterdir() if _TOKEN.fullmatch(path.name)]
    except OSError:  # nothing was ever sent
        return []


def _all(home: Path) -> list[Upload]:
    return [upload for folder in _folders(home) if (upload := _load(folder)) is not None]


def _age(folder: Path) -> float:
    return time.time() - folder.stat().st_mtime


def _load(folder: Path) -> Upload | None:
    """What is written down of a file; None where it is not there, or not whole."""
    try:
        data: dict[str, Any] = json.loads((folder / _META).read_bytes())
        shown = Shown.from_dict(data.pop("shown")) if data["shown"] else data.pop("shown")
        return Upload(
            **{
                **data,
                "at": datetime.fromisoformat(data["at"]),
                "step": Step(data["step"]),
                "why_not": tuple((kind, reason) for kind, reason in data["why_not"]),
            },
            shown=shown,
        )
    except (OSError, ValueError, TypeError, KeyError):
        return None
