"""The picture of absorption month by month: bars of the budget spent, in black and white as well."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.dates import MONTHS
from core.numbers import format_number, format_percent
from reports.budget.evidence import MonthTotal
from reports.budget.words import missing_months, month_levels
from reports.charts import INDEX_WIDTH, LINE_COLOUR, Picture, at, draw_rule, make_svg, write_words
from reports.measured import Measured
from reports.wording import DAGGER

HEIGHT = 250
LEAST_MONTHS = 2
"""A single month is no course."""
_STEP = 20


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
    return Picture("", caption, (draw_absorption(evidence.months, evidence.year, "grafik-serapan"),))


def draw_absorption(months: Sequence[MonthTotal], year: int, identifier: str) -> str:
    """A bar a month with its level above it; months without a file stay empty.

    Args:
        months: With the office's sums, in rupiah.
        year: Budget year.
        identifier: Unlike all others on the page.
    """
    left, right, top, bottom = 44, INDEX_WIDTH - 12, 40, HEIGHT - 26
    levels = [(total, level) for total, level in month_levels(months) if level is not None]
    highest = max([Decimal(100), *(level for _, level in levels)])
    last = int(-(-highest // _STEP)) * _STEP

    def y(level: Decimal | int) -> float:
        return bottom - (bottom - top) * float(max(Decimal(level), Decimal(0))) / last

    width = (right - left) / 12
    title = f"Serapan anggaran {year} (%)"
    described = "; ".join(
        f"{MONTHS[total.month - 1]} {format_percent(level)}{DAGGER if total.illustrative else ''}"
        for total, level in levels
    )
    parts = [write_words(INDEX_WIDTH / 2, 18, title, size=12.5, anchor="middle", bold=True)]
    for tick in range(0, last + 1, _STEP):
        parts.append(draw_rule(left, y(tick), right, y(tick), strong=tick in (0, 100)))
        parts.append(write_words(left - 5, y(tick) + 3.5, str(tick), size=10.5))
    for month in range(1, 13):
        middle = left + width * (month - 0.5)
        parts.append(write_words(middle, HEIGHT - 10, MONTHS[month - 1][:3], size=10.5, anchor="middle"))
    for total, level in levels:
        middle = left + width * (total.month - 0.5)
        parts.append(_bar(middle, width * 0.62, y(level), bottom, hollow=total.illustrative))
        text = format_number(level, 1) + (DAGGER if total.illustrative else "")
        parts.append(write_words(middle, y(level) - 4, text, size=10, anchor="middle"))
    return make_svg(identifier, INDEX_WIDTH, HEIGHT, title, f"{described}.", parts)


def _bar(middle: float, width: float, top: float, bottom: float, *, hollow: bool) -> str:
    """A filled bar; of an illustration only its outline."""
    fill = "#fff" if hollow else LINE_COLOUR
    return (
        f'<rect x="{at(middle - width / 2)}" y="{at(top)}" width="{at(width)}" '
        f'height="{at(max(bottom - top, 0.5))}" fill="{fill}" stroke="{LINE_COLOUR}" stroke-width="1"/>'
    )
