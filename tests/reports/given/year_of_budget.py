"""A year of budget exports for the tests of the report: the real December, and eleven invented months."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from office.schema import Agency, Level
from reports.budget.evidence import BudgetEvidence, BudgetFigure, BudgetSource, MonthTotal, NameSlip


def budget_evidence(agency: Agency, *, illustrative: bool = False) -> BudgetEvidence:
    """As the twelve monthly samples give it, with a slip in a name and a sum that does not fit."""
    figures = {
        row.key: BudgetFigure(
            budget=row.budget_revised or Decimal(0),
            spent=row.spent or Decimal(0),
            initial=row.budget_initial,
            revised=row.budget_revised,
            place=f"lembar 'LRA', baris {number}",
        )
        for number, row in enumerate(agency.programs, start=7)
        if row.level is not Level.SUB_KEGIATAN
    }
    total = sum((f.spent for key, f in figures.items() if "." not in key), Decimal(0))
    budget = sum((f.budget for key, f in figures.items() if "." not in key), Decimal(0))
    return BudgetEvidence(
        year=2023,
        figures=figures,
        source=BudgetSource("realisasi-2023-12.xlsx", "ab" * 32, date(2024, 1, 10), 12, 1, illustrative),
        initial_source=None,
        months=tuple(MonthTotal(m, budget, total * m // 12, m < 12 or illustrative) for m in range(1, 13)),
        differences=("lembar 'LRA', baris 39: Baris 'JUMLAH': anggaran tertulis 1, jumlah program 2.",),
        slips=(
            NameSlip("2.1", "Pemeriksaan Dan Penagwasan Koperasi", "Pemeriksaan dan Pengawasan Koperasi", 1),
        ),
        remarks=("Dibaca lembar 'LRA'.",),
    )
