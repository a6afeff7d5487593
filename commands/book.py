"""``lkjip book``: the chapters of the report."""

from __future__ import annotations

from typing import Annotated

import typer

from commands import output
from commands.workspace import Agency, AsJson, Year, open_workspace


def book(
    agency: Agency = None,
    year: Year = None,
    names: Annotated[
        bool, typer.Option("--names", help="Sebut semua yang dapat ditampilkan sebuah bab.")
    ] = False,
    copy: Annotated[
        str, typer.Option("--copy", metavar="BAB", help="Salin bab baku ini ke buku/ untuk disunting.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Tampilkan bab-bab laporan: urutan, nomor, tabelnya, dan mana yang naskah baku."""
    from jobs.report.book import copy_chapter, names_for_people, read_book  # noqa: PLC0415

    workspace = open_workspace(agency, year)
    if names:
        listed = names_for_people(workspace)
        output.show(listed.splitlines() if as_json else listed, as_json)
    elif copy:
        written = str(copy_chapter(workspace, copy))
        output.show({"chapter": written} if as_json else written, as_json)
    else:
        output.tell(read_book(workspace), as_json)
