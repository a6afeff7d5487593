"""The text of a Word file as it stands when all tracked changes are accepted, paragraph by paragraph.

Word and LibreOffice write a file anew when they save it: runs are cut elsewhere, styles renamed, and older
LibreOffice forgets the names of content controls. So all that is read here is text, its bold and italic
letters, and which of it stands in which control.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from lxml import etree

from reports.render.word_controls import FIGURE_TAG, NOTE_TAG, PASSAGE_TAG
from reports.word.lines import OBJECT, SPACE, W

Words = tuple["Segment", ...]
_SIGNS = {"tab": " ", "ptab": " ", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": ""}
_SILENT = frozenset(
    {"rPr", "lastRenderedPageBreak", "instrText", "delText", "delInstrText", "fldChar", "annotationRef"}
    | {"commentReference"}
)
_GONE = frozenset({f"{W}del", f"{W}moveFrom"})
_CONTENTS = re.compile(r"(?i)(toc|contents|table ?of ?figures|figureindex|indexheading)")


@dataclass(frozen=True)
class Segment:
    """Letters in one manner, or what a locked control shows.

    Attributes:
        figure: Tag of the control around it; ``?`` of one without a name of ours; empty for plain letters.
    """

    text: str
    bold: bool = False
    italic: bool = False
    figure: str = ""


@dataclass(frozen=True)
class Row:
    """A row of a table: the words of its cells, and at which column of the grid each begins."""

    cells: tuple[Words, ...]
    columns: tuple[int, ...]
    notes: tuple[str, ...]
    head: bool

    @property
    def texts(self) -> tuple[str, ...]:
        """What each cell says."""
        return tuple(plain(cell) for cell in self.cells)


@dataclass(frozen=True)
class Unit:
    """A paragraph, a passage of one or more paragraphs, or a table.

    Attributes:
        tag: Of the passage; empty where none is marked.
        paragraphs: Their words; none of a table.
        style: Of the first paragraph.
        listed: Whether any paragraph is an item of a list.
        rows: Of a table.
    """

    kind: Literal["paragraph", "table"]
    tag: str = ""
    paragraphs: tuple[Words, ...] = ()
    style: str = ""
    listed: bool = False
    rows: tuple[Row, ...] = ()

    @property
    def text(self) -> str:
        """All that it says, in one line."""
        if self.kind == "table":
            return " ".join(text for row in self.rows for text in row.texts if text)
        return " ".join(filter(None, map(plain, self.paragraphs)))


def plain(words: Words) -> str:
    """The letters without their manner; all white space is one space."""
    return " ".join("".join(segment.text for segment in words).split())


def read_units(root: etree._Element) -> list[Unit]:
    """What a Word file says, in order; the lists of contents, which Word writes itself, are left out.

    Args:
        root: Of ``word/document.xml``.
    """
    body = root.find(f"{W}body")
    return _Reader().units(body) if body is not None else []


class _Reader:
    """Goes through the body once; knows which fields are open."""

    def __init__(self) -> None:
        self._fields: list[list[str]] = []
        """For each field that is open its code, and its code with ``|`` behind once its result has begun."""

    def units(self, body: etree._Element) -> list[Unit]:
        units: list[Unit] = []
        carried: Words = ()
        for element, tag in _blocks(body, ""):
            if element.tag == f"{W}tbl":
                units.append(Unit("table", rows=tuple(self._rows(element))))
                continue
            in_contents = self._in_contents()
            words, own = self._paragraph(element)
            style = _style(element)
            if in_contents or self._in_contents() or _CONTENTS.match(style):
                continue
            words = carried + words
            carried = ()
            if element.find(f"{W}pPr/{W}rPr/{W}del") is not None:  # it flows into the next one
                carried = words
                continue
            name = tag or own
            if not name and not plain(words):
                continue
            listed = element.find(f"{W}pPr/{W}numPr") is not None
            last = units[-1] if units else None
            if name and last is not None and last.tag == name:
                units[-1] = Unit(
                    "paragraph", name, (*last.paragraphs, words), last.style, last.listed or listed
                )
            else:
                units.append(Unit("paragraph", name, (words,), style, listed))
        return units

    def _in_contents(self) -> bool:
        return any("".join(code).strip().startswith("TOC") for code in self._fields)

    def _rows(self, table: etree._Element) -> Iterator[Row]:
        for row in _within(table, "tr"):
            settings = row.find(f"{W}trPr")
            if settings is not None and settings.find(f"{W}del") is not None:
                continue
            cells, columns, notes, column = [], [], [], 0
            for cell in _within(row, "tc"):
                parts: list[Segment] = []
                note = ""
                for paragraph in _within(cell, "p"):
                    words, _ = self._paragraph(paragraph)
                    parts += [*([Segment(" ")] if parts else []), *words]
                tags = [str(tag.get(f"{W}val")) for tag in cell.iter(f"{W}tag")]
                note = next((tag for tag in tags if tag.startswith(NOTE_TAG)), "")
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                cells.append(_without_hint(cell, tuple(parts)))
                columns.append(column)
                notes.append(note)
                column += _number(span)
            head = settings is not None and settings.find(f"{W}tblHeader") is not None
            yield Row(tuple(cells), tuple(columns), tuple(notes), head)

    def _paragraph(self, paragraph: etree._Element) -> tuple[Words, str]:
        """The words, and the name of the passage in whose control some of them stand."""
        found: list[str] = []
        return _joined(self._segments(paragraph, "", found)), found[0] if found else ""

    def _segments(self, parent: etree._Element, figure: str, passages: list[str]) -> Iterator[Segment]:
        for child in parent:
            if child.tag == f"{W}r":
                yield from self._run(child, figure)
            elif child.tag == f"{W}sdt":
                yield from self._control(child, figure, passages)
            elif isinstance(child.tag, str) and child.tag not in _GONE and child.tag != f"{W}pPr":
                yield from self._segments(child, figure, passages)

    def _control(self, control: etree._Element, figure: str, passages: list[str]) -> Iterator[Segment]:
        content = control.find(f"{W}sdtContent")
        tag = _tag(control)
        if tag.startswith(PASSAGE_TAG):
            passages.append(tag)
        elif not figure and not tag.startswith(NOTE_TAG):
            figure = tag if tag.startswith(FIGURE_TAG) else "?"
        if content is not None and not _is_hint(control):
            yield from self._segments(content, figure, passages)

    def _run(self, run: etree._Element, figure: str) -> Iterator[Segment]:
        manner = run.find(f"{W}rPr")
        bold, italic = (_is_on(manner, name) for name in ("b", "i"))
        for child in run:
            name = str(child.tag).removeprefix(W)
            if name == "fldChar":
                self._field(str(child.get(f"{W}fldCharType")))
            elif name == "instrText" and self._fields and "|" not in self._fields[-1]:
                self._fields[-1].append(child.text or "")
            if name in _SILENT or any("|" not in code for code in self._fields):
                continue
            if name == "t":
                yield Segment(_shown(child), bold, italic, figure)
            elif name == "br":
                yield Segment(" " if child.get(f"{W}type") in ("page", "column") else "\n", figure=figure)
            else:
                yield Segment(_SIGNS.get(name, OBJECT), bold, italic, figure)

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append([])
        elif kind == "separate" and self._fields:
            self._fields[-1].append("|")
        elif kind == "end" and self._fields:
            self._fields.pop()


def _blocks(parent: etree._Element, tag: str) -> Iterator[tuple[etree._Element, str]]:
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child, tag
        elif child.tag == f"{W}sdt":
            content, own = child.find(f"{W}sdtContent"), _tag(child)
            if content is not None:
                yield from _blocks(content, own if own.startswith(PASSAGE_TAG) else tag)
        elif child.tag in (f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"):
            yield from _blocks(child, tag)


def _within(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag == W + name:
            yield child
        elif child.tag == f"{W}sdt":
            content = child.find(f"{W}sdtContent")
            if content is not None:
                yield from _within(content, name)
        elif child.tag in (f"{W}customXml", f"{W}ins"):
            yield from _within(child, name)
        elif child.tag == f"{W}tbl" and name == "p":  # a table in a cell: its words count as the cell's
            yield from child.iter(f"{W}p")


def _joined(segments: Iterable[Segment]) -> Words:
    """Neighbours in the same manner as one."""
    made: list[Segment] = []
    for each in segments:
        last = made[-1] if made else None
        if last and (last.bold, last.italic, last.figure) == (each.bold, each.italic, each.figure):
            made[-1] = Segment(last.text + each.text, each.bold, each.italic, each.figure)
        elif each.text:
            made.append(each)
    return tuple(made)


def _without_hint(cell: etree._Element, words: Words) -> Words:
    return () if any(_is_hint(control) and not plain(words) for control in cell.iter(f"{W}sdt")) else words


def _tag(control: etree._Element) -> str:
    found = control.find(f"{W}sdtPr/{W}tag")
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _is_hint(control: etree._Element) -> bool:
    """Whether Word shows its own words in it, because a person emptied it."""
    return control.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _is_on(manner: etree._Element | None, name: str) -> bool:
    switch = manner.find(W + name) if manner is not None else None
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")


def _shown(text: etree._Element) -> str:
    said = text.text or ""
    kept = any(each.get(SPACE) == "preserve" for each in (text, *text.iterancestors()))
    return said if kept else said.strip(" \t\r\n")


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _number(span: etree._Element | None) -> int:
    said = span.get(f"{W}val", "") if span is not None else ""
    return min(int(said), 100) if said.isdecimal() and 0 < len(said) < 6 else 1
