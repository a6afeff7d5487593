"""Reads the chapters of an office's year: its own where it wrote them, else the standard ones."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from core.settings import PROJECT
from office.book.language import check_text, nearest
from office.fields import Entry, Text
from office.files import read_text
from office.problems import Problems

STANDARD = PROJECT / "templates" / "book"
FOLDER = "buku"
"""In the folder of a year."""
ORDER = (
    "kata-pengantar",
    "ikhtisar-eksekutif",
    "pendahuluan",
    "perencanaan-kinerja",
    "akuntabilitas-kinerja",
    "penutup",
)
"""The standard chapters, for a year that names none."""


class Chapter(Entry):
    """A chapter of the book.

    Attributes:
        name: Of its file, without ending.
        text: Markdown in the language of :mod:`office.book.language`.
        own: Whether the office wrote it; a standard one belongs to the program.
        place: Its file, for messages.
    """

    name: Text
    text: str
    own: bool
    place: Text


def read_chapters(
    folder: Path, year: int, order: Sequence[str], indicators: Collection[str], problems: Problems
) -> list[Chapter]:
    """The chapters in order, the office's own checked; what is wrong is noted with its line.

    Args:
        folder: The office's.
        year: The reporting year.
        order: Names of the chapters, empty for the standard ones.
        indicators: Ids of the office's indicators.
        problems: Where what is wrong is noted.
    """
    own = {path.stem: f"{year}/{FOLDER}/{path.name}" for path in (folder / str(year) / FOLDER).glob("*.md")}
    chapters = []
    for name in order or ORDER:
        chapter = _read(folder, name, own, problems)
        if chapter is not None:
            chapters.append(chapter)
            for slip in check_text(chapter.text, indicators) if chapter.own else ():
                problems.add(f"{chapter.place} baris {slip.line}", slip.found, slip.todo)
    for name in sorted(own.keys() - {*(order or ORDER)}):
        problems.add(
            own[name],
            f"bab {name!r} tidak termasuk buku, jadi isinya tidak akan tercetak",
            f"sebut namanya di chapters pada year.yaml, atau namai berkasnya menurut bab: "
            f"{nearest(name, order or ORDER)}",
        )
    return chapters


def _read(folder: Path, name: str, own: dict[str, str], problems: Problems) -> Chapter | None:
    if name in own:
        text = read_text(folder, own[name], problems)
        place = own[name]
    elif (STANDARD / f"{name}.md").is_file():
        text = read_text(STANDARD, f"{name}.md", problems)
        place = f"templates/book/{name}.md"
    else:
        standard = sorted(path.stem for path in STANDARD.glob("*.md"))
        problems.add(
            "year.yaml (chapters)",
            f"bab {name!r} tidak ada: bukan bab baku dan tidak ada {FOLDER}/{name}.md",
            f"tulis berkasnya; bab baku: {', '.join(standard)}",
        )
        return None
    if text is None:
        return None
    return Chapter(name=name, text=text.replace("\r\n", "\n").strip() + "\n", own=name in own, place=place)
