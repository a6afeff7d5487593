"""The explanation of table ``standar``: realisasi beside the figures of others, where both are there."""

from __future__ import annotations

from capaian.values import Quantity
from core.numbers import round_half_up
from office.standards import StandardFigure
from reports import traced
from reports.cautions import caution
from reports.measured import Measured, MeasuredIndicator
from reports.narrative.facts import LOWER_IS_BETTER, amount, apart, is_lower
from reports.tables.parts import interleaved
from reports.wording import compare_shown, show_realisasi, write_value

PATTERNS = (
    "{name} tahun {year} tercatat {ours}, {place} angka {standard} {theirs}{end}.",
    "{name} tahun {year} terealisasi {ours}, {place} angka {standard} {theirs}{end}.",
    "{name} tahun {year} dengan realisasi {ours} {place} angka {standard} {theirs}{end}.",
)


def against_standard(measured: Measured) -> list[str]:
    """A sentence for each pair of figures that can be compared, in the order of the table."""
    year = measured.agency.year.year
    listed = [
        (m, standard)
        for placed in interleaved(measured.agency)
        for m in (measured.indicators[placed.indicator],)
        for standard in m.standards
    ]
    told = [place for place, (m, standard) in enumerate(listed) if m.against(standard) is not None]
    return [
        _beside(*listed[place], PATTERNS[pattern], year)
        for place, pattern in zip(told, apart(told, len(PATTERNS)), strict=True)
    ]


def _beside(m: MeasuredIndicator, standard: StandardFigure, pattern: str, year: int) -> str:
    ours, theirs = m.realisasi.value, standard.value
    assert isinstance(ours, Quantity)  # noqa: S101 - else there is nothing to compare
    assert isinstance(theirs, Quantity)  # noqa: S101
    shown = round_half_up(ours.amount, 2), round_half_up(theirs.amount, 2)
    of_year = "" if standard.year == year else f" (angka tahun {standard.year})"
    lower = f" ({LOWER_IS_BETTER})" if is_lower(m) else ""
    return pattern.format(
        name=m.indicator.name,
        year=year,
        ours=amount(ours, traced.told(m.id, show_realisasi(m.realisasi))),
        place=compare_shown(ours.amount, theirs.amount, shown),
        standard=standard.spoken,
        theirs=f"{amount(theirs, traced.told(m.id, write_value(theirs)))}{of_year}{lower}",
        end=caution(m),
    )
