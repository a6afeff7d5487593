"""The PDF: pandoc turns the HTML into Typst, Typst sets the pages with its own embedded fonts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Literal, cast

from core.dates import format_date
from core.errors import RenderError
from core.temporary import temporary_folder
from office.form import EMBLEMS, MAIN
from reports.render.document import Document
from reports.render.draft import typst_mark
from reports.render.environment import TEMPLATES
from reports.render.packed import pack_objects
from reports.render.pages.arranging import arrange
from reports.render.pages.columns import set_table
from reports.render.pages.letters import measure_letters
from reports.render.pages.minus import picture_with_minus, table_with_minus
from reports.render.pages.paper import Paper, paper_of
from reports.render.pandoc import convert
from reports.render.pictures import put_pictures, write_pictures
from reports.render.typst_tables import put_tables

STYLE = TEMPLATES / "style"
STANDARDS: tuple[Literal["a-3a"], Literal["ua-1"]] = ("a-3a", "ua-1")
"""What the PDF conforms to: for archives with all it needs in it, and for readers who do not see it."""


@dataclass(frozen=True)
class SetPages:
    """The PDF, and on which page each heading and table came to stand.

    Attributes:
        pdf: As Typst wrote it; see :func:`reports.render.packed.pack_objects`.
        pages: Page number as printed (``iii``, ``12``) by the id of the heading or table.
    """

    pdf: bytes
    pages: dict[str, str]


def render_pdf(document: Document) -> bytes:
    """The report as PDF/A-3a and PDF/UA-1, the same bytes for the same document on every machine.

    Raises:
        RenderError: pandoc or Typst could not do it.
    """
    return pack_objects(set_pages(document).pdf)


def set_pages(document: Document) -> SetPages:
    """Make the PDF, not yet packed, and say on which page everything stands; see :func:`render_pdf`."""
    with _fonts_beside(document) as fonts:
        return compile_source(typst_source(document, fonts), document, fonts)


def typst_source(document: Document, fonts: Sequence[Path] = ()) -> str:
    """The whole report in Typst's language.

    Args:
        document: The report.
        fonts: Folders with the fonts that the office brings.

    Raises:
        RenderError: pandoc could not do it, or a font cannot be measured.
    """
    paper = paper_of(document.form.paper)
    letters = measure_letters(document.form.theme.body_font, fonts)
    text, lifted = document.lifted
    shown = map(table_with_minus, lifted)
    tables = [set_table(table, letters, paper.text_width, paper.turned_width) for table in shown]
    body = convert(
        arrange(text, tables, letters, paper),
        ["--to=typst", "--wrap=none", f"--lua-filter={STYLE / 'typst.lua'}"],
        moment=document.date,
        product="PDF",
    ).decode()
    body = put_tables(put_pictures(body, document.pictures), tables, letters, paper.text_height)
    style = (STYLE / "report.typ").read_text(encoding="utf-8")
    return f"#let bentuk = {_form(document, paper)}\n{style}\n#show: laporan\n\n{body}\n#letak-halaman()\n"


def compile_source(source: str, document: Document, fonts: Sequence[Path] = ()) -> SetPages:
    """Set the pages.

    Raises:
        RenderError: Typst did not accept the source.
    """
    # Typst is a large library; whoever only wants the web page need not wait for it.
    import typst  # noqa: PLC0415

    try:
        # A file and not bytes: only so does the compiler still know the source when it is asked for pages.
        with temporary_folder() as folder:
            main = folder / "laporan.typ"
            main.write_text(typst_mark(document) + source, encoding="utf-8")
            write_pictures([*map(picture_with_minus, document.pictures)], folder)
            (folder / emblem_name(document)).write_bytes(emblem_bytes(document))
            compiler = typst.Compiler(main, root=folder, ignore_system_fonts=True, font_paths=list(fonts))
            pdf = compiler.compile(
                format="pdf", timestamp=int(document.date.timestamp()), pdf_standards=list(STANDARDS)
            )
            found = json.loads(compiler.query("<letak-halaman>", field="value", one=True))
    except (typst.TypstError, RuntimeError) as cause:
        raise RenderError(
            f"PDF “{document.title}” ({format_date(document.date)}) gagal disusun: Typst melaporkan "
            f"“{cause}”.",
            todo="Periksa report.typ dan typst.lua di templates/style, lalu ulangi; "
            "laporan sebelumnya tidak berubah.",
        ) from cause
    return SetPages(cast("bytes", pdf), dict(found))


def emblem_name(document: Document) -> str:
    """Name of the emblem's file beside Typst's source."""
    return document.emblem.name if document.emblem else EMBLEMS[0]


def emblem_bytes(document: Document) -> bytes:
    """The office's emblem, or the program's own in the office's colour."""
    if document.emblem:
        return document.emblem.content
    drawn = (STYLE / EMBLEMS[0]).read_text(encoding="utf-8")
    return drawn.replace(MAIN, document.form.theme.main).encode()


@contextmanager
def _fonts_beside(document: Document) -> Iterator[tuple[Path, ...]]:
    """A folder with the office's fonts, where it brings some."""
    if not document.fonts:
        yield ()
        return
    with temporary_folder() as folder:
        for font in document.fonts:
            (folder / PurePath(font.name).name).write_bytes(font.content)
        yield (folder,)


def _form(document: Document, paper: Paper) -> str:
    """What ``report.typ`` calls ``bentuk``: the office's form and the file's properties."""
    form, theme, room = document.form, document.form.theme, document.form.signature
    texts = {
        "judul": document.title, "penulis": document.author, "perihal": document.subject,
        "kantor": document.office or document.author, "huruf": theme.body_font,
        "huruf-judul": theme.heading_font or theme.body_font, "lambang": emblem_name(document),
        "wilayah": document.region,
    }  # fmt: skip
    lists = {"kata-kunci": document.keywords, "kop": document.letterhead, "alamat": form.address}
    place = {"left": "left", "centre": "center", "right": "right"}[room.place]
    settings = [
        *(f"{name}: {_text(value)}" for name, value in texts.items()),
        *(f"{name}: ({''.join(f'{_text(value)}, ' for value in values)})" for name, values in lists.items()),
        f"lambang-kantor: {'true' if document.emblem else 'false'}",
        f"lebar: {paper.width:.3f}pt, tinggi: {paper.height:.3f}pt",
        f'utama: rgb("{theme.main}"), kepala: rgb("{theme.head}")',
        f"ruang: ({f'{room.width}cm' if room.width else 'none'}, {room.height}cm), letak: {place}",
    ]
    return f"({', '.join(settings)})"


def _text(value: str) -> str:
    """A string in Typst's notation, which is JSON's but for its escapes of Unicode."""
    return json.dumps(" ".join(value.split()), ensure_ascii=False)
