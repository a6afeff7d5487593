"""A draft made into HTML: Markdown read, places filled, what has nothing to show left out, parts numbered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup, escape

from office.book.language import END, PLACE, WIDE
from reports.book.drafts import BLOCKS, Draft, Piece
from reports.book.editable import mark_passages, without_loose_marks, without_marks
from reports.render.environment import lettered, reader

Fill = Callable[[Piece], Markup | None]
"""Gives the HTML of a piece; None where there is nothing to show."""

_PLACE = re.compile(f"{PLACE[0]}(\\d+){PLACE[1]}")
_ALONE = re.compile(rf"<p>((?:\s*{PLACE[0]}\d+{PLACE[1]})+)\s*</p>\n?")
_LEADS_IN = re.compile(r":\s*(?:</[^>]+>\s*)*\Z")
_UNNUMBERED = re.compile(r"\s*\{-\}\s*\Z")
_DEEPEST = 3


@dataclass
class _Part:
    """A piece of a chapter between two blank lines: a heading, or something below it."""

    html: str
    level: int = 0
    numbered: bool = True
    leads_in: bool = False
    blocks: bool = False
    wide: bool = False


def fill_chapter(draft: Draft, fill: Fill) -> Markup:
    """The HTML below a chapter's title.

    What has nothing to show is left out: a table without data, the paragraph above it that ends with a
    colon, a paragraph that points to a table which the book does not show, and a heading with nothing
    below it. Headings of the second level bear letters, of the third numbers; ``{-}`` behind one keeps
    it without. What may be changed in Word bears the marks of :mod:`reports.book.editable`.

    Args:
        draft: The chapter.
        fill: Gives the HTML of each piece.
    """
    parts = list(_without_empty(list(_parts(draft, fill))))
    html = lettered("".join(_numbered(_without_bare_headings(parts))))
    return Markup(without_loose_marks(html))  # noqa: S704 - filled below


def fill_line(text: str, draft: Draft, fill: Fill) -> Markup:
    """The HTML of one line of Markdown, such as a title."""
    return Markup(_filled(reader().renderInline(text), draft, fill) or "")  # noqa: S704 - as above


def _parts(draft: Draft, fill: Fill) -> Iterator[_Part]:
    markdown = reader()
    for line, text, wide in _stretches(draft.text):
        tokens = markdown.parse(text)
        mark_passages(tokens, line, draft)
        for group in _groups(tokens):
            html = markdown.renderer.render(group, markdown.options, {})
            if group[0].type == "heading_open":
                yield _heading(group, markdown, draft, fill)
            elif alone := _ALONE.fullmatch(html):
                yield from _blocks(alone[1], draft, fill, wide=wide)
            else:
                filled = _filled(html, draft, fill)
                yield _Part(filled or "", leads_in=bool(_LEADS_IN.search(without_marks(html))), wide=wide)


def _stretches(text: str) -> Iterator[tuple[int, str, bool]]:
    """The text cut where a part on landscape pages opens and ends, each with its first line, from 0."""
    lines: list[str] = []
    wide, first = False, 0
    for number, line in enumerate(text.splitlines()):
        if WIDE.match(line) or END.match(line):
            yield first, "\n".join(lines), wide
            lines, wide, first = [], bool(WIDE.match(line)), number + 1
        else:
            lines.append(line)
    yield first, "\n".join(lines), wide


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The tokens of one outermost block after another."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []


def _heading(group: Sequence[Token], markdown: MarkdownIt, draft: Draft, fill: Fill) -> _Part:
    level = min(int(group[0].tag[1]), _DEEPEST)
    words = group[1].content
    text = _UNNUMBERED.sub("", words)
    return _Part(
        _filled(markdown.renderInline(text), draft, fill) or "", level, not _UNNUMBERED.search(words)
    )


def _blocks(places: str, draft: Draft, fill: Fill, *, wide: bool) -> Iterator[_Part]:
    for found in _PLACE.finditer(places):
        piece = draft.pieces[int(found[1])]
        html = _html_of(piece, fill)
        if piece.kind in BLOCKS:
            yield _Part(html or "", blocks=True, wide=wide)
        else:
            yield _Part(f"<p>{html}</p>\n" if html else "", wide=wide)


def _filled(html: str, draft: Draft, fill: Fill) -> str | None:
    """The HTML with its places filled; None where one of them has nothing to show."""
    missing = False

    def put_in(found: re.Match[str]) -> str:
        nonlocal missing
        piece = draft.pieces[int(found[1])]
        filled = _html_of(piece, fill)
        missing = missing or filled is None
        if filled is not None and piece.kind in BLOCKS:
            return f"</p>{filled}<p>"
        return str(filled or "")

    made = _PLACE.sub(put_in, html)
    return None if missing else made.replace("<p></p>", "")


def _html_of(piece: Piece, fill: Fill) -> Markup | None:
    return escape(piece.name) if piece.kind == "words" else fill(piece)


def _without_empty(parts: Sequence[_Part]) -> Iterator[_Part]:
    """The parts that show something; with a block that does not, the words that lead to it go as well."""
    for place, part in enumerate(parts):
        following = parts[place + 1] if place + 1 < len(parts) else None
        if part.leads_in and following is not None and following.blocks and not following.html:
            continue
        if part.html:
            yield part


def _without_bare_headings(parts: Sequence[_Part]) -> list[_Part]:
    """The parts without a heading that has nothing but other headings below it."""
    kept: list[_Part] = []
    below = [0] * (_DEEPEST + 1)
    for part in reversed(parts):
        if not part.level:
            below = [1] * (_DEEPEST + 1)
            kept.append(part)
        elif below[part.level]:
            kept.append(part)
            below[part.level :] = [0] * (_DEEPEST + 1 - part.level)
    return kept[::-1]


def _numbered(parts: Sequence[_Part]) -> Iterator[str]:
    counts = [0] * (_DEEPEST + 1)
    wide = False
    for part in parts:
        if part.wide != wide:
            yield '<div class="landscape">' if part.wide else "</div>\n"
            wide = part.wide
        if not part.level:
            yield part.html
            continue
        label = ""
        if part.numbered:
            counts[part.level] += 1
            counts[part.level + 1 :] = [0] * (_DEEPEST - part.level)
            number = counts[part.level]
            label = f"{chr(ord('A') + number - 1)}. " if part.level == 2 else f"{number}. "
        yield f"<h{part.level}>{label}{part.html}</h{part.level}>\n"
    if wide:
        yield "</div>\n"
