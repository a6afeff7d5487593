"""Makes workbooks like those that people download or copy from BPS's pages, with openpyxl."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.numbers import format_number
from tests.connectors.given import make_books as books

CAPTION = books.CURRENT[0].replace("Enrekang", "Kabupaten Enrekang")


def packed(parts: dict[str, bytes]) -> bytes:
    """A workbook of parts, which need not be whole."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def as_float(value: Decimal) -> Any:
    return float(value)


def as_english(value: Decimal) -> Any:
    return f"{value:,}"


def as_indonesian(value: Decimal) -> Any:
    return format_number(value, 2)


def fill(
    sheet: Worksheet,
    caption: str = CAPTION,
    values: books.Values | None = None,
    heads: Sequence[Any] = books.HEADS,
    *,
    write: Any = as_float,
    letters: bool = True,
    notes: Sequence[str] = books.NOTES,
    labels: dict[str, str] = books.LABELS,
) -> None:
    """Write a table with its title rows, heads in two rows, numbering and notes below what is there."""
    first = 3 if letters else 2
    sheet.append([caption])
    sheet.append([])
    sheet.append([*["Lapangan Usaha/Industry"], *[""] * (first - 2), "Tahun"])
    top = sheet.max_row
    sheet.append([*[""] * (first - 1), *heads])
    sheet.merge_cells(start_row=top, start_column=1, end_row=top + 1, end_column=first - 1)
    sheet.merge_cells(start_row=top, start_column=first, end_row=top, end_column=first + len(heads) - 1)
    sheet.append([*[""] * (first - 2), *(f"({n})" for n in range(1, len(heads) + 2))])
    for code, row in (values or books.current()).items():
        letter = "" if code == "TOTAL" else code
        name = [letter, labels[code]] if letters else [f"{letter} {labels[code]}".strip()]
        sheet.append([*name, *(write(value) for value in row)])
    for note in notes:
        sheet.append([note])
    sheet.append([])


def workbook(**options: Any) -> bytes:
    """A workbook with one table."""
    book = Workbook()
    assert book.active is not None
    fill(book.active, **options)
    return saved(book)


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
