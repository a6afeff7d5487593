"""The PDRB tables of a publication in PDF, found by their captions and rows."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfplumber.utils.text import extract_words

from connectors.bps.printed.layout import Page, Word, find_tables
from connectors.bps.printed.table import PrintedFile
from connectors.bps.printed.watermark import drop_climbing_address, drop_watermark, set_upright
from core.errors import SourceError
from core.numbers import format_number

MAX_BYTES = 100 * 1024 * 1024
"""Size of a file; BPS's largest books have about 40 megabytes."""
MAX_PAGES = 800
"""Pages of a file; a book of PDRB has 100 to 200, *Dalam Angka* up to 600."""
MAX_CHARS = 60_000
"""Letters of one page that are looked at; a page of small print has about 8.000."""
TITLE_PAGES = 3
"""How many pages from the front are read for the title."""

logging.getLogger("pdfminer").setLevel(logging.ERROR)


def read_pdf(content: bytes, name: str) -> PrintedFile:
    """Find the tables of figures by years in a PDF.

    Args:
        content: The file.
        name: Of the file, for messages.

    Raises:
        SourceError: It is no PDF, broken, encrypted, too large, or has no text (a scan).
    """
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if b"%PDF" not in content[:1024]:
        raise _no_pdf(start, name)
    if len(content) > MAX_BYTES:
        raise SourceError(
            f"Berkas {name!r} terlalu besar ({format_number(len(content) // 2**20)} MB); paling banyak "
            f"{MAX_BYTES // 2**20} MB.",
            todo="ambil halaman tabel PDRB-nya saja dan simpan sebagai PDF tersendiri.",
        )
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            pages, remarks = _read(document, name)
    except SourceError:
        raise
    except Exception as cause:  # pdfminer ends in errors of every kind on a damaged file.
        raise _unreadable(cause, name) from None
    title = " ".join(word.text for page in pages[:TITLE_PAGES] for word in page.words)
    return PrintedFile(title, tuple(find_tables(pages)), remarks)


def _read(document: Any, name: str) -> tuple[list[Page], tuple[str, ...]]:
    count = len(document.pages)
    if count > MAX_PAGES:
        raise SourceError(
            f"Berkas {name!r} mempunyai {format_number(count)} halaman; paling banyak {MAX_PAGES}.",
            todo="ambil halaman tabel PDRB-nya saja dan simpan sebagai PDF tersendiri.",
        )
    remarks: list[str] = []
    pages = list(_pages(document, remarks))
    if not any(page.words for page in pages):
        raise SourceError(
            f"Berkas {name!r} tidak berisi teks: halamannya berupa gambar hasil pemindaian.",
            todo="unduh PDF asli dari laman BPS, atau pakai berkas Excel-nya.",
        )
    return pages, tuple(remarks)


def _pages(document: Any, remarks: list[str]) -> Iterator[Page]:
    for page in document.pages:
        place = f"halaman {page.page_number}"
        if len(page.chars) > MAX_CHARS:
            remarks.append(f"{place.capitalize()} berisi lebih dari {MAX_CHARS} huruf; tidak dibaca.")
            words = []
        else:
            words = _words(page)
        yield Page(tuple(words), page.page_number, place)
        page.close()  # Otherwise every letter of the book stays in memory.


def _words(page: Any) -> list[Word]:
    kept = drop_watermark(set_upright(page.chars, float(page.width), float(page.height)))
    found = extract_words(kept, x_tolerance_ratio=0.2, y_tolerance=2, keep_blank_chars=False)
    words = [
        Word(str(w["text"]), float(w["x0"]), float(w["x1"]), float(w["top"]), float(w["bottom"]))
        for w in found
    ]
    return drop_climbing_address(words)


def _no_pdf(start: bytes, name: str) -> SourceError:
    if start[:1] == b"<":
        return SourceError(
            f"Berkas {name!r} bukan PDF melainkan halaman web (HTML); biasanya halaman pemeriksaan robot "
            "yang datang sebagai ganti berkasnya.",
            todo="unduh lagi lewat peramban, tunggu sampai berkasnya terbuka sebagai PDF, lalu taruh lagi.",
        )
    return SourceError(
        f"Berkas {name!r} bukan PDF, atau terpotong waktu diunduh.", todo="unduh lagi dari laman BPS."
    )


def _unreadable(cause: Exception, name: str) -> SourceError:
    chain: list[BaseException | None] = [cause, cause.__cause__, cause.__context__, *cause.args]
    if any(isinstance(error, PDFPasswordIncorrect | PDFEncryptionError) for error in chain):
        return SourceError(
            f"Berkas {name!r} terkunci dengan sandi sehingga tidak terbaca.",
            todo="unduh berkas aslinya dari laman BPS, atau simpan ulang tanpa sandi.",
        )
    return SourceError(
        f"Berkas {name!r} rusak sehingga tidak terbaca sebagai PDF ({type(cause).__name__}).",
        todo="unduh lagi dari laman BPS.",
    )
