"""The evidence of a year: all stored prices of the office, recognised, merged and measured."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from capaian.prices.rules import Bounds
from capaian.prices.running import rules_until
from connectors.prices.register import Register, Unrecognised, load_register
from core.errors import AgencyDataError
from jobs.prices.sources import SHEETS, SISKAPERBAPO
from jobs.workspace import Workspace
from models.prices.readings import SeriesKey, StoredSeries, read_prices
from office.prices import Prices
from office.schema import Agency, MeasureKind
from reports.prices.evidence import CommodityWords, PriceEvidence
from reports.realisasi import Realisasi, State
from reports.reported import reported_realisasi


def price_regions(agency: Agency, prices: Prices) -> list[tuple[str, str]]:
    """The sources whose prices count for an office, with their names of its region.

    That of the office's own sheets is its id.
    """
    regions = {SHEETS: agency.office.id, SISKAPERBAPO: prices.siskaperbapo}
    return [(source, regions[source]) for source in prices.order if regions[source]]


def present_prices(session: Session, workspace: Workspace) -> PriceEvidence | None:
    """The prices of the reporting year until today, measured; None where the office measures none.

    Raises:
        AgencyDataError: A commodity of the office is not in the register.
    """
    if workspace.agency.prices is None:
        return None
    return gather_prices(session, workspace.agency, load_register(), workspace.settings.current_day())


def gather_prices(session: Session, agency: Agency, register: Register, today: date) -> PriceEvidence | None:
    """Measure the prices of the reporting year.

    Args:
        session: Where the prices are.
        agency: The office, its sources, commodities and rules.
        register: Of commodities.
        today: In Jakarta; the year is complete once it is over.

    Returns:
        None where the office measures no prices, or none of the year are stored.

    Raises:
        AgencyDataError: A commodity of the office is not in the register.
    """
    prices, year = agency.prices, agency.year.year
    if prices is None:
        return None
    _check_commodities(agency, prices, register)
    stored = read_prices(
        session,
        price_regions(agency, prices),
        date(year, 1, 1),
        date(year, 12, 31),
        wanted=lambda key: _counts(key, prices, register),
    )
    return _evidence(agency, prices, register, stored, today) if stored else None


def _counts(key: SeriesKey, prices: Prices, register: Register) -> bool:
    """Whether the office measures a series; one that the register does not know must be told."""
    found = register.recognise(key.source, key.item, key.name, key.unit)
    return isinstance(found, Unrecognised) or found.commodity.id in prices.commodities


def price_indicator(agency: Agency) -> str:
    """The id of the indicator that is measured from prices; empty where the office has none."""
    kind = MeasureKind.PRICE_FLUCTUATION
    return next((i.id for i in agency.indicators.values() if i.measure.kind is kind), "")


def _evidence(
    agency: Agency, prices: Prices, register: Register, stored: Sequence[StoredSeries], today: date
) -> PriceEvidence:
    # Only where there are prices: pandas is loaded with these, and takes longer than all else of a status.
    from capaian.prices.fluctuation import measure_fluctuation  # noqa: PLC0415
    from jobs.prices.merge import merge_prices, price_lines  # noqa: PLC0415

    merged = merge_prices(stored, register, prices.order, prices.markets)
    complete = today > date(agency.year.year, 12, 31)
    # A running value asks for as many days and months as there can be so far.
    rules = prices.rules if complete else rules_until(prices.rules, today)
    known = register.commodities
    bounds = {name: Bounds(known[name].lowest, known[name].highest) for name in prices.commodities}
    fluctuation = measure_fluctuation(merged.table(prices.commodities), agency.year.year, rules, bounds)
    counted = merged.used[merged.used["commodity"].isin(prices.commodities)]
    return PriceEvidence(
        fluctuation=fluctuation,
        words={
            name: CommodityWords(known[name].name, known[name].unit, known[name].group, known[name].law)
            for name in prices.commodities
        },
        sources=merged.uses([c.commodity for c in fluctuation.measured]),
        unknown=merged.unknown,
        conflicts=merged.conflicts,
        reported=_reported(agency),
        complete=complete,
        fingerprint=hashlib.sha256("".join(price_lines(counted)).encode()).hexdigest(),
    )


def _reported(agency: Agency) -> Realisasi | None:
    taken = reported_realisasi(agency).get((price_indicator(agency), agency.year.year))
    return taken if taken is not None and taken.state is State.REPORTED else None


def _check_commodities(agency: Agency, prices: Prices, register: Register) -> None:
    unknown = [name for name in prices.commodities if name not in register.commodities]
    if unknown:
        raise AgencyDataError(
            f"prices.yaml {agency.office.id}: komoditas {', '.join(map(repr, unknown))} tidak ada di daftar "
            "komoditas.",
            todo="perbaiki namanya menurut connectors/prices/register.yaml, atau tambahkan komoditasnya di "
            "berkas itu.",
        )
