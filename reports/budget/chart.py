"""The picture of absorption month by month: bars of the budget spent."""

from __future__ import annotations

from collections.abc import Sequence

from core.dates import MONTHS
from core.numbers import format_number, format_percent
from reports import traced
from reports.budget.evidence import MonthTotal
from reports.budget.words import missing_months, month_levels
from reports.charts.columns import MonthChart, Upright
from reports.charts.picture import Picture
from reports.measured import Measured
from reports.wording import DAGGER

TRACES = ((traced.MONTHS, "Serapan setiap bulan"),)
LEAST_MONTHS = 2
"""A single month is no course."""


def budget_picture(measured: Measured) -> Picture | None:
    """The numbered picture; None without files of at least two months."""
    evidence = measured.budget
    if evidence is None or len(evidence.months) < LEAST_MONTHS:
        return None
    illustrative = any(total.illustrative for total in evidence.months)
    remarks = ["realisasi sampai akhir bulan, dalam persen anggaran yang berlaku waktu itu"]
    if illustrative:
        remarks.append(f"{DAGGER}\u00a0ilustrasi")
    if gone := missing_months(evidence.months):
        remarks.append(f"tanpa berkas: {gone}")
    caption = f"Serapan Anggaran per Bulan Tahun {evidence.year}\n({'; '.join(remarks)})"
    return Picture("", caption, (absorption_chart(evidence.months, evidence.year),), TRACES)


def absorption_chart(months: Sequence[MonthTotal], year: int) -> MonthChart:
    """A bar a month with its level above it; months without a file stay empty.

    Args:
        months: With the office's sums, in rupiah.
        year: Budget year.
    """
    levels = {total.month: (total, level) for total, level in month_levels(months) if level is not None}
    bars = [Upright(name[:3], None) for name in MONTHS]
    for month, (total, level) in levels.items():
        dagger = DAGGER if total.illustrative else ""
        text = format_number(level, 1) + dagger
        bars[month - 1] = Upright(MONTHS[month - 1][:3], level, text, hollow=total.illustrative)
    described = "; ".join(
        f"{MONTHS[month - 1]} {format_percent(level)}{DAGGER if total.illustrative else ''}"
        for month, (total, level) in levels.items()
    )
    title = f"Serapan anggaran {year} (%)"
    return MonthChart("grafik-serapan", title, f"{described}.", tuple(bars))
