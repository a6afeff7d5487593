"""What the report says of market prices: the evidence behind the indicator, for tables and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from capaian.prices.fluctuation import Fluctuation
from reports.realisasi import Realisasi


@dataclass(frozen=True)
class CommodityWords:
    """How a commodity is called.

    Attributes:
        unit: Of its prices, ``kg``.
        law: ``kebutuhan_pokok``, ``barang_penting``, or empty.
    """

    name: str
    unit: str
    group: str
    law: str


@dataclass(frozen=True)
class SourceUse:
    """A source whose prices were used.

    Attributes:
        name: For people: ``Siskaperbapo Jawa Timur``, ``lembar harga kantor``.
        markets: Names, sorted.
        observations: Prices used.
        first, last: Days.
        illustrative: Whether a stand-in invented them.
    """

    name: str
    markets: tuple[str, ...]
    observations: int
    first: date
    last: date
    illustrative: bool


@dataclass(frozen=True)
class UnknownName:
    """A name or unit that the register does not know; its prices are kept and not used.

    Attributes:
        reason: In Indonesian.
        observations: Prices kept under it in the year.
    """

    source: str
    name: str
    unit: str
    reason: str
    observations: int


@dataclass(frozen=True)
class PriceEvidence:
    """All that is known of the year's prices.

    Attributes:
        words: By id of the commodity.
        unknown: Names that the register does not know.
        reported: What the office itself reported of the indicator (the printed figure), or None.
        complete: Whether the year is over; before that the value is a running one and no realisasi.
        fingerprint: SHA-256 over every price used, with market and day.
    """

    fluctuation: Fluctuation
    words: Mapping[str, CommodityWords]
    sources: tuple[SourceUse, ...]
    unknown: tuple[UnknownName, ...]
    reported: Realisasi | None
    complete: bool
    fingerprint: str
