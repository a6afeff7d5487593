"""Captions of printed tables: where one begins above its table, and what of it is only its number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from connectors.bps import labels

MAX_LINES = 10
"""How many lines a caption may have, its English half included."""

_WORDS = r"(?:sambungan|lanjutan|continued|cont'd|tabel|lampiran|table|appendix)"
_MARKER = re.compile(rf"\(?{_WORDS}\b\)?", re.IGNORECASE)
_INDONESIAN = re.compile(r"\(?(?:(?:sambungan|lanjutan)\)?\s*)?(?:tabel|lampiran)\b", re.IGNORECASE)
_CONTINUES = re.compile(r"\b(?:sambungan|lanjutan|continued|cont'd)\b", re.IGNORECASE)
_NUMBER = re.compile(
    r"(?!(?:19|20)\d\d\b)(\d{1,3}(?:[.-]\d{1,3})*[a-z]?|[IVX]{1,5}(?:\.\d{1,3})*)(?=[.:/\s]|$)"
)
_STUB = re.compile(
    r"(?:(?:lapangan\s+usaha|industr(?:y|ial\s+origin)|kategori|category|uraian|tahun|years?)[\s/()]*)+",
    re.IGNORECASE,
)
_DASHES = dict.fromkeys(map(ord, "─—‒―"), "–")
_SEPARATORS = " .:/()-"
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
    has_marker = bool(_MARKER.match(kept[start])) if kept else False
    number, texts = "", list[str]()
    for line in kept[start:]:
        found, text = _strip_number(line, number, awaited=has_marker and not number)
        number = number or found
        texts.append(text)
    if texts and _STUB.fullmatch(texts[-1]) and _STUB.search(" ".join(texts[:-1])):
        texts.pop()  # The upper line of the head over the labels.
    text = " ".join(" ".join(texts).translate(_DASHES).split())
    return Caption(text, number, any(_CONTINUES.search(line) for line in kept[start:]))


def _strip_number(line: str, known: str, *, awaited: bool) -> tuple[str, str]:
    """Take ``Lanjutan Tabel 4.1`` from the start of a line, or a number that stands there.

    Args:
        line: Of the caption.
        known: The number of the table, if an earlier line has it.
        awaited: Whether the caption began with ``Tabel`` and has no number yet.

    Returns:
        The number that was found, and the rest of the line.
    """
    number, rest = known, line.strip()
    while rest:
        found = _MARKER.match(rest)
        if not found:
            found = _NUMBER.match(rest)
            alone = found and not rest[found.end() :].strip()
            if not found or not (found[1] == number or (not number and (awaited or alone))):
                break
            number = found[1]
        else:
            awaited = True
        rest = rest[found.end() :].lstrip(_SEPARATORS)
    return number, rest.strip()


def _speaks_of_pdrb(lines: Sequence[str]) -> bool:
    return any(labels.is_pdrb(line) for line in lines)
