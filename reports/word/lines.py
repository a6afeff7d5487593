"""The text of a paragraph of Word, letter by letter traced to the elements that hold it.

One sentence may stand in any number of runs, hyperlinks and content controls; what a person reads as text
is one string here, and every stretch of it leads back to its elements.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OBJECT = "\ufffc"
"""In the text: something that is no letter, a footnote's sign or a picture. It is never removed."""
SOFT_HYPHEN = "\u00ad"
MAX_LETTERS = 200_000
"""Of one paragraph; a longer one is no paragraph of a report and counts as empty."""

_WHITE = {
    f"{W}tab": "\t",
    f"{W}ptab": "\t",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "-",
    f"{W}softHyphen": SOFT_HYPHEN,
}
_SILENT = frozenset(
    W + name
    for name in (
        "rPr", "lastRenderedPageBreak", "instrText", "delText", "delInstrText", "fldChar", "annotationRef",
        "commentReference",
    )
)  # fmt: skip
_THROUGH = frozenset(W + name for name in ("hyperlink", "smartTag", "customXml", "dir", "bdo", "sdtContent"))
_PENDING = frozenset(
    W + name
    for name in (
        "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "numberingChange",
        "moveFromRangeStart", "moveToRangeStart",
    )
)  # fmt: skip
_ROW_PENDING = frozenset(W + name for name in ("ins", "del"))
_CELL_PENDING = frozenset(W + name for name in ("cellIns", "cellDel", "cellMerge"))
_CHOSEN = frozenset(W + name for name in ("dataBinding", "dropDownList", "comboBox", "date", "showingPlcHdr"))


@dataclass(frozen=True)
class Piece:
    """An element below a run and what it shows.

    Attributes:
        text: Of a ``w:t`` all letters, of any other element one sign.
        raised: Whether it is superscript, as marks of notes are.
        fixed: Whether Word itself writes it (the result of a field, a content control with data of its own).
    """

    element: etree._Element
    text: str
    raised: bool = False
    fixed: bool = False


@dataclass(frozen=True)
class Line:
    """A paragraph.

    Attributes:
        pending: Whether somebody's tracked changes in it wait to be accepted.
    """

    paragraph: etree._Element
    pieces: tuple[Piece, ...]
    pending: bool = False

    @cached_property
    def text(self) -> str:
        """All that is read in it; :data:`OBJECT` where something stands that is no letter."""
        return "".join(piece.text for piece in self.pieces)

    @cached_property
    def raised(self) -> frozenset[int]:
        """The places of superscript letters."""
        return frozenset(
            place
            for piece, start, _ in self.between(0, len(self.text))
            if piece.raised
            for place in range(start, start + len(piece.text))
        )

    def between(self, start: int, end: int) -> Iterator[tuple[Piece, int, int]]:
        """The pieces that show letters from ``start`` to ``end``, each with its first place and its end."""
        place = 0
        for piece in self.pieces:
            after = place + len(piece.text)
            if place < end and after > start:
                yield piece, place, after
            place = after

    def is_fixed(self, start: int, end: int) -> bool:
        """Whether Word itself writes some of the letters between."""
        return any(piece.fixed for piece, _, _ in self.between(start, end))


class Story:
    """A part of a Word file that holds text: the document, a header, the footnotes.

    Args:
        root: Its outermost element.
    """

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._in_fields = _runs_in_fields(root)

    def paragraphs(self) -> Iterator[etree._Element]:
        """All paragraphs, those in tables and text boxes with them; of a text box both ways of drawing it."""
        yield from self.root.iter(f"{W}p")

    def line(self, paragraph: etree._Element) -> Line:
        """The text of a paragraph; that of text boxes that hang on it stands in their own paragraphs."""
        fixed = any(_is_chosen(each) for each in paragraph.iterancestors(f"{W}sdt"))
        pieces = tuple(self._pieces(paragraph, fixed))
        if sum(len(piece.text) for piece in pieces) > MAX_LETTERS:
            pieces = ()
        return Line(paragraph, pieces, _waits_for_acceptance(paragraph))

    def _pieces(self, parent: etree._Element, fixed: bool) -> Iterator[Piece]:
        for child in parent:
            if child.tag == f"{W}r":
                yield from _of_run(child, fixed or child in self._in_fields)
            elif child.tag == f"{W}fldSimple":
                yield from self._pieces(child, fixed=True)
            elif child.tag == f"{W}sdt":
                content = child.find(f"{W}sdtContent")
                if content is not None:
                    yield from self._pieces(content, fixed or _is_chosen(child))
            elif child.tag in _THROUGH or child.tag == f"{W}ins":
                yield from self._pieces(child, fixed)


def _of_run(run: etree._Element, fixed: bool) -> Iterator[Piece]:
    manner = run.find(f"{W}rPr")
    hidden = manner is not None and _is_on(manner.find(f"{W}vanish"))
    height = manner.find(f"{W}vertAlign") if manner is not None else None
    raised = height is not None and height.get(f"{W}val") == "superscript"
    for child in run:
        if child.tag in _SILENT or not isinstance(child.tag, str):
            continue
        if hidden:
            yield Piece(child, OBJECT, raised, fixed)
        elif child.tag == f"{W}t":
            if text := _shown(child):
                yield Piece(child, text, raised, fixed)
        elif child.tag == f"{W}br":
            turns = child.get(f"{W}type") in ("page", "column")
            yield Piece(child, OBJECT if turns else "\n", raised, fixed)
        else:
            yield Piece(child, _WHITE.get(str(child.tag), OBJECT), raised, fixed)


def _shown(text: etree._Element) -> str:
    """What Word shows of a ``w:t``; spaces at its ends only where they are said to count, else they go."""
    said = text.text or ""
    if said.strip(" \t\r\n") != said and not any(each.get(SPACE) for each in (text, *text.iterancestors())):
        said = text.text = said.strip(" \t\r\n")
    return said


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and switch.get(f"{W}val", "1") not in ("0", "false", "off")


def _is_chosen(control: etree._Element) -> bool:
    """Whether the text of a content control is not its own: from a list, from data, or a mere hint."""
    settings = control.find(f"{W}sdtPr")
    return settings is not None and any(child.tag in _CHOSEN for child in settings)


def _waits_for_acceptance(paragraph: etree._Element) -> bool:
    if any(element.tag in _PENDING for element in paragraph.iter()):
        return True
    for around in paragraph.iterancestors(f"{W}tc", f"{W}tr"):
        settings = around.find(f"{W}tcPr" if around.tag == f"{W}tc" else f"{W}trPr")
        changed = _CELL_PENDING if around.tag == f"{W}tc" else _ROW_PENDING
        if settings is not None and any(child.tag in changed for child in settings):
            return True
    return False


def _runs_in_fields(root: etree._Element) -> frozenset[etree._Element]:
    """The runs between a field's begin and its end, code and result."""
    depth = 0
    found: list[etree._Element] = []
    for element in root.iter(f"{W}r", f"{W}fldChar"):
        if element.tag == f"{W}r":
            if depth:
                found.append(element)
            continue
        kind = element.get(f"{W}fldCharType")
        depth = max(0, depth + {"begin": 1, "end": -1}.get(str(kind), 0))
    return frozenset(found)
