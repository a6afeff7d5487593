"""Two texts word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "gone", "new"]
_LEAST_ALIKE = 0.4
"""Sentences that share less than that are two sentences, and not one that changed."""
_WORDS = re.compile(r"\S+\s*")


@dataclass(frozen=True)
class Piece:
    """Words that both texts have, or only the older (gone) or the newer one (new)."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class ChangedPassage:
    """Sentences of one place that differ.

    Attributes:
        place: Its name in the book; ``buku.`` and the name of a chapter for its own words.
        words: What stands there, in Indonesian.
    """

    place: str
    words: str
    sentences: tuple[tuple[Piece, ...], ...]


def compare_words(before: str, after: str) -> tuple[Piece, ...]:
    """The words of both texts in one line, whole words at a time: a figure is never cut apart."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    bare = [word.strip() for word in old], [word.strip() for word in new]
    found: list[Piece] = []
    for step, i1, i2, j1, j2 in SequenceMatcher(None, *bare, autojunk=False).get_opcodes():
        if step == "equal":
            found.append(Piece("same", "".join(new[j1:j2])))
            continue
        if i1 < i2:
            found.append(Piece("gone", "".join(old[i1:i2])))
        if j1 < j2:
            found.append(Piece("new", "".join(new[j1:j2])))
    return tuple(found)


def compare_sentences(before: Sequence[str], after: Sequence[str]) -> tuple[tuple[Piece, ...], ...]:
    """The sentences that differ, in the order of the newer text; one that changed is told word by word."""
    return tuple(_differing(before, after))


def _differing(before: Sequence[str], after: Sequence[str]) -> Iterator[tuple[Piece, ...]]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for step, i1, i2, j1, j2 in matcher.get_opcodes():
        if step == "equal":
            continue
        left = list(before[i1:i2])
        for sentence in after[j1:j2]:
            nearest = max(left, key=lambda other, now=sentence: _likeness(other, now), default=None)  # type: ignore[misc]
            if nearest is None or _likeness(nearest, sentence) < _LEAST_ALIKE:
                yield (Piece("new", sentence),)
                continue
            left.remove(nearest)
            yield compare_words(nearest, sentence)
        for sentence in left:
            yield (Piece("gone", sentence),)


def _likeness(one: str, other: str) -> float:
    """How alike two sentences are, from 0 to 1; no figure of a report."""
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()
