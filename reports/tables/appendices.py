"""Tables that are not among the seventeen: the chart of organisation and those of the lampiran."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import lcm

from core.numbers import format_number
from reports.agency.schema import Level
from reports.audit import KINDS, Finding
from reports.measured import Measured
from reports.table import Cell, Row, Table
from reports.tables.parts import heading


def structure(measured: Measured) -> Table | None:
    """Gambar 1.1 as a table: a level a row; None where the office's data name no posts."""
    levels = measured.agency.office.structure
    if not levels:
        return None
    columns = lcm(*(len(level) for level in levels))
    share = 100 // columns
    rows = tuple(
        Row(
            tuple(
                Cell(post, colspan=columns // len(level), align="center", bold=place == 0) for post in level
            )
        )
        for place, level in enumerate(levels)
    )
    return Table(
        number="Gambar 1.1",
        caption="Struktur Organisasi",
        header=(),
        rows=rows,
        widths=(*([share] * (columns - 1)), 100 - share * (columns - 1)),
        notes=("Susunan menurut uraian di atas; gambar bagan tidak tersedia dalam data.",),
    )


def appendix_tables(measured: Measured, tables: Mapping[str, Table]) -> dict[str, Table]:
    """Matriks Renstra, IKU and both Perjanjian Kinerja, composed from the same data as the chapters."""
    year, name = measured.agency.year, measured.agency.office.name
    return {
        "renstra": replace(tables["2.1"], number="Lampiran 2.1", caption=f"Matriks Renstra\n{name}"),
        "iku": replace(tables["2.2"], number="Lampiran 3.1", caption=f"Indikator Kinerja Utama\n{name}"),
        "pk": replace(tables["2.4"], number="Lampiran 4.1", caption=f"{year.versions[1].name}\n{name}"),
        "pk-anggaran": _budgets(measured, "Lampiran 4.2", revised=False),
        "pk-perubahan": replace(
            tables["2.6"], number="Lampiran 4.3", caption=f"{year.versions[-1].name}\n{name}"
        ),
        "pk-perubahan-anggaran": _budgets(measured, "Lampiran 4.4", revised=True),
    }


def _budgets(measured: Measured, number: str, *, revised: bool) -> Table:
    """Programs with their budget, as they stand under a Perjanjian Kinerja."""
    programs = [p.row for p in measured.programs if p.row.level is Level.PROGRAM]
    amounts = [(row, (row.budget_revised if revised else row.budget_initial) or 0) for row in programs]
    rows = [
        Row((Cell(row.key, align="center"), Cell(row.name), Cell(format_number(amount), align="right")))
        for row, amount in amounts
    ]
    total = sum(amount for _, amount in amounts)
    rows.append(
        Row(
            (
                Cell("JUMLAH", colspan=2, align="center", bold=True),
                Cell(format_number(total), align="right", bold=True),
            ),
            kind="total",
        )
    )
    when = "Setelah Perubahan" if revised else "Awal"
    return Table(
        number=number,
        caption=f"Anggaran Program {when} Tahun {measured.agency.year.year}",
        header=(heading("No.", "Program", "Anggaran (Rp)"),),
        rows=tuple(rows),
        widths=(8, 65, 27),
    )


def differences(findings: Sequence[Finding]) -> Table:
    """What differs from the printed report, figures first; the same difference in several places once."""
    order = list(KINDS)
    listed: dict[tuple[str, str, str, str], list[str]] = {}
    for finding in sorted(findings, key=lambda finding: order.index(finding.kind)):
        same = (finding.kind, finding.printed, finding.ours, finding.explanation)
        listed.setdefault(same, []).append(finding.place)
    rows: list[Row] = []
    number = 0
    for kind, meaning in KINDS.items():
        group = [(entry, places) for entry, places in listed.items() if entry[0] == kind]
        if group:
            title = f"{meaning[0].upper()}{meaning[1:]}"
            rows.append(Row((Cell(title, colspan=5, bold=True),), kind="program"))
        for (_, printed, ours, explanation), places in group:
            number += 1
            texts = ("; ".join(places), printed or "-", ours or "-", explanation)
            rows.append(Row((Cell(str(number), align="center"), *(Cell(text) for text in texts))))
    return Table(
        number="Lampiran 5.1",
        caption="Perbedaan dengan Laporan Tercetak",
        header=(heading("No.", "Tempat", "Tercetak", "Laporan ini", "Penjelasan"),),
        rows=tuple(rows),
        widths=(5, 25, 23, 22, 25),
        landscape=True,
    )
