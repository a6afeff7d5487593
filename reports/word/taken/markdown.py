"""Paragraphs of Word as Markdown of a chapter, proved to be read as what they say.

What a person typed is text and nothing else: no letter of it becomes a sign of Markdown or a statement of the
chapter's language. What was written is read again by the book's own reader; where that gives other letters or
another manner, it is not used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from office.book.language import FIGURE, PASSAGE, PLACE
from office.book.passages import passages_of
from reports.render.environment import reader
from reports.word.taken.figures import Letter, letters_of
from reports.word.taken.reading import Segment, Words

_RESERVED = frozenset((*PLACE, *PASSAGE, *FIGURE))
_SPECIAL = re.compile(r"[\\`*_{\[\]<>|~]|&(?=[#\w])")
_AT_START = re.compile(r"(?:[#>+=:~-]|\d{1,9}(?=[.)](?:\s|$)))")
_LETTERED = re.compile(r"([a-z]\.) ")
_STYLES = (("**", "*"), ("**", "_"), ("__", "*"), ("__", "_"))
_PLACES = re.compile(f"{PLACE[0]}(\\d+){PLACE[1]}")


class CannotWriteError(ValueError):
    """A paragraph cannot be written so that it is read as what it says."""


def to_markdown(words: Words, expressions: Mapping[str, str], prefix: str = "") -> str:
    """A paragraph as it stands in a chapter, behind its prefix.

    Bold and italic letters stay so where Markdown can say it; where it cannot (within a word, beside some
    signs), the letters stay and the manner goes.

    Args:
        words: Its words; figures have their names.
        expressions: By the tag of a figure what shows it, with the braces.
        prefix: What makes it an item of a list.

    Raises:
        CannotWriteError: It holds letters that no text may hold, or a figure that nothing shows.
    """
    words = tuple(_trimmed(words))
    if any(not _RESERVED.isdisjoint(segment.text) for segment in words):
        raise CannotWriteError("ada huruf yang tidak dapat dicetak; ketik ulang alineanya")
    if any(segment.figure and segment.figure not in expressions for segment in words):
        raise CannotWriteError("ada isian yang tidak dikenal lagi")
    wanted = letters_of(words)
    for strong, slanted in _STYLES:
        made = "\\\n".join(_lines(words, expressions, strong, slanted))
        if _read(made, expressions, prefix, words) == wanted:
            return made
    bare = tuple(Segment(segment.text, figure=segment.figure) for segment in words)
    made = "\\\n".join(_lines(bare, expressions, "", ""))
    if _read(made, expressions, prefix, bare) == letters_of(bare):
        return made
    raise CannotWriteError("susunannya tidak dapat ditulis ke dalam bab; sederhanakan, atau tulis di buku")


def keeps_manner(markdown: str, words: Words, expressions: Mapping[str, str], prefix: str = "") -> bool:
    """Whether all bold and italic letters are still so."""
    words = tuple(_trimmed(words))
    return _read(markdown, expressions, prefix, words) == letters_of(words)


def _trimmed(words: Words) -> Iterator[Segment]:
    """The words with plain spaces; those that bind two words stay, the others are all alike."""
    for segment in words:
        yield Segment(
            re.sub(r"[^\S\n\u00a0\u202f]+", " ", segment.text), segment.bold, segment.italic, segment.figure
        )


def _lines(words: Words, expressions: Mapping[str, str], strong: str, slanted: str) -> Iterator[str]:
    """The Markdown of each line; a line ends where Word broke it."""
    lines: list[list[Segment]] = [[]]
    for segment in words:
        first, *others = segment.text.split("\n") if not segment.figure else [segment.text]
        lines[-1].append(Segment(first, segment.bold, segment.italic, segment.figure))
        lines += [[Segment(each, segment.bold, segment.italic)] for each in others]
    written = ["".join(_manners(line, expressions, strong, slanted)).strip() for line in lines]
    while written and not written[0]:
        written.pop(0)
    while written and not written[-1]:
        written.pop()
    for line in written:
        if line:  # two breaks in a row would end the paragraph
            yield (
                _LETTERED.sub("\\1\u00a0", _AT_START.sub(_escaped_start, line, count=1), count=1)
                if (_AT_START.match(line) or _LETTERED.match(line))
                else line
            )


def _escaped_start(found: re.Match[str]) -> str:
    sign = found.group()
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def _manners(
    line: Iterable[Segment], expressions: Mapping[str, str], strong: str, slanted: str
) -> Iterator[str]:
    """The words of a line within the signs of their manner; white space stays outside of them."""
    opened = (False, False)
    waiting = ""
    parts: list[tuple[str, tuple[bool, bool]]] = []
    for figure, group in groupby(line, key=lambda segment: segment.figure):
        segments = list(group)
        if figure:
            parts.append((expressions[figure], (segments[0].bold, segments[0].italic)))
            continue
        for segment in segments:
            for text in re.findall(r"\s+|\S+", segment.text):
                manner = (segment.bold, segment.italic)
                parts.append((text if text.isspace() else _escaped(text), manner))
    for text, manner in parts:
        if text.isspace():
            waiting += text
            continue
        if manner != opened:
            yield _signs(opened, manner, waiting, strong, slanted)
            opened, waiting = manner, ""
        yield f"{waiting}{text}"
        waiting = ""
    yield _signs(opened, (False, False), "", strong, slanted)


def _signs(old: tuple[bool, bool], new: tuple[bool, bool], between: str, strong: str, slanted: str) -> str:
    """What closes one manner and opens another; bold is always around italic."""
    keep_strong = old[0] and new[0]
    closing = (slanted if old[1] else "") + (strong if old[0] and not keep_strong else "")
    opening = (strong if new[0] and not keep_strong else "") + (slanted if new[1] else "")
    return f"{closing}{between}{opening}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    sign = found.group()
    return "&#123;" if sign == "{" else f"\\{sign}"  # a brace could meet that of a statement behind it


def _read(
    markdown: str, expressions: Mapping[str, str], prefix: str, words: Words
) -> Sequence[Letter] | None:
    """The letters that the book makes of a paragraph; None where it is not one paragraph any more."""
    found = passages_of(f"# X\n\n{prefix}{markdown}\n")
    if len(found) != 1 or found[0].text != markdown or found[0].prefix != prefix:
        return None
    tags = {expression: tag for tag, expression in expressions.items()}
    order = [tags.get(expression, "") for expression in found[0].expressions]
    if not all(order):
        return None
    source = prefix + markdown
    place = 0
    filled = ""
    for number, expression in enumerate(found[0].expressions):
        at = source.find(expression, place)
        filled += f"{source[place:at]}{PLACE[0]}{number}{PLACE[1]}"
        place = at + len(expression)
    tokens = reader().parse(filled + source[place:])
    inlines = [token for token in tokens if token.type == "inline"]
    blocks = {token.type for token in tokens} - {"inline", "paragraph_open", "paragraph_close"}
    lists = {"bullet_list_open", "ordered_list_open", "list_item_open"}
    lists |= {name.replace("open", "close") for name in lists}
    if len(inlines) != 1 or not blocks <= lists or bool(blocks) != (bool(prefix) and not prefix[0].isalpha()):
        return None
    segments: list[Segment] = []
    bold = italic = 0
    for child in inlines[0].children or []:
        if child.type == "text":
            segments += _segments(child.content, order, bool(bold), bool(italic))
        elif child.type == "hardbreak":
            segments.append(Segment("\n"))
        elif child.type == "softbreak":
            segments.append(Segment(" "))
        elif child.type in ("strong_open", "strong_close"):
            bold += child.nesting
        elif child.type in ("em_open", "em_close"):
            italic += child.nesting
        else:
            return None
    letters = letters_of(tuple(segments))
    return letters[len(prefix.rstrip()) + 1 :] if prefix[:1].isalpha() else letters


def _segments(text: str, order: Sequence[str], bold: bool, italic: bool) -> Iterator[Segment]:
    place = 0
    for found in _PLACES.finditer(text):
        yield Segment(text[place : found.start()], bold, italic)
        yield Segment("x", bold, italic, order[int(found[1])])
        place = found.end()
    yield Segment(text[place:], bold, italic)
