"""Folders for things that are only needed while the program works."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import StorageError, explain_os_error


@contextmanager
def temporary_folder() -> Iterator[Path]:
    """A folder that is gone at the end; :mod:`jobs.remains` knows those of killed programs by its name.

    Within the block nothing else is read or written: what the system refuses is blamed on this folder.

    Raises:
        StorageError: There is no place for it, or none in it.
    """
    try:
        with TemporaryDirectory(prefix="lkjip-") as room:
            yield Path(room)
    except OSError as cause:
        nowhere = isinstance(cause, FileNotFoundError) and cause.filename is None  # as tempfile says it
        reason = "tidak ada tempat yang dapat ditulis" if nowhere else explain_os_error(cause)
        raise StorageError(
            f"Map sementara tidak dapat dipakai ({reason}).",
            todo="kosongkan cakram tempat map itu (biasanya /tmp), atau isi TMPDIR dengan map yang boleh "
            "ditulis.",
        ) from cause
