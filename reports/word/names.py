"""When a name or a heading in the office's Word file is one of ours, however it is written."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

_NUMBERING = re.compile(r"^\s*(?:\(?(?:\d{1,3}(?:\.\d{1,3})*|[a-zA-Z]|[ivxIVX]{1,5})[.)]|[-–•*])\s+")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_SPELLED_ALIKE, _WORD_ALIKE = 94, 75
"""From these likenesses on, in per cent, two spellings are one name; each word counts by itself too."""
_HEADINGS_ALIKE = 90
_SAME = {
    "capaian": "capaian", "persentasecapaian": "capaian", "capaiankinerja": "capaian",
    "persencapaian": "capaian", "realisasikinerja": "realisasi", "targetkinerja": "target",
    "indikator": "indikator", "indikatorkinerja": "indikator", "indikatorkinerjautama": "indikator",
    "indikatorkinerjautamaiku": "indikator", "indikatorsasaran": "indikator", "iku": "indikator",
    "kategoriinterpretasi": "kategori", "kategoricapaian": "kategori", "sumber": "sumberdata",
    "sasaran": "tujuansasaran", "sasaranstrategis": "tujuansasaran", "tujuan": "tujuansasaran",
}  # fmt: skip
_SAY_NOTHING = frozenset(
    ("tahun", "th", "kinerja", "capaian", "indikator", "utama", "tujuan", "sasaran", "dan")
)
"""Words above a heading that do not change what stands below it."""


@lru_cache(maxsize=20_000)
def letters(text: str) -> str:
    """Letters and digits alone, without the numbering before them."""
    return re.sub(r"[\W_]", "", _NUMBERING.sub("", text)).casefold()


@lru_cache(maxsize=20_000)
def same_name(theirs: str, ours: str) -> bool:
    """Whether two texts are one name: the same letters, or the same words with a few letters wrong.

    Other digits or another word make another name, however alike the rest is.
    """
    one, other = letters(theirs), letters(ours)
    if one == other:
        return bool(one)
    if abs(len(one) - len(other)) > 6 or re.sub(r"\D", "", one) != re.sub(r"\D", "", other):
        return False
    words = re.findall(r"\w+", _NUMBERING.sub("", theirs).casefold()), re.findall(r"\w+", ours.casefold())
    return (
        len(words[0]) == len(words[1]) >= 3
        and all(_one_word(*pair) for pair in zip(*words, strict=True))
        and fuzz.ratio(one, other) >= _SPELLED_ALIKE
    )


def _one_word(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) > 3 and fuzz.ratio(one, other) >= _WORD_ALIKE)


@lru_cache(maxsize=20_000)
def years_in(text: str) -> frozenset[str]:
    """The years that a text names."""
    return frozenset(_YEAR.findall(text))


@lru_cache(maxsize=20_000)
def heading_likeness(theirs: tuple[str, ...], ours: tuple[str, ...], year: str) -> int:
    """How far a column of the office's is one of ours, by the headings above each other; 0 where it is not.

    Args:
        theirs: Headings of its column from above.
        ours: Of ours.
        year: The reporting year, which goes without saying.
    """
    if not theirs or not ours:
        return 0
    spoken = years_in(" ".join(theirs)), years_in(" ".join(ours))
    if spoken[0] and spoken[0] != (spoken[1] or {year}):
        return 0
    ends = _subject(theirs[-1]), _subject(ours[-1])
    likeness = 100 if ends[0] == ends[1] else int(fuzz.ratio(*ends))
    if likeness < _HEADINGS_ALIKE or not all(ends):
        return 0
    above = _above(theirs), _above(ours)
    if above[0] != above[1] and not (above[0] <= _SAY_NOTHING and above[1] <= _SAY_NOTHING):
        return 0
    exact = theirs[-1].casefold().split() == ours[-1].casefold().split()
    return likeness + (2 if exact else 0) + (4 if spoken[0] == spoken[1] else 0)


def _subject(heading: str) -> str:
    bare = re.sub(r"[\W_\d]", "", _YEAR.sub("", heading)).casefold()
    bare = bare.removeprefix("tahun").removesuffix("tahun").removesuffix("rp")
    return _SAME.get(bare, bare)


def _above(headings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d]+", " ".join(headings[:-1]).casefold()))
