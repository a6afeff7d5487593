"""A signed copy beside the issue's own PDF, looked at by the process that reads what people send."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from core.errors import BusyError, SourceError
from core.temporary import temporary_folder
from jobs.report.issued.signed import own_pdf, read_pdf
from jobs.uploads.apart import ask_reader
from jobs.workspace import Workspace

_WORD = re.compile(r"\d[\d.,]*|[^\W\d_]+")
_ISSUE = re.compile(r"Terbitan\s+(\d+)")
_MOST_ADDED = 300
"""So many words may stand in a signed copy that the issue has not: what a signature adds."""
_SHOWN = 5


@dataclass(frozen=True)
class Seen:
    """What was seen of a signed copy; nothing was kept.

    Attributes:
        pages: How many it has.
        doubts: Why it may not be a copy of that issue, each a clause in Indonesian.
    """

    pages: int
    doubts: tuple[str, ...]


def check_signed_apart(workspace: Workspace, number: int, file: Path) -> Seen:
    """Have a file read that is said to be a signed copy of an issue.

    Raises:
        SourceError: It is no PDF, or made its reader end or take too long.
        BusyError: Too many other files are being read.
        StorageError: There is no such issue.
    """
    content = read_pdf(file)
    own = own_pdf(workspace, number)
    if own.content == content:
        return Seen(0, ("berkas itu sama persis dengan PDF terbitan, jadi belum ditandatangani",))
    with temporary_folder() as folder:
        beside = folder / "terbitan.pdf"
        beside.write_bytes(own.content)
        try:
            sha256 = hashlib.sha256(content).hexdigest()
            given = ask_reader(workspace, "signed", file, sha256, beside=beside, number=number)
        except SourceError as error:
            raise SourceError(
                error.message, todo="buka berkasnya, cetak lagi sebagai PDF, lalu kirim itu."
            ) from error
        except BusyError as error:
            raise BusyError(error.message, todo="tunggu sebentar, lalu kirim lagi.") from error
    lacking = (f"tidak dapat dibandingkan: {own.lacking}",) if own.lacking else ()
    return Seen(given["pages"], (*lacking, *given["doubts"]))


def look_at_signed(file: Path, own: Path, number: int) -> dict[str, Any]:
    """What is seen of a signed copy, for the process that asked: the fields of :class:`Seen`.

    Args:
        file: The signed copy.
        own: The issue's PDF; an empty file where there is none.
        number: Of the issue.

    Raises:
        SourceError: It cannot be opened as a PDF.
    """
    given = _pages(file)
    stored = _pages(own) if own.stat().st_size else []
    return {"pages": len(given), "doubts": list(_doubts(given, stored, number))}


def _pages(file: Path) -> list[str]:
    """The text of each page."""
    import pypdfium2  # noqa: PLC0415 - only this process reads PDFs

    try:
        document = pypdfium2.PdfDocument(file)
        try:
            return [page.get_textpage().get_text_bounded() for page in document]
        finally:
            document.close()
    except pypdfium2.PdfiumError as cause:
        raise SourceError(
            f"Berkas {file.name} tidak dapat dibuka sebagai PDF; mungkin rusak atau bersandi.",
            todo="buka berkasnya, simpan lagi sebagai PDF tanpa sandi, lalu kirim itu.",
        ) from cause


def _doubts(given: list[str], stored: list[str], number: int) -> Iterator[str]:
    theirs, ours = _words(given), _words(stored)
    if stored and len(given) != len(stored):
        yield f"berkas itu {len(given)} halaman, terbitan {number} {len(stored)} halaman"
    if not theirs:
        yield "berkas itu tidak memuat teks (mungkin hasil pindai), jadi isinya tidak dapat dibandingkan"
        return
    named = _ISSUE.search(given[0])
    if named and int(named[1]) != number:
        yield f"sampulnya menyebut terbitan {named[1]}, bukan {number}"
    missing, added = ours - theirs, theirs - ours
    if missing:
        words = ", ".join(f"“{word}”" for word in list(missing)[:_SHOWN])
        count = f"{missing.total()} dari {ours.total()} kata"
        yield f"{count} terbitan {number} tidak ada di sana (misalnya {words})"
    if stored and added.total() > _MOST_ADDED:
        yield f"{added.total()} kata di sana tidak ada di terbitan {number}"


def _words(pages: list[str]) -> Counter[str]:
    """Words and figures, however they are broken over lines and pages."""
    return Counter(_WORD.findall(" ".join(pages).casefold()))
