"""A version of an office's data: all of its files at one moment, packed, known by their hash."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

from office.copies import is_data
from office.loading import OFFICE

_LARGEST = 100 * 1024 * 1024
_ANY_DAY = (1980, 1, 1, 0, 0, 0)


def version_of(files: Mapping[str, bytes]) -> str:
    """The name of a version: SHA-256 over the names and hashes of its files."""
    lines = "".join(f"{name} {hashlib.sha256(files[name]).hexdigest()}\n" for name in sorted(files))
    return hashlib.sha256(lines.encode()).hexdigest()


def pack_version(files: Mapping[str, bytes]) -> bytes:
    """The files as one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(files):
            archive.writestr(zipfile.ZipInfo(name, _ANY_DAY), files[name])
    return packed.getvalue()


def unpack_version(packed: bytes, version: str) -> dict[str, bytes] | None:
    """The files by name; None where they are not that version, or no office's."""
    try:
        with zipfile.ZipFile(io.BytesIO(packed)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _LARGEST:
                return None
            files = {entry.filename: archive.read(entry) for entry in entries}
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return None
    fits = version_of(files) == version and OFFICE in files and all(map(_stays_inside, files))
    return files if fits else None


def _stays_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and is_data(path)
