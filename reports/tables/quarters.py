"""The table of quarters: target, realisasi and capaian of each, beside those of the year."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from capaian.quarters import QUARTERS
from reports import traced
from reports.cumulative import notes_of_year
from reports.measured import Measured, MeasuredIndicator, MeasuredQuarter
from reports.quarters import with_quarters
from reports.table import Cell, Row, Table
from reports.tables.parts import centred, heading, legends_of, office_lines
from reports.tables.performance import capaian_cell, realisasi_cell
from reports.wording import write_percent, write_value


def quarterly(measured: Measured) -> Table | None:
    """The quarters of every indicator that has any; None where none has."""
    listed = with_quarters(measured)
    if not listed:
        return None
    agency = measured.agency
    rows = tuple(row for number, m in enumerate(listed, start=1) for row in _rows(number, m))
    return Table(
        name="triwulan",
        caption=f"Target dan Realisasi Triwulan\n{office_lines(agency)} Tahun {agency.year.year}",
        header=(
            heading("No.", "Indikator Kinerja", "Uraian", "TW I", "TW II", "TW III", "TW IV", "Setahun"),
        ),
        rows=rows,
        widths=(5, 25, 11, 11, 11, 11, 11, 15),
        notes=(*notes_of_year(listed), *legends_of(measured, rows)),
    )


def _rows(number: int, m: MeasuredIndicator) -> Iterator[Row]:
    """Three rows for an indicator, under its name: target, realisasi, capaian."""
    found = {quarter.number: quarter for quarter in m.quarters}
    quarters = [found.get(n, MeasuredQuarter(n)) for n in QUARTERS]
    yield Row(
        (
            Cell(str(number), align="center", rowspan=3),
            Cell(m.indicator.name, rowspan=3),
            Cell("Target"),
            *(centred(write_value(quarter.target)) for quarter in quarters),
            centred(write_value(m.target)),
        )
    )
    yield Row(
        (
            Cell("Realisasi"),
            *(centred(write_value(quarter.realisasi)) for quarter in quarters),
            realisasi_cell(m),
        )
    )
    capaian = (quarter.capaian.percent if quarter.capaian else None for quarter in quarters)
    yield Row((Cell("Capaian %"), *(_capaian_cell(m, each) for each in capaian), capaian_cell(m)))


def _capaian_cell(m: MeasuredIndicator, percent: Decimal | None) -> Cell:
    text = write_percent(percent)
    return Cell(text, align="center", figure=traced.of_quarters(m, text))
