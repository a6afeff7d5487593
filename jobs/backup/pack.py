"""``lkjip backup``: everything of the working folder in one file, whole though the services go on."""

from __future__ import annotations

import json
import os
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from core.errors import StorageError, explain_os_error
from core.numbers import format_number
from core.settings import Settings
from core.version import program_version
from jobs.backup.contents import (
    DATABASE,
    HOME,
    LEFT_OUT,
    MANIFEST,
    OFFICES,
    SETTINGS,
    VERSION,
    Packed,
    add_bytes,
    files_below,
    hash_file,
)
from jobs.backup.shared import fetch_shared
from jobs.workspace import store_of
from models.copying import copy_into_file
from models.migrations import upgrade_database
from models.session import open_engine

_SECRET = frozenset({"database_url"})
"""Settings besides the secret ones that may hold a password."""


@dataclass(frozen=True)
class BackedUp:
    """The backup that was made."""

    file: Path
    files: int
    size: int

    def as_text(self) -> str:
        """For people."""
        return (
            f"Cadangan {self.file}: basis data dan {format_number(self.files - 1)} berkas, "
            f"{format_number(self.size)} bita. Kata sandi dan kunci tidak ikut; simpan berkas pengaturan "
            "tersendiri."
        )

    def as_dict(self) -> dict[str, Any]:
        """For programs."""
        return {"file": str(self.file), "files": self.files, "size": self.size}


def make_backup(settings: Settings, file: Path) -> BackedUp:
    """Pack database, files, also those in the store, and the offices' data into a new file.

    The database is copied first, at one moment: every file of an issue that it names is there by then.
    What is being written meanwhile is left out or packed as it is.

    Args:
        settings: Of the working folder.
        file: Which must not exist; its folder must.

    Raises:
        StorageError: Something cannot be read or written, also in the store; nothing is left at ``file``.
    """
    if file.exists():
        raise StorageError(f"{file} sudah ada; tidak ada yang ditimpa.", todo="pilih nama lain.")
    part = file.with_name(f".{file.name}.sementara")
    try:
        with tempfile.TemporaryDirectory(prefix=".cadangan-", dir=file.parent) as beside:
            staged = Path(beside)
            database = staged / DATABASE
            upgrade_database(settings.database)
            engine = open_engine(settings.database)
            try:
                copy_into_file(engine, database)
            finally:
                engine.dispose()
            packed = _pack(settings, database, _fetch_shared(settings, database, staged), part)
        part.replace(file)
    except OSError as cause:
        part.unlink(missing_ok=True)
        raise StorageError(
            f"Cadangan {file} tidak dapat dibuat ({explain_os_error(cause)}).",
            todo="periksa map tujuan, hak tulis dan ruang kosong cakram.",
        ) from cause
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return BackedUp(file, len(packed), file.stat().st_size)


def _fetch_shared(settings: Settings, database: Path, staged: Path) -> dict[str, Path]:
    """What the store holds, by its name in a working folder; nothing without a store."""
    store = store_of(settings)
    if store is None:
        return {}
    folder = staged / "penyimpanan"
    folder.mkdir(mode=0o700)
    copied = open_engine(f"sqlite:///{database}")
    try:
        return fetch_shared(store, copied, settings, folder)
    finally:
        copied.dispose()


def _pack(settings: Settings, database: Path, shared: Mapping[str, Path], part: Path) -> list[Packed]:
    """Write the packed file; what changes while it is read is packed as it was read first."""
    listed = list(_sources(settings, database, shared))
    packed = [Packed(name, path.stat().st_size, hash_file(path)) for name, path in listed if path.exists()]
    words = json.dumps(_settings(settings), ensure_ascii=False, indent=2, sort_keys=True).encode()
    manifest = {
        "version": VERSION,
        "program": program_version(),
        "made_at": settings.current_time().isoformat(),
        "home": str(settings.home),
        "files": [vars(entry) for entry in packed],
    }
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as out, tarfile.open(fileobj=out, mode="w:gz") as archive:
        add_bytes(archive, MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1).encode())
        add_bytes(archive, SETTINGS, words)
        places = dict(listed)
        for entry in packed:
            _add(archive, entry, places[entry.name])
        out.flush()
    return packed


def _add(archive: tarfile.TarFile, entry: Packed, path: Path) -> None:
    """Pack a file as it was hashed; one that grew since is cut there, one that shrank fails."""
    info = tarfile.TarInfo(entry.name)
    info.size, info.mode = entry.size, 0o600
    with path.open("rb") as content:
        archive.addfile(info, content)


def _sources(settings: Settings, database: Path, shared: Mapping[str, Path]) -> Iterator[tuple[str, Path]]:
    yield DATABASE, database
    for name, path in files_below(settings.offices_folder):
        yield f"{OFFICES}/{name}", path
    for name, path in files_below(settings.home, LEFT_OUT):
        if name not in shared:
            yield f"{HOME}/{name}", path
    for name, path in shared.items():
        yield f"{HOME}/{name}", path


def _settings(settings: Settings) -> dict[str, str]:
    """The settings without what only their owner may know."""
    return {
        name: "(tidak disimpan)"
        if isinstance(value, SecretStr) or (name in _SECRET and value)
        else str(value)
        for name, value in dict(settings).items()
    }
