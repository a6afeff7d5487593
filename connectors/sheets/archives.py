"""Workbooks are zip archives: what is checked of one before anything of it is laid out in memory."""

from __future__ import annotations

import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import TypeVar

from connectors.sheets.extents import (
    MAX_RUN,
    Strings,
    TooManyElementsError,
    measure_ods,
    measure_strings,
    measure_xlsb,
    measure_xlsb_strings,
    measure_xlsx,
)
from connectors.sheets.limits import (
    ADVICE,
    CELLS_TODO,
    MAX_BYTES,
    MAX_PARTS,
    MAX_RATIO,
    MAX_SHEETS,
    MAX_UNPACKED,
    TEXT_TODO,
    Extent,
    broken,
    check_extent,
    locked,
    too_large,
    too_many,
)
from connectors.sheets.workbook_parts import count_xlsb_sheets, sheet_parts
from core.errors import SourceError
from core.numbers import format_number

EXCEL = frozenset({"xl/workbook.xml"})
_PIECE = 2**20
_MAX_INDEX_PART = 5 * 2**20
"""Size of the parts that only list the others."""
_ENTRY = b"PK\x01\x02"
_T = TypeVar("_T")


def check_archive(content: bytes, name: str, main: Collection[str] = EXCEL) -> None:
    """See that an archive is a workbook within :mod:`connectors.sheets.limits`, without declared entities.

    Args:
        content: The file.
        name: Of the file, for messages.
        main: The parts of which it must have one.

    Raises:
        SourceError: It is not, or it is broken or locked.
    """
    if len(content) > MAX_BYTES:
        raise too_large(name, len(content), MAX_BYTES, TEXT_TODO)
    if (entries := content.count(_ENTRY)) > MAX_PARTS:
        raise too_many(name, entries, MAX_PARTS, "bagian", ADVICE)
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

    def read() -> dict[str, bytes]:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {part.filename: archive.read(part) for part in archive.infolist() if wanted(part.filename)}

    return _guard(name, read)


def repack(parts: dict[str, bytes]) -> io.BytesIO:
    """An archive of parts whose sizes are known; each is let go as it goes in."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive:
        for name in [*parts]:
            archive.writestr(name, parts.pop(name))
    file.seek(0)
    return file


def _check(content: bytes, name: str, main: Collection[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        found = {part.filename for part in parts} & set(main)
        if not found:
            raise SourceError(f"Berkas {name!r} bukan buku kerja Excel.", todo=ADVICE)
        total = sum(part.file_size for part in parts)
        if total > MAX_UNPACKED or any(_is_bomb(part) for part in parts):
            raise SourceError(
                f"Berkas {name!r} membengkak menjadi {format_number(total // 2**20)} MB ketika dibuka; "
                f"paling banyak {MAX_UNPACKED // 2**20} MB, dan tiap bagian paling banyak {MAX_RATIO} kali.",
                todo=ADVICE,
            )
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                _see_no_entities(archive, part, name)
        check_extent(name, _measure(archive, name, found.pop()))


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > 10 * 2**20 and part.file_size > MAX_RATIO * part.compress_size


def _see_no_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo, name: str) -> None:
    with archive.open(part) as file:
        if b"<!DOCTYPE" in file.read(2048).upper():
            raise SourceError(
                f"Berkas {name!r} memuat pernyataan XML yang tidak lazim; tidak dibaca.", todo=ADVICE
            )


def _measure(archive: zipfile.ZipFile, name: str, main: str) -> Extent:
    """How much all sheets of a workbook hold together."""
    if main == "content.xml":
        return measure_ods(_pieces(archive, main))
    names = archive.namelist()
    if main == "xl/workbook.bin":
        strings = Strings()
        if "xl/sharedStrings.bin" in names:
            strings = measure_xlsb_strings(archive.read("xl/sharedStrings.bin"))
        sheets = [part for part in names if part.startswith("xl/worksheets/") and part.endswith(".bin")]
        extents = [measure_xlsb(archive.read(part), strings) for part in sheets]
        count = count_xlsb_sheets(archive.read(main))
        _see_count(name, count)
        if count > len(extents):  # Several sheets are one part.
            extents += [max(extents, key=lambda extent: extent.cells, default=Extent())] * count
        return sum(extents, Extent())
    indexes = {part: archive.read(part) for part in (main, "xl/_rels/workbook.xml.rels") if part in names}
    if any(len(index) > _MAX_INDEX_PART for index in indexes.values()):
        raise too_large(name, max(map(len, indexes.values())), _MAX_INDEX_PART, ADVICE)
    linked = [part for _, part in sheet_parts(indexes) if part in names]
    _see_count(name, len(linked))
    shared = next((part for part in names if part.lower().endswith("sharedstrings.xml")), None)
    strings = measure_strings(_pieces(archive, shared)) if shared else Strings()
    others = {p for p in names if p.startswith("xl/worksheets/") and p.endswith(".xml")} - {*linked}
    measured = {part: measure_xlsx(partial(_pieces, archive, part), strings) for part in {*linked, *others}}
    return sum((measured[part] for part in [*linked, *others]), Extent())


def _see_count(name: str, sheets: int) -> None:
    if sheets > MAX_SHEETS:
        raise too_many(name, sheets, MAX_SHEETS, "lembar", TEXT_TODO)


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part in pieces that end where an element begins.

    Raises:
        ValueError: A tag or text is longer than any cell's.
    """
    with archive.open(part) as file:
        rest = b""
        while chunk := file.read(_PIECE):
            rest += chunk
            cut = rest.rfind(b"<c")
            cut = cut if cut > 0 else rest.rfind(b"<")
            if cut > 0:
                yield rest[:cut]
                rest = rest[cut:]
            if len(rest) > MAX_RUN:
                raise ValueError("a tag or text without end")
        yield rest


def _guard(name: str, step: Callable[[], _T]) -> _T:
    """Turn what :mod:`zipfile` and lxml raise on damaged archives into an error of the project."""
    try:
        return step()
    except TooManyElementsError as cause:
        raise too_many(name, cause.count, cause.most, "isian", CELLS_TODO) from None
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        lzma.LZMAError,
        zlib.error,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
        IndexError,
        SyntaxError,
    ) as cause:
        raise broken(name, cause) from None
    except RuntimeError:  # A password on the archive.
        raise locked(name) from None
