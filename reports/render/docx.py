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
from reports.render.word_form import fit_styles
from reports.render.word_pictures import name_types, picture_name, relate

# Word's own year zero: a zip needs a date, and the clock must not be in the bytes.
ZIP_DATE = (1980, 1, 1, 0, 0, 0)
IDENTITY, IDENTITY_PART = "LKjIP", "docProps/custom.xml"
"""The property that tells which issue a Word file is, and the part that holds it."""
_OWN_PROPERTIES = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
OFFICE_IN_HEADER = "NAMA KANTOR"


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
    office = escape(document.office or document.author).encode()
    buffer = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(raw)) as parts, zipfile.ZipFile(buffer, "w") as made:
            for name in parts.namelist():
                data = parts.read(name)
                if name == "word/document.xml":
                    data = finish_body(data, document, pages)
                elif name == "word/styles.xml":
                    data = fit_styles(data, document.form)
                elif name == "docProps/core.xml":
                    data = _properties(document)
                elif name == IDENTITY_PART and document.identity:
                    data = _identity(document.identity)
                elif name == "word/_rels/document.xml.rels":
                    data = relate(data, len(drawn))
                elif name == "[Content_Types].xml":
                    data = name_types(data)
                elif name.startswith("word/header"):
                    data = data.replace(OFFICE_IN_HEADER.encode(), office)
                made.writestr(zipfile.ZipInfo(name, ZIP_DATE), data, zipfile.ZIP_DEFLATED, 6)
            for number, picture in enumerate(drawn, start=1):
                # PNG is compressed already.
                made.writestr(zipfile.ZipInfo(f"word/{picture_name(number)}", ZIP_DATE), picture)
    except (zipfile.BadZipFile, KeyError, ValueError) as cause:
        raise RenderError(
            f"Berkas Word gagal diselesaikan: {cause}.",
            todo="Periksa docx.lua dan reference.docx di templates/style, lalu ulangi; "
            "laporan sebelumnya tidak berubah.",
        ) from cause
    return buffer.getvalue()


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
