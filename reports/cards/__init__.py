"""What the page tells of a figure when it is pressed: formula with the numbers, source, release, file."""

from __future__ import annotations

from reports.cards.averages import average_cards, count_cards
from reports.cards.budgets import budget_cards
from reports.cards.card import Card, Piece
from reports.cards.indicators import indicator_cards
from reports.cards.prices import price_cards
from reports.measured import Measured
from reports.origins import Origin

__all__ = ["Card", "Piece", "build_cards"]


def build_cards(measured: Measured, origins: tuple[Origin, ...]) -> tuple[Card, ...]:
    """The cards of everything that is computed or fetched, one for each name that figures lead to.

    Args:
        measured: The year.
        origins: Of its indicators.
    """
    cards = [
        *indicator_cards(measured, origins),
        *average_cards(measured),
        *count_cards(measured),
        *budget_cards(measured),
        *price_cards(measured),
    ]
    return tuple(card for card in cards if card.lines)
