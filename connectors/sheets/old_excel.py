"""What is asked of a workbook of the old Excel before a reader lays it out: [MS-XLS] in [MS-CFB]."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from dataclasses import dataclass

import olefile

from connectors.sheets import limits
from connectors.sheets.extents import Strings, TooManyElementsError, see_bearable

_SHEET_LIST, _BEGIN, _END, _MERGED, _STRINGS, _CONTINUE = 0x85, 0x809, 0x0A, 0xE5, 0xFC, 0x3C
_SHARED, _RUN = 0xFD, 0xBD
_CELLS = frozenset({0x06, 0x203, 0x204, 0x205, 0xD6, _SHARED, 0x27E, _RUN})
"""Formula, number, label, truth or error, rich text, shared text, short number, and a run of those."""
_WIDE, _FOREIGN, _RICH = 1, 4, 8


def check_old_excel(content: bytes, name: str) -> None:
    """See that a workbook of the old Excel stays within :mod:`connectors.sheets.limits`.

    Raises:
        SourceError: It does not, or it is broken or locked.
    """
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise limits.locked(name)
    if len(content) > limits.MAX_OLD_BYTES:
        raise limits.too_large(name, len(content), limits.MAX_OLD_BYTES, limits.TEXT_TODO)
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as container:
            stream = next((s for s in ("Workbook", "Book") if container.exists(s)), "")
            book = container.openstream(stream).read() if stream else b""
        sheets, extent = _measure(book)
    except TooManyElementsError as cause:
        raise limits.too_many(name, cause.count, cause.most, "isian", limits.CELLS_TODO) from None
    except Exception as cause:  # olefile ends in errors of every kind on a damaged file.
        raise limits.broken(name, cause) from None
    if sheets > limits.MAX_SHEETS:
        raise limits.too_many(name, sheets, limits.MAX_SHEETS, "lembar", limits.TEXT_TODO)
    limits.check_extent(name, extent)


@dataclass
class _Sheet:
    """A sheet, or another part of the book, while its records are read."""

    cells: int = 0
    rows: int = 0
    columns: int = 0
    letters: int = 0
    spans: int = 0

    def take(self, record: int, body: bytes, strings: Strings) -> None:
        """Count a record."""
        if record in _CELLS:
            row, column = struct.unpack_from("<HH", body)
            if record == _RUN:
                column = struct.unpack_from("<H", body, len(body) - 2)[0]
            elif record == _SHARED:
                self.letters += strings.total(struct.unpack_from("<I", body, 6))
            self.cells += 1
            self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        elif record == _MERGED:
            self.spans += struct.unpack_from("<H", body)[0]

    @property
    def extent(self) -> limits.Extent:
        """What it holds."""
        return limits.Extent(max(self.cells, self.rows * self.columns), self.letters, self.spans)


def _measure(book: bytes) -> tuple[int, limits.Extent]:
    """How many sheets are listed, and what they hold together; several may be the same part."""
    listed: list[int] = []
    held: dict[int, _Sheet] = {}
    inside = [_Sheet()]
    texts: list[bytes] = []
    strings = Strings()
    for number, (record, place, body) in enumerate(_records(book)):
        see_bearable(number)
        if record == _STRINGS or (record == _CONTINUE and texts):
            texts.append(body)
            continue
        if texts:
            strings, texts = _read_lengths(texts), []
        if record == _BEGIN:
            inside.append(held.setdefault(place, _Sheet()))
        elif record == _END and len(inside) > 1:
            inside.pop()
        elif record == _SHEET_LIST:
            listed.append(struct.unpack_from("<I", body)[0])
        else:
            inside[-1].take(record, body, strings)
    return len(listed), sum((held[place].extent for place in listed if place in held), limits.Extent())


def _records(book: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Number, place and content of each record."""
    place = 0
    while place + 4 <= len(book):
        record, length = struct.unpack_from("<HH", book, place)
        yield record, place, book[place + 4 : place + 4 + length]
        place += 4 + length


def _read_lengths(bodies: list[bytes]) -> Strings:
    """Letters of each shared text ([MS-XLS] 2.5.293); one may go on in the next record."""
    strings = Strings()
    body, at, following = bodies[0], 8, iter(bodies[1:])
    while True:
        if at + 3 > len(body):
            if (body := next(following, b"")) == b"":
                return strings
            at = 0
            continue
        letters, kind = struct.unpack_from("<HB", body, at)
        at += 3
        beside = 0
        if kind & _RICH:
            beside += 4 * struct.unpack_from("<H", body, at)[0]
            at += 2
        if kind & _FOREIGN:
            beside += struct.unpack_from("<I", body, at)[0]
            at += 4
        strings.lengths.append(letters)
        see_bearable(len(strings.lengths))
        left, width = letters, 2 if kind & _WIDE else 1
        while (here := min(left, max(0, len(body) - at) // width)) < left:
            left -= here
            if (body := next(following, b"")) == b"":
                return strings
            width, at = (2 if body[0] & _WIDE else 1), 1
        at += left * width
        while at + beside > len(body) and beside:
            beside -= max(0, len(body) - at)
            if (body := next(following, b"")) == b"":
                return strings
            at = 0
        at += beside
