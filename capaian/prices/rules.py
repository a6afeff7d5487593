"""The rules by which an office measures prices, and the words for what may be odd about a price."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Doubt(StrEnum):
    """Why a price is in doubt; the words are those of the office's data and of the report."""

    SLIP = "salah_ribuan"
    RANGE = "di_luar_kisaran"
    JUMP = "lonjakan"
    REPEATED = "berulang"


class Method(StrEnum):
    """How the fluctuation of a commodity in a year is measured."""

    VARIATION = "koefisien_variasi"
    MONTHLY_CHANGE = "perubahan_bulanan"
    PEAK_MONTH = "bulan_tertinggi"
    DISPARITY = "disparitas_pasar"


class Deviation(StrEnum):
    """The standard deviation of a coefficient of variation."""

    SAMPLE = "sampel"
    POPULATION = "populasi"


class Basis(StrEnum):
    """What varies: the mean of the markets of each day, or each market for itself (then their mean)."""

    DAILY_MEAN = "rata_rata_harian"
    EACH_MARKET = "tiap_pasar"


LASTS_AFTER = 3
"""Days of observation after which a level that a price jumped to is believed."""


@dataclass(frozen=True)
class Bounds:
    """Between which a price of one commodity is believed.

    Attributes:
        lowest, highest: Rupiah for one unit, both inclusive.
    """

    lowest: Decimal
    highest: Decimal


@dataclass(frozen=True)
class Rules:
    """How an office measures (its data say so; the report names every one of them).

    Attributes:
        commodities: Ids of those that count, in the order of the report.
        leave_out: Doubts for which a price is left out; others are only listed.
        jump_percent: Change against the day before in the same market from which a price is in doubt.
        repeated_days: Days of observation with the very same price from which it counts as repeated.
        least_days: Days of observation that a commodity needs to be measured.
        least_months: Months with observations that a commodity needs to be measured.
        stable_at_most: Fluctuation in per cent up to which a commodity counts as stable.
    """

    commodities: tuple[str, ...]
    method: Method = Method.VARIATION
    deviation: Deviation = Deviation.SAMPLE
    basis: Basis = Basis.DAILY_MEAN
    leave_out: frozenset[Doubt] = field(default=frozenset({Doubt.SLIP, Doubt.RANGE}))
    jump_percent: Decimal = Decimal(50)
    repeated_days: int = 30
    least_days: int = 100
    least_months: int = 10
    stable_at_most: Decimal = Decimal(9)
