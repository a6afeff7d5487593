"""Sentences of earlier issues in the office's own text, and what they say now."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from office.layout import TABLES_OF_PRINT
from reports.word.lines import OBJECT, SOFT_HYPHEN, Line
from reports.word.tracked import Edit

_SHORTEST = 20
"""Letters of a sentence that may be looked for."""
_ALIKE = 0.5
"""From this share of equal words on, only the words that differ are changed, else the whole sentence."""
_WAITS = re.compile(
    r"\bmenunggu\b[^.;]{0,80}?\b(?:rilis|data|angka|hasil|publikasi|terbit\w*|pengumuman)\b", re.IGNORECASE
)
_BOUNDS = re.compile(r"[.;](?:\s|$)")
_ENDS = ".!?:;"
Json = Mapping[str, Any]


@dataclass(frozen=True)
class Squeezed:
    """A paragraph's text with single spaces, without marks of notes.

    Attributes:
        places: In the paragraph's text, of each letter here.
    """

    text: str
    places: tuple[int, ...]

    @classmethod
    def of(cls, line: Line) -> Squeezed:
        """The text of a paragraph."""
        raised = line.raised
        signs: list[str] = []
        places: list[int] = []
        for place, sign in enumerate(line.text):
            if sign in (OBJECT, SOFT_HYPHEN) or place in raised:
                continue
            white = sign.isspace()
            if white and (not signs or signs[-1] == " "):
                continue
            signs.append(" " if white else sign)
            places.append(place)
        if signs and signs[-1] == " ":
            del signs[-1], places[-1]
        return cls("".join(signs), tuple(places))

    def stretches(self, line: Line, start: int, end: int) -> tuple[tuple[int, int], ...]:
        """Where letters of this text stand in the paragraph, with the spaces between them."""
        found: list[list[int]] = []
        kept = frozenset(self.places[start:end])
        first, last = self.places[start], self.places[end - 1] + 1
        for place in range(first, last):
            if place in kept or (line.text[place].isspace() and place not in line.raised):
                if found and found[-1][1] == place:
                    found[-1][1] = place + 1
                else:
                    found.append([place, place + 1])
        return tuple((a, b) for a, b in found)


@dataclass(frozen=True)
class Renewed:
    """A sentence that an earlier issue had.

    Attributes:
        before: With single spaces.
        now: What stands in its place; several where one sentence became several, none where it has gone.
    """

    before: str
    now: tuple[str, ...]


def renewed_sentences(now: Mapping[str, Sequence[str]], earlier: Iterable[Json]) -> dict[str, Renewed]:
    """The sentences of earlier issues that the present report says otherwise, by their text.

    One whose new form is not certain stands here without any.
    """
    present = {_one_space(sentence) for sentences in now.values() for sentence in sentences}
    found: dict[str, Renewed] = {}
    for report in earlier:
        for place, sentences in report.get("sentences", {}).items():
            name = TABLES_OF_PRINT.get(place, place)
            ours = [_one_space(sentence) for sentence in now.get(name, ())]
            for entry in _paired([_one_space(sentence) for sentence in sentences], ours):
                if len(entry.before) < _SHORTEST or entry.before in present:
                    continue
                known = found.get(entry.before)
                if known is not None and known.now != entry.now:
                    entry = Renewed(entry.before, ())  # noqa: PLW2901 - two places, two new forms
                found[entry.before] = entry
    return found


def _paired(before: Sequence[str], now: Sequence[str]) -> Iterator[Renewed]:
    gone = [sentence for sentence in before if sentence not in now]
    new = [sentence for sentence in now if sentence not in before]
    if len(gone) == 1:
        yield Renewed(gone[0], tuple(new))
        return
    if len(before) == len(now):
        for old, ours in zip(before, now, strict=True):
            if old != ours:
                yield Renewed(old, (ours,))
        return
    for sentence in gone:
        yield Renewed(sentence, ())


def find_sentences(squeezed: Squeezed, renewed: Mapping[str, Renewed]) -> list[tuple[int, int, Renewed]]:
    """The earlier sentences in a paragraph, whole ones only, in their order and apart."""
    text = squeezed.text
    found = []
    if len(text) >= _SHORTEST:
        for before, entry in renewed.items():
            start = text.find(before)
            while start >= 0:
                end = start + len(before)
                if _begins(text, start) and _stops(text, end):
                    found.append((start, end, entry))
                start = text.find(before, end)
    apart: list[tuple[int, int, Renewed]] = []
    for place in sorted(found, key=lambda each: (each[0], -each[1])):
        if not apart or place[0] >= apart[-1][1]:
            apart.append(place)
    return apart


def _begins(text: str, start: int) -> bool:
    return start == 0 or (text[start - 1] == " " and text[:start].rstrip()[-1:] in (*_ENDS, ")", "”", '"'))


def _stops(text: str, end: int) -> bool:
    return end == len(text) or text[end] == " "


def sentence_edits(line: Line, squeezed: Squeezed, start: int, end: int, now: str) -> list[Edit]:
    """The edits that turn the text from ``start`` to ``end`` into another, word by word where most stays."""
    old, new = _tokens(squeezed.text[start:end]), _tokens(now)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return [Edit(squeezed.stretches(line, start, end), now)]
    at = [start]
    for token in old:
        at.append(at[-1] + len(token))
    edits = []
    for first, last, text in _joined(matcher.get_opcodes(), old, new):
        if first < last:
            edits.append(Edit(squeezed.stretches(line, at[first], at[last]), text))
        else:
            place = (
                squeezed.places[at[first]] if at[first] < len(squeezed.places) else squeezed.places[-1] + 1
            )
            edits.append(Edit(((place, place),), text))
    return edits


def _joined(
    opcodes: Sequence[tuple[str, int, int, int, int]], old: Sequence[str], new: Sequence[str]
) -> list[tuple[int, int, str]]:
    """The changes among opcodes; those with but one word between them are one, which reads better."""
    changes: list[tuple[int, int, int, int]] = []
    for tag, a, b, c, d in opcodes:
        if tag == "equal":
            continue
        if changes and len("".join(old[changes[-1][1] : a]).split()) < 2:
            a, c = changes[-1][0], changes[-1][2]  # noqa: PLW2901
            del changes[-1]
        changes.append((a, b, c, d))
    return [(a, b, "".join(new[c:d])) for a, b, c, d in changes]


def _tokens(text: str) -> list[str]:
    return re.findall(r"\s+|[^\s,;()]+|[,;()]", text)


def waiting_words(text: str) -> str:
    """The stretch of a text that says that something is awaited; empty where none does."""
    found = _WAITS.search(text)
    if found is None:
        return ""
    before = [each.end() for each in _BOUNDS.finditer(text, 0, found.start())]
    behind = _BOUNDS.search(text, found.end())
    start, end = before[-1] if before else 0, behind.start() if behind else len(text)
    return text[start:end].strip()


def _one_space(text: str) -> str:
    return " ".join(text.split())
