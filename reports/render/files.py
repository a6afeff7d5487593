"""Makes all three files at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from reports.render.document import Document, RenderedReport
from reports.render.docx import convert_docx, finish_docx
from reports.render.html import render_html
from reports.render.packed import pack_objects
from reports.render.pdf import set_pages
from reports.render.word_emblem import draw_for_word


def render_all(document: Document) -> RenderedReport:
    """The web page, the PDF and the Word file of one report.

    Word's conversion is a process of its own and runs beside the PDF's; its contents are filled with
    the page numbers of the PDF at the end, while that is packed.

    Raises:
        RenderError: One of them could not be made; then there is none of them.
    """
    _ = document.lifted  # once, before both ask for it
    with ThreadPoolExecutor(max_workers=2) as pool:
        word = pool.submit(convert_docx, document)
        paged = pool.submit(set_pages, document)
        drawn = pool.submit(draw_for_word, document)
        html = render_html(document)
        set_ = paged.result()
        packed = pool.submit(pack_objects, set_.pdf)
        docx = finish_docx(word.result(), document, set_.pages, drawn.result())
    return RenderedReport(html=html, pdf=packed.result(), docx=docx)
