"""The passages of a chapter that a person may change as a whole: its plain paragraphs and items of lists.

A passage is found in the source, where its lines and the expressions within it are certain. Whether it is
really printed as one paragraph is for the report to see: it alone knows what the Markdown became.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import TemplateSyntaxError

from office.book.language import PASSAGE, sandbox

_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)]|[a-z]\.)[ \t]+(?=\S)")
_NO_PASSAGE = ("#", ":::", " ", "\t", "|", ">", "```", "~~~", "<")
_CLOSED = frozenset({"for", "if", "macro", "call", "filter", "block", "autoescape", "with", "set", "raw"})
"""Statements that last until their end."""
_STATEMENTS = ("comment", "raw", "block", "linestatement", "linecomment")


@dataclass(frozen=True)
class Passage:
    """A paragraph, or an item of a list.

    Attributes:
        first: Its first line, from 1.
        last: Its last.
        prefix: What makes it an item: ``- ``, ``1. `` or ``a. ``; empty for a paragraph.
        text: Its Markdown behind the prefix.
        expressions: What stands in ``{{ … }}`` in it, with the braces, in order.
    """

    first: int
    last: int
    prefix: str
    text: str
    expressions: tuple[str, ...]

    @property
    def lettered(self) -> bool:
        """Whether it is an item only beside others with the letters before and behind its own."""
        return self.prefix[:1].isalpha()

    @property
    def mark(self) -> str:
        """What tells its text from any other."""
        return fingerprint(self.text)


def fingerprint(text: str) -> str:
    """What tells a text from any other, in twelve letters."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


@lru_cache(maxsize=256)
def passages_of(text: str) -> tuple[Passage, ...]:
    """The passages of a chapter, in order; none where its source cannot be read.

    Left out is what may be printed another number of times than once or not at all: what stands in a loop,
    or in something that is kept for later.

    Args:
        text: Of the chapter, its lines ended by ``\\n``.
    """
    try:
        barred, expressions = _statements(text)
    except (TemplateSyntaxError, ValueError):
        return ()
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    found = []
    for first, last in _blocks(lines, barred):
        prefix = _ITEM.match(lines[first])
        marker = prefix[0] if prefix else ""
        written = "\n".join(lines[first : last + 1])
        inside = tuple(
            text[start:end]
            for start, end in expressions
            if starts[first] <= start and end <= starts[last] + len(lines[last])
        )
        found.append(Passage(first + 1, last + 1, marker, written[len(marker) :], inside))
    return tuple(found)


def marked(text: str, passages: tuple[Passage, ...]) -> str:
    """The chapter with the number of each passage, from 0, between :data:`PASSAGE` at its beginning."""
    lines = text.split("\n")
    for number, passage in enumerate(passages):
        lines[passage.first - 1] = f"{PASSAGE[0]}{number}{PASSAGE[1]}{lines[passage.first - 1]}"
    return "\n".join(lines)


def _blocks(lines: list[str], barred: frozenset[int]) -> Iterator[tuple[int, int]]:
    """First and last line of what may be a passage, from 0."""
    first: int | None = None
    for number, line in enumerate([*lines, ""]):
        free = bool(line.strip()) and number not in barred
        begins = free and (first is None or bool(_ITEM.match(line)) or line.startswith(_NO_PASSAGE[:2]))
        if first is not None and (begins or not free):
            yield first, number - 1
            first = None
        if begins and not line.startswith(_NO_PASSAGE):
            first = number


def _statements(text: str) -> tuple[frozenset[int], list[tuple[int, int]]]:
    """The lines (from 0) of statements and of what stands in any but a condition; where expressions stand.

    Raises:
        ValueError: The places cannot be told.
        TemplateSyntaxError: It is no template.
    """
    barred: set[int] = set()
    expressions: list[tuple[int, int]] = []
    within: list[str] = []
    statement: list[str] | None = None
    begun: int | None = None
    for kind, value, place, lines in _tokens(text):
        in_statement = statement is not None or kind.startswith(_STATEMENTS)
        if in_statement or any(name != "if" for name in within):
            barred.update(lines)
        if kind == "variable_begin":
            begun = place
        elif kind == "variable_end" and begun is not None:
            expressions.append((begun, place + len(value)))
            begun = None
        elif kind in ("block_begin", "raw_begin"):
            statement = ["raw"] if kind == "raw_begin" else []
        elif statement is not None and kind in ("name", "operator"):
            statement.append(value)
        if statement is not None and kind in ("block_end", "raw_begin"):
            _follow(within, statement)
            statement = None
        elif kind == "raw_end":
            _follow(within, ["endraw"])
    if begun is not None or statement is not None:
        raise ValueError("tidak ditutup")
    return frozenset(barred), expressions


def _tokens(text: str) -> Iterator[tuple[str, str, int, range]]:
    """The tokens of the chapter's language: kind, words, place and lines of each.

    Raises:
        ValueError: One of them cannot be found in the text.
    """
    place = line = 0
    plain = sandbox().overlay(trim_blocks=False, lstrip_blocks=False)
    for _, kind, value in plain.lex(text):
        found = text.find(value, place)
        if found < 0 or text[place:found].strip():
            raise ValueError(kind)
        line += text.count("\n", place, found)
        ends = line + value.count("\n")
        yield kind, value, found, range(line, ends + 1)
        place, line = found + len(value), ends


def _follow(within: list[str], statement: list[str]) -> None:
    """Note what a statement opens or closes."""
    name = statement[0] if statement else ""
    if name.startswith("end") and within:
        within.pop()
    elif name in _CLOSED and not (name == "set" and "=" in statement):
        within.append(name)
