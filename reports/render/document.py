"""What is rendered, and what comes out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from office.form import Form, FormFile
from office.reference import Reference, read_reference
from reports.book.editable import without_marks
from reports.cards import Card
from reports.render.headings import for_pandoc
from reports.render.lifted import LiftedTable, lift_tables
from reports.render.pictures import LiftedPicture, lift_pictures


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
        provisional: Whose the figures are that may still be revised.
        form: How it is to look on paper.
        emblem: Of the office; None prints the program's own, which belongs to nobody.
        fonts: That the office brings.
        reference: The office's Word document, whose styles and paper the Word file takes.
        letterhead: Lines at the head of its letters, the government's and the office's names.
        region: Whose emblem it is, for those who do not see it.
        draft: What every page of a draft bears; empty for an issue.
        marked: The body with the marks of :mod:`reports.book.editable`, for Word; empty where nothing may
            be changed.
        identity: Office, year and number of the issue, as the Word file bears them
            (``sumenep-dkupp/2023/2``); empty for a document that nothing is read back from.
        cards: What the page tells of a figure that is pressed; PDF and Word have the appendix.
    """

    title: str
    body: str
    author: str
    date: datetime
    subject: str = ""
    office: str = ""
    keywords: tuple[str, ...] = ()
    provisional: str = ""
    form: Form = field(default_factory=Form)
    emblem: FormFile | None = None
    fonts: tuple[FormFile, ...] = ()
    reference: FormFile | None = None
    letterhead: tuple[str, ...] = ()
    region: str = ""
    draft: str = ""
    cards: tuple[Card, ...] = ()
    marked: str = ""
    identity: str = ""

    @cached_property
    def anchored(self) -> str:
        """The body with an id on each heading, as pandoc wants it."""
        return without_marks(self._anchored)

    @cached_property
    def lifted(self) -> tuple[str, tuple[LiftedTable, ...]]:
        """The anchored body without its pictures and tables, and the tables."""
        text, tables = self._lifted
        return without_marks(text), tables

    @property
    def editable(self) -> str:
        """The same text with its marks."""
        return self._lifted[0]

    @property
    def office_word(self) -> Reference | None:
        """The office's Word document taken apart, where it has one."""
        return read_reference(self.reference.content) if self.reference else None

    @property
    def pictures(self) -> tuple[LiftedPicture, ...]:
        """The pictures that were taken out of the anchored body."""
        return self._without_pictures[1]

    @cached_property
    def _anchored(self) -> str:
        return for_pandoc(self.marked or self.body)

    @cached_property
    def _lifted(self) -> tuple[str, tuple[LiftedTable, ...]]:
        return lift_tables(self._without_pictures[0])

    @cached_property
    def _without_pictures(self) -> tuple[str, tuple[LiftedPicture, ...]]:
        return lift_pictures(self._anchored)

    def __post_init__(self) -> None:
        if self.date.tzinfo is None:
            raise ValueError("Document.date tidak memuat zona waktu")


@dataclass(frozen=True)
class RenderedReport:
    """The three files."""

    html: bytes
    pdf: bytes
    docx: bytes
