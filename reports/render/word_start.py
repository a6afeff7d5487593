"""Our own Word document, from which an office begins one of its own."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from office.form import Form
from reports.render.docx import ZIP_DATE
from reports.render.pdf import STYLE
from reports.render.word_elements import W, element, written
from reports.render.word_form import dress_styles, fit_styles, set_paper, sheet_of
from reports.render.word_heads import fit_tabs

_BODY, _STYLES = "word/document.xml", "word/styles.xml"


def starting_document(form: Form) -> bytes:
    """A Word document in an office's form: each style that a report uses in a line with its name.

    Args:
        form: Of the office; colours, fonts and paper.
    """
    with zipfile.ZipFile(STYLE / "reference.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = sheet_of(form)
    styles = dress_styles(parts[_STYLES], form)
    _share_font(styles)
    document = etree.fromstring(parts[_BODY])
    section = next(document.iter(f"{W}sectPr"))
    set_paper(section, sheet)
    for name, identifier in _used(styles):
        line = element(
            "p", element("pPr", element("pStyle", val=identifier)), element("r", element("t", text=name))
        )
        section.addprevious(line)
    head = etree.fromstring(parts["word/header1.xml"])
    fit_tabs(head, sheet.text / sheet_of(Form()).text)
    parts |= {
        _BODY: written(document),
        _STYLES: fit_styles(styles, form, sheet),
        "word/header1.xml": written(head),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, ZIP_DATE), data, zipfile.ZIP_DEFLATED, 6)
    return made.getvalue()


def _share_font(styles: etree._Element) -> None:
    """Let all styles have the font of *Normal*, so that whoever changes it there changes it everywhere."""
    fonts = {style.get(f"{W}styleId"): style.find(f"{W}rPr/{W}rFonts") for style in styles.iter(f"{W}style")}
    normal = fonts.pop("Normal", None)
    for own in fonts.values():
        if own is not None and normal is not None and own.attrib == normal.attrib:
            own.getparent().remove(own)


def _used(styles: etree._Element) -> list[tuple[str, str]]:
    """Name and id of the paragraphs' styles that a report uses."""
    found = []
    for style in styles.findall(f"{W}style"):
        identifier, name = style.get(f"{W}styleId", ""), style.find(f"{W}name")
        if style.get(f"{W}type") != "paragraph" or identifier == "TOCHeading" or name is None:
            continue
        if not (identifier.startswith("Heading") and identifier > "Heading3"):
            found.append((name.get(f"{W}val", ""), identifier))
    return found
