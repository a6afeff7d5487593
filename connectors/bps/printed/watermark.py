"""Taking the address out that BPS prints across its pages, ``https://enrekangkab.bps.go.id``.

It comes as letters that are turned, or that climb through a table one or two at a time; a letter
of it inside a label or a figure would make both unreadable. What is not recognised here stays,
and then the table is refused: a letter is never guessed away.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from connectors.bps.printed.layout import Word

Char = dict[str, Any]
"""A character as pdfplumber gives it."""

_ADDRESS = re.compile(r"(?:https?[:/]*)?(?:w{3}\.)?[a-z0-9-]{3,40}\.bps\.go\.id/?")
_LONG_ADDRESS = re.compile(r"https?://[a-z0-9-]{2,40}\.bps\.go\.id/?")
_PIECE = re.compile(r"[a-z:/.]{1,4}")
_ALONG, _ACROSS = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), (0.0, 1.0, -1.0, 0.0, 0.0, 0.0)
"""Matrices of letters that read along the page and of those that read up it."""
_FEW = 0.2
"""Which part of a page's letters the address may at most be."""
_SLANT = 0.02
"""Rise of a line, above which it is turned; scans are not quite straight."""


def drop_watermark(chars: Sequence[Char]) -> list[Char]:
    """Leave out turned letters and letters of a style that is used for the address only.

    A page whose text is turned as a whole keeps it.

    Args:
        chars: Of a page.
    """
    upright = [char for char in chars if not _is_turned(char)]
    if len(upright) < len(chars) / 2:
        return list(chars)
    by_style: dict[tuple[object, ...], list[Char]] = defaultdict(list)
    for char in upright:
        by_style[_style(char)].append(char)
    dropped = {
        style
        for style, members in by_style.items()
        if len(members) < _FEW * len(upright) and _reads_as_address(members)
    }
    return [char for char in upright if _style(char) not in dropped]


def set_upright(chars: Sequence[Char], width: float, height: float) -> list[Char]:
    """Turn a page whose text runs up or down, as wide tables are printed, so that it reads along.

    Args:
        chars: Of the page.
        width: Of the page.
        height: Of the page.
    """
    quarters = [_quarter(char) for char in chars]
    for quarter in (1, -1):
        if quarters.count(quarter) > len(chars) / 2:
            return [
                _turn(char, width, height) if own == quarter else {**char, "matrix": _ACROSS}
                for char, own in zip(chars, quarters, strict=True)
            ]
    return list(chars)


def _quarter(char: Char) -> int:
    """1 when a letter stands on a line that runs up the page, -1 down, 0 otherwise."""
    a, b, *_ = char.get("matrix") or _ALONG
    return 0 if abs(float(a)) > _SLANT * abs(float(b)) else 1 if float(b) > 0 else -1


def _turn(char: Char, width: float, height: float) -> Char:
    x0, x1, top, bottom = (float(char[name]) for name in ("x0", "x1", "top", "bottom"))
    if _quarter(char) > 0:
        place = {"x0": height - bottom, "x1": height - top, "top": x0, "bottom": x1}
    else:
        place = {"x0": top, "x1": bottom, "top": width - x1, "bottom": width - x0}
    return {**char, **place, "doctop": place["top"], "upright": True, "matrix": _ALONG}


def _is_turned(char: Char) -> bool:
    """Whether the line on which a letter stands rises or falls; ``upright`` says it for quarters only."""
    a, b, *_ = char.get("matrix") or _ALONG
    return abs(float(b)) > _SLANT * abs(float(a)) or float(a) < 0


def _style(char: Char) -> tuple[object, ...]:
    return (char.get("fontname"), round(float(char.get("size", 0)), 1), str(char.get("non_stroking_color")))


def _reads_as_address(members: Sequence[Char]) -> bool:
    """Whether all letters of a style, read up, down or along, are nothing but the address."""
    for sign in (1, -1):
        ordered = sorted(members, key=lambda c: (sign * round(float(c["top"])), float(c["x0"])))
        text = "".join(str(char["text"]).strip() for char in ordered).lower()
        if text and not _ADDRESS.sub("", text):
            return True
    return False


def drop_climbing_address(words: Sequence[Word]) -> list[Word]:
    """Leave out short pieces that, read from the bottom of the page to its top, spell the address.

    They are looked for among the words that stand alone, and then along straight lines.

    Args:
        words: Of a page; the address may have the letters' own size and colour.
    """
    pieces = sorted((w for w in words if _PIECE.fullmatch(w.text)), key=lambda w: (-w.middle, w.x0))
    dropped = _spelling([piece for piece in pieces if _stands_alone(piece, words)])
    if not dropped:
        dropped = next(filter(None, map(_spelling, _straight_lines(pieces))), set())
    return [word for word in words if id(word) not in dropped]


def _spelling(pieces: Sequence[Word]) -> set[int]:
    """Those pieces that together are the address."""
    text = "".join(word.text for word in pieces)
    found: set[int] = set()
    for match in _LONG_ADDRESS.finditer(text):
        start = 0
        for word in pieces:
            if match.start() <= start and start + len(word.text) <= match.end():
                found.add(id(word))
            start += len(word.text)
    return found


def _straight_lines(pieces: Sequence[Word]) -> Iterator[list[Word]]:
    """The pieces along each line that leads from an ``h`` up to a ``d``."""
    for first in (word for word in pieces if word.text.startswith("h")):
        for last in (word for word in pieces if word.text.endswith("d")):
            rise = last.middle - first.middle
            if rise > -10 * (first.bottom - first.top):
                continue
            slope = (last.centre - first.centre) / rise
            yield [
                word
                for word in pieces
                if last.middle <= word.middle <= first.middle
                and abs(word.centre - first.centre - slope * (word.middle - first.middle))
                < (first.bottom - first.top) / 2
            ]


def _stands_alone(piece: Word, words: Sequence[Word]) -> bool:
    """Whether no other word of the same line is near: ``dan`` of a label is no piece of the address."""
    height = piece.bottom - piece.top
    return not any(
        abs(word.middle - piece.middle) < height / 2
        and word.x0 - piece.x1 < height
        and piece.x0 - word.x1 < height
        for word in words
        if word is not piece
    )
