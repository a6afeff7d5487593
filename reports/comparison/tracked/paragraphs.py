"""Paragraphs with tracked changes, word by word; a figure, a picture and a field are never cut apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby

from lxml import etree

from reports.comparison.tracked.foreign import Foreign
from reports.comparison.tracked.marks import Marks
from reports.render.word_elements import W, element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WORDS = re.compile(r"\s*\S+\s*|\s+")
_SIGNS = {f"{W}tab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_AROUND = {f"{W}hyperlink", f"{W}sdt", f"{W}sdtContent", f"{W}smartTag"}
_DELETED = {f"{W}t": f"{W}delText", f"{W}instrText": f"{W}delInstrText"}
_LONELY = 1
"""So few words that stayed between two changes are told with them: whole phrases are easier to read."""


@dataclass(frozen=True)
class Atom:
    """The least that comes or goes.

    Attributes:
        key: What it says; a picture is known by its bytes.
        runs: The run that holds it, or all runs of a field.
        child: The element of the run, None for a field.
        text: Of a word.
    """

    key: str
    runs: tuple[etree._Element, ...]
    child: etree._Element | None = None
    text: str | None = None


def atoms_of(paragraph: etree._Element, parts: Foreign) -> list[Atom]:
    """What a paragraph shows, in order.

    Args:
        paragraph: Of either file.
        parts: Of that file, to know pictures by.
    """
    found: list[Atom] = []
    for runs, child in _pieces(paragraph):
        if child is None:
            found.append(Atom(f"\ufff9{_result(runs)}\ufffb", runs))
        elif child.tag == f"{W}t":
            found += [Atom(word, runs, child, word) for word in _WORDS.findall(child.text or "") or [""]]
        else:
            found.append(Atom(_sign(child, parts), runs, child))
    return found


def text_of(paragraph: etree._Element, parts: Foreign) -> str:
    """All that a paragraph shows in one string; pictures as a sign with their fingerprint."""
    return "".join(
        _result(runs) if child is None
        else child.text or "" if child.tag == f"{W}t"
        else _sign(child, parts)
        for runs, child in _pieces(paragraph)
    )  # fmt: skip


def _pieces(
    paragraph: etree._Element,
) -> Iterator[tuple[tuple[etree._Element, ...], etree._Element | None]]:
    """Each thing that a run shows, with its run; of a field all its runs and nothing else."""
    field: list[etree._Element] = []
    depth = 0
    for run in _runs(paragraph):
        ends = [child.get(f"{W}fldCharType") for child in run.findall(f"{W}fldChar")]
        depth += ends.count("begin") - ends.count("end")
        if depth or ends:
            field.append(run)
            if not depth:
                yield tuple(field), None
                field = []
            continue
        for child in run:
            if child.tag != f"{W}rPr":
                yield (run,), child


def _sign(child: etree._Element, parts: Foreign) -> str:
    return _SIGNS.get(str(child.tag)) or f"\ufffc{parts.fingerprint(child)}"


def revise(
    paragraph: etree._Element,
    old: Sequence[Atom],
    new: Sequence[Atom],
    marks: Marks,
    parts: Foreign,
    *,
    before_new: bool = False,
) -> None:
    """Mark in a paragraph of the new file what it says otherwise than the old one.

    Args:
        paragraph: Of the new file.
        old: The atoms of the paragraph in the old file; none where the words are all new.
        new: Its own.
        marks: For the changes.
        parts: Of the old file.
        before_new: Whether a new paragraph follows. LibreOffice takes the end of a paragraph for new too that
            stands between two insertions, so that one then ends with a deletion.
    """
    came: set[int] = set()
    gone: dict[int, list[Atom]] = {}
    was, now = [atom.key for atom in old], [atom.key for atom in new]
    if was == now:
        return
    for i1, i2, j1, j2 in _changes(was, now):
        at_end = before_new and j1 < j2 == len(new) and i2 > 0
        stays = int(at_end and i1 == i2)  # nothing goes there: the last word that stays is told with it
        came.update(range(j1 - stays, j2))
        if i1 - stays < i2:
            gone[j2 if at_end else j1] = list(old[i1 - stays : i2])
    place = 0
    for _, group in groupby(new, key=lambda atom: atom.runs):
        atoms = list(group)
        places = range(place, place + len(atoms))
        place = places.stop
        if came.isdisjoint(places) and gone.keys().isdisjoint(places):
            continue
        _replace(atoms, [(at in came, gone.get(at, [])) for at in places], marks, parts)
    if len(new) in gone:
        paragraph.append(deleted(gone[len(new)], marks, parts))


def deleted(atoms: Iterable[Atom], marks: Marks, parts: Foreign) -> etree._Element:
    """Old words as Word shows what was deleted."""
    runs = []
    for (holder, *others), group in groupby(atoms, key=lambda atom: atom.runs):
        if others or next(iter(holder.iter(f"{W}fldChar")), None) is not None:
            runs += [deepcopy(run) for run in (holder, *others)]
        else:
            runs.append(_run(holder, list(group)))
    for run in runs:
        parts.adopt(run)
        for child in run:
            child.tag = _DELETED.get(str(child.tag), child.tag)
    return marks.mark("del", *runs)


def deleted_paragraph(
    paragraph: etree._Element, marks: Marks, parts: Foreign, *, end: bool = True
) -> etree._Element:
    """A paragraph of the old file that the new one lacks.

    Args:
        paragraph: Of the old file.
        marks: For the change.
        parts: Of the old file.
        end: Whether the paragraph itself goes; the last one of a cell goes with its row.
    """
    made = element("p")
    manner = paragraph.find(f"{W}pPr")
    if manner is not None:
        kept = deepcopy(manner)
        for part in (*kept.findall(f"{W}sectPr"), *kept.findall(f"{W}numPr")):
            # A section of the old pages; a number that would count among the new ones.
            kept.remove(part)
        made.append(kept)
    if atoms := atoms_of(paragraph, parts):
        made.append(deleted(atoms, marks, parts))
    if end:
        marks.end_of(made, "del")
    return made


def _runs(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == f"{W}r":
            yield child
        elif child.tag in _AROUND:
            yield from _runs(child)


def _result(field: Sequence[etree._Element]) -> str:
    """What a field shows: its words behind the mark that divides them from its code."""
    shown, inside = "", False
    for child in (child for run in field for child in run):
        if child.tag == f"{W}fldChar":
            inside = child.get(f"{W}fldCharType") == "separate"
        elif inside:
            shown += child.text or "" if child.tag == f"{W}t" else _SIGNS.get(str(child.tag), "")
    return shown


def _changes(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """The stretches that differ; those with hardly a word between them as one."""
    found: list[tuple[int, int, int, int]] = []
    for step, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if step == "equal":
            continue
        between = old[found[-1][1] : i1] if found else ()
        if found and len(between) <= _LONELY and all(key.strip() for key in between):
            before = found.pop()
            found.append((before[0], i2, before[2], j2))
        else:
            found.append((i1, i2, j1, j2))
    return found


def _replace(
    atoms: Sequence[Atom], states: Sequence[tuple[bool, list[Atom]]], marks: Marks, parts: Foreign
) -> None:
    """Cut the run of some atoms where words came, and put what is gone between."""
    first = atoms[0].runs[0]
    if atoms[0].child is None:
        came, gone = states[0]
        if gone:
            first.addprevious(deleted(gone, marks, parts))
        if came:
            around = marks.mark("ins")
            first.addprevious(around)
            around.extend(atoms[0].runs)
        return
    stretches: list[tuple[bool, list[Atom], list[Atom]]] = []
    for atom, (came, gone) in zip(atoms, states, strict=True):
        if gone or not stretches or stretches[-1][0] != came:
            stretches.append((came, gone, []))
        stretches[-1][2].append(atom)
    for came, gone, members in stretches:
        if gone:
            first.addprevious(deleted(gone, marks, parts))
        made = _run(first, members)
        first.addprevious(marks.mark("ins", made) if came else made)
    parent = first.getparent()
    assert parent is not None  # noqa: S101 - a run always stands in something
    parent.remove(first)


def _run(like: etree._Element, atoms: Iterable[Atom]) -> etree._Element:
    """A run in the manner of another that holds only some of what that holds."""
    made = etree.Element(like.tag, dict(like.attrib))
    manner = like.find(f"{W}rPr")
    if manner is not None:
        made.append(deepcopy(manner))
    for child, group in groupby(atoms, key=lambda atom: atom.child):
        words = [atom.text for atom in group if atom.text is not None]
        if child is not None:
            made.append(_words("".join(words)) if words else deepcopy(child))
    return made


def _words(text: str) -> etree._Element:
    """Words whose spaces count."""
    made = element("t", text=text)
    made.set(_SPACE, "preserve")
    return made
