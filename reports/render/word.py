"""What Word's document needs and pandoc does not give: contents, sections, widths of columns.

Lengths are in twips, the twentieth part of a point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy

from lxml import etree

from reports.render.headings import Entry, contents, tables

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MARK = "lkjip-"
PORTRAIT_WIDTH, LANDSCAPE_WIDTH = 8788, 13720  # between the margins of reference.docx
HEADINGS = ("Heading1", "Heading2", "Heading3")
SHADES = {"KepalaTabel": "E4EBF2", "IsiTabelProgram": "F3F6FA", "IsiTabelMenunggu": "FFF4D9"}


def finish_body(xml: bytes, body: str, pages: Mapping[str, str]) -> bytes:
    """Finish ``word/document.xml``.

    Args:
        xml: As pandoc wrote it with ``docx.lua``.
        body: The anchored HTML it was made from.
        pages: Page number by the id of headings and tables.

    Raises:
        ValueError: Headings or tables in the file are not those of the report.
    """
    root = etree.fromstring(xml)
    main = root.find(f"{W}body")
    if main is None:
        raise ValueError("word/document.xml tidak memuat isi")
    _set_tables(main)
    headings = _bookmarked(main, HEADINGS, contents(body), "_Toc1")
    captions = _bookmarked(main, ("Caption",), tables(body), "_Toc2")
    _fill(main, "daftar-isi", headings, pages, r'TOC \o "1-3" \h \z \u', "TOC{level}")
    _fill(main, "daftar-tabel", captions, pages, r'TOC \h \z \t "Caption,1"', "TableofFigures")
    _set_sections(main)
    finished: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return finished


def _style(paragraph: etree._Element) -> str:
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return str(found.get(f"{W}val", "")) if found is not None else ""


def _element(
    tag: str, *children: etree._Element, text: str | None = None, **attributes: object
) -> etree._Element:
    made = etree.Element(W + tag, {W + name.rstrip("_"): str(value) for name, value in attributes.items()})
    made.extend(children)
    if text is not None:
        made.text = text
    return made


# ---- tables


def _set_tables(main: etree._Element) -> None:
    width = PORTRAIT_WIDTH
    for block in main:
        name = _style(block)
        if name == MARK + "akhir-tegak":
            width = LANDSCAPE_WIDTH
        elif name == MARK + "akhir-lebar":
            width = PORTRAIT_WIDTH
        elif block.tag == W + "tbl":
            _set_table(block, width)


def _set_table(table: etree._Element, width: int) -> None:
    """Fixed widths in table, columns and cells (Word and LibreOffice differ in which they believe)."""
    columns = table.findall(f"{W}tblGrid/{W}gridCol")
    shares = [int(c.get(f"{W}w", "1")) for c in columns]
    widths = [share * width // sum(shares) for share in shares]
    for column, size in zip(columns, widths, strict=True):
        column.set(f"{W}w", str(size))
    whole = table.find(f"{W}tblPr/{W}tblW")
    if whole is not None:
        whole.set(f"{W}type", "dxa")
        whole.set(f"{W}w", str(sum(widths)))
    for row in table.findall(f"{W}tr"):
        settings = row.find(f"{W}trPr")
        if settings is None:
            settings = _element("trPr")
            row.insert(0, settings)
        settings.insert(0, _element("cantSplit"))
        _set_cells(row, widths)


def _set_cells(row: etree._Element, widths: Sequence[int]) -> None:
    position = 0
    cells = row.findall(f"{W}tc")
    shade = next((s for s in map(_shade, cells) if s), "")
    for cell in cells:
        settings = cell.find(f"{W}tcPr")
        if settings is None:
            settings = _element("tcPr")
            cell.insert(0, settings)
        spanned = settings.find(f"{W}gridSpan")
        columns = int(spanned.get(f"{W}val", "1")) if spanned is not None else 1
        settings.insert(0, _element("tcW", type="dxa", w=sum(widths[position : position + columns])))
        color = _shade(cell) or (shade if shade != SHADES["IsiTabelMenunggu"] else "")
        if color:
            settings.append(_element("shd", val="clear", color="auto", fill=color))
        if color == SHADES["KepalaTabel"]:
            settings.append(_element("vAlign", val="center"))
        _style_empty_paragraphs(cell)
        position += columns


def _shade(cell: etree._Element) -> str:
    return next((SHADES[s] for s in map(_style, cell.iter(f"{W}p")) if s in SHADES), "")


def _style_empty_paragraphs(cell: etree._Element) -> None:
    """Without a style an empty cell is as tall as a line of running text."""
    for paragraph in cell.findall(f"{W}p"):
        if len(paragraph) == 0:
            paragraph.append(_element("pPr", _element("pStyle", val="IsiTabel")))


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
        paragraph.insert(1, _element("bookmarkStart", id=identifier, name=name))
        paragraph.append(_element("bookmarkEnd", id=identifier))
        named.append((name, entry))
    return named


def _fill(
    main: etree._Element,
    mark: str,
    named: Sequence[tuple[str, Entry]],
    pages: Mapping[str, str],
    field: str,
    style: str,
) -> None:
    """Replace the mark by a field that Word can update, holding what it would show."""
    place = next((p for p in main.iter(f"{W}p") if _style(p) == MARK + mark), None)
    if place is None:
        return
    parent = place.getparent()
    assert parent is not None  # noqa: S101 - a paragraph always stands in something
    lines = [
        _line(style.format(level=entry.level), name, entry.text, pages.get(entry.anchor, ""))
        for name, entry in named
    ] or [_element("p", _element("pPr"))]
    begin = [
        _element("r", _element("fldChar", fldCharType="begin")),
        _element("r", _element("instrText", text=f" {field} ")),
        _element("r", _element("fldChar", fldCharType="separate")),
    ]
    for offset, run in enumerate(begin):
        lines[0].insert(1 + offset, run)
    lines[-1].append(_element("r", _element("fldChar", fldCharType="end")))
    position = parent.index(place)
    parent[position : position + 1] = lines


def _line(style: str, bookmark: str, text: str, page: str) -> etree._Element:
    link = _element(
        "hyperlink",
        _element("r", _element("t", text=text)),
        _element("r", _element("tab")),
        _element("r", _element("t", text=page)),
        anchor=bookmark,
        history="1",
    )
    return _element("p", _element("pPr", _element("pStyle", val=style)), link)


# ---- sections


def _set_sections(main: etree._Element) -> None:
    """Cover without number, front matter i, ii, then 1, 2; landscape pages where they are marked."""
    last = main.find(f"{W}sectPr")
    if last is None:
        raise ValueError("word/document.xml tidak memuat ukuran halaman")
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
    settings = _element("pgNumType", fmt=form)
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
            settings = _element("pPr")
            previous.insert(0, settings)
        settings.append(section)
        parent = mark.getparent()
        if parent is not None:
            parent.remove(mark)
        return
    for child in list(mark):
        mark.remove(child)
    tiny = _element("spacing", before="0", after="0", line="20", lineRule="exact")
    mark.append(_element("pPr", tiny, section))
