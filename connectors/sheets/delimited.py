"""CSV of whatever separator and encoding: Indonesian Excel writes semicolons, web sites write commas."""

from __future__ import annotations

import csv
import io
from collections import Counter

from connectors.sheets.limits import MAX_CELLS, TEXT_TODO, too_many, too_wide
from core.errors import SourceError

DELIMITERS = ("\t", ";", "|", ",")
"""In the order in which they are believed where several fit: commas stand inside numbers too."""
_SAMPLE, _SAMPLE_LINES = 1_000_000, 400
_TODO = "buka di Excel, simpan sebagai .xlsx, lalu taruh lagi."


def read_delimited(content: bytes, name: str) -> list[list[str]]:
    """The rows of a CSV file.

    Args:
        content: UTF-8 (with a mark or without), UTF-16, or what Windows calls ANSI.
        name: Of the file, for messages.

    Raises:
        SourceError: It is no text, has no separator, or too many fields.
    """
    text = _decode(content, name)
    first, _, rest = text.partition("\n")
    first = first.strip("\r\n ")
    if first.lower().startswith("sep=") and len(first) == 5:
        delimiter, text = first[4], rest
    else:
        delimiter = _find_delimiter(text, name)
    fields = text.count(delimiter) + max(text.count("\n"), text.count("\r"))
    if fields > MAX_CELLS:
        raise too_many(name, fields, MAX_CELLS, "isian", TEXT_TODO)
    rows: list[list[str]] = []
    widest = 1
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append([field.strip() for field in row])
            widest = max(widest, len(row))
            if len(rows) * widest > MAX_CELLS:
                raise too_wide(name, len(rows) * widest)
    except csv.Error as cause:
        raise SourceError(f"Berkas {name!r} tidak terbaca sebagai CSV ({cause}).", todo=_TODO) from None
    return rows


def _decode(content: bytes, name: str) -> str:
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return content.decode("utf-16")
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", "replace")
    if _is_binary(text):
        raise SourceError(
            f"Berkas {name!r} bukan Excel, ODS, atau CSV.",
            todo="taruh lembarnya sebagai .xlsx, .xls, .ods, atau .csv.",
        )
    return text


def _is_binary(text: str) -> bool:
    start = text[:4096]
    return any(ord(sign) < 32 and sign not in "\t\r\n\x0b\x0c" for sign in start)


def _find_delimiter(text: str, name: str) -> str:
    """The separator that most lines have the same number of times."""
    lines = [_without_quoted(line) for line in text[:_SAMPLE].splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, score = "", 1
    for delimiter in DELIMITERS:
        counts = Counter(line.count(delimiter) for line in lines if delimiter in line)
        agreeing = max(counts.values(), default=0)
        if agreeing > score:
            best, score = delimiter, agreeing
    if not best:
        raise SourceError(f"Berkas {name!r} bukan tabel: tidak ada pemisah kolomnya.", todo=_TODO)
    return best


def _without_quoted(line: str) -> str:
    """The line without what stands in quotes, where separators are text."""
    return "".join(line.split('"')[::2])
