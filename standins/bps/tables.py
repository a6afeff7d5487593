"""Dynamic tables: their shape, and the PDRB tables of domain 3529 as a timeline has them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property, lru_cache

from standins.bps.figures import (
    CATEGORIES,
    TOTAL,
    TOTAL_NONMIGAS,
    Figure,
    growth_of,
    illustrative_note,
    load_figures,
    share_of,
    to_cents,
)
from standins.bps.timeline import Series, Timeline

Place = tuple[int, str, int, int]


@dataclass(frozen=True)
class Variable:
    """A dynamic table.

    Attributes:
        cells: Values by (vervar, turvar, year, turth) ids.
        vervar: Ids and labels of the rows, as BPS writes them.
        declared: Years that are listed without a figure.
    """

    var_id: int
    title: str
    unit: str
    note: str = ""
    last_update: str = "2023-04-05 08:00:00"
    subject: tuple[int, str] = (531, "Neraca Ekonomi")
    vertical_name: str = "Lapangan Usaha"
    vervar: tuple[tuple[int, str], ...] = ()
    turvar: tuple[tuple[str, str], ...] = (("0", "Tidak ada"),)
    turth: tuple[tuple[int, str], ...] = ((0, "Tahun"),)
    cells: Mapping[Place, Decimal] = field(default_factory=dict)
    declared: tuple[int, ...] = ()

    @cached_property
    def years(self) -> list[int]:
        """The years that are listed, newest first."""
        return sorted({year for _, _, year, _ in self.cells} | set(self.declared), reverse=True)


PDRB_TITLES = {
    "adhb": (9101, "[Seri {base}] PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha"),
    "adhk": (
        9102,
        "[Seri {base}] Produk Domestik Regional Bruto Atas Dasar Harga Konstan {base}  "
        "Menurut Lapangan Usaha",
    ),
    "growth": (
        9103,
        "[Seri {base}] Laju Pertumbuhan PDRB Atas Dasar Harga Konstan {base} Menurut Lapangan Usaha",
    ),
    "share": (
        9104,
        "[Seri {base}] Distribusi Persentase PDRB Atas Dasar Harga Berlaku Menurut Lapangan Usaha",
    ),
}
_NEW_BASE_IDS = 20
"""By how much the numbers of a later base year's tables are higher."""
ROW_IDS = {code: number for number, code in enumerate((*CATEGORIES, TOTAL_NONMIGAS, TOTAL), start=1)}
_ROW_LABELS = {
    **{code: f"{code} {label}" for code, label in CATEGORIES.items()},
    "D": "D Pengadaan Listrik dan Gas ",
    "G": "G Perdagangan Besar dan Eceran; Reparasi Mobil &amp;amp; Sepeda Motor",
    TOTAL_NONMIGAS: "<b>PDRB TANPA MIGAS</b>",
    TOTAL: "<b>PRODUK DOMESTIK REGIONAL BRUTO</b>",
}


def pdrb_variable(measure: str, timeline: Timeline) -> Variable:
    """The PDRB table of a measure, base year 2010, as it stands on the timeline's day."""
    return _table(measure, timeline.series)


def pdrb_in_miliar(measure: str, timeline: Timeline) -> Variable:
    """The same in miliar rupiah, whatever unit the dynamic table has: as other channels write it."""
    return _table(measure, replace(timeline.series, unit="Miliar Rupiah", rewritten=True))


def pdrb_variables(timeline: Timeline) -> list[Variable]:
    """All PDRB tables of 3529, those of a later base year included."""
    return [_table(measure, series) for series in timeline.state.series for measure in PDRB_TITLES]


