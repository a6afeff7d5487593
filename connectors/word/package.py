"""A Word file of the office: its parts of text, read within limits; all other parts stay as they are."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from lxml import etree

from core.errors import SourceError
from core.numbers import format_number
from core.word_package import Limits, UnfitWordError, WordPackage, open_word

MAX_BYTES = 100 * 2**20
"""Size of a file; a report with photographs has some tens of megabytes."""
LIMITS = Limits(
    parts=5_000, unpacked=300 * 2**20, swells=200, swells_from=10 * 2**20, read=40 * 2**20, tags=2_000_000
)
"""70 pages with 700 rows of tables have two megabytes of text."""
_STORIES = re.compile(r"wordprocessingml\.(?:header|footer|footnotes|endnotes)\+xml$")


@dataclass(frozen=True)
class WordFile:
    """A Word file that was looked at.

    Attributes:
        content: As it came.
        name: Of the file, for messages.
        stories: The parts that hold text, by name: the document first, then headers, footers and notes.
        signed: Whether it bears a digital signature, which no changed copy keeps.
    """

    content: bytes
    name: str
    stories: Mapping[str, etree._Element]
    signed: bool = False

    def with_stories(self, changed: Mapping[str, bytes]) -> bytes:
        """The file with some parts replaced; every other part keeps its bytes, place and date."""
        made = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(self.content)) as old, zipfile.ZipFile(made, "w") as new:
            new.comment = old.comment
            for part in old.infolist():
                data = changed[part.filename] if part.filename in changed else old.read(part)
                kept = zipfile.ZipInfo(part.filename, part.date_time)
                kept.compress_type = part.compress_type
                kept.external_attr, kept.create_system = part.external_attr, part.create_system
                kept.comment = part.comment
                new.writestr(kept, data, part.compress_type)
        return made.getvalue()


def read_word(content: bytes, name: str) -> WordFile:
    """Look at a Word file.

    Args:
        content: The file.
        name: Of the file, for messages.

    Raises:
        SourceError: It is none, too large, locked, broken, or holds macros.
    """
    if len(content) > MAX_BYTES:
        raise too_large(name, len(content))
    with _opened(content, name) as package:
        others = [
            part for part, kind in package.kinds.items() if _STORIES.search(kind) and part in package.sizes
        ]
        trees = {part: package.tree(part) for part in (package.main, *others)}
        signed = any(part.startswith("_xmlsignatures/") for part in package.sizes)
    return WordFile(content, name, trees, signed)


def read_part(word: WordFile, part: str) -> etree._Element | None:
    """A part of a file that was looked at, beside its parts of text; None where there is none such.

    Raises:
        SourceError: It is broken, or larger than any text.
    """
    with _opened(word.content, word.name) as package:
        return package.tree(part) if part in package.sizes else None


@contextmanager
def _opened(content: bytes, name: str) -> Iterator[WordPackage]:
    try:
        with open_word(content, LIMITS) as package:
            yield package
    except UnfitWordError as cause:
        raise SourceError(f"Berkas {name!r} {cause.message}.", todo=f"{cause.todo}.") from cause


def too_large(name: str, size: int) -> SourceError:
    """The error of a file of ``size`` bytes, above :data:`MAX_BYTES`."""
    return SourceError(
        f"Berkas {name!r} terlalu besar ({format_number(size // 2**20)} MB); paling banyak "
        f"{MAX_BYTES // 2**20} MB.",
        todo="perkecil gambarnya di Word (Kompres Gambar), simpan, lalu ulangi.",
    )
