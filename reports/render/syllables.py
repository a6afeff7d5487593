"""Where a long Indonesian word may be broken in a narrow column of a table.

Typst has no hyphenation for Indonesian, and a word wider than its column would be printed over the
next one. Indonesian spelling breaks words simply: between vowel and consonant-vowel (ki-ner-ja),
between two consonants (per-da-gang-an), never inside ng, ny, sy, kh.
"""

from __future__ import annotations

import re
from functools import lru_cache

SOFT_HYPHEN = "\u00ad"
BREAK = "\u200b"
SHORTEST = 5

_UNITS = re.compile(r"ng|ny|sy|kh|tr|pr|kr|gr|dr|br|.", re.IGNORECASE)
_NUMBER = re.compile(r"[\d.,%()\-]+")
_VOWELS = frozenset("aeiou")


def width(word: str, size: float) -> float:
    """Width of a word at a font size, a little generous."""
    return sum(map(_letter_width, word)) * size


@lru_cache(maxsize=8192)
def fit(word: str, room: float, size: float) -> str:
    """The word with as few places to break as it needs in ``room``; otherwise the word itself.

    A number is never broken; a hash or an address may be, after every four letters.
    """
    if width(word, size) <= room or _NUMBER.fullmatch(word):
        return word
    if any(c.isdigit() for c in word) and any(c.isalpha() for c in word):
        return BREAK.join(word[start : start + 4] for start in range(0, len(word), 4))
    broken = re.sub(r"[^\W\d_]+", lambda m: SOFT_HYPHEN.join(_parts(m.group(), room, size)), word)
    return re.sub(r"([/._])", rf"\1{BREAK}", broken)


def _parts(letters: str, room: float, size: float) -> list[str]:
    """The syllables of a word, joined as long as they fit together."""
    parts = [""]
    for syllable in split(letters):
        if parts[-1] and width(f"{parts[-1]}{syllable}-", size) > room:
            parts.append("")
        parts[-1] += syllable
    return parts


def split(letters: str) -> list[str]:
    """The syllables of a word; short words stay whole."""
    if len(letters) < SHORTEST:
        return [letters]
    units = _UNITS.findall(letters)
    parts: list[str] = []
    part = ""
    for position, unit in enumerate(units):
        part += unit
        after = [_is_vowel(u) for u in units[position + 1 : position + 3]]
        before_syllable = after == [False, True]  # a consonant and a vowel begin the next one
        ended = _is_vowel(unit) or any(_is_vowel(letter) for letter in part)
        if before_syllable and ended and len(part) > 1:
            parts.append(part)
            part = ""
    if len(part) == 1 and parts:
        parts[-1] += part
    elif part:
        parts.append(part)
    return parts


def _is_vowel(unit: str) -> bool:
    return unit.lower() in _VOWELS


def _letter_width(letter: str) -> float:
    if letter.isupper():
        return 0.70
    if letter in "mw":
        return 0.78
    return 0.34 if letter in "iljtfr.,:;'%-/()" else 0.52