@lru_cache(maxsize=256)
def _table(measure: str, series: Series) -> Variable:
    figures = [f for f in series_figures(series) if f.measure == measure]
    var_id, title = PDRB_TITLES[measure]
    money = measure in ("adhb", "adhk")
    factor = 1000 if money and series.unit == "Juta Rupiah" and series.rewritten else 1
    present = {figure.category for figure in figures}
    return Variable(
        var_id=var_id + (_NEW_BASE_IDS if series.base_year != 2010 else 0),
        title=title.format(base=series.base_year),
        unit=series.unit if money else "Persen",
        note=note_of(series, figures, "Kabupaten Sumenep"),
        last_update=f"{series.changed:%Y-%m-%d} 08:00:00",
        vervar=tuple((ROW_IDS[c], _ROW_LABELS[c]) for c in ROW_IDS if c in present),
        cells={(ROW_IDS[f.category], "0", f.year, 0): f.value * factor for f in figures},
        declared=series.declared,
    )


def note_of(series: Series, figures: Iterable[Figure], region: str) -> str:
    """The note: the marks of provisional years, and which figures are invented."""
    marks = "".join(f"<li>Data {year}: Angka {status}</li>" for year, status in series.statuses)
    return (
        f"<p><ul><li>Sumber: BPS {region} (server tiruan untuk peragaan)</li>"
        f"{marks}<li>{illustrative_note(figures)}</li></ul></p>"
    )


@lru_cache(maxsize=64)
def series_figures(series: Series) -> tuple[Figure, ...]:
    """The figures of a series: its edition's, revised, without the years that vanished."""
    figures = {(f.measure, f.category, f.year): f for f in load_figures() if f.release == series.edition}
    if series.base_year != 2010:
        figures = _rebased(figures, series.base_year)
    for change in series.changes:
        key = (change.measure, change.category, change.year)
        if key in figures:
            figures[key] = _invented(figures[key], figures[key].value + change.amount)
    for code, year in {(change.category, change.year) for change in series.changes}:
        _refresh_rates(figures, code, year)
    return tuple(f for f in figures.values() if f.year not in series.vanished)


Figures = dict[tuple[str, str, int], Figure]


def _invented(figure: Figure, value: Decimal) -> Figure:
    return replace(figure, value=value, origin="ilustrasi", source="dibuat untuk peragaan; bukan angka BPS")


def _refresh_rates(figures: Figures, code: str, year: int) -> None:
    """Bring the published rates that rest on a figure into line with it."""
    for later in (year, year + 1):
        rate = figures.get(("growth", code, later))
        now, before = figures.get(("adhk", code, later)), figures.get(("adhk", code, later - 1))
        if rate and now and before:
            _put(figures, rate, growth_of(now.value, before.value))
    share = figures.get(("share", code, year))
    if share:
        total = figures["adhb", TOTAL, year].value
        _put(figures, share, share_of(figures["adhb", code, year].value, total))


def _put(figures: Figures, figure: Figure, value: Decimal) -> None:
    if figure.value != value:
        figures[figure.measure, figure.category, figure.year] = _invented(figure, value)


def _rebased(figures: Figures, base: int) -> Figures:
    """The figures at prices of another base year: each category by its own price level of that year."""
    kept = {key: f for key, f in figures.items() if f.year >= base and f.measure in ("adhb", "share")}
    for (measure, code, year), figure in figures.items():
        if measure == "adhk" and year >= base and code != TOTAL:
            level = figures["adhb", code, base].value / figures["adhk", code, base].value
            kept[measure, code, year] = _invented(figure, to_cents(figure.value * level))
    years = sorted({year for measure, _, year in kept if measure == "adhk"})
    for year in years:
        total = sum((kept["adhk", code, year].value for code in CATEGORIES), Decimal(0))
        kept["adhk", TOTAL, year] = _invented(figures["adhk", TOTAL, year], total)
    for (measure, code, year), figure in figures.items():
        if measure == "growth" and year > base:
            now, before = kept["adhk", code, year].value, kept["adhk", code, year - 1].value
            kept[measure, code, year] = _invented(figure, growth_of(now, before))
    return kept
