"""Invented prices, the same for everybody: they look like prices and are nobody's.

Variants, numbers and units are those that public clients noted (2026); of the provinces those whose
code is the same in every list of codes. The prices are illustrative, and every answer says so.
"""

from __future__ import annotations

import hashlib
import math
from dataclasses import dataclass
from datetime import date

NOTE = "Ilustrasi: harga tiruan, bukan data Kementerian Perdagangan."
PROVINCES_START = date(2024, 3, 1)
_SATURDAY = 5


@dataclass(frozen=True)
class Variant:
    """A variant and about what it costs."""

    id: int
    name: str
    unit: str
    rupiah: int


VARIANTS = (
    Variant(51, "Beras Premium", "kg", 15500),
    Variant(52, "Beras Medium", "kg", 13800),
    Variant(14, "Gula Pasir Curah", "kg", 18200),
    Variant(15, "Gula Pasir Kemasan", "kg", 19000),
    Variant(16, "Minyak Goreng Sawit Curah", "lt", 19400),
    Variant(17, "Minyak Goreng Sawit Kemasan Premium", "lt", 22400),
    Variant(18, "Minyakita", "lt", 15900),
    Variant(19, "Daging Sapi Paha Belakang", "kg", 135000),
    Variant(27, "Daging Ayam Ras", "kg", 36500),
    Variant(25, "Telur Ayam Ras", "kg", 27000),
    Variant(2, "Cabai Merah Keriting", "kg", 42000),
    Variant(10, "Cabai Rawit Merah", "kg", 55000),
    Variant(13, "Bawang Merah", "kg", 40000),
    Variant(38, "Bawang Putih Honan", "kg", 39000),
    Variant(39, "Bawang Putih Kating", "kg", 42000),
)
PROVINCES = {
    "11": "Aceh", "12": "Sumatera Utara", "13": "Sumatera Barat", "14": "Riau", "15": "Jambi",
    "16": "Sumatera Selatan", "17": "Bengkulu", "18": "Lampung", "19": "Kepulauan Bangka Belitung",
    "21": "Kepulauan Riau", "31": "DKI Jakarta", "32": "Jawa Barat", "33": "Jawa Tengah",
    "34": "D.I Yogyakarta", "35": "Jawa Timur", "36": "Banten", "51": "Bali",
    "52": "Nusa Tenggara Barat", "53": "Nusa Tenggara Timur",
}  # fmt: skip


def variant_of(text: str) -> Variant | None:
    """The variant of a number as it stands in a url."""
    return next((variant for variant in VARIANTS if str(variant.id) == text), None)


def has_prices(day: date, today: date) -> bool:
    """Whether a day has prices: no weekend, no gap, not before the archive nor after today."""
    open_day = day.weekday() < _SATURDAY and _noise("hari", day) < 0.93
    return open_day and PROVINCES_START <= day <= today


def price(variant: Variant, day: date, place: str) -> float:
    """An invented mean of eleven markets: never round, as the real ones."""
    season = math.sin((day.timetuple().tm_yday / 365 + _noise("musim", variant.id)) * math.tau)
    level = 1 + 0.06 * season + 0.02 * (_noise(variant.id, day) - 0.5) + 0.1 * (_noise(place) - 0.5)
    return round(variant.rupiah * level * 11) / 11


def _noise(*of: object) -> float:
    """A number from 0 to 1 that is always the same for the same things."""
    digest = hashlib.sha256(repr(of).encode()).digest()
    return int.from_bytes(digest[:6]) / 2**48
