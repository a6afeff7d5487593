"""What is rendered, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Document:
    """A whole report, ready to be made into files.

    Attributes:
        title: Of the report, in one line.
        body: The HTML of all sections from cover to appendices, as ``render_chapters`` gives it.
        author: The office that answers for it.
        date: The moment of issue (aware); it becomes the files' creation date, never the clock's.
        subject: One line for the files' properties.
        office: Short name of the office for the head of every page.
        keywords: For the files' properties.
    """

    title: str
    body: str
    author: str
    date: datetime
    subject: str = ""
    office: str = ""
    keywords: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.date.tzinfo is None:
            raise ValueError("Document.date tidak memuat zona waktu")


@dataclass(frozen=True)
class RenderedReport:
    """The three files."""

    html: bytes
    pdf: bytes
    docx: bytes
