"""The prices of some days as a table: a row for each commodity, market and day, the price a whole number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from capaian.prices.amounts import LARGEST, as_price, whole

KEY = ["commodity", "market", "day"]


@dataclass(frozen=True)
class PriceTable:
    """Prices of any commodities, markets and days.

    Attributes:
        parts: Frames of the same columns, ascending by commodity, market and day, no commodity in two:

            - ``commodity``, ``market``: category, in the order of the names;
            - ``day``: datetime64[s];
            - ``amount``: the price times ten to the decimals of its commodity, so a whole number above
              zero: int64, or Python's own (object) in the part of commodities that int64 cannot hold;
            - ``illustrative``: whether a stand-in invented it.
        decimals: Of every commodity: how many its prices need after the comma.
    """

    parts: tuple[pd.DataFrame, ...]
    decimals: Mapping[str, int]

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    def price(self, commodity: str, amount: int) -> Decimal:
        """The rupiah of an amount of a commodity."""
        return as_price(int(amount), 10 ** self.decimals[commodity])

    def choose(self, commodities: Sequence[str]) -> PriceTable:
        """The prices of some commodities."""
        parts = tuple(part[part["commodity"].isin(commodities)] for part in self.parts)
        return PriceTable(tuple(part for part in parts if len(part)), self.decimals)

    def of_year(self, year: int) -> PriceTable:
        """The prices of one year."""
        first, end = pd.Timestamp(year, 1, 1), pd.Timestamp(year + 1, 1, 1)
        parts = tuple(part[(part["day"] >= first) & (part["day"] < end)] for part in self.parts)
        return PriceTable(tuple(part for part in parts if len(part)), self.decimals)


def price_table(prices: pd.DataFrame) -> PriceTable:
    """Make the table of prices as they were read.

    Args:
        prices: ``commodity`` and ``market`` (text; the mean of a region has an empty one), ``day``
            (dates), ``price`` (Decimal in rupiah for one unit of the register), ``illustrative``.

    Raises:
        ValueError: A price is not above zero, or a commodity has two prices in a market on a day.
    """
    days, calendar = pd.factorize(prices["day"])
    frame = pd.DataFrame(
        {
            "commodity": pd.Categorical(prices["commodity"]),
            "market": pd.Categorical(prices["market"]),
            "day": np.array(calendar, dtype="datetime64[s]")[days],
            "illustrative": prices["illustrative"].astype(bool),
        }
    )
    codes, distinct = pd.factorize(prices["price"])  # few distinct prices are behind many rows
    made = [whole(price) for price in distinct]
    amounts = np.array([amount for amount, _ in made], dtype=object)
    places = np.array([decimals for _, decimals in made], dtype=np.int64)[codes]
    commodity = frame["commodity"].cat.codes.to_numpy()
    names = list(frame["commodity"].cat.categories)
    decimals = np.zeros(len(names), dtype=np.int64)
    np.maximum.at(decimals, commodity, places)
    largest = _largest(codes, commodity, made, decimals)
    held = np.array([amount <= LARGEST for amount in largest], dtype=bool)[commodity]
    shift = decimals[commodity] - places
    parts = []
    for rows, dtype in ((held, np.int64), (~held, object)):
        if rows.any():
            part = frame[rows].copy()
            part["amount"] = _scaled(amounts, codes[rows], shift[rows], dtype)
            parts.append(_in_order(part))
    return PriceTable(tuple(parts), dict(zip(names, decimals.tolist(), strict=True)))


def _largest(codes: Any, commodity: Any, made: Sequence[tuple[int, int]], decimals: Any) -> list[int]:
    """The largest amount of each commodity at its own decimals."""
    found = [0] * len(decimals)
    for pair in pd.unique(commodity.astype(np.int64) * len(made) + codes).tolist():
        number, code = divmod(pair, len(made))
        amount, places = made[code]
        found[number] = max(found[number], amount * 10 ** (int(decimals[number]) - places))
    return found


def _scaled(amounts: Any, codes: Any, shift: Any, dtype: Any) -> Any:
    """The amount of each row at the decimals of its commodity; the caller knows that ``dtype`` holds it."""
    scales = np.array([10**power for power in range(int(shift.max()) + 1)], dtype=object)
    if dtype is object:
        return amounts[codes] * scales[shift]
    # A distinct price or scale that int64 cannot hold belongs to the other part: no row here takes it.
    small = np.array([min(amount, LARGEST) for amount in amounts], dtype=np.int64)
    return small[codes] * np.array([min(scale, LARGEST) for scale in scales], dtype=np.int64)[shift]


def _in_order(part: pd.DataFrame) -> pd.DataFrame:
    part = part.sort_values(KEY, ignore_index=True)
    twice = part.duplicated(KEY)
    if twice.any():
        row = part[twice].iloc[0]
        raise ValueError(
            f"deret harga {row['commodity']} di pasar {row['market']!r} ada dua kali pada {row['day'].date()}"
        )
    return part
