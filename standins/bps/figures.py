"""The figures that the stand-in serves for domain 3529, with the origin of each."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from pathlib import Path

DATA = Path(__file__).with_name("data") / "pdrb-3529.csv"
TOTAL, TOTAL_NONMIGAS = "TOTAL", "TOTAL_NONMIGAS"
CATEGORIES = {
    "A": "Pertanian, Kehutanan, dan Perikanan",
    "B": "Pertambangan dan Penggalian",
    "C": "Industri Pengolahan",
    "D": "Pengadaan Listrik dan Gas",
    "E": "Pengadaan Air, Pengelolaan Sampah, Limbah dan Daur Ulang",
    "F": "Konstruksi",
    "G": "Perdagangan Besar dan Eceran; Reparasi Mobil dan Sepeda Motor",
    "H": "Transportasi dan Pergudangan",
    "I": "Penyediaan Akomodasi dan Makan Minum",
    "J": "Informasi dan Komunikasi",
    "K": "Jasa Keuangan dan Asuransi",
    "L": "Real Estat",
    "M,N": "Jasa Perusahaan",
    "O": "Administrasi Pemerintahan, Pertahanan dan Jaminan Sosial Wajib",
    "P": "Jasa Pendidikan",
    "Q": "Jasa Kesehatan dan Kegiatan Sosial",
    "R,S,T,U": "Jasa Lainnya",
}


@dataclass(frozen=True)
class Figure:
    """One figure of one release.

    Attributes:
        release: The year in which BPS publishes it.
        origin: ``terbit`` (a published figure) or ``ilustrasi`` (invented here).
    """

    release: int
    category: str
    year: int
    measure: str
    value: Decimal
    origin: str
    source: str


CENT = Decimal("0.01")


def to_cents(value: Decimal) -> Decimal:
    """Two decimals, as BPS prints them."""
    return value.quantize(CENT, rounding=ROUND_HALF_UP)


def growth_of(now: Decimal, before: Decimal) -> Decimal:
    """The growth in per cent to two decimals."""
    return to_cents((now / before - 1) * 100)


def share_of(part: Decimal, total: Decimal) -> Decimal:
    """The share in per cent to two decimals."""
    return to_cents(part / total * 100)


@lru_cache(maxsize=1)
def load_figures() -> tuple[Figure, ...]:
    """Read the committed figures."""
    with DATA.open(encoding="utf-8", newline="") as file:
        return tuple(
            Figure(
                release=int(row["rilis"]),
                category=row["kategori"],
                year=int(row["tahun"]),
                measure=row["ukuran"],
                value=Decimal(row["nilai"]),
                origin=row["asal"],
                source=row["sumber"],
            )
            for row in csv.DictReader(file)
        )


def illustrative_note(figures: Iterable[Figure]) -> str:
    """The line that marks the invented figures: ``Ilustrasi: A 2019-2023; TOTAL 2019-2021``."""
    years: dict[str, list[int]] = {}
    for figure in figures:
        if figure.origin == "ilustrasi":
            years.setdefault(figure.category, []).append(figure.year)
    entries = []
    for code in (*CATEGORIES, TOTAL, TOTAL_NONMIGAS):
        entries += [
            f"{code} {first}-{last}" if first != last else f"{code} {first}"
            for first, last in _runs(sorted(years.get(code, ())))
        ]
    return "Ilustrasi: " + "; ".join(entries)


def _runs(years: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for year in years:
        if runs and runs[-1][1] == year - 1:
            runs[-1] = (runs[-1][0], year)
        else:
            runs.append((year, year))
    return runs
