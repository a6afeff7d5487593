"""How large a file of sheets may be, so that a machine with 2 GB of memory lives through any of them.

What is refused is refused before its cells are laid out: at most 300 MiB and 10 seconds
(``tests/connectors/sheets/test_limits.py``).
"""

from __future__ import annotations

from dataclasses import dataclass

from core.errors import SourceError
from core.numbers import format_number

MAX_BYTES = 50 * 2**20
"""Size of a file; a workbook of figures has at most a few megabytes."""
MAX_OLD_BYTES = 20 * 2**20
"""Size of a workbook of the old Excel."""
MAX_TEXT_BYTES = 20 * 2**20
"""Size of a CSV or HTML file."""
MAX_UNPACKED = 100 * 2**20
"""Size of a workbook's parts together when unpacked; beyond that it is a zip bomb."""
MAX_RATIO = 200
"""How many times larger a part may become when unpacked, from 10 megabytes on."""
MAX_PARTS = 5_000
"""Files inside a workbook."""
MAX_SHEETS = 200
MAX_CELLS = 1_100_000
"""Of all sheets' rectangles; a year of 100 commodities in days has 40.000, a whole regency 1.000.000."""
MAX_ELEMENTS = 2 * MAX_CELLS + 100_000
"""XML elements or records of one part of a workbook."""
MAX_ODS_ELEMENTS = 1_000_000
"""Of an ODS, about two for a cell; reading them takes longer."""
MAX_HTML_CELLS = 300_000
MAX_TAGS = 800_000
MAX_LETTERS = 50_000_000
"""Of all cells together; a text that stands once in the file may stand in many cells."""
MAX_SPANS = 100_000
"""Merged cells."""
MAX_UNVALUED = 100_000
"""Formulas that were saved without a value."""
ADVICE = "buka berkasnya di Excel atau LibreOffice, simpan ulang sebagai .xlsx, lalu taruh lagi."
TEXT_TODO = "simpan bagian yang diperlukan saja dalam berkas tersendiri."
CELLS_TODO = "hapus baris dan kolom kosong di bawah dan di kanan tabelnya, simpan, lalu taruh lagi."


@dataclass(frozen=True)
class Extent:
    """What a sheet holds.

    Attributes:
        cells: Of the rectangle from A1 on, or more where cells stand several times.
        letters: Of its texts that stand elsewhere in the file, as often as they are shown.
        spans: Its merged cells.
    """

    cells: int = 0
    letters: int = 0
    spans: int = 0

    def __add__(self, other: Extent) -> Extent:
        return Extent(self.cells + other.cells, self.letters + other.letters, self.spans + other.spans)


def too_large(name: str, size: int, limit: int, todo: str) -> SourceError:
    """The error of a file above a limit, both in bytes."""
    return SourceError(
        f"Berkas {name!r} terlalu besar ({format_number(size // 2**20)} MB); paling banyak "
        f"{limit // 2**20} MB.",
        todo=todo,
    )


def too_many(name: str, count: int, limit: int, what: str, todo: str) -> SourceError:
    """The error of a file with too many of something."""
    return SourceError(
        f"Berkas {name!r} memuat {format_number(count)} {what}; paling banyak {format_number(limit)}.",
        todo=todo,
    )


def too_wide(name: str, cells: int) -> SourceError:
    """The error of a file whose sheets reach too far."""
    return SourceError(
        f"Lembar-lembar berkas {name!r} membentang {format_number(cells)} sel; paling banyak "
        f"{format_number(MAX_CELLS)}.",
        todo=CELLS_TODO,
    )


def check_extent(name: str, extent: Extent) -> None:
    """See that the sheets of a file hold no more than the limits.

    Raises:
        SourceError: They do.
    """
    if extent.cells > MAX_CELLS:
        raise too_wide(name, extent.cells)
    if extent.letters > MAX_LETTERS:
        raise too_many(name, extent.letters, MAX_LETTERS, "huruf di dalam selnya", TEXT_TODO)
    if extent.spans > MAX_SPANS:
        raise too_many(name, extent.spans, MAX_SPANS, "sel gabungan", TEXT_TODO)


def locked(name: str) -> SourceError:
    """The error of a file with a password."""
    return SourceError(
        f"Berkas {name!r} terkunci dengan sandi.",
        todo="buka dengan sandinya, simpan tanpa sandi, taruh lagi.",
    )


def broken(name: str, cause: BaseException) -> SourceError:
    """The error of a file on which a reader failed."""
    return SourceError(
        f"Berkas {name!r} rusak sehingga tidak terbaca sebagai Excel ({type(cause).__name__}).",
        todo="salin atau unduh lagi berkasnya, atau " + ADVICE,
    )
