"""The table of several years: how each indicator went before the year that the report compares with."""

from __future__ import annotations

from reports.measured import Measured, MeasuredIndicator
from reports.table import Cell, Row, Table
from reports.tables.parts import heading, legends_of
from reports.tables.performance import before_cell, derived_cell, earlier_cell, realisasi_cell
from reports.wording import NOTHING, show_percent

UPRIGHT = 3
"""So many years fit onto an upright page."""


def years_of(measured: Measured) -> list[int]:
    """The years of the table, oldest first; empty where nothing is known of a year before the last."""
    earlier = {result.year for m in measured.headline for result in m.earlier}
    year = measured.agency.year
    return sorted({*earlier, year.previous_year, year.year}) if earlier else []


def several_years(measured: Measured) -> Table | None:
    """Realisasi and capaian of every year that is known; None where only the last one is."""
    years = years_of(measured)
    if not years:
        return None
    rows = tuple(
        Row(
            (
                Cell(str(number), align="center"),
                Cell(m.indicator.name),
                *(cell for year in years for cell in _cells(m, year)),
            )
        )
        for number, m in enumerate(measured.headline, start=1)
    )
    top = Row(
        (
            Cell("No.", align="center", bold=True, rowspan=2),
            Cell("Indikator Kinerja", align="center", bold=True, rowspan=2),
            *(Cell(str(year), align="center", bold=True, colspan=2) for year in years),
        ),
        header=True,
    )
    each = 68 // (2 * len(years))
    return Table(
        name="tahun-tahun",
        caption=f"Perkembangan Kinerja Tahun {years[0]}-{years[-1]}",
        header=(top, heading(*(("Realisasi", "% Capaian") * len(years)))),
        rows=rows,
        widths=(5, 95 - each * 2 * len(years), *([each] * (2 * len(years)))),
        landscape=len(years) > UPRIGHT,
        notes=legends_of(measured, rows),
    )


def _cells(m: MeasuredIndicator, year: int) -> tuple[Cell, Cell]:
    if year == m.realisasi.year:
        return realisasi_cell(m), derived_cell(m, show_percent(m))
    if m.previous is not None and m.previous.year == year:
        percent = m.previous_capaian.percent if m.previous_capaian else None
        return before_cell(m, m.previous), earlier_cell(m, percent)
    known = next((result for result in m.earlier if result.year == year), None)
    if known is None:
        return _plain(NOTHING), _plain(NOTHING)
    percent = known.capaian.percent if known.capaian else None
    return before_cell(m, known.realisasi), earlier_cell(m, percent)


def _plain(text: str) -> Cell:
    return Cell(text, align="center")
