"""Where the lines of running text may break within a word.

Typst knows no Indonesian hyphenation, but obeys soft hyphens. It prints every one of them into the text
that a reader copies, so they must not stand in each word: the lines are foreseen here as Typst fills them (a
word after the other, with the widths of the font's letters), and only a word at the end of a line that would
be loose without it gets a place to break. Names, numbers, abbreviations and foreign words in italics stay
whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lxml import etree

from reports.render.pages.kept import NO_BREAK, keep_together
from reports.render.pages.letters import Letters
from reports.render.syllables import SOFT_HYPHEN, split

TEXT_SIZE = 11.5
"""Points, as in ``report.typ``."""
LOOSE = 0.9
"""A line is loose when its spaces must grow by more than so many times their width."""
SURE = 1.5
"""Points by which the first part of a word must fit, not to need another place to break."""
LEAST_LETTERS = 3
"""So many stay on the line, so many go to the next."""
_INDENT = 1.2
"""Of a list and of its text, together, in parts of the size."""

_BLOCKS = frozenset({"section", "div", "ul", "ol", "li", "p", "blockquote"})
_RUNNING = frozenset({"", "origin", "front", "chapter", "appendix", "misi"})
_PIECE = re.compile(rf"[^\s\-/]*[\-/]+(?=[^\W\d_])|[\S{NO_BREAK}]+")
_PLAIN = re.compile(r"([^\w\s]*)([a-z]+)[^\w\s]*")


@dataclass(frozen=True)
class _Piece:
    """What Typst never breaks by itself: letters from ``start`` on, after a space or not."""

    start: int
    text: str
    spaced: bool
    plain: bool


def hyphenate(root: etree._Element, letters: Letters, text_width: float) -> None:
    """Put soft hyphens, and spaces that do not break, into paragraphs and items of lists below an element.

    Args:
        root: Of the report's HTML without its tables and pictures; its text is changed.
        letters: Of the font of the text.
        text_width: Of a page, in points.
    """
    shown = False
    for element, width in _running(root, text_width, letters):
        keep_together(_runs(element))
        if shown:
            _break_lines(element, letters, width)
        else:
            # Both hyphens are one shape in the font; the first one says what readers copy for both.
            shown = "-" in "".join(run for _, _, run, plain in _runs(element) if plain)


def _running(
    element: etree._Element, width: float, letters: Letters
) -> Iterator[tuple[etree._Element, float]]:
    """The paragraphs and items of running text, each with the width of its lines."""
    for number, child in enumerate(element, start=1):
        if child.tag not in _BLOCKS or not set(child.get("class", "").split() or [""]) <= _RUNNING:
            continue
        if child.tag == "p":
            yield child, width
        elif child.tag == "li":
            label = "•" if element.tag == "ul" else f"{number}."
            inner = width - _INDENT * TEXT_SIZE - letters.width(label, TEXT_SIZE)
            if (child.text or "").strip():
                yield child, inner
            yield from _running(child, inner, letters)
        else:
            yield from _running(child, width, letters)


def _break_lines(element: etree._Element, letters: Letters, width: float) -> None:
    runs = list(_runs(element))
    text = "".join(run for _, _, run, _ in runs)
    hyphens = _places(list(_pieces(text, runs)), letters, width)
    if not hyphens:
        return
    start = 0
    for owner, is_tail, run, _ in runs:
        inner = [place - start for place in hyphens if start < place < start + len(run)]
        start += len(run)
        if inner:
            cuts = [0, *inner, len(run)]
            changed = SOFT_HYPHEN.join(run[a:b] for a, b in pairwise(cuts))
            if is_tail:
                owner.tail = changed
            else:
                owner.text = changed


def _runs(element: etree._Element, *, plain: bool = True) -> Iterator[tuple[etree._Element, bool, str, bool]]:
    """The texts of a paragraph in order: whose, whether behind it, the words, whether they may be broken."""
    yield element, False, element.text or "", plain
    for child in element:
        if child.tag in _BLOCKS:
            return  # a list within an item begins
        yield from _runs(child, plain=plain and child.tag not in ("em", "i", "a", "code"))
        yield child, True, child.tail or "", plain


def _pieces(text: str, runs: list[tuple[etree._Element, bool, str, bool]]) -> Iterator[_Piece]:
    kept, start = [], 0
    for _, _, run, plain in runs:
        kept.append((start, start + len(run), plain))
        start += len(run)
    for found in _PIECE.finditer(text):
        first, last = found.span()
        plain = any(a <= first and last <= b and plain for a, b, plain in kept)
        yield _Piece(first, found.group(), first == 0 or text[first - 1].isspace(), plain)


def _places(pieces: list[_Piece], letters: Letters, width: float) -> list[int]:
    """Where in the text the soft hyphens go."""
    space = letters.width(" ", TEXT_SIZE)
    places: list[int] = []
    used, spaces = 0.0, 0
    for piece in pieces:
        own = letters.width(piece.text, TEXT_SIZE)
        before = space if piece.spaced and used else 0.0
        if used + before + own <= width or not used:
            used += before + own
            spaces += before > 0
            continue
        fitting: list[int] = []
        # The last word of a paragraph stays whole: a line of half a word is worse than a loose one.
        if piece.plain and piece is not pieces[-1] and width - used > LOOSE * space * max(spaces, 1):
            fitting = _fitting(piece, letters, width - used - before)
        if fitting:
            places += [piece.start + cut for cut in fitting]
            used = letters.width(piece.text[fitting[-1] :], TEXT_SIZE)
        else:
            used = own
        spaces = 0
    return places


def _fitting(piece: _Piece, letters: Letters, room: float) -> list[int]:
    """After how many letters of a piece it may be broken so that the first part fits; the last is best."""
    found = _PLAIN.fullmatch(piece.text)
    if not found:
        return []
    word, lead = found[2], len(found[1])
    syllables = split(word)
    if word.endswith("an") and len(syllables) > 1:
        # A suffix or a part of the stem: da-gang-an, but de-ngan; only a dictionary could tell.
        syllables[-2:] = ["".join(syllables[-2:])]
    cuts, cut, left = [], 0, 0.0
    for syllable in syllables[:-1]:
        cut += len(syllable)
        if LEAST_LETTERS <= cut <= len(word) - LEAST_LETTERS:
            after = room - letters.width(piece.text[: lead + cut] + "-", TEXT_SIZE)
            if after >= 0:
                cuts.append(lead + cut)
                left = after
    # The one before, too, where kerning may leave a hair's breadth less than foreseen.
    return cuts[-1:] if left > SURE else cuts[-2:]
