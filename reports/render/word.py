"""What Word's document needs and pandoc does not give: contents, sections, widths of columns.

Lengths are in twips, the twentieth part of a point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

from lxml import etree

from reports.render.document import Document
from reports.render.headings import Entry, captions, contents
from reports.render.lifted import PLACE
from reports.render.word_controls import put_controls
from reports.render.word_elements import W, element
from reports.render.word_emblem import put_emblem
from reports.render.word_fields import Title, field, lists_of, number_captions, refer
from reports.render.word_form import Sheet, set_paper, shades, sheet_of
from reports.render.word_pictures import put_pictures
from reports.render.word_tables import word_table

MARK = "lkjip-"
SOURCE_STYLE = "SumberTabel"
AFTER_TABLE = 160
HEADINGS = ("Heading1", "Heading2", "Heading3")
CAPTIONS = ("Caption", "JudulGambar")


def finish_body(xml: bytes, document: Document, pages: Mapping[str, str]) -> bytes:
    """Finish ``word/document.xml``.

    Args:
        xml: As pandoc wrote it with ``docx.lua``.
        document: The report it was made from.
        pages: Page number by the id of headings, tables and pictures.

    Raises:
        ValueError: Headings or tables in the file are not those of the report.
    """
    root = etree.fromstring(xml)
    main = root.find(f"{W}body")
    if main is None:
        raise ValueError("word/document.xml tidak memuat isi")
    _put_tables(main, document)
    put_emblem(main, document, MARK)
    put_pictures(main, document.pictures)
    body = document.anchored
    headings = _bookmarked(main, HEADINGS, contents(body), "_Toc1")
    refer(main, number_captions(main, captions(body), CAPTIONS))
    titles = _bookmarked(main, CAPTIONS, captions(body), "_Toc2")
    _fill(main, "daftar-isi", [(r'TOC \o "1-3" \h \z \u', headings)], pages, "TOC{level}")
    _fill(main, "daftar-tabel", lists_of(titles), pages, "TableofFigures")
    _set_sections(main, sheet_of(document.form))
    put_controls(main)
    finished: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return finished


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(found.get(f"{W}val", "")) if found is not None else ""


# ---- tables


def _put_tables(main: etree._Element, document: Document) -> None:
    tables, sheet, colours = document.lifted[1], sheet_of(document.form), shades(document.form)
    for paragraph in main.findall(f"{W}p"):
        found = PLACE.fullmatch("".join(paragraph.itertext(f"{W}t")))
        if found:
            table = tables[int(found[1])]
            made = word_table(table, sheet.turned if table.wide else sheet.text, colours)
            main.replace(paragraph, made)
            _space_after(made)


def _space_after(table: etree._Element) -> None:
    """A table has no space below; what follows it gets some above, its own source line apart."""
    following = table.getnext()
    settings = following.find(f"{W}pPr") if following is not None else None
    if following is None or settings is None or _style(following) == SOURCE_STYLE:
        return
    if settings.find(f"{W}spacing") is None:
        place = 1 + sum(1 for tag in ("keepNext", "keepLines") if settings.find(W + tag) is not None)
        settings.insert(place, element("spacing", before=AFTER_TABLE))


# ---- contents


def _bookmarked(
    main: etree._Element, styles: Sequence[str], entries: Sequence[Entry], prefix: str
) -> list[tuple[str, Entry]]:
    """Put a bookmark on each heading, and give it with what the report says of the heading."""
    found = [p for p in main.iter(f"{W}p") if _style(p) in styles]
    if len(found) != len(entries):
        raise ValueError(
            f"Word memuat {len(found)} judul ({', '.join(styles)}), laporan memuat {len(entries)}"
        )
    named = []
    for number, (paragraph, entry) in enumerate(zip(found, entries, strict=True), start=1):
        name, identifier = f"{prefix}{number:07d}", f"{prefix[-1]}{number:05d}"
        paragraph.insert(1, element("bookmarkStart", id=identifier, name=name))
        paragraph.append(element("bookmarkEnd", id=identifier))
        named.append((name, entry))
    return named


def _fill(
    main: etree._Element,
    mark: str,
    lists: Sequence[tuple[str, Sequence[Title]]],
    pages: Mapping[str, str],
    style: str,
) -> None:
    """Replace the mark by fields that Word can update, each holding what it would show.

    Args:
        main: The body of Word's document.
        mark: What is to be replaced.
        lists: The code of each field, and bookmarks with what they mark; one that lists nothing is left out.
        pages: Page number by the id of headings, tables and pictures.
        style: Of a line, by its level.
    """
    place = next((p for p in main.iter(f"{W}p") if _style(p) == MARK + mark), None)
    if place is None:
        return
    parent = place.getparent()
    assert parent is not None  # noqa: S101 - a paragraph always stands in something
    made: list[etree._Element] = []
    for code, named in lists:
        lines = [
            _line(style.format(level=entry.level), name, entry.text, pages.get(entry.anchor, ""))
            for name, entry in named
        ]
        if lines:
            *begin, end = field(code, ())
            for offset, run in enumerate(begin):
                lines[0].insert(1 + offset, run)
            lines[-1].append(end)
        made += lines
    position = parent.index(place)
    parent[position : position + 1] = made or [element("p")]


def _line(style: str, bookmark: str, text: str, page: str) -> etree._Element:
    link = element(
        "hyperlink",
        element("r", element("t", text=text)),
        element("r", element("tab")),
        element("r", element("t", text=page)),
        anchor=bookmark,
        history="1",
    )
    return element("p", element("pPr", element("pStyle", val=style)), link)


# ---- sections


def _set_sections(main: etree._Element, sheet: Sheet) -> None:
    """Cover without number, front matter i, ii, then 1, 2; landscape pages where they are marked."""
    last = main.find(f"{W}sectPr")
    if last is None:
        raise ValueError("word/document.xml tidak memuat ukuran halaman")
    set_paper(last, sheet)
    # Numbers restart once, at whichever section is the first of the main part.
    restarted = False
    for paragraph in [p for p in main.findall(f"{W}p") if _style(p).startswith(MARK)]:
        kind = _style(paragraph).removeprefix(MARK)
        previous = paragraph.getprevious()
        # Two marks in a row: the section between them would be an empty page.
        if previous is not None and previous.find(f"{W}pPr/{W}sectPr") is not None:
            main.remove(paragraph)
            continue
        section = _section(last, kind, restart=not restarted)
        restarted = restarted or kind in {"akhir-tegak", "akhir-lebar"}
        _end_section(paragraph, previous, section)
    if not restarted:
        _number(last, "decimal", start=True)
    else:
        _number(last, "decimal", start=False)


def _section(template: etree._Element, kind: str, *, restart: bool) -> etree._Element:
    section = deepcopy(template)
    if kind == "akhir-sampul":
        for reference in [*section.findall(f"{W}headerReference"), *section.findall(f"{W}footerReference")]:
            section.remove(reference)
    elif kind == "akhir-awal":
        _number(section, "lowerRoman", start=False)
    else:
        _number(section, "decimal", start=restart)
    if kind == "akhir-lebar":
        size = section.find(f"{W}pgSz")
        if size is not None:
            width, height = size.get(f"{W}w", ""), size.get(f"{W}h", "")
            size.set(f"{W}w", height)
            size.set(f"{W}h", width)
            size.set(f"{W}orient", "landscape")
    return section


def _number(section: etree._Element, form: str, *, start: bool) -> None:
    settings = element("pgNumType", fmt=form)
    if start:
        settings.set(f"{W}start", "1")
    margins = section.find(f"{W}pgMar")
    if margins is not None:
        margins.addnext(settings)


def _end_section(mark: etree._Element, previous: etree._Element | None, section: etree._Element) -> None:
    """On the paragraph before the mark if there is one: a paragraph of its own could make an empty page."""
    if previous is not None and previous.tag == f"{W}p":
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
