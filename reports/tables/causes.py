"""The office's own words: why targets were reached or missed, and what is done about it."""

from __future__ import annotations

from reports.measured import Measured, MeasuredIndicator
from reports.table import Cell, Row, Table
from reports.tables.parts import Placed, heading, interleaved, legends_of
from reports.tables.performance import capaian_cell, derived_cell
from reports.wording import NOTHING


def causes(measured: Measured) -> Table | None:
    """The indicators on which the office says something; None where it says nothing on any."""
    listed = _listed(measured)
    if not listed:
        return None
    rows = tuple(
        Row(
            (
                Cell(str(number), align="center"),
                Cell(placed.label),
                Cell(m.indicator.name),
                derived_cell(m, m.realisasi.reason) if m.waiting else capaian_cell(m),
                Cell(m.cause or NOTHING),
                Cell(m.solution or NOTHING),
            )
        )
        for number, (placed, m) in enumerate(listed, start=1)
    )
    return Table(
        name="penyebab",
        caption="Penyebab Keberhasilan/Kegagalan dan Solusi",
        header=(heading("No.", "Tujuan/Sasaran", "Indikator Kinerja", "% Capaian", "Penyebab", "Solusi"),),
        rows=rows,
        widths=(5, 18, 19, 12, 23, 23),
        notes=legends_of(measured, rows),
    )


def causes_words(measured: Measured) -> dict[tuple[int, int], tuple[str, str]]:
    """By row and column of the table, from 0: which column of which file, and of which indicator."""
    return {
        (row, place): (column, m.id)
        for row, (_, m) in enumerate(_listed(measured))
        for place, column in ((4, "realisasi.cause"), (5, "realisasi.solution"))
    }


def _listed(measured: Measured) -> list[tuple[Placed, MeasuredIndicator]]:
    return [
        (placed, m)
        for placed in interleaved(measured.agency)
        if (m := measured.indicators[placed.indicator]).cause or m.solution
    ]
