"""The worst files that people or enemies may drop; ``python worst_files.py CASE PLACE`` makes one."""

from __future__ import annotations

import io
import struct
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
_NS = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_R = b'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_ODS = (
    b'<?xml version="1.0"?><office:document-content '
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    b'<office:body><office:spreadsheet><table:table table:name="Pasar">%b'
    b"</table:table></office:spreadsheet></office:body></office:document-content>"
)


def packed(parts: dict[str, bytes]) -> bytes:
    """An archive; parts that would swell too much are not compressed, so that they are looked into."""
    file = io.BytesIO()
    small = sum(map(len, parts.values())) < 48 * 2**20
    how = zipfile.ZIP_STORED if small else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(file, "w", how, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def xlsx(rows: bytes, *, strings: bytes = b"", sheets: int = 1, after: bytes = b"") -> bytes:
    """A workbook whose sheets are all the same part."""
    listed = b"".join(b'<sheet name="S%d" sheetId="%d" r:id="rId1"/>' % (n, n + 1) for n in range(sheets))
    file = io.BytesIO()
    Workbook().save(file)
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = b"<workbook %b %b><sheets>%b</sheets></workbook>" % (_NS, _R, listed)
    parts["xl/sharedStrings.xml"] = b"<sst %b>%b</sst>" % (_NS, strings)
    parts[SHEET] = b"<worksheet %b><sheetData>%b</sheetData>%b</worksheet>" % (_NS, rows, after)
    return packed(parts)


def cells(count: int, width: int, cell: bytes) -> bytes:
    """Rows of cells written as Excel does; ``cell`` has a place for column and row."""
    letters = [bytes([65 + n // 26 - 1, 65 + n % 26]) if n > 25 else bytes([65 + n]) for n in range(width)]
    rows = (
        b"<row>" + b"".join(cell % (column, row) for column in letters) + b"</row>"
        for row in range(1, count // width + 1)
    )
    return b"".join(rows)


def ods(rows: bytes) -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": _ODS % rows})


def _record(number: int, body: bytes) -> bytes:
    return struct.pack("<HH", number, len(body)) + body


def _bof(kind: int) -> bytes:
    return _record(0x809, struct.pack("<HHHHII", 0x600, kind, 0x0DBB, 0x07CC, 0, 6))


def _container(stream: bytes) -> bytes:
    """A compound file of 4.096 bytes a sector: header, allocation table, directory, and one stream."""
    sector, free, end, table = 4096, 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
    stream = stream.ljust(-(-len(stream) // sector) * sector, b"\x00")
    sectors = len(stream) // sector
    tables = -(-(sectors + 2 + sectors // 1000) // 1024)
    chain = [table] * tables + [end, *range(tables + 2, tables + 1 + sectors), end]
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H6x", 0x3E, 4, 0xFFFE, 12, 6)
    header += struct.pack("<9I", 1, tables, tables, 0, 4096, end, 0, end, 0)
    header += struct.pack("<109I", *range(tables), *[free] * (109 - tables))
    listed = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * sector, b"\xff")
    entries = _entry("Root Entry", 5, 1, end, 0) + _entry("Workbook", 2, free, tables + 1, len(stream))
    return header.ljust(sector, b"\x00") + listed + entries.ljust(sector, b"\x00") + stream


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\x00\x00"
    free = 0xFFFFFFFF
    entry = text.ljust(64, b"\x00") + struct.pack("<HBB3I", len(text), kind, 1, free, free, child)
    return entry + bytes(36) + struct.pack("<IQ", start, size)


def xls(records: bytes, sheets: int = 1, before: bytes = b"") -> bytes:
    """A workbook of the old Excel whose sheets all begin at the same place."""
    listed = len(_record(0x85, struct.pack("<IBB", 0, 0, 0) + b"\x01\x00S"))
    start = len(_bof(5)) + sheets * listed + len(before) + 4
    names = b"".join(_record(0x85, struct.pack("<IBB", start, 0, 0) + b"\x01\x00S") for _ in range(sheets))
    return _container(
        _bof(5) + names + before + _record(0x0A, b"") + _bof(0x10) + records + _record(0x0A, b"")
    )


def old_number(row: int, column: int) -> bytes:
    return _record(0x203, struct.pack("<3Hd", row, column, 0, 1.5))


def shared_text(length: int, count: int) -> tuple[bytes, bytes]:
    """A text of the old Excel, and so many cells that show it."""
    text = struct.pack("<IIHB", count, 1, length, 0) + b"x" * length
    places = (_record(0xFD, struct.pack("<3HI", n // 200, n % 200, 0, 0)) for n in range(count))
    return _record(0xFC, text), b"".join(places)


def repeated(rows: int, columns: int, text: bytes) -> bytes:
    return (
        b'<table:table-row table:number-rows-repeated="%d"><table:table-cell office:value-type="string" '
        b'table:number-columns-repeated="%d"><text:p>%b</text:p></table:table-cell></table:table-row>'
    ) % (rows, columns, text)


NUMBER = b'<c r="%b%d"><v>123456.5</v></c>'
TEXT = b'<c r="%b%d" t="s"><v>0</v></c>'
SAID = b'<c r="%%b%%d" t="inlineStr"><is><t>%b</t></is></c>' % (b"kata " * 160)
MIB = 2**20

Make = Callable[[], bytes]

HTML: dict[str, Make] = {
    "2 MB of cells": lambda: b"<table><tr>" + b"<td>" * 500_000,
    "18 MB of cells": lambda: b"<table>" + b"<tr><td>a<td>b" * 1_300_000,
    "cells within the tags": lambda: b"<table>" + (b"<tr>" + b"<td>12345" * 10) * 70_000,
    "tables in tables": lambda: b"<table><tr><td>" * 10_000,
    "18 MB of tables in tables": lambda: b"<table><tr><td>" * 1_250_000,
    "small tables": lambda: b"<table></table>" * 700_000,
    "18 MB of tags without a table": lambda: b"<b>" * 6_000_000,
    "headings within the tags": lambda: b"<h1>" * 790_000,
    "comments": lambda: b"<!---->" * 2_800_000,
    "cells that cover many": lambda: b"<table>" + b"<tr><td colspan=200 rowspan=200>a" * 100_000,
    "one tag of 18 MB": lambda: b"<table><tr><td " + b"b=1 " * 4_500_000 + b">a",
}
CSV: dict[str, Make] = {
    "3.000.000 rows": lambda: b"a;b\n" * 3_000_000,
    "20 MB of line breaks": lambda: b"a;b\n" * 3 + b"\n" * 19_000_000,
    "one wide row": lambda: b"a;b\n" * 500_000 + b";" * 500_000,
    "a wide row and many short ones": lambda: b"a;b\n" * 100_000 + b";" * 500_000,
    "old line ends": lambda: b"a;b\r" * 3_000_000,
    "letters beyond the first plane": lambda: "\U0001f600a;b\n".encode() * 2_200_000,
    "cells within the limit": lambda: (b"123456789012345;" * 9 + b"1\n") * 109_000,
}
LONG = b"<si><t>%b</t></si>" % (b"x" * 32_767)
ONE = b'<row><c r="A1"><v>1</v></c></row>'
SPAN = b'<mergeCell ref="A1:B2"/>'
XLSX: dict[str, Make] = {
    "zip bomb": lambda: xlsx(b"0" * (400 * MIB)),
    "zip bomb in many parts": lambda: packed(
        {"xl/workbook.xml": b"", **{f"xl/worksheets/sheet{n}.xml": b"0" * (10 * MIB) for n in range(12)}}
    ),
    "many parts": lambda: packed({f"xl/{n}": b"" for n in range(60_000)}),
    "many sheets of one part": lambda: xlsx(cells(100_000, 10, NUMBER), sheets=150),
    "very many sheets": lambda: xlsx(b"", sheets=60_000),
    "2.000.000 cells": lambda: xlsx(cells(2_000_000, 20, NUMBER)),
    "1.090.000 cells": lambda: xlsx(cells(1_090_000, 20, NUMBER)),
    "90 MB of texts": lambda: xlsx(cells(18_000, 6, SAID)),
    "cells without a place": lambda: xlsx(b"<row>" + b"<c/>" * 10_000_000 + b"</row>"),
    "one cell 4.000.000 times": lambda: xlsx(b'<c r="A1"/>' * 4_000_000),
    "a long shared text": lambda: xlsx(cells(500_000, 20, TEXT), strings=LONG),
    "9.000.000 shared texts": lambda: xlsx(b"", strings=b"<si/>" * 9_000_000),
    "merged cells": lambda: xlsx(ONE, after=b"<mergeCells>" + SPAN * 3_000_000 + b"</mergeCells>"),
    "formulas without a value": lambda: xlsx(cells(1_000_000, 20, b'<c r="%b%d"><f>A1*2</f></c>')),
    "tags without an end": lambda: xlsx(b'<c r="A1" ' * 4_000_000),
    "a tag without an end": lambda: xlsx(b"<c " + b'r="A1" ' * 6_000_000),
    "a list of sheets of 40 MB": lambda: packed({"xl/workbook.xml": b"<sheet/>" * 5_000_000}),
}
FILLED = b"<table:table-row>" + b'<table:table-cell office:value="1"/>' * 20 + b"</table:table-row>"
ODS: dict[str, Make] = {
    "cells repeated": lambda: ods(repeated(1_000_000, 16_000, b"1")),
    "a long text repeated": lambda: ods(repeated(1000, 1000, b"x" * MIB)),
    "2.000.000 rows": lambda: ods(b"<table:table-row/>" * 2_000_000),
    "2.400.000 cells": lambda: ods(FILLED * 120_000),
}
XLSB: dict[str, Make] = {
    "records": lambda: packed({"xl/workbook.bin": b"", "xl/worksheets/sheet1.bin": b"\x25\x00" * 20_000_000}),
}
XLS: dict[str, Make] = {
    "the last cell": lambda: xls(old_number(0, 0) + old_number(65_535, 255)),
    "many sheets of one part": lambda: xls(old_number(0, 0) + old_number(65_535, 15), sheets=190),
    "a long shared text": lambda: xls(shared_text(8000, 300_000)[1], before=shared_text(8000, 300_000)[0]),
    "records": lambda: xls(_record(0x3D, b"") * 4_900_000),
    "40 MB": lambda: xls(b"\x00" * (40 * MIB)),
}
WORST: dict[str, tuple[str, Make]] = {
    f"{kind}: {case}": (f"a.{ending}", make)
    for kind, ending, cases in (
        ("HTML", "xls", HTML), ("CSV", "csv", CSV), ("XLSX", "xlsx", XLSX), ("ODS", "ods", ODS),
        ("XLSB", "xlsb", XLSB), ("XLS", "xls", XLS),
    )
    for case, make in cases.items()
}  # fmt: skip

if __name__ == "__main__":
    Path(sys.argv[2]).write_bytes(WORST[sys.argv[1]][1]())
