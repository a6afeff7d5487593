"""The region's emblem in Word: on the cover, and in the letterhead above the preface."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from reports.render.document import Document
from reports.render.pdf import emblem_bytes, emblem_name
from reports.render.pictures import LiftedPicture, draw_png
from reports.render.word_elements import W, element
from reports.render.word_form import TWIPS_PER_POINT, sheet_for
from reports.render.word_pictures import drawing

COVER, LETTERHEAD = 102.0, 60.0
"""Heights in points, those of the PDF."""
_EDGE = 454
"""Twips at the right of the letterhead, as in the PDF."""
WIDEST = 2.5
"""Times its height that an emblem may be wide."""
_NUMBER = re.compile(r"[\d.]+")
_SCALE = 2
"""It is drawn larger than it is shown, so that a printer has enough."""


def emblem_of(document: Document, height: float) -> LiftedPicture:
    """The emblem as a picture of a height in points; without words where it is nobody's."""
    content = emblem_bytes(document)
    width = height * min(WIDEST, _ratio(content, emblem_name(document)))
    words = f"Lambang {document.region}".strip() if document.emblem else ""
    return LiftedPicture("lambang", content.decode(errors="replace"), width, height, words)


def draw_for_word(document: Document) -> tuple[bytes, ...]:
    """The document's pictures as PNG, in their order, and behind them the emblem.

    Raises:
        RenderError: Typst did not accept one of them.
    """
    if emblem_name(document).endswith(".png"):
        return (*draw_png(document.pictures), emblem_bytes(document))
    return draw_png((*document.pictures, emblem_of(document, COVER * _SCALE)))


def put_emblem(main: etree._Element, document: Document, mark: str) -> None:
    """Put the emblem and the letterhead where their marks stand.

    Args:
        main: The body of Word's document.
        document: The report.
        mark: What the styles of marks begin with.
    """
    number = len(document.pictures) + 1
    for paragraph in list(main.findall(f"{W}p")):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        kind = style.get(f"{W}val", "") if style is not None else ""
        if kind == f"{mark}lambang":
            picture = drawing(emblem_of(document, COVER), number)
            manner = element("pPr", element("pStyle", val="SampulLambang"))
            main.replace(paragraph, element("p", manner, element("r", picture)))
        elif kind == f"{mark}kop-surat":
            _put_letterhead(main, paragraph, document, number)


def _put_letterhead(main: etree._Element, place: etree._Element, document: Document, number: int) -> None:
    heading = next(place.itersiblings(f"{W}p"), None)
    settings = heading.find(f"{W}pPr") if heading is not None else None
    if not document.letterhead or settings is None:
        main.remove(place)
        return
    text = sheet_for(document).text
    picture = emblem_of(document, LETTERHEAD)
    side = round(picture.width * TWIPS_PER_POINT) + 160
    widths = (side, text - side - _EDGE, _EDGE)
    lines = [_line("KopSurat", line, bold=True) for line in document.letterhead]
    lines += [_line("KopSuratAlamat", line) for line in document.form.address]
    shown = _line("KopSurat", "")
    shown.append(element("r", drawing(picture, number, showing=number + 1)))
    cells: Sequence[Sequence[etree._Element]] = ((shown,), lines, (_line("KopSurat", ""),))
    row = element("tr", element("trPr", element("cantSplit")))
    for width, paragraphs in zip(widths, cells, strict=True):
        settings_of_cell = element(
            "tcPr", element("tcW", w=width, type="dxa"), element("vAlign", val="center")
        )
        row.append(element("tc", settings_of_cell, *paragraphs))
    made = element(
        "tbl",
        element("tblPr", element("tblW", w=text, type="dxa"), element("tblLayout", type="fixed")),
        element("tblGrid", *(element("gridCol", w=width) for width in widths)),
        row,
    )
    main.replace(place, made)
    made.addnext(_line("KopSuratGaris", ""))
    # The heading's own new page would part it from the letterhead, which begins one.
    settings.insert(1, element("pageBreakBefore", val="0"))


def _line(style: str, text: str, *, bold: bool = False) -> etree._Element:
    made = element("p", element("pPr", element("pStyle", val=style)))
    if text:
        manner = [element("rPr", element("b"), element("bCs"))] if bold else []
        made.append(element("r", *manner, element("t", text=text)))
    return made


def _ratio(content: bytes, name: str) -> float:
    """Width by height."""
    if name.endswith(".png"):
        width, height = (int.from_bytes(content[place : place + 4]) for place in (16, 20))
        return width / height
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    box = [float(part) for part in _NUMBER.findall(root.get("viewBox", ""))][-2:]
    if len(box) != 2:
        found = [_NUMBER.search(root.get(side, "")) for side in ("width", "height")]
        box = [float(each[0]) if each else 1.0 for each in found]
    return box[0] / box[1] if box[0] and box[1] else 1.0
