"""The commodities that Siskaperbapo lists, in its order, and how the stand-in lets their prices move.

Names, groups and units are the site's own, as public clients of it show them; so are the ids below 900
(tests/connectors/prices/siskaperbapo/names.csv names the client of each). Ids from 900 on are invented,
since the true ones were not found. Levels and movements are invented too.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple


class Movement(NamedTuple):
    """How prices of a kind of goods move.

    Attributes:
        wildness: Up to which part of the level they wander.
        season: Part of the level by which they swing within a year.
        peak: Day of the year on which the season is highest.
        feast: Part of the level by which they rise before Idulfitri; half of it at the end of the year.
        every: So many days pass on average until a price changes.
        trend: Part of the level by which they rise in a year.
    """

    wildness: float
    season: float
    peak: int
    feast: float
    every: int
    trend: float


RICE = Movement(0.03, 0.05, 20, 0.01, 5, 0.05)
SUGAR = Movement(0.03, 0.01, 150, 0.02, 7, 0.05)
OIL = Movement(0.04, 0.01, 100, 0.02, 6, 0.03)
BEEF = Movement(0.02, 0.01, 120, 0.06, 8, 0.02)
CHICKEN = Movement(0.08, 0.04, 180, 0.14, 3, 0.02)
EGGS = Movement(0.08, 0.04, 170, 0.08, 2, 0.03)
CHILLI = Movement(0.35, 0.32, 15, 0.18, 1, 0.04)
ONION = Movement(0.18, 0.15, 110, 0.10, 2, 0.04)
VEGETABLE = Movement(0.12, 0.10, 30, 0.05, 3, 0.03)
FISH = Movement(0.08, 0.06, 20, 0.04, 3, 0.03)
CROP = Movement(0.04, 0.03, 60, 0.01, 8, 0.03)
FACTORY = Movement(0.01, 0.0, 1, 0.0, 30, 0.03)
REGULATED = Movement(0.005, 0.0, 1, 0.0, 60, 0.01)


class Commodity(NamedTuple):
    """A commodity.

    Attributes:
        item: ``data-commodity-id``.
        level: Rupiah about which its price moved in 2023; illustrative.
    """

    item: str
    name: str
    unit: str
    level: int
    movement: Movement


@dataclass(frozen=True)
class Group:
    """A numbered line of the table: a heading with commodities, or one commodity that stands for itself.

    Attributes:
        heading: Empty for a commodity that stands for itself.
        parts: Sub-headings and commodities below, in order.
    """

    heading: str
    parts: tuple[str | Commodity, ...]


def _group(heading: str, movement: Movement, *rows: tuple[str, str, str, int] | str) -> Group:
    return Group(heading, tuple(row if isinstance(row, str) else Commodity(*row, movement) for row in rows))


GROUPS = (
    _group("BERAS", RICE, ("2", "Beras Premium", "kg", 12_600), ("4", "Beras Medium", "kg", 10_900)),
    _group("GULA", SUGAR, ("7", "Gula Kristal Putih", "kg", 13_400)),
    _group(
        "MINYAK GORENG", OIL,
        ("10", "Minyak Goreng Curah", "kg", 15_000),
        ("901", "Minyak Goreng Kemasan Premium", "1 liter", 19_700),
        ("902", "Minyak Goreng Kemasan Sederhana", "1 liter", 16_200),
        ("96", "Minyak Goreng MINYAKITA", "1 liter", 14_300),
    ),
    Group(
        "DAGING",
        (
            Commodity("12", "Daging Sapi Paha Belakang", "kg", 116_000, BEEF),
            Commodity("13", "Daging Ayam Ras", "kg", 35_000, CHICKEN),
            Commodity("14", "Daging Ayam Kampung", "ekor", 66_000, CHICKEN),
        ),
    ),
    _group(
        "TELUR AYAM", EGGS,
        ("16", "Telur Ayam Ras", "kg", 28_500),
        ("17", "Telur Ayam Kampung", "kg", 47_000),
    ),
    _group(
        "SUSU", FACTORY,
        "Kental Manis",
        ("20", "Susu Kental Manis Merk Bendera", "370 gr/kl", 12_300),
        ("21", "Susu Kental Manis Merk Indomilk", "370 gr/kl", 12_200),
        "Susu Bubuk",
        ("23", "Susu Bubuk Merk Bendera (Instant)", "400 gr/dos", 42_000),
        ("24", "Susu Bubuk Merk Indomilk (Instant)", "400 gr/dos", 41_000),
    ),
    _group("", CROP, ("25", "Jagung Pipilan Kering", "kg", 7_200)),
    _group("GARAM BERYODIUM", FACTORY, ("27", "Bata", "buah", 1_900), ("28", "Halus", "kg", 11_500)),
    _group("TEPUNG TERIGU", FACTORY, ("30", "Terigu Protein Sedang (Kemasan)", "kg", 12_100)),
    _group(
        "KACANG KEDELAI", CROP,
        ("32", "Kedelai Impor", "kg", 12_600),
        ("33", "Kedelai Lokal", "kg", 12_300),
    ),
    _group("MIE INSTANT", FACTORY, ("35", "Indomie Rasa Kari Ayam", "bungkus", 3_050)),
    _group(
        "CABE", CHILLI,
        ("37", "Cabe Merah Keriting", "kg", 36_000),
        ("38", "Cabe Merah Besar", "kg", 34_000),
        ("50", "Cabe Rawit Merah", "kg", 43_000),
    ),
    _group(
        "BAWANG", ONION,
        ("39", "Bawang Merah", "kg", 26_000),
        ("49", "Bawang Putih Sinco/Honan", "kg", 33_000),
    ),
    _group("", FISH, ("40", "Ikan Asin Teri", "kg", 76_000)),
    _group("", CROP, ("41", "KACANG HIJAU", "kg", 22_500)),
    _group("", CROP, ("42", "KACANG TANAH", "kg", 27_000)),
    _group("", CROP, ("43", "KETELA POHON", "kg", 5_000)),
    _group(
        "SAYUR MAYUR", VEGETABLE,
        ("44", "KOL/KUBIS", "kg", 8_500),
        ("45", "KENTANG", "kg", 16_000),
        ("46", "Tomat Merah", "kg", 11_000),
        ("47", "WORTEL", "kg", 12_500),
        ("48", "BUNCIS", "kg", 13_000),
    ),
    _group(
        "SEMEN", FACTORY,
        ("54", "Semen Gresik", "40 Kg", 55_000),
        ("55", "Semen Tiga Roda", "40 Kg", 56_000),
        ("903", "Semen Padang", "40Kg", 53_000),
        ("904", "Semen Tonasa", "40Kg", 51_000),
        ("905", "Semen Bosowa", "40Kg", 50_000),
        ("906", "Semen Dynamix", "40 Kg", 52_000),
    ),
    _group(
        "IKAN SEGAR", FISH,
        ("58", "Ikan Bandeng", "kg", 34_000),
        ("59", "Ikan Kembung", "kg", 36_000),
        ("60", "Ikan Tongkol", "kg", 33_000),
        ("61", "Ikan Tuna", "kg", 41_000),
        ("62", "Ikan Cakalang", "kg", 35_000),
    ),
    _group("", FACTORY, ("67", "KAYU BALOK MERANTI (4 X 10)", "Batang", 92_000)),
    _group("", FACTORY, ("68", "Papan Meranti (4m X 3cm X 20mm)", "Lembar", 68_000)),
    _group("", FACTORY, ("69", "TRIPLEK (6MM)", "lembar", 82_000)),
    _group(
        "BESI BETON (SNI MURNI)", FACTORY,
        ("907", "Besi Beton 6 mm (12/9m)", "Btg", 31_000),
        ("908", "Besi Beton 8 mm (12/9m)", "Btg", 50_000),
        ("909", "Besi Beton 10 mm (12/9m)", "Btg", 76_000),
        ("910", "Besi Beton 12 mm (12/9m)", "Btg", 106_000),
    ),
    _group(
        "PAKU", FACTORY,
        ("911", "Paku Ukuran 2 Cm", "Kg", 22_000),
        ("912", "Paku Ukuran 3Cm", "Kg", 21_000),
        ("913", "Paku Ukuran 4Cm", "Kg", 20_500),
        ("914", "Paku Ukuran 5Cm", "Kg", 20_000),
        ("915", "Paku Ukuran 7Cm", "Kg", 20_000),
        ("916", "Paku Ukuran 10Cm", "Kg", 20_000),
    ),
    _group("", REGULATED, ("82", "GAS ELPIGI 3 Kg", "3 Kg", 18_500)),
    _group(
        "PUPUK", FACTORY,
        ("917", "Pupuk KCL Non Subsidi", "Kg", 13_500),
        ("918", "Pupuk NPK Non Subsidi", "Kg", 14_000),
        ("919", "Pupuk SP 35 Non Subsidi", "Kg", 10_500),
        ("920", "Pupuk Urea Non Subsidi", "Kg", 9_500),
        ("921", "Pupuk ZA Non Subsidi", "Kg", 8_500),
    ),
)  # fmt: skip


def commodities() -> Iterator[Commodity]:
    """All commodities, in the order of the table."""
    for group in GROUPS:
        yield from (part for part in group.parts if isinstance(part, Commodity))
