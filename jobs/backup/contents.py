"""What a backup holds: one packed file with the database, the files, the offices' data and their hashes."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import StorageError

MANIFEST = "daftar.json"
"""First in the packed file: its version, its moment, and every other file with its SHA-256."""
DATABASE = "basis-data.sqlite"
SETTINGS = "pengaturan.json"
HOME, OFFICES = "map-kerja", "kantor"
VERSION = 1
LEFT_OUT = frozenset({".prefect", ".serve", ".jalan", "log", "kantor", "unggahan"})
"""Folders of the working folder that are made anew, packed apart, or of no use tomorrow."""
CHUNK = 1 << 20


@dataclass(frozen=True)
class Packed:
    """A file in a backup."""

    name: str
    size: int
    sha256: str


def files_below(folder: Path, left_out: frozenset[str] = frozenset()) -> Iterator[tuple[str, Path]]:
    """Every plain file below a folder with its name there; links are not followed.

    A file of settings is none of them, wherever it lies: it holds what only its owner may know.
    """
    if not folder.is_dir():
        return
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if relative.parts[0] in left_out or relative.suffix == ".env" or relative.name == ".env":
            continue
        if relative.name.startswith(("lkjip.sqlite", ".pemulihan")):
            continue
        if path.is_file() and not path.is_symlink():
            yield relative.as_posix(), path


def hash_file(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def add_bytes(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    """Pack bytes under a name, for nobody but their owner."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


def read_manifest(archive: tarfile.TarFile, file: Path) -> dict[str, Any]:
    """What the packed file says of itself.

    Raises:
        StorageError: It is none of ours, or of a newer program.
    """
    member = archive.next()
    content = archive.extractfile(member) if member is not None and member.name == MANIFEST else None
    try:
        manifest: Any = json.loads(content.read()) if content else None
    except ValueError:
        manifest = None
    if not isinstance(manifest, dict) or "files" not in manifest:
        raise StorageError(
            f"{file} bukan cadangan lkjip.", todo="pilih berkas yang dibuat dengan lkjip backup."
        )
    if manifest.get("version") != VERSION:
        raise StorageError(
            f"{file} dibuat oleh program yang lebih baru (susunan {manifest.get('version')}).",
            todo="pasang versi lkjip yang terbaru.",
        )
    return manifest
