"""The office's choice of market prices: ``prices.yaml``."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import Field

from capaian.prices.rules import Basis, Deviation, Doubt, Method, Rules
from office.fields import Entry, Text

Order = Literal["lembar", "siskaperbapo"]
"""Sources of prices, in the order that counts where an office says none."""


class Market(Entry):
    """A market of the office, and the other names that sources give it."""

    name: Text
    other_names: list[Text] = Field(default_factory=list)


class Prices(Entry):
    """``prices.yaml``: where the office's market prices come from, and how it measures them.

    Attributes:
        siskaperbapo: Its name of the region (``sumenepkab``); empty where it is not read.
        sp2kp: Code of the province whose mean is kept beside (``35``); empty where it is not read.
        order: Sources, the one that counts first where several have a price of the same market and day.
        markets: Names that differ between sources.
        commodities: Ids of the register (``connectors/prices/register.yaml``) that count.
        charted: Those with a chart in the report.
        method, deviation, basis, leave_out, jump_percent, repeated_days, least_days, least_months,
            stable_at_most: See :class:`capaian.prices.rules.Rules`.
        least_measured: Measured commodities that the indicator needs; with fewer it is not computed.
        stable_program: Key of the program whose realisasi is the share of stable commodities.
        note: What a reader should know of the choice.
    """

    siskaperbapo: str = ""
    sp2kp: str = ""
    order: list[Order] = Field(default_factory=lambda: list[Order](get_args(Order)))
    markets: list[Market] = Field(default_factory=list)
    commodities: Annotated[list[Text], Field(min_length=1)]
    charted: list[Text] = Field(default_factory=list)
    method: Method = Method.VARIATION
    deviation: Deviation = Deviation.SAMPLE
    basis: Basis = Basis.DAILY_MEAN
    leave_out: list[Doubt] = Field(default_factory=lambda: [Doubt.SLIP, Doubt.RANGE])
    jump_percent: Annotated[Decimal, Field(gt=0)] = Decimal(50)
    repeated_days: Annotated[int, Field(ge=2)] = 30
    least_days: Annotated[int, Field(ge=2)] = 100
    least_months: Annotated[int, Field(ge=1, le=12)] = 10
    least_measured: Annotated[int, Field(ge=1)] = 1
    stable_at_most: Annotated[Decimal, Field(ge=0)] = Decimal(9)
    stable_program: str = ""
    note: str = ""

    @property
    def rules(self) -> Rules:
        """The rules of measuring."""
        return Rules(
            commodities=tuple(self.commodities),
            method=self.method,
            deviation=self.deviation,
            basis=self.basis,
            leave_out=frozenset(self.leave_out),
            jump_percent=self.jump_percent,
            repeated_days=self.repeated_days,
            least_days=self.least_days,
            least_months=self.least_months,
            stable_at_most=self.stable_at_most,
        )
