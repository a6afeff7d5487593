"""A PDF with its many small objects packed into compressed streams: it looks the same and weighs a third.

A tagged PDF says of every cell what it is, each in an object of its own, and Typst writes them as plain
text. PDF 1.5 and PDF/A-2 and later let them stand in object streams.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref\s+(\d+)\s+%%EOF\s*$", re.DOTALL)
_OBJECT = re.compile(rb"(\d+) 0 obj\s*(.*?)\s*endobj\s*$", re.DOTALL)
_SIZE = re.compile(rb"/Size \d+")
_ENTRY = 20
"""Bytes of a line of a classic table of objects."""
_TOGETHER = 200
"""Objects in a stream; who shows a page unpacks whole streams."""


@dataclass(frozen=True)
class _Parts:
    """What a PDF consists of: its beginning, its objects by number, and what its trailer names."""

    head: bytes
    objects: Mapping[int, bytes]
    size: int
    trailer: bytes


def pack_objects(pdf: bytes) -> bytes:
    """The same PDF with every object that is no stream in a compressed one.

    Args:
        pdf: As Typst writes it; one with another table of objects than the classic one stays as it is.
    """
    parts = _read(pdf)
    if parts is None:
        return pdf
    plain = {number: body for number, body in parts.objects.items() if not body.endswith(b"endstream")}
    made, places, size = bytearray(parts.head), {}, parts.size
    for number, body in parts.objects.items():
        if number not in plain:
            places[number] = (1, len(made), 0)
            made += b"%d 0 obj\n%b\nendobj\n\n" % (number, body)
    for numbers in _by(_TOGETHER, list(plain)):
        places[size] = (1, len(made), 0)
        places |= {number: (2, size, place) for place, number in enumerate(numbers)}
        made += _stream(size, *_object_stream([(number, plain[number]) for number in numbers]))
        size += 1
    start = len(made)
    places[size] = (1, start, 0)
    size += 1
    table = b"".join(_written(places.get(number, (0, 0, 0xFFFF))) for number in range(size))
    about = b"/Type /XRef /Size %d /W [1 4 2]%b" % (size, _SIZE.sub(b"", parts.trailer))
    made += _stream(size - 1, about, table)
    return bytes(made) + b"startxref\n%d\n%%%%EOF\n" % start


def _read(pdf: bytes) -> _Parts | None:
    """The parts of a PDF with one classic table of objects; None for any other."""
    end = _TRAILER.search(pdf, max(pdf.rfind(b"trailer"), 0))
    table = _TABLE.match(pdf, int(end[2])) if end else None
    if end is None or table is None:
        return None
    size = int(table[1])
    lines = [pdf[table.end() + _ENTRY * place :][:_ENTRY] for place in range(size)]
    offsets = sorted(int(line[:10]) for line in lines if line[17:18] == b"n")
    objects = {}
    for offset, after in zip(offsets, [*offsets[1:], int(end[2])], strict=True):
        found = _OBJECT.match(pdf[offset:after])
        if found is None:
            return None
        objects[int(found[1])] = found[2]
    return _Parts(pdf[: offsets[0]], objects, size, end[1])


def _by(count: int, numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for place in range(0, len(numbers), count):
        yield numbers[place : place + count]


def _object_stream(objects: Sequence[tuple[int, bytes]]) -> tuple[bytes, bytes]:
    """What its dictionary says, and its content: where each object begins, then the objects."""
    begins, content = [], bytearray()
    for number, body in objects:
        begins.append(b"%d %d" % (number, len(content)))
        content += body + b"\n"
    first = b" ".join(begins) + b"\n"
    return b"/Type /ObjStm /N %d /First %d" % (len(objects), len(first)), first + bytes(content)


def _stream(number: int, about: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content, 9)
    head = b"<< %b /Filter /FlateDecode /Length %d >>" % (about.strip(), len(packed))
    return b"%d 0 obj\n%b\nstream\n%b\nendstream\nendobj\n\n" % (number, head, packed)


def _written(place: tuple[int, int, int]) -> bytes:
    kind, where, index = place
    return bytes([kind]) + where.to_bytes(4, "big") + index.to_bytes(2, "big")
