"""The comments in a Word file: they are told, never taken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from reports.word.lines import W

_MOST, _LONGEST = 100, 300


@dataclass(frozen=True)
class Comment:
    """Who says what."""

    author: str
    text: str


def read_comments(root: etree._Element | None) -> Iterator[Comment]:
    """The comments in order, at most a hundred.

    Args:
        root: Of ``word/comments.xml``, if there is one.
    """
    for number, comment in enumerate(root.iter(f"{W}comment") if root is not None else ()):
        text = " ".join(" ".join(comment.itertext(f"{W}t")).split())
        if number >= _MOST:
            return
        if text:
            yield Comment(str(comment.get(f"{W}author", "")) or "tanpa nama", text[:_LONGEST])
