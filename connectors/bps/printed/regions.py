"""Whether a printed table is about the office's region: a book of a neighbour looks just alike."""

from __future__ import annotations

import re

_KINDS = {"kabupaten": "kabupaten", "kab": "kabupaten", "kota": "kota", "provinsi": "provinsi"}
_SUBJECT = re.compile(
    r"\b(?:produk domestik regional bruto|pdrb|berlaku|konstan(?: (?:19|20)\d\d)?|lapangan usaha)(?![\w])",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"\b(?:kabupaten|kab\.?|kota|provinsi|prov\.?|regency|municipality|province)\b|\bdi\s+[A-Z]",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"\s*(?:[^\w\s]|\d|seri\b|atas\b|adh[bk]\b|menurut\b|harga\b|dasar\b|tahun\b|lapangan\b|berlaku\b|konstan\b"
    r"|di\b|per\b|triwulanan?\b|dan\b|with\b|regional\b|industr|dengan\b|tanpa\b|non\b|gross\b|by\b|at\b|of\b|$)",
    re.IGNORECASE,
)


def fits_region(caption: str, title: str, region: str) -> bool:
    """Whether a table is about ``region``.

    Its caption decides where it names a region, with or without ``Kabupaten`` before the name; where
    it names none, the title of the whole file must name the region.

    Args:
        caption: Of the table.
        title: Of the file: the text of its first pages or sheets.
        region: ``Kabupaten Sumenep``.
    """
    if _names(caption, region):
        return True
    return not names_some_region(caption) and _names(title, region)


def names_some_region(caption: str) -> bool:
    """Whether a caption names any region: ``PDRB Enrekang Atas Dasar …``, ``… di Kota Batu``."""
    if _ELSEWHERE.search(caption):
        return True
    return any(not _NO_NAME.match(caption[match.end() :]) for match in _SUBJECT.finditer(caption))


def _names(text: str, region: str) -> bool:
    """Whether ``text`` names the region and does not call it by another kind (kota for kabupaten)."""
    words, name = _words(text), _words(region)
    kind = _KINDS.get(name[0], "") if name else ""
    name = name[1:] if kind else name
    if not name:
        return False
    found = False
    for start in range(len(words) - len(name) + 1):
        if words[start : start + len(name)] != name:
            continue
        before = _KINDS.get(words[start - 1], "") if start else ""
        if before and kind and before != kind:
            return False
        found = True
    return found


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())
