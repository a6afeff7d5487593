"""The category of a capaian (table 3.1 of the report)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from core.numbers import round_half_up


@dataclass(frozen=True)
class Category:
    """A row of table 3.1.

    Attributes:
        lower: The lowest whole capaian that belongs to it.
        printed: The range as table 3.1 prints it.
    """

    name: str
    lower: int
    printed: str


CATEGORIES = (
    Category("Sangat Tinggi", 91, "91 ≤ 100"),
    Category("Tinggi", 76, "76 ≤ 90"),
    Category("Sedang", 66, "66 ≤ 75"),
    Category("Rendah", 51, "51 ≤ 65"),
    Category("Sangat Rendah", 0, "≤ 50"),
)

RULE = (
    "Rentang Tabel 3.1 meninggalkan celah (misalnya 90,5). Kategori ditentukan dari capaian yang "
    "dibulatkan ke bilangan bulat, setengah ke atas; capaian di atas 100 adalah Sangat Tinggi."
)


def category(percent: Decimal) -> Category:
    """The category of a capaian in per cent; anything at or below 50, also below zero, is the lowest."""
    whole = round_half_up(percent, 0)
    return next((each for each in CATEGORIES if whole >= each.lower), CATEGORIES[-1])
