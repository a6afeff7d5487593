"""Growth and share of PDRB with both of the values that each is computed from."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

from capaian.growth import growth, share
from capaian.values import Quantity
from reports.realisasi import Input, Realisasi, State

FETCHED = datetime(2024, 4, 4, 1, 0, tzinfo=UTC)


def of_pdrb(adhk_before: str = "1606.58") -> dict[tuple[str, int], Realisasi]:
    """Two realisasi of 2023 by indicator and year.

    Args:
        adhk_before: The sector's value of 2022 at constant prices.
    """
    now, before = _entry("ADHK 2023", "1690.12"), _entry("ADHK 2022", adhk_before)
    part, whole = _entry("ADHB industri", "1400"), _entry("ADHB", "25000")
    return dict(
        [
            _taken("pertumbuhan-industri", growth(now.value, before.value), now, before),
            _taken("kontribusi-industri", share(part.value, whole.value), part, whole),
        ]
    )


def _entry(name: str, value: str) -> Input:
    number, day = Decimal(value), FETCHED.date()
    return Input(
        name, name, number, "Miliar Rupiah", "tetap", "1", day, "cd" * 32, "", fetched_at=FETCHED
    )  # fmt: skip


def _taken(name: str, value: Decimal | None, *inputs: Input) -> tuple[tuple[str, int], Realisasi]:
    assert value is not None
    return (name, 2023), Realisasi(name, 2023, State.FINAL, Quantity(value), formula="…", inputs=inputs)
