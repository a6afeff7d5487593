"""A Word document as an office may bring it: its own fonts, margins, and a letterhead above every page."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from PIL import Image

LOGO = (30, 120, 60)
"""Colour of the picture in the head."""


def office_word(
    *, head: str = "PEMERINTAH KABUPATEN SUMENEP", foot: str = "", translated: bool = False
) -> bytes:
    """A reference document.

    Args:
        head: Above every page, beside a picture; empty for no head.
        foot: Below every page; empty for no foot.
        translated: Whether the ids of its styles are those that an Indonesian Word gives.
    """
    document = docx.Document()
    for name, font, size in (
        ("Normal", "Arial", 11),
        ("Heading 1", "Georgia", 16),
        ("Heading 2", "Georgia", 13),
    ):
        style = document.styles[name]
        style.font.name, style.font.size = font, Pt(size)
        fonts = style.element.rPr.rFonts
        for side in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{side}"), None)
    document.styles["Heading 1"].font.color.rgb = RGBColor(*LOGO)
    document.styles["Normal"].paragraph_format.line_spacing = 1.5
    document.styles["Normal"].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    document.styles["Normal"].paragraph_format.first_line_indent = Cm(1)
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21.59), Cm(33.02)
    section.left_margin, section.right_margin = Cm(4), Cm(2)
    section.top_margin, section.bottom_margin = Cm(4), Cm(3)
    if head:
        paragraph = section.header.paragraphs[0]
        paragraph.paragraph_format.first_line_indent = Cm(0)
        drawn = io.BytesIO()
        Image.new("RGB", (40, 40), LOGO).save(drawn, "PNG")
        paragraph.add_run().add_picture(io.BytesIO(drawn.getvalue()), height=Cm(0.8))
        paragraph.add_run(f" {head}").bold = True
    if foot:
        section.footer.paragraphs[0].add_run(foot)
    document.add_paragraph("Isi dokumen ini tidak dipakai.")
    if translated:
        _translate(document)
    made = io.BytesIO()
    document.save(made)
    return _undated(made.getvalue())


def _undated(file: bytes) -> bytes:
    """The same without the moment at which it was written: one document is the same wherever it is made."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(file)) as dated, zipfile.ZipFile(made, "w") as undated:
        for name in dated.namelist():
            undated.writestr(zipfile.ZipInfo(name), dated.read(name))
    return made.getvalue()


def _translate(document: Any) -> None:
    styles = {"Heading1": "Judul1", "Heading2": "Judul2", "Caption": "Keterangan", "Header": "Tajuk"}
    roots = [document.styles.element, document.sections[0].header._element]
    for root in roots:
        for element in root.iter():
            for key in ("styleId", "val"):
                value = element.get(qn(f"w:{key}"))
                tag = element.tag.rpartition("}")[2]
                if value in styles and tag in ("style", "basedOn", "next", "link", "pStyle"):
                    element.set(qn(f"w:{key}"), styles[value])


if __name__ == "__main__":
    Path("rujukan.docx").write_bytes(office_word())
