"""The pictures that chapters can show by name."""

from __future__ import annotations

from reports.book.book import Pictures
from reports.budget.chart import budget_picture
from reports.capaian_chart import capaian_picture
from reports.measured import Measured
from reports.prices.charts import daily_pictures, index_picture
from reports.tables.appendices import structure


def build_pictures(measured: Measured) -> Pictures:
    """Those that have something to show, without numbers, by name."""
    drawn = {
        "struktur-organisasi": (structure(measured),),
        "capaian": (capaian_picture(measured),),
        "indeks-harga": (index_picture(measured),),
        "harga": daily_pictures(measured),
        "serapan": (budget_picture(measured),),
    }
    shown = {name: tuple(p for p in pictures if p is not None) for name, pictures in drawn.items()}
    return {name: pictures for name, pictures in shown.items() if pictures}
