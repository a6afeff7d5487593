"""Tables ``kategori`` to ``standar``: capaian of the indicators."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from capaian.measure import Direction, Formula
from capaian.rules import Rules
from core.numbers import format_number
from reports import traced
from reports.cumulative import notes_of_end, notes_of_previous, notes_of_year
from reports.measured import Measured, MeasuredIndicator
from reports.realisasi import Realisasi
from reports.standards import has_other_standards, show_standard
from reports.table import Cell, Row, Table
from reports.tables.parts import (
    column_numbers,
    goals_by_indicator,
    heading,
    interleaved,
    legends_of,
    office_lines,
)
from reports.wording import (
    NOTHING,
    mark_of,
    marks,
    show_percent,
    show_progress,
    show_realisasi,
    write_percent,
    write_value,
)


def realisasi_cell(measured: MeasuredIndicator) -> Cell:
    """The realisasi, marked, leading to its origin."""
    return Cell(
        show_realisasi(measured.realisasi),
        align="center",
        mark=mark_of(measured.realisasi),
        figure=measured.id,
    )


def derived_cell(measured: MeasuredIndicator, text: str) -> Cell:
    """Something computed from the realisasi, marked like it."""
    return Cell(text, align="center", mark=mark_of(measured.realisasi), figure=measured.id)


def earlier_cell(measured: MeasuredIndicator, percent: Decimal | None) -> Cell:
    """The capaian of a year before, leading to its formula."""
    text = write_percent(percent)
    return Cell(text, align="center", figure=traced.of_earlier(measured, text))


def before_cell(measured: MeasuredIndicator, taken: Realisasi | None) -> Cell:
    """The realisasi of a year before, leading to what is known of it."""
    if taken is None or taken.value is None:
        return Cell(show_realisasi(taken) if taken else NOTHING, align="center")
    return Cell(show_realisasi(taken), align="center", card=traced.of_earlier(measured))


def capaian_cell(measured: MeasuredIndicator) -> Cell:
    """The capaian; one that the office states and nobody computed says so."""
    stated = measured.indicator.formula is Formula.STATED and measured.percent is not None
    cell = derived_cell(measured, show_percent(measured))
    return replace(cell, note="Dinyatakan kantor, tidak dihitung.") if stated else cell


def categories(rules: Rules) -> Table:
    """Table ``kategori``: the categories of capaian."""
    rows = tuple(
        Row((Cell(str(n), align="center"), Cell(each.name), Cell(each.printed, align="center")))
        for n, each in enumerate(rules.categories.rows, start=1)
    )
    return Table(
        name="kategori",
        caption="Pengkategorian Capaian Kinerja",
        header=(heading("No", "Kategori/Interpretasi", "Rata-Rata % Capaian"),),
        rows=rows,
        widths=(10, 50, 40),
    )


def key_results(measured: Measured) -> Table:
    """Table ``capaian``: capaian of the key indicators, or of all (see :attr:`Measured.headline`)."""
    agency = measured.agency
    what = "Indikator Kinerja Utama" if measured.headline == measured.iku else "Indikator Kinerja"
    rows = tuple(
        Row(
            (
                Cell(str(number), align="center"),
                Cell(m.goal.text),
                Cell(m.indicator.name),
                Cell(write_value(m.target), align="center"),
                realisasi_cell(m),
                capaian_cell(m),
                Cell(
                    m.category.name if m.category else NOTHING,
                    align="center",
                    card=m.id if m.category else "",
                ),
                Cell(m.realisasi.source, align="center"),
            )
        )
        for number, m in enumerate(measured.headline, start=1)
    )
    return Table(
        name="capaian",
        caption=f"Capaian {what}\n{office_lines(agency)} Tahun {agency.year.year}",
        header=(
            heading(
                "No.", "Tujuan/ Sasaran", "Indikator Kinerja", "Target", "Realisasi",
                "Capaian %", "Kategori", "Sumber Data",
            ),
        ),
        rows=rows,
        widths=(5, 19, 20, 8, 15, 11, 10, 12),
        notes=(*notes_of_year(measured.headline), *legends_of(measured, rows)),
    )  # fmt: skip


def comparison(measured: Measured) -> Table | None:
    """Table ``tahun-lalu``: the key indicators beside the year before; None where nothing of it is known."""
    year = measured.agency.year
    if not any(m.previous or m.previous_target for m in measured.headline):
        return None
    rows = tuple(
        Row(
            (
                Cell(str(number), align="center"),
                Cell(m.goal.text),
                Cell(m.indicator.name),
                Cell(write_value(m.previous_target) if m.previous_target else NOTHING, align="center"),
                before_cell(m, m.previous),
                earlier_cell(m, m.previous_capaian.percent if m.previous_capaian else None),
                Cell(write_value(m.target), align="center"),
                realisasi_cell(m),
                derived_cell(m, show_percent(m)),
            )
        )
        for number, m in enumerate(measured.headline, start=1)
    )
    top = Row(
        (
            *(
                Cell(text, align="center", bold=True, rowspan=2)
                for text in ("No.", "Tujuan/Sasaran", "Indikator Kinerja")
            ),
            Cell(str(year.previous_year), align="center", bold=True, colspan=3),
            Cell(str(year.year), align="center", bold=True, colspan=3),
        ),
        header=True,
    )
    return Table(
        name="tahun-lalu",
        caption="Perbandingan Capaian Kinerja",
        header=(top, heading(*(("Target", "Realisasi", "% Capaian") * 2))),
        rows=rows,
        widths=(5, 17, 18, 8, 10, 10, 8, 14, 10),
        notes=(
            *notes_of_previous(measured.headline, year.previous_year),
            *notes_of_year(measured.headline),
            *legends_of(measured, rows),
        ),
    )


def progress_to_end(measured: Measured) -> Table | None:
    """Table ``akhir-renstra``: tingkat kemajuan towards the end of the Renstra; None without end targets."""
    agency = measured.agency
    goals = goals_by_indicator(agency)
    listed = measured.with_end_target
    if not listed:
        return None
    rows = tuple(
        Row(
            (
                Cell(str(number), align="center"),
                Cell(goals[m.id][1].text),
                Cell(m.indicator.name),
                realisasi_cell(m),
                Cell(write_value(m.end_target) if m.end_target else NOTHING, align="center"),
                derived_cell(m, show_progress(m)),
            )
        )
        for number, m in enumerate(listed, start=1)
    )
    notes = [
        f"Untuk {m.indicator.short_name}, makin kecil makin baik: tingkat kemajuan dihitung "
        + ("(2*5-4)/5*100." if m.indicator.formula is Formula.LOWER_BY_DISTANCE else "5/4*100.")
        for m in listed
        if m.indicator.direction is Direction.LOWER and m.indicator.formula is not Formula.STATED
    ]
    notes += notes_of_end(listed, agency.renstra.last_year)
    return Table(
        name="akhir-renstra",
        caption="Tingkat Kemajuan Capaian Sasaran Strategis",
        header=(
            heading(
                "No.",
                "Tujuan/Sasaran",
                "Indikator Kinerja",
                f"Realisasi Kinerja Tahun {agency.year.year}",
                f"Target Akhir {agency.renstra.last_year}",
                "Tingkat Kemajuan",
            ),
            column_numbers("1", "2", "3", "4", "5", "6=4/5*100"),
        ),
        rows=rows,
        widths=(6, 25, 28, 17, 11, 13),
        notes=(*notes, *legends_of(measured, rows)),
    )


def against_standard(measured: Measured) -> Table | None:
    """Table ``standar``: realisasi beside the figures of others, a row for each; None without any."""
    agency, year = measured.agency, measured.agency.year.year
    if not any(m.standards for m in measured.indicators.values()):
        return None
    named = has_other_standards(measured)
    rows: list[Row] = []
    for placed in interleaved(agency):
        m = measured.indicators[placed.indicator]
        for place, figure in enumerate(m.standards or (None,)):
            ratio = m.against(figure) if figure else None
            text = NOTHING if ratio is None else f"{format_number(ratio, 2)}%{marks(m.realisasi)}"
            standard = show_standard(figure, year, named=named) if figure else NOTHING
            first = place == 0
            rows.append(
                Row(
                    (
                        Cell(str(placed.number) if placed.first and first else "", align="center"),
                        Cell(placed.label if first else ""),
                        Cell(m.indicator.name),
                        realisasi_cell(m),
                        Cell(standard, align="center", card=m.id if ratio is not None else ""),
                        derived_cell(m, text),
                    )
                )
            )
    years = sorted({each.year for m in measured.indicators.values() for each in m.standards})
    old = [str(each) for each in years if each != year]
    what = "standar" if named else "nasional"
    notes = [f"Angka {what} bertanda ({', '.join(old)}) adalah angka tahun tersebut."] if old else []
    return Table(
        name="standar",
        caption="Perbandingan Capaian dengan Standar Nasional/ Provinsi/ Kabupaten/Kota lain",
        header=(
            heading(
                "No.", "Tujuan/Sasaran", "Indikator Kinerja",
                f"Realisasi Tahun {year}", "Standar" if named else "Standar Nasional", "% Capaian",
            ),
            column_numbers("1", "2", "3", "4", "5", "6=4/5*100"),
        ),
        rows=tuple(rows),
        widths=(6, 20, 25, 16, 20, 13) if named else (6, 24, 27, 16, 14, 13),
        notes=(*notes, *legends_of(measured, rows)),
    )  # fmt: skip
