"""The prices of a year that are measured: those in doubt that the rules leave out are gone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd

from capaian.prices.amounts import sums
from capaian.prices.doubts import flags_of
from capaian.prices.lines import DayTable, Line
from capaian.prices.results import Flag
from capaian.prices.rules import Basis, Bounds, Method, Rules
from capaian.prices.table import PriceTable
from core.numbers import format_number


@dataclass(frozen=True)
class MarketPrices:
    """The prices of one market.

    Attributes:
        places: Of its days among those of the commodity, ascending.
        amounts: As many; rupiah times the unit of the commodity.
    """

    market: str
    places: Sequence[int]
    amounts: Sequence[int]
    illustrative: bool


@dataclass(frozen=True)
class UsedPrices:
    """One commodity's prices that are used.

    Attributes:
        flags: Of all its prices of the year, the left-out ones too; by market and day.
        left_out: How many prices the rules leave out.
        days: What the markets' prices of each day come to; None where no price is left.
        markets: Those of which a price is used, by name.
        short_markets: Those set aside because each market varies for itself and they have too few days.
    """

    commodity: str
    flags: tuple[Flag, ...] = ()
    left_out: int = 0
    days: DayTable | None = None
    markets: tuple[MarketPrices, ...] = ()
    short_markets: tuple[str, ...] = ()

    @property
    def uneven(self) -> bool:
        """Whether on some days fewer markets have a price than on the best day."""
        return self.days is not None and self.days.uneven_days > 0

    def lines(self) -> list[Line]:
        """Each market for itself."""
        table = self._table()
        return [
            Line([table.days[place] for place in market.places], market.amounts, table.unit)
            for market in self.markets
        ]

    def amounts_by_day(self) -> list[list[int]]:
        """The amounts of the markets that have a price, of each day."""
        found: list[list[int]] = [[] for _ in self._table().days]
        for market in self.markets:
            for place, amount in zip(market.places, market.amounts, strict=True):
                found[place].append(amount)
        return found

    def shared_days(self) -> list[date]:
        """The days with prices of at least two markets."""
        table = self._table()
        return [day for day, count in zip(table.days, table.counts, strict=True) if count >= 2]

    def means_of_steady_markets(self) -> Line:
        """See :meth:`capaian.prices.lines.DayTable.means_of_steady_markets`."""
        table = self._table()
        means = [sum(market.amounts) * 10**30 // len(market.amounts) for market in self.markets]
        missing: dict[int, list[int]] = {}
        every = set(range(len(table.days)))
        for number, market in enumerate(self.markets):
            for place in every.difference(market.places):
                missing.setdefault(place, []).append(number)
        return table.means_of_steady_markets(means, missing)

    def _table(self) -> DayTable:
        if self.days is None:
            raise ValueError(f"tidak ada harga {self.commodity} yang dipakai")
        return self.days


def varies_by_market(rules: Rules) -> bool:
    """Whether each market varies for itself; disparity compares the markets of a day, whatever the basis."""
    return rules.basis is Basis.EACH_MARKET and rules.method is not Method.DISPARITY


def too_little(days: int, months: int, rules: Rules, what: str) -> str:
    """Why so many days and months of observation are too few to measure; empty when they are enough."""
    least_days = max(rules.least_days, 2)
    if days < least_days:
        return f"hanya {format_number(days)} {what}, paling sedikit {format_number(least_days)}"
    if months < rules.least_months:
        return f"hanya {months} bulan yang punya harga, paling sedikit {rules.least_months}"
    return ""


def used_prices(prices: PriceTable, bounds: Mapping[str, Bounds], rules: Rules) -> Iterator[UsedPrices]:
    """Find what is in doubt among the prices of a year, and leave out what the rules say.

    Returns:
        Every commodity of the table.
    """
    for part in prices.parts:
        yield from _of_part(part, prices, bounds, rules)


def _of_part(
    part: pd.DataFrame, prices: PriceTable, bounds: Mapping[str, Bounds], rules: Rules
) -> Iterator[UsedPrices]:
    flags: dict[str, list[Flag]] = {}
    left_out = np.zeros(len(part), dtype=bool)
    for row, flag in flags_of(part, prices, bounds, rules):
        flags.setdefault(flag.commodity, []).append(flag)
        if flag.doubt in rules.leave_out:
            left_out[row : row + flag.days] = True
    gone = np.bincount(part["commodity"].cat.codes[left_out], minlength=len(part["commodity"].cat.categories))
    kept = part[~left_out]
    short = np.zeros(len(kept), dtype=bool)
    if varies_by_market(rules) and len(kept):
        short = _short_markets(kept, rules)
    aside = {
        name: tuple(map(str, rows["market"].unique()))
        for name, rows in kept[short].groupby("commodity", observed=True)
    }
    used = kept[~short]
    names = part["commodity"].cat.categories
    tables = dict(_day_tables(used, prices)) if len(used) else {}
    markets = _markets(used, tables) if len(used) else {}
    for code in np.unique(part["commodity"].cat.codes.to_numpy()).tolist():
        name = str(names[code])
        yield UsedPrices(
            name,
            tuple(flags.get(name, ())),
            int(gone[code]),
            tables.get(name),
            tuple(markets.get(name, ())),
            aside.get(name, ()),
        )


def _short_markets(kept: pd.DataFrame, rules: Rules) -> Any:
    """Which prices are of markets with too few; none where all markets of the commodity have too few."""
    by_market = kept.groupby(["commodity", "market"], observed=True)["day"]
    days, months = by_market.transform("size"), kept["day"].dt.month
    of_months = months.groupby([kept["commodity"], kept["market"]], observed=True).transform("nunique")
    enough = (days >= max(rules.least_days, 2)) & (of_months >= rules.least_months)
    measured = enough.groupby(kept["commodity"], observed=True).transform("any")
    return (measured & ~enough).to_numpy()


def _day_tables(used: pd.DataFrame, prices: PriceTable) -> Iterator[tuple[str, DayTable]]:
    """The sums over the markets of each commodity and day."""
    code = used["commodity"].cat.codes.to_numpy().astype(np.int64)
    day = used["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
    first = int(day.min())
    length = int(day.max()) - first + 1
    cell = code * length + (day - first)
    counts = np.bincount(cell)
    cells = np.flatnonzero(counts)
    number = np.zeros(len(counts), dtype=np.int64)
    number[cells] = np.arange(len(cells))
    totals = sums(used["amount"], number[cell])
    calendar = (np.datetime64(first, "D") + np.arange(length)).tolist()
    owner, places, many = (cells // length).tolist(), (cells % length).tolist(), counts[cells].tolist()
    begins = np.flatnonzero(np.diff(cells // length, prepend=-1)).tolist()
    for start, end in zip(begins, [*begins[1:], len(cells)], strict=True):
        name = str(used["commodity"].cat.categories[owner[start]])
        days = [calendar[place] for place in places[start:end]]
        yield name, DayTable(days, totals[start:end], many[start:end], 10 ** prices.decimals[name])


def _markets(used: pd.DataFrame, tables: Mapping[str, DayTable]) -> dict[str, list[MarketPrices]]:
    """The prices of each market, by commodity."""
    commodity, market = (used[name].cat.codes.to_numpy() for name in ("commodity", "market"))
    names, market_names = (used[name].cat.categories for name in ("commodity", "market"))
    changes = np.ones(len(used), dtype=bool)
    changes[1:] = (commodity[1:] != commodity[:-1]) | (market[1:] != market[:-1])
    begins = np.flatnonzero(changes).tolist()
    days, amounts = used["day"].to_numpy().astype("datetime64[D]"), used["amount"].to_numpy()
    invented = used["illustrative"].to_numpy()
    known = {name: np.array(table.days, dtype="datetime64[D]") for name, table in tables.items()}
    found: dict[str, list[MarketPrices]] = {}
    for start, end in zip(begins, [*begins[1:], len(used)], strict=True):
        name = str(names[commodity[start]])
        places = np.searchsorted(known[name], days[start:end]).tolist()
        made = MarketPrices(
            str(market_names[market[start]]),
            places,
            amounts[start:end].tolist(),
            bool(invented[start:end].any()),
        )
        found.setdefault(name, []).append(made)
    return found
