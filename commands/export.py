"""``lkjip export``: what is stored, as tables for people who analyse."""

from __future__ import annotations

from pathlib import Path

from commands import output
from commands.workspace import Agency, AsJson, Out, Year, open_workspace


def export(
    agency: Agency = None, year: Year = None, folder: Out = Path("out/ekspor"), as_json: AsJson = False
) -> None:
    """Tulis observasi, harga, anggaran, indikator, angka yang dimasukkan dan terbitan: CSV dan satu XLSX.

    Di CSV setiap angka utuh; satuan, sumber dan tanda ilustrasi ada di kolomnya sendiri.
    """
    from jobs.report.export import export_tables  # noqa: PLC0415

    exported = export_tables(open_workspace(agency, year, read_only=True), folder)
    output.tell(exported, as_json)
