"""Word files that people name on the command line, read within limits."""

from __future__ import annotations

from pathlib import Path

from connectors.word.package import MAX_BYTES, WordFile, read_word, too_large
from core.errors import SourceError, explain_os_error


def read_file(file: Path) -> WordFile:
    """Look at a Word file.

    Raises:
        SourceError: It is no Word file that can be read; :func:`connectors.word.package.read_word` says why.
    """
    try:
        if file.exists() and not file.is_file():
            raise SourceError(f"{file} bukan berkas.", todo="sebut berkas .docx laporannya.")
        size = file.stat().st_size
        if size > MAX_BYTES:
            raise too_large(file.name, size)
        return read_word(file.read_bytes(), file.name)
    except OSError as cause:
        raise SourceError(
            f"Berkas {file} tidak dapat dibaca ({explain_os_error(cause)}).",
            todo="periksa nama dan hak bacanya.",
        ) from cause
