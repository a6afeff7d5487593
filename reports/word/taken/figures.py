"""Figures within a passage, known again also where a program forgot the names of their controls."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from reports.word.taken.reading import Segment, Words

Letter = tuple[str, bool, bool]
"""A letter, or the tag of a figure, and whether it is bold and italic; white space is neither."""


def figures_of(words: Words) -> list[tuple[str, str]]:
    """Tag and text of each figure of a paragraph, in order."""
    return [
        (tag, " ".join("".join(segment.text for segment in segments).split()))
        for tag, segments in groupby(words, key=lambda segment: segment.figure)
        if tag
    ]


def letters_of(words: Words) -> list[Letter]:
    """What tells two paragraphs apart: letters with their manner, figures by their tag."""
    letters: list[Letter] = []
    for segment in words:
        if segment.figure:
            letter = (f"{segment.figure} ", segment.bold, segment.italic)
            if not (letters and letters[-1][0] == letter[0]):
                letters.append(letter)
            continue
        for sign in segment.text:
            if sign.isspace():
                blank = "\n" if sign == "\n" else " "
                if letters and letters[-1][0] in (" ", "\n"):
                    blank = "\n" if "\n" in (blank, letters.pop()[0]) else " "
                letters.append((blank, False, False))
            else:
                letters.append((sign, segment.bold, segment.italic))
    while letters and letters[-1][0] in (" ", "\n"):
        letters.pop()
    while letters and letters[0][0] in (" ", "\n"):
        letters.pop(0)
    return letters


def resolve(words: Words, wanted: Sequence[tuple[str, str]]) -> Words:
    """A paragraph with the names of its figures, as far as they are certain.

    Args:
        words: Of the file that came back.
        wanted: Tag and text of the figures of the passage, in order.
    """
    if not wanted:
        return tuple(_loose(segment) for segment in words)
    nameless = [text for tag, text in figures_of(words) if tag == "?"]
    if nameless:
        words = _named(words, nameless, wanted)
    missing = list(wanted)
    for pair in figures_of(words):
        if pair in missing:
            missing.remove(pair)
    for text in dict.fromkeys(text for _, text in missing):
        tags = [tag for tag, shown in missing if shown == text]
        words = _found_by_text(words, text, tags)
    return words


def _loose(segment: Segment) -> Segment:
    """A control that somebody else put there is no figure of ours."""
    return Segment(segment.text, segment.bold, segment.italic) if segment.figure == "?" else segment


def _named(words: Words, nameless: Sequence[str], wanted: Sequence[tuple[str, str]]) -> Words:
    """Give names to controls without one: by their order where all are there, else by their text alone."""
    in_order = list(nameless) == [text for _, text in wanted]
    names = iter([tag for tag, _ in wanted])
    by_text = {text: {tag for tag, shown in wanted if shown == text} for _, text in wanted}
    made: list[Segment] = []
    for tag, group in groupby(words, key=lambda segment: segment.figure):
        segments, name = list(group), tag
        if tag == "?":
            text = " ".join("".join(segment.text for segment in segments).split())
            alike = by_text.get(text, set())
            name = next(names) if in_order else next(iter(alike)) if len(alike) == 1 else "?"
        made += [Segment(each.text, each.bold, each.italic, name) for each in segments]
    return tuple(made)


def _found_by_text(words: Words, text: str, tags: Sequence[str]) -> Words:
    """Take letters for a figure that they show, where it stands as often as it should and nowhere else."""
    pattern = re.compile(rf"(?<![\w.,]){re.escape(text)}(?![\w]|[.,]\d)")
    times = sum(len(pattern.findall(segment.text)) for segment in words if not segment.figure)
    if not text or times != len(tags) or len(set(tags)) != 1:
        return words
    made: list[Segment] = []
    for segment in words:
        if segment.figure:
            made.append(segment)
            continue
        place = 0
        for found in pattern.finditer(segment.text):
            made.append(Segment(segment.text[place : found.start()], segment.bold, segment.italic))
            made.append(Segment(found.group(), segment.bold, segment.italic, tags[0]))
            place = found.end()
        made.append(Segment(segment.text[place:], segment.bold, segment.italic))
    return tuple(segment for segment in made if segment.text)
