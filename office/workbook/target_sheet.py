"""What the sheet of targets is made of: an indicator a row, a year of the Renstra or a document a column."""

from __future__ import annotations

import re

from office.workbook.cells import Kind

FIRST_HEADING = "Indikator"
DOCUMENT_LABELS = (
    ("Nama dokumen", "name", Kind.TEXT),
    ("Tanggal dokumen", "agreed_on", Kind.DAY),
    ("Sumber dokumen", "source", Kind.TEXT),
    ("Id dokumen", "id", Kind.TEXT),
    ("Dipakai mengukur (ya)", "used", Kind.TEXT),
)
"""The rows that describe each document: label, field, and what the cell holds."""
EXAMPLE_NAME = "Contoh: Jumlah wirausaha baru"
RENSTRA = re.compile(r"Renstra (\d{4})")
DOCUMENT = re.compile(r"Dokumen (\d+)")


def renstra_heading(year: int) -> str:
    """Above the targets of the Renstra for a year."""
    return f"Renstra {year}"


def document_heading(number: int) -> str:
    """Above the targets of a document."""
    return f"Dokumen {number}"


def order_heading(number: int) -> str:
    """Above the places that indicators have in a document."""
    return f"Urutan {number}"
