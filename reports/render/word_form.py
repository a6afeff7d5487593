"""The office's form in Word: colours, fonts, paper, room for the signature. Lengths are in twips."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from lxml import etree

from office.form import BUILT_IN, MAIN, Form
from reports.render.document import Document
from reports.render.pages.columns import OVERHANG
from reports.render.pages.paper import LEFT, RIGHT, paper_of
from reports.render.word_elements import W, element, written

TWIPS_PER_POINT = 20
_HEADINGS = {"Heading1", "Heading2", "Heading3", "SampulJudul", "SampulKantor", "SampulTahun", "KopSurat"}
LINED = {"TOC1", "TOC2", "TOC3", "TableofFigures"}
_SIDES = ("ascii", "hAnsi", "cs", "eastAsia")
_SIGNATURE = Decimal("10.2")
"""Width of the block in which the signatory's name stands, in centimetres."""
_COVER_FREE = 4_300
"""Between the number of the issue and the office's name on an A4 cover."""
_PER_CENTIMETRE = Decimal(1440) / Decimal("2.54")


@dataclass(frozen=True)
class Sheet:
    """The paper in twips.

    Attributes:
        text, turned: Between the margins of an upright page and of one on its side.
        tall: Between the upper and the lower margin of an upright page.
        margins: Attributes of ``w:pgMar`` where the office's document names them; else those of our own.
    """

    width: int
    height: int
    text: int
    turned: int
    tall: int
    margins: Mapping[str, int] = field(default_factory=dict)

    @property
    def overhang(self) -> int:
        """How far a wide table on an upright page reaches into the margin, at each side."""
        sides = [self.margins[side] // 2 for side in ("left", "right") if side in self.margins]
        return min([round(OVERHANG * TWIPS_PER_POINT), *sides])


def sheet_of(form: Form) -> Sheet:
    """The paper that an office's form names."""
    paper = paper_of(form.paper)
    width, height = (round(length * TWIPS_PER_POINT) for length in (paper.width, paper.height))
    sides = round(LEFT * TWIPS_PER_POINT) + round(RIGHT * TWIPS_PER_POINT)
    above = round(paper.height * TWIPS_PER_POINT) - round(paper.text_height * TWIPS_PER_POINT)
    return Sheet(width, height, width - sides, height - sides, height - above)


def sheet_for(document: Document) -> Sheet:
    """The paper of a report's Word file: that of the office's document, where it has one."""
    office = document.office_word
    if office is None or not office.width:
        return sheet_of(document.form)
    margins = office.margins
    sides = margins["left"] + margins["right"] + margins["gutter"]
    tall = office.height - abs(margins["top"]) - abs(margins["bottom"])
    return Sheet(office.width, office.height, office.width - sides, office.height - sides, tall, margins)


def shades(form: Form) -> dict[str, str]:
    """Behind the cells of tables by their style: the theme's behind headings, less of it in programs."""
    head = form.theme.head
    parts = [int(head[place : place + 2], 16) for place in (1, 3, 5)]
    lighter = "".join(f"{part + (255 - part) * 55 // 100:02X}" for part in parts)
    return {"KepalaTabel": head[1:].upper(), "IsiTabelProgram": lighter, "IsiTabelMenunggu": "FFF4D9"}


def dress_styles(xml: bytes, form: Form) -> etree._Element:
    """``word/styles.xml`` in the colours and fonts that an office's form names."""
    root = etree.fromstring(xml.replace(MAIN[1:].upper().encode(), form.theme.main[1:].upper().encode()))
    theme = form.theme
    for style in root.findall(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        own = (name in _HEADINGS and theme.heading_font) or theme.body_font
        fonts = style.find(f"{W}rPr/{W}rFonts")
        # Those that the program brings are not on the computers of offices: Word keeps its own instead.
        if fonts is not None and own not in BUILT_IN:
            for side in _SIDES:
                fonts.set(W + side, own)
    return root


def fit_styles(root: etree._Element, form: Form, sheet: Sheet) -> bytes:
    """``word/styles.xml`` written for a paper, with the place and the room of the signature."""
    for style in root.findall(f"{W}style"):
        name = style.get(f"{W}styleId", "")
        for tab in style.findall(f"{W}pPr/{W}tabs/{W}tab") if name in LINED else ():
            if tab.get(f"{W}val") == "right":
                tab.set(f"{W}pos", str(sheet.text))
        if name == "TandaTangan":
            _place_signature(style, form, sheet)
        elif name == "RuangTandaTangan":
            _space(style, "before", _twips(form.signature.height))
        elif name == "SampulTerbitan":
            # The cover's last lines stand at the foot of a longer sheet as well.
            _space(style, "after", max(0, _COVER_FREE + sheet.tall - sheet_of(Form()).tall))
    return written(root)


def _space(style: etree._Element, side: str, length: int) -> None:
    for spacing in style.iter(f"{W}spacing"):
        spacing.set(W + side, str(length))


def _place_signature(style: etree._Element, form: Form, sheet: Sheet) -> None:
    width = min(_twips(max(_SIGNATURE, form.signature.width or Decimal(0))), sheet.text)
    free = sheet.text - width
    left = {"left": 0, "centre": free // 2, "right": free}[form.signature.place]
    for indent in style.iter(f"{W}ind"):
        indent.set(f"{W}left", str(left))
        indent.set(f"{W}right", str(free - left))


def set_paper(section: etree._Element, sheet: Sheet) -> None:
    """Let a section be of a paper."""
    size = section.find(f"{W}pgSz")
    if size is None:
        size = element("pgSz")
        section.insert(0, size)
    size.set(f"{W}w", str(sheet.width))
    size.set(f"{W}h", str(sheet.height))
    size.attrib.pop(f"{W}orient", None)
    around = section.find(f"{W}pgMar")
    for side, length in sheet.margins.items() if around is not None else ():
        around.set(W + side, str(length))


def _twips(centimetres: Decimal) -> int:
    return int(centimetres * _PER_CENTIMETRE)
