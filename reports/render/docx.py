"""The Word file: pandoc with the office's styles, then contents, sections and widths."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC
from io import BytesIO
from xml.sax.saxutils import escape

from core.errors import RenderError
from reports.render.document import Document
from reports.render.pandoc import convert
from reports.render.pdf import STYLE, set_pages
from reports.render.word import finish_body
from reports.render.word_emblem import draw_for_word
from reports.render.word_form import dress_styles, fit_styles, sheet_for
from reports.render.word_heads import Heads
from reports.render.word_pictures import name_types, picture_name, relate
from reports.render.word_styles import merge_styles, merge_theme

# Word's own year zero: a zip needs a date, and the clock must not be in the bytes.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
IDENTITY, IDENTITY_PART = "LKjIP", "docProps/custom.xml"
"""The property that tells which issue a Word file is, and the part that holds it."""
_OWN_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def render_docx(document: Document, pages: Mapping[str, str] | None = None) -> bytes:
    """The report as an editable Word file; the same document gives the same bytes.

    Args:
        document: The report.
        pages: Page numbers of the contents; taken from the PDF (made for it) when left out.

    Raises:
        RenderError: pandoc could not do it.
    """
    numbers = set_pages(document).pages if pages is None else pages
    return finish_docx(convert_docx(document), document, numbers, draw_for_word(document))


def convert_docx(document: Document) -> bytes:
    """What pandoc makes of the report, not yet fit for a reader; see :func:`finish_docx`."""
    filters = [f"--lua-filter={STYLE / 'docx.lua'}", f"--reference-doc={STYLE / 'reference.docx'}"]
    return convert(document.editable, ["--to=docx", *filters], moment=document.date, product="Word")


def finish_docx(raw: bytes, document: Document, pages: Mapping[str, str], drawn: Sequence[bytes]) -> bytes:
    """Put in the contents, the sections, the widths of tables, the pictures, and the properties.

    Args:
        raw: From :func:`convert_docx`.
        document: The same report.
        pages: Page number by the id of headings and tables.
        drawn: From :func:`reports.render.word_emblem.draw_for_word`.

    Raises:
        RenderError: The file is not what pandoc usually makes.
    """
    try:
        with zipfile.ZipFile(BytesIO(raw)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        _finish(parts, document, pages, drawn)
        buffer = BytesIO()
        with zipfile.ZipFile(buffer, "w") as made:
            for name, data in parts.items():
                # PNG is compressed already.
                how = zipfile.ZIP_STORED if name.endswith(".png") else zipfile.ZIP_DEFLATED
                made.writestr(zipfile.ZipInfo(name, ZIP_DATE), data, how, 6)
    except (zipfile.BadZipFile, KeyError, ValueError) as cause:
        raise RenderError(
            f"Berkas Word gagal diselesaikan: {cause}.",
            todo="Periksa docx.lua dan reference.docx di templates/style, lalu ulangi; "
            "laporan sebelumnya tidak berubah.",
        ) from cause
    return buffer.getvalue()


def _finish(
    parts: dict[str, bytes], document: Document, pages: Mapping[str, str], drawn: Sequence[bytes]
) -> None:
    """Make the parts of the file, by name, those of a report."""
    office, sheet = document.office_word, sheet_for(document)
    styles, renamed = dress_styles(parts["word/styles.xml"], document.form), dict[str, str]()
    if office is not None:
        styles, renamed = merge_styles(styles, office)
        parts["word/theme/theme1.xml"] = merge_theme(parts["word/theme/theme1.xml"], office)
    heads = Heads(parts, document.office or document.author, sheet, styles, office, renamed)
    parts["word/document.xml"] = finish_body(parts["word/document.xml"], document, pages, heads)
    parts["word/styles.xml"] = fit_styles(styles, document.form, sheet)
    heads.finish()
    parts["docProps/core.xml"] = _properties(document)
    if document.identity:
        parts[IDENTITY_PART] = _identity(document.identity)
    parts["word/_rels/document.xml.rels"] = relate(parts["word/_rels/document.xml.rels"], len(drawn))
    parts["[Content_Types].xml"] = name_types(parts["[Content_Types].xml"])
    for number, picture in enumerate(drawn, start=1):
        parts[f"word/{picture_name(number)}"] = picture


def _identity(identity: str) -> bytes:
    """What Word keeps of where a file came from, however often it is saved."""
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Properties'
        ' xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        ' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">'
        f'<property fmtid="{_OWN_PROPERTIES}" pid="2" name="{IDENTITY}">'
        f"<vt:lpwstr>{escape(identity)}</vt:lpwstr></property></Properties>"
    ).encode()


def _properties(document: Document) -> bytes:
    moment = document.date.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    texts = {
        "dc:title": document.title, "dc:creator": document.author, "dc:subject": document.subject,
        "cp:keywords": ", ".join(document.keywords), "cp:lastModifiedBy": document.author,
        "dc:language": "id-ID",
    }  # fmt: skip
    dates = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{moment}</dcterms:{name}>'
        for name in ("created", "modified")
    )
    body = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in texts.items())
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<cp:coreProperties'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"{body}{dates}</cp:coreProperties>"
    ).encode()
