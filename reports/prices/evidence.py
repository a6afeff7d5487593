"""What the report says of market prices: the evidence behind the indicator, for tables and sentences."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from capaian.prices.results import CommodityYear, Extreme, Flag, Fluctuation
from capaian.values import Quantity
from core.numbers import format_percent
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
        todo: What the technician does about it, which no report says.
    """

    source: str
    name: str
    unit: str
    reason: str
    observations: int
    todo: str = ""

    def as_dict(self) -> dict[str, Any]:
        """What a reader may know of it, for ``report.json``."""
        return {key: value for key, value in asdict(self).items() if key != "todo"}


@dataclass(frozen=True)
class PriceEvidence:
    """All that is known of the year's prices.

    Attributes:
        words: By id of the commodity.
        unknown: Names that the register does not know.
        reported: What the office itself reported of the indicator (the printed figure), or None.
        complete: Whether the year is over; before that the value is a running one and no realisasi.
        conflicts: Where two sources differ, in Indonesian, and which was used.
        fingerprint: SHA-256 over every price used, with market and day.
    """

    fluctuation: Fluctuation
    words: Mapping[str, CommodityWords]
    sources: tuple[SourceUse, ...]
    unknown: tuple[UnknownName, ...]
    reported: Realisasi | None
    complete: bool
    fingerprint: str
    conflicts: tuple[str, ...] = ()

    @property
    def illustrative(self) -> bool:
        """Whether any price of the year was invented by a stand-in."""
        return any(c.illustrative for c in self.fluctuation.commodities)

    @property
    def stable(self) -> tuple[CommodityYear, ...]:
        """The measured commodities that are stable."""
        return tuple(c for c in self.fluctuation.measured if c.stable)

    @property
    def unmeasured(self) -> tuple[CommodityYear, ...]:
        """The commodities that could not be measured."""
        return tuple(c for c in self.fluctuation.commodities if c.value is None)

    @property
    def stable_words(self) -> str:
        """How many commodities are stable, and by which bound."""
        bound = format_percent(self.fluctuation.rules.stable_at_most, trim=True)
        return (
            f"{len(self.stable)} dari {len(self.fluctuation.measured)} komoditas terukur stabil "
            f"(fluktuasinya paling tinggi {bound})."
        )

    def suffices(self, least_measured: int) -> bool:
        """Whether enough commodities are measured for the indicator to be computed."""
        return self.fluctuation.value is not None and len(self.fluctuation.measured) >= least_measured

    def call(self, commodity: str) -> str:
        """The name of a commodity; its id where the register has no words for it."""
        words = self.words.get(commodity)
        return words.name if words else commodity

    def left_out(self, flag: Flag) -> bool:
        """Whether the price that a flag is about was not used."""
        return (flag.commodity, flag.market, flag.day) in self._left_out

    @cached_property
    def flags(self) -> tuple[Flag, ...]:
        """All prices in doubt: those left out first, then by day, commodity and market."""
        found = [flag for c in self.fluctuation.commodities for flag in c.flags]
        return tuple(
            sorted(found, key=lambda f: (not self.left_out(f), f.day, f.commodity, f.market, f.doubt))
        )

    @cached_property
    def _left_out(self) -> frozenset[tuple[str, str, date]]:
        """One price may be in doubt for several reasons, of which one leaves it out."""
        rule = self.fluctuation.rules.leave_out
        return frozenset(
            (flag.commodity, flag.market, flag.day)
            for c in self.fluctuation.commodities
            for flag in c.flags
            if flag.doubt in rule
        )

    def as_dict(self) -> dict[str, Any]:
        """Plain data for ``report.json``; figures exact and as text, empty where there is none."""
        year = self.fluctuation
        rules = year.rules
        return {
            "year": year.year,
            "complete": self.complete,
            "value": _text(year.value),
            "stable_share": _text(year.stable_share),
            "observations": year.observations,
            "markets": list(year.markets),
            "first": year.first.isoformat() if year.first else "",
            "last": year.last.isoformat() if year.last else "",
            "illustrative": self.illustrative,
            "fingerprint": self.fingerprint,
            "reported": _reported(self.reported),
            "rules": {
                "method": rules.method.value,
                "deviation": rules.deviation.value,
                "basis": rules.basis.value,
                "leave_out": sorted(doubt.value for doubt in rules.leave_out),
                "jump_percent": _text(rules.jump_percent),
                "repeated_days": rules.repeated_days,
                "least_days": rules.least_days,
                "least_months": rules.least_months,
                "stable_at_most": _text(rules.stable_at_most),
            },
            "commodities": [self._commodity(c) for c in year.commodities],
            "conflicts": list(self.conflicts),
            "doubts": [_doubt(flag, left_out=self.left_out(flag)) for flag in self.flags],
            "sources": [
                {
                    "name": source.name,
                    "markets": list(source.markets),
                    "observations": source.observations,
                    "first": source.first.isoformat(),
                    "last": source.last.isoformat(),
                    "illustrative": source.illustrative,
                }
                for source in self.sources
            ],
            "unknown": [entry.as_dict() for entry in self.unknown],
        }

    def _commodity(self, c: CommodityYear) -> dict[str, Any]:
        words = self.words.get(c.commodity)
        return {
            "id": c.commodity,
            "name": self.call(c.commodity),
            "unit": words.unit if words else "",
            "value": _text(c.value),
            "reason": c.reason,
            "stable": c.stable,
            "mean": _text(c.mean),
            "lowest": _extreme(c.lowest),
            "highest": _extreme(c.highest),
            "deviation": _text(c.deviation),
            "observations": c.observations,
            "days": c.days,
            "months": c.months,
            "markets": c.markets,
            "uneven_days": c.uneven_days,
            "composition": _text(c.composition),
            "short_markets": list(c.short_markets),
            "left_out": c.left_out,
            "illustrative": c.illustrative,
        }


def _text(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _extreme(extreme: Extreme | None) -> dict[str, str]:
    return {"price": str(extreme.price), "day": extreme.day.isoformat()} if extreme else {}


def _reported(reported: Realisasi | None) -> dict[str, str]:
    if reported is None or not isinstance(reported.value, Quantity):
        return {}
    return {"value": str(reported.value), "source": reported.source}


def _doubt(flag: Flag, *, left_out: bool) -> dict[str, Any]:
    return {
        "commodity": flag.commodity,
        "market": flag.market,
        "day": flag.day.isoformat(),
        "price": str(flag.price),
        "doubt": flag.doubt.value,
        "explanation": flag.explanation,
        "days": flag.days,
        "left_out": left_out,
    }
