"""Changing an office's data: one after the other, in one step, and only what was looked at before."""

from __future__ import annotations

import ctypes
import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from core.errors import AgencyDataError, StorageError, explain_os_error
from office.copies import copy_data
from office.loading import OFFICE, is_example

_HERE, _EXCHANGE = -100, 2
"""Of Linux: the present folder, and that both names change places."""


def data_mark(folder: Path, year: int) -> str:
    """What tells an office's data for a year from any others; empty where there are none yet."""
    if not (folder / OFFICE).exists() or not (folder / str(year)).is_dir():
        return ""
    digest = hashlib.sha256()
    for name, content in sorted(copy_data(folder, year).items()):
        digest.update(f"{name}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


@contextmanager
def changing(folder: Path) -> Iterator[None]:
    """Change an office's data while nobody else does.

    Raises:
        AgencyDataError: The office is an example of the program.
        StorageError: The folder cannot be opened.
    """
    refuse_example(folder)
    try:
        number = os.open(folder.parent, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError as cause:
        raise StorageError(
            f"Map {folder.parent} tidak dapat dibuka ({explain_os_error(cause)}).",
            todo="periksa LKJIP_OFFICES dan hak atas mapnya.",
        ) from cause
    try:
        fcntl.flock(number, fcntl.LOCK_EX)
        yield
    finally:
        os.close(number)


def refuse_example(folder: Path) -> None:
    """Refuse to change an example.

    Raises:
        AgencyDataError: The office is an example of the program, which an upgrade replaces.
    """
    if is_example(folder):
        raise AgencyDataError(
            f"{folder.name} adalah contoh milik program, yang diganti setiap pembaruan.",
            todo="minta teknisi menyalin mapnya ke LKJIP_OFFICES; data kantor itu lalu dapat diubah.",
        )


def refuse_outside(folder: Path, offices: Path) -> None:
    """Refuse to change an office that does not stand where the offices in use do.

    Raises:
        AgencyDataError: It is an example of the program, or stands elsewhere.
    """
    refuse_example(folder)
    if folder.resolve().parent != offices.resolve():
        raise AgencyDataError(
            f"Data {folder.name} tidak berada di LKJIP_OFFICES, jadi tidak diubah dari halaman ini.",
            todo="minta teknisi memindahkan mapnya ke LKJIP_OFFICES.",
        )


def require_mark(folder: Path, year: int, expected: str) -> None:
    """Refuse to change data that are not those that somebody looked at.

    Raises:
        AgencyDataError: They were changed since.
    """
    if data_mark(folder, year) != expected:
        raise AgencyDataError(
            f"Data kantor tahun {year} diubah orang sejak Anda memeriksanya; tidak ada yang disimpan.",
            todo="periksa sekali lagi apa yang akan berubah, lalu putuskan.",
        )


def put_files(files: Mapping[Path, bytes]) -> None:
    """Write files of an office's data, each whole or not at all; all are written before one is in its place.

    Raises:
        StorageError: One of them cannot be written; those before it may be.
    """
    path = Path()
    try:
        besides = {}
        for path, content in files.items():
            besides[path] = beside = path.with_name(f".{path.name}.sementara")
            path.parent.mkdir(exist_ok=True)
            beside.write_bytes(content)
            if path.exists():
                beside.chmod(path.stat().st_mode & 0o777)
        for path, beside in besides.items():
            beside.replace(path)
    except OSError as cause:
        raise StorageError(
            f"Berkas {path.name} tidak dapat ditulis ({explain_os_error(cause)}).",
            todo="periksa hak tulis atas map kantor, lalu ulangi.",
        ) from cause


def put_folder(new: Path, place: Path) -> None:
    """Put a folder in its place in one step; what stood there lies where the new one was.

    Raises:
        OSError: It cannot be done; then all is as before.
    """
    if not place.exists():
        place.parent.mkdir(parents=True, exist_ok=True)
        new.rename(place)
        return
    if _exchange(new, place):
        return
    aside = new.with_name(f".{new.name}.lama")  # where the system knows no exchange
    place.rename(aside)
    try:
        new.rename(place)
    except OSError:
        aside.rename(place)
        raise
    aside.rename(new)


def _exchange(one: Path, other: Path) -> bool:
    """Let two names change places; False where this system or disk cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP):
        return False
    raise OSError(number, os.strerror(number), str(one))
