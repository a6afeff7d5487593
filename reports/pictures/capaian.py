"""The bullet charts of indicators: capaian of the year, and progress to the end of the Renstra."""

from __future__ import annotations

from decimal import Decimal

from capaian.rules import Categories
from core.numbers import format_number
from reports.charts.picture import Picture
from reports.charts.rows import Band, Bar, ChartRow, Column, Field, Kind
from reports.cumulative import notes_of_end, notes_of_year
from reports.measured import Measured, MeasuredIndicator
from reports.pictures.notes import notes_of
from reports.pictures.parts import Entry, empty_chart, row_pictures
from reports.standing import WORDS, Standing
from reports.wording import NOTHING, show_percent, show_progress, show_realisasi, write_value

LEAST_END = Decimal(150)
"""Per cent at the right end of a field of capaian; more where the office's scale goes on."""
_ROOM, _WIDTH, _LINE = 25, 168, Decimal(100)
_KINDS = {Standing.REACHED: Kind.REACHED, Standing.MISSED: Kind.MISSED, Standing.WAITING: Kind.WAITING}


def capaian_pictures(measured: Measured) -> tuple[Picture, ...]:
    """Capaian of the indicators of table ``capaian`` on the office's scale; none where none is known."""
    listed = measured.headline
    if all(m.percent is None for m in listed):
        return ()
    field = capaian_field(measured.rules.categories, _WIDTH)
    slots = (field, Column("Target", 62), Column("Realisasi", 76), Column("Capaian", 62, bold=True))
    year = measured.agency.year.year
    return row_pictures(
        empty_chart("grafik-capaian", f"Capaian kinerja tahun {year} terhadap target", slots),
        f"Capaian Indikator Kinerja Tahun {year}",
        [_of_year(m) for m in listed],
        lambda shown, texts: (*notes_of_year(shown), *notes_of(shown, texts)),
        cut_remarks([m.percent for m in listed], field),
    )


def _of_year(m: MeasuredIndicator) -> Entry[MeasuredIndicator]:
    target, taken, level = write_value(m.target), show_realisasi(m.realisasi), say_capaian(m)
    row = ChartRow(m.indicator.short_name, (capaian_bar(m), target, taken, level))
    told = f"{m.indicator.short_name}: target {target}, realisasi {taken}, capaian {level}"
    told += f" ({m.category.name})" if m.category else ""
    return Entry(m, row, told, ((m.id, m.indicator.short_name),))


def progress_pictures(measured: Measured) -> tuple[Picture, ...]:
    """Realisasi so far against the end targets of the Renstra (table ``akhir-renstra``).

    Returns:
        None where no progress is known.
    """
    listed = measured.with_end_target
    levels = [m.progress.percent if m.progress else None for m in listed]
    if all(level is None for level in levels):
        return ()
    agency = measured.agency
    year, end = agency.year.year, agency.renstra.last_year
    field = Field("Tingkat kemajuan (%)", _WIDTH, LEAST_END)
    slots = (
        field,
        Column(f"Realisasi {year}", 76),
        Column(f"Target {end}", 62),
        Column("Kemajuan (%)", 62, bold=True),
    )
    return row_pictures(
        empty_chart("grafik-kemajuan", f"Kemajuan sampai tahun {year} terhadap target akhir {end}", slots),
        f"Kemajuan terhadap Target Akhir Renstra Tahun {end}",
        [_to_end(m, end) for m in listed],
        lambda shown, texts: (*notes_of_end(shown, end), *notes_of(shown, texts)),
        cut_remarks(levels, field),
    )


def _to_end(m: MeasuredIndicator, end: int) -> Entry[MeasuredIndicator]:
    target, taken = write_value(m.end_target), show_realisasi(m.realisasi)
    level = show_progress(m)
    reached = bool(m.progress and m.progress.reached)
    bar = Bar(m.progress.percent if m.progress else None, Kind.REACHED if reached else Kind.MISSED)
    if m.waiting:
        level, bar = WORDS[Standing.WAITING], Bar(_LINE, Kind.WAITING)
    elif level == NOTHING:
        level = "tidak dapat dihitung"
    row = ChartRow(m.indicator.short_name, (bar, taken, target, level))
    told = f"{m.indicator.short_name}: realisasi {taken}, target {end} {target}, kemajuan (%) {level}"
    return Entry(m, row, told, ((m.id, m.indicator.short_name),))


def capaian_field(categories: Categories, width: int) -> Field:
    """A field with the office's categories as bands, from zero; below zero there is no room."""
    bounds = [max(row.lower, Decimal(0)) if row.lower is not None else Decimal(0) for row in categories.rows]
    names = [f"{row.name} ({row.printed})" if row.printed else row.name for row in categories.rows]
    bands = [Band(lower, name) for lower, name in zip(bounds, names, strict=True)]
    bands.reverse()
    end = max(LEAST_END, max(bounds) + _ROOM)
    return Field("Capaian (%)", width, end, bands=tuple(bands))


def capaian_bar(m: MeasuredIndicator) -> Bar:
    """The bar of a capaian: to the line of the target while it waits, none where it is not computable."""
    if m.waiting:
        return Bar(_LINE, Kind.WAITING)
    return Bar(m.percent, _KINDS.get(m.standing, Kind.MISSED))


def say_capaian(m: MeasuredIndicator) -> str:
    """The capaian as the tables have it, or in a word why there is none."""
    if m.waiting:
        return WORDS[Standing.WAITING]
    return "tidak dapat dihitung" if m.percent is None else show_percent(m)


def cut_remarks(levels: list[Decimal | None], field: Field) -> tuple[str, ...]:
    """That bars are cut off, where any is; below zero there is none to see."""
    known = [level for level in levels if level is not None]
    cut = [
        *(
            [f"di atas {format_number(field.farthest)}%"]
            if any(level > field.farthest for level in known)
            else []
        ),
        *(["di bawah nol"] if any(level < 0 for level in known) else []),
    ]
    return (f"Batang {' dan '.join(cut)} dipotong dan bertanda panah.",) if cut else ()
