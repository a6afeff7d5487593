"""Tracked changes written into Word's text, letter by letter: what was there is marked deleted, not removed.

The new text looks like the text in whose place it stands. All else of the paragraph stays: fields, notes,
pictures, bookmarks, hyperlinks, content controls.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from datetime import UTC, datetime

from lxml import etree

from reports.word.lines import OBJECT, SPACE, Line, W

_PARTS = re.compile(r"[\t\n]|[^\t\n]+")
_BREAKS = {"\t": "tab", "\n": "br"}


@dataclass(frozen=True)
class Edit:
    """What becomes of a stretch of a paragraph's text.

    Attributes:
        stretches: What goes, as places in :attr:`reports.word.lines.Line.text`, first and behind the last;
            in order and apart. One that is empty only says where the new text goes.
        text: What comes in the place of the first; with tabs and line ends.
    """

    stretches: tuple[tuple[int, int], ...]
    text: str


class Reviser:
    """Writes tracked changes under one name and date.

    Args:
        author: As Word shows it.
        moment: Of the change.
        used: Numbers that changes and marks of the file bear already.
    """

    def __init__(self, author: str, moment: datetime, used: Iterable[int] = ()) -> None:
        self._author = author
        self._date = moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        self._last = max(used, default=0)

    def revise(self, line: Line, edits: Sequence[Edit]) -> None:
        """Make edits of one paragraph, given in the order of its text; ``line`` is of no use afterwards.

        Raises:
            ValueError: Another's tracked changes wait in the paragraph, or Word itself writes what should go.
        """
        if line.pending or any(line.is_fixed(*stretch) for edit in edits for stretch in edit.stretches):
            raise ValueError("this text may not be changed")
        # From the end, so that places before a change stay true.
        for edit in reversed(edits):
            self._revise(line, edit)

    def join_with_next(self, paragraph: etree._Element) -> None:
        """Mark the end of a paragraph as deleted, so that it becomes one with that behind it."""
        self._mark_end(paragraph, "del")

    def new_paragraph_before(self, line: Line, text: str) -> etree._Element:
        """A new paragraph before another, looking like it."""
        like, manner = line.paragraph, line.paragraph.find(f"{W}pPr")
        made = etree.Element(like.tag)
        if manner is not None:
            kept = deepcopy(manner)
            for part in kept.findall(f"{W}sectPr"):
                kept.remove(part)
            made.append(kept)
        self._mark_end(made, "ins")
        run = next((p.element.getparent() for p in line.pieces if p.text != OBJECT), None)
        made.append(self._inserted(run, text))
        like.addprevious(made)
        return made

    def _revise(self, line: Line, edit: Edit) -> None:
        if all(first == last for first, last in edit.stretches):
            self._insert_at(line, edit.stretches[0][0], edit.text)
            return
        runs: list[etree._Element] = []
        for first, last in reversed(edit.stretches):
            for piece, place, after in reversed(list(line.between(first, last))):
                if piece.text != OBJECT:
                    runs.insert(
                        0, _cut_out(piece.element, max(first, place) - place, min(last, after) - place)
                    )
        made: etree._Element | None = None
        first_deleted: etree._Element | None = None
        for run in runs:
            made = self._delete(run, made)
            first_deleted = made if first_deleted is None else first_deleted
        if edit.text and first_deleted is not None:
            first_deleted.addnext(self._inserted(runs[0], edit.text))

    def _insert_at(self, line: Line, place: int, text: str) -> None:
        before = next((found for found in line.between(place - 1, place) if found[0].text != OBJECT), None)
        if before is not None and not before[0].fixed:
            piece, start, _ = before
            run = _cut_out(piece.element, 0, place - start)
            run.addnext(self._inserted(run, text))
            return
        after = next((piece for piece, _, _ in line.between(place, place + 1)), None)
        run_after = after.element.getparent() if after is not None and not after.fixed else None
        if run_after is None:
            raise ValueError("there is no text beside which the new one could stand")
        run_after = _cut_out_from(run_after, after.element if after is not None else run_after)
        run_after.addprevious(self._inserted(run_after, text))

    def _delete(self, run: etree._Element, before: etree._Element | None) -> etree._Element:
        """Mark a run as deleted; together with the deletion right before it, if there is one."""
        for text in run.findall(f"{W}t"):
            text.tag = f"{W}delText"
        if before is not None and run.getprevious() is before:
            tail, run.tail = run.tail, None
            before.append(run)
            before.tail = tail
            return before
        made = self._element("del")
        run.addprevious(made)
        made.tail, run.tail = run.tail, None
        made.append(run)
        return made

    def _inserted(self, like: etree._Element | None, text: str) -> etree._Element:
        run = etree.Element(f"{W}r")
        manner = like.find(f"{W}rPr") if like is not None else None
        if manner is not None:
            run.append(deepcopy(manner))
        for part in _PARTS.findall(text):
            child = etree.SubElement(run, W + _BREAKS.get(part, "t"))
            if part not in _BREAKS:
                child.text = part
                _keep_space(child)
        made = self._element("ins")
        made.append(run)
        return made

    def _mark_end(self, paragraph: etree._Element, kind: str) -> None:
        manner = paragraph.find(f"{W}pPr")
        if manner is None:
            manner = etree.Element(f"{W}pPr")
            paragraph.insert(0, manner)
        letters = manner.find(f"{W}rPr")
        if letters is None:
            letters = etree.Element(f"{W}rPr")
            behind = next((child for child in manner if child.tag in (f"{W}sectPr", f"{W}pPrChange")), None)
            if behind is None:
                manner.append(letters)
            else:
                behind.addprevious(letters)
        letters.insert(0, self._element(kind))

    def _element(self, kind: str) -> etree._Element:
        self._last += 1
        attributes = {"id": str(self._last), "author": self._author, "date": self._date}
        return etree.Element(W + kind, {W + name: value for name, value in attributes.items()})


def _cut_out(piece: etree._Element, start: int, end: int) -> etree._Element:
    """The run that holds nothing but the letters of a piece from ``start`` to ``end``.

    What stands before stays where it was, so that places before it stay true.
    """
    run = piece.getparent()
    if run is None:
        raise ValueError("a piece of text stands in a run")
    if piece.tag == f"{W}t" and 0 < end < len(piece.text or ""):
        _cut_out_from(run, _split(piece, end))
    elif piece.getnext() is not None:
        _cut_out_from(run, piece.getnext())
    if piece.tag == f"{W}t" and start > 0:
        piece = _split(piece, start)
    return _cut_out_from(run, piece)


def _cut_out_from(run: etree._Element, child: etree._Element | None) -> etree._Element:
    """The run that begins with a child of ``run``: the same one, or a new one behind it."""
    if child is None:
        return run
    before = child.getprevious()
    if before is None or before.tag == f"{W}rPr":
        return run
    made = etree.Element(run.tag, dict(run.attrib))
    manner = run.find(f"{W}rPr")
    if manner is not None:
        made.append(deepcopy(manner))
    for moved in [child, *child.itersiblings()]:
        made.append(moved)
    run.addnext(made)
    return made


def _split(text: etree._Element, place: int) -> etree._Element:
    """Cut a ``w:t`` in two; the second is given."""
    whole = text.text or ""
    made = etree.Element(text.tag, dict(text.attrib))
    made.text, text.text = whole[place:], whole[:place]
    for part in (text, made):
        _keep_space(part)
    text.addnext(made)
    return made


def _keep_space(text: etree._Element) -> None:
    said = text.text or ""
    if said != said.strip():
        text.set(SPACE, "preserve")
