"""Marks of what may be changed in Word, put into the HTML of the book and taken out for all but Word.

A passage ends with its mark, which holds its tag; around what the data say in it stand the expression that
made it and an end. The marks are letters that no text may hold, so the HTML without them is what it would be
had there been none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it.token import Token

from office.book.language import FIGURE, PASSAGE, PLACE
from office.book.passages import Passage
from reports.book.drafts import BLOCKS, Draft

LONGEST_TAG = 64
"""Letters of a tag that Word takes."""
_PLACE = re.compile(f"{PLACE[0]}(\\d+){PLACE[1]}")
_MARKS = re.compile(
    f"{PASSAGE[0]}[^{PASSAGE[1]}]*{PASSAGE[1]}|{FIGURE[0]}[^{FIGURE[1]}]*{FIGURE[1]}|{FIGURE[2]}"
)
_LETTERED = re.compile(f"{PASSAGE[0]}(alinea:[^{PASSAGE[1]}]*):huruf{PASSAGE[1]}")
_PARAGRAPH = re.compile(r"<(?:p|li)>")
_INLINE = frozenset({"text", "softbreak", "hardbreak", "strong_open", "strong_close", "em_open", "em_close"})
_LISTS = frozenset({"bullet_list_open", "ordered_list_open", "list_item_open"})


def without_marks(html: str) -> str:
    """The HTML for all that is not Word."""
    return _MARKS.sub("", html)


def passage_tag(chapter: str, passage: Passage) -> str:
    """The name of a passage: its chapter, its lines, and what tells its text."""
    return f"alinea:{chapter[:24]}:{passage.first}-{passage.last}:{passage.mark}"


def note_mark(column: str, subject: str) -> str:
    """The mark of a cell that holds the office's words on something; empty where Word takes no such name."""
    tag = f"catatan:{column}:{subject}"
    return f"{PASSAGE[0]}{tag}{PASSAGE[1]}" if len(tag) <= LONGEST_TAG else ""


def mark_passages(tokens: Sequence[Token], first: int, draft: Draft) -> None:
    """Put marks into those paragraphs of a chapter that are just one passage of its source.

    Args:
        tokens: Of Markdown.
        first: The line of the draft, from 0, at which its text began.
        draft: The chapter.
    """
    around: list[str] = []
    for token, following in pairwise(tokens):
        if token.type == "paragraph_open" and token.map and set(around) <= _LISTS:
            begins, ends = token.map
            passage = draft.passages.get(first + begins)
            if passage is not None and ends - begins == passage.last - passage.first + 1:
                is_item = bool(around) or passage.lettered
                if is_item == bool(passage.prefix):
                    _mark(following, passage, draft)
        if token.nesting > 0:
            around.append(token.type)
        elif token.nesting < 0:
            around.pop()


def _mark(inline: Token, passage: Passage, draft: Draft) -> None:
    children = inline.children or []
    places = [int(number) for number in _PLACE.findall(inline.content)]
    shown = "".join(child.content for child in children)
    if (
        len(places) != len(passage.expressions)
        or [int(number) for number in _PLACE.findall(shown)] != places
        or not _PLACE.sub("", shown).strip()
        or any(child.type not in _INLINE for child in children)
        or any(draft.pieces[place].kind in BLOCKS for place in places)
    ):
        return
    expressions = dict(zip(places, passage.expressions, strict=True))
    for child in children:
        child.content = _PLACE.sub(
            lambda found: f"{FIGURE[0]}{expressions[int(found[1])]}{FIGURE[1]}{found.group()}{FIGURE[2]}",
            child.content,
        )
    end = Token("text", "", 0)
    tag = passage_tag(draft.name, passage)
    end.content = f"{PASSAGE[0]}{tag}{':huruf' if passage.lettered else ''}{PASSAGE[1]}"
    inline.children = [*children, end]


def without_loose_marks(html: str) -> str:
    """The HTML without the marks of paragraphs that look like items and are none, for want of neighbours."""
    if not _LETTERED.search(html):
        return html

    def decide(found: re.Match[str]) -> str:
        opened = [tag.group() for tag in _PARAGRAPH.finditer(html, 0, found.start())]
        return f"{PASSAGE[0]}{found[1]}{PASSAGE[1]}" if opened[-1:] == ["<li>"] else ""

    return _LETTERED.sub(decide, html)
