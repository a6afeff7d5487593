"""Units of market prices, and the exact conversions between them; nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Unit:
    """An amount of something: ``500 gr``, ``1 liter``, ``ekor``, ``370 gr/kl``.

    Attributes:
        amount: How much, in the base of its dimension (kg, liter, or pieces of ``container``).
        dimension: ``mass``, ``volume`` or ``piece``.
        container: The counted thing of a piece or a package (``ekor``, ``kaleng``); empty otherwise.
    """

    amount: Decimal
    dimension: str
    container: str = ""


def parse_unit(text: str) -> Unit | None:
    """Read a unit as sources write it; None when it is not known."""
    raise NotImplementedError


def conversion(source: Unit, target: Unit, density: Decimal | None = None) -> Decimal | None:
    """The factor that turns a price for one ``source`` into a price for one ``target``.

    Args:
        source: Unit of the price.
        target: Unit of the register.
        density: Kilograms in a liter, where the register states it; without it mass and volume do
            not mix.

    Returns:
        None when there is no conversion.
    """
    raise NotImplementedError
