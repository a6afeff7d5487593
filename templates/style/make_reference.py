"""Makes ``reference.docx``, the office's styles for the Word file: run it after changing a style.

python templates/style/make_reference.py
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

TARGET = Path(__file__).with_name("reference.docx")
FONT = "Times New Roman"
BLUE = RGBColor(0x1F, 0x4E, 0x79)
CENTER, LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
KEPT = {"BodyText", "Caption", "Header", "Footer", "Hyperlink", "Table"}
"""Ids of styles that are Word's own, beside headings and contents."""
TEXT_WIDTH = Cm(15.5)


def paragraph_style(document: Any, name: str, base: str | None, **settings: Any) -> Any:
    """Create or change a paragraph style."""
    styles = document.styles
    style = (
        styles[name] if name in [s.name for s in styles] else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    )
    if base:
        style.base_style = styles[base]
    font, shape = style.font, style.paragraph_format
    font.name = FONT
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for side in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(side), None)
    for side in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(side), FONT)
    for key, value in settings.items():
        if key in {"size", "bold", "italic"}:
            setattr(font, key, Pt(value) if key == "size" else value)
        elif key == "color":
            font.color.rgb = value
        else:
            setattr(shape, key, value)
    # Word knows its own styles of contents by small names and these ids.
    if name.startswith("toc "):
        style.element.set(qn("w:styleId"), "TOC" + name[4:])
    elif name == "table of figures":
        style.element.set(qn("w:styleId"), "TableofFigures")
    style.hidden, style.quick_style = False, True
    return style


def borders(style: Any, tag: str, room: int = 6, **sides: tuple[str, int, str]) -> None:
    """Put lines around paragraphs (``pBdr``), so many points from their words; Word takes up to 31."""
    box = OxmlElement(tag)
    for side, (kind, size, color) in sides.items():
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", kind), ("sz", str(size)), ("space", str(room)), ("color", color)):
            line.set(qn(f"w:{key}"), value)
        box.append(line)
    style.element.get_or_add_pPr().insert_element_before(
        box,
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:spacing",
        "w:ind",
        "w:contextualSpacing",
        "w:jc",
        "w:outlineLvl",
    )


def text_styles(document: Any) -> None:
    """Running text, headings, captions."""
    plain = {"space_before": Pt(0), "space_after": Pt(6)}
    paragraph_style(document, "Normal", None, size=12, line_spacing=1.15, **plain)
    for name in ("Body Text", "First Paragraph"):
        paragraph_style(document, name, "Normal", alignment=JUSTIFY, line_spacing=1.22, **plain)
    paragraph_style(document, "Compact", "Body Text", space_before=Pt(0), space_after=Pt(3))
    paragraph_style(
        document,
        "Pengantar Tabel",
        "Body Text",
        keep_with_next=True,
        keep_together=True,
        line_spacing=1.22,
        **plain,
    )
    paragraph_style(document, "Visi", "Normal", size=13, bold=True, alignment=CENTER, **plain)
    paragraph_style(document, "Block Text", "Body Text", italic=True, left_indent=Cm(1), **plain)
    black = RGBColor(0, 0, 0)
    paragraph_style(
        document, "Heading 1", "Normal", size=14, bold=True, color=BLUE, alignment=CENTER,
        page_break_before=True, keep_with_next=True, space_before=Pt(0), space_after=Pt(20),
    )  # fmt: skip
    paragraph_style(
        document, "Heading 2", "Normal", size=12.5, bold=True, color=black, alignment=LEFT,
        keep_with_next=True, space_before=Pt(16), space_after=Pt(6),
    )  # fmt: skip
    paragraph_style(
        document, "Heading 3", "Normal", size=12, bold=True, color=black, alignment=LEFT,
        keep_with_next=True, space_before=Pt(12), space_after=Pt(6),
    )  # fmt: skip
    title = {"bold": True, "color": black, "alignment": CENTER, "line_spacing": 1.0}
    paragraph_style(
        document,
        "Caption",
        "Normal",
        size=11,
        keep_with_next=True,
        space_before=Pt(14),
        space_after=Pt(6),
        **title,
    )
    paragraph_style(
        document, "Judul Gambar", "Normal", size=11, space_before=Pt(6), space_after=Pt(14), **title
    )
    for level in (1, 2, 3):
        style = paragraph_style(
            document, f"toc {level}", "Normal", bold=level == 1, left_indent=Cm(0.6 * (level - 1)),
            right_indent=Cm(1), space_before=Pt(3 if level == 1 else 0), space_after=Pt(1), line_spacing=1.0,
        )  # fmt: skip
        style.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    style = paragraph_style(
        document, "table of figures", "Normal", right_indent=Cm(1), space_before=Pt(0), space_after=Pt(4),
        line_spacing=1.0,
    )  # fmt: skip
    style.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    link = document.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.underline = False


