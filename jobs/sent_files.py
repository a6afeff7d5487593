"""Files that somebody sent to the page, kept between looking at what they say and taking them in."""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from core.errors import AgencyDataError, StorageError, explain_os_error

FOLDER = "unggahan"
KEPT = timedelta(days=1)
"""So long there is time to say yes; then the files are gone."""
MOST = 20
"""Uploads of one person that are kept; the oldest make room."""

_ABOUT, _FILES = "tentang.json", "berkas"
_NEEDED = {"user", "office", "purpose", "at", "files", "said"}
_LONGEST_NAME = 120
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
_PLACE = re.compile(r"[0-9a-f]{64}")
"""Other folders are not ours."""


@dataclass(frozen=True)
class Owner:
    """Whose upload it is, and what for: nobody else, and no other form, finds it.

    Attributes:
        purpose: ``angka``, ``buku-kerja``.
    """

    user: str
    office: str
    purpose: str


@dataclass(frozen=True)
class Upload:
    """Files that are kept.

    Attributes:
        token: By which its owner finds it again; only its hash is kept.
        files: In the order they came.
        said: What was typed and understood beside them.
    """

    token: str
    files: tuple[Path, ...]
    said: Mapping[str, str] = field(default_factory=dict)


def keep_upload(
    home: Path,
    owner: Owner,
    files: Sequence[tuple[str, BinaryIO]],
    now: datetime,
    said: Mapping[str, str] | None = None,
) -> Upload:
    """Keep files for nobody but the program and their owner; what is too old goes.

    Args:
        home: The working folder.
        owner: Whose they are.
        files: Name, as it came from outside, and content of each.
        now: The present moment.
        said: What is to be known again with them.

    Raises:
        StorageError: They cannot be written.
    """
    token = secrets.token_urlsafe(32)
    folder = _place(home, token)
    try:
        _forget_old(home, owner, now)
        (folder / _FILES).mkdir(mode=0o700, parents=True)
        for above in (home / FOLDER, folder):
            above.chmod(0o700)  # mkdir gives its mode to the last folder only
        kept = tuple(_write(folder / _FILES, name, content) for name, content in files)
        about = {
            "user": owner.user,
            "office": owner.office,
            "purpose": owner.purpose,
            "at": now.isoformat(),
            "files": [path.name for path in kept],
            "said": dict(said or {}),
        }
        _write_new(folder / _ABOUT, json.dumps(about, ensure_ascii=False).encode())
    except OSError as cause:
        shutil.rmtree(folder, ignore_errors=True)
        raise StorageError(
            f"Berkas yang dikirim tidak dapat disimpan ({explain_os_error(cause)}).",
            todo="beri tahu teknisi: periksa ruang kosong dan hak tulis LKJIP_HOME.",
        ) from cause
    return Upload(token, kept, dict(said or {}))


def find_upload(home: Path, owner: Owner, token: str, now: datetime) -> Upload:
    """The files that an owner sent before.

    Raises:
        AgencyDataError: They are no longer there, were taken in already, or are not this owner's.
    """
    folder = _place(home, token)
    about = _read(folder) if _TOKEN.fullmatch(token) else None
    if about is None or _owner(about) != owner or _is_old(about, now):
        raise AgencyDataError(
            "Berkas yang diperiksa tadi sudah tidak ada: sudah diambil, atau lebih dari sehari yang lalu.",
            todo="lihat apakah isinya sudah masuk; bila belum, kirim lagi berkasnya.",
        )
    return Upload(token, tuple(folder / _FILES / name for name in about["files"]), about["said"])


def drop_upload(home: Path, upload: Upload) -> None:
    """Let go of files that were taken in or are not wanted."""
    shutil.rmtree(_place(home, upload.token), ignore_errors=True)


def without_place(text: str, upload: Upload) -> str:
    """A message about a file of an upload without the folder, which is nobody's business."""
    return text.replace(f"{upload.files[0].parent}{os.sep}", "")


def clean_name(given: str) -> str:
    """A name for a file out of one that came from outside: no folder, nothing hidden, not too long."""
    name = re.split(r"[\\/]", given)[-1]
    name = "".join(sign if sign.isprintable() else "?" for sign in name).strip().lstrip(".")
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, dot, ending = name, "", ""
    while len((stem + dot + ending).encode(errors="replace")) > _LONGEST_NAME:
        stem = stem[:-1]
    return (stem + dot + ending).encode(errors="replace").decode() or "berkas"


def _place(home: Path, token: str) -> Path:
    return home / FOLDER / hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _write(folder: Path, given: str, content: BinaryIO) -> Path:
    name = clean_name(given)
    path, number = folder / name, 1
    while path.exists():  # two files of one name in a form
        number += 1
        path = folder / f"{Path(name).stem}-{number}{Path(name).suffix}"
    content.seek(0)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(content, file)
    return path


def _write_new(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)


def _read(folder: Path) -> dict[str, Any] | None:
    """What is known of an upload; None of one that is not there, or not whole."""
    try:
        about = json.loads((folder / _ABOUT).read_bytes())
    except (OSError, ValueError):
        return None
    return about if isinstance(about, dict) and set(about) >= _NEEDED else None


def _owner(about: Mapping[str, Any]) -> Owner:
    return Owner(str(about["user"]), str(about["office"]), str(about["purpose"]))


def _is_old(about: Mapping[str, Any], now: datetime) -> bool:
    return datetime.fromisoformat(str(about["at"])) + KEPT <= now


def _forget_old(home: Path, owner: Owner, now: datetime) -> None:
    """Remove what is older than a day or was never whole, and the oldest of an owner who has too many."""
    own: list[tuple[str, Path]] = []
    for folder in (home / FOLDER).glob("*"):
        if not _PLACE.fullmatch(folder.name):
            continue
        about = _read(folder)
        if about is None:
            # Perhaps one that is being written now.
            if datetime.fromtimestamp(folder.stat().st_mtime, now.tzinfo) + KEPT <= now:
                shutil.rmtree(folder, ignore_errors=True)
        elif _is_old(about, now):
            shutil.rmtree(folder, ignore_errors=True)
        elif about["user"] == owner.user:
            own.append((str(about["at"]), folder))
    for _, folder in sorted(own)[: max(0, len(own) - MOST + 1)]:
        shutil.rmtree(folder, ignore_errors=True)
