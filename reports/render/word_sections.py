"""Sections of the Word file: cover without number, front matter i, ii, then 1, 2; a head for each chapter."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from lxml import etree

from reports.render.word_elements import W, element
from reports.render.word_form import LINED, Sheet, set_paper
from reports.render.word_heads import Heads

MARK = "lkjip-"
_COVER, _FRONT, _CHAPTER, _WIDE = "akhir-sampul", "akhir-awal", "akhir-bab", "akhir-lebar"
_HEADING = "Heading1"
_ANCHORS = (f"{W}bookmarkStart", f"{W}bookmarkEnd")


@dataclass
class _Pages:
    """What is known of the pages while the body is gone through."""

    front: bool
    restarted: bool = False
    chapter: str = ""
    opens: bool = False


def set_sections(main: etree._Element, sheet: Sheet, heads: Heads) -> None:
    """Divide the body at its marks, and before each chapter where heads name the chapter.

    Args:
        main: The body of Word's document.
        sheet: The paper.
        heads: What stands above and below the pages.

    Raises:
        ValueError: The body names no size of a page.
    """
    last = main.find(f"{W}sectPr")
    if last is None:
        raise ValueError("word/document.xml tidak memuat ukuran halaman")
    set_paper(last, sheet)
    if heads.name_chapters:
        _part_chapters(main)
    pages = _Pages(front=any(_kind(mark) == _FRONT for mark in _marks(main)))
    for paragraph in list(main.findall(f"{W}p")):
        kind = _kind(paragraph)
        if style_of(paragraph) == _HEADING:
            pages.chapter, pages.opens = _title(paragraph), True
        elif kind:
            previous = _before(paragraph)
            # Two marks in a row: the section between them would be an empty page.
            if previous is not None and previous.find(f"{W}pPr/{W}sectPr") is not None:
                main.remove(paragraph)
            else:
                _end_section(paragraph, previous, _section(last, kind, pages, heads))
            pages.front = pages.front and kind != _FRONT
    _dress(last, "", pages, heads)


def style_of(paragraph: etree._Element) -> str:
    """The id of a paragraph's style."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _kind(paragraph: etree._Element) -> str:
    """Which section a mark ends; empty for what is no mark."""
    style = style_of(paragraph)
    return style.removeprefix(MARK) if style.startswith(MARK) else ""


def _marks(main: etree._Element) -> Iterator[etree._Element]:
    return (paragraph for paragraph in main.findall(f"{W}p") if _kind(paragraph))


def _before(child: etree._Element) -> etree._Element | None:
    """The paragraph or table before another, bookmarks apart."""
    previous = child.getprevious()
    while previous is not None and previous.tag in _ANCHORS:
        previous = previous.getprevious()
    return previous


def _title(heading: etree._Element) -> str:
    """The words of a heading in one line."""
    parts = [
        " · " if child.tag == f"{W}br" else child.text or "" for child in heading.iter(f"{W}t", f"{W}br")
    ]
    return "".join(parts)


def _part_chapters(main: etree._Element) -> None:
    for heading in [p for p in main.findall(f"{W}p") if style_of(p) == _HEADING]:
        start = heading
        before = _before(heading)
        # A letterhead stands above the preface's heading, on the same page.
        if before is not None and style_of(before) == "KopSuratGaris" and before.getprevious() is not None:
            start = before.getprevious()
        while (anchor := start.getprevious()) is not None and anchor.tag in _ANCHORS:
            start = anchor
        if anchor is not None and not _kind(anchor):
            start.addprevious(element("p", element("pPr", element("pStyle", val=MARK + _CHAPTER))))


def _section(template: etree._Element, kind: str, pages: _Pages, heads: Heads) -> etree._Element:
    section = deepcopy(template)
    size = section.find(f"{W}pgSz")
    if kind == _WIDE and size is not None:
        width, height = size.get(f"{W}w", ""), size.get(f"{W}h", "")
        size.set(f"{W}w", height)
        size.set(f"{W}h", width)
        size.set(f"{W}orient", "landscape")
    _dress(section, kind, pages, heads)
    return section


def _dress(section: etree._Element, kind: str, pages: _Pages, heads: Heads) -> None:
    """The number of a section's pages, and what stands above and below them."""
    if kind == _COVER:
        for reference in [*section.findall(f"{W}headerReference"), *section.findall(f"{W}footerReference")]:
            section.remove(reference)
        return
    settings = element("pgNumType", fmt="lowerRoman" if pages.front else "decimal")
    # Numbers restart once, at whichever section is the first of the main part.
    if not pages.front and not pages.restarted:
        settings.set(f"{W}start", "1")
        pages.restarted = True
    margins = section.find(f"{W}pgMar")
    if margins is not None:
        margins.addnext(settings)
    heads.refer(section, pages.chapter, turned=kind == _WIDE, opens=pages.opens)
    pages.opens = False


def _end_section(mark: etree._Element, previous: etree._Element | None, section: etree._Element) -> None:
    """On the paragraph before the mark if there is one: a paragraph of its own could make an empty page.

    Not on a line of the contents, which Word writes anew.
    """
    if previous is not None and previous.tag == f"{W}p" and style_of(previous) not in LINED:
        settings = previous.find(f"{W}pPr")
        if settings is None:
            settings = element("pPr")
            previous.insert(0, settings)
        settings.append(section)
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)
        return
    for child in list(mark):
        mark.remove(child)
    tiny = element("spacing", before="0", after="0", line="20", lineRule="exact")
    mark.append(element("pPr", tiny, section))
