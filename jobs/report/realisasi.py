"""The realisasi of every indicator: the office's own figures, and what is given in their place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlmodel import Session

from jobs.bps.realisasi import course_of_pdrb, realisasi_of_pdrb
from jobs.bps.statistic.realisasi import realisasi_of_statistics
from jobs.prices.realisasi import realisasi_of_prices
from office.schema import Agency, MeasureKind
from reports.prices.evidence import PriceEvidence
from reports.realisasi import Realisasi, State
from reports.reported import reported_realisasi


def select_realisasi(
    session: Session,
    agency: Agency,
    prices: PriceEvidence | None = None,
    entered: Mapping[tuple[str, int], Realisasi] | None = None,
) -> dict[tuple[str, int], Realisasi]:
    """The realisasi of every indicator, by indicator and year.

    Args:
        session: Where the observations are.
        agency: The office with its own reported values.
        prices: Of the reporting year, where there are any.
        entered: What people entered with its evidence (:mod:`jobs.report.entries.figures`), by
            indicator and year.

    Returns:
        Reported values as they were entered, else as the office's files have them; indicators of the
        reporting year that take figures of BPS from the latest vintage, waiting where BPS has not released
        what they need; where nothing can be computed of what it released, the office's own figure stands.
    """
    chosen = reported_realisasi(agency) | dict(entered or {})
    of_bps = realisasi_of_pdrb(session, agency) | realisasi_of_statistics(session, agency)
    for key, taken in of_bps.items():
        if taken.value is not None or chosen[key].state is State.WAITING:
            chosen[key] = taken
    for indicator in agency.indicators.values():
        if course := course_of_pdrb(session, agency, indicator):
            key = (indicator.id, agency.year.year)
            chosen[key] = replace(chosen[key], course=course)
    if prices is not None:
        for indicator in agency.indicators.values():
            key = (indicator.id, agency.year.year)
            if indicator.measure.kind is MeasureKind.PRICE_FLUCTUATION:
                chosen[key] = realisasi_of_prices(agency, prices, chosen[key])
    return chosen
