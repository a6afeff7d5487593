"""Growth, share and change of figures of BPS, and how they compare with BPS's own rate."""

from __future__ import annotations

from decimal import Decimal

from capaian.exact import percent

AGREES_WITHIN = Decimal("0.01")
"""Percentage points by which a computed rate may differ from a published one (both are rounded)."""


def growth(now: Decimal, before: Decimal) -> Decimal | None:
    """(ADHK_n - ADHK_n-1) / ADHK_n-1 x 100 (the report's table ``iku``).

    Args:
        now: Constant-price value of the year, any unit.
        before: That of the year before, same unit, vintage and base year.

    Returns:
        Per cent, exact; None when ``before`` is not above zero, since a rate means nothing there.
    """
    return percent(now - before, before) if before > 0 else None


def share(part: Decimal, total: Decimal) -> Decimal | None:
    """ADHB of the sector / ADHB of all x 100; None when the total is not above zero."""
    return percent(part, total) if total > 0 else None


def agrees(computed: Decimal, published: Decimal) -> bool:
    """Whether a computed rate and a published one say the same."""
    return abs(computed - published) <= AGREES_WITHIN


def difference(now: Decimal, before: Decimal) -> Decimal:
    """By how many points a figure differs from the one before, in the figures' own unit."""
    return now - before
