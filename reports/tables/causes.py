"""The office's own words: why targets were reached or missed, and what is done about it."""

from __future__ import annotations

from reports.measured import Measured
from reports.table import Cell, Row, Table
from reports.tables.parts import heading, interleaved, legends_of
from reports.tables.performance import capaian_cell, derived_cell
from reports.wording import NOTHING


def causes(measured: Measured) -> Table | None:
    """The indicators on which the office says something; None where it says nothing on any."""
    listed = [
        (placed, m)
        for placed in interleaved(measured.agency)
        if (m := measured.indicators[placed.indicator]).cause or m.solution
    ]
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