def part_styles(document: Any) -> None:
    """Cover, letterhead, signature, remarks, cells."""
    tight = {"space_before": Pt(0), "space_after": Pt(0), "line_spacing": 1.0}
    paragraph_style(
        document, "Sampul Judul", "Normal", size=17, bold=True, color=BLUE, alignment=CENTER,
        space_before=Pt(34), space_after=Pt(18), line_spacing=1.15,
    )  # fmt: skip
    emblem = paragraph_style(document, "Sampul Lambang", "Normal", alignment=CENTER, **tight)
    borders(emblem, "w:pBdr", room=28, top=("thickThinSmallGap", 24, "1F4E79"))
    paragraph_style(document, "Sampul Terbitan", "Normal", size=11, alignment=CENTER, space_after=Pt(190))
    paragraph_style(
        document, "Sampul Kantor", "Normal", size=15, bold=True, alignment=CENTER, space_after=Pt(8)
    )
    year = paragraph_style(document, "Sampul Tahun", "Sampul Kantor", size=15, bold=True, space_after=Pt(0))
    borders(year, "w:pBdr", room=14, bottom=("thinThickSmallGap", 24, "1F4E79"))
    rule = paragraph_style(document, "Kop Surat Garis", "Normal", size=4, space_after=Pt(14))
    borders(rule, "w:pBdr", top=("single", 14, "1F4E79"))
    paragraph_style(document, "Kop Surat", "Normal", size=13, alignment=CENTER, **tight)
    paragraph_style(document, "Kop Surat Alamat", "Normal", size=10, alignment=CENTER, **tight)
    paragraph_style(
        document,
        "Tanda Tangan",
        "Normal",
        alignment=CENTER,
        size=11,
        left_indent=Cm(5.3),
        keep_with_next=True,
        **tight,
    )
    paragraph_style(
        document,
        "Ruang Tanda Tangan",
        "Tanda Tangan",
        space_before=Pt(52),
        space_after=Pt(0),
        line_spacing=1.0,
    )
    paragraph_style(
        document,
        "Sumber Tabel",
        "Normal",
        size=9,
        alignment=LEFT,
        space_before=Pt(3),
        space_after=Pt(3),
        line_spacing=1.0,
    )
    note = paragraph_style(
        document, "Catatan", "Normal", size=10.5, alignment=LEFT, left_indent=Cm(0.3), right_indent=Cm(0.3),
        space_before=Pt(10), space_after=Pt(12), line_spacing=1.0,
    )  # fmt: skip
    borders(
        note, "w:pBdr", top=("single", 4, "D9C893"), left=("single", 24, "B8860B"),
        bottom=("single", 4, "D9C893"), right=("single", 4, "D9C893"),
    )  # fmt: skip
    cell = {"size": 8.5, **tight}
    paragraph_style(document, "Isi Tabel", "Normal", **cell)
    paragraph_style(document, "Isi Tabel Program", "Isi Tabel", **cell)
    paragraph_style(document, "Isi Tabel Menunggu", "Isi Tabel", italic=True, **cell)
    paragraph_style(
        document, "Kepala Tabel", "Isi Tabel", bold=True, alignment=CENTER, keep_with_next=True, **cell
    )


