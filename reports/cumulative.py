"""What the report says where a target counts from the first year of the Renstra: the sum that is compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from capaian.cumulative import Cumulated
from capaian.values import Value
from core.lists import join_words
from reports.measured import Measured, MeasuredIndicator
from reports.wording import write_value


def summed(m: MeasuredIndicator) -> str:
    """Behind the realisasi of a year: the sum that is compared; empty where it is the year's own figure."""
    formula = m.cumulated.formula if m.cumulated else ""
    return f" (kumulatif {formula}{_caution(m.cumulated)})" if formula and m.cumulated else ""


def notes_of_year(listed: Iterable[MeasuredIndicator]) -> list[str]:
    """Under a table with the capaian of the year: each sum that differs from the realisasi it shows."""
    return _notes((m, "", m.cumulated, m.target) for m in listed)


def notes_of_previous(listed: Iterable[MeasuredIndicator], year: int) -> list[str]:
    """The same of the year before."""
    return _notes((m, f" sampai {year}", m.previous_cumulated, m.previous_target) for m in listed)


def notes_of_end(listed: Iterable[MeasuredIndicator], year: int) -> list[str]:
    """The same against the end target of the Renstra."""
    return _notes((m, f" terhadap {year}", m.cumulated, m.end_target) for m in listed)


def _notes(
    found: Iterable[tuple[MeasuredIndicator, str, Cumulated | None, Value | None]],
) -> list[str]:
    return [
        f"Capaian kumulatif{when} {m.indicator.short_name}: {total.formula} "
        f"dari target {write_value(target)}{_caution(total)}."
        for m, when, total, target in found
        if total is not None and total.formula and target is not None
    ]


def _caution(total: Cumulated) -> str:
    """What the signs behind the year's own figure do not say of the years before."""
    years = join_words([str(year) for year in total.provisional])
    return f"; angka {years} masih sementara" if years else ""


def cumulative_rules(measured: Measured) -> Iterator[str]:
    """How such targets are measured, for "Cara pengukuran"; nothing where there is none."""
    members = [m for m in measured.indicators.values() if m.indicator.cumulative]
    if not members:
        return
    first = measured.agency.renstra.first_year
    names = join_words([m.indicator.short_name for m in members])
    yield (
        f"Target {names} kumulatif sejak {first}, tahun pertama Renstra: yang dibandingkan dengannya adalah "
        "jumlah realisasi setiap tahun sejak itu. Bila realisasi suatu tahun tidak ada, capaiannya tidak "
        "dapat dihitung."
    )
    if any(q.target is not None for m in members for q in m.quarters):
        yield "Target triwulan indikator kumulatif hanya untuk tahun itu sendiri."
