"""Captions of printed tables: where one begins above its table, and what of it is only its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from connectors.bps import labels

MAX_LINES = 10
"""How many lines a caption may have, its English half included."""

_INDONESIAN = re.compile(r"(?:sambungan|lanjutan)?\s*\(?(?:tabel|lampiran)\b", re.IGNORECASE)
_MARKER = re.compile(
    r"(?:\(?(?:sambungan|lanjutan|continued|cont'd)\)?[\s:/.-]*)?"
    r"(?:(?:tabel|lampiran|table|appendix)\b[\s.:/]*)+",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"\b(?:sambungan|lanjutan|continued|cont'd)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?!(?:19|20)\d\d\b)(\d{1,3}(?:[.-]\d{1,3})*[a-z]?|[IVX]{1,5}(?:\.\d{1,3})*)[.:]?(?=\s|$)"
)
_NOTES = re.compile(
    r"(?:catatan|keterangan|sumber|notes?|sources?|ilustrasi)\b\s*[/:.\w\s]*?[:.]|\*{1,2}\s*\)?\s*[:=]?\s*[A-Za-z]"
    r"|(?:x{1,2}|r|e)\s*\)?\s*[:=]?\s*(?:angka|data)\b|(?:catatan|keterangan|sumber)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Caption:
    """What stands over a table.

    Attributes:
        text: Without the words ``Tabel``, ``Lampiran`` and the number.
        number: ``4.1``; empty if none.
        continues: Whether it says that the table continues another.
    """

    text: str
    number: str
    continues: bool


def starts_caption(line: str) -> bool:
    """Whether a line begins with ``Tabel``, ``Lampiran`` or the like."""
    return bool(_MARKER.match(line))


def starts_notes(line: str) -> bool:
    """Whether a line is a note below a table: ``Catatan: …``, ``Sumber: …``, ``* Angka sementara``."""
    return bool(_NOTES.match(line.strip()))


def cut_caption(lines: Sequence[str]) -> Caption:
    """Take the caption out of the lines above a table.

    It begins at the last line that starts with ``Tabel`` or ``Lampiran`` (``Table`` where a book has
    only that); without such a line at the first one that speaks of PDRB.

    Args:
        lines: From above, in order.
    """
    kept = list(lines[-MAX_LINES:])
    indonesian = [index for index, line in enumerate(kept) if _INDONESIAN.match(line)]
    marked = [index for index, line in enumerate(kept) if _MARKER.match(line)]
    about = [index for index, line in enumerate(kept) if labels.is_pdrb(line)]
    start = indonesian[-1] if indonesian else marked[0] if marked else about[0] if about else 0
    # A number that stands beside a caption of several lines may stand beside its second one.
    if start and marked and about and about[0] == start - 1 and not _speaks_of_pdrb(kept[start:]):
        start -= 1
    number = ""
    texts: list[str] = []
    for line in kept[start:]:
        rest = _MARKER.sub("", line, count=1) if _MARKER.match(line) else line
        stripped = re.sub(
            r"^\(?(?:sambungan|lanjutan|continued|cont'd)\)?[\s:/.-]*", "", rest, flags=re.IGNORECASE
        )
        match = _NUMBER.match(stripped)
        if match and (rest is not line or stripped.strip() == match[0] or not texts or not number):
            number = number or match[1]
            stripped = stripped[match.end() :]
        stripped = _MARKER.sub("", stripped, count=1) if _MARKER.match(stripped) else stripped
        again = _NUMBER.match(stripped.strip())
        if again and again[1] == number:
            stripped = stripped.strip()[again.end() :]
        texts.append(stripped.strip(" .:/-"))
    text = " ".join(text for text in texts if text)
    return Caption(" ".join(text.split()), number, any(_CONTINUES.search(line) for line in kept[start:]))


def _speaks_of_pdrb(lines: Sequence[str]) -> bool:
    return any(labels.is_pdrb(line) for line in lines)
