"""The smallest workbook of the old Excel ([MS-CFB], [MS-XLS]): one sheet of texts and numbers."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def old_workbook(sheet: str, rows: list[list[str | float]], merged: tuple[int, int, int, int]) -> bytes:
    """A workbook with one visible sheet and one merged range."""
    name = struct.pack("<BB", len(sheet), 0) + sheet.encode("latin-1")
    cells = b"".join(
        _cell(row, column, value) for row, values in enumerate(rows) for column, value in enumerate(values)
    )
    top, left, bottom, right = merged
    spans = _record(0xE5, struct.pack("<5H", 1, top, bottom, left, right))
    start = len(_bof(5)) + 4 + 6 + len(name) + 4
    book = _bof(5) + _record(0x85, struct.pack("<IBB", start, 0, 0) + name) + _record(0x0A, b"")
    return _container(book + _bof(0x10) + cells + spans + _record(0x0A, b""))


def _record(number: int, body: bytes) -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def _bof(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<3H", row, column, 0)
    if isinstance(value, str):
        return _record(0x204, place + struct.pack("<HB", len(value), 0) + value.encode("latin-1"))
    return _record(0x203, place + struct.pack("<d", value))


def _container(stream: bytes) -> bytes:
    """A compound file: header, allocation table, directory, and the one stream."""
    stream = stream.ljust(max(4096, -(-len(stream) // _SECTOR) * _SECTOR), b"\x00")
    sectors = len(stream) // _SECTOR
    chain = [_FAT, _END, *range(3, 2 + sectors), _END]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", 0, *[_FREE] * 108)
    entries = _entry("Root Entry", 5, 1, _END, 0) + _entry("Workbook", 2, _FREE, 2, len(stream))
    return header + table + entries.ljust(_SECTOR, b"\x00") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00"
    entry = text.ljust(64, b"\x00") + struct.pack("<HBB3I", len(text), kind, 1, _FREE, _FREE, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)
