"""Whose prices the bytes of a sheet became."""

from __future__ import annotations

from sqlmodel import Session, col, select

from models.prices.tables import Price, PriceDay, PriceSeries
from models.tables import Fetch


def holds_sheet(session: Session, region: str, sha256: str) -> bool:
    """Whether the bytes of a SHA-256, which were taken before, were taken for a region.

    A sheet whose prices were all known leaves nothing but notes of its days, which the next one replaces. So
    it counts as this region's too when no other has anything of it: to read it again would bring back
    prices that were revised since.
    """
    of_prices = (
        select(PriceSeries.region)
        .join(Price, col(Price.series_id) == PriceSeries.id)
        .join(Fetch, col(Fetch.id) == Price.fetch_id)
    )
    of_days = select(PriceDay.region).join(Fetch, col(Fetch.id) == PriceDay.fetch_id)
    found = {
        known
        for query in (of_prices, of_days)
        for known in session.exec(query.where(Fetch.snapshot_sha256 == sha256).distinct())
    }
    return region in found or not found
