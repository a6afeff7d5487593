"""The PDF: pandoc turns the HTML into Typst, Typst sets the pages with its own embedded fonts."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast

from core.dates import format_date
from core.errors import RenderError
from core.temporary import temporary_folder
from reports.render.document import Document
from reports.render.environment import TEMPLATES
from reports.render.pandoc import convert
from reports.render.pictures import put_pictures, write_pictures
from reports.render.typst_tables import put_tables

STYLE = TEMPLATES / "style"


@dataclass(frozen=True)
class SetPages:
    """The PDF, and on which page each heading and table came to stand.

    Attributes:
        pages: Page number as printed (``iii``, ``12``) by the id of the heading or table.
    """

    pdf: bytes
    pages: dict[str, str]


def render_pdf(document: Document) -> bytes:
    """The report as PDF: A4, tagged, the same bytes for the same document on every machine.

    Raises:
        RenderError: pandoc or Typst could not do it.
    """
    return set_pages(document).pdf


def set_pages(document: Document) -> SetPages:
    """Make the PDF and say on which page everything stands; see :func:`render_pdf`."""
    return compile_source(typst_source(document), document)


def typst_source(document: Document) -> str:
    """The whole report in Typst's language.

    Raises:
        RenderError: pandoc could not do it.
    """
    text, tables = document.lifted
    body = convert(
        text,
        ["--to=typst", "--wrap=none", f"--lua-filter={STYLE / 'typst.lua'}"],
        moment=document.date,
        product="PDF",
    ).decode()
    names = {
        "judul": document.title, "penulis": document.author, "perihal": document.subject,
        "kantor": document.office or document.author,
    }  # fmt: skip
    settings = ", ".join(f"{name}: {_text(value)}" for name, value in names.items())
    words = "(" + "".join(f"{_text(word)}, " for word in document.keywords) + ")"
    style = (STYLE / "report.typ").read_text(encoding="utf-8")
    start = f"{style}\n#show: laporan.with({settings}, kata-kunci: {words})\n"
    return f"{start}\n{put_tables(put_pictures(body, document.pictures), tables)}\n#letak-halaman()\n"


def compile_source(source: str, document: Document) -> SetPages:
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
            main.write_text(source, encoding="utf-8")
            write_pictures(document.pictures, folder)
            compiler = typst.Compiler(main, root=folder, ignore_system_fonts=True)
            pdf = compiler.compile(format="pdf", timestamp=int(document.date.timestamp()))
            found = json.loads(compiler.query("<letak-halaman>", field="value", one=True))
    except (typst.TypstError, RuntimeError) as cause:
        raise RenderError(
            f"PDF “{document.title}” ({format_date(document.date)}) gagal disusun: Typst melaporkan "
            f"“{cause}”.",
            todo="Periksa report.typ dan typst.lua di templates/style, lalu ulangi; "
            "laporan sebelumnya tidak berubah.",
        ) from cause
    return SetPages(cast("bytes", pdf), dict(found))


def _text(value: str) -> str:
    """A string in Typst's notation, which is JSON's but for its escapes of Unicode."""
    return json.dumps(" ".join(value.split()), ensure_ascii=False)
