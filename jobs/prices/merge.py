"""From stored series to one price of a commodity in a market on a day, whatever sources named them.

Names are recognised by the register and units converted exactly. Markets are the same when their names
are, apart from capitals, signs and the word ``pasar``, or when the office says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import pandas as pd

from capaian.prices.table import PriceTable, price_table
from connectors.prices.quotes import REGION
from connectors.prices.register import Recognised, Register, Unrecognised
from core.dates import format_date
from core.numbers import format_number
from jobs.prices.sources import SOURCE_NAMES
from models.prices.readings import StoredSeries
from office.prices import Market
from reports.prices.evidence import SourceUse, UnknownName

PLACE = ["commodity", "market", "day"]
"""What has one price."""


@dataclass(frozen=True)
class MergedPrices:
    """The prices of all sources, each commodity, market and day once.

    Attributes:
        used: ``commodity``, ``market``, ``day``, ``price`` (Decimal for one unit of the register),
            ``illustrative`` and ``source``; the mean of the region only where no market has a price.
        unknown: Names and units that the register does not know, with how many prices stand under them.
        conflicts: Where two series differ and which was used, in Indonesian.
    """

    used: pd.DataFrame
    unknown: tuple[UnknownName, ...] = ()
    conflicts: tuple[str, ...] = ()

    def table(self, commodities: Sequence[str]) -> PriceTable:
        """The prices of some commodities, to be measured."""
        return price_table(self.used[self.used["commodity"].isin(commodities)])

    def uses(self, commodities: Sequence[str]) -> tuple[SourceUse, ...]:
        """The sources behind some commodities, by name."""
        used = self.used[self.used["commodity"].isin(commodities)]
        return tuple(
            SourceUse(
                name=SOURCE_NAMES.get(str(source), str(source)),
                markets=tuple(sorted(set(rows["market"]) - {REGION})),
                observations=len(rows),
                first=rows["day"].min(),
                last=rows["day"].max(),
                illustrative=bool(rows["illustrative"].any()),
            )
            for source, rows in used.groupby("source", sort=True)
        )


def merge_prices(
    stored: Sequence[StoredSeries], register: Register, order: Sequence[str], markets: Sequence[Market]
) -> MergedPrices:
    """Bring the series of all sources together.

    Where several have a price of the same commodity, market and day, a real one wins over an invented
    one, then the source that the office names first, then the series that was known first. Prices that
    differ are told.

    Args:
        stored: The series with their latest readings.
        register: Of commodities.
        order: Sources, the one that counts first; others are not used.
        markets: Names that differ between sources, by the office.
    """
    unknown: dict[tuple[str, str, str], UnknownName] = {}
    names = _MarketNames(markets)
    rank = {source: number for number, source in enumerate(order)}
    counted = [one for one in stored if one.key.source in rank]
    frames: list[pd.DataFrame] = []
    for one in sorted(counted, key=lambda s: (s.key.illustrative, rank[s.key.source], s.id)):
        key = one.key
        found = register.recognise(key.source, key.item, key.name, key.unit)
        if isinstance(found, Unrecognised):
            _note_unknown(unknown, one, found)
            continue
        market = REGION if key.market == REGION else names.of(key.market_name or key.market)
        frames.append(_frame(one, found, market))
    every = pd.concat(frames, ignore_index=True) if frames else _frame_of({})
    used = every.drop_duplicates(PLACE)
    told = sorted(unknown.values(), key=lambda u: (u.source, u.name, u.unit))
    return MergedPrices(_without_means(used), tuple(told), tuple(_conflicts(every, used)))


def _frame(one: StoredSeries, found: Recognised, market: str) -> pd.DataFrame:
    prices = one.prices if found.factor == 1 else [price * found.factor for price in one.prices]
    return _frame_of(
        {
            "commodity": found.commodity.id,
            "market": market,
            "day": one.days,
            "price": prices,
            "illustrative": one.key.illustrative,
            "source": one.key.source,
            "series": one.id,
            "called": f"{SOURCE_NAMES.get(one.key.source, one.key.source)} ({one.key.name})",
            "kind": found.commodity.name,
        }
    )


def _frame_of(columns: Mapping[str, Any]) -> pd.DataFrame:
    names = [*PLACE, "price", "illustrative", "source", "series", "called", "kind"]
    return pd.DataFrame(columns, columns=names, dtype=object)


def _without_means(used: pd.DataFrame) -> pd.DataFrame:
    """Without the means of the region of commodities that a market has a price of."""
    mean = used["market"] == REGION
    in_markets = used.loc[~mean, "commodity"].unique()
    return used[~(mean & used["commodity"].isin(in_markets))].sort_values(PLACE, ignore_index=True)


def _conflicts(every: pd.DataFrame, used: pd.DataFrame) -> Iterator[str]:
    """A line for each series that names other prices than those used, with its first such day."""
    others = every.drop(used.index).merge(used, on=PLACE, suffixes=("", "_used"))
    differing = others[others["price"] != others["price_used"]].sort_values("day", kind="stable")
    for (kind, market, _), rows in differing.groupby(["kind", "market", "series"], sort=True):
        first = rows.iloc[0]
        prices = [format_number(first[name], 2, trim=True) for name in ("price_used", "price")]
        yield (
            f"{kind}, {market or 'rata-rata wilayah'}: {format_number(len(rows))} hari berbeda antara "
            f"{first['called_used']} dan {first['called']} (misalnya {format_date(first['day'])}: "
            f"{prices[0]} dan {prices[1]}); yang dipakai {first['called_used']}."
        )


def _note_unknown(
    unknown: dict[tuple[str, str, str], UnknownName], one: StoredSeries, found: Unrecognised
) -> None:
    place = one.key.source, one.key.name, one.key.unit
    before = unknown[place].observations if place in unknown else 0
    unknown[place] = UnknownName(
        SOURCE_NAMES.get(one.key.source, one.key.source),
        one.key.name,
        one.key.unit,
        found.reason,
        before + len(one.days),
        found.todo,
    )


class _MarketNames:
    """One name for each market: the office's where it has one, else as it was first written."""

    def __init__(self, markets: Sequence[Market]) -> None:
        self._names: dict[str, str] = {}
        for market in markets:
            for name in (market.name, *market.other_names):
                self._names[market_key(name)] = market.name

    def of(self, name: str) -> str:
        """The name that a source's ``name`` stands for."""
        return self._names.setdefault(market_key(name), name)


@cache
def market_key(name: str) -> str:
    """A market's name as it is compared: letters and digits, without the word ``pasar``."""
    words = "".join(sign if sign.isalnum() else " " for sign in name.casefold()).split()
    kept = [word for word in words if word not in ("pasar", "psr", "ps")]
    return "".join(kept or words)


def price_lines(used: pd.DataFrame) -> Iterator[str]:
    """Every price as a line, by commodity, market and day, for a fingerprint."""
    for commodity, market, day, price in used[[*PLACE, "price"]].itertuples(index=False):
        yield f"{commodity}\t{market}\t{day.isoformat()}\t{price.normalize():f}\n"
