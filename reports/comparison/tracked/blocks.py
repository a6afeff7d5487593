"""The body of a Word file as what may come and go: paragraphs, tables with their caption, contents."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from lxml import etree

from reports.comparison.tracked.foreign import Foreign
from reports.comparison.tracked.paragraphs import Atom, atoms_of, text_of
from reports.render.word_elements import W

_CAPTION = "Caption"
_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Paragraph:
    """A paragraph and what it shows.

    Attributes:
        parts: Of its file, to know pictures by.
    """

    element: etree._Element
    parts: Foreign

    @cached_property
    def text(self) -> str:
        """All that it shows; as long as nothing is marked in it."""
        return text_of(self.element, self.parts)

    @property
    def atoms(self) -> tuple[Atom, ...]:
        """The same in the least that comes or goes; few paragraphs are asked for it."""
        return tuple(atoms_of(self.element, self.parts))


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Attributes:
        cells: The paragraphs of each cell.
        shape: Which columns each cell covers, and how many paragraphs it has.
    """

    element: etree._Element
    cells: tuple[tuple[Paragraph, ...], ...]
    shape: tuple[tuple[str, str, int], ...]

    @cached_property
    def key(self) -> tuple[object, ...]:
        """All that it says."""
        return self.shape, tuple(paragraph.text for cell in self.cells for paragraph in cell)

    @cached_property
    def name(self) -> tuple[object, ...] | None:
        """Its first two texts with its shape: what a row is about stands at its beginning."""
        texts = [text for text in ("".join(p.text for p in cell) for cell in self.cells) if text]
        return (self.shape, *texts[:2]) if len(texts) > 2 else None

    @cached_property
    def words(self) -> list[str]:
        """Of all its cells."""
        return [word for cell in self.cells for p in cell for word in _WORD.findall(p.text)]


@dataclass(frozen=True)
class Block:
    """Something of the body.

    Attributes:
        kind: ``contents`` are paragraphs that a field of Word writes.
        paragraphs: A table's caption, if it has one; else the block itself.
        table: A table has one.
    """

    kind: Literal["paragraph", "table", "contents"]
    paragraphs: tuple[Paragraph, ...]
    table: etree._Element | None = None
    rows: tuple[Row, ...] = ()

    @property
    def first(self) -> etree._Element:
        """Its first element."""
        return self.paragraphs[0].element if self.paragraphs else self._table

    @property
    def last(self) -> etree._Element:
        """Its last element."""
        return self.paragraphs[-1].element if self.table is None else self._table

    @property
    def _table(self) -> etree._Element:
        assert self.table is not None  # noqa: S101 - a block without paragraphs is a table
        return self.table

    @cached_property
    def form(self) -> tuple[object, ...]:
        """What two blocks must have in common to be one that changed: a table its columns and a caption."""
        columns = [] if self.table is None else self.table.findall(f"{W}tblGrid/{W}gridCol")
        return self.kind, len(columns), len(self.paragraphs) if self.kind == "table" else 1

    @cached_property
    def key(self) -> tuple[object, ...]:
        """What is the same in both files; of a table what it is called, whatever stands in it."""
        if self.kind == "contents":
            return self.form
        return *self.form, self._called if self.kind == "table" else self.paragraphs[0].text

    @cached_property
    def name(self) -> tuple[object, ...] | None:
        """Something less that still tells it from others; a paragraph has no name."""
        return None

    @cached_property
    def words(self) -> list[str]:
        """Of a paragraph or of a table's name."""
        said = self._called if self.kind == "table" else self.paragraphs[0].text
        return _WORD.findall(said)

    @property
    def _called(self) -> str:
        """The caption without the number; else the first row."""
        if self.paragraphs:
            return self.paragraphs[0].text.partition("\n")[2] or self.paragraphs[0].text
        return " ".join(self.rows[0].words) if self.rows else ""


def blocks_of(body: etree._Element, parts: Foreign) -> list[Block]:
    """The blocks of a body, in order."""
    blocks: list[Block] = []
    gathered: list[etree._Element] = []
    depth = 0
    for child in _flat(body):
        if child.tag == f"{W}tbl":
            blocks.append(_table(child, parts, blocks))
            continue
        kinds = [mark.get(f"{W}fldCharType") for mark in child.iter(f"{W}fldChar")]
        depth += kinds.count("begin") - kinds.count("end")
        lists = any((code.text or "").strip().startswith("TOC") for code in child.iter(f"{W}instrText"))
        if gathered or depth or lists:
            gathered.append(child)
            if not depth:
                blocks.append(Block("contents", tuple(Paragraph(each, parts) for each in gathered)))
                gathered = []
            continue
        blocks.append(Block("paragraph", (Paragraph(child, parts),)))
    return blocks


def _flat(parent: etree._Element) -> Iterator[etree._Element]:
    for child in parent:
        if child.tag in (f"{W}p", f"{W}tbl"):
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent"):
            yield from _flat(child)


def _table(table: etree._Element, parts: Foreign, blocks: list[Block]) -> Block:
    rows = tuple(_row(row, parts) for row in table.findall(f"{W}tr"))
    caption: tuple[Paragraph, ...] = ()
    if blocks and blocks[-1].kind == "paragraph":
        style = blocks[-1].first.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(f"{W}val") == _CAPTION:
            caption = blocks.pop().paragraphs
    return Block("table", caption, table, rows)


def _row(row: etree._Element, parts: Foreign) -> Row:
    cells, shape = [], []
    for cell in row.findall(f"{W}tc"):
        paragraphs = tuple(Paragraph(each, parts) for each in cell.findall(f"{W}p"))
        span, merged = cell.find(f"{W}tcPr/{W}gridSpan"), cell.find(f"{W}tcPr/{W}vMerge")
        wide = span.get(f"{W}val", "1") if span is not None else "1"
        down = merged.get(f"{W}val", "continue") if merged is not None else ""
        cells.append(paragraphs)
        shape.append((wide, down, len(paragraphs)))
    return Row(row, tuple(cells), tuple(shape))