def table_style(document: Any) -> None:
    """The style that pandoc gives every table: "Table"."""
    style = document.styles.add_style("Table", WD_STYLE_TYPE.TABLE)
    settings = OxmlElement("w:tblPr")
    lines = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", "8A8A8A")):
            line.set(qn(f"w:{key}"), value)
        lines.append(line)
    margins = OxmlElement("w:tblCellMar")
    for side, width in (("top", 40), ("left", 80), ("bottom", 40), ("right", 80)):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(width))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    settings.extend([lines, margins])
    style.element.append(settings)


def field(paragraph: Any, instruction: str) -> None:
    """A field such as PAGE."""
    for kind in ("begin", None, "end"):
        run = paragraph.add_run()
        if kind:
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark = OxmlElement("w:instrText")
            mark.text = instruction
        run._r.append(mark)


def drop_unused(document: Any) -> None:
    """Take out what the document that we start from brings along and no report uses, three quarters of it."""
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        kind, identifier = style.get(qn("w:type")), style.get(qn("w:styleId"))
        kept = (
            identifier in KEPT or style.get(qn("w:customStyle")) == "1" or style.get(qn("w:default")) == "1"
        )
        if not kept and not (
            kind == "paragraph" and identifier.startswith(("Heading", "TOC", "TableofFigures"))
        ):
            styles.remove(style)
    known = {style.get(qn("w:styleId")) for style in styles.findall(qn("w:style"))}
    for tag in ("w:basedOn", "w:next", "w:link"):
        for link in list(styles.iter(qn(tag))):
            if link.get(qn("w:val")) not in known:
                link.getparent().remove(link)


def page_set_up(document: Any) -> None:
    """A4 with room to bind at the left; the office's name above, the page number below."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(2.5)
    section.top_margin, section.bottom_margin = Cm(3), Cm(2.5)
    section.header_distance = section.footer_distance = Cm(1.4)
    head = section.header.paragraphs[0]
    head.style = paragraph_style(document, "Header", "Normal", size=9, color=RGBColor(0x55, 0x55, 0x55))
    for tabs in document.styles["Header"].element.findall(f".//{qn('w:tabs')}"):
        tabs.getparent().remove(tabs)
    borders(document.styles["Header"], "w:pBdr", bottom=("single", 4, "A0A0A0"))
    # The report puts in the office's name and, in a section for each chapter, the chapter's.
    head.add_run("NAMA KANTOR\tJUDUL BAB")
    head.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    foot = section.footer.paragraphs[0]
    foot.style = paragraph_style(document, "Footer", "Normal", size=10, alignment=CENTER)
    foot.alignment = CENTER
    field(foot, "PAGE")


def main() -> None:
    """Write the file, the same bytes each time."""
    document = Document()
    language = document.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    if language is not None:
        language.set(qn("w:val"), "id-ID")
    text_styles(document)
    part_styles(document)
    table_style(document)
    page_set_up(document)
    drop_unused(document)
    buffer = BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as made, zipfile.ZipFile(TARGET, "w", zipfile.ZIP_DEFLATED) as fixed:
        for name in sorted(made.namelist()):
            if name.startswith(("docProps/thumbnail", "word/stylesWithEffects", "customXml")):
                continue
            data = made.read(name)
            if name.endswith(".rels"):
                data = re.sub(
                    rb"<Relationship [^>]*(?:thumbnail|stylesWithEffects|customXml)[^>]*/>", b"", data
                )
            elif name == "[Content_Types].xml":
                data = re.sub(rb"<Override [^>]*(?:stylesWithEffects|customXml)[^>]*/>", b"", data)
            fixed.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
