"""Makes of one semantic HTML the three files a reader gets: web page, PDF and Word.

``render_report`` fills the templates around the book, ``render_all`` makes the files. Heavy imports (Typst)
happen only when a file is made, so that a command which renders nothing starts fast.
"""

from reports.render.document import Document, RenderedReport
from reports.render.docx import render_docx
from reports.render.draft import mark_docx, mark_html
from reports.render.environment import environment, render_annex, render_report
from reports.render.files import render_all
from reports.render.html import render_html
from reports.render.pdf import render_pdf

__all__ = [
    "Document",
    "RenderedReport",
    "environment",
    "mark_docx",
    "mark_html",
    "render_all",
    "render_annex",
    "render_docx",
    "render_html",
    "render_pdf",
    "render_report",
]
