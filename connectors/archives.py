"""Workbooks are zip archives: what is checked of one before anything of it is unpacked."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Collection

from core.errors import SourceError
from core.numbers import format_number

MAX_BYTES = 50 * 1024 * 1024
"""Size of a file; a workbook of figures has at most a few megabytes."""
MAX_UNPACKED = 300 * 1024 * 1024
"""Size of its parts together when unpacked; beyond that it is a zip bomb."""
MAX_RATIO = 200
"""How many times larger a part may become when unpacked, from 10 megabytes on."""
EXCEL = frozenset({"xl/workbook.xml"})
ADVICE = "buka berkasnya di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu taruh lagi."


def check_archive(content: bytes, name: str, main: Collection[str] = EXCEL) -> None:
    """See that an archive is a workbook, of a bearable size, and without declared entities.

    Args:
        content: The file.
        name: Of the file, for messages.
        main: The parts of which it must have one.

    Raises:
        SourceError: It is not, or it is broken or locked.
    """
    _guard(name, lambda: _check(content, name, main))


def unpack(
    content: bytes, name: str, main: Collection[str], wanted: Callable[[str], bool]
) -> dict[str, bytes]:
    """The parts of an archive that are ``wanted``, checked as by :func:`check_archive`.

    No part becomes larger than the archive's own list says, whatever stands in it.

    Raises:
        SourceError: As there.
    """
    check_archive(content, name, main)
    parts: dict[str, bytes] = {}

    def read() -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                if wanted(part.filename):
                    parts[part.filename] = archive.read(part)

    _guard(name, read)
    return parts


def repack(parts: dict[str, bytes]) -> bytes:
    """An archive of parts whose sizes are known."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def too_large(name: str, size: int, limit: int, todo: str) -> SourceError:
    """The error of a file above a limit, both in bytes."""
    return SourceError(
        f"Berkas {name!r} terlalu besar ({format_number(size // 2**20)} MB); paling banyak "
        f"{limit // 2**20} MB.",
        todo=todo,
    )


def locked(name: str) -> SourceError:
    """The error of a file with a password."""
    return SourceError(
        f"Berkas {name!r} terkunci dengan sandi.",
        todo="buka dengan sandinya, simpan tanpa sandi, taruh lagi.",
    )


def broken(name: str, cause: BaseException) -> SourceError:
    """The error of a file on which a reader failed."""
    return SourceError(
        f"Berkas {name!r} rusak sehingga tidak terbaca sebagai Excel ({type(cause).__name__}).",
        todo="salin atau unduh lagi berkasnya, atau " + ADVICE,
    )


def _check(content: bytes, name: str, main: Collection[str]) -> None:
    if len(content) > MAX_BYTES:
        todo = "simpan lembar yang diperlukan saja dalam berkas tersendiri."
        raise too_large(name, len(content), MAX_BYTES, todo)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        if not {part.filename for part in parts} & set(main):
            raise SourceError(f"Berkas {name!r} bukan buku kerja Excel.", todo=ADVICE)
        total = sum(part.file_size for part in parts)
        bombs = [
            part for part in parts
            if part.file_size > 10 * 2**20 and part.file_size > MAX_RATIO * part.compress_size
        ]  # fmt: skip
        if total > MAX_UNPACKED or bombs:
            raise SourceError(
                f"Berkas {name!r} membengkak menjadi {format_number(total // 2**20)} MB ketika dibuka; "
                "berkas seperti itu tidak dibaca.",
                todo=ADVICE,
            )
        for part in parts:
            if part.filename.endswith((".xml", ".rels")) and _declares_entities(archive, part):
                raise SourceError(
                    f"Berkas {name!r} memuat pernyataan XML yang tidak lazim; tidak dibaca.", todo=ADVICE
                )


def _declares_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> bool:
    with archive.open(part) as file:
        return b"<!DOCTYPE" in file.read(2048).upper()


def _guard(name: str, step: Callable[[], None]) -> None:
    """Turn what :mod:`zipfile` raises on damaged archives into an error of the project."""
    try:
        step()
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        lzma.LZMAError,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
    ) as cause:
        raise broken(name, cause) from None
    except RuntimeError:  # A password on the archive.
        raise locked(name) from None
