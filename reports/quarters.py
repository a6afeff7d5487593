"""What the report says of quarters: how the year's realisasi of each indicator follows from them."""

from __future__ import annotations

from collections.abc import Iterator

from capaian.quarters import Quarters, quarter_name, quarter_names, year_of_quarters
from core.lists import join_words
from reports import traced
from reports.cautions import caution
from reports.measured import Measured, MeasuredIndicator
from reports.narrative.facts import amount
from reports.reported import waiting_words
from reports.tables.parts import interleaved
from reports.wording import show_realisasi

_INCOMPLETE = "selama satu triwulan belum terisi, indikatornya menunggu"
_RULES = {
    Quarters.SUM: f"jumlah realisasi keempat triwulan; {_INCOMPLETE}",
    Quarters.MEAN: f"rata-rata realisasi keempat triwulan; {_INCOMPLETE}",
    Quarters.LAST: "realisasi triwulan terakhir yang terisi, dan triwulan itu disebut",
}


def with_quarters(measured: Measured) -> list[MeasuredIndicator]:
    """The indicators that have quarters, in the order of the report's tables."""
    listed = (measured.indicators[placed.indicator] for placed in interleaved(measured.agency))
    return [m for m in listed if m.indicator.quarters is not None]


def quarter_sentences(measured: Measured) -> tuple[str, ...]:
    """The explanation of the table of quarters."""
    year = measured.agency.year.year
    return tuple(_sentence(m, way, year) for m in with_quarters(measured) if (way := m.indicator.quarters))


def _sentence(m: MeasuredIndicator, way: Quarters, year: int) -> str:
    subject = f"Realisasi {m.indicator.name} tahun {year}"
    if m.waiting:
        return f"{subject} belum ada karena masih {waiting_words(m)}."
    stated = f"{subject} tercatat {amount(m.realisasi.value, traced.told(m.id, show_realisasi(m.realisasi)))}"
    found = year_of_quarters(way, {q.number: q.realisasi for q in m.quarters if q.realisasi is not None})
    if way is Quarters.SUM:
        return f"{stated}, yaitu jumlah realisasi keempat triwulan, {found.formula}{caution(m)}."
    if way is Quarters.MEAN:
        return f"{stated}, yaitu rata-rata realisasi keempat triwulan, {found.formula}{caution(m)}."
    gap = f"; {quarter_names(found.missing)} belum terisi" if found.missing else ""
    last = quarter_name(found.last or 1)
    return f"{stated}, yaitu realisasi {last}, triwulan terakhir yang terisi{gap}{caution(m)}."


def quarter_rules(measured: Measured) -> Iterator[str]:
    """How the year follows from its quarters, for "Cara pengukuran"; nothing where none has quarters."""
    listed = with_quarters(measured)
    for way, words in _RULES.items():
        names = [m.indicator.short_name for m in listed if m.indicator.quarters is way]
        if names:
            yield f"Realisasi setahun {join_words(names)}: {words}."
    if any(q.target is not None and q.realisasi is not None for m in listed for q in m.quarters):
        yield "Capaian suatu triwulan dihitung terhadap target triwulan itu sendiri, dengan rumus yang sama."
