"""The pictures that chapters can show by name."""

from __future__ import annotations

from reports.book.book import Pictures
from reports.budget.chart import budget_picture
from reports.measured import Measured
from reports.pictures.capaian import capaian_pictures, progress_pictures
from reports.pictures.growth import growth_pictures
from reports.pictures.spending import absorption_pictures, outcome_pictures
from reports.prices.charts import daily_pictures, index_picture
from reports.tables.appendices import structure


def build_pictures(measured: Measured) -> Pictures:
    """Those that have something to show, without numbers, by name; nothing is drawn yet."""
    made = {
        "struktur-organisasi": (structure(measured),),
        "capaian": capaian_pictures(measured),
        "kemajuan": progress_pictures(measured),
        "pdrb": growth_pictures(measured),
        "indeks-harga": (index_picture(measured),),
        "harga": daily_pictures(measured),
        "serapan": (budget_picture(measured),),
        "serapan-program": absorption_pictures(measured),
        "belanja-capaian": outcome_pictures(measured),
    }
    shown = {name: tuple(p for p in pictures if p is not None) for name, pictures in made.items()}
    return {name: pictures for name, pictures in shown.items() if pictures}
