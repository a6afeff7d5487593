"""What every source of prices gives: one price of one commodity in one market on one day."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

REGION = ""
"""The market of a price that a source gives for a whole region, its mean."""


@dataclass(frozen=True)
class Quote:
    """One row of a source, as it stands there.

    Attributes:
        item: The source's own id of the commodity; empty where it has none (sheets).
        name: The commodity as the source writes it, without stray spaces and marks of lists.
        unit: As the source writes it; empty where it says none.
        market: The source's own id of the market, or the market's name where it has no ids;
            :data:`REGION` for the mean of a region.
        market_name: For people.
        day: For which day.
        price: In rupiah for one unit; None where the source shows a dash, a zero or nothing, which is
            no observation.
        place: Where it stands, for messages: ``baris 12``, ``lembar 'Pasar Kota', sel D7``.
        illustrative: Whether a stand-in invented it; never so for a real source.
    """

    item: str
    name: str
    unit: str
    market: str
    market_name: str
    day: date
    price: Decimal | None
    place: str = ""
    illustrative: bool = False


@dataclass(frozen=True)
class Unread:
    """Something that stands where a price should stand and is none; it is kept aside and listed.

    Attributes:
        place: Where it stands.
        text: What stands there.
        message: What is wrong with it, in Indonesian, and what was expected.
    """

    place: str
    text: str
    message: str


@dataclass(frozen=True)
class Quotes:
    """What was read of one answer or file."""

    quotes: tuple[Quote, ...]
    unread: tuple[Unread, ...] = field(default=())

    @property
    def observed(self) -> int:
        """How many quotes have a price."""
        return sum(quote.price is not None for quote in self.quotes)
