"""Content controls of Word: passages that may be changed, and within them what the data say, which is locked.

Each control has a tag by which :mod:`reports.word.taken` knows it again, and a title that people see. They
stand within paragraphs, never around them: LibreOffice keeps those whole, and no part of the report's form
(sections, tables, fields) meets them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from copy import deepcopy
from itertools import count

from lxml import etree

from office.book.language import FIGURE, PASSAGE
from office.book.passages import fingerprint
from reports.render.word_elements import W, element

FIGURE_TAG = "isian:"
PASSAGE_TAG = "alinea:"
NOTE_TAG = "catatan:"
_FIRST = 710_000_000
_TITLE = 60
_TOKENS = re.compile(
    f"({PASSAGE[0]}[^{PASSAGE[1]}]*{PASSAGE[1]}|{FIGURE[0]}[^{FIGURE[1]}]*{FIGURE[1]}|{FIGURE[2]})"
)
_NOTES = {"cause": "penyebab", "solution": "solusi", "analysis": "analisis"}
"""What people call a column of words."""
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def figure_tag(expression: str) -> str:
    """The tag of what an expression of a chapter shows."""
    return FIGURE_TAG + fingerprint(expression)


def note_control(note: str, runs: Sequence[etree._Element]) -> etree._Element:
    """The control of a cell that holds the office's own words.

    Args:
        note: From :func:`reports.book.editable.note_mark`: ``catatan:realisasi.cause:pertumbuhan-industri``.
        runs: What stands in the cell.
    """
    _, column, subject = note.split(":", 2)
    called = _NOTES[column.partition(".")[2]]
    return _control(note, f"Boleh diubah: {called} {subject}", runs, "sdtLocked")


def put_controls(main: etree._Element) -> None:
    """Make the marks of passages into controls, and number all controls.

    Args:
        main: The body of Word's document.
    """
    counted: Counter[str] = Counter()
    for paragraph in list(main.iter(f"{W}p")):
        if any(PASSAGE[0] in (text.text or "") for text in paragraph.iter(f"{W}t")):
            _put(paragraph, counted)
    for number, control in zip(count(_FIRST), main.iter(f"{W}sdt"), strict=False):
        settings = control.find(f"{W}sdtPr")
        tag = settings.find(f"{W}tag") if settings is not None else None
        if tag is not None:
            tag.addnext(element("id", val=number))


def remove_controls(main: etree._Element) -> None:
    """Leave only what stands in the controls of this program."""
    for control in list(main.iter(f"{W}sdt")):
        content, parent = control.find(f"{W}sdtContent"), control.getparent()
        tag = control.find(f"{W}sdtPr/{W}tag")
        known = tag is not None and str(tag.get(f"{W}val")).startswith((FIGURE_TAG, PASSAGE_TAG, NOTE_TAG))
        if not known or content is None or parent is None:
            continue
        for child in list(content):
            control.addprevious(child)
        parent.remove(control)


def _put(paragraph: etree._Element, counted: Counter[str]) -> None:
    inside: list[etree._Element] = []
    open_: list[tuple[str, list[etree._Element]]] = []
    tag = ""
    for part in _parts(paragraph):
        here = open_[-1][1] if open_ else inside
        if not isinstance(part, str):
            here.append(part)
        elif part[0] == PASSAGE[0]:
            tag = part[1:-1]
        elif part[0] == FIGURE[0]:
            open_.append((part[1:-1], []))
        elif open_:
            expression, shown = open_.pop()
            title = f"Dari data: {expression.strip('{} ')}"
            above = open_[-1][1] if open_ else inside
            above.append(_control(figure_tag(expression), title, shown, "sdtContentLocked"))
    chapter = tag.split(":")[1]
    counted[chapter] += 1
    title = f"Boleh diubah: {chapter}, alinea {counted[chapter]}"
    for child in list(paragraph):
        if child.tag != f"{W}pPr":
            paragraph.remove(child)
    paragraph.append(_control(tag, title, inside, "sdtLocked"))


def _parts(paragraph: etree._Element) -> Iterator[etree._Element | str]:
    """The children of a paragraph, runs cut where marks stand, and the marks."""
    for child in list(paragraph):
        if child.tag == f"{W}pPr":
            continue
        if child.tag == f"{W}r" and any(_TOKENS.search(t.text or "") for t in child.findall(f"{W}t")):
            yield from _cut(child)
        else:
            yield child


def _cut(run: etree._Element) -> Iterator[etree._Element | str]:
    manner = run.find(f"{W}rPr")

    def like(part: etree._Element) -> etree._Element:
        return element("r", *([deepcopy(manner)] if manner is not None else []), part)

    for child in run:
        if child.tag == f"{W}rPr":
            continue
        if child.tag != f"{W}t":
            yield like(deepcopy(child))
            continue
        for words in _TOKENS.split(child.text or ""):
            if _TOKENS.fullmatch(words):
                yield words
            elif words:
                text = element("t", text=words)
                text.set(_XML_SPACE, "preserve")
                yield like(text)


def _control(tag: str, title: str, content: Sequence[etree._Element], lock: str) -> etree._Element:
    shown = title if len(title) <= _TITLE else f"{title[: _TITLE - 1]}…"
    return element(
        "sdt",
        element("sdtPr", element("alias", val=shown), element("tag", val=tag), element("lock", val=lock)),
        element("sdtContent", *content),
    )
