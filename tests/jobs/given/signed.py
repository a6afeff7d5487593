"""Small PDFs that stand for a report and its signed copies: to set the real one takes long."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from core.temporary import temporary_folder
from reports.content import Report

ELECTRONIC = "Ditandatangani secara elektronik oleh CHAINUR BASYID"


@cache
def small_pdf(number: int, *pages: str) -> bytes:
    """A PDF with a cover that names an issue, and pages of some words."""
    import typst

    text = "\n#pagebreak()\n".join((f"LKjIP 2023, Terbitan {number}", *pages))
    with temporary_folder() as folder:
        (folder / "kecil.typ").write_text(text, encoding="utf-8")
        made = typst.compile(str(folder / "kecil.typ"), format="pdf", ignore_system_fonts=True)
    assert isinstance(made, bytes)
    return made


def own_files(report: Report) -> dict[str, bytes]:
    """The files of an issue, its PDF small but real."""
    own = small_pdf(report.issue.number, "Realisasi 6,35%", "Penutup")
    return {"lkjip.pdf": own, "lkjip.docx": b"PK"}


def signed_pdf(number: int = 1, *, figure: str = "6,35%", more: tuple[str, ...] = ()) -> bytes:
    """A signed copy of such an issue."""
    return small_pdf(number, f"Realisasi {figure}", f"Penutup {ELECTRONIC}", *more)


def write(file: Path, content: bytes) -> Path:
    """A file that somebody sends."""
    file.write_bytes(content)
    return file
