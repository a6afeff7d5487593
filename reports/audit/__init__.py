"""What differs between this report and the printed one, cell by cell; nothing is corrected in silence."""

from __future__ import annotations

from collections.abc import Mapping

from office.book.names import TABLES
from reports.audit.figures import compare_figures
from reports.audit.findings import KINDS, Finding
from reports.audit.tables import compare_table
from reports.audit.texts import same_text
from reports.measured import Measured
from reports.table import Table

__all__ = ["KINDS", "Finding", "audit", "same_text"]


def audit(measured: Measured, tables: Mapping[str, Table]) -> tuple[Finding, ...]:
    """Compare everything printed that the agency's data know of.

    Args:
        measured: The year, measured.
        tables: Ours, by name and numbered.

    Returns:
        Differences in the order of the report: tables, other figures, words. Differences in ways of
        writing only (``5.1%`` and ``5,1%``, spaces, capitals, ``232%`` and ``232,00%``) are none.
    """
    found: list[Finding] = []
    for name, table in tables.items():
        if name in measured.agency.printed:
            found += compare_table(measured, table, tables)
    found += [
        Finding(
            f"Tabel {TABLES[name]}", "tabel", "", "isi", "Tabel ini hanya ada di cetakan; datanya tidak ada."
        )
        for name in measured.agency.printed
        if name not in tables
    ]
    found += compare_figures(measured, tables)
    found += [
        Finding(remark.place, remark.found, "", "tulisan", remark.remark)
        for remark in measured.agency.remarks
    ]
    return tuple(found)
