"""What Word's document needs and pandoc does not give: contents, sections, widths of columns.

Lengths are in twips, the twentieth part of a point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lxml import etree

from office.form import BUILT_IN
from reports.render.document import Document
from reports.render.headings import Entry, captions, contents
from reports.render.lifted import PLACE
from reports.render.pages.columns import fit_columns
from reports.render.pages.letters import measure_letters
from reports.render.word_controls import put_controls
from reports.render.word_elements import W, element, written
from reports.render.word_emblem import put_emblem
from reports.render.word_fields import Title, field, lists_of, number_captions, refer
from reports.render.word_form import TWIPS_PER_POINT, shades, sheet_for
from reports.render.word_heads import Heads
from reports.render.word_pictures import put_pictures
from reports.render.word_sections import MARK, set_sections
from reports.render.word_sections import style_of as _style
from reports.render.word_tables import word_table

SOURCE_STYLE = "SumberTabel"
AFTER_TABLE = 160
HEADINGS = ("Heading1", "Heading2", "Heading3")
CAPTIONS = ("Caption", "JudulGambar")


def finish_body(xml: bytes, document: Document, pages: Mapping[str, str], heads: Heads) -> bytes:
    """Finish ``word/document.xml``.

    Args:
        xml: As pandoc wrote it with ``docx.lua``.
        document: The report it was made from.
        pages: Page number by the id of headings, tables and pictures.
        heads: What stands above and below the pages.

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
    set_sections(main, sheet_for(document), heads)
    put_controls(main)
    return written(root)


# ---- tables


def _put_tables(main: etree._Element, document: Document) -> None:
    tables, sheet, colours = document.lifted[1], sheet_for(document), shades(document.form)
    # The font of Word's tables is on the office's computers and not here: foreseen by letters of ours.
    letters = measure_letters(BUILT_IN[0])
    for paragraph in main.findall(f"{W}p"):
        found = PLACE.fullmatch("".join(paragraph.itertext(f"{W}t")))
        if found:
            table = tables[int(found[1])]
            width = sheet.turned if table.wide else sheet.text
            fitted = fit_columns(table, letters, width / TWIPS_PER_POINT)
            made = word_table(fitted, width, colours)
            main.replace(paragraph, made)
            _keep_source(made)
            _space_after(made)


def _keep_source(table: etree._Element) -> None:
    """A table's source never stands alone on the page after it."""
    following = table.getnext()
    if following is None or _style(following) != SOURCE_STYLE:
        return
    for settings in table.findall(f"{W}tr")[-1].iter(f"{W}pPr"):
        if settings.find(f"{W}keepNext") is None:
            settings.insert(1, element("keepNext"))


def _space_after(table: etree._Element) -> None:
    """Tables and their sources have no space below: running text that follows gets some above."""
    following = table.getnext()
    while following is not None and _style(following) == SOURCE_STYLE:
        following = following.getnext()
    settings = following.find(f"{W}pPr") if following is not None else None
    if following is None or settings is None or _style(following) in (*HEADINGS, *CAPTIONS):
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
