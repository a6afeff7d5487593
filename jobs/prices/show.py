"""Where a price comes from: each reading of it with its time, source and snapshot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from connectors.prices.register import Recognised, load_register
from core.choosing import find_one
from core.dates import format_date, format_time
from core.numbers import format_number
from jobs.prices.sources import SOURCE_NAMES, SP2KP
from jobs.prices.year import price_regions
from jobs.workspace import Workspace
from models.prices.readings import Reading, StoredSeries, read_prices, read_readings
from models.session import open_session
from models.snapshots import read_snapshot


@dataclass(frozen=True)
class ShownPrice:
    """One price of one market on one day, with all its readings."""

    series: StoredSeries
    day: date
    readings: tuple[Reading, ...]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        key = self.series.key
        return {
            "source": key.source,
            "market": key.market_name or key.market,
            "name": key.name,
            "unit": key.unit,
            "day": self.day.isoformat(),
            "illustrative": key.illustrative,
            "readings": [
                {
                    "reading": reading.reading,
                    "price": f"{reading.price:f}",
                    "fetched_at": reading.fetched_at.isoformat(),
                    "url": reading.url,
                    "snapshot": reading.snapshot,
                }
                for reading in self.readings
            ],
        }

    def as_lines(self) -> list[str]:
        """For people."""
        key = self.series.key
        mark = ", angka ilustrasi" if key.illustrative else ""
        market = key.market_name or key.market or "rata-rata wilayah"
        lines = [
            f"{format_date(self.day)}, {market} [{SOURCE_NAMES.get(key.source, key.source)}{mark}]",
            f"  ditulis sumbernya: {key.name} ({key.unit or 'tanpa satuan'})",
        ]
        for reading in self.readings:
            lines += [
                f"  bacaan {reading.reading + 1}: Rp {format_number(reading.price, 2, trim=True)}, "
                f"diambil {format_time(reading.fetched_at)}",
                f"      alamat   : {reading.url}",
                f"      snapshot : {reading.snapshot}, utuh",
            ]
        return lines


@dataclass(frozen=True)
class ShownCommodity:
    """The prices of a commodity."""

    name: str
    prices: tuple[ShownPrice, ...]

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {"name": self.name, "prices": [price.as_dict() for price in self.prices]}

    def as_text(self) -> str:
        """For people."""
        if not self.prices:
            return f"{self.name}: tidak ada harga pada waktu itu."
        return "\n".join([self.name, *(line for price in self.prices for line in price.as_lines())])


def show_commodity(workspace: Workspace, wanted: str, day: date | None = None) -> ShownCommodity:
    """The prices of one commodity on a day, or of each series on its last day in the year.

    Each snapshot is read and proved.

    Args:
        workspace: Office, year and database.
        wanted: Id of the commodity, or a part of its name.
        day: Left out, the newest day of each series.

    Raises:
        AgencyDataError: No commodity or several answer to that name; the message lists them.
        StorageError: A snapshot is missing or was altered.
    """
    register = load_register()
    names = {known.id: known.name for known in register.commodities.values()}
    commodity = register.commodities[find_one(wanted, names, "komoditas")]
    agency, year = workspace.agency, workspace.agency.year.year
    regions = price_regions(agency, agency.prices) if agency.prices else []
    if agency.prices and agency.prices.sp2kp:
        regions.append((SP2KP, agency.prices.sp2kp))
    first, last = (day, day) if day else (date(year, 1, 1), date(year, 12, 31))
    shown = []
    with open_session(workspace.engine, read_only=True) as session:
        for series in read_prices(session, regions, first, last):
            key = series.key
            found = register.recognise(key.source, key.item, key.name, key.unit)
            if not isinstance(found, Recognised) or found.commodity.id != commodity.id:
                continue
            readings = tuple(read_readings(session, series.id, series.days[-1]))
            for reading in readings:
                read_snapshot(session, reading.snapshot)
            shown.append(ShownPrice(series, series.days[-1], readings))
    return ShownCommodity(f"{commodity.name} ({commodity.unit})", tuple(shown))
